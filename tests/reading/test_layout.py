"""The same license in another layout states the same terms, and quotes hold for the file as given."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def windows(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def marked(text: str) -> str:
    return "\ufeff" + text


def other_marks(text: str) -> str:
    return text.translate(str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "•": "-"}))


def boxed(text: str) -> str:
    return "/*\n" + "".join(f" * {line}\n" for line in text.split("\n")) + " */\n"


def as_html(text: str) -> str:
    parts = (f"<p>{html.escape(part)}</p>\n".replace("\n", "<br/>\n") for part in _PARAGRAPH.split(text))
    return f"<html><body>{''.join(parts)}</body></html>"


def paged(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{line}\nAn Agreement        Page {n // 40 + 1} of 9" if n % 40 == 39 else line for n, line in enumerate(lines)
    )


def narrow(text: str) -> str:
    lines = (
        textwrap.fill(line, 60, subsequent_indent=line[: len(line) - len(line.lstrip())]) if len(line) > 60 else line
        for line in text.split("\n")
    )
    return "\n".join(lines)


LAYOUTS = (windows, marked, other_marks, boxed, as_html, paged, narrow)


def keys(text: str) -> set[tuple[str, str | None, str | None]]:
    reading = read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="0" * 64))
    for term in reading.terms:
        assert all(text[e.start : e.end] == e.quote for e in term.evidence)
    return {term.key for term in reading.terms}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("name", ["LICENSE", "USE_POLICY.md"])
def test_the_example_keeps_its_terms(root: Path, name: str, layout: Callable[[str], str]) -> None:
    text = (root / "examples" / "heron-9" / name).read_text(encoding="utf-8")
    assert keys(layout(text)) == keys(text)


def test_a_list_run_on_below_a_label_keeps_its_lead_in() -> None:
    items = ("To stalk people by their faces", "For gambling", "To cheat others out of money")
    lead = "Annex A. You may not use the Model:"
    assert keys(f"{lead} {'; '.join(items)}.\n") == keys(f"{lead}\n- " + ";\n- ".join(items) + ".\n")


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_real_licenses_keep_their_terms(shared: Path, layout: Callable[[str], str]) -> None:
    paths = sorted((shared / "gold" / "texts").glob("*.txt"))[::5]
    assert paths
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        assert keys(layout(text)) == keys(text), path.name
