#!/bin/sh
# lib4sbom 0.10.4, a CycloneDX 1.6 ML-BOM read by SBOMParser and written again by SBOMGenerator
# Expect: a license without an SPDX identifier keeps its name (CycloneDX), or becomes a LicenseRef- with it (SPDX).
# Seen:   it is read as UNKNOWN. Written as CycloneDX the model has no license at all, as SPDX it is NOASSERTION; two ids
#         become "MIT AND CC-BY-NC-4.0" in SPDX, and entries without the `license` object in CycloneDX, against its schema.
#         Heron Community License -> CycloneDX: None, SPDX: NOASSERTION
# So:     most model licenses have a name and no identifier: look into the BOM as it was made and not into one that went
#         through a converter; there "no license" may have been a license that limits.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet lib4sbom==0.10.4
env/bin/python - <<'P' 2>/dev/null
import json
from pathlib import Path

from lib4sbom.generator import SBOMGenerator
from lib4sbom.parser import SBOMParser

named = [{"license": {"name": "Heron Community License", "url": "https://example.org/license"}}]
two = [{"license": {"id": "MIT"}}, {"license": {"id": "CC-BY-NC-4.0"}}]
models = [
    {"type": "machine-learning-model", "bom-ref": name, "name": name, "version": "1", "licenses": licenses}
    for name, licenses in (("named", named), ("two", two))
]
top = {"type": "application", "name": "app", "bom-ref": "app"}
bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": top}, "components": models}
Path("bom.json").write_text(json.dumps(bom))
parser = SBOMParser()
parser.parse_file("bom.json")
for kind in ("cyclonedx", "spdx"):
    generator = SBOMGenerator(sbom_type=kind, format="json")
    generator.generate("app", parser.get_sbom(), filename=f"{kind}.json")
written = {each["name"]: each.get("licenses") for each in json.loads(Path("cyclonedx.json").read_text())["components"]}
spdx = json.loads(Path("spdx.json").read_text())
declared = {each["name"]: each["licenseDeclared"].strip() for each in spdx["packages"] if each["name"] in written}
print(written, declared)
assert written == {"named": None, "two": [{"id": "MIT"}, {"id": "CC-BY-NC-4.0"}]}
assert declared == {"named": "NOASSERTION", "two": "MIT AND CC-BY-NC-4.0"}
assert "Heron Community" not in json.dumps(spdx)
P
echo "as described: lib4sbom-loses-named-licenses"
