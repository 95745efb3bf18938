#!/bin/sh
# reuse 6.2.0, `reuse annotate` on the files of a model folder
# Expect: files that hold no comments (weights) get a sidecar, and the card gets an HTML comment at its top.
# Seen:   weights are refused (exit status 2: file extension not recognised) unless --fallback-dot-license is given, while
#         config.json gets config.json.license without being asked; in README.md the tags go INTO the front matter, as YAML
#         comments.
# So:     annotate weights with --fallback-dot-license, and look that each has its sidecar; a tag in the front matter is a
#         comment there, and no hub reads it as `license`.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet reuse==6.2.0
env/bin/python - <<'PYTHON'
import os
import subprocess
import sys

os.mkdir("model")
for name, content in {"m.safetensors": "{}", "config.json": "{}", "README.md": "---\nlicense: mit\n---\n"}.items():
    with open(f"model/{name}", "w", encoding="utf-8") as file:
         file.write(content)
subprocess.run(["git", "init", "--quiet", "model"], check=True)


def annotate(name, *more):
    command = [sys.executable, "-m", "reuse", "annotate", "--license", "MIT", "--copyright", "Acme", *more, name]
    return subprocess.run(command, cwd="model", capture_output=True).returncode


codes = [annotate("m.safetensors"), annotate("config.json"), annotate("README.md")]
forced = annotate("m.safetensors", "--fallback-dot-license")
with open("model/README.md", encoding="utf-8") as file:
    lines = file.read().splitlines()
print(f"exit: {codes}, then {forced}; {sorted(os.listdir('model'))}; {lines[:4]}")
assert (codes, forced) == ([2, 0, 0], 0)
assert {"config.json.license", "m.safetensors.license"} <= set(os.listdir("model"))
assert lines[0] == "---" and lines[1].startswith("# SPDX-FileCopyrightText") and "license: mit" in lines
PYTHON
echo "as described: reuse-annotate-in-a-model-folder"
