"""Make the picture of the Llama 4 report for the README: `python docs/picture.py OUT.png [MODEL_FOLDER]`.

Checks the model folder with the example profile, renders the HTML report, and lets headless Chromium take the picture.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from licensecheck.catalog.profile_files import load_profile
from licensecheck.checking import check_targets
from licensecheck.report.html import render

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT.parent / "shared" / "corpus" / "models" / "Llama-4-Scout-17B-16E-Instruct"
DAY = "2026-11-20"
SIZE = "1100,1370"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def main(out: Path, model: Path = MODEL) -> int:
    """Take the picture; 2 where the model folder or Chromium is missing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or not model.is_dir():
        print(f"needs Chromium and the folder {model}", file=sys.stderr)
        return 2
    out, model = out.resolve(), model.resolve()
    os.chdir(ROOT)  # so that the picture shows the profile as a user would name it
    report = check_targets([str(model)], load_profile(Path("examples", "acme.yaml")), today=DAY)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(render(report), encoding="utf-8")
        command = [
            chromium,
            *FLAGS,
            f"--user-data-dir={folder}/browser",
            f"--window-size={SIZE}",
            f"--screenshot={out}",
        ]
        subprocess.run([*command, page.as_uri()], check=True, timeout=120, stderr=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *map(Path, sys.argv[2:3])))
