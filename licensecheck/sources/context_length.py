"""Whether the context length that a card claims goes beyond the length that it says was trained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.subject import CONTRADICTORY, DISCLOSED, NOT_DISCLOSED, Disclosure
from licensecheck.sources.prose import Sentence

_QUOTE = 280
_UNITS = {"k": 1_000, "m": 1_000_000, "million": 1_000_000, "": 1}
_CONTEXT_COLUMN = re.compile(r"<th[^>]*>\s*Context length\s*</th>.*?</table>", re.I | re.S)
_CELL = re.compile(r"<td[^>]*>\s*(\d+(?:\.\d+)?\s?[KM])\s*</td>", re.I)


def find_context_length(sentences: Iterable[Sentence], body: str) -> Iterator[Disclosure]:
    """What the card discloses of its context length; nothing where it names none."""
    claimed: dict[int, str] = {}
    trained: dict[int, str] = {}
    words = _lengths()
    for sentence in sentences:
        if not words.cue.search(sentence.low):
            continue
        for length in _found(words.trained, sentence.text):
            trained.setdefault(length, sentence.text[:_QUOTE])
        for length in _found(words.claim, sentence.text):
            claimed.setdefault(length, sentence.text[:_QUOTE])
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


@lru_cache(maxsize=1)
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
