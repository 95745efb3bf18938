#!/bin/sh
# sentence-transformers 6.2.0, SentenceTransformer loaded from a folder, saved as it is and after one step of training
# Expect: both cards say what the card of the loaded model says, or neither does.
# Seen:   saved as it is, the card is copied with its license; after training a new card is written that has no license and
#         only a comment "License: Unknown" in its body.
#         as it is: ['license: cc-by-nc-4.0']   trained: []
# So:     a fine-tune of a noncommercial embedding model shows no license at all: follow base_model, where there is one, and set
#         model_card_data.license before training.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet torch==2.13.0 sentence-transformers==6.2.0 transformers==5.16.1 datasets==5.2.0 accelerate==1.15.0
HF_HUB_OFFLINE=1 env/bin/python - <<'P' 2>/dev/null
from pathlib import Path

from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments, losses
from transformers import BertConfig, BertModel, BertTokenizerFast

Path("bert").mkdir()
Path("bert/vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "two"]))
BertTokenizerFast(vocab_file="bert/vocab.txt").save_pretrained("bert")
BertModel(
    BertConfig(vocab_size=7, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
).save_pretrained("bert")
SentenceTransformer("bert").save_pretrained("base")
card = Path("base/README.md")
card.write_text(card.read_text().replace("---\n", "---\nlicense: cc-by-nc-4.0\n", 1))

SentenceTransformer("base").save_pretrained("copy")
model = SentenceTransformer("base")
rows = Dataset.from_dict({"a": ["one two", "two one"] * 4, "b": ["one", "two"] * 4})
arguments = SentenceTransformerTrainingArguments(output_dir="out", max_steps=1, report_to="none", save_strategy="no", use_cpu=True)
SentenceTransformerTrainer(model=model, args=arguments, train_dataset=rows, loss=losses.MultipleNegativesRankingLoss(model)).train()
model.save_pretrained("tuned")


def licenses(folder):
    return [line for line in Path(folder, "README.md").read_text().splitlines() if line.startswith("license:")]


print("as it is:", licenses("copy"), "  trained:", licenses("tuned"))
assert (licenses("copy"), licenses("tuned")) == (["license: cc-by-nc-4.0"], [])
P
echo "as described: sentence-transformers-training-drops-license"
