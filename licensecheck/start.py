"""Where the command starts: it tells apart this package and another one that installs under the same import name."""

from __future__ import annotations

import os
import sys

NAME = "model-licensecheck"
_OTHERS = ("packageinfo.py", "checker.py", "license_matrix")
"""Files of the other package of the import name `licensecheck`; this one has none of these names."""
_CURE = f"pip uninstall licensecheck, then pip install --force-reinstall {NAME}"


def clash(folder: str, data_version: object) -> tuple[str, bool] | None:
    """What is wrong where both packages lie in one folder, and whether this one cannot run; None where it is alone."""
    if not isinstance(data_version, str):
        return f"another package named licensecheck was installed over {NAME} in {folder}: {_CURE}", True
    if any(os.path.exists(os.path.join(folder, name)) for name in _OTHERS):
        return f"another package named licensecheck lies in {folder} beside {NAME}: {_CURE}", False
    return None


def main() -> None:
    """Run the command line, and leave with its exit status."""
    import licensecheck

    found = clash(os.path.dirname(os.path.abspath(__file__)), getattr(licensecheck, "DATA_VERSION", None))
    if found is not None:
        print(f"licensecheck: {found[0]}", file=sys.stderr)
        if found[1]:
            sys.exit(2)
    from licensecheck.cli.main import run

    sys.exit(run(sys.argv[1:]))
