"""The tags of REUSE: `SPDX-License-Identifier` lines in sidecars and configurations."""

from __future__ import annotations

from pathlib import Path

from licensecheck.lazy import re
from licensecheck.models.formats.tree import Tree
from licensecheck.text.io import decode, read_bytes

TAG = re.compile(r"SPDX-License-Identifier\W{1,4}([A-Za-z0-9 .()+_-]+)", re.I)
_STANZA = re.compile(r"^License:[ \t]*(\S[^\r\n]*)$", re.M)


def read_spdx_tags(path: Path) -> Tree:
    """The license expressions that a file tags, each once."""
    text = decode(read_bytes(path), path=str(path)).text
    found = [match[1].strip() for match in TAG.finditer(text)]
    if path.name == "dep5":
        found += [match[1].strip() for match in _STANZA.finditer(text)]
    return {"SPDX-License-Identifier": list(dict.fromkeys(found))}
