#!/bin/sh
# datasets 5.2.0, Dataset.info.license of a folder whose card declares a license, and of two sets put together
# Expect: load_dataset reads the license of the card, and a concatenation has a list of two.
# Seen:   info.license is '' though the card says cc-by-nc-4.0; two licenses become one string with an empty line between.
#         loaded: ''   concatenated: 'cc-by-nc-4.0\n\nmit'   back from Parquet: ''
# So:     read the card of a data set for its license and not `info`; split the string at empty lines.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet datasets==5.2.0
env/bin/python - <<'PYTHON'
import logging
import os

os.environ["HF_HUB_OFFLINE"] = "1"
logging.disable(logging.CRITICAL)
import datasets

datasets.disable_progress_bars()
os.mkdir("data")
with open("data/part.csv", "w", encoding="utf-8") as file:
    file.write("a\n1\n")
with open("data/README.md", "w", encoding="utf-8") as file:
    file.write("---\nlicense: cc-by-nc-4.0\n---\n# Pond\n")
loaded = datasets.load_dataset("data", split="train", cache_dir="cache").info.license


def made(license_name):
    return datasets.Dataset.from_dict({"a": [1]}, info=datasets.DatasetInfo(license=license_name))


both = datasets.concatenate_datasets([made("cc-by-nc-4.0"), made("mit")])
both.to_parquet("both.parquet")
back = datasets.Dataset.from_parquet("both.parquet", cache_dir="cache").info.license
print(f"loaded: {loaded!r}   concatenated: {both.info.license!r}   back from Parquet: {back!r}")
assert (loaded, both.info.license, back) == ("", "cc-by-nc-4.0\n\nmit", "")
PYTHON
echo "as described: datasets-info-license-is-empty"
