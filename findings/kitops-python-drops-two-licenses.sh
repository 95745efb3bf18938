#!/bin/sh
# kitops 1.5.0 (PyPI), kitops.modelkit.kitfile.Kitfile, a Kitfile read and written again
# Expect: package.license, model.license, model.parts[].license, code[].license and datasets[].license all come back.
# Seen:   those of the package and of the parts of the model are gone, without a word; the three others are kept.
#         package: apache-2.0 -> None   model: cc-by-nc-4.0 -> cc-by-nc-4.0   part: cc-by-nc-nd-4.0 -> None
# So:     after a Kitfile went through this library, compare it with the one before; an adapter listed under `parts`
#         without a license may have had one that forbids what the model allows.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet kitops==1.5.0
cat > Kitfile <<'K'
manifestVersion: 1.0.0
package: {name: heron, version: 1.0.0, license: apache-2.0}
model:
  name: heron
  path: ./heron.gguf
  license: cc-by-nc-4.0
  parts:
  - {name: adapter, path: ./adapter.gguf, type: lora, license: cc-by-nc-nd-4.0}
code:
- {path: ./src, license: mit}
datasets:
- {name: notes, path: ./notes, license: cc-by-4.0}
K
env/bin/python - <<'P'
import yaml
from kitops.modelkit.kitfile import Kitfile

made = yaml.safe_load(Kitfile("Kitfile").to_yaml())
model = made["model"]
places = {"package": made["package"], "model": model, "part": model["parts"][0], "code": made["code"][0], "data": made["datasets"][0]}
seen = {name: place.get("license") for name, place in places.items()}
print(seen)
assert seen == {"package": None, "model": "cc-by-nc-4.0", "part": None, "code": "mit", "data": "cc-by-4.0"}
P
echo "as described: kitops-python-drops-two-licenses"
