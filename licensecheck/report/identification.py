"""Shows which licenses a text consists of, as sentences and as JSON."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Sequence

from licensecheck.domain.licenses import Term
from licensecheck.frozen import dataclass
from licensecheck.identify.identify import Identification
from licensecheck.identify.passages import Match
from licensecheck.report.extraction import dump_json
from licensecheck.text.markup import plain_line

_WIDTH = 100
_SHOWN = 5
"""How many of the licenses that explain a passage equally well are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A file with what was found in it; `terms` are those of its extra passages, None where nobody asked."""

    path: str
    text: str
    found: Identification
    terms: tuple[Term, ...] | None = None


def render_json(file: Identified) -> str:
    """One object on one line, as the contract has it, with lines and the places of missing words besides."""
    lines = _Lines(file.text)
    data = {
        "schema_version": "1",
        "path": file.path,
        **({"declared": list(file.found.declared)} if file.found.declared else {}),
        "matches": [_match_data(match, lines) for match in file.found.matches],
        "exact": file.found.exact,
        "extra": [
            {"start": start, "end": end, "quote": file.text[start:end], "line": lines.number(start)}
            for start, end in file.found.extra
        ],
    }
    return dump_json(data)


def render_text(file: Identified) -> str:
    """A headline, then a paragraph for each passage in the order of the file."""
    lines = _Lines(file.text)
    out = [f"{plain_line(file.path)}: {_headline(file.found, lines)}"]
    if len(_passages(file.found)) > 1 or (file.found.matches and not file.found.exact):
        out += [_passage_line(passage, lines) for passage in _passages(file.found)]
    for match in (passage[0] for passage in _passages(file.found)):
        out += [f"  line {lines.number(gap.at)}: {_words(gap.words)} of {match.id} missing here" for gap in match.gaps]
    for start, end in file.found.extra:
        out += _extra_lines(file.text[start:end], lines=lines, start=start, end=end)
    for term in file.terms or ():
        quote = term.evidence[0]
        out.append(f"  line {quote.line}: the passage states {term.kind}{_attributes(term)}")
    if file.terms == () and file.found.extra:
        out.append("  no term was found in what was added")
    return "\n".join(out) + "\n"


class _Lines:
    """Line numbers of characters."""

    def __init__(self, text: str) -> None:
        self._starts = [0] + [n + 1 for n, letter in enumerate(text) if letter == "\n"]

    def number(self, place: int) -> int:
        return bisect_right(self._starts, place)


def _match_data(match: Match, lines: _Lines) -> dict[str, object]:
    return {
        "id": match.id,
        "ids": dict(match.ids),
        "name": match.name,
        "version": match.version,
        "coverage": round(match.coverage, 4),
        "missing": round(match.missing, 4),
        "start": match.start,
        "end": match.end,
        "exact": match.exact,
        "gaps": [{"at": gap.at, "line": lines.number(gap.at), "words": gap.words} for gap in match.gaps],
    }


def _passages(found: Identification) -> list[list[Match]]:
    """The matches, those with the same span together, each license once."""
    passages: dict[tuple[int, int], dict[str, Match]] = {}
    for match in found.matches:
        passages.setdefault((match.start, match.end), {}).setdefault(match.id, match)
    return [list(passage.values()) for passage in passages.values()]


def _headline(found: Identification, lines: _Lines) -> str:
    if not found.matches:
        declared = plain_line(", ".join(found.declared))
        return f"no known license text; the file declares {declared}" if declared else "no known license"
    names = " and ".join(f"{passage[0].name} ({passage[0].id})" for passage in _passages(found))
    if found.exact:
        return f"{names}, to the letter"
    changes = []
    if found.extra:
        where = f"line {lines.number(found.extra[0][0])}" if len(found.extra) == 1 else f"{len(found.extra)} places"
        changes.append(f"plus {'a passage' if len(found.extra) == 1 else 'words'} at {where}")
    missing = sum(gap.words for passage in _passages(found) for gap in passage[0].gaps)
    if missing:
        changes.append(f"minus {_words(missing)}")
    return f"{names} {' '.join(changes)}" if changes else f"{names}, slightly changed"


def _passage_line(passage: Sequence[Match], lines: _Lines) -> str:
    first = passage[0]
    others = [match.id for match in passage[1:]]
    also = f"; as well explained by {', '.join(others[:_SHOWN])}" if others else ""
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    where = f"lines {lines.number(first.start)} to {lines.number(first.end)}"
    return f"  {where}: {first.id}, {first.coverage:.1%} of the passage, {first.missing:.1%} of it missing{also}{more}"


def _extra_lines(quote: str, *, lines: _Lines, start: int, end: int) -> list[str]:
    count = len(quote.split())
    shown = textwrap.shorten(plain_line(quote), 4 * _WIDTH, placeholder=" …")
    head = f"  line {lines.number(start)}: {_words(count)} that no known license has"
    wrapped = textwrap.wrap(shown, _WIDTH, initial_indent="    | ", subsequent_indent="    | ")
    return [head, *wrapped]


def _attributes(term: Term) -> str:
    shown = [f"{name} {value}" for name, value in sorted(term.attributes.items()) if value is not None]
    return f" ({plain_line(', '.join(shown))})" if shown else ""


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"
