"""From slots to references: which of them name a model, and in which role."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from licensecheck.domain.repository import Reference, ReferenceRole
from licensecheck.frozen import dataclass, replace
from licensecheck.lazy import re
from licensecheck.repository.detectors import CERTAIN, Anchor, Detectors, TextPattern
from licensecheck.repository.syntax.slot import ENVIRONMENT, Kind, Setting, Slot, breaks_of, normalise
from licensecheck.repository.values import Form, Value, read_value

_LIST = re.compile(r"[\w./:\-]+(?:\s+[\w./:\-]+){0,30}")
_MANY = re.compile(r"model(?:s|_ids|_names)$")
_TALK = frozenset({Setting.COMMENT, Setting.INLINE, Setting.PROSE, Setting.CARD})
_SHOWN = frozenset({Setting.DOCSTRING, Setting.FENCE})
_ORDER = (
    ReferenceRole.LOAD,
    ReferenceRole.OUTPUT,
    ReferenceRole.CLIENT,
    ReferenceRole.EXAMPLE,
    ReferenceRole.LOCAL,
    ReferenceRole.PLACEHOLDER,
    ReferenceRole.MENTION,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reference, and how much the anchor behind it knows; of two on one line the one that knows more stands."""

    reference: Reference
    weight: int
    excluded: bool = False
    """True for what is certainly no model."""

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts the candidate that stands first."""
        return -self.weight, _ORDER.index(self.reference.role)


AnchoredSlot = tuple[Slot, tuple[Anchor, ...]]
"""A slot, and the anchors that fit it in whichever file it stands."""


def anchored_slots(slots: Iterable[Slot], detectors: Detectors, text: str) -> Iterator[AnchoredSlot]:
    """The slots that may name a model; `text` is their file in lower case."""
    for slot in slots:
        if len(slot.value) < 3:
            continue
        anchors = detectors.anchors_for(slot)
        if not anchors:
            continue
        parts = _several(slot)
        if len(parts) > 1:
            yield from anchored_slots(parts, detectors, text)
            continue
        fitting = tuple(anchor for anchor in anchors if anchor.fits(slot, text))
        if fitting:
            yield slot, fitting


def classify(
    slots: Iterable[AnchoredSlot], detectors: Detectors, path: str, *, instead: ReferenceRole | None = None
) -> Iterator[Candidate]:
    """The candidates that the slots of one file make.

    `instead`: what a name that would be loaded anywhere else is here, as in a program that asks served models.
    """
    slots = tuple(slots)
    asking = {(slot.name, slot.at) for slot, _ in slots if _names_service(slot, detectors)}
    for slot, anchors in slots:
        asked = slot.kind is Kind.CALL and (slot.name, slot.at) in asking
        role = instead or (ReferenceRole.CLIENT if asked else None)
        candidate = _candidate(slot, anchors, detectors, path, instead=role)
        if candidate:
            yield candidate


def _names_service(slot: Slot, detectors: Detectors) -> bool:
    """True for a call that is given a hosted model by name: what else stands in that place is asked for too."""
    if slot.kind is not Kind.CALL or not isinstance(slot.at, str):
        return False
    value = detectors.value_of(slot.value)
    return value is not None and value.form is Form.SERVICE


def _several(slot: Slot) -> list[Slot]:
    """The slots of one that holds a list: by commas; by blanks and lines where the name says that there are several."""
    many = slot.kind is Kind.KEY and _MANY.search(slot.name) is not None
    if many and "\n" in slot.value and _LIST.fullmatch(slot.value.strip()):
        lines = enumerate(slot.value.split("\n"), slot.line)
        return [replace(slot, value=line.strip(), line=number) for number, line in lines if line.strip()]
    if "," in slot.value:
        parts = slot.value.split(",")
        named = many and not any(c in slot.value for c in "{}[]()")
        several = named or all("/" in part and " " not in part.strip() for part in parts)
    else:
        parts = slot.value.split()
        several = many and " " in slot.value and _LIST.fullmatch(slot.value) is not None
    return [replace(slot, value=part) for part in parts] if several else []


def _candidate(
    slot: Slot, anchors: Iterable[Anchor], detectors: Detectors, path: str, *, instead: ReferenceRole | None
) -> Candidate | None:
    value: Value | None = None
    for anchor in anchors:
        if not anchor.is_for(path):
            continue
        if anchor.kind is Kind.CALL and anchor.role is ReferenceRole.CLIENT:
            instead = ReferenceRole.CLIENT
        if anchor.role is None and not anchor.excludes:
            return None
        value = value or _value(slot, detectors)
        if value is None or normalise(value.name) == slot.name:
            return None
        if anchor.excludes:
            other = reference(slot.path or path, slot.line, value, ReferenceRole.MENTION, anchor.detector)
            return Candidate(other, CERTAIN + 1, excluded=True)
        if anchor.accepts(value.form, value.name, detectors.words):
            role = role_of(anchor, value, slot, detectors)
            if instead and role is ReferenceRole.LOAD and _gives_way(anchor, slot, instead):
                role = instead
            syntax = f"{anchor.detector} {slot.name}".strip()
            place = slot.path or path
            return Candidate(reference(place, slot.line, value, role, syntax, _revision(slot)), _weight(anchor, slot))
    return None


_SETTER = re.compile(r"(?:^|\.)(?:with_|set_)?model(?:_(?:name|id))?$")
"""A call that only says which model is meant, as a builder's does: what it is for, the program around it decides."""


def _gives_way(anchor: Anchor, slot: Slot, instead: ReferenceRole) -> bool:
    """True for a name whose role the program around it decides: in a test any, in a client one without surroundings."""
    if anchor.kind is Kind.CALL and instead is ReferenceRole.CLIENT:
        return _SETTER.search(slot.name) is not None
    if anchor.kind is not Kind.KEY or slot.kind is Kind.COMMAND:
        return False
    return instead is ReferenceRole.MENTION or anchor.is_plain_key


def _weight(anchor: Anchor, slot: Slot) -> int:
    """How much is known of a slot: of a label nothing, of a setting of the environment as much as a call knows."""
    if anchor.kind is Kind.KEY and anchor.role is ReferenceRole.MENTION:
        return 0
    return CERTAIN if ENVIRONMENT in slot.above else anchor.weight


def _value(slot: Slot, detectors: Detectors) -> Value | None:
    """The value; of a `name=value` word, as adapters are given, what stands after the sign."""
    found = detectors.value_of(slot.value)
    if found is None and "=" in slot.value and slot.value.count("=") == 1:
        found = detectors.value_of(slot.value.partition("=")[2])
    return found


def _revision(slot: Slot) -> str | None:
    """The revision that is pinned beside the model."""
    names = ("revision", "model_revision", "source_model_revision", "rev", "hf_revision")
    return next((slot.beside[name] for name in names if slot.beside.get(name)), None)


def role_of(anchor: Anchor, value: Value, slot: Slot, detectors: Detectors) -> ReferenceRole:
    """What the reference does with the model: its value and its surroundings come before what its anchor says."""
    role = anchor.role or ReferenceRole.MENTION
    if value.form is Form.PLACEHOLDER:
        return ReferenceRole.PLACEHOLDER
    if value.form is Form.LOCAL:
        return ReferenceRole.OUTPUT if role is ReferenceRole.OUTPUT else ReferenceRole.LOCAL
    if slot.setting in _TALK or (slot.kind is Kind.KEY and not detectors.shown.isdisjoint(slot.above)):
        return ReferenceRole.MENTION
    if role is ReferenceRole.LOAD:
        if value.form is Form.SERVICE or (not anchor.under and _is_request(slot, detectors)):
            return ReferenceRole.CLIENT
        if slot.setting in _SHOWN:
            return ReferenceRole.EXAMPLE
    return role


def _is_request(slot: Slot, detectors: Detectors) -> bool:
    """True for a model that is asked for where it is served: in a request, or in a call that is given an endpoint."""
    if slot.kind is Kind.CALL:
        return not detectors.endpoints.isdisjoint(slot.beside)
    asked = not (detectors.requests.isdisjoint(slot.beside) and detectors.requests.isdisjoint(slot.above))
    return slot.kind is Kind.KEY and "model" in slot.name and asked


def reference(
    path: str, line: int, value: Value, role: ReferenceRole, syntax: str, revision: str | None = None
) -> Reference:
    """The reference that a value at a place makes."""
    pinned = next(
        (each for each in (value.revision, revision) if each not in (None, "", "main", "master", "null", "None")), None
    )
    return Reference(
        path=path, line=line, model=value.model, role=role, syntax=syntax, name=value.name, revision=pinned
    )


def strongest(candidates: Iterable[Candidate]) -> tuple[Reference, ...]:
    """One reference for each model on a line, in the order of their files."""
    best: dict[tuple[str, int, str], Candidate] = {}
    for candidate in candidates:
        key = candidate.reference.path, candidate.reference.line, candidate.reference.model
        if key not in best or candidate.rank < best[key].rank:
            best[key] = candidate
    return tuple(candidate.reference for _, candidate in sorted(best.items(), key=_key) if not candidate.excluded)


def _key(item: tuple[tuple[str, int, str], Candidate]) -> tuple[str, int, str]:
    return item[0]


# What names a model wherever it stands: links to hubs, hub cache paths, addresses with a scheme of their own.


_FENCE = re.compile(r"^[\s>]*(?:```|~~~).*?^[\s>]*(?:```|~~~)[ \t]*$", re.M | re.S)
_COMMENT = re.compile(r"\s*(?:#|//|;|\*|<!--|--\s)")


def pattern_candidates(
    text: str,
    patterns: Iterable[TextPattern],
    detectors: Detectors,
    path: str,
    syntax: str,
    *,
    tested: bool = False,
) -> Iterator[Candidate]:
    """The candidates of these patterns in a file; `tested`: it is a test, whose texts are compared."""
    hits = [(found, each) for each in patterns for found in each.pattern.finditer(text)]
    if not hits:
        return
    breaks = breaks_of(text)
    fences = [found.span() for found in _FENCE.finditer(text)] if syntax == "markdown" else []
    for found, each in hits:
        value = _pattern_value(found.group("model"), detectors)
        if value is None:
            continue
        line = bisect_right(breaks, found.start("model"))
        begin = breaks[line - 1] + 1 if line else 0
        commented = bool(_COMMENT.match(text, begin)) and syntax != "markdown"
        talk = commented or tested or (value.form is Form.ADDRESS and not _is_value(text, found))
        role = _role(each.role, value, syntax, talk=talk, fenced=_within(found.start(), fences))
        yield Candidate(reference(path, line + 1, value, role, each.detector), 0)


def _pattern_value(text: str, detectors: Detectors) -> Value | None:
    found = read_value(text.rstrip(".,:;)"), detectors.words)
    return None if found is None or found.form is Form.BARE else found


def _is_value(text: str, found: re.Match[str]) -> bool:
    """True where an address is a whole value, in quotes or up to the end of its line, and not a word in a sentence."""
    start, end = found.span("model")
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    quoted = before[-1:] in ("'", '"') and before[-1:] == after[:1]
    return quoted or (before.strip()[-1:] in (":", "=", "-") and (not after.strip(" \r") or after[0] in "\r\n,"))


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _role(role: ReferenceRole, value: Value, syntax: str, *, talk: bool, fenced: bool) -> ReferenceRole:
    if value.form is Form.PLACEHOLDER:
        return ReferenceRole.PLACEHOLDER
    if role is ReferenceRole.MENTION or talk:
        return ReferenceRole.MENTION
    if syntax == "markdown":
        return ReferenceRole.EXAMPLE if fenced else ReferenceRole.MENTION
    return role
