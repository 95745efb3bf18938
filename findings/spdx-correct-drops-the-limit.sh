#!/bin/sh
# spdx-correct 3.2.0 (npm), which turns a license name that people wrote into an SPDX identifier
# Expect: null where the name says more than an identifier can (a clause added, commercial use left out), and for the names of
#         licenses that are not on the list.
# Seen:   words after a known name are thrown away, and a name is taken for its nearest neighbour:
#         apache-2.0-nc -> Apache-2.0            Apache 2.0 with Commons Clause -> Apache-2.0
#         modified-mit -> MIT                    bsl-1.1 (Business Source) -> BSL-1.0 (Boost)
#         LGPL-LR -> LGPL-3.0-or-later           cdla -> CDL-1.0
#         UNLICENSED (no license) -> Unlicense (public domain)
# So:     do not correct license names of models with it: a limit is lost, and two of the answers mean the opposite. Compare
#         names with a list that is closed, and ask about the rest.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund spdx-correct@3.2.0 spdx-license-ids@3.0.22 >/dev/null
node - <<'J'
const assert = require("assert");
const correct = require("spdx-correct");
const seen = {
  "apache-2.0-nc": "Apache-2.0",
  "Apache 2.0 with Commons Clause": "Apache-2.0",
  "modified-mit": "MIT",
  "bsl-1.1": "BSL-1.0",
  "LGPL-LR": "LGPL-3.0-or-later",
  cdla: "CDL-1.0",
  UNLICENSED: "Unlicense",
};
for (const [name, id] of Object.entries(seen)) {
  console.log(name, "->", correct(name));
  assert.strictEqual(correct(name), id);
}
J
echo "as described: spdx-correct-drops-the-limit"
