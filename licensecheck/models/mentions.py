"""Where the prose of a card names a license, and for what: the model, its code, data, its base, or another work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.subject import Card
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.cues import bit_of
from licensecheck.models.license_names import (
    NO_NAMES,
    LicenseName,
    find_license_names,
    known_license,
    license_named,
    licenses_of_value,
    same_license,
)
from licensecheck.models.prose import Elsewhere, Kind, Sentence

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
class LicenseMention:
    """A license named in the prose, for what, and in which sentence; `label` where it stands as "License: X".

    `plain` where the words themselves say for what, and not the place alone.
    """

    license: LicenseName
    subject: Named
    sentence: Sentence
    label: bool = False
    plain: bool = False


def find_namings(sentences: Iterable[Sentence], *, name: str | None) -> list[LicenseMention]:
    """Every license that the prose names, in its order; `name` is the model's own."""
    found: list[LicenseMention] = []
    under = _license_sections()
    bit = bit_of("prose")
    cue, label = prose_word("cue"), prose_word("label")
    for sentence in sentences:
        told = sentence.marks & bit and cue.search(sentence.low)
        if not told and not under.nearest(sentence):
            continue
        if sentence.kind is not Kind.HEADING or label.match(sentence.text):
            found.extend(_in_sentence(sentence, name or ""))
    return found


def _in_sentence(sentence: Sentence, name: str) -> Iterator[LicenseMention]:
    text = sentence.text
    if len(text) > 1500 and sentence.kind is not Kind.GATE:
        return
    label = prose_word("label").match(text)
    if (label is not None and sentence.kind is not Kind.ROW) or (label is not None and text.count("|") <= 3):
        yield from _labelled(sentence, label)
        return
    part = prose_word("part_label").match(text)
    if part is not None and text.count("|") <= 3:
        value = next(find_license_names(part["value"][:120]), None)
        if value is not None and value.start <= 4:
            yield from _labelled(sentence, part)
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
        named = subject or _by_place(sentence)
        yield LicenseMention(license=license_name, subject=named, sentence=sentence, plain=subject is not None)


def _labelled(sentence: Sentence, label: re.Match[str]) -> Iterator[LicenseMention]:
    value = label["value"].strip(" |*.;,")
    said_of = f"{label['for']} {label.groupdict().get('of') or ''}"
    subject = _subject(said_of, sentence, "") or _by_place(sentence)
    names = list(find_license_names(value))
    if not names and len(value) <= 60 and known_license(value) is not None:
        names = [license_named(value)]
    for license_name in names[:1] if subject is Named.MODEL else names:
        after = value[license_name.end : license_name.end + 40]
        for_code = re.match(r"[ ,]*(?:licen[cs]e )?(?:\((?:for )?|for )(?:the )?(?:source )?code\b", after, re.I)
        yield LicenseMention(
            license=license_name, subject=Named.CODE if for_code else subject, sentence=sentence, label=True, plain=True
        )


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


@per_catalog
def _license_sections() -> Elsewhere:
    """The sections under whose heading every name of a license is the model's."""
    return Elsewhere(prose_word("heading"))


@per_catalog
def prose_word(name: str) -> re.Pattern[str]:
    """An expression of `rules/cards/prose.yaml`, compiled."""
    data = load_vocabulary("prose")
    pattern: str = data["subjects"].get(name) or data[name]
    return re.compile(pattern, 0 if name in _EXACT_CASE else re.IGNORECASE)


# The licenses that a card declares, and whether the prose, the name field or the gate name another.


def declared_licenses(card: Card) -> tuple[LicenseName, ...]:
    """The licenses of the metadata that have a name: the ids, or the name beside `other`."""
    ids = tuple(one for name in card.licenses if not names_none(name) for one in licenses_of_value(name))
    if ids or card.license_name is None or names_none(card.license_name):
        return ids
    return licenses_of_value(card.license_name)


def names_none(name: str) -> bool:
    """True for the values of `license` that say only that there is some license."""
    return name.strip().lower() in NO_NAMES


def find_other_name(card: Card) -> LicenseName | None:
    """The license of the name field, where it is another than the id beside it."""
    ids = [license_named(name) for name in card.licenses if not names_none(name)]
    if not ids or card.license_name is None or names_none(card.license_name):
        return None
    named = license_named(card.license_name)
    return None if any(same_license(named, declared) for declared in ids) else named


def find_other_license(
    declared: Sequence[LicenseName], license_mentions: Iterable[LicenseMention]
) -> LicenseMention | None:
    """The first place where the prose names for the model a license that the metadata does not declare.

    Where any sentence agrees with the metadata none is given: cards list the licenses of sibling models too.
    """
    for_model = [naming for naming in license_mentions if naming.subject is Named.MODEL]
    if not declared or any(same_license(naming.license, one) for naming in for_model for one in declared):
        return None
    for naming in for_model:
        if all(_contradicts(naming, one) for one in declared):
            return naming
    return None


def _contradicts(naming: LicenseMention, declared: LicenseName) -> bool:
    if naming.license.record is not None and declared.record is not None:
        return True
    if naming.license.record is None:
        return declared.is_standard or _is_noncommercial_standard(declared)
    return naming.label and naming.license.is_standard


def _is_noncommercial_standard(name: LicenseName) -> bool:
    record = name.record
    return record is not None and record.license_class is LicenseClass.NONCOMMERCIAL and "spdx" in record.ids
