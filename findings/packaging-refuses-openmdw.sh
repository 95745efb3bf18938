#!/bin/sh
# packaging 26.4, packaging.licenses.canonicalize_license_expression (the `license` field of pyproject.toml)
# Expect: OpenMDW-1.0 is on the SPDX list, so that it can be declared for a wheel that ships a model.
# Seen:   InvalidLicenseExpression: Unknown license; the LicenseRef- form passes, and so does the deprecated GPL-3.0.
# So:     for a wheel with weights declare LicenseRef-OpenMDW-1.0 and ship the text in license-files; do not fall back to a
#         nearby id that is accepted.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet packaging==26.4
env/bin/python - <<'PYTHON'
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression


def accepted(expression):
    try:
         return canonicalize_license_expression(expression)
    except InvalidLicenseExpression as error:
         return f"refused: {error}"


found = {name: accepted(name) for name in ("OpenMDW-1.0", "LicenseRef-OpenMDW-1.0", "GPL-3.0", "cc-by-nc-4.0")}
print(found)
assert found["OpenMDW-1.0"].startswith("refused: Unknown license")
assert found["LicenseRef-OpenMDW-1.0"] == "LicenseRef-OpenMDW-1.0"
assert (found["GPL-3.0"], found["cc-by-nc-4.0"]) == ("GPL-3.0", "CC-BY-NC-4.0")
PYTHON
echo "as described: packaging-refuses-openmdw"
