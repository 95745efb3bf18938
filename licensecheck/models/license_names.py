"""The names of licenses as prose writes them, tied to the records that know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.catalog.model_entries import find_model
from licensecheck.catalog.records import find_record
from licensecheck.domain.licenses import LicenseClass, ModelEntry, Record
from licensecheck.frozen import dataclass
from licensecheck.lazy import re

if TYPE_CHECKING:
    from licensecheck.text.literals import Prefilter

LONG = 400
"""From this many characters on a license entry is a license text, not a name."""

# What the catalogs know of the names that cards, headers and folders use.


NO_NAMES = frozenset({"other", "unknown", "none", "null", "n/a", "custom", "proprietary", "tbd"})
"""Values of `license` that name none."""


@per_catalog_up_to(4096)
def known_license(name: str | None) -> Record | None:
    """The record of the license of this name, or None where it names none or none that is known."""
    if name is None or name.strip().lower() in NO_NAMES:
        return None
    return find_record(name)


@per_catalog_up_to(4096)
def known_model(name: str | None) -> ModelEntry | None:
    """What the catalog knows of a model of this name."""
    return find_model(name) if name and name.strip() else None


# The names of licenses as prose writes them, tied to the records that know them.


_VERSION_TAIL = re.compile(r"[-_ ]?v?\d[\w.]*(?:-clause)?(?:-\d[\w.-]*)?$")
_MODIFIED = re.compile(r"\bmodified (?:version of )?(?:the )?$", re.I)
_BASED = re.compile(r"[\s-]based\b")
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseName:
    """A license as named somewhere: the words, the id they stand for, and its record where one is known."""

    text: str
    alias: str
    record: Record | None
    start: int = 0
    end: int = 0

    @property
    def is_standard(self) -> bool:
        """True for a license that is used beyond one publisher: OSI approved or open."""
        return self.record is not None and self.record.license_class in (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)


def license_named(name: str) -> LicenseName:
    """The license that a metadata field names."""
    record = known_license(name)
    if record is None:
        found = next(find_license_names(name[:LONG]), None)
        if found is not None and len(found.text) >= 0.7 * len(name.strip()) and not _adds(name[:LONG], found):
            return LicenseName(text=name, alias=found.alias, record=found.record, end=len(name))
    return LicenseName(
        text=name, alias=record.id if record else name.strip().lower()[:LONG], record=record, end=len(name)
    )


_QUALIFIES = re.compile(
    r"(?<![a-z])(?:nc|non|noncommercial|nocommercial|research|academic|only|modified|custom|plus|commons|clause|no|without|except|limited)(?![a-z])",
    re.I,
)


def _adds(name: str, found: LicenseName) -> bool:
    """True where words beside a known name make another license of it: "apache-2.0-nc"."""
    return _QUALIFIES.search(f"{name[: found.start]} {name[found.end :]}") is not None


_CHOICE = re.compile(r"\s+OR\s+|\s*/\s*|\s*\|\|?\s*|\s+or\s+", re.I)
_BOTH = re.compile(r"\s+AND\s+|\s*[,;&+]\s*", re.I)
_EXCEPTION = re.compile(r"\s+WITH\s+(?=[\w.-]*(?:exception|linking|syscall-note|runtime))[\w.-]+", re.I)
"""An exception of SPDX, which only adds permissions; "WITH Commons-Clause" is none."""


@per_catalog_up_to(4096)
def licenses_of_value(value: str) -> tuple[LicenseName, ...]:
    """The licenses that a value of a field means: one, both of an expression, or of a choice the least restrictive.

    A value that is no expression of known licenses is one name, as it stands.
    """
    whole = license_named(value)
    if whole.record is not None and whole.end - whole.start >= len(value.strip()):
        whole_id = known_license(value)
        if whole_id is not None:
            return (whole,)
    plain = _EXCEPTION.sub("", value.strip())
    plain = plain[1:-1] if plain[:1] == "(" and plain[-1:] == ")" and _depth(plain[1:-1]) == 0 else plain
    chosen = [licenses_of_value(side) for side in _sides(plain, _CHOICE)]
    if chosen and all(name.record is not None for side in chosen for name in side):
        return min(chosen, key=_strictest)
    both = [name for side in _sides(plain, _BOTH) for name in licenses_of_value(side)]
    if both and all(name.record is not None for name in both):
        return tuple(both)
    return (license_named(plain),) if plain != value.strip() else (whole,)


def _sides(value: str, operator: re.Pattern[str]) -> tuple[str, ...]:
    """What stands between the operators outside of parentheses; nothing where there is no operator."""
    cuts = [found.span() for found in operator.finditer(value) if _depth(value[: found.start()]) == 0]
    if not cuts:
        return ()
    starts, ends = (0, *(end for _, end in cuts)), (*(start for start, _ in cuts), len(value))
    sides = tuple(value[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return sides if all(sides) else ()


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")


def _strictest(names: tuple[LicenseName, ...]) -> int:
    return max(map(_level, names))


def _level(name: LicenseName) -> int:
    known = name.record.license_class if name.record is not None else None
    return known.level if known is not None else 99


def find_license_names(text: str) -> Iterator[LicenseName]:
    """The licenses that a text names, in its order, none within another."""
    yield from _names_in(text)


@per_catalog_up_to(8192)
def _names_in(text: str) -> tuple[LicenseName, ...]:
    able = _spellings().able(text.lower())
    found = [
        name
        for bit, entry in _entries()
        if able & bit and (match := entry.find.search(text))
        for name in entry.names(text, match)
    ]
    found.sort(key=_longest_first)
    end = -1
    kept: list[LicenseName] = []
    for name in found:
        if name.start >= end:
            kept.append(name)
            end = name.end
    kept.extend(_generic(text, kept, able))
    return tuple(sorted(kept, key=_longest_first))


def same_license(one: LicenseName, other: LicenseName) -> bool:
    """True where two names can mean the same license: a family and one of its versions, or the same words."""
    if _stem(one.alias) == _stem(other.alias) and _stem(one.alias) in (one.alias, other.alias):
        return True
    if one.record is not None and other.record is not None:
        return _same_record(one.record, other.record) or (one.alias == other.alias)
    if _stem(one.alias) == _stem(other.alias):
        return True
    return bool(_telling_words(one) & _telling_words(other))


def _same_record(one: Record, other: Record) -> bool:
    if one.id == other.id:
        return True
    for family, member in ((one, other), (other, one)):
        if family.is_family and _is_of_family(member, family):
            return True
    if one.family != other.family or _stem(one.id) != _stem(other.id):
        return False
    return one.version is None or other.version is None


def _is_of_family(member: Record, family: Record) -> bool:
    """True where a record is of a family: by its own word, as one of the versions, or by a name that begins so."""
    if member.family == family.family or member.id.startswith(f"{family.id}-"):
        return True
    return any(version.id == member.id for version in family.versions)


def _stem(alias: str) -> str:
    return _VERSION_TAIL.sub("", alias.lower().replace("_", "-").replace(" ", "-"))


def _telling_words(name: LicenseName) -> frozenset[str]:
    words = f"{name.text} {name.alias}"
    if name.record is not None:
        words += f" {name.record.name} {name.record.steward or ''} {name.record.family}"
    return frozenset(word for word in _WORDS.findall(words.lower().replace("_", " ")) if word not in _nameless())


def _longest_first(name: LicenseName) -> tuple[int, int]:
    return name.start, -name.end


@dataclass(frozen=True, slots=True)
class _Entry:
    """One way in which a license is written, from `rules/cards/names.yaml`."""

    data: dict[str, Any]
    find: re.Pattern[str]

    def names(self, text: str, first: re.Match[str]) -> Iterator[LicenseName]:
        for match in self.find.finditer(text, first.start()):
            if _MODIFIED.search(text, max(0, match.start() - 24), match.start()) or _BASED.match(text, match.end()):
                continue
            alias = self._alias(match)
            words = match.group().strip()
            record = known_license(alias)
            if record is None and "unversioned" in self.data:
                record = known_license(alias + self.data["unversioned"])
            yield LicenseName(text=words, alias=alias, record=record, start=match.start(), end=match.end())

    def _alias(self, match: re.Match[str]) -> str:
        groups = match.groupdict()
        version = groups.get("v") or groups.get("w")
        if version and not self.data.get("raw_version"):
            version = _versions().get(version, version)
        alias: str = self.data["id"]
        for part, tail in self.data.get("parts", {}).items():
            alias += tail if groups.get(part) else ""
        if "version" in self.data:
            alias += self.data["version"] if version else ""
        elif version is None:
            alias = self.data.get("bare", alias)
        return alias.replace("{v}", (version or "").replace("_", "."))


def _generic(text: str, kept: list[LicenseName], able: int) -> Iterator[LicenseName]:
    """Names that only call themselves a license, where no known name stands."""
    for bit, pattern in _generics():
        for match in pattern.finditer(text) if able & bit else ():
            if any(match.start() < name.end and name.start < match.end() for name in kept):
                continue
            words = match["words"].strip(" -《")
            if not match.groupdict().get("v") and _is_nameless(words):
                continue
            if words.lower().startswith("modified"):
                continue
            whole = re.sub(r"^(?:(?:the|our|its|a|an)\s+)+", "", match.group().strip("《》 "), flags=re.I)
            record = known_license(whole) or known_license(words)
            alias = record.id if record else re.sub(r"[\s_]+", "-", whole.lower())
            yield LicenseName(text=whole, alias=alias, record=record, start=match.start(), end=match.end())


def _is_nameless(words: str) -> bool:
    return all(word.lower().strip("[]()'’") in _nameless() for word in re.split(r"[\s_-]+", words))


@per_catalog
def _spellings() -> Prefilter:
    """Which of the ways in which licenses are written can stand in a text."""
    from licensecheck.text.literals import Prefilter

    data = load_vocabulary("names")
    ways = {str(number): entry["find"] for number, entry in enumerate(data["names"])}
    return Prefilter({**ways, **{name: data[name] for name in _GENERICS}})


_GENERICS = ("generic", "generic_han")


@per_catalog
def _entries() -> tuple[tuple[int, _Entry], ...]:
    entries = []
    for number, data in enumerate(load_vocabulary("names")["names"]):
        flags = 0 if data.get("case") else re.IGNORECASE
        entries.append((_spellings().bit(str(number)), _Entry(data, re.compile(data["find"], flags))))
    return tuple(entries)


@per_catalog
def _generics() -> tuple[tuple[int, re.Pattern[str]], ...]:
    data = load_vocabulary("names")
    return tuple((_spellings().bit(name), re.compile(data[name])) for name in _GENERICS)


@per_catalog
def _versions() -> dict[str, str]:
    versions: dict[str, str] = load_vocabulary("names")["versions"]
    return versions


@per_catalog
def _nameless() -> frozenset[str]:
    return frozenset(load_vocabulary("names")["nameless"])
