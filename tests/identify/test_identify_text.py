"""Which license a text is, to the letter or edited, and what is not part of any."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable

import pytest
from invented_licenses import HARBOUR, ORCHARD

from licensecheck.identify.identify import Identification, identify_text
from licensecheck.identify.index import Index, Label
from licensecheck.identify.index_build import Source, pack_index

HEAD = "Orchard License\n\nCopyright (c) 2025 Ada Example\n\n"
CLAUSE = (
    "Whoever sells jam made with the model pays the village one coin for each jar, keeps a ledger of all jars in a "
    "dry place, shows that ledger to any neighbour who asks politely, and repeats the whole count each spring.\n"
)


def _quotes(text: str, found: Identification) -> list[str]:
    return [text[start:end] for start, end in found.extra]


def _as_html(text: str) -> str:
    paragraphs = "".join(f"<p class='x'>{html.escape(part)}</p>" for part in text.split("\n\n"))
    return f"<html><head><title>License</title></head><body>{paragraphs}</body></html>"


def _in_a_comment(text: str) -> str:
    return "/*\n" + "".join(f" * {line}\n" for line in text.splitlines()) + " */\n"


def _rewrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), 48) for part in text.split("\n\n"))


LAYOUTS = (str, _as_html, _in_a_comment, _rewrapped, str.upper)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda form: form.__name__)
def test_layout_title_and_copyright_line_do_not_count(index: Index, layout: Callable[[str], str]) -> None:
    found = identify_text(layout(HEAD + ORCHARD.replace("<owner>", "Ada Example")), index=index)
    assert [match.id for match in found.matches] == ["orchard-1.0"]
    assert found.exact
    assert not found.extra


def test_unfilled_placeholder_does_not_count(index: Index) -> None:
    assert identify_text(ORCHARD, index=index).exact


def test_condition_in_place_of_a_name_counts(index: Index) -> None:
    text = ORCHARD.replace("<owner>", "Ada, and only if no fee is paid,")
    found = identify_text(text, index=index)
    assert not found.exact
    assert found.extra


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2025 orchard contributors (see the AUTHORS file)",
        "Copyright 2019 to present Orchard Inc. and individual contributors",
        "Copyright (c) 2025 Will Example",
        "Copyright ${year} ${licensor name}",
    ],
)
def test_owner_may_be_named_in_any_way(index: Index, line: str) -> None:
    found = identify_text(f"{line}\n\n{ORCHARD}", index=index)
    assert found.exact
    assert not found.extra


@pytest.mark.parametrize("rest", ["licensed to schools", "may run it", "仅供学术研究使用"])
def test_condition_behind_an_owner_is_extra(index: Index, rest: str) -> None:
    text = f"Copyright (c) 2025 Ada Example, {rest}\n\n{ORCHARD}"
    assert rest in _quotes(text, identify_text(text, index=index))[0]


def test_title_between_paragraphs_does_not_count(index: Index) -> None:
    assert identify_text(ORCHARD.replace("2. The", "ORCHARD LICENSE\n\n2. The"), index=index).exact


def test_blank_may_hold_what_to_fill_in_and_a_copyright_line(index: Index) -> None:
    hint = "<one line that gives the owner's name and a brief idea of what it does>\nCopyright (C) <year> <owner>\n"
    assert identify_text(ORCHARD.replace("<owner>", hint), index=index).exact


def test_license_that_says_the_contrary_is_no_near_one() -> None:
    granted = ORCHARD + "The village bell may be rung by guests on any day.\n"
    denied = ORCHARD + "The bell in our tower may not be rung by guests on any day.\n"
    sources = [
        Source(origin=name, label=Label(id=name, name=name), body=body)
        for name, body in (("granted", granted), ("denied", denied))
    ]
    index = Index(memoryview(pack_index(sources)))
    found = identify_text(ORCHARD + "The village bell may not be rung by guests on any day.\n", index=index)
    assert found.matches[0].id == "denied"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("40 million", "400 million"),
        ("may run it", "may not run it"),
        ("first.", "first, and never on Sundays."),
        ("on what day", "on that day"),
        ("which parts were altered", "which parts altered"),
    ],
    ids=["number", "not", "rider", "word", "dropped word"],
)
def test_edited_text_is_never_exact(index: Index, old: str, new: str) -> None:
    found = identify_text(HEAD + ORCHARD.replace(old, new), index=index)
    assert [match.id for match in found.matches] == ["orchard-1.0"]
    assert not found.exact


def test_hidden_condition_in_angle_brackets_is_extra(index: Index) -> None:
    text = ORCHARD + "\n<not for commercial orchards of any kind>\n"
    assert "not for commercial orchards of any kind" in _quotes(text, identify_text(text, index=index))[0]


def test_condition_on_a_copyright_line_is_extra(index: Index) -> None:
    text = "Copyright (c) 2025 Ada Example\nFor Academic Use Only\n\n" + ORCHARD
    assert _quotes(text, identify_text(text, index=index)) == ["For Academic Use Only"]


def test_inserted_clause_is_extra_word_for_word(index: Index) -> None:
    place = ORCHARD.index("3. Nothing")
    text = ORCHARD[:place] + CLAUSE + ORCHARD[place:]
    found = identify_text(text, index=index)
    assert _quotes(text, found) == [CLAUSE.strip()]
    assert found.matches[0].missing == 0


def test_clause_in_the_midst_of_a_tiny_license_is_extra() -> None:
    first, last = "Take these pears and plant their seeds wherever you\n", "like, and leave this note on the tree."
    source = Source(origin="a", label=Label(id="pear", name="Pear"), body=first + last)
    clause = " ".join(f"word{number}" for number in range(60)) + "\n"
    found = identify_text(first + clause + last, index=Index(memoryview(pack_index([source]))))
    assert ([match.id for match in found.matches], found.exact) == (["pear"], False)
    assert [(first + clause + last)[start:end].split() for start, end in found.extra] == [clause.split()]


def test_dropped_clause_is_told_with_its_place(index: Index) -> None:
    clause = re.search(r"1\. Products.*\n", ORCHARD)
    assert clause
    found = identify_text(ORCHARD.replace(clause.group(), ""), index=index)
    assert not found.exact
    assert [gap.words for gap in found.matches[0].gaps] == [len(re.findall(r"\w+", clause.group()))]
    assert 0.1 < found.matches[0].missing < 0.25


def test_two_licenses_are_both_named_in_order(index: Index) -> None:
    text = HARBOUR + "\n\n" + HEAD + ORCHARD
    found = identify_text(text, index=index)
    assert [match.id for match in found.matches] == ["harbour", "harbour-copy", "orchard-1.0"]
    assert found.matches[2].start == text.index("Orchard License")
    assert found.exact


def test_licenses_with_the_same_words_share_a_span(index: Index) -> None:
    one, other = identify_text(HARBOUR, index=index).matches
    assert (one.id, other.id) == ("harbour", "harbour-copy")
    assert (one.start, one.end) == (other.start, other.end)


def test_beginning_of_a_license_is_found(index: Index) -> None:
    found = identify_text(ORCHARD[: int(len(ORCHARD) * 0.6)], index=index)
    assert [match.id for match in found.matches] == ["orchard-1.0"]
    assert not found.exact
    assert found.matches[0].missing > 0.3


@pytest.mark.parametrize("text", ["", "\n\n", "!!!", "apple", "A short note on pruning trees in early spring. " * 9])
def test_prose_is_no_license(index: Index, text: str) -> None:
    assert identify_text(text, index=index) == Identification()


def test_offsets_hold_beside_other_alphabets(index: Index) -> None:
    text = "İstanbul ﬁrst — “quoted”\n\n" + HARBOUR + "\n中文附加条款不得商用\n"
    found = identify_text(text, index=index)
    assert _quotes(text, found) == ["İstanbul ﬁrst — “quoted”", "中文附加条款不得商用"]


def test_ids_are_given_by_scheme(index: Index) -> None:
    assert identify_text(ORCHARD, index=index).matches[0].ids == {"spdx": "Orchard-1.0"}
