"""Whether a prescribed credit line is shown, in whatever dress."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from licensecheck.engine.case import Case, Fact

_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]{0,300}>|<!--.{0,2000}?-->", re.DOTALL)
_DRESS = re.compile("[*_`~#>|\"'“”„«»‹›‘’「」『』()\\[\\]{}.,;:!?™®©–—-]+")
_BLANK = re.compile(r"\[[^\]]{1,80}\]|<[^>]{1,80}>|\{[^}]{1,80}\}|_{3,}|X{3,}")
MAX_BLANK = 12
"""How many words may stand where the prescribed line has a blank to fill in."""


def credit_required(case: Case) -> Fact:
    """Whether the text asks for the line; false where it only encourages it."""
    required = case.term.attributes.get("required")
    return Fact(value=required is not False, reason="" if required is not False else "The text only encourages it.")


def credit_shown(case: Case) -> Fact:
    """Whether one of the prescribed lines stands in the credit lines or the files that the profile names."""
    lines = prescribed(case)
    shown = case.profile.materials.credit_lines
    wanted = " or ".join(f'"{line}"' for line in lines) or "a credit line"
    ask = case.asking("materials.credit_lines")
    if shown is None:
        return Fact(value=None, reason=f"Prescribed is {wanted}; nothing shows that it is displayed.", ask=ask)
    if not lines:
        return Fact(value=bool(shown) or None, ask=ask)
    texts = [case.situation.materials.get(entry, entry) for entry in shown]
    if any(holds_line(text, line) for text in texts for line in lines):
        return Fact(value=True, reason=f"{wanted} is shown.")
    found = "what is shown does not hold it" if shown else "no credit line is shown"
    return Fact(value=False, reason=f"Prescribed is {wanted}; {found}.", ask=ask)


def prescribed(case: Case) -> tuple[str, ...]:
    """The prescribed lines of this term, or for a threshold those that its text prescribes."""
    found: list[str] = []
    terms = (case.term,) if case.term.kind == "display-attribution" else case.reading.terms
    for term in terms:
        texts = term.attributes.get("texts")
        if term.kind == "display-attribution" and isinstance(texts, tuple):
            found.extend(texts)
    return tuple(found)


def holds_line(text: str, line: str) -> bool:
    """True where the text holds the line: case, quotes, markup, tags and line breaks do not matter, the words do."""
    parts = [undress(part).split() for part in _BLANK.split(line)]
    return _follow(undress(_TAG.sub(" ", html.unescape(text))).split(), parts)


def undress(text: str) -> str:
    """The bare words: no markup, quotes, punctuation or decoration, one case, one form of each character."""
    folded = unicodedata.normalize("NFKC", _DRESS.sub(" ", text)).casefold()
    return "".join(_bare(c) for c in _DRESS.sub(" ", folded))


def _bare(char: str) -> str:
    """Nothing for an invisible character, a space for a symbol, else the character."""
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return " " if category[0] in "SC" and not char.isspace() else char


def _follow(words: list[str], parts: list[list[str]]) -> bool:
    """True where the parts follow one another, each blank between them filled with one to a few words."""
    starts = _places(words, parts[0], range(len(words) + 1)) if parts[0] else set(range(len(words)))
    for part in parts[1:]:
        gaps = {s + gap for s in starts for gap in range(1, MAX_BLANK + 1) if s + gap <= len(words)}
        starts = _places(words, part, sorted(gaps))
    return bool(starts)


def _places(words: list[str], part: list[str], starts: Iterable[int]) -> set[int]:
    """Where the words of a part end, for those starts at which they stand."""
    size = len(part)
    return {s + size for s in starts if words[s : s + size] == part}
