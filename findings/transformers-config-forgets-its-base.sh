#!/bin/sh
# transformers 5.24.0, AutoConfig.from_pretrained and save_pretrained
# Expect: `_name_or_path` in config.json, which tells from which model a fine-tune was loaded, is kept.
# Seen:   it is replaced by the folder on loading and left out on saving; other keys, such as `license`, are kept.
#         loaded: cfg   saved: None   license: cc-by-nc-4.0
# So:     config.json of a model saved today shows no base model. Look at older files, at the card (base_model), at
#         adapter_config.json and training recipes; the absence of `_name_or_path` is no sign of training from scratch.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet transformers==5.24.0
env/bin/python - <<'PYTHON'
import json
import logging
import os

os.environ["HF_HUB_OFFLINE"] = "1"
logging.disable(logging.CRITICAL)
from transformers import AutoConfig

os.mkdir("cfg")
with open("cfg/config.json", "w", encoding="utf-8") as file:
    json.dump({"model_type": "bert", "_name_or_path": "acme/heron-base", "license": "cc-by-nc-4.0"}, file)
config = AutoConfig.from_pretrained("cfg")
config.save_pretrained("saved")
with open("saved/config.json", encoding="utf-8") as file:
    saved = json.load(file)
print(f"loaded: {config._name_or_path}   saved: {saved.get('_name_or_path')}   license: {saved.get('license')}")
assert (config._name_or_path, saved.get("_name_or_path"), saved.get("license")) == ("cfg", None, "cc-by-nc-4.0")
PYTHON
echo "as described: transformers-config-forgets-its-base"
