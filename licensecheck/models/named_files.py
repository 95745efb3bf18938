"""Files of terms that a card names and that its folder does not hold: `TERMS.txt`, `[policy](docs/USE_POLICY.md)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from licensecheck.domain.subject import Doubt, Role
from licensecheck.lazy import re
from licensecheck.models.files import role_of
from licensecheck.text.markup import cut_words

if TYPE_CHECKING:
    from licensecheck.models.card_analysis import CardAnalysis

_NAMED = re.compile(
    r"\]\((?P<link>[^()\s#?:]{3,200})[^()\n]{0,80}\)"
    r"|`(?P<code>[\w./ -]{3,100})`"
    r"|(?<![\w/.:@-])(?P<plain>(?:[\w-]{1,40}/){0,4}[A-Z][\w-]{2,60}\.(?:txt|md|pdf|docx|html|rst|rtf))(?![\w/])"
)
"""How a card names a file of its repository: by a relative link, in the letters of code, by a name with an ending."""
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
_PLAIN = re.compile(r"^(?:licen[cs]es?|copying|notice)(?:\.(?:txt|md|rst|html))?$", re.I)
"""The names of the text of the license itself: a card that names its license needs no copy of it."""
_TERMS = (Role.LICENSE, Role.POLICY)
_MOST = 3
"""How many files one card is asked about."""


def absent_terms(examined: CardAnalysis, paths: Sequence[str], *, target: str) -> Iterator[Doubt]:
    """A question for each file of terms that the card names and that is not among the paths of its folder."""
    held = {path.lower().rpartition("/")[2] for path in paths}
    body = _FENCED.sub(_blank, examined.front.body)
    asked: set[str] = set()
    for found in _NAMED.finditer(body):
        path = unquote(found["link"] or found["code"] or found["plain"]).strip()
        name = path.rpartition("/")[2]
        role = role_of(name)
        if role is None or role.role not in _TERMS or name.lower() in held | asked or len(asked) == _MOST:
            continue
        if path.startswith(("//", "/")) or (_PLAIN.match(name) and examined.declared):
            continue
        asked.add(name.lower())
        line = examined.front.body_line + body.count("\n", 0, found.start())
        begin = body.rfind("\n", 0, found.start()) + 1
        words = " ".join(body[begin : found.end() + 120].partition("\n")[0].split())
        yield Doubt(
            kind="unread-file",
            message=f"{examined.card.path}, line {line}, names {path}, which is not at hand: “{cut_words(words, 160)}”",
            question=f"What does {path} say, and does it bind beside the license?",
            key=f"{target}.{name.lower()}",
        )


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")
