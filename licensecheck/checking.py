"""From targets to a report: gather what is at hand, read it, evaluate it against a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from licensecheck import DATA_VERSION, __version__
from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.catalog.knowledge import knowledge_sources
from licensecheck.catalog.profile_files import load_materials
from licensecheck.catalog.records import find_by_sha256, find_record
from licensecheck.domain.findings import Report, TargetReport, Verdict
from licensecheck.domain.licenses import Grant, Identity, LicenseReading, MatchKind, Record
from licensecheck.domain.profile import Profile
from licensecheck.domain.subject import Document, Role, Subject
from licensecheck.frozen import replace
from licensecheck.judge.evaluate import evaluate
from licensecheck.models.files import SourceSettings

if TYPE_CHECKING:
    from licensecheck.models.described import Described

READ_ROLES = (Role.LICENSE, Role.CODE_LICENSE, Role.POLICY)
"""The roles of documents whose terms bind."""


def check_targets(
    targets: Iterable[str],
    profile: Profile,
    *,
    settings: SourceSettings | None = None,
    today: str | None = None,
    strict: bool = False,
) -> Report:
    """The report on some targets; `today` (ISO 8601) decides whether approvals have run out.

    `strict`: nothing modified, unread or unknown is approved.
    """
    from licensecheck.models.target import load_subject  # a scan has no use for the readers

    materials = load_materials(profile)
    reports = []
    for target in targets:
        subject = load_subject(target, settings=settings or SourceSettings())
        readings = gather_readings(subject)
        reports.append(evaluate(subject, readings, profile, today=today, materials=materials, strict=strict))
    return make_report(reports, profile, today=today)


def check_described(
    described: Described, profiles: Iterable[Profile], *, today: str | None = None
) -> tuple[TargetReport, ...]:
    """The reports on a model of which a list tells, one for each profile; its texts are read once."""
    from licensecheck.models.described import load_described

    subject = load_described(described)
    readings = gather_readings(subject)
    reports: list[TargetReport] = []
    for profile in profiles:
        openness = reports[0].openness if reports else None
        materials = load_materials(profile)
        reports.append(evaluate(subject, readings, profile, today=today, materials=materials, openness=openness))
    return tuple(reports)


def make_report(reports: Iterable[TargetReport], profile: Profile, *, today: str | None = None) -> Report:
    """The targets' reports as one; the worst of them gives the verdict."""
    targets = tuple(reports)
    return Report(
        verdict=max((t.verdict for t in targets), key=_level, default=Verdict.APPROVED),
        targets=targets,
        profile=profile,
        tool_version=__version__,
        data_version=DATA_VERSION,
        date=today,
        knowledge=knowledge_sources(),
    )


def _level(verdict: Verdict) -> int:
    return verdict.level


def gather_readings(subject: Subject) -> tuple[LicenseReading, ...]:
    """What every text and record that binds the subject says: its own license first, then what its bases hand on.

    Last come notices and gates, which may restrict beside a license.
    """
    texts = [_read(document) for document in _once(_binding(subject))]
    records = list(_from_records(subject, texts))
    if records:
        gates = {document.sha256 for document in subject.documents if document.role is Role.GATE}
        texts = [text for text in texts if text.terms or text.sha256 not in gates]
    own = [*texts, *records]
    return (*own, *_inherited(subject, own), *_supplementary(subject, texts))


def _binding(subject: Subject) -> list[Document]:
    """The documents to read; the text at the gate of a model counts as its license where no license file is at hand.

    One that states no term only leads to the license: beside a record of it, `gather_readings` takes it for a gate.
    """
    documents = [d for d in subject.documents if d.role in READ_ROLES]
    if not any(d.role is Role.LICENSE for d in documents):
        documents.extend(replace(d, role=Role.LICENSE) for d in subject.documents if d.role is Role.GATE)
    return documents


def _supplementary(subject: Subject, read: list[LicenseReading]) -> Iterator[LicenseReading]:
    """The readings of notices and gates that were not read as a license already."""
    known = {reading.sha256 for reading in read}
    for document in _once(d for d in subject.documents if d.role.is_supplementary):
        if document.sha256 not in known:
            yield _read(document)


def _once(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents, copies of one role once."""
    first: dict[tuple[Role, str], Document] = {}
    for document in documents:
        first.setdefault((document.role, document.sha256), document)
    yield from first.values()


@per_catalog_up_to(64)
def _read(document: Document) -> LicenseReading:
    """The reading of one text; the matching machinery is loaded here and not before.

    Some are kept: the models of a list share their licenses and gates.
    """
    from licensecheck.reading.license_text import read_license

    reading = read_license(document, identity=identity_of_document(document))
    return replace(reading, role=document.role.value)


def identity_of_document(document: Document) -> Identity:
    """Which license a document is: by the hash of its file where a record holds it, else by its words."""
    from licensecheck.identify.identify import identity_of
    from licensecheck.reading.compiled import known_words

    record = find_by_sha256(document.sha256) if document.sha256 else None
    found = identity_of(document.text, vocabulary=known_words)
    return found if record is None or found.match is MatchKind.EXACT else record_identity(record)


def record_identity(record: Record) -> Identity:
    """The identity of the very text that a record was read from."""
    ids = {scheme: names[0] for scheme, names in record.ids.items() if names}
    return Identity(
        match=MatchKind.EXACT, id=record.id, name=record.name, version=record.version, coverage=1.0, ids=ids
    )


def _from_records(subject: Subject, texts: list[LicenseReading]) -> Iterator[LicenseReading]:
    """Readings from the records of declared licenses whose text is not at hand, and of their policies.

    Of one whose text is at hand in a changed copy, what the copy does not state any more.
    """
    exact = _exact(texts)
    has_policy = any(reading.role == Role.POLICY.value for reading in texts)
    for license_id in subject.record_ids:
        record = find_record(license_id)
        if record is None or _is_at_hand(record, exact):
            continue
        copies = _copies(record, texts)
        yield from _left_out(read_record(record), copies)
        for policy in () if has_policy or copies else record.incorporates:
            part = find_record(policy)
            if part is not None and part.id not in exact and part.terms is not None:
                yield read_record(part, role="policy")


def _exact(readings: Iterable[LicenseReading]) -> set[str | None]:
    """The licenses whose very text was read."""
    return {reading.identity.id for reading in readings if reading.identity.match is MatchKind.EXACT}


def _copies(record: Record, readings: Iterable[LicenseReading]) -> list[LicenseReading]:
    return [reading for reading in readings if _is_at_hand(record, {reading.identity.id})]


def _left_out(reading: LicenseReading, copies: list[LicenseReading]) -> Iterator[LicenseReading]:
    """The reading less what copies of the license state anyway, the grant aside; nothing where they state it all."""
    if not copies:
        yield reading
        return
    stated = {term.key for copy in copies for term in copy.terms}
    if any(term.key not in stated for term in reading.terms):
        kept = tuple(term for term in reading.terms if term.key not in stated or term.kind == "copyright-grant")
        yield replace(reading, terms=kept)


def _is_at_hand(record: Record, at_hand: set[str | None]) -> bool:
    """True where the text of the license, or of one version of a family, was read."""
    return record.id in at_hand or any(version.id in at_hand for version in record.versions)


def read_record(record: Record, *, role: str = "license", inherited_from: str | None = None) -> LicenseReading:
    """What a record says of its license; terms that nobody has read stay unknown.

    One that a base hands on has the terms that bind further. A record that was read before gives the same reading.
    """
    kept = _known_readings()
    key = id(record), role, inherited_from
    if key not in kept:
        if len(kept) >= MAX_READINGS:
            kept.clear()
        reading = _reading_of(record, role=role, inherited_from=inherited_from)
        if inherited_from is not None:
            reading = replace(reading, terms=tuple(term for term in reading.terms if term.kind in record.hands_on))
        kept[key] = reading, record
    return kept[key][0]


MAX_READINGS = 2_000
"""How many readings of records are kept."""


@per_catalog
def _known_readings() -> dict[tuple[int, str, str | None], tuple[LicenseReading, Record]]:
    """Readings by the very record, role and base that they are of, the record held beside."""
    return {}


def _reading_of(record: Record, *, role: str, inherited_from: str | None) -> LicenseReading:
    read = record.read
    return LicenseReading(
        path=f"record {record.id}",
        sha256=read.sha256 if read else next(iter(record.sha256), ""),
        identity=record_identity(record),
        license_class=record.license_class,
        terms=record.terms or (),
        grants=record.grants or _granted_terms(record),
        facts=record.facts,
        source="record",
        record_version=record.version or record.date,
        role=role,
        inherited_from=inherited_from,
    )


def _granted_terms(record: Record) -> tuple[Grant, ...]:
    """The grants of a record that was read before grants were kept, or whose text is not at hand to read again."""
    granting = (term for term in record.terms or () if term.kind == "copyright-grant")
    named = ((term, term.attributes.get("rights")) for term in granting)
    return tuple(
        Grant(rights=rights, clause=term.clause) for term, rights in named if isinstance(rights, tuple) and rights
    )


def _inherited(subject: Subject, own: list[LicenseReading]) -> Iterator[LicenseReading]:
    """What the licenses of the bases hand on, each license once and none that the subject bears itself.

    A changed copy of the base's license takes nothing away: what it does not state any more is handed on.
    """
    seen = _exact(own)
    for ancestor in subject.lineage:
        for name in ancestor.licenses or ((ancestor.license,) if ancestor.license else ()):
            record = find_record(name)
            if record is None or _is_at_hand(record, seen):
                continue
            seen.add(record.id)
            yield from _left_out(read_record(record, inherited_from=ancestor.model), _copies(record, own))
