"""Which words a known text and a text at hand share."""

from __future__ import annotations

from licensecheck.identify.align import Aligner


def test_word_of_the_title_that_recurs_does_not_lead_astray() -> None:
    known = bytes(range(1, 60))
    title, edited = known[6:10], known[:10] + b"\xff" + known[11:]
    codes = title + edited
    alignment = Aligner(codes).align([(len(title) + 30, 30, 20)], known)
    assert alignment.blocks == ((4, 0, 10), (15, 11, 48))
