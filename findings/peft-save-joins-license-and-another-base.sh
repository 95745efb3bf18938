#!/bin/sh
# peft 0.21.2, PeftModel.save_pretrained into a folder that has a card
# Expect: the card is left as it is, or its license goes when its base model changes.
# Seen:   base_model in the card is replaced by the model that was loaded, and the license line, written for the base
#         before, stays: the card then states one license for an adapter of another model.
#         before: mit, zorp/heron   after: mit, stork
# So:     train into a new folder after a change of base; where a card of an adapter names a base, judge the license of that
#         base, and take the `license` of the card for no word about it.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet torch==2.13.0 peft==0.21.2 transformers==5.24.0 accelerate==1.15.0
HF_HUB_OFFLINE=1 env/bin/python - <<'P' 2>/dev/null
from pathlib import Path

import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

sizes = dict(vocab_size=16, hidden_size=16, intermediate_size=16, num_hidden_layers=1)
LlamaForCausalLM(LlamaConfig(num_attention_heads=2, num_key_value_heads=2, **sizes)).save_pretrained("stork")
card = Path("adapter/README.md")
card.parent.mkdir()
card.write_text("---\nlicense: mit\nbase_model: zorp/heron\n---\n# My adapter\n")
model = AutoModelForCausalLM.from_pretrained("stork")
get_peft_model(model, LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM")).save_pretrained("adapter")
after = yaml.safe_load(card.read_text().split("---")[1])
print("before: mit, zorp/heron   after:", after["license"], after["base_model"])
assert (after["license"], after["base_model"]) == ("mit", "stork")
P
echo "as described: peft-save-joins-license-and-another-base"
