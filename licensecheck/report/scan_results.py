"""A review of a repository for the terminal: a line a finding, as compilers and linters write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.repository import (
    LineFinding,
    Notice,
    Reference,
    ReferenceRole,
    Review,
    ReviewTarget,
    ScanVerdict,
    SkipKind,
    Skipped,
    Standing,
)
from licensecheck.report.extraction import dump_json
from licensecheck.report.json import SCHEMA_VERSION, finding_data, target_data
from licensecheck.report.markdown import code, escape
from licensecheck.report.sarif import Located, render_sarif
from licensecheck.text.markup import plain_line

# How a person clears what a scan found: the lines that they would write, with the names filled in.


MAX_WAYS = 5
UNKNOWN = "unknown-license"


def clearing_lines(review: Review) -> Iterator[str]:
    """What would clear each open violation, and settle each unknown license; none where there are none."""
    open_items = [item for item in review.findings if item.standing is Standing.OPEN]
    yield from _unknown([item for item in open_items if item.finding.kind == UNKNOWN])
    yield from _violations([item.finding for item in open_items if item.finding.status is Status.VIOLATION])


def _unknown(items: list[LineFinding]) -> Iterator[str]:
    models = dict.fromkeys(item.reference.model for item in items)
    for model in list(models)[:1]:
        yield plain_line(
            f"To settle an unknown license, look it up (licensecheck check {model} --online) and write it down:"
        )
        settings = plain_line(f"scan: {{names: {{{model}: apache-2.0}}}}")
        yield f"  in licensecheck.yaml: {settings}, or the model that it is"
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


# A review of a repository for the terminal: a line a finding, as compilers and linters write them.


_WORDS = {
    ScanVerdict.NO_MODELS: "no model found",
    ScanVerdict.NOTHING_NEW: "nothing new",
    ScanVerdict.APPROVED: "approved",
    ScanVerdict.CONDITIONAL: "may go ahead once the open actions are done",
    ScanVerdict.NEEDS_REVIEW: "needs answers from a person",
    ScanVerdict.DENIED: "denied",
}
_HEADS = {Status.VIOLATION: "violation", Status.ACTION: "to do", Status.REVIEW: "to answer"}
_VERBS = {ReferenceRole.LOAD: "loads", ReferenceRole.CLIENT: "asks", ReferenceRole.OUTPUT: "makes"}


def render_review_text(review: Review, *, verbose: bool = False) -> str:
    """Each finding at the first line that loads its model; `verbose` shows what was cleared, and every reference."""
    lines = [line for _, line in sorted(_target_lines(review))]
    lines.extend(plain_line(f"{n.path}:{n.line} {n.message}") for n in review.notices)
    lines.extend(_unread(review.skipped))
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
    return (
        replace(item, message=f"{item.lead} {item.finding.message}".lstrip()) if item.finding.kind == UNKNOWN else item
    )


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
    cleared = sum(item.standing is Standing.IGNORED for item in review.findings)
    known = sum(item.standing is Standing.BASELINE for item in review.findings)
    waived = sum(item.finding.status is Status.WAIVED for item in review.findings)
    parts = [
        f"{_number(cleared, 'finding')} ignored" if cleared else "",
        f"{_number(known, 'finding')} known from the baseline, {_WORDS[review.verdict]} with them" if known else "",
        f"{waived} waived by approvals" if waived else "",
    ]
    extra = "".join(f", {part}" for part in parts if part)
    return f"licensecheck: {_WORDS[review.new_verdict]} ({count}{extra})"


MAX_SUFFIXES = 5


def _unread(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    """What may hide a model by name, or by the language; the rest by their kinds."""
    named = [each for each in skipped if each.kind in (SkipKind.UNREADABLE, SkipKind.TOO_LARGE)]
    yield from (plain_line(f"{each.path} was not read to its end: {each.reason}") for each in named)
    for kind, told in ((SkipKind.LANGUAGE, "source files in a language without a reader"), (SkipKind.OTHER, "others")):
        counts = Counter(_kind_of(each.path) for each in skipped if each.kind is kind)
        if counts:
            shown = ", ".join(f"{number} {suffix}" for suffix, number in counts.most_common(MAX_SUFFIXES))
            more = len(counts) - MAX_SUFFIXES
            rest = f", {more} more kinds" if more > 0 else ""
            yield plain_line(f"not read: {counts.total()} {told} ({shown}{rest})")


def _kind_of(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return f".{name.rpartition('.')[2].lower()}" if "." in name.lstrip(".") else name


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


# A review of a repository as JSON: the contract of `scan -f json` (`docs/json.md`).


def render_review_json(review: Review) -> str:
    """The review as JSON, keys in a fixed order."""
    return dump_json(review_data(review), indent=2) + "\n"


def review_data(review: Review) -> dict[str, Any]:
    """The review as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "verdict": review.verdict.value,
        "new_verdict": review.new_verdict.value,
        "strict": review.strict,
        "date": review.date,
        "files": review.files,
        "references": [_reference_json(reference) for reference in review.references],
        "targets": [_target(target) for target in review.targets],
        "findings": [_finding(item) for item in review.findings],
        "notices": [_notice(notice) for notice in review.notices],
        "skipped": [{"path": s.path, "kind": s.kind.value, "reason": s.reason} for s in review.skipped],
    }


def _reference_json(reference: Reference) -> dict[str, Any]:
    return {
        "path": reference.path,
        "line": reference.line,
        "model": reference.model,
        "role": reference.role.value,
        "syntax": reference.syntax,
        "name": reference.name,
        "revision": reference.revision,
        **({"library": reference.library, "version": reference.pinned} if reference.library else {}),
    }


def _target(target: ReviewTarget) -> dict[str, Any]:
    data = target_data(target.report)
    places = [{"path": each.path, "line": each.line} for each in target.references]
    return {**data, "verdict": target.verdict.value, "references": places}


def _finding(item: LineFinding) -> dict[str, Any]:
    data = finding_data(item.finding)
    return {
        "path": item.reference.path,
        "line": item.reference.line,
        "model": item.reference.model,
        "kind": data["kind"],
        "status": data["status"],
        "message": item.message,
        "license": data["license"],
        "basis": data.get("basis"),
        "remedy": data.get("remedy"),
        "standing": item.standing.value,
        "reason": item.reason,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"path": notice.path, "line": notice.line, "message": notice.message}


# A review of a repository as a step summary: a row a model, then what is open.


_OPEN = {Status.VIOLATION: "Violations", Status.ACTION: "To do", Status.REVIEW: "To answer"}
MAX_ROWS = 200


def render_review_markdown(review: Review) -> str:
    """The review as GitHub-flavoured Markdown."""
    lines = [f"## Models in this repository: {escape(review.verdict.value)}", ""]
    if review.targets:
        lines += ["| Model | Verdict | Loaded at |", "| --- | --- | --- |"]
        lines += [_row(target) for target in review.targets[:MAX_ROWS]]
    else:
        lines.append("No model is loaded here.")
    for status, title in _OPEN.items():
        lines.extend(_section(review, status, title))
    lines.extend(f"- {code(f'{notice.path}:{notice.line}')} {escape(notice.message)}" for notice in review.notices)
    return "\n".join(lines) + "\n"


def _row(target: ReviewTarget) -> str:
    first, *more = target.references
    also = f" and {len(more)} more" if more else ""
    return f"| {escape(first.model)} | {target.verdict.value} | {code(f'{first.path}:{first.line}')}{also} |"


def _section(review: Review, status: Status, title: str) -> Iterator[str]:
    rows: dict[tuple[str, str], str] = {}
    for item in review.findings:
        if item.finding.status is status and item.standing is Standing.OPEN:
            where = code(f"{item.reference.path}:{item.reference.line}")
            source = f" ({escape(item.license_name)})" if item.license_name else ""
            text = f"- {where} {escape(item.reference.model)}: {escape(item.message)}{source} {code(item.finding.kind)}"
            rows.setdefault((item.reference.model, item.message), text)
    if rows:
        yield from ("", f"**{title} ({len(rows)})**", "")
        yield from list(rows.values())[:MAX_ROWS]


# A review of a repository as SARIF: each finding at the line that loads the model, what was cleared as suppressed.


_LEVELS = {Status.VIOLATION: "error", Status.REVIEW: "warning", Status.ACTION: "warning", Status.WAIVED: "note"}


def render_review_sarif(review: Review) -> str:
    """The review as one SARIF run."""
    return render_sarif(_located(review), tool_version=review.tool_version)


def _located(review: Review) -> Iterator[Located]:
    for item in review.findings:
        yield _result(item, review.folder)
    for notice in review.notices:
        yield Located(
            rule="inline-ignore",
            title="An inline ignore that needs mending",
            help="An ignore needs a kind and a reason, is honoured until its day, and has something to ignore.",
            level="warning",
            message=notice.message,
            path=_below(review.folder, notice.path),
            line=notice.line,
        )


def _below(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder else path


def _result(item: LineFinding, folder: str) -> Located:
    finding = item.finding
    category = finding.attributes.get("category") or finding.attributes.get("metric")
    waived = finding.message if finding.status is Status.WAIVED else None
    return Located(
        rule=finding.kind,
        title=finding.kind.replace("-", " "),
        help=finding.remedy or finding.message,
        level=_LEVELS[finding.status],
        message=finding_line(item),
        path=_below(folder, item.reference.path),
        line=item.reference.line,
        model=item.reference.model,
        term="/".join(str(part) for part in (finding.license, category) if part),
        suppressed=item.reason if item.standing is not Standing.OPEN else waived,
    )


RENDERERS: dict[str, Callable[[Review], str]] = {
    "json": render_review_json,
    "markdown": render_review_markdown,
    "sarif": render_review_sarif,
}
"""The formats of a review for other programs and for merge requests."""
