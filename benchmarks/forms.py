"""The forms in which a license text turns up: as published, laid out anew, marked up, noisy, edited, cut."""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

_WORDS = """
harbour lantern quarterly marble orchard violin seldom copper granite meadow compass timber velvet summit
ledger anchor blossom canyon drizzle ember falcon glacier hollow island jasmine kettle lagoon mosaic nectar
opal
"""
_FILLER = _WORDS.split()
CLAUSE = (
    "Notwithstanding the foregoing, any organization whose products reach more than {n} thousand monthly listeners in "
    "a calendar quarter, counting its affiliates and resellers, shall before the next release obtain a separate "
    "written "
    "arrangement from the steward, show the words Powered by {name} on its landing page, and keep a register of "
    "deployments that an auditor named by the steward can inspect on ten days' notice."
)


@dataclass(frozen=True)
class Form:
    """A text in one of its forms; `inserted` is the span of the clause that was put in."""

    text: str
    inserted: tuple[int, int] | None = None


def verbatim(text: str, rng: random.Random) -> Form:
    """As it is."""
    return Form(text)


def rewrapped(text: str, rng: random.Random) -> Form:
    """Other line lengths, quotes and bullets, in a comment box."""
    width = rng.choice((50, 66, 100))
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    wrap = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    lines = "\n\n".join(map(wrap.fill, paragraphs))
    lines = lines.replace('"', "''").replace("'", "\u2019").replace("\n* ", "\n- ")
    return Form("\n".join(" * " + line for line in lines.split("\n")))


def marked_up(text: str, rng: random.Random) -> Form:
    """As Markdown or HTML."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    if rng.random() < 0.5:
        bold = (re.sub(r"^\w+", r"**\g<0>**", part) for part in paragraphs)
        return Form("# License\n\n" + "\n\n".join(bold))
    body = "".join(f'<p class="c1">{html.escape(part)}</p>\n' for part in paragraphs)
    return Form(f"<!DOCTYPE html><html><head><title>License</title></head><body>\n{body}</body></html>")


def noisy(text: str, rng: random.Random) -> Form:
    """Three words in a hundred dropped or replaced."""

    def change(found: re.Match[str]) -> str:
        if rng.random() >= 0.03:
            return found.group()
        return "" if rng.random() < 0.5 else rng.choice(_FILLER)

    return Form(re.sub(r"\w+", change, text))


def with_clause(text: str, rng: random.Random) -> Form:
    """A clause of 60 words put in at the end of a line."""
    ends = [found.end() for found in re.finditer(r"\n", text)] or [len(text)]
    place = rng.choice(ends)
    clause = CLAUSE.format(n=rng.randint(10, 900), name=rng.choice(_FILLER).title())
    return Form(text[:place] + clause + "\n" + text[place:], (place, place + len(clause)))


def cut(text: str, rng: random.Random) -> Form:
    """The first 60 % of its words."""
    words = list(re.finditer(r"\S+", text))
    return Form(text[: words[int(len(words) * 0.6)].start()] if len(words) > 1 else text)


FORMS: dict[str, Callable[[str, random.Random], Form]] = {
    "verbatim": verbatim,
    "re-wrapped": rewrapped,
    "markup": marked_up,
    "noise": noisy,
    "clause": with_clause,
    "cut": cut,
}
"""The forms made from one text; the seventh, two in one file, takes two."""
