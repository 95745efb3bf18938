"""One plain sentence, a label and a table cell for a term, from its kind and attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Protocol

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.phrasing import OF_CHECK, Pattern, load_phrasing, place_name
from licensecheck.domain.findings import (
    Against,
    Finding,
    FindingChange,
    Question,
    Report,
    Status,
    TargetReport,
    Verdict,
)
from licensecheck.domain.licenses import Evidence, LicenseReading, Term, Value
from licensecheck.lazy import re

_FIELD = re.compile(r"\{(\w+)(?:\|(\w+))?\}")


class Stated(Protocol):
    """A term or a finding: whatever has a kind and attributes."""

    @property
    def kind(self) -> str:
        """The kind, as in `rules/terms.yaml`."""

    @property
    def attributes(self) -> Mapping[str, Value]:
        """The attributes of that kind."""


def describe(term: Stated) -> str:
    """What the term says, in one sentence; a kind that has no sentence is named."""
    saying = load_phrasing().kinds.get(term.kind)
    if saying is None:
        return f"{label_of(term)}."
    sentence = (_first(saying.says, term) or f"{saying.label}.").replace(".”.", ".”")
    riders = [text for pattern in saying.also if (text := _fill(pattern, term))]
    return f"{sentence.removesuffix('.')} ({'; '.join(riders)})." if riders else sentence


def todo_of(finding: Finding) -> str | None:
    """What is to be done, with the words that the text prescribes; else the remedy of the finding."""
    saying = load_phrasing().kinds.get(finding.kind)
    if finding.remedy is None or finding.status not in (Status.ACTION, Status.REVIEW) or saying is None:
        return finding.remedy
    named = Term(kind=finding.kind, attributes={**finding.attributes, "places": _places_in(finding.evidence)})
    return _first(saying.todo, named) or finding.remedy


def _places_in(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The places that the passages name in which something can be shown, as everyday words, in their order."""
    text = " ".join(" ".join(each.quote.split()) for each in evidence).lower()
    found = ((text.find(written), said) for written, said in load_phrasing().words.get("places", {}).items())
    return tuple(dict.fromkeys(said for at, said in sorted(found) if at >= 0))


def label_of(term: Stated) -> str:
    """The term's name for headings and rows: its label, and the category of a prohibited use."""
    saying = load_phrasing().kinds.get(term.kind)
    label = saying.label if saying else term.kind.replace("-", " ").capitalize()
    category = term.attributes.get("category")
    return f"{label} ({word_for('category', category)})" if isinstance(category, str) else label


def cell_of(term: Stated) -> str:
    """The term in a few words, for a table."""
    saying = load_phrasing().kinds.get(term.kind)
    return (_first(saying.cells, term) if saying else None) or "stated"


def is_term(kind: str) -> bool:
    """True for what a license states, false for a finding of the check itself."""
    return kind in load_data("terms.yaml")["terms"]


def group_of(kind: str) -> str:
    """The group of a kind: grant, condition, limit, power or legal."""
    saying = load_phrasing().kinds.get(kind)
    return saying.group if saying else OF_CHECK


def rank_of(kind: str) -> int:
    """Where reports list the kind; unknown kinds come last."""
    kinds = list(load_phrasing().kinds)
    return kinds.index(kind) if kind in kinds else len(kinds)


def words_for(kind: str, attribute: str, value: Value) -> str:
    """An attribute's value as the sentences of its kind write it."""
    saying = load_phrasing().kinds.get(kind)
    for pattern in (*saying.says, *saying.also) if saying else ():
        for found in _FIELD.finditer(pattern.text):
            if found.group(1) == attribute:
                return _show(attribute, value, found.group(2))
    return _show(attribute, value, None)


def word_for(attribute: str, value: str) -> str:
    """The everyday words for an attribute's value."""
    return load_phrasing().words.get(attribute, {}).get(value, value)


def _first(patterns: tuple[Pattern, ...], term: Stated) -> str | None:
    return next((text for pattern in patterns if (text := _fill(pattern, term))), None)


def _fill(pattern: Pattern, term: Stated) -> str | None:
    """The pattern with its fields filled; None where it is not for this term or a field is not stated."""
    if any(term.attributes.get(name) != value for name, value in pattern.when.items()):
        return None
    if pattern.proviso and pattern.proviso not in getattr(term, "provisos", ()):
        return None
    names = [found.group(1) for found in _FIELD.finditer(pattern.text)]
    if any(term.attributes.get(name) in (None, ()) for name in names):
        return None

    def shown(found: re.Match[str]) -> str:
        name, style = found.groups()
        return _show(name, term.attributes[name], style)

    return _FIELD.sub(shown, pattern.text)


def _show(name: str, value: Value, style: str | None) -> str:
    if isinstance(value, tuple):
        either = style == "quoted" or name == "places"
        return _join([_show(name, item, style) for item in value], last="or" if either else "and")
    if isinstance(value, str):
        return _word(name, value, style)
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return str(value)


def _word(name: str, value: str, style: str | None) -> str:
    if style == "quoted":
        return f"“{value}”"
    return place_name(value) if style == "place" else word_for(name, value)


def _join(items: list[str], *, last: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


# Which passage of several a report shows first, and how it names the files that they stand in.


NAMED_SECTION = re.compile(r"[A-Za-z]{3}")
"""How a section begins that says itself what it is."""


def clause_words(evidence: Evidence) -> str:
    """The section with its sign, else the line; a section that names itself ("Annex B") needs no sign."""
    if evidence.section is None:
        return f"line {evidence.line}"
    return evidence.section if NAMED_SECTION.match(evidence.section) else f"§ {evidence.section}"


def file_names(target: TargetReport) -> Mapping[str, str]:
    """The path of each file that is quoted, cut to its name where no other file has that name."""
    quoted = [evidence for finding in target.findings for evidence in finding.evidence]
    quoted += [line.evidence for reading in target.readings for line in reading.ledger]
    return short_paths(evidence.path for evidence in quoted)


def short_paths(paths: Iterable[str]) -> Mapping[str, str]:
    """Each path cut to the name of its file where no other of the paths has that name."""
    different = set(paths)
    shared = Counter(PurePath(path).name for path in different)
    return {path: PurePath(path).name if shared[PurePath(path).name] == 1 else path for path in different}


# The words that reports use for verdicts, statuses, places, triggers and texts.


VERDICT_WORDS = {
    Verdict.APPROVED: "Approved",
    Verdict.CONDITIONAL: "Conditional",
    Verdict.NEEDS_REVIEW: "Needs review",
    Verdict.DENIED: "Denied",
}
VERDICT_MEANINGS = {
    Verdict.APPROVED: "Every right that is needed is granted, and every sentence was read.",
    Verdict.CONDITIONAL: "It may go ahead once the actions are done.",
    Verdict.NEEDS_REVIEW: "Open questions must be answered first.",
    Verdict.DENIED: "The license does not permit this deployment.",
}
DECIDING = {
    Verdict.CONDITIONAL: Status.ACTION,
    Verdict.NEEDS_REVIEW: Status.REVIEW,
    Verdict.DENIED: Status.VIOLATION,
}
"""The status of the findings that give the verdict."""
STATUS_WORDS = {
    Status.REVIEW: "Review",
    Status.VIOLATION: "Violation",
    Status.ACTION: "Action",
    Status.WAIVED: "Waived",
    Status.MET: "Met",
    Status.NOT_APPLICABLE: "Not applicable",
}
INFORMATIONAL_WORD = "Info"
"""In place of "met" for a term that no deployment can keep or break."""
_NAMED = 4
"""How many findings or categories are named where there are several."""


def made_by(report: Report) -> str:
    """What made the report, from which profile and on which day, and what it is not."""
    profile = f"profile {report.profile.path}" if report.profile.path else "no profile given"
    day = f", {report.date}" if report.date else ""
    return f"licensecheck {report.tool_version}, data {report.data_version}, {profile}{day}. No legal advice."


def against_title(against: Against) -> str:
    """Which earlier report this one is set against, and what its verdict was."""
    day = f" of {against.date}" if against.date else ""
    return f"Since {against.path}{day} ({VERDICT_WORDS[against.verdict].lower()})"


def change_words(change: FindingChange) -> str:
    """What became of a finding since the earlier report, in one line."""
    moved = " to ".join(filter(None, (change.before, change.after)))
    license_name = f" [{change.license}]" if change.license else ""
    return f"{change.since.value}: {change.label} ({moved}): {change.message}{license_name}"


def finding_key(finding: Finding) -> tuple[str, str, str]:
    """What names a finding from one report to the next: its license, its kind, and what it is about."""
    return finding.license or "", finding.kind, finding.about


def assigned_rows(report: Report) -> list[tuple[str, str, str]]:
    """Finding, owner and day of what is assigned, in the order of the report; what stands in no finding is left out."""
    owners = {each.finding: each for each in report.assigned}
    findings = [finding for target in report.targets for finding in target.findings]
    told = {finding_key(finding): f"{label_of(finding)}, {finding.license}".rstrip(", ") for finding in findings}
    return [(label, owners[key].owner, owners[key].due) for key, label in told.items() if key in owners]


def decided_by(question: Question) -> str:
    """What the answer decides, in words; the categories of one kind stand together."""
    kinds: dict[str, list[str]] = {}
    for name in question.decides:
        kind, _, category = name.partition(" (")
        kinds.setdefault(kind, []).extend([category.rstrip(")")] if category else [])
    return ", ".join(_several(kind, categories) for kind, categories in kinds.items())


def _several(kind: str, categories: list[str]) -> str:
    label = label_of(Term(kind=kind))
    if len(categories) > _NAMED:
        return f"{label} ({len(categories)} categories)"
    words = ", ".join(word_for("category", category) for category in categories)
    return f"{label} ({words})" if words else label


def reason_for(verdict: Verdict, labels: Iterable[str]) -> str:
    """What the verdict means and which findings give it, the first few by name."""
    meaning, named = VERDICT_MEANINGS[verdict], list(dict.fromkeys(labels))
    if not named:
        return meaning
    rest = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"{meaning.removesuffix('.')}: {', '.join(named[:_NAMED])}{rest}."


SIZE = "above-threshold"
"""The trigger that tells who is bound."""


def describe_text(reading: LicenseReading) -> str:
    """Which license was read where, how sure that is, and the hash of the text."""
    identity = reading.identity
    name = identity.name or identity.id or "unknown license"
    if reading.source == "record":
        whose = f", handed on by {reading.inherited_from}" if reading.inherited_from else ""
        version = f", version {reading.record_version}" if reading.record_version else ""
        return f"{name}: from the license record{version}, no text at hand{whose}{_hashed(reading)}"
    if identity.id is None:
        return f"{reading.path}: not a known license{_hashed(reading, lead=', ')}"
    match = f"{identity.match.value}, {identity.coverage:.0%} known"
    if identity.title:
        like = f"no known license; {identity.coverage:.0%} like {name}"
        return f"{identity.title}: {reading.path} ({like}{_hashed(reading, lead=', ')})"
    return f"{name}: {reading.path} ({match}{_hashed(reading, lead=', ')})"


def _hashed(reading: LicenseReading, *, lead: str = "; made from the text with ") -> str:
    """The beginning of the hash, where there is a text."""
    return f"{lead}sha256 {reading.sha256[:12]}…" if reading.sha256 else ""


def place_words(evidence: Evidence, *, file: str) -> str:
    """Section, file and line; a section that names itself ("Annex B") is not named again."""
    section = evidence.section or ""
    named = section if NAMED_SECTION.match(section) else f"section {section}"
    place = f"{file}, line {evidence.line}"
    return f"{named}, {place}" if section else place


def triggers_words(triggers: Iterable[str]) -> str:
    """What sets a term off in one phrase; a size says who is bound, and goes with each of the others."""
    names = list(triggers)
    acts = " or ".join(trigger_words(name) for name in names if name != SIZE or len(names) == 1)
    return f"{acts} {trigger_words(SIZE)}" if SIZE in names and len(names) > 1 else acts


def trigger_words(trigger: str) -> str:
    """A trigger in everyday words; names joined by + must all happen."""
    return " and ".join(word_for("trigger", name) for name in trigger.split("+"))
