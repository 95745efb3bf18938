"""Where the prose of a card names a license, and for what: the model, its code, data, its base, or another work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.sources.blocks import Kind
from licensecheck.sources.known import known_license
from licensecheck.sources.license_names import LicenseName, find_license_names, license_named
from licensecheck.sources.prose import Sentence

_EXACT_CASE = ("foreign", "cue", "heading")
"""Expressions for names in their case, and for text that is in lower case already."""
_MODEL_CARD = re.compile(r"\bmodel[\s-]cards?\b", re.I)


class Named(str, Enum):
    """What a license is named for."""

    MODEL = "model"
    CODE = "code"
    DATA = "data"
    BASE = "base"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A license named in the prose, for what, and in which sentence; `label` where it stands as "License: X"."""

    license: LicenseName
    subject: Named
    sentence: Sentence
    label: bool = False


def find_namings(sentences: Iterable[Sentence], *, name: str | None) -> list[Naming]:
    """Every license that the prose names, in its order; `name` is the model's own."""
    found: list[Naming] = []
    for sentence in sentences:
        if sentence.kind is Kind.HEADING:
            continue
        if prose_word("cue").search(sentence.low) or prose_word("heading").search(sentence.heading):
            found.extend(_in_sentence(sentence, name or ""))
    return found


def _in_sentence(sentence: Sentence, name: str) -> Iterator[Naming]:
    text = sentence.text
    if len(text) > 1500 and sentence.kind is not Kind.GATE:
        return
    label = prose_word("label").match(text)
    if (label is not None and sentence.kind is not Kind.ROW) or (label is not None and text.count("|") <= 3):
        yield from _labelled(sentence, label)
        return
    if not (prose_word("under").search(text) or prose_word("heading").search(sentence.heading)):
        return
    if prose_word("hedge").search(text):
        return
    end = 0
    subject: Named | None = None
    for license_name in find_license_names(text):
        subject = _subject(text[end : license_name.start], sentence, name) or subject
        end = license_name.end
        yield Naming(license=license_name, subject=subject or _by_place(sentence), sentence=sentence)


def _labelled(sentence: Sentence, label: re.Match[str]) -> Iterator[Naming]:
    value = label["value"].strip(" |*.;,")
    subject = _subject(label["for"], sentence, "") or _by_place(sentence)
    names = list(find_license_names(value))
    if not names and len(value) <= 60 and known_license(value) is not None:
        names = [license_named(value)]
    for license_name in names[:1] if subject is Named.MODEL else names:
        after = value[license_name.end : license_name.end + 40]
        for_code = re.match(r"\W*(?:licen[cs]e\W*)?\(?(?:for )?(?:the )?(?:source )?code\b", after, re.I)
        yield Naming(license=license_name, subject=Named.CODE if for_code else subject, sentence=sentence, label=True)


def _subject(clause: str, sentence: Sentence, name: str) -> Named | None:
    """What the words before a license say that it is for; None where they say nothing."""
    foreign = prose_word("foreign").search(clause)
    if foreign is not None and not _is_own(foreign["who"], name):
        return Named.OTHER
    if prose_word("page").search(clause) and not prose_word("model").search(_MODEL_CARD.sub("", clause)):
        return Named.OTHER
    if prose_word("base").search(clause):
        return Named.BASE
    if prose_word("model").search(clause):
        return Named.MODEL
    if prose_word("code").search(clause):
        return Named.CODE
    return Named.DATA if prose_word("data").search(clause) else None


def _by_place(sentence: Sentence) -> Named:
    if any(prose_word("elsewhere").search(part) for part in sentence.section):
        return Named.OTHER
    return Named.MODEL


def _is_own(who: str, name: str) -> bool:
    """True where a name in the prose can be the model's own: a shared first word, or only common words."""
    words = re.findall(r"[a-z]+|\d+", who.lower())
    own = set(re.findall(r"[a-z]+|\d+", name.lower()))
    if not words or words[0] in own:
        return True
    common = prose_word("model").search(who) or prose_word("code").search(who) or prose_word("data").search(who)
    return bool(common) or words[0] in ("it", "this", "these", "all", "they", "both", "use", "license", "licence")


@cache
def prose_word(name: str) -> re.Pattern[str]:
    """An expression of `rules/cards/prose.yaml`, compiled."""
    data = load_vocabulary("prose")
    pattern: str = data["subjects"].get(name) or data[name]
    return re.compile(pattern, 0 if name in _EXACT_CASE else re.IGNORECASE)
