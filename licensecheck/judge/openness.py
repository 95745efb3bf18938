"""How open a model is, on axes that are never averaged: the license, the release, the claim."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.catalog.phrasing import Component, OsdCriterion, load_components, load_osd, load_part_scopes
from licensecheck.catalog.records import find_record
from licensecheck.domain.findings import Criterion, Openness
from licensecheck.domain.licenses import LicenseClass, LicenseReading, MatchKind, Term
from licensecheck.domain.subject import Subject
from licensecheck.frozen import dataclass, replace
from licensecheck.judge.case import Situation
from licensecheck.text.markup import cut_words

# The criteria of the Open Source Definition that a license fails, each with the clause that fails it.


def failed_criteria(readings: tuple[LicenseReading, ...]) -> tuple[Criterion, ...]:
    """The failed criteria in the order of the definition."""
    return tuple(failed for criterion in load_osd() if (failed := _failed(criterion, readings)) is not None)


def is_ruled_out(term: Term, reading: LicenseReading) -> bool:
    """True for a limit that fails the definition, in an unedited license that was found to meet it."""
    approved = reading.license_class is LicenseClass.OSI_APPROVED and reading.identity.match is MatchKind.EXACT
    return approved and any(_breaks(criterion, term) for criterion in load_osd())


def _failed(criterion: OsdCriterion, readings: tuple[LicenseReading, ...]) -> Criterion | None:
    breaches = [(reading, term) for reading in readings for term in reading.terms if _breaks(criterion, term)]
    if not breaches:
        return None
    kinds = sorted({term.kind.replace("-", " ") for _, term in breaches})
    return Criterion(
        id=criterion.id,
        title=criterion.title,
        status="not-met",
        message=f"the license {criterion.says} ({', '.join(kinds)})",
        evidence=tuple(evidence for _, term in breaches for evidence in term.evidence[:1]),
        basis=_basis(breaches),
    )


def _breaks(criterion: OsdCriterion, term: Term) -> bool:
    if term.kind == "scale-threshold":
        return str(term.attributes.get("consequence")) in criterion.thresholds
    if term.kind not in criterion.kinds:
        return False
    attribute, values = criterion.when.get(term.kind, (None, frozenset()))
    return attribute is None or term.attributes.get(attribute) in values


def _basis(breaches: Sequence[tuple[LicenseReading, Term]]) -> str:
    """Every clause that fails the criterion, license by license, in the order of the texts."""
    clauses: dict[str, dict[str, None]] = {}
    for reading, term in breaches:
        clause = term.clause or next((e.section for e in term.evidence if e.section), None)
        clauses.setdefault(reading.label, {}).update({clause: None} if clause else {})
    return "; ".join(" ".join(filter(None, (label, ", ".join(found)))) for label, found in clauses.items())


# What a release holds, as card and folder show it: weights, code, data, papers.


GOT = {"public": True, "gated": True, "api-only": False, "announced": False}
OPEN_CLASSES = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
MOF_CLASSES = ("III", "II", "I")
"""From the least to the most open; each class asks for all of those before it."""
MET, NOT_MET, NOT_KNOWN = "met", "not-met", "not-known"
_RANK = {MET: 0, NOT_KNOWN: 1, NOT_MET: 2}
UNLICENSED = "its license is not at hand"
NAMED_DATA = "The card speaks of its training data; whether it tells enough of them, a person has to judge."
NOT_LOOKED = "Neither card nor folder is at hand."


def is_open_weight(subject: Subject, license_class: LicenseClass | None) -> bool | None:
    """Whether the weights can be had by who accepts the license; a card speaks for weights to be had."""
    if subject.availability is not None:
        return GOT.get(subject.availability)
    if license_class is LicenseClass.PROPRIETARY:
        return None
    return True if subject.card is not None else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of a component: its status, why, and whether it is there at all."""

    status: str
    message: str
    found: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Release:
    """What a definition is judged on: the subject, the classes of the licenses of weights and code, the weights."""

    subject: Subject
    license_class: LicenseClass | None
    code_class: LicenseClass | None
    weights: bool | None
    failed: tuple[Criterion, ...] = ()
    """The criteria of the Open Source Definition that the license of the weights fails."""


def judge_components(name: str, release: _Release) -> tuple[Criterion, ...]:
    """The components of a definition, each met, not met or not known."""
    return tuple(_judge(component, release) for component in load_components(name))


def _judge(component: Component, release: _Release) -> Criterion:
    if component.axis == "weights":
        shown = _weights(release)
    elif component.axis == "card":
        shown = _in_repository("the card", release) if release.subject.card else _nothing(release)
    elif component.axis == "data":
        shown = _data_information(release)
    else:
        shown = _of_parts(component, release)
    return Criterion(
        id=component.id,
        title=component.title,
        status=shown.status,
        message=shown.message,
        basis=component.mof_class,
        found=shown.found,
    )


def _weights(release: _Release) -> _Shown:
    license_class, weights = release.license_class, release.weights
    if weights is False:
        return _Shown(NOT_MET, "No weights are released.", found=False)
    if license_class is not None and license_class not in OPEN_CLASSES:
        return _Shown(NOT_MET, f"The weights are under a {license_class.value} license.")
    if release.failed:
        return _Shown(NOT_MET, f"The license of the weights fails {_numbers(release.failed)}.")
    if weights and license_class is not None:
        return _Shown(MET, f"The weights can be had under a license of class {license_class.value}.")
    unknown = "Whether weights can be had, and under which class of license, is not known."
    return _Shown(NOT_KNOWN, unknown, found=bool(weights))


def _data_information(release: _Release) -> _Shown:
    """Whether the data are described well enough a person has to judge; shown is only that they are kept back."""
    kept_back = _part("datasets", release)
    if kept_back.status == NOT_MET and not kept_back.found:
        return kept_back
    for disclosure in release.subject.disclosures:
        if disclosure.topic == "training-data":
            disclosed = disclosure.status == "disclosed"
            return _Shown(NOT_KNOWN, NAMED_DATA if disclosed else disclosure.message, found=disclosed)
    return _nothing(release)


def _of_parts(component: Component, release: _Release) -> _Shown:
    """A component by its parts: each of them has to be shown, or the one that stands in for them."""
    judged = [_part(name, release) for name in component.parts]
    weakest = max(judged, key=_rank)
    if len(judged) > 1 and weakest.status != MET:
        name = component.parts[judged.index(weakest)].replace("-", " ")
        weakest = replace(weakest, message=f"{name.capitalize()}: {weakest.message[:1].lower()}{weakest.message[1:]}")
    if component.instead is None or weakest.status == MET:
        return weakest
    other = _part(component.instead, release)
    return other if other.found and (other.status == MET or not weakest.found) else weakest


def _rank(shown: _Shown) -> int:
    """How far it is from being met; what is not found is farther than what has no license."""
    return 2 * _RANK[shown.status] + (not shown.found)


def _part(name: str, release: _Release) -> _Shown:
    """Whether a part is shown, and open: released, and under a license of an open class."""
    part = next((part for part in release.subject.parts if part.part == name), None)
    if part is None:
        return _nothing(release)
    where = f"line {part.line} of the card" if part.line else part.path
    if part.refused:
        return _Shown(NOT_MET, f"It is not released: “{part.quote}” ({where}).", found=False)
    scope = load_part_scopes()[name]
    if part.place != "link" and scope != "code":
        return _in_repository(where, release)
    license_class, said = release.license_class, where
    if scope == "code" and release.code_class is not None:
        license_class = release.code_class
    elif part.license is not None:
        record = find_record(part.license)
        license_class, said = (record.license_class if record else None), f"{where}, which names {part.license}"
    elif part.place == "link":
        return _Shown(NOT_KNOWN, f"Named in {where}; {UNLICENSED}.")
    return _under(license_class, said)


def _in_repository(where: str, release: _Release) -> _Shown:
    """A part that lies with the weights is under their license."""
    return _under(release.license_class, where)


def _under(license_class: LicenseClass | None, where: str) -> _Shown:
    if license_class is None:
        return _Shown(NOT_KNOWN, f"Found ({where}); {UNLICENSED}.")
    if license_class in OPEN_CLASSES:
        return _Shown(MET, f"Found ({where}), under a license of class {license_class.value}.")
    return _Shown(NOT_MET, f"Found ({where}), under a {license_class.value} license.")


def _nothing(release: _Release) -> _Shown:
    """What was looked into without finding the part."""
    places = (("the card", release.subject.card), (_files(release), release.subject.files))
    looked = [what for what, there in places if there]
    message = f"Not found in {' and '.join(looked)}." if looked else NOT_LOOKED
    return _Shown(NOT_KNOWN, message, found=False)


def _files(release: _Release) -> str:
    count = release.subject.files
    return f"the names of {count} files" if count != 1 else "the name of 1 file"


def mof_class(components: tuple[Criterion, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The highest class of the Model Openness Framework that is shown, and what the next one still needs."""
    reached = None
    for name in MOF_CLASSES:
        missing = tuple(c.title for c in components if c.basis == name and c.status != MET)
        if missing:
            return reached, missing
        reached = name
    return reached, ()


# How open a model is, on axes that are never averaged: the license, the release, the claim.


LICENSE_WORDS = {
    LicenseClass.OSI_APPROVED: "under an OSI-approved license",
    LicenseClass.OPEN: "under an open license that is not on the OSI's list",
    LicenseClass.USE_RESTRICTED: "use-restricted license, not open source",
    LicenseClass.NONCOMMERCIAL: "noncommercial license, not open source",
    LicenseClass.PROPRIETARY: "proprietary license, not open source",
}
_CONTRARY = 160
"""Characters of what the card says, in a headline."""
CLAIM = "open-source-claim"


def judge_openness(situation: Situation) -> Openness:
    """The axes of openness of one target."""
    readings = tuple(r for r in situation.readings if r.role in ("license", "policy"))
    license_class = governing_class(readings)
    failed = () if license_class is LicenseClass.OSI_APPROVED else failed_criteria(readings)
    weights = is_open_weight(situation.subject, license_class)
    release = _Release(
        subject=situation.subject,
        license_class=license_class,
        code_class=_class_of(tuple(r for r in situation.readings if r.role == "code-license")),
        weights=weights,
        failed=failed,
    )
    osaid = judge_components("osaid", release)
    mof = judge_components("mof", release)
    reached, missing = mof_class(mof)
    contrary = _contrary(situation.subject, license_class)
    return Openness(
        license_class=license_class,
        open_source=None if license_class is None else license_class is LicenseClass.OSI_APPROVED,
        open_weight=weights,
        headline=headline(license_class, weights, osaid, situation.subject.availability, failed) + _but(contrary),
        reasons=tuple(f"{criterion.title}: {criterion.message}" for criterion in failed),
        osd=failed,
        osaid=osaid,
        mof=mof,
        mof_class=reached,
        mof_missing=missing,
        release=situation.subject.availability,
        claim=_claim(situation),
        contrary=contrary,
    )


def _contrary(subject: Subject, license_class: LicenseClass | None) -> tuple[str, ...]:
    """The card's own words where they restrict what an open license leaves free, each with its line."""
    if subject.card is None or license_class not in OPEN_CLASSES:
        return ()
    return tuple(f"“{cut_words(one.quote, _CONTRARY)}” (line {one.line})" for one in subject.card.restrictions)


def _but(contrary: tuple[str, ...]) -> str:
    more = f", and {len(contrary) - 1} more" if len(contrary) > 1 else ""
    return f"; but the card says {contrary[0]}{more}" if contrary else ""


def governing_class(readings: tuple[LicenseReading, ...]) -> LicenseClass | None:
    """The strictest class of the licenses; not known where that of one of them is not."""
    return _class_of(tuple(reading for reading in readings if reading.role == "license"))


def _class_of(readings: tuple[LicenseReading, ...]) -> LicenseClass | None:
    classes = [reading.license_class for reading in readings]
    known = [c for c in classes if c is not None]
    return None if not known or len(known) < len(classes) else max(known, key=_level)


def _level(license_class: LicenseClass) -> int:
    return license_class.level


def _numbers(failed: tuple[Criterion, ...]) -> str:
    """The failed criteria by their numbers: "criteria 5 and 6 of the Open Source Definition"."""
    numbers = [criterion.id.removeprefix("osd-") for criterion in failed]
    listed = " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
    return f"{'criteria' if len(numbers) > 1 else 'criterion'} {listed} of the Open Source Definition"


def headline(
    license_class: LicenseClass | None,
    weights: bool | None,
    osaid: tuple[Criterion, ...],
    availability: str | None,
    failed: tuple[Criterion, ...] = (),
) -> str:
    """The openness in the words that the field uses."""
    if availability == "announced":
        return "announced, not released: there is nothing to license"
    if availability == "api-only":
        return "offered as a service only, no weights: not open-weight, not open source"
    if license_class is None:
        return "license class not known"
    words = LICENSE_WORDS[license_class]
    joined = f"open-weight{' ' if words.startswith('under') else ', '}{words}" if weights else words
    if failed and license_class in OPEN_CLASSES:
        return f"{joined}; not open source: it fails {_numbers(failed)}"
    return joined + (_source_ai(license_class, osaid) if weights is not None else "")


def _source_ai(license_class: LicenseClass, osaid: tuple[Criterion, ...]) -> str:
    """What keeps a model under an open license from being Open Source AI, as far as that is known."""
    if license_class not in (LicenseClass.OSI_APPROVED, LicenseClass.OPEN):
        return ""
    lacking = [c.title.lower() for c in osaid if c.status == "not-met"]
    if lacking:
        return f"; not Open Source AI: no {', no '.join(lacking)}"
    open_points = [c.title.lower() for c in osaid if c.status == "not-known"]
    return f"; Open Source AI only if shown: {', '.join(open_points)}" if open_points else "; Open Source AI"


def _claim(situation: Situation) -> str | None:
    """What the card claims where it calls the model open source and its license is not."""
    card = situation.subject.card
    return next((issue.message for issue in card.issues if issue.kind == CLAIM), None) if card else None
