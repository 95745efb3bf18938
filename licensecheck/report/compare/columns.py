"""The head of a comparison: each target with its verdict, and what moving to it would bring and take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from licensecheck.model.finding import Finding, Status, Verdict
from licensecheck.model.report import TargetReport
from licensecheck.model.term import Term
from licensecheck.report.compare.cells import Key, order_of, was_read
from licensecheck.report.passages import short_paths
from licensecheck.report.sentence import group_of, label_of
from licensecheck.report.words import VERDICT_WORDS

_BINDING = (Status.VIOLATION, Status.REVIEW, Status.ACTION, Status.MET, Status.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One target: its name, licenses, class, and (with a profile) its verdict and what moving to it would cost.

    `gained` and `lost` are the duties and limits that bind there and not in the first target, and the other way round;
    where one of the two was not read they are not known, which `read` tells.
    """

    target: str
    title: str
    licenses: tuple[str, ...]
    license_class: str
    read: bool
    verdict: Verdict | None = None
    counts: str | None = None
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def make_columns(targets: Sequence[TargetReport], *, judged: bool) -> tuple[Column, ...]:
    """A column for each target, measured against the first."""
    bound = [_bound(target.findings) for target in targets]
    known = was_read(targets[0])
    titles = _titles(targets)
    return tuple(
        _column(target, title=title, now=bound[0], then=then, judged=judged, read=known and was_read(target))
        for target, title, then in zip(targets, titles, bound, strict=True)
    )


def _titles(targets: Sequence[TargetReport]) -> list[str]:
    """The name of each model, else the file name of each text, else the id that was given."""
    files = short_paths(target.target for target in targets if target.documents)
    return [target.name or files.get(target.target, target.target) for target in targets]


def _column(
    target: TargetReport, *, title: str, now: dict[Key, str], then: dict[Key, str], judged: bool, read: bool
) -> Column:
    licenses = dict.fromkeys(reading.identity.name or reading.label for reading in target.readings)
    known = target.openness.license_class
    return Column(
        target=target.target,
        title=title,
        licenses=tuple(licenses) or ("not known",),
        license_class=known.value if known else "not known",
        verdict=target.verdict if judged else None,
        counts=_counts(target) if judged else None,
        read=read,
        gained=tuple(_missing(then, now)) if judged and read else (),
        lost=tuple(_missing(now, then)) if judged and read else (),
    )


def verdict_words(column: Column) -> str:
    """The verdict and how many findings lead to it."""
    return f"{VERDICT_WORDS[column.verdict]} ({column.counts})" if column.verdict else "not judged"


def cost_words(column: Column, labels: tuple[str, ...]) -> str:
    """Duties gained or lost in one phrase."""
    return ("; ".join(labels) or "nothing") if column.read else "not known: nothing was read"


def _counts(target: TargetReport) -> str:
    moving = [finding.status for finding in target.findings if finding.moves_verdict]
    words = ((Status.VIOLATION, "broken"), (Status.REVIEW, "open"), (Status.ACTION, "to do"))
    counted = [f"{moving.count(status)} {word}" for status, word in words if status in moving]
    return ", ".join(counted) or "nothing open"


def _bound(findings: Iterable[Finding]) -> dict[Key, str]:
    """The duties that apply and the limits that are broken or open, with their labels."""
    return {
        Term(kind=finding.kind, attributes=finding.attributes).key: label_of(finding)
        for finding in findings
        if finding.moves_verdict and finding.status in _BINDING and _burdens(finding)
    }


def _burdens(finding: Finding) -> bool:
    kept_limit = group_of(finding.kind) == "limit" and finding.status in (Status.MET, Status.WAIVED)
    return not kept_limit


def _missing(there: dict[Key, str], here: dict[Key, str]) -> Iterator[str]:
    """The labels of what is there and not here, in the order of reports."""
    yield from (there[key] for key in sorted(there.keys() - here.keys(), key=order_of))
