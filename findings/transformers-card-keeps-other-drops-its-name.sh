#!/bin/sh
# transformers 5.24.0, TrainingSummary (the card that Trainer.create_model_card writes), for a fine-tune of a model on a hub
# Expect: of a base with `license: other`, `license_name` and `license_link`, the card takes over all three.
# Seen:   only the tag is read: the card says `license: other` and neither which nor where. A base in a local folder, or a
#         hub that cannot be reached, gives no license at all.
#         hub: ['license: other']   offline: []
# So:     "other" without a name in the card of a fine-tune means the license of its base: follow base_model, and write
#         license_name and license_link into the card by hand before publishing.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet transformers==5.24.0
cat > card.py <<'P'
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

FIELDS = {"license": "other", "license_name": "heron-noncommercial", "license_link": "LICENSE.md"}


class Hub(BaseHTTPRequestHandler):
    """What a hub answers of one model."""

    def do_GET(self):
        model = {"id": "zorp/heron", "tags": ["license:other"], "siblings": [], "cardData": FIELDS}
        body = json.dumps(model).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if sys.argv[1] == "hub":
    server = HTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.update(HF_ENDPOINT=f"http://127.0.0.1:{server.server_port}", NO_PROXY="127.0.0.1")
else:
    os.environ["HF_HUB_OFFLINE"] = "1"
from transformers.modelcard import TrainingSummary

card = TrainingSummary(model_name="mine", finetuned_from="zorp/heron").to_model_card()
seen = [line for line in card.splitlines() if line.startswith("license")]
print(f"{sys.argv[1]}: {seen}")
assert seen == (["license: other"] if sys.argv[1] == "hub" else [])
P
env/bin/python card.py hub
env/bin/python card.py offline
echo "as described: transformers-card-keeps-other-drops-its-name"
