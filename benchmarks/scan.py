"""How long `licensecheck scan` takes from a cold start: 50 changed files, and repositories of 1,500 and 20,000.

    python benchmarks/scan.py [FOLDER] [--airom PROGRAM]

FOLDER is a checkout to scan beside the repositories of our own sentences that are laid out. Each figure is the best of
five runs (of 20,000 files, three) of a new process, with everything that a hook pays for: interpreter, rules, catalog,
checks. The second figure is the time of the processors, which says more where the machine has other things to do; the
ratios are of it. In the same run stand `ast.parse` over the Python files of the 1,500 and, with --airom, airom over the
20,000: once with copies of few texts, as monorepos hold them, and once with no two texts alike.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RUNS = 5
SCAN = [sys.executable, "-m", "licensecheck", "scan"]
PROFILE = "version: 1\ndeployment: {purpose: commercial, channels: [hosted-api]}\n"
SERVE = "model: {model}\nmax-model-len: 8192\n" + "".join(f"option-{i}: {i}\n" for i in range(40))
CODE = "import os\n\n\n" + "".join(f"def step_{i}(value: int) -> int:\n    return value + {i}\n\n\n" for i in range(60))
LOADS = 'MODEL = "{model}"\nmodel = AutoModel.from_pretrained(MODEL)\n'
MODELS = ("Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B-Instruct", "google/gemma-7b", "mistralai/Mistral-7B-v0.1")


PARSE = """
import ast, pathlib
for path in pathlib.Path().rglob("*.py"):
    ast.parse(path.read_text())
"""


def lay_out(folder: Path, files: int, *, alike: bool = True) -> None:
    """A repository of which one file in four is settings that load a model; not `alike`: no two texts are the same."""
    (folder / "licensecheck.yaml").write_text(PROFILE)
    for i in range(files):
        model = MODELS[i % len(MODELS)] if alike else MODELS[i // 4 % len(MODELS)]
        if i % 4 == 0:
            text, name = SERVE.format(model=model), f"deploy/{i}.yaml"
        elif i % 4 == 1:
            text, name = CODE + (LOADS.format(model=model) if i % 8 == 1 else ""), f"src/{i}.py"
        else:
            text, name = CODE, f"src/{i}.py"
        if not alike:
            text = text.replace("option-7:", f"option-{i}-own:").replace("step_7(", f"own_step_{i}(")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)


def best(folder: Path, command: Sequence[str], runs: int = RUNS) -> tuple[float, float]:
    """The shortest of some runs, and the least time of the processors, in seconds."""
    times, works = [], []
    for _ in range(runs):
        start, used = time.perf_counter(), _work()
        subprocess.run(command, cwd=folder, check=False, capture_output=True)
        times.append(time.perf_counter() - start)
        works.append(_work() - used)
    return min(times), min(works)


def tell(what: str, figures: tuple[float, float], beside: tuple[float, float] | None = None) -> tuple[float, float]:
    """Print a row, with its ratio to another one's time of the processors; give the figures on."""
    ratio = f"   {figures[1] / beside[1]:.2f} x" if beside else ""
    print(f"{what:34}{figures[0]:6.2f} s ({figures[1]:.2f} s of processors){ratio}", flush=True)
    return figures


def _work() -> float:
    """The time that the processors have given to the processes started here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="a checkout to scan as well")
    parser.add_argument("--airom", help="the program of airom, to stand beside")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, 1500)
        changed = sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.suffix in (".py", ".yaml")
        )
        tell("50 changed files", best(folder, [*SCAN, *changed[:25], *changed[-25:]]))
        parsed = tell("ast.parse of 1,125 of 1,500 files", best(folder, [sys.executable, "-c", PARSE]))
        tell("1,500 files", best(folder, SCAN), parsed)
    for alike, what in ((True, "20,000 files"), (False, "20,000 files, no two alike")):
        with tempfile.TemporaryDirectory() as name:
            lay_out(Path(name), 20_000, alike=alike)
            command = [options.airom, "fs", ".", "-o", "json"] if options.airom else None
            other = tell(f"airom, {what}", best(Path(name), command, 3)) if command else None
            tell(what, best(Path(name), SCAN, 3), other)
    if options.folder:
        tell(str(options.folder), best(options.folder, SCAN))


if __name__ == "__main__":
    main()
