#!/bin/sh
# model2vec 0.10.0, StaticModel.save_pretrained after a distillation (as in distill_from_model)
# Expect: the card leaves the license open, or bears that of the model that was distilled.
# Seen:   the card says `license: mit` whatever the model was, though base_model names it; the license of the package itself
#         is MIT, that of the vectors is not its to give.
#         base: cc-by-nc-4.0   card of the result: license: mit
# So:     ask about the license of base_model wherever a card with library_name: model2vec says mit, and set the line by hand
#         before publishing.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet model2vec==0.10.0 numpy==2.3.5 tokenizers==0.22.2
env/bin/python - <<'P'
from pathlib import Path

import numpy
from model2vec import StaticModel
from tokenizers import Tokenizer, models, pre_tokenizers

tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "[PAD]": 1, "word": 2}, unk_token="[UNK]"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
base = Path("base")
base.mkdir()
(base / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# A model for research\n")
model = StaticModel(numpy.ones((3, 4), dtype="float32"), tokenizer, config={}, base_model_name="base")
model.save_pretrained("static")
lines = Path("static/README.md").read_text().splitlines()
seen = [line for line in lines if line.startswith(("license:", "base_model:"))]
print("base: cc-by-nc-4.0   card of the result:", seen)
assert sorted(seen) == ["base_model: base", "license: mit"]
P
echo "as described: model2vec-declares-mit"
