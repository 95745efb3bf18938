"""What a card discloses of evaluation, context length, training data and hardware; it informs and moves no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.subject import CONTRADICTORY, DISCLOSED, NOT_DISCLOSED, Card, Disclosure
from licensecheck.sources.blocks import Kind
from licensecheck.sources.context_length import find_context_length
from licensecheck.sources.prose import Sentence

_QUOTE = 280
_MAX_QUOTES = 3
_SHORT = 25
"""Cells of a table that are shorter quote nothing by themselves."""


def find_disclosures(card: Card, sentences: Sequence[Sentence], body: str) -> tuple[Disclosure, ...]:
    """One disclosure a topic, in the order of the vocabulary, and that on the context length."""
    spoken = [sentence for sentence in sentences if sentence.kind is not Kind.HEADING and len(sentence.text) < 1_500]
    found = [disclosure for topic in _topics() if (disclosure := _about(topic, spoken)) is not None]
    return tuple(_with_datasets(found, card)) + tuple(find_context_length(spoken, body))


def _about(topic: _Topic, sentences: Iterable[Sentence]) -> Disclosure | None:
    said: list[str] = []
    vague: list[str] = []
    for sentence in sentences:
        text = sentence.text
        if len(said) == _MAX_QUOTES and not topic.contradicts:
            break
        if (sentence.kind is Kind.ROW and not topic.in_tables) or not topic.needs.search(sentence.low):
            continue
        if any(pattern.search(text) for pattern in topic.contradicts):
            message = f"What the card says of {topic.title} is not what was released."
            return Disclosure(topic=topic.name, status=CONTRADICTORY, message=message, quotes=(text[:_QUOTE],))
        if any(pattern.search(text) for pattern in topic.vague):
            vague.append(text[:_QUOTE])
        elif len(said) < _MAX_QUOTES and len(text) >= _SHORT and any(p.search(text) for p in topic.discloses):
            said.append(text[:_QUOTE])
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
    """The disclosures, the training data taken as disclosed where the metadata lists data sets."""
    for disclosure in found:
        if disclosure.topic == "training-data" and disclosure.status == NOT_DISCLOSED and card.datasets:
            message = f"The metadata names {len(card.datasets)} data set(s) the model was trained on."
            quotes = tuple(card.datasets[:_MAX_QUOTES])
            yield Disclosure(topic=disclosure.topic, status=DISCLOSED, message=message, quotes=quotes)
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


@lru_cache(maxsize=1)
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
    )
