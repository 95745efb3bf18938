"""Where a card calls its own model open source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.subject import CONTRADICTORY, DISCLOSED, NOT_DISCLOSED, Card, Disclosure
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.cues import bit_of, bits_of
from licensecheck.models.license_names import LicenseName
from licensecheck.models.prose import Elsewhere, Kind, Sentence
from licensecheck.text.markup import cut_words

_NOT_OPEN = (LicenseClass.USE_RESTRICTED, LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)


def find_claim(sentences: Iterable[Sentence], *, name: str | None) -> Sentence | None:
    """The first sentence that calls the model open source; `name` is the model's own."""
    words = _words()
    elsewhere = words.elsewhere
    own: re.Pattern[str] | None = None
    bit = bit_of("claims")
    for sentence in sentences:
        if not sentence.marks & bit:
            continue
        if sentence.kind in (Kind.ROW, Kind.HEADING) or not words.cue.search(sentence.low):
            continue
        if elsewhere.holds(sentence) or words.unless.search(sentence.text):
            continue
        own = own or re.compile(own_name_pattern(name), re.I)
        text = own.sub(_SELF, sentence.text)
        if any(claim.search(text) for claim in words.claims):
            return sentence
    return None


def not_open_source(declared: Sequence[LicenseName], *, is_other: bool) -> bool:
    """True where no declared license is open source: each is known and restricted, or a custom one (`other`)."""
    if any(name.is_standard for name in declared):
        return False
    known = [name.record for name in declared if name.record is not None]
    if any(record.license_class in _NOT_OPEN for record in known):
        return True
    return is_other and not known


def own_name_pattern(name: str | None) -> str:
    """A pattern for the model's name as prose writes it: its first words, with any separators."""
    parts = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?", (name or "").rpartition("/")[2])
    parts = [part for part in parts if part.lower() not in _COMMON]
    if not parts or len(parts[0]) < 3:
        return r"\bthis model"
    return rf"\b{re.escape(parts[0])}(?-i:[\s._-]?(?:[A-Z0-9]|v\d)[A-Za-z0-9.+]*){{0,5}}"


_SELF = "SELFMODEL"
"""What stands for the model's own name while a sentence is matched."""
_COMMON = frozenset({"meta", "the", "model", "hf", "gguf"})


@dataclass(frozen=True, slots=True)
class _Words:
    claims: tuple[re.Pattern[str], ...]
    cue: re.Pattern[str]
    unless: re.Pattern[str]
    elsewhere: Elsewhere


@per_catalog
def _words() -> _Words:
    data = load_vocabulary("claims")
    unless = re.sub(r"\s*\n\s*", "", data["unless"].strip())
    return _Words(
        claims=tuple(re.compile(claim.replace("{self}", _SELF), re.I) for claim in data["claims"]),
        cue=re.compile(data["cue"]),
        unless=re.compile(unless, re.I),
        elsewhere=Elsewhere(re.compile(data["elsewhere"], re.I)),
    )


# Whether the context length that a card claims goes beyond the length that it says was trained.


_QUOTE = 280
_UNITS = {"k": 1_000, "m": 1_000_000, "million": 1_000_000, "": 1}
_CONTEXT_COLUMN = re.compile(r"<th[^>]*>\s*Context length\s*</th>.*?</table>", re.I | re.S)
_CELL = re.compile(r"<td[^>]*>\s*(\d+(?:\.\d+)?\s?[KM])\s*</td>", re.I)


def find_context_length(sentences: Iterable[Sentence], body: str) -> Iterator[Disclosure]:
    """What the card discloses of its context length; nothing where it names none."""
    claimed: dict[int, str] = {}
    trained: dict[int, str] = {}
    words = _lengths()
    bit = bit_of("context")
    for sentence in sentences:
        if not sentence.marks & bit or not words.cue.search(sentence.low):
            continue
        for length in _found(words.trained, sentence.text):
            trained.setdefault(length, cut_words(sentence.text, _QUOTE))
        for length in _found(words.claim, sentence.text):
            claimed.setdefault(length, cut_words(sentence.text, _QUOTE))
    table = _CONTEXT_COLUMN.search(body)
    for cell in _CELL.findall(table.group()) if table else ():
        claimed.setdefault(_tokens(words.number.match(cell)), f"Context length: {cell}")
    if not claimed and not trained:
        return
    yield _context(claimed, trained)


def _context(claimed: dict[int, str], trained: dict[int, str]) -> Disclosure:
    topic = "context-length"
    if not trained:
        most = max(claimed)
        message = f"The card claims a context of {most:,} tokens and does not say on which length it was trained."
        return Disclosure(topic=topic, status=NOT_DISCLOSED, message=message, quotes=(claimed[most],))
    longest = max(trained)
    beyond = max((length for length in claimed if length > 1.1 * longest), default=None)
    if beyond is None:
        message = f"The card says that the model was trained on a context of {longest:,} tokens."
        return Disclosure(topic=topic, status=DISCLOSED, message=message, quotes=(trained[longest],))
    message = f"The card claims a context of {beyond:,} tokens, and training on {longest:,}."
    quotes = tuple(dict.fromkeys((claimed[beyond], trained[longest])))
    return Disclosure(topic=topic, status=CONTRADICTORY, message=message, quotes=quotes)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for match in pattern.finditer(text):
        length = _tokens(match)
        if 256 <= length <= 200_000_000:
            yield length


def _tokens(match: re.Match[str] | None) -> int:
    """The number of tokens in a match; several alternatives of a pattern number their groups."""
    if match is None:
        return 0
    for name, value in match.groupdict().items():
        if name.startswith("n") and value is not None:
            unit = (match.groupdict().get("unit" + name[1:]) or "").lower()
            return int(float(value.replace(",", "")) * _UNITS[unit])
    return 0


@dataclass(frozen=True, slots=True)
class _Lengths:
    cue: re.Pattern[str]
    number: re.Pattern[str]
    claim: re.Pattern[str]
    trained: re.Pattern[str]


@per_catalog
def _lengths() -> _Lengths:
    data = load_vocabulary("disclosures")["lengths"]
    cue = re.compile(r"context|sequence|length|natively")
    number = re.compile(data["number"], re.I)
    return _Lengths(cue, number, _numbered(data["claim"], data["number"]), _numbered(data["trained"], data["number"]))


def _numbered(pattern: str, number: str) -> re.Pattern[str]:
    """A pattern with its numbers put in, their groups numbered so that none stands twice."""
    parts = pattern.split("{n}")
    whole = parts[0]
    for index, part in enumerate(parts[1:]):
        whole += number.replace("<n>", f"<n{index}>").replace("<unit>", f"<unit{index}>") + part
    return re.compile(whole, re.I)


# What a card discloses of evaluation, context length, training data and hardware; it informs and moves no verdict.


_DISCLOSED_QUOTE = 280
_MAX_QUOTES = 3
_SHORT = 25
"""Cells of a table that are shorter quote nothing by themselves."""


def find_disclosures(card: Card, sentences: Sequence[Sentence], body: str) -> tuple[Disclosure, ...]:
    """One disclosure a topic, in the order of the vocabulary, and that on the context length."""
    wanted = bits_of((*(topic.name for topic in _topics()), "context"))
    spoken = [
        sentence
        for sentence in sentences
        if sentence.marks & wanted and sentence.kind is not Kind.HEADING and len(sentence.text) < 1_500
    ]
    found = [disclosure for topic in _topics() if (disclosure := _about(topic, spoken)) is not None]
    return tuple(_with_datasets(found, card)) + tuple(find_context_length(spoken, body))


def _about(topic: _Topic, sentences: Iterable[Sentence]) -> Disclosure | None:
    said: list[str] = []
    vague: list[str] = []
    for sentence in sentences:
        marks = sentence.marks
        if not marks & topic.bit:
            continue
        text = sentence.text
        if len(said) == _MAX_QUOTES and not topic.contradicts:
            break
        if (sentence.kind is Kind.ROW and not topic.in_tables) or not topic.needs.search(sentence.low):
            continue
        if marks & topic.contradicting and any(pattern.search(text) for pattern in topic.contradicts):
            message = f"What the card says of {topic.title} is not what was released."
            return Disclosure(
                topic=topic.name, status=CONTRADICTORY, message=message, quotes=(cut_words(text, _DISCLOSED_QUOTE),)
            )
        if marks & topic.vaguely and any(pattern.search(text) for pattern in topic.vague):
            vague.append(cut_words(text, _DISCLOSED_QUOTE))
        elif not marks & topic.disclosing or len(said) >= _MAX_QUOTES or len(text) < _SHORT:
            continue
        elif any(pattern.search(text) for pattern in topic.discloses):
            said.append(cut_words(text, _DISCLOSED_QUOTE))
    if said:
        message = f"The card discloses {topic.title}."
        return Disclosure(topic=topic.name, status=DISCLOSED, message=message, quotes=tuple(said))
    if vague:
        message = f"The card speaks of {topic.title} in general terms only."
        return Disclosure(topic=topic.name, status=NOT_DISCLOSED, message=message, quotes=tuple(vague[:_MAX_QUOTES]))
    if topic.optional:
        return None
    message = f"The card does not disclose {topic.title}."
    return Disclosure(topic=topic.name, status=NOT_DISCLOSED, message=message)


def _with_datasets(found: list[Disclosure], card: Card) -> Iterator[Disclosure]:
    """The disclosures; that the metadata names data sets is said, and discloses nothing of what is in them."""
    for disclosure in found:
        if disclosure.topic == "training-data" and disclosure.status == NOT_DISCLOSED and card.datasets:
            message = (
                f"The metadata names {len(card.datasets)} data set(s); what the card says of them discloses no more."
            )
            quotes = (*disclosure.quotes, *card.datasets)[:_MAX_QUOTES]
            yield Disclosure(topic=disclosure.topic, status=NOT_DISCLOSED, message=message, quotes=quotes)
        else:
            yield disclosure


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    title: str
    optional: bool
    in_tables: bool
    needs: re.Pattern[str]
    discloses: tuple[re.Pattern[str], ...]
    vague: tuple[re.Pattern[str], ...]
    contradicts: tuple[re.Pattern[str], ...]
    bit: int
    disclosing: int
    vaguely: int
    contradicting: int


@per_catalog
def _topics() -> tuple[_Topic, ...]:
    return tuple(_topic(name, data) for name, data in load_vocabulary("disclosures")["topics"].items())


def _topic(name: str, data: dict[str, Any]) -> _Topic:
    patterns = (tuple(re.compile(p, re.I) for p in data.get(key, ())) for key in ("discloses", "vague", "contradicts"))
    discloses, vague, contradicts = patterns
    return _Topic(
        name=name,
        title=data["title"],
        optional=data.get("optional", False),
        in_tables=data.get("in_tables", False),
        needs=re.compile(data["needs"]),
        discloses=discloses,
        vague=vague,
        contradicts=contradicts,
        bit=bit_of(name),
        disclosing=_bits(name, data, "discloses"),
        vaguely=_bits(name, data, "vague"),
        contradicting=_bits(name, data, "contradicts"),
    )


def _bits(name: str, data: dict[str, Any], key: str) -> int:
    return bits_of(tuple(f"{name}/{key}/{number}" for number in range(len(data.get(key, ())))))
