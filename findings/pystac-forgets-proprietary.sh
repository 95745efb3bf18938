#!/bin/sh
# pystac 1.15.2, a STAC 1.0 collection (as they describe geospatial models and their data) read and written again
# Expect: the license stays what the file says.
# Seen:   reading lifts the file to STAC 1.1, and the two words "proprietary" and "various" both become "other"; "other" is
#         also what a new collection says if nobody states a license. SPDX identifiers are kept.
#         proprietary -> other   various -> other   CC-BY-NC-4.0 -> CC-BY-NC-4.0   not stated -> other
# So:     "other" in a collection means bought, mixed or never stated: read the link with rel=license, and the file as
#         published rather than a copy that went through the library.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet pystac==1.15.2
env/bin/python - <<'P'
import pystac

extent = {"spatial": {"bbox": [[0, 0, 1, 1]]}, "temporal": {"interval": [[None, None]]}}
seen = {}
for word in ("proprietary", "various", "CC-BY-NC-4.0"):
    collection = pystac.Collection.from_dict(
        {"type": "Collection", "stac_version": "1.0.0", "id": "a", "description": "b", "license": word, "extent": extent, "links": []}
    )
    seen[word] = collection.to_dict()["license"]
whole = pystac.Extent(pystac.SpatialExtent([[0, 0, 1, 1]]), pystac.TemporalExtent([[None, None]]))
seen["not stated"] = pystac.Collection("a", "b", whole).license
print(*(f"{word} -> {license}" for word, license in seen.items()), sep="   ")
assert seen == {"proprietary": "other", "various": "other", "CC-BY-NC-4.0": "CC-BY-NC-4.0", "not stated": "other"}
P
echo "as described: pystac-forgets-proprietary"
