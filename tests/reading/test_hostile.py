"""Texts that nobody would write: whatever is given, a reading comes back and its quotes stand in the text."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from licensecheck.domain.subject import Document, Role
from licensecheck.errors import LicenseCheckError
from licensecheck.reading.license_text import read_license
from licensecheck.text.io import decode

PIECES = (
    "You may not",
    "use",
    "the Model",
    "for military purposes",
    ":",
    "\n\n",
    "\n- ",
    "\n(a) ",
    "\n1. ",
    "\r\n",
    "(i)",
    "; and",
    "more than 700 million monthly active users",
    "“Built with X”",
    "must display",
    "<p>",
    "</p>",
    "<!--",
    "**",
    "`",
    "\\",
    "\u202e",
    "\x00",
    "\x1b[2J",
    "\ufeff",
    "不得",
    "使用",
    "한국",
    "https://a.b/c",
    "2025-04-05",
    "# ",
    "| a | b |",
    "\t",
    " ",
    "[x](y)",
    "{{ x }}",
    "License",
    "terminate",
    "if you breach",
    "the laws of",
    "California",
    "\ud800",
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
@example(
    "1. You may not use the Model for military purposes.\r\n2. This License is governed by the laws of California."
)
def test_quotes_stand_in_any_text(text: str) -> None:
    reading = read_license(Document(path="x", role=Role.LICENSE, text=text, sha256="0" * 64))
    for term in reading.terms:
        for evidence in term.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
            assert evidence.line == text.count("\n", 0, evidence.start) + 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_clear_fault(data: bytes) -> None:
    try:
        source = decode(data, path="x")
    except LicenseCheckError:
        return
    read_license(Document(path="x", role=Role.LICENSE, text=source.text, sha256=source.sha256))
