"""Write `requirements/hook.txt` (all that the commit hook needs, with hashes) and its bill of materials.

Outside CI: `python tools/own_lock.py`. Both come from `pyproject.toml` alone, resolved for every system and Python that
the package is for by `uv pip compile`, which a temporary environment gets at a pinned version.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

UV = "uv==0.13.9"
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "hook.txt"
SBOM = ROOT / "requirements" / "sbom.cdx.json"
_PIN = re.compile(
    r"^([\w.-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\\n((?:\s+--hash=sha256:[0-9a-f]{64}\s*\\?\n)+)", re.M
)


def main() -> int:
    """Write both files."""
    LOCK.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", UV], check=True)
        command = [
            python,
            "-m",
            "uv",
            "pip",
            "compile",
            "pyproject.toml",
            "--universal",
            "--generate-hashes",
            "--quiet",
        ]
        options = ["--no-emit-index-url", "--no-annotate", "--no-header", "--python-version", "3.10"]
        done = subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True, text=True)
    head = "# What the commit hook needs, with hashes; written by tools/own_lock.py.\n"
    LOCK.write_text(head + done.stdout, encoding="utf-8")
    SBOM.write_text(bill_of_materials(done.stdout), encoding="utf-8")
    return 0


def bill_of_materials(lock: str) -> str:
    """A CycloneDX bill of the pins in a lock, without clock or chance: the same lock gives the same bytes."""
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "licensecheck" / "__init__.py").read_text(encoding="utf-8"))
    own = {
        "type": "application",
        "bom-ref": "model-licensecheck",
        "name": "model-licensecheck",
        "version": version[1] if version else "",
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    parts = [component(*found.groups()) for found in _PIN.finditer(lock)]
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": parts,
        "dependencies": [{"ref": "model-licensecheck", "dependsOn": [str(part["bom-ref"]) for part in parts]}],
    }
    return json.dumps(bom, indent=1) + "\n"


def component(name: str, version: str, marker: str | None, hashes: str) -> dict[str, object]:
    """One pin as a component, with a hash for each file of the release: the system decides which one it installs."""
    purl = f"pkg:pypi/{name.lower()}@{version}"
    digests = re.findall(r"sha256:([0-9a-f]{64})", hashes)
    properties = [{"name": "licensecheck:sha256", "value": digest} for digest in digests]
    properties += [{"name": "licensecheck:marker", "value": marker.strip()}] if marker else []
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "properties": properties,
    }


if __name__ == "__main__":
    sys.exit(main())
