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
from licensecheck.text.literals import WordLists
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
    cues: WordLists
    denies: re.Pattern[str]
    parts: tuple[_Part, ...]


_OFFERS, _KEEPS, _ANNOUNCES = 1, 2, 4
_LISTS = 3
"""The marks of the lists that hold for all parts, and how many they are; what each part needs comes after."""


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
    announce = tuple(word for part in parts for word in part.results)
    return _Signs(
        cues=WordLists((data["offers"], data["keeps_back"], announce, *(part.needs for part in parts))),
        denies=re.compile(data["denies"]),
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
    licenses = {"code": _named_for(analysis.license_mentions, code=True), "data": _named_for(analysis.license_mentions)}
    path, signs = analysis.card.path, _signs()
    for number, (text, place, line, refused) in sorted(_shown(analysis).items()):
        part = signs.parts[number]
        yield ReleasePart(
            part=part.name,
            place=place,
            path=path,
            quote=cut_words(" ".join(text.split()), _QUOTE),
            line=line,
            refused=refused,
            license=licenses.get(part.scope),
        )


_Shown = tuple[str, str, int, bool]
"""The statement that shows a part, where the part lies, its line, and whether it says that the part is kept back."""


def _shown(analysis: CardAnalysis) -> dict[int, _Shown]:
    """What shows each part, by its number: a statement that offers it, then one that keeps it back, code, results."""
    offered: dict[int, _Shown] = {}
    kept_back: dict[int, _Shown] = {}
    code: list[tuple[str, int]] = []
    result: _Shown | None = None
    last: int | None = None
    for text, line, fenced in _passages(analysis.front.body, analysis.front.body_line):
        if fenced:
            code.append((text, line))
            continue
        said = _said(text)
        if said is None:
            continue
        last = line if said.announces else last
        if said.has_figures and result is None and last is not None and line - last <= _RESULT_ROWS:
            result = text, "card", line, False
        for part, after, offers, keeps in said.statements:
            for number in offers:
                offered.setdefault(number, (part, "link", line + after, False))
            for number in keeps:
                kept_back.setdefault(number, (part, "card", line + after, True))
    run = _run(code)
    if result is None and "model-index" in analysis.front.values:
        result = "model-index", "card", analysis.front.lines.get("model-index", 1), False
    results = {n: result for n, part in enumerate(_signs().parts) if part.results and result}
    return {**results, **run, **kept_back, **offered}


def _run(code: list[tuple[str, int]]) -> dict[int, _Shown]:
    """The first line of code that runs what belongs to each part."""
    written = "\n".join(text for text, _ in code).lower()
    found = {}
    for number, part in enumerate(_signs().parts):
        match = part.snippet.search(written) if part.snippet else None
        if match:
            text, line = code[written.count("\n", 0, match.start())]
            found[number] = text, "link", line, False
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a passage says of parts: whether it announces results or holds figures, and its statements.

    A statement has the number of lines before it and the numbers of the parts that it offers and that it keeps back.
    """

    announces: bool
    has_figures: bool
    statements: tuple[tuple[str, int, tuple[int, ...], tuple[int, ...]], ...]


_PASSAGES = 50_000
"""How many passages are remembered: cards repeat whole passages of each other."""


@per_catalog
def _known_passages() -> dict[str, _Said | None]:
    return {}


def _said(text: str) -> _Said | None:
    """What a passage says of parts; None for nothing."""
    known = _known_passages()
    if text not in known:
        if len(known) >= _PASSAGES:
            known.clear()
        known[text] = _read(text)
    return known[text]


def _read(text: str) -> _Said | None:
    signs = _signs()
    low = text.lower()
    marks = signs.cues.held(low)
    announces = bool(marks & _ANNOUNCES)
    has_figures = _ROW.search(low) is not None and len(_FIGURES.findall(low)) > 1
    keeping = bool(marks & _KEEPS)
    statements = []
    if (keeping or marks & _OFFERS) and marks >> _LISTS:
        for part, after in _sentences(text):
            words = " ".join(part.lower().split())
            own = signs.cues.held(words)
            offers = own & _OFFERS and not signs.denies.search(_ASIDE.sub("", words))
            offered = tuple(_named(words, own, "card")) if offers else ()
            kept_back = tuple(_named(words, own, "refused")) if keeping else ()
            if offered or kept_back:
                statements.append((part, after, offered, kept_back))
    if not (announces or has_figures or statements):
        return None
    return _Said(announces=announces, has_figures=has_figures, statements=tuple(statements))


def _named(words: str, marks: int, what: str) -> Iterator[int]:
    """The numbers of the parts of which a statement speaks."""
    for number, part in enumerate(_signs().parts):
        signs = part.card if what == "card" else part.refused
        if marks >> (_LISTS + number) & 1 and any(one.search(words) for one in signs):
            yield number


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
        begun = row.lstrip()
        if not fenced and begun[:1].isalpha():
            begins = begins if block else line
            block.append(row)
        elif begun[:3] in _FENCES:
            if block:
                yield "\n".join(block), begins, False
            block, fenced = [], not fenced
        elif fenced:
            yield row, line, True
        elif _ITEM.match(row):
            if block:
                yield "\n".join(block), begins, False
            block, begins = ([row] if begun else []), line
        else:
            begins = begins if block else line
            block.append(row)
    if block:
        yield "\n".join(block), begins, False


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    """The statements of a passage, each with the number of lines before it."""
    start = 0
    for part in _SENTENCE.split(text):
        at = text.find(part, start)
        start = at + len(part)
        if len(part) <= _LONGEST:
            yield part, text.count("\n", 0, at)
