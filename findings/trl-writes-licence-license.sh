#!/bin/sh
# trl 1.16.0, trl.trainer.utils.generate_model_card (the card that every trainer there writes)
# Expect: the front matter has no license, or `license:` with one.
# Seen:   it has the key `licence`, in the other spelling, with the word "license" as its value:  licence: license
#         A reader of `license` finds nothing; one that forgives the spelling finds a license called "license".
# So:     take that line for a blank that nobody filled in: neither "no license declared" nor a license of that name. Publishers
#         put `license:` in by hand.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet torch==2.13.0 trl==1.16.0 transformers==5.16.1
env/bin/python - <<'P' 2>/dev/null
from trl.trainer.utils import generate_model_card

card = generate_model_card(
    base_model="somebody/base", model_name="tuned", hub_model_id="somebody/tuned", dataset_name=None, tags=[], wandb_url=None,
    trackio_url=None, trainer_name="SFT",
)  # fmt: skip
seen = [line for line in str(card).splitlines() if line.startswith(("licen", "base_model"))]
print(seen)
assert seen == ["base_model: somebody/base", "licence: license"]
P
echo "as described: trl-writes-licence-license"
