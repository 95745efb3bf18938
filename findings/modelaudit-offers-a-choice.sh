#!/bin/sh
# modelaudit 0.2.54, `modelaudit scan --sbom` on a model folder whose card names two licenses
# Expect: weights under CC BY-NC 4.0 and training code under MIT become two statements, or AND.
# Seen:   all licenses that are found in one file are joined by OR, in the CycloneDX file: README.md says 'MIT OR
#         CC-BY-NC-4.0', which offers a choice that nobody gave. One license in two spellings becomes
#         'cc-by-nc-4.0 OR CC-BY-NC-4.0'.
# So:     do not take OR in that file for a dual license; a tool that picks the freer side lets the noncommercial weights
#         pass. Go back to the card.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet modelaudit==0.2.54
mkdir model
printf -- '---\nlicense: cc-by-nc-4.0\n---\n# A model\nThe training code is under the MIT License. Weights: CC BY-NC 4.0.\n' > model/README.md
printf '{"license": "cc-by-nc-4.0"}\n' > model/config.json
env/bin/modelaudit scan model --format json --sbom sbom.json >/dev/null 2>&1 || true
env/bin/python - <<'P'
import json

seen = {c["name"]: [x.get("expression") for x in c.get("licenses", [])] for c in json.load(open("sbom.json"))["components"]}
print(seen)
assert seen["README.md"] == ["MIT OR CC-BY-NC-4.0"]
assert seen["config.json"] == ["cc-by-nc-4.0 OR CC-BY-NC-4.0"]
P
echo "as described: modelaudit-offers-a-choice"
