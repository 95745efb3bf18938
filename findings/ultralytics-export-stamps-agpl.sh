#!/bin/sh
# ultralytics 8.4.190, YOLO(...).export, of a network that was built from a description and never trained
# Expect: an export of one's own weights has no license in its metadata; only the published weights carry one.
# Seen:   every export and every saved checkpoint says AGPL-3.0 in its own metadata, whoever trained the weights and on what:
#         config.txt within a TorchScript file, the key `license` of a checkpoint.
#         TorchScript: AGPL-3.0 License   checkpoint: AGPL-3.0 License
# So:     the line tells which program made the file, and that its publisher claims the AGPL for what it makes: a card beside
#         it that says mit contradicts it, and needs an answer (a license that was bought, or AGPL) before the model goes out.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet torch==2.13.0 numpy==2.3.5 pillow pyyaml requests psutil scipy matplotlib polars opencv-python-headless
env/bin/pip install --quiet --no-deps ultralytics==8.4.190 ultralytics-thop
cat > export.py <<'P'
import sys
from types import ModuleType

import torch

try:
    import torchvision  # noqa: F401
except Exception:  # only its version is asked for
    stand_in = ModuleType("torchvision")
    stand_in.__version__ = "0.28.0"
    sys.modules["torchvision"] = stand_in
from ultralytics import YOLO

model = YOLO("yolo11n.yaml")
found = {"config.txt": ""}
torch.jit.load(model.export(format="torchscript", imgsz=32), _extra_files=found)
model.save("own.pt")
script = "AGPL-3.0 License" in str(found["config.txt"])
saved = torch.load("own.pt", weights_only=False).get("license", "")
print("TorchScript:", script, "  checkpoint:", saved.split(" (")[0])
assert script
assert saved.startswith("AGPL-3.0 License")
P
YOLO_OFFLINE=true YOLO_CONFIG_DIR="$work" env/bin/python export.py 2>/dev/null | tail -1
echo "as described: ultralytics-export-stamps-agpl"
