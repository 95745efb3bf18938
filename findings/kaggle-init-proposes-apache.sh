#!/bin/sh
# kaggle 2.2.5, KaggleApi.model_instance_initialize (`kaggle models variations init`); it imports six without declaring it
# Expect: the template leaves the license to be filled in, as it does owner, model and framework.
# Seen:   every field that has to be filled in says INSERT_..., but the license is set: licenseName is 'Apache 2.0'.
# So:     who fills in the marked fields alone publishes under Apache 2.0. Set licenseName first; a reviewer should ask
#         where the license of an uploaded model came from.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet kaggle==2.2.5 six==1.17.0
env/bin/python - <<'PYTHON'
import json
import os

os.environ.update(KAGGLE_USERNAME="acme", KAGGLE_KEY="0" * 32)
from kaggle.api.kaggle_api_extended import KaggleApi

KaggleApi().model_instance_initialize(".")
with open("model-instance-metadata.json", encoding="utf-8") as file:
    meta = json.load(file)
marked = sorted(key for key, value in meta.items() if str(value).startswith("INSERT_"))
print(f"licenseName: {meta['licenseName']!r}   to fill in: {marked}")
assert meta["licenseName"] == "Apache 2.0"
assert marked == ["framework", "instanceSlug", "modelSlug", "ownerSlug"]
PYTHON
echo "as described: kaggle-init-proposes-apache"
