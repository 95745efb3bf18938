#!/bin/sh
# aisbom-cli 1.7.0, `aisbom scan` of safetensors files that name a license in their header
# Expect: a license that forbids commercial use is a legal risk in whatever spelling, and a name that is not known is UNKNOWN.
# Seen:   four substrings decide (cc-by-nc, non-commercial, agpl, commons clause), and any other name is PASS; the key of the
#         ModelSpec, modelspec.license, is not read, nor is the card beside the file.
#         cc-by-nc-4.0: LEGAL RISK   PolyForm-Noncommercial-1.0.0: PASS   research only: PASS   llama3.1: PASS   other: PASS
#         modelspec.license: UNKNOWN
# So:     PASS in this report means that a name was found and not that it was known; take the names from the report, and
#         judge them elsewhere.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet aisbom-cli==1.7.0
AISBOM_OFFLINE=1 AISBOM_NO_TELEMETRY=1 env/bin/python - <<'P'
import json
import subprocess
from pathlib import Path

folder = Path("models")
folder.mkdir()
(folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Heron\n")
LICENSE = ("cc-by-nc-4.0", "PolyForm-Noncommercial-1.0.0", "research only", "llama3.1", "other")
headers = [{"license": name} for name in LICENSE] + [{"modelspec.license": "cc-by-nc-4.0"}]
for number, said in enumerate(headers):
    tensor = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    header = json.dumps({"__metadata__": said, "w": tensor}).encode()
    (folder / f"{number}.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
subprocess.run(["env/bin/aisbom", "scan", "models", "--output", "bom.json"], check=False, stdout=subprocess.DEVNULL)
seen = {}
for component in json.loads(Path("bom.json").read_text())["components"]:
    legal = next(each["value"] for each in component["properties"] if each["name"] == "aisbom:legal")
    seen[int(component["name"].partition(".")[0])] = legal.partition(" (")[0]
print({str(headers[number]): legal for number, legal in sorted(seen.items())})
assert [seen[number] for number in range(6)] == ["LEGAL RISK", "PASS", "PASS", "PASS", "PASS", "UNKNOWN"]
P
echo "as described: aisbom-passes-license-names"
