"""What was reviewed: the facts as stated, and the texts that were read, with what a signature needs of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.catalog.phrasing import category_words, kind_label, place_name
from licensecheck.catalog.records import find_record
from licensecheck.domain.findings import RightRow, TargetReport
from licensecheck.domain.licenses import Evidence, LedgerLine, LicenseReading, MatchKind, Record
from licensecheck.domain.profile import Money, Observation, Profile
from licensecheck.frozen import dataclass, field_names
from licensecheck.identify.extras import find_holders
from licensecheck.lazy import re
from licensecheck.reading.operative_clause import is_title, lead_in_of

SECTIONS = ("organization", "deployment", "derivatives", "materials")
"""The sections of a profile that state facts."""
PROFILE, NOT_STATED = "profile", "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact of the deployment: the profile's field, its value as stated, and where the value comes from.

    `words` is the value for a reader: places and categories by their names in place of their codes.
    """

    field: str
    label: str
    value: str
    words: str
    source: str

    @property
    def title(self) -> str:
        """Section and field in words: "Organization: annual revenue"."""
        return f"{self.field.partition('.')[0].capitalize()}: {self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One text or record that the report rests on, as a signature needs it."""

    title: str
    licensor: str
    version: str
    date: str
    file: str
    match: str
    sha256: str
    url: str
    read: bool
    """False where the terms come from the license record and no text was at hand."""


def fact_lines(profile: Profile) -> tuple[FactLine, ...]:
    """Every fact that a profile can state, in the order of its sections; the stated ones first in each."""
    lines: list[FactLine] = []
    for section in SECTIONS:
        part = getattr(profile, section)
        found = [_fact(section, name, getattr(part, name)) for name in field_names(part)]
        lines.extend(sorted(found, key=_is_open))
    return tuple(lines)


def stated_facts(profile: Profile) -> tuple[FactLine, ...]:
    """The facts that the profile states."""
    return tuple(line for line in fact_lines(profile) if line.source != NOT_STATED)


def open_facts(profile: Profile) -> tuple[str, ...]:
    """The fields that the profile leaves open, a line for each of its sections: "organization: employees, ..."."""
    found: dict[str, list[str]] = {}
    for line in fact_lines(profile):
        if line.source == NOT_STATED:
            found.setdefault(line.field.partition(".")[0], []).append(line.label)
    return tuple(f"{section.replace('_', ' ')}: {', '.join(labels)}" for section, labels in found.items())


def profile_line(profile: Profile) -> str:
    """The file of the profile with the hash of what it stated."""
    named = f"Profile {profile.path}" if profile.path else "Profile as stated"
    return f"{named}, sha256:{profile.sha256}" if profile.sha256 else named


def facts_by_section(profile: Profile) -> tuple[tuple[str, str], ...]:
    """The stated facts in words, by section: ("Organization", "name: Acme AG; domicile: Germany")."""
    found: dict[str, list[str]] = {}
    for line in stated_facts(profile):
        found.setdefault(line.field.partition(".")[0].capitalize(), []).append(f"{line.label}: {line.words}")
    return tuple((section, "; ".join(facts)) for section, facts in found.items())


def text_lines(target: TargetReport) -> Iterator[TextLine]:
    """The texts and records that bind the target."""
    texts = {document.path: document.text for document in target.documents}
    for reading in target.readings:
        yield _text(reading, texts.get(reading.path, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLine:
    """A right that the deployment needs, what became of it, and the clause that grants it."""

    right: str
    status: str
    granted_by: str
    quote: str
    limited_by: str
    key: str
    """The status as data: granted, limited, presumed, refused, not-granted or not-understood."""
    text: str = ""
    """The license or text that is asked for the right."""

    @property
    def limits(self) -> str:
        """What limits or refuses the right, as a phrase: "limit: for non-commercial purposes"."""
        if not self.limited_by:
            return ""
        return f"{'see' if self.key == 'refused' else 'limit:'} {self.limited_by}"


def grouped_rights(lines: Iterable[RightLine]) -> list[list[RightLine]]:
    """The rights in their order, those with the same result, clause and limits together."""
    found: dict[tuple[str, ...], list[RightLine]] = {}
    for line in lines:
        found.setdefault((line.text, line.status, line.granted_by, line.limited_by, line.quote), []).append(line)
    return list(found.values())


_RIGHT_WORDS = {
    "granted": "granted",
    "limited": "granted within a limit",
    "presumed": "not granted in words; the clause that regulates it is quoted",
    "refused": "refused",
    "not-granted": "no grant found",
    "not-understood": "grant not understood",
}


def right_lines(target: TargetReport) -> tuple[RightLine, ...]:
    """The rights that are needed or may be, in the order of the profile."""
    ledgers = {reading.path: reading.ledger for reading in target.readings if reading.path}
    return tuple(
        RightLine(
            right=row.says if row.needed else f"{row.says} (not known whether needed)",
            status=_RIGHT_WORDS.get(row.status, row.status),
            granted_by=" ".join(part for part in (row.license, _clause(row)) if part),
            quote=_quoted(row.evidence, ledgers),
            limited_by=words_of_limits(row),
            key=row.status,
            text=row.license or "",
        )
        for row in target.rights
    )


def words_of_limits(row: RightRow) -> str:
    """What limits a right, in words: what a limiter of the grant leaves of it, or the terms that refuse it."""
    limits = {} if row.status == "refused" else load_knowledge().rights.limits
    told = [name for name in row.limited_by if name != _SOME_PURPOSES or len(row.limited_by) == 1]
    return ", ".join(limits[name].says if name in limits else kind_label(name) for name in told)


def _clause(row: RightRow) -> str:
    """The clause of the grant, else the line in which it stands."""
    return row.clause or (f"line {row.evidence.line}" if row.evidence else "")


_SOME_PURPOSES = "only"
"""The limiter that says less than any that stands beside it."""


def _quoted(evidence: Evidence | None, ledgers: Mapping[str, Sequence[LedgerLine]]) -> str:
    """The passage on one line, an item of a list with the words that lead into it."""
    if evidence is None:
        return ""
    lead_in = lead_in_of(evidence, ledgers.get(evidence.path, ()))
    return " ".join(f"{lead_in} […] {evidence.quote}".split() if lead_in else evidence.quote.split())


def unread_files(target: TargetReport) -> tuple[str, ...]:
    """The documents that were found and not read, with the reason."""
    return tuple(f"{document.path} ({document.unread})" for document in target.documents if document.unread)


def _is_open(line: FactLine) -> bool:
    return line.source == NOT_STATED


def _fact(section: str, name: str, value: Any) -> FactLine:
    stated = value is not None and value != ()
    return FactLine(
        field=f"{section}.{name}",
        label=name.replace("_", " ").replace("ai ", "AI "),
        value=_words(value) if stated else "",
        words=_named(name, value) if stated else "",
        source=PROFILE if stated else NOT_STATED,
    )


_NAMES = {"domicile": place_name, "regions": place_name, "decided": category_words}
"""The fields that hold codes, and how a code is named."""


def _named(name: str, value: Any) -> str:
    """The value for a reader."""
    naming = _NAMES.get(name)
    if naming is None:
        return _words(value)
    return ", ".join(map(naming, value)) if isinstance(value, tuple) else naming(str(value))


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Observation):
        return f"{value.value:,.0f}" + (f" ({value.as_of})" if value.as_of else "")
    if isinstance(value, Money):
        return f"{value.amount:,.0f} {value.currency}" + (f" ({value.as_of})" if value.as_of else "")
    if isinstance(value, tuple):
        return ", ".join(map(_words, value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _text(reading: LicenseReading, text: str) -> TextLine:
    identity = reading.identity
    record = find_record(identity.id) if identity.id else None
    read = reading.source == "text"
    version = identity.version or (record.version if record else None) or reading.record_version or ""
    date = ((record.effective or record.date) if record else None) or ""
    return TextLine(
        title=identity.heading or _own_title(text) or reading.label,
        licensor=_licensor(record, text),
        version="" if version == date else version,
        date=date,
        file=reading.path if read else "license record",
        match=_match(reading) if read else "no text at hand",
        sha256=reading.sha256,
        url=(record.url if record else None) or "",
        read=read,
    )


_TITLED = re.compile(r"\b(?:licen[cs]e|agreement|terms|policy|conditions)\b", re.IGNORECASE)


def _own_title(text: str) -> str:
    """The first line of a text, where it names a license or policy."""
    line = next((line.strip(" #*_=-\t") for line in text.splitlines() if line.strip(" #*_=-\t")), "")
    return line if _TITLED.search(line) and is_title(line) else ""


def _match(reading: LicenseReading) -> str:
    """How the text relates to the known license, in words."""
    identity = reading.identity
    if identity.id is None:
        return "not a known license"
    if identity.match is MatchKind.EXACT:
        return "word for word" if identity.coverage > _WHOLE else f"word for word, {identity.coverage:.0%} of it"
    return f"{identity.match.value}, {identity.coverage:.0%} the same"


_WHOLE = 0.995
"""The share of a license's words from which on a text is the whole of it."""


def _licensor(record: Record | None, text: str) -> str:
    """The party that the text names, by region where it tells them apart; else who holds the copyright by its lines.

    Who publishes a text for others to use ("Apache License") is not its licensor, and is told as its publisher.
    """
    if record is not None and record.entities:
        return " or ".join(f"{entity.name} ({entity.where})" for entity in record.entities)
    if record is not None and record.licensor:
        return record.licensor
    steward = record.steward if record is not None else None
    holders = [name for name in find_holders(text) if not steward or name.casefold() not in steward.casefold()]
    if holders:
        return f"{', '.join(holders[:_HOLDERS])} (copyright line)"
    return f"published by {steward}" if steward else ""


_HOLDERS = 3
"""How many holders of a copyright are named."""
