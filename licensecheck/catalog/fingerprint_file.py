"""The file of fingerprints: numbered sections of plain numbers and bytes, each at a multiple of eight."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping
from typing import Literal

FINGERPRINTS = "fingerprints.bin"
"""The file below `licenses/`, written by `licensecheck catalog index`."""
MAGIC = b"LCPRINT1"
SECTIONS: Mapping[str, Literal["B", "H", "I", "Q"]] = {
    "keys": "I",  # the hashes of all runs of words, ascending
    "first": "I",  # for each key its first posting; one more at the end
    "posting_text": "H",  # in which text the run stands
    "posting_place": "H",  # at which word
    "exact": "Q",  # for each text the hash of all its words
    "unmarked": "Q",  # the same without the numbers of its paragraphs
    "size": "H",  # for each text the number of its words, blanks not counted
    "twin": "H",  # for each text the next wording of the same license, around in a ring
    "segment_first": "I",  # for each text its first segment; one more at the end
    "segment_place": "I",  # where in the pool of codes a segment starts
    "segment_length": "H",  # and how long it is
    "title_first": "I",  # for each text where its title starts among the titles; one more at the end
    "label_first": "I",  # for each text its first label reference; one more at the end
    "label": "H",  # label references
    "label_place": "I",  # for each label where its line starts; one more at the end
    "pool": "B",  # the codes of words
    "titles": "B",  # the hashes of the words of titles
    "labels": "B",  # lines: id, name, version, SPDX, Hugging Face, ScanCode, separated by tabs
}
"""The sections in their order, with the type of their numbers as in the module `array`; little-endian."""


def pack(sections: Mapping[str, array[int] | bytes]) -> bytes:
    """The file that holds these sections."""
    place = len(MAGIC) + 8 * len(SECTIONS)
    head, body = [MAGIC], []
    for name in SECTIONS:
        data = bytes(sections[name])
        data_and_rest = data + bytes(-len(data) % 8)
        head.append(struct.pack("<II", place, len(data)))
        body.append(data_and_rest)
        place += len(data_and_rest)
    return b"".join(head + body)


def unpack(data: memoryview) -> dict[str, memoryview]:
    """The sections of a file, none of them copied; ValueError where it is no such file."""
    if bytes(data[: len(MAGIC)]) != MAGIC or len(data) < len(MAGIC) + 8 * len(SECTIONS):
        raise ValueError("not a fingerprint file of this version")
    sections = {}
    for number, (name, kind) in enumerate(SECTIONS.items()):
        place, length = struct.unpack_from("<II", data, len(MAGIC) + 8 * number)
        if place + length > len(data):
            raise ValueError("is cut short")
        sections[name] = data[place : place + length].cast(kind)
    return sections


def fingerprint_blocks(data: memoryview) -> dict[str, memoryview]:
    """The bytes of each section, none of them copied, for a digest of each; ValueError where it is no such file."""
    return {name: section.cast("B") for name, section in unpack(data).items()}
