#!/bin/sh
# license-expression 30.4.4, get_spdx_licensing().parse of a reference that somebody made up
# Expect: LicenseRef-gpl and LicenseRef-lgpl are references like any other, and stay as they are.
# Seen:   they are aliases there: LicenseRef-gpl is read as GPL-1.0-or-later, LicenseRef-lgpl as LGPL-2.0-or-later, without
#         a word; LicenseRef-cc stays.
# So:     for a license whose version is not stated make up a reference that nobody lists
#         (LicenseRef-gpl-version-not-stated), or the next tool states a version that the publisher never chose.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet license-expression==30.4.4
env/bin/python - <<'PYTHON'
from license_expression import get_spdx_licensing

licensing = get_spdx_licensing()
names = ("LicenseRef-gpl", "LicenseRef-lgpl", "LicenseRef-cc", "LicenseRef-gpl-version-not-stated")
found = [licensing.parse(name).render() for name in names]
print(dict(zip(names, found)))
assert found == ["GPL-1.0-or-later", "LGPL-2.0-or-later", "LicenseRef-cc", "LicenseRef-gpl-version-not-stated"]
PYTHON
echo "as described: license-expression-reads-a-reference-as-gpl"
