"""SARIF 2.1.0, as code scanning takes it: results in files, rules with help, approvals as suppressions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from licensecheck.catalog.check_rules import load_knowledge
from licensecheck.catalog.profile_fields import term_kinds
from licensecheck.domain.findings import Finding, Report, Since, Status, TargetReport
from licensecheck.domain.licenses import Evidence, Term
from licensecheck.frozen import dataclass, replace
from licensecheck.reading.operative_clause import operative_first
from licensecheck.report.extraction import dump_json
from licensecheck.report.sentences import describe, label_of
from licensecheck.text.markup import plain

# Findings as results in files, as code scanning shows them.


_LEVELS = {
    Status.VIOLATION: "error",
    Status.REVIEW: "warning",
    Status.ACTION: "warning",
    Status.WAIVED: "note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One result for code scanning: what was found, about which model, and where in a file it is shown.

    `rule` is the id under which results are grouped; `title` and `help` say what the rule is about. `term` tells
    several results of one rule apart (a category, a metric). `line` and the columns count from 1; `end_column` is
    exclusive. `suppressed` is the reason of an approval in force, None where there is none.
    """

    rule: str
    title: str
    help: str
    level: str
    """error, warning or note."""
    message: str
    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    model: str | None = None
    term: str | None = None
    suppressed: str | None = None
    label: str = ""
    """What reports call the finding, its category included."""
    since: str | None = None
    """The baseline state; None where no earlier report was given."""


def locate_findings(target: TargetReport) -> Iterator[Located]:
    """The target's findings that ask for something or were waived, each where its evidence stands."""
    for finding in target.findings:
        if finding.status in _LEVELS:
            yield _locate(finding, target)


def _locate(finding: Finding, target: TargetReport) -> Located:
    """A finding without evidence is shown at the card, else at the target itself."""
    first = operative_first(finding.evidence, kind=finding.kind)[0] if finding.evidence else None
    bare = Term(kind=finding.kind)
    column, end_line, end_column = _region(first, target)
    return Located(
        rule=finding.kind,
        title=label_of(bare),
        help=" ".join([describe(bare), *_why_and_fix(bare.kind)]),
        level=_LEVELS[finding.status],
        message=_message(finding),
        path=_path(first, target),
        line=first.line if first else 1,
        column=column,
        end_line=end_line,
        end_column=end_column,
        model=target.name or target.target,
        term="/".join(str(part) for part in (finding.license, finding.about) if part),
        suppressed=finding.message if finding.status is Status.WAIVED else None,
        label=label_of(finding),
    )


def _path(first: Evidence | None, target: TargetReport) -> str:
    """The file that shows a finding, as seen from the root of the repository; the target where no file does."""
    path = first.path if first else target.card.path if target.card else target.target
    if target.folder is None:
        return path
    if path == target.target:
        return _below(target.folder, PurePath(path).name)
    if path in {document.path for document in target.documents} or (target.card and path == target.card.path):
        return _below(target.folder, path.partition(" (")[0])
    return _below(target.folder, target.card.path if target.card else "")


def _below(folder: str, path: str) -> str:
    return "/".join(part for part in (folder, path) if part) or "."


def _why_and_fix(kind: str) -> Iterator[str]:
    """What the check rules of the kind say; the first of them is the one for the usual case."""
    rule = next((rule for rule in load_knowledge().rules if kind in rule.terms), None)
    if rule is not None:
        yield from (rule.why, rule.fix)


def _region(first: Evidence | None, target: TargetReport) -> tuple[int | None, int | None, int | None]:
    """Column of the start, line and column of the end, where the text of the evidence is at hand."""
    if first is None:
        return None, None, None
    text = next((document.text for document in target.documents if document.path == first.path), None)
    if text is None or text[first.start : first.end] != first.quote:
        return None, None, None
    column = first.start - (text.rfind("\n", 0, first.start) + 1) + 1
    end_line = first.line + first.quote.count("\n")
    end_column = first.end - (text.rfind("\n", 0, first.end) + 1) + 1
    return column, end_line, end_column


def _message(finding: Finding) -> str:
    parts = [finding.message, finding.question, finding.remedy]
    category = finding.attributes.get("category")
    if isinstance(category, str) and category.replace("-", " ") not in finding.message.lower().replace("-", " "):
        parts.insert(0, f"{category.replace('-', ' ').capitalize()}:")
    return " ".join(part for part in parts if part)


# SARIF 2.1.0, as code scanning takes it: results in files, rules with help, approvals as suppressions.


__all__ = ["Located", "fingerprint", "render", "render_sarif", "uri_of"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
INFORMATION_URI = "https://example.com/licensecheck"
HELP_URI = f"{INFORMATION_URI}/blob/main/docs/reference"
"""Where the kinds of findings are explained, a page each kind of term."""


def render(report: Report) -> str:
    """The report as one SARIF run; what is met or does not apply gives no result."""
    located = [item for target in report.targets for item in locate_findings(target)]
    if report.against is not None:
        located = [replace(item, since=_state(item, report)) for item in located]
    return render_sarif(located, tool_version=report.tool_version)


_STATES = {Since.NEW: "new", Since.CHANGED: "updated"}


def _state(item: Located, report: Report) -> str:
    """What SARIF calls a result that is new, updated or unchanged since the earlier report."""
    names = {target.target: target.name or target.target for target in report.targets}
    for change in report.against.changes if report.against else ():
        same = change.label == item.label and names.get(change.target, change.target) == item.model
        if same and (item.term or "").startswith(change.license) and change.since in _STATES:
            return _STATES[change.since]
    return "unchanged"


def render_sarif(results: Iterable[Located], *, tool_version: str) -> str:
    """A SARIF log with these results, in a stable order."""
    ordered = _each_once(sorted(set(results), key=_order))
    rules = list({item.rule: item for item in ordered}.values())
    driver = {
        "name": "licensecheck",
        "semanticVersion": tool_version,
        "informationUri": INFORMATION_URI,
        "rules": [_rule(item) for item in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": _results(ordered, [item.rule for item in rules]),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump_json(log, indent=2) + "\n"


def _each_once(ordered: list[Located]) -> list[Located]:
    """The results without those that say the same of the same place: a viewer shows them as one."""
    kept: dict[tuple[object, ...], Located] = {}
    for item in ordered:
        kept.setdefault((item.rule, item.path, item.line, item.column, item.message, item.suppressed), item)
    return list(kept.values())


def _order(item: Located) -> tuple[str | int, ...]:
    """By rule and place; the rest so that no two different results tie."""
    place = (item.rule, item.path, item.line or 0, item.column or 0, item.end_line or 0, item.end_column or 0)
    return (
        *place,
        item.model or "",
        item.term or "",
        item.message,
        item.level,
        item.suppressed or "",
        item.help,
        item.title,
    )


def _rule(item: Located) -> dict[str, Any]:
    name = "".join(part.capitalize() for part in item.rule.replace("_", "-").split("-"))
    name = name if name.casefold() != item.rule.casefold() else f"{name}Finding"  # SARIF1001: no name is its id
    return {
        "id": item.rule,
        "name": name,
        "shortDescription": {"text": item.title},
        "fullDescription": {"text": item.help},
        "help": {"text": item.help, "markdown": item.help},
        "helpUri": f"{HELP_URI}/terms/{item.rule}.md" if item.rule in term_kinds() else f"{HELP_URI}/index.md",
        "defaultConfiguration": {"level": item.level},
        "properties": {
            "tags": ["license", "ai-model"],
            "precision": "high",
            "problem.severity": "error" if item.level == "error" else "warning",
        },
    }


def _results(items: list[Located], rules: list[str]) -> list[dict[str, Any]]:
    """The results; those that differ in nothing but their line are counted, so that no two share a fingerprint."""
    seen: Counter[tuple[str, str, str | None, str | None]] = Counter()
    results = []
    for item in items:
        key = (item.rule, item.path, item.model, item.term)
        seen[key] += 1
        results.append(_result(item, index=rules.index(item.rule), ordinal=seen[key]))
    return results


def _result(item: Located, *, index: int, ordinal: int) -> dict[str, Any]:
    parts = [item.rule, item.path, item.model or "", item.term or "", *([str(ordinal)] if ordinal > 1 else [])]
    result: dict[str, Any] = {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": item.level,
        "message": {"text": _escape(item.message)},
        "locations": [{"physicalLocation": _place(item)}],
        "partialFingerprints": {"licensecheck/v1": fingerprint(*parts)},
    }
    if item.since is not None:
        result["baselineState"] = item.since
    if item.suppressed is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": plain(item.suppressed)}]
    return result


def _escape(text: str) -> str:
    """Plain text in which no viewer finds a link: SARIF reads `[text](target)` as one."""
    return plain(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") if "](" in text else plain(text)


def _place(item: Located) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri_of(item.path)}}
    region = {
        "startLine": item.line,
        "startColumn": item.column,
        "endLine": item.end_line,
        "endColumn": item.end_column,
    }
    if item.line:
        place["region"] = {name: value for name, value in region.items() if value}
    return place


def uri_of(path: str) -> str:
    """The path as a relative URI reference with forward slashes."""
    posix = PurePath(path).as_posix().replace("\\", "/")
    return quote(posix.removeprefix("./"), safe="/~@+,=", errors="backslashreplace") or "."


def fingerprint(*parts: str) -> str:
    """A hash of the parts, which say nothing of lines, so that it stays the same when lines move."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
