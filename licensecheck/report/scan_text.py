"""A review of a repository for the terminal: a line a finding, as compilers and linters write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from licensecheck.model.finding import Status, Verdict
from licensecheck.model.reference import Reference, ReferenceRole
from licensecheck.model.review import LineFinding, Review, ReviewTarget, Standing
from licensecheck.report.clearing import UNKNOWN, clearing_lines
from licensecheck.text.screen import plain_line

_WORDS = {
    Verdict.APPROVED: "approved",
    Verdict.CONDITIONAL: "may go ahead once the open actions are done",
    Verdict.NEEDS_REVIEW: "needs answers from a person",
    Verdict.DENIED: "denied",
}
_HEADS = {Status.VIOLATION: "violation", Status.ACTION: "to do", Status.REVIEW: "to answer"}
_VERBS = {ReferenceRole.LOAD: "loads", ReferenceRole.CLIENT: "asks", ReferenceRole.OUTPUT: "makes"}


def render(review: Review, *, verbose: bool = False) -> str:
    """Each finding at the first line that loads its model; `verbose` shows what was cleared, and every reference."""
    lines = [line for _, line in sorted(_target_lines(review))]
    lines.extend(plain_line(f"{n.path}:{n.line} {n.message}") for n in review.notices)
    lines.extend(plain_line(f"{path} was not read: {reason}") for path, reason in review.skipped)
    if verbose:
        lines.extend(_reference(reference) for reference in review.references)
        lines.extend(_cleared(item) for item in review.findings if item.standing is not Standing.OPEN)
    lines.extend(_questions(review))
    lines.extend(clearing_lines(review))
    lines.append(_summary(review))
    return "\n".join(lines) + "\n"


def _target_lines(review: Review) -> Iterator[tuple[tuple[str, int, int], str]]:
    """The lines of every model, each with where it sorts."""
    by_model: dict[str, list[LineFinding]] = {}
    for item in review.findings:
        if item.standing is Standing.OPEN and item.finding.status in _HEADS:
            by_model.setdefault(item.reference.model, []).append(item)
    for target in review.targets:
        asked = {question.text for question in target.report.questions}
        models = dict.fromkeys(reference.model for reference in target.references)
        items = [item for model in models for item in by_model.get(model, ())]
        told = [_short(item) for item in items if not _is_pending(item, asked)]
        for group in _alike(told):
            yield _place(group[0]), finding_line(group[0], more=_lines_of(group) - 1)
        rest = [item for item in items if _is_pending(item, asked)]
        if rest:
            yield _place(rest[0], after=9), _pending_line(rest, target)


def _short(item: LineFinding) -> LineFinding:
    """An unknown license without how to settle it, which stands once below."""
    return replace(item, message=item.finding.message) if item.finding.kind == UNKNOWN else item


def _is_pending(item: LineFinding, asked: set[str]) -> bool:
    """True for what hangs on a fact that the profile does not state."""
    finding = item.finding
    return finding.status is Status.REVIEW and finding.question in asked and finding.kind != UNKNOWN


def _alike(items: list[LineFinding]) -> Iterator[list[LineFinding]]:
    """The findings that say the same, together."""
    groups: dict[tuple[str, str, str | None], list[LineFinding]] = {}
    for item in items:
        groups.setdefault((item.finding.kind, item.message, item.license_name), []).append(item)
    yield from groups.values()


def _place(item: LineFinding, *, after: int | None = None) -> tuple[str, int, int]:
    grade = after if after is not None else list(_HEADS).index(item.finding.status)
    return item.reference.path, item.reference.line, grade


def _lines_of(items: list[LineFinding]) -> int:
    return len({(item.reference.path, item.reference.line) for item in items})


def _pending_line(items: list[LineFinding], target: ReviewTarget) -> str:
    """One line for all that hangs on facts which the profile does not state."""
    asked = {item.finding.question for item in items}
    facts = sorted({question.fact for question in target.report.questions if question.text in asked})
    points = len({(item.finding.kind, item.message, item.license_name) for item in items})
    sources = sorted({item.license_name.split(",")[0] for item in items if item.license_name})
    first = items[0].reference
    more = _lines_of(items) - 1
    return plain_line(
        f"{first.path}:{first.line} {_VERBS.get(first.role, 'names')} {first.model}{_also(more)}: to answer: "
        f"{points} {'point hangs' if points == 1 else 'points hang'} on what the profile does not say: "
        f"{', '.join(facts)} ({'; '.join(sources)})"
    )


def _questions(review: Review) -> Iterator[str]:
    """Every fact that is missing, asked once."""
    texts = {q.fact: q.text for target in review.targets for q in target.report.questions}
    asked = {
        item.finding.question
        for item in review.findings
        if item.standing is Standing.OPEN and item.finding.status is Status.REVIEW
    }
    open_texts = {fact: text for fact, text in sorted(texts.items()) if text in asked and "unknown-license" not in fact}
    if open_texts:
        yield "To answer in licensecheck.yaml:"
        yield from (f"  {plain_line(fact)}: {plain_line(text)}" for fact, text in open_texts.items())


def _also(more: int) -> str:
    return f" [and {more} more {'line' if more == 1 else 'lines'}]" if more else ""


def finding_line(item: LineFinding, *, more: int = 0) -> str:
    """`deploy/vllm.yaml:12 loads org/name: 'Built with …' is not in README.md (the license, 1.b.i)`."""
    where = f"{item.reference.path}:{item.reference.line}"
    source = f" ({item.license_name})" if item.license_name else ""
    message = item.message.rstrip(".") if source else item.message
    doing = _VERBS.get(item.reference.role, "names")
    head = _HEADS.get(item.finding.status, item.finding.status.value)
    return plain_line(
        f"{where} {doing} {item.reference.model}{_also(more)}: {head}: {message}{source} [{item.finding.kind}]"
    )


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


def _summary(review: Review) -> str:
    models = len(review.targets)
    count = f"{_number(models, 'model')} loaded, {_number(review.files, 'file')} read"
    cleared = sum(item.standing is not Standing.OPEN for item in review.findings)
    waived = sum(item.finding.status is Status.WAIVED for item in review.findings)
    parts = [
        f"{_number(cleared, 'finding')} ignored or known" if cleared else "",
        f"{waived} waived by approvals" if waived else "",
    ]
    extra = "".join(f", {part}" for part in parts if part)
    return f"licensecheck: {_WORDS[review.verdict]} ({count}{extra})"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
