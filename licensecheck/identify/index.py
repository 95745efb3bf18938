"""The index of fingerprints, read where it lies on the disk: opening it copies nothing."""

from __future__ import annotations

import mmap
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from licensecheck.catalog.built_data import licenses_root
from licensecheck.catalog.fingerprint_file import FINGERPRINTS, fingerprint_blocks, unpack
from licensecheck.catalog.records import check_seal
from licensecheck.errors import DataError, Place
from licensecheck.identify.words import split_hashes, split_words

# What a known text is called.


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Label:
    """What a known text is called: the record's id, and its name at SPDX, Hugging Face and ScanCode ("" for none)."""

    id: str
    name: str
    version: str = ""
    spdx: str = ""
    hf: str = ""
    scancode: str = ""

    @property
    def ids(self) -> dict[str, str]:
        """Its identifiers by scheme, those that it has."""
        named = {"spdx": self.spdx, "hf": self.hf, "scancode": self.scancode}
        return {scheme: name for scheme, name in named.items() if name}


# The index of fingerprints, read where it lies on the disk: opening it copies nothing.


INDEX = FINGERPRINTS
"""The built file below `licenses/`."""


class Index:
    """Which runs of words stand in which known texts, and the codes of the words of each text."""

    def __init__(self, data: memoryview) -> None:
        sections = unpack(data)
        self.keys = sections["keys"]
        self.first = sections["first"]
        self.posting_text = sections["posting_text"]
        self.posting_place = sections["posting_place"]
        self.exact = sections["exact"]
        self.unmarked = sections["unmarked"]
        self.size = sections["size"]
        self._twin = sections["twin"]
        self._sections = sections
        self._codes: dict[int, bytes] = {}
        self._title_words: dict[int, frozenset[bytes]] = {}

    def __len__(self) -> int:
        return len(self.exact)

    def find_run(self, key: int) -> tuple[int, int] | None:
        """The range of postings of a run of words, by its hash."""
        place = bisect_left(self.keys, key)
        if place == len(self.keys) or self.keys[place] != key:
            return None
        return self.first[place], self.first[place + 1]

    def codes(self, text: int) -> bytes:
        """The codes of the words of a text, 0 for a blank."""
        codes = self._codes.get(text)
        if codes is None:
            places, lengths = self._sections["segment_place"], self._sections["segment_length"]
            pool, first = self._sections["pool"], self._sections["segment_first"]
            parts = [pool[places[n] : places[n] + lengths[n]] for n in range(first[text], first[text + 1])]
            codes = self._codes[text] = b"".join(parts)
        return codes

    def twins(self, text: int) -> list[int]:
        """The other wordings of the same license."""
        twins, twin = [], self._twin[text]
        while twin != text:
            twins.append(twin)
            twin = self._twin[twin]
        return twins

    def title(self, text: int) -> bytes:
        """The hashed words of the title that a copy of a text may lack."""
        first = self._sections["title_first"]
        return bytes(self._sections["titles"][first[text] : first[text + 1]])

    def title_words(self, text: int) -> frozenset[bytes]:
        """The hashes of the words that the title of a text may have: its own, and those of its names."""
        title_words = self._title_words.get(text)
        if title_words is None:
            names = " ".join(f"{label.id} {label.name} {label.version} {label.spdx}" for label in self.labels(text))
            title_words = frozenset(split_hashes(self.title(text) + split_words(names).blob))
            self._title_words[text] = title_words
        return title_words

    def labels(self, text: int) -> tuple[Label, ...]:
        """What a text is called; several where licenses share a wording."""
        first, references = self._sections["label_first"], self._sections["label"]
        return tuple(self._label(references[n]) for n in range(first[text], first[text + 1]))

    def find_label(self, name: str) -> Label | None:
        """The label that bears a name, whatever its case: its own id, or one of SPDX, Hugging Face or ScanCode."""
        wanted = name.strip().lower()
        every = map(self._label, range(len(self._sections["label_place"]) - 1))
        return next((label for label in every if wanted in map(str.lower, (label.id, *label.ids.values()))), None)

    def _label(self, number: int) -> Label:
        places = self._sections["label_place"]
        line = bytes(self._sections["labels"][places[number] : places[number + 1]]).decode()
        own, name, version, spdx, hf, scancode = line.split("\t")
        return Label(id=own, name=name, version=version, spdx=spdx, hf=hf, scancode=scancode)


@lru_cache(maxsize=4)
def load_index(path: Path | None = None) -> Index:
    """The index that ships with the project, or the one in another file."""
    own = path is None
    path = path or licenses_root() / INDEX
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        blocks = fingerprint_blocks(data)
    except (OSError, ValueError) as fault:
        raise DataError(f"{fault}; run `licensecheck catalog index`", Place(path=str(path))) from None
    if own:
        for name, block in blocks.items():
            check_seal(INDEX, block, part=name)
    return Index(data)
