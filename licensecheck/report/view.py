"""The rows of a report that all faces share: what is shown, in which order, and in which words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.domain.findings import Finding, Question, Status, TargetReport
from licensecheck.domain.licenses import Evidence, LedgerLine, LicenseReading
from licensecheck.domain.profile import Profile
from licensecheck.frozen import dataclass, replace
from licensecheck.lazy import re
from licensecheck.reading.operative_clause import (
    is_list_item,
    is_title,
    lead_in_of,
    operative_first,
    without_opposites,
)
from licensecheck.report.sentences import (
    DECIDING,
    INFORMATIONAL_WORD,
    STATUS_WORDS,
    VERDICT_WORDS,
    decided_by,
    describe,
    describe_text,
    file_names,
    is_term,
    label_of,
    rank_of,
    reason_for,
    todo_of,
    triggers_words,
    word_for,
)
from licensecheck.text.markup import cut_words, plain_line

# Findings as rows: sorted as reports list them, each with its clause, trigger and passages.


Triggers = dict[tuple[str, str, int], str]
"""What sets a term off, by the kind and place of the term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding as it is shown; `key` is unique in its target.

    The passage that tells most comes first in `evidence`; `section` and `place` (file and line) are those of it, and
    `others` those of the rest, each once.
    """

    key: str
    kind: str
    status: Status
    status_word: str
    label: str
    category: str | None
    """The category of a prohibited use in everyday words."""
    message: str
    license: str | None
    section: str | None
    place: str | None
    others: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    trigger: str | None
    question: str | None
    remedy: str | None
    limit: str | None
    rule: str | None
    moves_verdict: bool
    lead_in: str | None = None
    """The words that lead into the first passage, where that is an item of a list."""

    @property
    def quote(self) -> str:
        """The passage that tells most, on one line, an item of a list with the words that lead into it."""
        quote = plain_line(self.evidence[0].quote) if self.evidence else ""
        return f"{plain_line(self.lead_in)} […] {quote}" if self.lead_in else quote

    @property
    def plain_label(self) -> str:
        """The label without its category."""
        return self.label.removesuffix(f" ({self.category})")

    @property
    def remedy_word(self) -> str:
        """What stands before the remedy."""
        return "If it applies" if self.status is Status.REVIEW and is_term(self.kind) else "To do"

    @property
    def source(self) -> str:
        """License, section and place in one phrase, and where else the term stands."""
        clause = " ".join(part for part in (self.license, self.section) if part)
        place = ", ".join(part for part in (clause, self.place) if part)
        return f"{place}; also {', '.join(self.others)}" if self.others else place

    @property
    def clause(self) -> str:
        """License and section, without file and line."""
        return " ".join(part for part in (self.license, self.sections) if part)

    @property
    def sections(self) -> str:
        """Every section in which the term stands, or its line, in the order of the text."""
        ordered = sorted(self.evidence, key=lambda evidence: evidence.start)
        return ", ".join(dict.fromkeys(map(_clause, ordered))) or self.section or ""


def make_rows(target: TargetReport) -> list[Row]:
    """A row for each finding, numbered in the order of reports."""
    triggers = _triggers_of(target.readings)
    asked = frozenset(question.text for question in target.questions)
    names = file_names(target)
    ledgers = {reading.path: reading.ledger for reading in target.readings if reading.path}
    shared = Counter(map(_place_of, _banning_passages(target.findings)))
    return [
        _row(finding, key=str(index), triggers=triggers, asked=asked, names=names, ledgers=ledgers, shared=shared)
        for index, finding in enumerate(ordered_findings(target), start=1)
    ]


def _banning_passages(findings: Iterable[Finding]) -> Iterator[Evidence]:
    return (passage for finding in findings if "category" in finding.attributes for passage in finding.evidence)


def _place_of(evidence: Evidence) -> tuple[str, int]:
    return evidence.path, evidence.start


def ordered_findings(target: TargetReport) -> list[Finding]:
    """The findings as reports list them."""
    return sorted(target.findings, key=_order)


def _order(finding: Finding) -> tuple[int, str, str, int, str]:
    start = finding.evidence[0].start if finding.evidence else 0
    return rank_of(finding.kind), label_of(finding), finding.license or "", start, finding.message


def _without_titles(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The passages without titles of clauses, unless there is nothing else to quote."""
    telling = tuple(passage for passage in evidence if not is_title(passage.quote) or is_list_item(passage.quote))
    return telling or evidence


def _row(
    finding: Finding,
    *,
    key: str,
    triggers: Triggers,
    asked: frozenset[str],
    names: Mapping[str, str],
    ledgers: Mapping[str, Sequence[LedgerLine]],
    shared: Mapping[tuple[str, int], int],
) -> Row:
    """The finding as a row; a question that the target asks once for all is not asked again.

    Of the passages that ban a use the one comes first that bans the fewest others: `shared` counts them by place.
    """
    evidence = operative_first(finding.evidence, kind=finding.kind)
    if is_term(finding.kind):
        evidence = without_opposites(evidence, kind=finding.kind)
    if "category" in finding.attributes:
        evidence = _bans_first(evidence, ledgers=ledgers, shared=shared)
    else:
        evidence = _without_titles(evidence)
    evidence = tuple(_with_closed_quotes(each, ledgers.get(each.path, ())) for each in evidence)
    clauses = dict.fromkeys(map(_clause, sorted(evidence, key=lambda each: each.start)))
    category = finding.attributes.get("category")
    return Row(
        key=key,
        kind=finding.kind,
        status=finding.status,
        status_word=_status_word(finding),
        label=label_of(finding),
        category=word_for("category", category) if isinstance(category, str) else None,
        message=finding.message if _is_complete(finding) else describe(finding),
        license=finding.license,
        section=evidence[0].section if evidence else _section_of_basis(finding),
        place=f"{names[evidence[0].path]}:{evidence[0].line}" if evidence else None,
        others=tuple(clause for clause in clauses if clause != _clause(evidence[0])),
        evidence=evidence,
        trigger=_trigger(finding, triggers),
        question=None if finding.question in asked else finding.question,
        remedy=todo_of(finding),
        limit=finding.limit,
        rule=finding.rule,
        moves_verdict=finding.moves_verdict,
        lead_in=lead_in_of(evidence[0], ledgers.get(evidence[0].path, ())) if evidence else None,
    )


def _bans_first(
    evidence: tuple[Evidence, ...],
    *,
    ledgers: Mapping[str, Sequence[LedgerLine]],
    shared: Mapping[tuple[str, int], int],
) -> tuple[Evidence, ...]:
    """The passages that ban a use: those that say it themselves, then those that ban the fewest others."""

    def weakness(passage: Evidence) -> tuple[bool, bool, int, int]:
        title = is_title(passage.quote) and lead_in_of(passage, ledgers.get(passage.path, ())) is None
        return _leads_in(passage), title, shared[_place_of(passage)], passage.start

    return tuple(sorted(evidence, key=weakness))


_EXEMPLIFIES = re.compile(r"\b(?:such as|includ\w+|for example|e\.g\.)[^.;]{0,80}[:：]$", re.I)
"""How a ban ends that says by itself what is banned, and names examples below."""
_CLOSING = 4
"""How many further sentences a text in quotation marks has at most, such as a prescribed notice."""


def _leads_in(evidence: Evidence) -> bool:
    """True for words that say what is banned in the items below them alone."""
    quote = evidence.quote.rstrip()
    return quote.endswith((":", "：")) and _EXEMPLIFIES.search(quote) is None


def _with_closed_quotes(evidence: Evidence, lines: Sequence[LedgerLine]) -> Evidence:
    """The passage with the sentences that follow it as long as quotation marks are open, as in a prescribed notice."""
    quote, end = evidence.quote, evidence.end
    at = bisect_left(lines, end, key=_start_of)
    for line in lines[at : at + _CLOSING]:
        if quote.count("“") <= quote.count("”") or line.evidence.section != evidence.section:
            break
        quote, end = f"{quote} {line.evidence.quote}", line.evidence.end
    closed = quote.count("“") <= quote.count("”")
    return replace(evidence, quote=quote, end=end) if closed and end > evidence.end else evidence


def _start_of(line: LedgerLine) -> int:
    return line.evidence.start


def _is_complete(finding: Finding) -> bool:
    """True where the message says more than the term: what decides, or what a rule about such terms alone says."""
    if finding.moves_verdict or finding.question:
        return True
    rule = next((rule for rule in load_knowledge().rules if rule.id == finding.rule), None)
    return rule is not None and rule.where is not None


def _trigger(finding: Finding, triggers: Triggers) -> str | None:
    """What sets the term off: as the text says, else as the rule that decided takes it."""
    first = finding.evidence[0] if finding.evidence else None
    stated = triggers.get((finding.kind, first.path, first.start)) if first else None
    rule = next((rule for rule in load_knowledge().rules if rule.id == finding.rule), None)
    assumed = triggers_words(rule.triggers) if rule else ""
    return stated or assumed or None


def _status_word(finding: Finding) -> str:
    """A term that holds whatever is done is not called met."""
    standing = not finding.moves_verdict and finding.status is Status.MET
    return INFORMATIONAL_WORD if standing else STATUS_WORDS[finding.status]


def _clause(evidence: Evidence) -> str:
    return evidence.section or f"line {evidence.line}"


def _section_of_basis(finding: Finding) -> str | None:
    """The clause of a term that comes from a record."""
    if finding.basis and finding.license:
        return finding.basis.removeprefix(finding.license).strip() or None
    return finding.basis


def _triggers_of(readings: Iterable[LicenseReading]) -> Triggers:
    """What the texts themselves name as the triggers of their terms."""
    found: Triggers = {}
    for reading in readings:
        for term in reading.terms:
            if term.evidence and term.triggers:
                first = term.evidence[0]
                found[term.kind, first.path, first.start] = triggers_words(term.triggers)
    return found


def alike(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows, those that say the same of several categories of one license taken together."""
    taken: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        own = None if row.category else row.key
        taken.setdefault((row.kind, row.license, row.message, row.question, row.remedy, own), []).append(row)
    return list(taken.values())


def same_todo(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows, those that ask the same to be done under several texts taken together."""
    taken: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        taken.setdefault((row.label, row.remedy or row.message), []).append(row)
    return list(taken.values())


# The rows of a report that all faces share: what is shown, in which order, and in which words.


_SECTIONS = (
    (Status.VIOLATION, "Violations", "Limits that the profile shows as broken."),
    (Status.REVIEW, "Open questions", "The outcome depends on facts that nobody has stated."),
    (Status.ACTION, "Actions", "Duties that are not known to be done and can be done."),
    (Status.WAIVED, "Waived", "A person has cleared these."),
    (Status.MET, "Met", "These bind, and the profile shows them as kept."),
    (Status.NOT_APPLICABLE, "Not applicable", "What sets these off does not happen here."),
)
_COUNTED = {
    Status.REVIEW: ("open question", "open questions"),
    Status.VIOLATION: ("violation", "violations"),
    Status.ACTION: ("action", "actions"),
    Status.WAIVED: ("waived", "waived"),
    Status.MET: ("met", "met"),
    Status.NOT_APPLICABLE: ("not applicable", "not applicable"),
}
_PROFILE = ("organization", "deployment", "derivatives", "materials", "model", "use")
"""How the names of facts begin that a profile states."""
_PASSAGE = 160
"""Characters of the passage beside a question."""
_LEAD = 60
"""Characters of the words that lead into it."""
STANDING = "standing"
"""The key of the section of terms that are shown and never change the verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report: the rows of one status, or the informational terms."""

    key: str
    title: str
    intro: str
    rows: tuple[Row, ...]

    @property
    def noun(self) -> str:
        """What to call its rows after their number."""
        if self.key == STANDING:
            return "informational"
        return _COUNTED[Status(self.key)][len(self.rows) != 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """One target in the order in which it is read; `pending` are the questions whose answers decide the verdict."""

    report: TargetReport
    profile: Profile
    title: str
    verdict: str
    meaning: str
    pending: tuple[tuple[Question, str], ...]
    settling: tuple[tuple[Question, str], ...]
    """The questions whose answer only settles a duty that is listed as to be done."""
    passages: Mapping[str, str]
    """The passage that a question of `pending` is about, by its text; of a fact of the profile there is none."""
    sections: tuple[Section, ...]
    texts: tuple[str, ...]

    @property
    def headline(self) -> str:
        """How open the model is, as a sentence starts."""
        words = self.report.openness.headline
        return words[:1].upper() + words[1:]

    @property
    def counts(self) -> str:
        """How many findings stand in each section, in one phrase."""
        counted = [f"{len(section.rows)} {section.noun}" for section in self.sections]
        return ", ".join(counted) or "no findings"

    @property
    def growth(self) -> tuple[str, ...]:
        """The sizes that are not reached yet and change the outcome, each with what follows above it and its clause."""
        return tuple(dict.fromkeys(f"{row.limit} [{row.clause}]" for row in self._within_limits()))

    def _within_limits(self) -> Iterator[Row]:
        return (row for row in self.rows if row.limit and row.status is Status.MET)

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of all sections."""
        return (row for section in self.sections for row in section.rows)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the rows, in the same order."""
        by_key = dict(zip((row.key for row in make_rows(self.report)), ordered_findings(self.report), strict=True))
        return tuple(by_key[row.key] for row in self.rows)


def view_target(target: TargetReport, profile: Profile | None = None) -> TargetView:
    """The target with its findings sorted into sections; empty sections are left out."""
    rows = make_rows(target)
    deciding = [row.label for row in rows if row.moves_verdict and row.status is DECIDING.get(target.verdict)]
    duties = frozenset(row.kind for row in rows if row.status is Status.ACTION)
    asked = tuple((question, decided_by(question)) for question in target.questions)
    settling = tuple(pair for pair in asked if _only_settles(pair[0], duties))
    return TargetView(
        report=target,
        profile=profile or Profile(),
        title=target.name or target.target,
        verdict=VERDICT_WORDS[target.verdict],
        meaning=reason_for(target.verdict, deciding),
        pending=tuple(pair for pair in asked if pair not in settling),
        settling=settling,
        passages=_asked_passages(target),
        sections=tuple(section for section in _sections(rows) if section.rows),
        texts=tuple(describe_text(reading) for reading in target.readings),
    )


def _only_settles(question: Question, duties: frozenset[str]) -> bool:
    return bool(question.decides) and duties.issuperset(name.partition(" (")[0] for name in question.decides)


def _asked_passages(target: TargetReport) -> dict[str, str]:
    """For each question that no fact of a profile answers the first passage that raised it."""
    found: dict[str, str] = {}
    facts = {question.text: question.fact for question in target.questions}
    ledgers = {reading.path: reading.ledger for reading in target.readings if reading.path}
    for finding in target.findings:
        fact = facts.get(finding.question or "", "deployment.")
        if finding.question and finding.evidence and fact.partition(".")[0] not in _PROFILE:
            passage = operative_first(finding.evidence, kind=finding.kind)[0]
            lead_in = lead_in_of(passage, ledgers.get(passage.path, ()))
            led = f"{cut_words(plain_line(lead_in), _LEAD)} […] " if lead_in else ""
            found.setdefault(finding.question, led + cut_words(plain_line(passage.quote), _PASSAGE))
    return found


def _sections(rows: list[Row]) -> Iterator[Section]:
    for status, title, intro in _SECTIONS:
        chosen = tuple(row for row in rows if row.status is status and not _is_standing(row))
        yield Section(key=status.value, title=title, intro=intro, rows=chosen)
    standing = tuple(row for row in rows if _is_standing(row))
    intro = "These apply and never change the verdict by themselves."
    yield Section(key=STANDING, title="Informational terms", intro=intro, rows=standing)


def _is_standing(row: Row) -> bool:
    return not row.moves_verdict and row.status in (Status.MET, Status.REVIEW, Status.ACTION)
