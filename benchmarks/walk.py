"""How many modules and rooms a call enters: a folder check, a text, a model reference in a scan.

    python -m benchmarks.walk [--root ANOTHER_CHECKOUT]

Counts, with `sys.setprofile`, the modules of `licensecheck` of which a function runs, after everything is imported.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
CODE = """
import contextlib, io, os, sys, threading
from licensecheck.cli.main import run
call = sys.argv[1:]
entered = set()
def note(frame, event, _):
    path = frame.f_code.co_filename
    if event == "call" and os.sep + "licensecheck" + os.sep in path and frame.f_code.co_name != "<module>":
        entered.add(path)
with contextlib.redirect_stdout(io.StringIO()):
    run(call)
    threading.setprofile(note); sys.setprofile(note)
    run(call)
    sys.setprofile(None)
rooms = {os.path.basename(os.path.dirname(path)) for path in entered}
print(len(entered), len(rooms))
"""


def entered(root: Path, *call: str) -> tuple[int, int]:
    """Modules and folders entered by a call of the command line of a checkout."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *call],
        capture_output=True,
        text=True,
        check=True,
        cwd=tempfile.gettempdir(),
        env={"PYTHONPATH": str(root)},
    )
    modules, rooms = done.stdout.split()
    return int(modules), int(rooms)


def main() -> None:
    """Print one line a walk."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=HERE, help="The checkout that is walked; this one by default.")
    root = parser.parse_args().root.resolve()
    example, profile = str(HERE / "examples" / "heron-9"), str(HERE / "examples" / "acme.yaml")
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / "serve.py").write_text('from transformers import pipeline\npipeline(model="gpt2")\n')
        (Path(work) / "LICENSE").write_text("You may use the Model for research purposes only.\n")
        walks = {
            "folder check": ("check", example, "-p", profile, "--fail-on", "never"),
            "text": ("extract", f"{work}/LICENSE"),
            "reference": ("scan", work, "-p", profile, "--fail-on", "never"),
        }
        for name, call in walks.items():
            modules, rooms = entered(root, *call)
            print(f"{name}: {modules} modules in {rooms} rooms")


if __name__ == "__main__":
    main()
