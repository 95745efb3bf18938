"""Everyday phrases in the words of a use: endings, order, words written apart, and what governs what."""

from __future__ import annotations

import pytest

from licensecheck.reading.use_phrases import find_name, find_phrase, governs, tokens


@pytest.mark.parametrize(
    ("phrase", "use"),
    [
        ("jail*", "jailer rota"),
        ("hotwir*", "hot-wiring scooters"),
        ("deepfake*", "deep fakes of actors"),
        ("sell* organs", "organs sold abroad"),
        ("<worse> <group>", "keeping gays out of a portal"),
        ("<coerce> + <anybody> + <into>", "talking widows into contracts"),
    ],
)
def test_phrase_is_found(phrase: str, use: str) -> None:
    assert find_phrase(phrase, tokens(use)) is not None


@pytest.mark.parametrize(
    ("phrase", "use"),
    [
        ("jail*", "jailbreak attempts"),
        ("shop*", "shoplifters on camera"),
        ("<coerce> + <anybody> + <into>", "into talks with customers"),
        ("sell* organs", "organs of a church that a book about towns and people sells"),
    ],
)
def test_phrase_is_not_found(phrase: str, use: str) -> None:
    assert find_phrase(phrase, tokens(use)) is None


def test_name_keeps_its_order() -> None:
    assert find_name("ex post", tokens("ex post analysis")) == (0, 1)
    assert find_name("ex post", tokens("posts about an ex")) is None


def test_opening_governs_what_follows() -> None:
    words = tokens("history of the early chemical weapons")
    assert governs((0,), (5,), words)


def test_nothing_governs_across_for() -> None:
    words = tokens("history quiz for the young soldiers")
    assert not governs((0,), (5,), words)
