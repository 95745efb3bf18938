"""What goes into the index, and under which name."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_licenses import HARBOUR, ORCHARD

from licensecheck.identify.identify import identify_text
from licensecheck.identify.index import Index
from licensecheck.identify.index_build import INDEX, build_index

RECORD = """id: orchard-1.0
name: Orchard License
family: orchard
version: '1.0'
ids:
  spdx: [Orchard-1.0-only, Orchard-1.0-or-later]
  scancode: [orchard]
sha256: []
terms: null
"""
XML = """<SPDXLicenseCollection xmlns="http://www.spdx.org/license"><license licenseId="{id}" name="Orchard"><text>
<titleText><p>The Orchard Papers</p></titleText><copyrightText><p>Copyright (c) 1901 Ada</p></copyrightText>
<p>{body}</p></text></license></SPDXLicenseCollection>"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A catalog with one record."""
    folder = tmp_path / "licenses" / "orchard"
    folder.mkdir(parents=True)
    (folder / "orchard-1.0.yaml").write_text(RECORD)
    return tmp_path / "licenses"


def _names(texts: Path, records: Path, text: str) -> list[tuple[str, str | None]]:
    data = build_index([texts], records=records)[INDEX]
    matches = identify_text(text, index=Index(memoryview(data))).matches
    return [(match.id, match.ids.get("spdx")) for match in matches]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """An empty folder for texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


def test_scancode_text_bears_the_id_of_its_record(texts: Path, records: Path) -> None:
    (texts / "o.LICENSE").write_text(f"---\nkey: orchard\nname: Orchard\n---\n\n{ORCHARD}")
    assert ("orchard-1.0", "Orchard-1.0-only") in _names(texts, records, ORCHARD)


def test_scancode_text_does_not_take_the_id_of_a_record_that_sounds_alike(texts: Path, records: Path) -> None:
    (texts / "o.LICENSE").write_text(f"---\nkey: orchard-1.0\nname: Other Orchard\n---\n\n{ORCHARD}")
    assert _names(texts, records, ORCHARD) == [("scancode-orchard-1.0", None)]


def test_text_without_a_record_bears_its_own_id(texts: Path, records: Path) -> None:
    (texts / "h.LICENSE").write_text(f"---\nkey: harbour\nname: Harbour\n---\n\n{HARBOUR}")
    assert _names(texts, records, HARBOUR) == [("harbour", None)]


def test_plain_text_that_no_record_knows_stays_out(texts: Path, records: Path) -> None:
    (texts / "orchard-1.0.txt").write_text(ORCHARD)
    (texts / "orchard-FAKE.txt").write_text(HARBOUR)
    assert _names(texts, records, HARBOUR) == []


@pytest.mark.parametrize("flag", ["is_deprecated", "is_generic", "is_unknown"])
def test_scancode_entry_that_is_no_license_stays_out(texts: Path, records: Path, flag: str) -> None:
    (texts / "h.LICENSE").write_text(f"---\nkey: harbour\nname: Harbour\n{flag}: yes\n---\n\n{HARBOUR}")
    assert _names(texts, records, HARBOUR) == []


def test_place_that_spdx_leaves_open_may_hold_any_name(texts: Path, records: Path) -> None:
    body = HARBOUR.replace("the old lighthouse", '<alt match=".+" name="place">the old lighthouse</alt>')
    (texts / "h.xml").write_text(XML.format(id="Harbour", body=body))
    data = build_index([texts], records=records)[INDEX]
    text = "THE ORCHARD PAPERS\n\nCopyright 2024 Bo\n\n" + HARBOUR.replace("old lighthouse", "Town Hall of Oslo")
    assert identify_text(text, index=Index(memoryview(data))).exact


def test_old_name_of_a_gnu_license_is_no_name_of_its_own(texts: Path, records: Path) -> None:
    (texts / "g.xml").write_text(XML.format(id="GPL-9.0", body=HARBOUR))
    assert _names(texts, records, HARBOUR) == []


@pytest.mark.parametrize("choice", ["only", "or-later"])
def test_text_of_a_gnu_license_leaves_the_choice_of_versions_open(texts: Path, records: Path, choice: str) -> None:
    body = " ".join([HARBOUR] * 6)
    (texts / "g.xml").write_text(XML.format(id=f"GPL-9.0-{choice}", body=body))
    assert _names(texts, records, body) == [("gpl-9.0", "GPL-9.0-only"), ("gpl-9.0", "GPL-9.0-or-later")]


def test_link_is_no_blank(texts: Path, records: Path) -> None:
    linked = HARBOUR.replace("the old lighthouse", "[the address of the licensor](mailto:ada@example.org)")
    (texts / "h.LICENSE").write_text(f"---\nkey: harbour\nname: Harbour\n---\n\n{linked}")
    data = build_index([texts], records=records)[INDEX]
    assert identify_text(linked, index=Index(memoryview(data))).exact


def test_index_is_the_same_whenever_it_is_built(texts: Path, records: Path) -> None:
    (texts / "o.LICENSE").write_text(f"---\nkey: orchard\nname: Orchard\n---\n\n{ORCHARD}")
    assert build_index([texts], records=records) == build_index([texts], records=records)
