#!/bin/sh
# mlcroissant 1.1.1, a data set whose license is a reference, {"@id": ADDRESS}, as JSON-LD of many repositories writes it
# Expect: JSON-LD that names a published license by reference is read like the same address as text.
# Seen:   a ValidationError asks for an attribute "@type" at the address. The address as text, an object in place and a
#         reference to an object within the same file pass; so does a data set without any license, with a warning at most.
#         reference: refused   reference and object: ok   text: ok   object: ok   none: ok
# So:     write the license as text or as an object; do not leave the line out to make the validator pass: that passes too.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet mlcroissant==1.1.1
env/bin/python - <<'P' 2>/dev/null
import logging

logging.disable(logging.CRITICAL)
import mlcroissant

ADDRESS = "https://creativecommons.org/licenses/by-nc/4.0/"
OBJECT = {"@type": "CreativeWork", "name": "CC BY-NC 4.0"}
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "citeAs": "cr:citeAs",
}


def answer(license_value, *beside):
    about = {
        "@id": "pond",
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "pond",
        "description": "Water.",
        "url": "https://example.org/pond",
    }
    if license_value is not None:
        about["license"] = license_value
    data = {"@context": CONTEXT, "@graph": [about, *beside]} if beside else {"@context": CONTEXT, **about}
    try:
        mlcroissant.Dataset(jsonld=data)
    except mlcroissant.ValidationError:
        return "refused"
    return "ok"


seen = {
    "reference": answer({"@id": ADDRESS}),
    "reference and object": answer({"@id": ADDRESS}, {"@id": ADDRESS, **OBJECT}),
    "text": answer(ADDRESS),
    "object": answer({**OBJECT, "url": ADDRESS}),
    "none": answer(None),
}
print(*(f"{way}: {what}" for way, what in seen.items()), sep="   ")
assert list(seen.values()) == ["refused", "ok", "ok", "ok", "ok"]
P
echo "as described: mlcroissant-refuses-license-reference"
