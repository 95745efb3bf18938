"""Which words a changed copy has lost, found again by their hashes, and what such a copy is called."""

from __future__ import annotations

import pytest
from invented_licenses import HARBOUR

from licensecheck.identify.identify import identity_of, title_of
from licensecheck.identify.index import Index


def _words(text: str, index: Index) -> list[tuple[str, str, int]]:
    found = identity_of(text, index=index, vocabulary=lambda: ("toll", "pays", "captain", "ten"))
    return [(change.added, change.removed, change.missing) for change in found.wording]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("pays no toll", "pays a toll", ("a", "no", 1)),
        ("hands its copies", "hands not its copies", ("not", "", 0)),
        ("within ten days", "within two days", ("two", "ten", 1)),
        ("leaves the beacons lit", "leaves lit", ("", "the beacons", 2)),
    ],
)
def test_words_that_came_and_went_are_named(index: Index, old: str, new: str, change: tuple[str, str, int]) -> None:
    vocabulary = {"no", "ten", "beacons"}
    found = identity_of(HARBOUR.replace(old, new), index=index, vocabulary=lambda: vocabulary)
    assert [(c.added, c.removed, c.missing) for c in found.wording] == [change]


def test_lost_word_that_no_vocabulary_holds_is_counted_only(index: Index) -> None:
    assert _words(HARBOUR.replace("old lighthouse", "lighthouse"), index) == [("", "", 1)]


def test_changed_copy_is_called_what_it_calls_itself(index: Index) -> None:
    text = f"Quarry Data License\n\n{HARBOUR.replace('no toll', 'a toll')}"
    assert identity_of(text, index=index).heading == "Quarry Data License"


@pytest.mark.parametrize("title", ["Harbour Agreement", "Harbour Agreement (modified)", "See the license below:"])
def test_no_other_name_is_no_title(index: Index, title: str) -> None:
    text = f"{title}\n\n{HARBOUR.replace('no toll', 'a toll')}"
    assert identity_of(text, index=index).title == ""


def test_sentence_is_no_title() -> None:
    assert title_of("You may use this under the license.\n\nMore.") == ""
