"""Detectors: the rules of `rules/scan` that say which slots name a model, and in which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from typing import Any

from licensecheck.catalog.built_data import load_data, rules_root
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.repository import ReferenceRole
from licensecheck.lazy import re
from licensecheck.repository.context import Traits
from licensecheck.repository.syntax.relevance import loader_words, marks_of
from licensecheck.repository.syntax.slot import Kind, Slot, normalise
from licensecheck.repository.values import Form, Value, Vocabulary, read_value

CERTAIN = 3
"""The weight of an anchor that can mean nothing else."""
_ALWAYS = frozenset({Form.HUB, Form.ADDRESS, Form.CACHE, Form.LOCAL, Form.PLACEHOLDER, Form.SERVICE, Form.WEIGHTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One way in which a slot can be known to name a model; `role` None: it is known not to.

    `under`: one of these keys, functions or commands stands around it. `beside`: one of these stands next to it, or,
    as `name=value`, with that value. `at`: positions or keywords of a call. `accept`: further forms of value: `tag`,
    `bare`, `partial` (an id that is half known, of whatever family), `family` (a bare name that sounds like a known
    model family), `legacy` (one from before hubs had owners). `family_only`: no other name counts here. `value`: what
    the value must have in it. `in_files_with`: one of these words stands somewhere in the file, in lower case;
    `not_in_files_with`: none of these.
    `excludes`: what stands here is certainly another thing, whatever else is said of it, as what a data set is loaded
    from.
    """

    detector: str
    kind: Kind
    names: tuple[str, ...]
    role: ReferenceRole | None
    accept: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    not_under: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()
    at: tuple[int | str, ...] = ()
    files: re.Pattern[str] | None = None
    not_files: re.Pattern[str] | None = None
    family_only: bool = False
    value: re.Pattern[str] | None = None
    in_files_with: tuple[str, ...] = ()
    not_in_files_with: tuple[str, ...] = ()
    excludes: bool = False

    @property
    def weight(self) -> int:
        """How much the anchor knows: a call or command more than a key in its place, that more than a key anywhere."""
        if self.kind is not Kind.KEY:
            return CERTAIN
        if self.family_only and self.names == ("*",):
            return 0
        return 2 if self.under or self.beside or self.files else 1

    @property
    def loads(self) -> bool:
        """True for a call that loads a model."""
        return self.kind is Kind.CALL and self.role is ReferenceRole.LOAD

    @property
    def is_plain_key(self) -> bool:
        """True for a name that means a model wherever it stands, whatever is around it."""
        return self.kind is Kind.KEY and not self.under and not self.beside

    def fits(self, slot: Slot, text: str) -> bool:
        """True where everything that the anchor asks of a slot is there, its value and its file aside."""
        return (
            (not self.at or slot.at in self.at)
            and (not self.under or not self.under.isdisjoint(slot.above))
            and (not self.not_under or self.not_under.isdisjoint(slot.above))
            and (not self.beside or any(_stands(each, slot.beside) for each in self.beside))
            and not (self.not_beside and any(_stands(each, slot.beside) for each in self.not_beside))
            and (self.value is None or bool(self.value.search(slot.value)))
            and (not self.in_files_with or any(each in text for each in self.in_files_with))
            and not (self.not_in_files_with and any(each in text for each in self.not_in_files_with))
        )

    def is_for(self, path: str) -> bool:
        """True where the anchor holds in the file of this path."""
        if self.files is not None and not self.files.match(path):
            return False
        return self.not_files is None or not self.not_files.match(path)

    def accepts(self, form: Form, name: str, words: Vocabulary) -> bool:
        """True where a value of this form counts here."""
        if self.family_only and not words.family.search(name):
            return False
        if form is Form.PARTIAL:
            known = self.kind in (Kind.CALL, Kind.COMMAND) or "partial" in self.accept
            return known or bool(words.family.search(name))
        if self.kind is Kind.TEXT:
            return form is Form.HUB or form.value in self.accept
        if form in _ALWAYS or form.value in self.accept:
            return True
        if "legacy" in self.accept and words.legacy.fullmatch(name):
            return True
        return "family" in self.accept and bool(words.family.search(name))


def _stands(wanted: str, beside: Mapping[str, str]) -> bool:
    name, equals, value = wanted.partition("=")
    return name in beside and (not equals or beside[name].lower() == value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPattern:
    """A form that names a model wherever it stands; its group `model` is the value.

    A text is searched only where one of the strings of `contains` is in it.
    """

    detector: str
    contains: tuple[str, ...]
    pattern: re.Pattern[str]
    role: ReferenceRole


@dataclass(slots=True)
class Detectors:
    """All anchors, found by the name of a slot."""

    words: Vocabulary
    anchors: tuple[Anchor, ...]
    patterns: tuple[TextPattern, ...]
    requests: frozenset[str]
    endpoints: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    traits: Traits | None = None
    exact: dict[tuple[Kind, str], list[Anchor]] = field(default_factory=dict)
    globs: list[tuple[Kind, re.Pattern[str], Anchor]] = field(default_factory=list)
    memo: dict[tuple[Kind, str], tuple[Anchor, ...]] = field(default_factory=dict)
    values: dict[str, Value | None] = field(default_factory=dict)
    marks: tuple[bytes, ...] = ()
    """What a file must have one of before it is parsed."""
    loaders: tuple[bytes, ...] = ()
    """How the calls begin that load what a name stands for."""

    def __post_init__(self) -> None:
        needles = (needle for each in self.patterns for needle in each.contains)
        self.marks = marks_of([*needles, *(name for each in self.anchors if each.role for name in each.names)])
        self.loaders = loader_words(name for each in self.anchors if each.loads for name in each.names)
        for anchor in self.anchors:
            for name in anchor.names:
                if "*" in name:
                    self.globs.append((anchor.kind, re.compile(translate(name)), anchor))
                else:
                    self.exact.setdefault((anchor.kind, name), []).append(anchor)

    def value_of(self, text: str) -> Value | None:
        """What the text says where a model is named (`values.read_value`); the same text is taken apart once."""
        if text not in self.values:
            self.values[text] = read_value(text, self.words)
        return self.values[text]

    def may_be_model(self, text: str) -> bool:
        """True for a text that would be read as a model, and no path, where one is named."""
        value = self.value_of(text)
        return value is not None and value.form is not Form.LOCAL

    def patterns_in(self, text: str) -> Iterator[TextPattern]:
        """The patterns that may be found in a text."""
        return (each for each in self.patterns if any(needle in text for needle in each.contains))

    def anchors_for(self, slot: Slot) -> tuple[Anchor, ...]:
        """The anchors with the slot's name, those that know most first; of a keyword, those of its call first."""
        found = self._named(slot.kind, slot.name)
        if slot.kind is Kind.CALL and isinstance(slot.at, str):
            found = (*found, *self._named(Kind.KEY, normalise(slot.at)))
        if slot.kind is Kind.KEY and isinstance(slot.at, str):
            found = (*self._named(Kind.COMMAND, slot.at), *found)
        return found

    def _named(self, kind: Kind, name: str) -> tuple[Anchor, ...]:
        key = kind, name
        if key not in self.memo:
            found = [*self.exact.get(key, ())]
            if kind is Kind.CALL and "." in name:
                parts = name.split(".")
                for i in range(1, len(parts)):
                    found.extend(self.exact.get((kind, ".".join(parts[i:])), ()))
            if kind is Kind.COMMAND and " " in name:
                found.extend(self.exact.get((kind, name.rsplit(" ", 1)[-1]), ()))
            found.extend(anchor for of, glob, anchor in self.globs if of is kind and glob.fullmatch(name))
            self.memo[key] = tuple(sorted(found, key=_rank))
        return self.memo[key]


def _rank(anchor: Anchor) -> int:
    return -anchor.weight


# The detectors that ship with the project, from the files of `rules/scan`.


_NO_DETECTORS = frozenset({"values", "coverage"})
"""What lies beside the detectors: the forms of values, and what a scan passes over."""
_KINDS = {"keys": Kind.KEY, "calls": Kind.CALL, "commands": Kind.COMMAND, "texts": Kind.TEXT}


@per_catalog
def load_detectors() -> Detectors:
    """The detectors that ship with the project."""
    names = (path.stem for path in sorted((rules_root() / "scan").glob("*.yaml")) if path.stem not in _NO_DETECTORS)
    data: dict[str, Any] = {name: load_data(f"scan/{name}.yaml") for name in names}
    values: Any = load_data("scan/values.yaml")
    anchors = tuple(anchor for name, each in data.items() for anchor in _anchors(name, each))
    patterns = tuple(
        TextPattern(
            detector=name,
            contains=tuple(entry["contains"]),
            pattern=re.compile(entry["pattern"]),
            role=ReferenceRole(entry["role"]),
        )
        for name, each in data.items()
        for entry in each.get("patterns", ())
    )
    requests, endpoints, shown = (frozenset(values[name]) for name in ("requests", "endpoints", "shown"))
    traits = Traits.of(values["programs"])
    return Detectors(Vocabulary.of(values), anchors, patterns, requests, endpoints, shown, traits)


def _anchors(name: str, data: Mapping[str, Any]) -> Iterator[Anchor]:
    for key, kind in _KINDS.items():
        for entry in data.get(key, ()):
            yield _anchor(name, kind, entry)


def _anchor(detector: str, kind: Kind, entry: Mapping[str, Any]) -> Anchor:
    role = entry.get("role", "load")
    return Anchor(
        detector=detector,
        kind=kind,
        names=tuple(entry["names"]),
        role=None if role == "none" else ReferenceRole(role),
        accept=frozenset(entry.get("accept", ())),
        under=frozenset(entry.get("under", ())),
        not_under=frozenset(entry.get("not_under", ())),
        beside=tuple(entry.get("beside", ())),
        not_beside=tuple(entry.get("not_beside", ())),
        at=tuple(entry.get("at", ())),
        value=re.compile(entry["value"]) if "value" in entry else None,
        in_files_with=tuple(entry.get("in_files_with", ())),
        not_in_files_with=tuple(entry.get("not_in_files_with", ())),
        excludes=bool(entry.get("excludes", False)),
        family_only=bool(entry.get("family_only", False)),
        files=_paths(entry.get("files")),
        not_files=_paths(entry.get("not_files")),
    )


def _paths(patterns: Sequence[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(translate(each) for each in patterns), re.IGNORECASE) if patterns else None
