"""An index of two licenses of our own invention."""

from __future__ import annotations

import pytest
from invented_licenses import HARBOUR, ORCHARD

from licensecheck.identify.index import Index, Label
from licensecheck.identify.index_build import Source, pack_index


def make_index() -> Index:
    """An index of the two licenses; the second has two names."""
    orchard = Label(id="orchard-1.0", name="Orchard License", version="1.0", spdx="Orchard-1.0")
    harbour = [Label(id=name, name="Harbour Agreement") for name in ("harbour", "harbour-copy")]
    marked = ORCHARD.replace("<owner>", "\ue000")
    sources = [Source(origin="a", label=orchard, body=marked, title="Orchard License\nVersion 1.0\n")]
    sources += [Source(origin=label.id, label=label, body=HARBOUR) for label in harbour]
    return Index(memoryview(pack_index(sources)))


@pytest.fixture(scope="session")
def index() -> Index:
    """The index of the two licenses."""
    return make_index()
