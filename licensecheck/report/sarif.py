"""SARIF 2.1.0, as code scanning takes it: results in files, rules with help, approvals as suppressions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from licensecheck.model.report import Report
from licensecheck.report.dump import dump_json
from licensecheck.report.located import Located, locate_findings
from licensecheck.text.screen import plain

__all__ = ["Located", "fingerprint", "render", "render_sarif", "uri_of"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
INFORMATION_URI = "https://pypi.org/project/model-licensecheck/"


def render(report: Report) -> str:
    """The report as one SARIF run; what is met or does not apply gives no result."""
    located = [item for target in report.targets for item in locate_findings(target)]
    return render_sarif(located, tool_version=report.tool_version)


def render_sarif(results: Iterable[Located], *, tool_version: str) -> str:
    """A SARIF log with these results, in a stable order."""
    ordered = sorted(set(results), key=_order)
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
    return {
        "id": item.rule,
        "name": name,
        "shortDescription": {"text": item.title},
        "fullDescription": {"text": item.help},
        "help": {"text": item.help, "markdown": item.help},
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
