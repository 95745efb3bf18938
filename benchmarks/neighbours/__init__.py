"""Other tools, installed by the benchmark into environments of their own below benchmarks/.work."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

WORK = Path(__file__).resolve().parent.parent / ".work"
PACKAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    "scancode": (("scancode-toolkit-mini==32.5.0", "pluggy<1.7"),),
    "lcc": (
        ("--no-deps", "license-compliance-checker==2.0.0"),
        ("rich", "requests", "cachetools", "platformdirs", "packaging", "pydantic[email]", "pyyaml", "python-dotenv"),
        ("cyclonedx-python-lib", "spdx-tools", "packageurl-python", "huggingface-hub", "python-gnupg", "gitpython"),
    ),
    "plots": (("matplotlib==3.10.*",),),
}
"""What `pip install` is called with for each environment; scancode-toolkit 32.5 does not start with a newer pluggy."""
PATIENCE = 240
"""Seconds that one installation may take."""


def environment(name: str) -> Path | None:
    """The `bin` folder of an environment, made if need be; None where it cannot be had in time."""
    folder = WORK / name
    done = folder / "installed"
    if not done.is_file():
        print(f"installing {name} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        if not all(_install(folder, arguments) for arguments in PACKAGES[name]):
            return None
        done.touch()
    return folder / "bin"


def _install(folder: Path, arguments: tuple[str, ...]) -> bool:
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments]
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def license_texts(bin_folder: Path) -> dict[str, tuple[str, str]]:
    """ScanCode's license texts by key, each with its SPDX id ("" for none); no retired keys, no exceptions."""
    (folder,) = (bin_folder.parent / "lib").glob("python3*/site-packages/licensedcode/data/licenses")
    texts = {}
    for path in sorted(folder.glob("*.LICENSE")):
        head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        facts = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line and not line.startswith(" "))
        if body.strip() and "is_deprecated" not in facts and "is_exception" not in facts:
            spdx = facts.get("spdx_license_key", "")
            texts[facts["key"]] = (body, "" if spdx.startswith("LicenseRef") else spdx)
    return texts
