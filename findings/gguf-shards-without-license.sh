#!/bin/sh
# gguf 0.19.0, GGUFWriter with split_max_tensors (as the converters use it for large models)
# Expect: each shard is a GGUF file of its own and repeats general.license.
# Seen:   only the first shard has general.* keys; the others hold split.no, split.count and split.tensors.count.
#         s-00001-of-00002.gguf: general.architecture, general.license, split.*    s-00002-of-00002.gguf: split.* alone
# So:     keep the first shard, or a card, with every copy; a later shard by itself says nothing of its license, and a
#         checker that is given one must answer "not known", never "no license".
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet gguf==0.19.0 numpy==2.3.5
env/bin/python - <<'PYTHON'
import glob

import gguf
import numpy

writer = gguf.GGUFWriter("s.gguf", "llama", split_max_tensors=1)
writer.add_license("cc-by-nc-4.0")
for number in range(2):
    writer.add_tensor(f"t{number}", numpy.zeros(32, dtype=numpy.float32))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
keys = {path: set(gguf.GGUFReader(path).fields) for path in sorted(glob.glob("s-*.gguf"))}
first, second = keys.values()
print({path: sorted(found) for path, found in keys.items()})
assert "general.license" in first
assert not any(key.startswith("general.") for key in second)
PYTHON
echo "as described: gguf-shards-without-license"
