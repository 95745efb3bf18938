#!/bin/sh
# cffconvert 2.0.0, a CITATION.cff whose `license` is a list (valid in CFF 1.2.0, where a list is a choice)
# Expect: CodeMeta gets a list of two addresses.
# Seen:   one address with the list printed into it, which leads nowhere: https://spdx.org/licenses/['MIT', 'CC-BY-NC-4.0'].
#         The file passes validation; the output for schema.org is the same.
# So:     read the licenses from CITATION.cff itself, and check codemeta.json after a conversion.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet cffconvert==2.0.0
env/bin/python - <<'PYTHON'
import json

from cffconvert.citation import Citation

citation = Citation(
    "cff-version: 1.2.0\nmessage: Please cite.\ntitle: Heron\n"
    "authors:\n- family-names: Doe\n  given-names: Jane\nlicense:\n- MIT\n- CC-BY-NC-4.0\n"
)
citation.validate()
found = [json.loads(made)["license"] for made in (citation.as_codemeta(), citation.as_schemaorg())]
print(found)
assert found == ["https://spdx.org/licenses/['MIT', 'CC-BY-NC-4.0']"] * 2
PYTHON
echo "as described: cffconvert-license-list"
