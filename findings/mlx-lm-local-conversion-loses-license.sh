#!/bin/sh
# mlx-lm 0.32.2, mlx_lm.convert of a model in a local folder (Linux, the CPU build of mlx)
# Expect: the card of the folder goes along with its license, as that of a model from a hub does.
# Seen:   a new card is written that says `language: en` and no license and no base model; LICENSE stays behind. (Of a model
#         from a hub the front matter is kept, and the text of the card, with limits that stand there, is emptied.)
#         source: license, base_model, LICENSE   converted: language, library_name, pipeline_tag, tags
# So:     after a conversion from a folder put card and license back by hand; a card with library_name mlx and no license
#         says nothing of the model that was converted, and its language was not looked at either.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet mlx-lm==0.32.2 "mlx[cpu]==0.32.4" safetensors numpy
HF_HUB_OFFLINE=1 env/bin/python - <<'P' 2>/dev/null
import json
from pathlib import Path

import mlx.core as mx
from mlx.utils import tree_flatten
from mlx_lm.convert import convert
from mlx_lm.models.llama import Model, ModelArgs
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast

config = {
    "model_type": "llama", "hidden_size": 16, "num_hidden_layers": 1, "intermediate_size": 16,
    "num_attention_heads": 2, "num_key_value_heads": 2, "rms_norm_eps": 1e-6, "vocab_size": 16,
    "tie_word_embeddings": False, "rope_theta": 10000.0, "head_dim": 8,
}  # fmt: skip
source = Path("heron")
source.mkdir()
(source / "config.json").write_text(json.dumps({"architectures": ["LlamaForCausalLM"], **config}))
model = Model(ModelArgs.from_dict(config))
mx.save_safetensors("heron/model.safetensors", dict(tree_flatten(model.parameters())), metadata={"format": "mlx"})
tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "a": 1, "b": 2}, unk_token="[UNK]"))
PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", eos_token="b").save_pretrained("heron")
(source / "README.md").write_text("---\nlicense: cc-by-nc-4.0\nbase_model: zorp/heron\n---\n# Heron\n\nFor study alone.\n")
(source / "LICENSE").write_text("No commercial use.\n")
convert("heron", "made")
front = Path("made/README.md").read_text().split("---")[1]
keys = [line.split(":")[0] for line in front.splitlines() if line and line[0].isalpha()]
print("converted:", keys, "LICENSE" in {path.name for path in Path("made").iterdir()})
assert keys == ["language", "library_name", "pipeline_tag", "tags"]
assert not Path("made/LICENSE").exists()
P
echo "as described: mlx-lm-local-conversion-loses-license"
