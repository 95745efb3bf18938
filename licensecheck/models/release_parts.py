"""Which parts of a release card and folder show: code, papers, evaluation, data, checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.subject import ReleasePart
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.mentions import LicenseMention, Named
from licensecheck.text.markup import cut_words

if TYPE_CHECKING:
    from licensecheck.models.card_analysis import CardAnalysis

_QUOTE = 200
_LONGEST = 1_200
"""Characters of a statement that is looked at; what is longer is no statement about one part."""
_RESULT_ROWS = 60
"""How many lines after its announcement a table of results may begin."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\[(])")
_FENCES = ("```", "~~~")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s|^\s*[|#<]|^\s*$")
_FIGURES = re.compile(r"(?<![\w.])\d{1,3}\.\d+|\b\d{1,3} ?%")
_ROW = re.compile(r"\||<t[dr]\b")
_ASIDE = re.compile(r"\([^()]*\bsoon\b[^()]*\)")
"""What is put off of one thing in a list, and not of the others."""
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
"""A word, or words with one space between them, without letters beyond ASCII."""
_CODE_WORD = re.compile(r"\bcode\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    name: str
    scope: str
    needs: tuple[str, ...]
    files: tuple[re.Pattern[str], ...]
    card: tuple[re.Pattern[str], ...]
    refused: tuple[re.Pattern[str], ...]
    snippet: re.Pattern[str] | None
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    offers: tuple[str, ...]
    keeps_back: tuple[str, ...]
    results: tuple[str, ...]
    denies: re.Pattern[str]
    needs: tuple[str, ...]
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """A sentence, list item or row of the card with its links, the same in lower case, and its line."""

    text: str
    low: str
    line: int


@per_catalog
def _signs() -> _Signs:
    data = load_data("openness/parts.yaml")
    parts = tuple(
        _Part(
            name=name,
            scope=entry["scope"],
            needs=tuple(entry["needs"]),
            files=tuple(re.compile(one) for one in entry.get("files", ())),
            card=tuple(re.compile(one) for one in entry.get("card", ())),
            refused=tuple(re.compile(one) for one in entry.get("refused", ())),
            snippet=re.compile(entry["snippet"]) if "snippet" in entry else None,
            results=tuple(entry.get("results", ())),
        )
        for name, entry in data["parts"].items()
    )
    return _Signs(
        offers=tuple(data["offers"]),
        keeps_back=tuple(data["keeps_back"]),
        results=tuple(word for part in parts for word in part.results),
        denies=re.compile(data["denies"]),
        needs=tuple(dict.fromkeys(word for part in parts for word in part.needs)),
        parts=parts,
    )


def find_parts(card: CardAnalysis | None, paths: Sequence[str]) -> tuple[ReleasePart, ...]:
    """One entry for each part that a file or the card shows or says is kept back; a file goes before the card."""
    found = {shown.part: shown for shown in _in_folder(paths)}
    if card is not None:
        for shown in _in_card(card):
            found.setdefault(shown.part, shown)
    return tuple(found[part.name] for part in _signs().parts if part.name in found)


def _in_folder(paths: Sequence[str]) -> Iterator[ReleasePart]:
    for part in _signs().parts:
        path = next((path for path in paths if any(sign.search(path.lower()) for sign in part.files)), None)
        if path is not None:
            yield ReleasePart(part=part.name, place="folder", path=path, quote=path)


def _in_card(analysis: CardAnalysis) -> Iterator[ReleasePart]:
    card = _read(analysis.front.body, analysis.front.body_line)
    licenses = {"code": _named_for(analysis.license_mentions, code=True), "data": _named_for(analysis.license_mentions)}
    path = analysis.card.path
    for part in _signs().parts:
        for statement, place, refused in _shown(part, card, analysis):
            yield ReleasePart(
                part=part.name,
                place=place,
                path=path,
                quote=cut_words(" ".join(statement.text.split()), _QUOTE),
                line=statement.line,
                refused=refused,
                license=licenses.get(part.scope),
            )
            break


def _shown(part: _Part, card: _Statements, analysis: CardAnalysis) -> Iterator[tuple[_Statement, str, bool]]:
    """What shows the part: the statement, where the part lies, and whether it says that it is kept back."""
    for statement in card.offers:
        if any(word in statement.low for word in part.needs) and any(one.search(statement.low) for one in part.card):
            yield statement, "link", False
    for statement in card.keeps_back:
        if any(word in statement.low for word in part.needs) and any(one.search(statement.low) for one in part.refused):
            yield statement, "card", True
    if part.snippet is not None:
        yield from ((one, "link", False) for one in card.code if part.snippet.search(one.low))
    if part.results:
        yield from ((one, "card", False) for one in card.results)
        if "model-index" in analysis.front.values:
            line = analysis.front.lines.get("model-index", 1)
            yield _Statement(text="model-index", low="model-index", line=line), "card", False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statements:
    """The statements of a card that may show parts: those that offer or keep back something, code, rows of results."""

    offers: tuple[_Statement, ...]
    keeps_back: tuple[_Statement, ...]
    code: tuple[_Statement, ...]
    results: tuple[_Statement, ...]


def _read(body: str, first_line: int) -> _Statements:
    signs = _signs()
    offers: list[_Statement] = []
    keeps_back: list[_Statement] = []
    code: list[_Statement] = []
    results: list[_Statement] = []
    last: int | None = None
    offering, keeping, telling, needed = _words_in(body)
    for text, line, fenced in _passages(body, first_line):
        low = text.lower()
        if fenced:
            code.append(_Statement(text=text, low=low, line=line))
            continue
        if telling and _holds(low, telling):
            last = line
        near = last is not None and line - last <= _RESULT_ROWS and not results
        if near and _ROW.search(low) and len(_FIGURES.findall(low)) > 1:
            results.append(_Statement(text=text, low=low, line=line))
        kept_back = _holds(low, keeping)
        if not (kept_back or _holds(low, offering)) or not _holds(low, needed):
            continue
        for part, begins in _sentences(text, line):
            words = " ".join(part.lower().split())
            statement = _Statement(text=part, low=words, line=begins)
            if _holds(words, offering) and not signs.denies.search(_ASIDE.sub("", words)):
                offers.append(statement)
            if kept_back:
                keeps_back.append(statement)
    return _Statements(offers=tuple(offers), keeps_back=tuple(keeps_back), code=tuple(code), results=tuple(results))


def _words_in(body: str) -> tuple[list[str], ...]:
    """The words of offers, refusals, results and parts that stand anywhere in a card: no others need be looked for."""
    signs, low = _signs(), " ".join(body.lower().split())
    lists = (signs.offers, signs.keeps_back, signs.results, signs.needs)
    return tuple([word for word in words if word in low or not _PLAIN.fullmatch(word)] for words in lists)


def _holds(text: str, words: list[str]) -> bool:
    return any(word in text for word in words)


def _named_for(mentions: Sequence[LicenseMention], *, code: bool = False) -> str | None:
    """The license that the card names for its code, or for its data."""
    for mention in mentions:
        subject = Named.CODE if code else Named.DATA
        also = code and mention.subject is Named.MODEL and _CODE_WORD.search(mention.sentence.low)
        if mention.subject is subject or also:
            return mention.license.record.id if mention.license.record is not None else mention.license.text
    return None


def _passages(body: str, first_line: int) -> Iterator[tuple[str, int, bool]]:
    """The card paragraph by paragraph, item by item and row by row, links kept; lines of code by themselves."""
    block: list[str] = []
    begins = first_line
    fenced = False
    for line, row in enumerate(body.split("\n"), start=first_line):
        if row.lstrip()[:3] in _FENCES:
            if block:
                yield "\n".join(block), begins, False
            block, fenced = [], not fenced
        elif fenced:
            yield row, line, True
        elif _ITEM.match(row):
            if block:
                yield "\n".join(block), begins, False
            block, begins = ([row] if row.strip() else []), line
        else:
            begins = begins if block else line
            block.append(row)
    if block:
        yield "\n".join(block), begins, False


def _sentences(text: str, line: int) -> Iterator[tuple[str, int]]:
    start = 0
    for part in _SENTENCE.split(text):
        at = text.find(part, start)
        start = at + len(part)
        if len(part) <= _LONGEST:
            yield part, line + text.count("\n", 0, at)
