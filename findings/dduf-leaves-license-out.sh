#!/bin/sh
# huggingface_hub 1.33.0, export_folder_as_dduf (one file for a whole diffusion pipeline)
# Expect: the folder goes into the file as it is, with its card and license files.
# Seen:   only .json, .model, .safetensors and .txt files are taken; README.md, LICENSE, LICENSE.md and NOTICE stay behind
#         without a warning. LICENSE.txt is kept.
#         left out: LICENSE LICENSE.md NOTICE README.md   kept: LICENSE.txt
# So:     give license and notice the suffix .txt before the export, or ship them beside the file; a .dduf without a license
#         text is no sign that its source had none.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet huggingface_hub==1.33.0
env/bin/python - <<'P'
import json
import zipfile
from pathlib import Path

from huggingface_hub import export_folder_as_dduf

folder = Path("pipeline")
(folder / "unet").mkdir(parents=True)
(folder / "model_index.json").write_text(json.dumps({"_class_name": "P", "unet": ["diffusers", "U"]}))
(folder / "unet/config.json").write_text("{}")
(folder / "unet/model.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
texts = {"README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE"}
for name in texts:
    (folder / name).write_text("terms\n")
export_folder_as_dduf("pipeline.dduf", folder)
kept = texts & set(zipfile.ZipFile("pipeline.dduf").namelist())
print("left out:", *sorted(texts - kept), "  kept:", *sorted(kept))
assert kept == {"LICENSE.txt"}
P
echo "as described: dduf-leaves-license-out"
