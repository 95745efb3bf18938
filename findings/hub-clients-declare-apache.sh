#!/bin/sh
# modelscope-hub 0.5.1, HubApi.create_repo; aistudio-sdk 0.3.9, create_repo. Both are asked for a model without a license.
# Expect: the field stays empty, and the hub shows that no license was stated.
# Seen:   what is sent to the hub says Apache 2.0, for a repository that is public by default:
#         modelscope-hub: Apache-2.0   aistudio-sdk: Apache License 2.0
# So:     on these hubs "Apache 2.0" may be the word of the client and not of the licensor: look for the text in the repository,
#         and always state license= when uploading weights of somebody else.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet modelscope-hub==0.5.1 aistudio-sdk==0.3.9
env/bin/python - <<'P'
import aistudio_sdk.hub
from modelscope_hub import HubApi

sent = {}


def modelscope(repo_type, body):
    sent["modelscope-hub"] = body["License"]
    return {}


def aistudio(**params):
    sent["aistudio-sdk"] = params["license"]
    return {}


api = HubApi(token="unused")
api.legacy.create_repo = modelscope
api.create_repo("somebody/model", repo_type="model")
aistudio_sdk.hub.request_aistudio_hub = aistudio
try:
    aistudio_sdk.hub.create_repo(repo_id="somebody/model", token="unused")
except (AttributeError, KeyError, TypeError):
    pass  # there is no answer of a hub to read
print(*(f"{name}: {license}" for name, license in sent.items()), sep="   ")
assert sent == {"modelscope-hub": "Apache-2.0", "aistudio-sdk": "Apache License 2.0"}
P
echo "as described: hub-clients-declare-apache"
