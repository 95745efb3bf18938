"""What was reviewed: the facts as stated, and the texts that were read, with what a signature needs of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from licensecheck.catalog.records import find_record
from licensecheck.domain.findings import TargetReport
from licensecheck.domain.licenses import Evidence, LedgerLine, LicenseReading, Record
from licensecheck.domain.profile import Money, Observation, Profile
from licensecheck.frozen import dataclass, field_names
from licensecheck.reading.operative_clause import lead_in_of

SECTIONS = ("organization", "deployment", "derivatives", "materials")
"""The sections of a profile that state facts."""
PROFILE, NOT_STATED = "profile", "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact of the deployment: the profile's field, its value in words, and where the value comes from."""

    field: str
    label: str
    value: str
    source: str


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


def text_lines(target: TargetReport) -> Iterator[TextLine]:
    """The texts and records that bind the target."""
    yield from map(_text, target.readings)


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
            granted_by=" ".join(part for part in (row.license, row.clause) if part),
            quote=_quoted(row.evidence, ledgers),
            limited_by=", ".join(kind.replace("-", " ") for kind in row.limited_by),
            key=row.status,
        )
        for row in target.rights
    )


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
        label=name.replace("_", " "),
        value=_words(value) if stated else "",
        source=PROFILE if stated else NOT_STATED,
    )


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


def _text(reading: LicenseReading) -> TextLine:
    identity = reading.identity
    record = find_record(identity.id) if identity.id else None
    read = reading.source == "text"
    version = identity.version or (record.version if record else None) or reading.record_version or ""
    date = ((record.effective or record.date) if record else None) or ""
    known = f"{identity.match.value}, {identity.coverage:.0%}" if identity.id else "not a known license"
    return TextLine(
        title=identity.heading or reading.label,
        licensor=_licensor(record) if record else "",
        version="" if version == date else version,
        date=date,
        file=reading.path if read else "license record",
        match=known if read else "no text at hand",
        sha256=reading.sha256,
        url=(record.url if record else None) or "",
        read=read,
    )


def _licensor(record: Record) -> str:
    """The party that the text names, by region where it tells them apart; else who keeps the text."""
    if record.entities:
        return " / ".join(f"{entity.name} ({entity.where})" for entity in record.entities)
    return record.licensor or record.steward or ""
