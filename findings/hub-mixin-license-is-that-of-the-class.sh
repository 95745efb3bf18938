#!/bin/sh
# huggingface_hub 2.4.0, PyTorchModelHubMixin with `license=` (as many model packages declare it), weights of somebody else
# Expect: weights loaded from a folder whose card says noncommercial are saved with that license, or with none.
# Seen:   the card that is written says the license of the class, which its author meant for the code; the card and the
#         license file of the folder that was loaded stay behind.
#         loaded: cc-by-nc-4.0, LICENSE   saved: license: mit, no LICENSE
# So:     where a card carries the tag model_hub_mixin, its license is the word of the package and not of who trained the
#         weights: look for the checkpoint that they came from.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet torch==2.13.0 huggingface_hub==2.4.0 safetensors==0.8.0 numpy
HF_HUB_OFFLINE=1 env/bin/python - <<'P'
from pathlib import Path

import torch
from huggingface_hub import PyTorchModelHubMixin


class Net(torch.nn.Module, PyTorchModelHubMixin, license="mit"):
    def __init__(self, size: int = 2):
        super().__init__()
        self.layer = torch.nn.Linear(size, size)


Net(2).save_pretrained("theirs")
Path("theirs/README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Heron\n")
Path("theirs/LICENSE").write_text("No commercial use.\n")
Net.from_pretrained("theirs").save_pretrained("ours")
lines = Path("ours/README.md").read_text().splitlines()
seen = [line for line in lines if line.startswith("license:")]
print("loaded: cc-by-nc-4.0   saved:", seen, sorted(path.name for path in Path("ours").iterdir()))
assert seen == ["license: mit"]
assert not Path("ours/LICENSE").exists()
P
echo "as described: hub-mixin-license-is-that-of-the-class"
