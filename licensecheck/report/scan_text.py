"""A review of a repository for the terminal: the gravest first, a line a finding, and no line without need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from licensecheck.domain.findings import Finding, Status, TargetReport
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.repository import (
    LineFinding,
    Reference,
    ReferenceRole,
    Review,
    ReviewTarget,
    ScanVerdict,
    SkipKind,
    Skipped,
    Standing,
)
from licensecheck.text.markup import plain_line

WIDTH = 100
UNKNOWN = "unknown-license"
MAX_LINES = 12
"""How many lines a section shows; the rest is counted."""
MAX_SUFFIXES = 4
_HEADS = {Status.VIOLATION: "violation", Status.REVIEW: "to answer", Status.ACTION: "to do"}
_VERBS = {ReferenceRole.LOAD: "loads", ReferenceRole.CLIENT: "asks", ReferenceRole.OUTPUT: "makes"}
_FIRST = ("noncommercial", "research-only", "no-production-use")
"""The kinds that are told before any other."""
_WORDS = {
    ScanVerdict.NO_MODELS: "no model found",
    ScanVerdict.NOTHING_NEW: "nothing new",
    ScanVerdict.APPROVED: "approved",
    ScanVerdict.CONDITIONAL: "may go ahead once the open actions are done",
    ScanVerdict.NEEDS_REVIEW: "needs answers from a person",
    ScanVerdict.DENIED: "denied",
}


def render_review_text(review: Review, *, verbose: bool = False, width: int = WIDTH) -> str:
    """The review in sections; `verbose` shows every line, what was cleared, and every reference."""
    most = None if verbose else MAX_LINES
    lines: list[str] = []
    if review.has_profile or verbose or _has_violation(review):
        for section in _sections(review, fold=not verbose):
            lines.extend(_cut(section, most, width))
    else:
        lines.extend(_cut(list(_first_run(review)), most, width))
    lines.extend(_cut([f"{n.path}:{n.line} {n.message}" for n in review.notices], most, width))
    lines.extend(line for told in _unread(review.skipped) for line in _fitted(told, width))
    if verbose:
        lines.extend(_reference(reference) for reference in review.references)
        lines.extend(plain_line(f"{note.path}:{note.line} note: {note.message}") for note in review.notes)
        lines.extend(_cleared(item) for item in review.findings if item.standing is not Standing.OPEN)
    if review.has_profile:
        lines.extend(line for told in _questions(review) for line in _fitted(told, width))
        lines.extend(clearing_lines(review))
    lines.extend(_fitted(_summary(review), width))
    return "\n".join(lines) + "\n"


def _cut(section: Sequence[str], most: int | None, width: int) -> Iterator[str]:
    """The lines of a section, those beyond the most that are shown counted."""
    for told in section[:most]:
        yield from _fitted(told, width)
    if most is not None and len(section) > most:
        yield f"  and {len(section) - most} more; -v shows all"


def _fitted(told: str, width: int) -> list[str]:
    return wrap(
        plain_line(told) if not told.startswith("  ") else f"  {plain_line(told)}",
        max(width, 40),
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


# What kind of license a model bears, in two words, for one who has stated no facts yet.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What a model's license is in short; `many` is said of several, `shown` where the model is named."""

    order: int
    many: str
    shown: str | None


_LABELS = (
    ("noncommercial", _Label(order=0, many="noncommercial", shown="noncommercial")),
    ("research-only", _Label(order=1, many="for research only", shown="for research only")),
    ("no-production-use", _Label(order=2, many="not for production", shown="not for production")),
    ("scale-threshold", _Label(order=3, many="with a limit of size", shown="with a limit of size")),
)
_USERS = _Label(order=3, many="with a user limit", shown="with a user limit")
_UNKNOWN = _Label(order=5, many="of unknown license", shown="license unknown")
_RESTRICTED = _Label(order=4, many="use-restricted", shown="use-restricted")
_COPYLEFT = _Label(order=6, many="copyleft", shown="copyleft")
_PERMISSIVE = _Label(order=7, many="permissive", shown=None)


def _label(report: TargetReport) -> _Label:
    """The gravest thing that the licenses of a model say."""
    if any(finding.kind == UNKNOWN for finding in report.findings) or not report.readings:
        return _UNKNOWN
    terms = [term for reading in report.readings for term in reading.terms]
    for kind, label in _LABELS:
        found = next((term for term in terms if term.kind == kind), None)
        if found is not None:
            return _USERS if "users" in str(found.attributes.get("metric")) else label
    classes = {reading.license_class for reading in report.readings}
    if LicenseClass.NONCOMMERCIAL in classes:
        return _LABELS[0][1]
    if not classes <= {LicenseClass.OSI_APPROVED, LicenseClass.OPEN}:
        return _RESTRICTED
    return _COPYLEFT if any(term.kind in ("same-license", "disclose-source") for term in terms) else _PERMISSIVE


def _first_run(review: Review) -> Iterator[str]:
    """Each model whose license restricts something, and each question that hangs on no profile."""
    of_models, loose = _open_items(review)
    labelled = [(_label(target.report), target, items) for target, items in zip(review.targets, of_models, strict=True)]
    for label, target, items in sorted(labelled, key=_by_label):
        if label.shown is not None and items:
            reference = target.references[0]
            names = [reading.identity.heading for reading in target.report.readings if reading.identity.heading]
            source = f" ({names[0]})" if names and label is not _UNKNOWN else ""
            leads = [item.lead for item in items if item.lead]
            lead = f"{leads[0]} " if leads else ""
            kind = f" [{UNKNOWN}]" if label is _UNKNOWN else ""
            yield f"{_doing(reference, len(_places(target.references)) - 1)}: {lead}{label.shown}{source}{kind}"
    yield from (finding_line(item) for item in loose)


def _by_label(labelled: tuple[_Label, ReviewTarget, list[LineFinding]]) -> tuple[int, str, int]:
    label, target, _ = labelled
    return label.order, target.references[0].path, target.references[0].line


def _open_items(review: Review) -> tuple[list[list[LineFinding]], list[LineFinding]]:
    """What is open of each model, in the order of the models; and the questions about files that name no model."""
    owners: dict[tuple[str, int, str], list[int]] = {}
    for i, target in enumerate(review.targets):
        for each in target.references:
            owners.setdefault((each.path, each.line, each.model), []).append(i)
    of_models: list[list[LineFinding]] = [[] for _ in review.targets]
    loose: list[LineFinding] = []
    for item in review.findings:
        if item.standing is not Standing.OPEN:
            continue
        place = item.reference.path, item.reference.line, item.reference.model
        found = owners.get(place)
        if found is None:
            loose.append(item)
        for i in dict.fromkeys(found or ()):
            of_models[i].append(item)
    return of_models, loose


# Findings in sections, the gravest first; what says the same of several models is said once.


def _has_violation(review: Review) -> bool:
    return any(i.finding.status is Status.VIOLATION and i.standing is Standing.OPEN for i in review.findings)


def _sections(review: Review, *, fold: bool) -> Iterator[list[str]]:
    """The lines of each section: violations, unknown licenses, questions, and what is to do."""
    of_models, loose = _open_items(review)
    lines: dict[str, list[tuple[tuple[int, str, int], str]]] = {"violation": [], "unknown": [], "ask": [], "do": []}
    kept: list[ReviewTarget] = []
    for target, items in zip(review.targets, of_models, strict=True):
        asked = {question.text for question in target.report.questions}
        told = [item for item in items if item.finding.status in _HEADS and not _is_pending(item, asked)]
        quiet = fold and _label(target.report) is _PERMISSIVE
        for group in _alike([_short(item) for item in told]):
            first = group[0]
            if quiet and first.finding.status is Status.ACTION:
                kept.append(target)
                continue
            name = _section_of(first.finding)
            lines[name].append((_rank(first), finding_line(first, more=_lines_of(group) - 1)))
        rest = [item for item in items if _is_pending(item, asked)]
        if rest:
            lines["ask"].append((_rank(rest[0]), _pending_line(rest, target)))
    lines["ask"].extend(((0, "", 0), finding_line(item)) for item in loose)
    yield from ([told for _, told in sorted(section)] for section in lines.values())
    models = len({target.report.target for target in kept})
    if models:
        noun = (
            "1 model under a permissive license asks"
            if models == 1
            else f"{models} models under permissive licenses ask"
        )
        yield [f"{noun} that notices and the license text are kept when it is passed on; -v lists each"]


def _section_of(finding: Finding) -> str:
    if finding.status is Status.VIOLATION:
        return "violation"
    if finding.kind == UNKNOWN:
        return "unknown"
    return "ask" if finding.status is Status.REVIEW else "do"


def _rank(item: LineFinding) -> tuple[int, str, int]:
    kind = _FIRST.index(item.finding.kind) if item.finding.kind in _FIRST else len(_FIRST)
    return kind, item.reference.path, item.reference.line


def _short(item: LineFinding) -> LineFinding:
    """An unknown license without how to settle it, which stands once below."""
    if item.finding.kind != UNKNOWN:
        return item
    return replace(item, message=f"{item.lead} {item.finding.message}" if item.lead else "its license is not known")


def _is_pending(item: LineFinding, asked: set[str]) -> bool:
    """True for what hangs on a fact that the profile does not state."""
    finding = item.finding
    return finding.status is Status.REVIEW and finding.question in asked and finding.kind != UNKNOWN


def _alike(items: Iterable[LineFinding]) -> Iterator[list[LineFinding]]:
    """The findings that say the same, together."""
    groups: dict[tuple[str, str, str | None], list[LineFinding]] = {}
    for item in items:
        groups.setdefault((item.finding.kind, item.message, item.license_name), []).append(item)
    yield from groups.values()


def _lines_of(items: Iterable[LineFinding]) -> int:
    return len(_places(item.reference for item in items))


def _places(references: Iterable[Reference]) -> set[tuple[str, int]]:
    return {(reference.path, reference.line) for reference in references}


def _pending_line(items: list[LineFinding], target: ReviewTarget) -> str:
    """One line for all that hangs on facts which the profile does not state."""
    asked = {item.finding.question for item in items}
    facts = sorted({question.fact for question in target.report.questions if question.text in asked})
    points = len({(item.finding.kind, item.message, item.license_name) for item in items})
    sources = sorted({item.license_name.split(",")[0] for item in items if item.license_name})
    return (
        f"{_doing(items[0].reference, _lines_of(items) - 1)}: to answer: "
        f"{points} {'point hangs' if points == 1 else 'points hang'} on what the profile does not say: "
        f"{', '.join(facts)} ({'; '.join(sources)})"
    )


def _doing(reference: Reference, more: int = 0) -> str:
    """`deploy/vllm.yaml:12 loads org/name [and 2 more lines]`."""
    also = f" [and {more} more {'line' if more == 1 else 'lines'}]" if more > 0 else ""
    return f"{reference.path}:{reference.line} {_VERBS.get(reference.role, 'names')} {reference.model}{also}"


def finding_line(item: LineFinding, *, more: int = 0) -> str:
    """`deploy/vllm.yaml:12 loads org/name: to do: 'Built with …' is not in README.md (the license, 1.b.i) [kind]`."""
    source = f" ({item.license_name})" if item.license_name else ""
    message = item.message.rstrip(".") if source else item.message
    head = _HEADS.get(item.finding.status, item.finding.status.value)
    return plain_line(f"{_doing(item.reference, more)}: {head}: {message}{source} [{item.finding.kind}]")


def _questions(review: Review) -> Iterator[str]:
    """Every fact that is missing, asked once."""
    texts = {q.fact: q.text for target in review.targets for q in target.report.questions}
    asked = {
        item.finding.question
        for item in review.findings
        if item.standing is Standing.OPEN and item.finding.status is Status.REVIEW
    }
    open_texts = {fact: text for fact, text in sorted(texts.items()) if text in asked and UNKNOWN not in fact}
    if open_texts:
        yield "To answer in licensecheck.yaml:"
        yield from (f"  {plain_line(fact)}: {plain_line(text)}" for fact, text in open_texts.items())


def _reference(reference: Reference) -> str:
    pinned = f" at {reference.revision}" if reference.revision else ""
    return plain_line(
        f"{reference.path}:{reference.line} {reference.role.value} {reference.model}{pinned} ({reference.syntax})"
    )


def _cleared(item: LineFinding) -> str:
    return plain_line(
        f"{item.reference.path}:{item.reference.line} {item.finding.kind} of {item.reference.model} "
        f"is cleared: {item.reason}"
    )


# How a person clears what a scan found: the lines that they would write, with the names filled in.


MAX_WAYS = 3


def clearing_lines(review: Review) -> Iterator[str]:
    """What would clear each open violation, and settle each unknown license; none where there are none."""
    open_items = [item for item in review.findings if item.standing is Standing.OPEN]
    yield from _unknown([item for item in open_items if item.finding.kind == UNKNOWN])
    yield from _violations([item.finding for item in open_items if item.finding.status is Status.VIOLATION])


def _unknown(items: list[LineFinding]) -> Iterator[str]:
    models = dict.fromkeys(item.reference.model for item in items)
    for model in list(models)[:1]:
        name = plain_line(model)
        yield "To settle an unknown license, look it up and write it down:"
        yield f"  licensecheck check {name} --online"
        yield f"  in licensecheck.yaml: scan: {{names: {{{name}: apache-2.0}}}}"
        yield from _on_line([UNKNOWN])


def _violations(findings: list[Finding]) -> Iterator[str]:
    ways = dict.fromkeys(_approval(finding) for finding in findings if finding.license)
    if findings:
        yield "To clear a violation, the person who may decide it writes so, with a reason:"
        yield from (f"  in licensecheck.yaml: {plain_line(way)}" for way in list(ways)[:MAX_WAYS])
        yield from _on_line(sorted({finding.kind for finding in findings}))


def _on_line(kinds: list[str]) -> Iterator[str]:
    yield f"  or on its line: # licensecheck: ignore[{plain_line(','.join(kinds))}] until=YYYY-MM-DD reason=..."


def _approval(finding: Finding) -> str:
    category = finding.attributes.get("category")
    narrowed = f", category: {category}" if isinstance(category, str) else ""
    named = f"license: {finding.license}, kind: {finding.kind}{narrowed}"
    return f"approvals: [{{{named}, reason: ..., by: ..., expires: YYYY-MM-DD}}]"


# What was not read, and the last line.


def _unread(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    """What may hide a model by name, or by the language; the rest by their kinds."""
    for each in skipped:
        if each.kind is SkipKind.UNREADABLE:
            yield f"{each.path} was not read: {each.reason}"
        elif each.kind is SkipKind.TOO_LARGE:
            yield f"{each.path} was not read to its end: {each.reason}"
    parts = [
        _counted(skipped, SkipKind.LANGUAGE, "in languages without a reader"),
        _counted(skipped, SkipKind.OTHER, "of other kinds"),
        _counted(skipped, SkipKind.GENERATED, "lock files and vocabularies"),
    ]
    if any(parts):
        yield f"not read: {'; '.join(part for part in parts if part)}"


def _counted(skipped: tuple[Skipped, ...], kind: SkipKind, told: str) -> str:
    counts = Counter(_kind_of(each.path) for each in skipped if each.kind is kind)
    if not counts:
        return ""
    shown = [f"{number} {suffix}" for suffix, number in counts.most_common(MAX_SUFFIXES)]
    more = len(counts) - MAX_SUFFIXES
    return f"{counts.total()} {told} ({', '.join([*shown, *([f'{more} more kinds'] if more > 0 else [])])})"


def _kind_of(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return f".{name.rpartition('.')[2].lower()}" if "." in name.lstrip(".") else name


def _summary(review: Review) -> str:
    models = len(review.targets)
    ignored = sum(item.standing is Standing.IGNORED for item in review.findings)
    known = sum(item.standing is Standing.BASELINE for item in review.findings)
    waived = sum(item.finding.status is Status.WAIVED for item in review.findings)
    parts = [
        f"{_number(models, 'model')} loaded{_by_kind(review)}, {_number(review.files, 'file')} read",
        f"{_number(ignored, 'finding')} ignored" if ignored else "",
        f"{_number(known, 'finding')} known from the baseline, {_WORDS[review.verdict]} with them" if known else "",
        f"{waived} waived by approvals" if waived else "",
    ]
    told = f"licensecheck: {_WORDS[review.new_verdict]} ({', '.join(part for part in parts if part)})"
    return told if review.has_profile or not models else f"{told}; run `licensecheck profile new`"


def _by_kind(review: Review) -> str:
    """How many models there are of each kind of license, for one who has stated no facts yet."""
    if review.has_profile or not review.targets:
        return ""
    labels = sorted((_label(target.report) for target in review.targets), key=_order_of)
    counts = Counter(label.many for label in labels)
    return f": {', '.join(f'{number} {many}' for many, number in counts.items())}"


def _order_of(label: _Label) -> int:
    return label.order


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
