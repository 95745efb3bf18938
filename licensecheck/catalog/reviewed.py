"""Sentences that somebody has reviewed: the hash of each and what it came to, no word of it.

A file of `licenses/reviewed/` says in its head who reviewed what, when and on which ground; then which licenses, by
their ids, and each further line holds the mark of some sentences and their hashes. `settled`: the sentence needs no
question, wherever it stands. `open`: it binds in a way that no term states, and asks until a person has answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from licensecheck.catalog.built_data import REVIEWED, licenses_root, reviewed_paths
from licensecheck.catalog.records import check_seal
from licensecheck.errors import DataError, Place
from licensecheck.text.io import read_text

SETTLED, OPEN = "settled", "open"
MARKS = (SETTLED, OPEN)
SCOPE = "scope"
"""Opens the line `scope known`: what the file settles holds in known licenses alone."""
TEXTS = "texts"
"""The mark of the ids of licenses whose every sentence was reviewed."""
WIDTH = 10
"""Bytes of a hash: too many for somebody to find another sentence with the hash of a reviewed one."""
A_LINE = 8


def sentence_hash(words: Iterable[str]) -> str:
    """The hash of a sentence from its words in lower case, those of its lead-ins first."""
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=WIDTH).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The mark of each reviewed sentence by its hash, and the ids of the licenses whose whole text was reviewed."""

    marks: Mapping[str, str]
    texts: frozenset[str]
    narrow: frozenset[str] = frozenset()
    """Sentences that are settled within known licenses alone: in a text that nobody knows they are read anew."""


@lru_cache(maxsize=1)
def load_reviewed() -> Reviewed:
    """All that was reviewed; what one file leaves open, no other settles."""
    marks: dict[str, str] = {}
    texts: set[str] = set()
    wide: set[str] = set()
    for path in reviewed_paths(licenses_root()):
        check_seal(f"{REVIEWED}/{path.name}", path.read_bytes())
        entries_of_file = parse_reviewed(read_text(path).text, path=path)
        is_narrow = any(mark == SCOPE for mark, _ in entries_of_file)
        for mark, entries in entries_of_file:
            if mark == SCOPE:
                continue
            if mark == TEXTS:
                texts.update(entries)
                continue
            if not is_narrow:
                wide.update(entries)
            for digest in entries:
                if mark == OPEN or digest not in marks:
                    marks[digest] = mark
    narrow = frozenset(digest for digest, mark in marks.items() if mark != OPEN and digest not in wide)
    return Reviewed(marks=marks, texts=frozenset(texts), narrow=narrow)


def parse_reviewed(text: str, *, path: Path) -> list[tuple[str, list[str]]]:
    """The lines of one file; DataError where one is neither a remark nor a mark with what it marks."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        mark, *entries = line.split()
        hashes = () if mark in (TEXTS, SCOPE) else entries
        if mark not in (*MARKS, TEXTS, SCOPE) or any(len(digest) != 2 * WIDTH for digest in hashes):
            place = Place(path=f"licenses/{REVIEWED}/{path.name}", line=number)
            raise DataError(
                f"expected {TEXTS} and ids, or {' or '.join(MARKS)} and hashes of {2 * WIDTH} digits", place
            )
        found.append((mark, entries))
    return found


def render_reviewed(head: Iterable[str], marks: Mapping[str, str], texts: Iterable[str]) -> str:
    """A file of reviewed sentences: remarks, the licenses whose texts were reviewed, the hashes by mark, all sorted."""
    lines = [f"# {line}" for line in head]
    groups = {TEXTS: sorted(texts)}
    groups |= {mark: sorted(digest for digest, given in marks.items() if given == mark) for mark in MARKS}
    for mark, entries in groups.items():
        lines += [" ".join((mark, *entries[i : i + A_LINE])) for i in range(0, len(entries), A_LINE)]
    return "\n".join(lines) + "\n"
