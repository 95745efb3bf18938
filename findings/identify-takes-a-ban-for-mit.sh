#!/bin/sh
# identify 2.6.20 (the library of pre-commit), identify.identify.license_id
# Expect: a text in which the grant is turned into its opposite is no MIT license (None).
# Seen:   MIT: the nearest text within 5 % of the characters is taken, whatever the words say.
#         as published: MIT   grant turned round: MIT
# So:     an id from a distance is a hint where to look; compare the words before it decides anything.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet identify[license]==2.6.20
env/bin/python - <<'PYTHON'
from identify import identify
from identify.vendor import licenses

text = dict(licenses.LICENSES)["MIT"]
edited = text.replace("hereby granted", "not granted", 1)
assert edited != text
for name, content in (("LICENSE", text), ("LICENSE.edited", edited)):
    with open(name, "w", encoding="utf-8") as file:
         file.write(content)
found = identify.license_id("LICENSE"), identify.license_id("LICENSE.edited")
print("as published: {}   grant turned round: {}".format(*found))
assert found == ("MIT", "MIT")
PYTHON
echo "as described: identify-takes-a-ban-for-mit"
