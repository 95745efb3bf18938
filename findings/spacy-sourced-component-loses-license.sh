#!/bin/sh
# spaCy 3.8.18, Language.add_pipe(..., source=...) and to_disk
# Expect: a pipeline that takes a component from another one says where it is from, or keeps the license of that one.
# Seen:   meta.json of the new pipeline has an empty license and no word on the source. (`spacy package --create-meta`
#         then proposes MIT.)      source: 'CC BY-NC-SA 3.0'   new: ''
# So:     write the license of every sourced pipeline into meta.json by hand, before it is packaged; treat an empty license
#         in meta.json as not known.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet spacy==3.8.18
env/bin/python - <<'PYTHON'
import inspect
import json

import spacy
from spacy.cli.package import generate_meta

source = spacy.blank("fr")
source.add_pipe("sentencizer")
source.meta["license"] = "CC BY-NC-SA 3.0"
source.to_disk("source")
source = spacy.load("source")
new = spacy.blank("fr")
new.add_pipe("sentencizer", source=source)
new.to_disk("new")
with open("new/meta.json", encoding="utf-8") as file:
    meta = json.load(file)
print(f"source: {source.meta['license']!r}   new: {meta['license']!r}")
assert (source.meta["license"], meta["license"]) == ("CC BY-NC-SA 3.0", "")
assert not any(key.startswith("source") for key in meta)
assert '"MIT"' in inspect.getsource(generate_meta)
PYTHON
echo "as described: spacy-sourced-component-loses-license"
