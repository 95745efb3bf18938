#!/bin/sh
# license-checker-rseidelsohn 4.4.2 (npm), packages that ship weights with a LICENSE file and no `license` in package.json
# Expect: the texts of CC BY-NC 4.0, the BigScience RAIL and the German CC BY-NC 3.0 are UNKNOWN, or Custom.
# Seen:   single words decide: "public domain" in a preface, "apache" in a heading, "mit" (German for "with"):
#         cc-by-nc-4.0: Public Domain   bigscience-rail-1.0: Apache-2.0*   cc-by-nc-3.0-de: MIT*
#         so `--onlyAllow "MIT*;Apache-2.0*;Public Domain"` lets all three through.
# So:     trust an answer with an asterisk, and "Public Domain", for no package that ships a model or data; open the file.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts license-checker-rseidelsohn@4.4.2
python3 -m venv env
env/bin/pip download --quiet --no-deps --dest texts scancode-toolkit==32.5.0
python3 - <<'P'
import glob
import json
import pathlib
import zipfile

names = ("cc-by-nc-4.0", "bigscience-rail-1.0", "cc-by-nc-3.0-de")
with zipfile.ZipFile(glob.glob("texts/*.whl")[0]) as wheel:
    for name in names:
        text = wheel.read(f"licensedcode/data/licenses/{name}.LICENSE").decode().split("\n---\n", 1)[1]
        folder = pathlib.Path("app/node_modules", name)
        folder.mkdir(parents=True)
        (folder / "LICENSE").write_text(text)
        (folder / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0"}))
main = {"name": "app", "version": "1.0.0", "license": "MIT", "dependencies": dict.fromkeys(names, "1.0.0")}
pathlib.Path("app/package.json").write_text(json.dumps(main))
P
npx license-checker-rseidelsohn --start app --csv --excludePackages "app@1.0.0" | cut -d, -f1,2 | tail -n +2 | sort | tee seen
cat > expected <<'T'
"bigscience-rail-1.0@1.0.0","Apache-2.0*"
"cc-by-nc-3.0-de@1.0.0","MIT*"
"cc-by-nc-4.0@1.0.0","Public Domain"
T
diff expected seen
npx license-checker-rseidelsohn --start app --excludePackages "app@1.0.0" --onlyAllow "MIT*;Apache-2.0*;Public Domain" >/dev/null
echo "as described: license-checker-reads-model-licenses-as-free"
