"""What differs between a report and an earlier one that was kept as JSON: new, closed and changed findings, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from licensecheck.domain.findings import TELLING, Against, Finding, FindingChange, Report, Since, Verdict
from licensecheck.domain.profile import Profile
from licensecheck.errors import Place, SourceError
from licensecheck.report.json import report_data
from licensecheck.report.reviewed import fact_lines
from licensecheck.report.sentences import label_of
from licensecheck.text.io import read_text

TEXTS, FACTS, RULES = "texts", "facts", "rules"
"""Why two reports can differ: a text that binds has changed, facts of the profile have, or the rules and records."""
Key = tuple[str, str, str, str, int]


def compare_with(report: Report, path: Path) -> Report:
    """The report with what differs from the one in the JSON file; SourceError where that is none."""
    return replace(report, against=compare_data(read_report(path), report_data(report), path=str(path)))


def compare_data(old: Mapping[str, Any], new: Mapping[str, Any], *, path: str = "") -> Against:
    """What differs between two reports, both as the data of their JSON."""
    details = tuple(_details(old, new))
    return Against(
        path=path,
        verdict=Verdict(old["verdict"]),
        date=old.get("date"),
        causes=tuple(dict.fromkeys(cause for cause, _ in details)),
        details=tuple(detail for _, detail in details),
        changes=tuple(_changes(old, new)),
    )


def read_report(path: Path) -> dict[str, Any]:
    """The data of a JSON report that licensecheck wrote."""
    place = Place(path=str(path))
    try:
        data = json.loads(read_text(path).text)
    except (ValueError, RecursionError):
        raise SourceError("is not JSON: name a report made with `licensecheck check -f json`", place) from None
    try:
        Verdict(data["verdict"])
        for target in data["targets"]:
            [(_key(target, each), each["status"], each["message"]) for each in target["findings"]]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise SourceError("not a report of licensecheck; name one made with `check -f json`", place) from None
    read: dict[str, Any] = data
    return read


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FindingChange]:
    before, after = _findings(old), _findings(new)
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was and now and (was["status"], was["message"]) == (now["status"], now["message"]):
            continue
        yield _change(key, was, now)


def _change(key: Key, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> FindingChange:
    shown = now or was or {}
    return FindingChange(
        target=key[0],
        since=Since.CHANGED if was and now else Since.NEW if now else Since.CLOSED,
        label=_label(shown),
        license=key[1],
        before=str(was["status"]) if was else "",
        after=str(now["status"]) if now else "",
        message=str(shown["message"]),
    )


def _label(data: Mapping[str, Any]) -> str:
    from licensecheck.domain.findings import Status

    attributes = data.get("attributes") or {}
    finding = Finding(kind=str(data["kind"]), status=Status(data["status"]), message="", attributes=attributes)
    return label_of(finding)


def _findings(data: Mapping[str, Any]) -> dict[Key, Mapping[str, Any]]:
    found: dict[Key, Mapping[str, Any]] = {}
    for target in data["targets"]:
        for finding in target["findings"]:
            key = _key(target, finding)
            while key in found:
                key = (*key[:4], key[4] + 1)
            found[key] = finding
    return found


def _key(target: Mapping[str, Any], finding: Mapping[str, Any]) -> Key:
    """What makes two findings the same one: target, license, kind, and what tells it from others of its kind."""
    attributes = finding.get("attributes") or {}
    about = next((str(attributes[name]) for name in TELLING if attributes.get(name)), "")
    return str(target["target"]), str(finding.get("license") or ""), str(finding["kind"]), about, 0


def _details(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each cause that can be seen in the two reports, with what changed."""
    was, now = _hashes(old), _hashes(new)
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            what = "changed" if name in was and name in now else "new" if name in now else "gone"
            yield TEXTS, f"{name}: {what}"
    before, after = _facts(old), _facts(new)
    titles = {line.field: line.title for line in fact_lines(Profile())}
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield (
                FACTS,
                f"{titles.get(name, name)}: {before.get(name) or 'not stated'}, then {after.get(name) or 'not stated'}",
            )
    if old.get("tool") != new.get("tool"):
        yield RULES, f"{_made_by(old)}, then {_made_by(new)}"


def _hashes(data: Mapping[str, Any]) -> dict[str, str]:
    readings = (each for target in data["targets"] for each in target.get("licenses") or ())
    return {str(each.get("path") or each.get("id")): str(each.get("sha256") or "") for each in readings}


def _facts(data: Mapping[str, Any]) -> dict[str, str]:
    return {str(fact["field"]): str(fact["value"]) for fact in data.get("facts") or ()}


def _made_by(data: Mapping[str, Any]) -> str:
    tool = data.get("tool") or {}
    return f"version {tool.get('version', 'not known')} with data {tool.get('data', 'not known')}"
