"""The file of fingerprints: what may be in it, and what happens when it is not what it should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_licenses import ORCHARD

from licensecheck.errors import DataError
from licensecheck.identify.index import INDEX, Index, Label, load_index
from licensecheck.identify.index_build import Source, pack_index
from licensecheck.identify.words import split_words


def test_index_of_the_project_stays_small(root: Path) -> None:
    assert (root / "licenses" / INDEX).stat().st_size < 5_000_000


def test_no_word_of_a_text_is_in_the_index() -> None:
    label = Label(id="x", name="")
    data = pack_index([Source(origin="a", label=label, body=ORCHARD)])
    assert not any(word.encode() in data for word in split_words(ORCHARD).words if len(word) > 4)


def test_shared_passages_are_held_once() -> None:
    bodies = (ORCHARD, ORCHARD.replace("40 million", "50 million"))
    sources = [Source(origin=body, label=Label(id=str(n), name=""), body=body) for n, body in enumerate(bodies)]
    alone, both = pack_index(sources[:1]), pack_index(sources)
    index = Index(memoryview(both))
    assert index.codes(0) == split_words(ORCHARD).codes
    assert len(both) - len(alone) < len(alone) // 2


@pytest.mark.parametrize("data", [b"", b"LCPRINT1", b"something else altogether" * 20])
def test_broken_index_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / INDEX
    path.write_bytes(data)
    with pytest.raises(DataError, match="catalog index"):
        load_index(path)
