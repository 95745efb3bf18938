"""Clauses without a modal: who they are about, and whether what they say of it binds."""

from __future__ import annotations

import pytest

from licensecheck.catalog.built_data import load_data
from licensecheck.domain.subject import Document, Role
from licensecheck.reading.clause_frames import UNBOUND, load_frame_words, read_frame
from licensecheck.reading.compiled import standard_rules
from licensecheck.reading.frame_force import binds, descriptive_cues
from licensecheck.reading.indexed_text import IndexedText, index_text
from licensecheck.reading.license_text import read_license
from licensecheck.reading.sentence_parts import Part, sentence_parts
from licensecheck.text.clauses import parse_clauses


def parts(text: str) -> list[tuple[IndexedText, Part]]:
    rules = standard_rules()
    page = index_text(parse_clauses(text), rules.index)
    return [(page, part) for context in page.contexts for part in sentence_parts(page, context, rules.force.sets)]


def does_bind(text: str) -> bool:
    frames = [(page, read_frame(page, part)) for page, part in parts(text)]
    return any(binds(page, frame) for page, frame in frames if frame is not None)


@pytest.mark.parametrize(
    "text",
    [
        "Access ends when the ferry leaves.",
        "Lighthouse copies of the weights stay where they were moored.",
        "Hosting happens in the harbour.",
        "Our pilots read your logs.",
        "The price is two crates of herring.",
        "Whoever sails with it turns to the harbour office.",
        "Firms that fish for cod are strangers to this permission.",
        "The catch of each deployment goes to the licensor.",
        "The permission is free until the tide turns.",
        "The weights are given to members of the crew.",
        "Your harbour flies our flag.",
    ],
)
def test_clause_about_the_licensee_that_neither_tells_nor_frees_binds(text: str) -> None:
    assert does_bind(text)


@pytest.mark.parametrize(
    "text",
    [
        "The permission is free for everybody.",
        "The weights contain the sound of the sea.",
        "The model was moored in another harbour.",
        "The lighthouse keeper answers letters on Tuesdays.",
        "The harbour office opens at nine.",
        "Questions go to the licensor.",
        "You may sail wherever you like.",
    ],
)
def test_clause_that_tells_frees_or_looks_back_does_not_bind(text: str) -> None:
    assert not does_bind(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A user meeting takes place in May.", "other"),
        ("Users meet in May.", "people"),
        ("The license text is short.", "other"),
        ("The staff of the licensor has lunch.", "inside"),
        ("Some licenses have a fee.", "some"),
        ("Nobody sails today.", "nobody"),
        ("The harbour of the licensee has a wall.", "yours"),
    ],
)
def test_subject_of_a_clause_is_its_head(text: str, name: str) -> None:
    page, part = parts(text)[0]
    frame = read_frame(page, part)
    assert frame is not None
    assert frame.name == name


def test_negation_about_another_thing_says_nothing() -> None:
    page, part = parts("Borders play no part in this permission.")[0]
    frame = read_frame(page, part)
    assert frame is not None
    assert "ban" in descriptive_cues(page, frame)


def test_negation_about_the_licensee_is_read() -> None:
    page, part = parts("The permission does not reach the sea.")[0]
    frame = read_frame(page, part)
    assert frame is not None
    assert "ban" not in descriptive_cues(page, frame)


def test_words_of_the_table_are_single_and_lower_case() -> None:
    data = load_data("frames.yaml")
    words = [w for group in ("bound", "tells", "verbs", "sets") for ws in data[group].values() for w in ws]
    assert [word for word in words if " " in word or word != word.lower()] == []


def test_each_class_of_bound_subjects_has_predicates() -> None:
    words = load_frame_words()
    assert {name for name in words.heads.values() if name not in words.tells or name not in words.verbs} == set()
    assert not set(words.heads.values()).intersection(UNBOUND)


def test_contrast_to_a_limit_in_the_sentence_before_asks_nothing() -> None:
    text = "You may use the model for any purpose.\n\nThe demo is limited to sailors. The model is not.\n"
    document = Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="ab" * 32)
    assert read_license(document).ledger[-1].asks == ()
