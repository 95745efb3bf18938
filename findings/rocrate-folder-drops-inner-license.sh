#!/bin/sh
# rocrate 0.16.0, ROCrate.add_dataset of a folder that is an RO-Crate itself (as models and data are handed on), then write
# Expect: the folder is copied whole, and what it says of its license stays with it.
# Seen:   all files are copied but ro-crate-metadata.json, where the license stood; the outer crate says nothing of the folder's
#         license, so that its own seems to hold for everything.
#         inner: ['ro-crate-metadata.json', 'weights.bin']   copied: ['weights.bin']   licenses: ./ MIT, model/ None
# So:     set `license` on the data set that add_dataset returns before writing, and look for the crate that a folder came
#         from; the license of the outer crate is that of its author's work.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet rocrate==0.16.0
env/bin/python - <<'P'
import json
import os
from pathlib import Path

from rocrate.rocrate import ROCrate

os.mkdir("folder")
Path("folder/weights.bin").write_bytes(b"0")
inner = ROCrate("folder", init=True)
inner.license = "https://creativecommons.org/licenses/by-nc/4.0/"
inner.write("inner")
outer = ROCrate()
outer.license = "https://spdx.org/licenses/MIT"
outer.add_dataset("inner", "model")
outer.write("outer")
given, copied = sorted(os.listdir("inner")), sorted(os.listdir("outer/model"))
graph = json.loads(Path("outer/ro-crate-metadata.json").read_text())["@graph"]
licenses = {each["@id"]: each.get("license") for each in graph if each["@type"] == "Dataset"}
print(f"inner: {given}   copied: {copied}   licenses: {licenses}")
assert (given, copied) == (["ro-crate-metadata.json", "weights.bin"], ["weights.bin"])
assert licenses == {"./": "https://spdx.org/licenses/MIT", "model/": None}
assert "by-nc" not in json.dumps(graph)
P
echo "as described: rocrate-folder-drops-inner-license"
