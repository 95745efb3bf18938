"""What differs between two reports, and how a review holds it until a person has seen it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from licensecheck import api


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A finding that is new, closed or another one; its statuses are empty where it was not, or is no more."""

    label: str
    license: str
    since: str
    before: str
    after: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two reports: the verdicts, why, and the findings."""

    before: str
    after: str
    details: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()

    @property
    def is_none(self) -> bool:
        """True where both say the same."""
        return self.before == self.after and not self.moved


def compare_texts(old: str, new: str) -> Difference:
    """What differs between two reports, both as JSON; they may be about different targets."""
    first, second = json.loads(old), json.loads(new)
    for data in (first, second):
        for target in data["targets"]:
            target["target"] = ""
    against = api.compare_reports(first, second)
    moved = (
        Moved(
            label=each.label,
            license=each.license,
            since=each.since.value,
            before=each.before,
            after=each.after,
            message=each.message,
        )
        for each in against.changes
    )
    return Difference(
        before=against.verdict.value,
        after=str(second["verdict"]),
        details=against.details,
        moved=tuple(sorted(moved, key=_weight)),
    )


def _weight(moved: Moved) -> tuple[int, str]:
    """What moves a verdict most stands first; a change of words alone comes last."""
    worst = min(
        (_ORDER.index(status) for status in (moved.before, moved.after) if status in _ORDER), default=len(_ORDER)
    )
    return worst + len(_ORDER) * (moved.before == moved.after), moved.label


_ORDER = ("violation", "review", "action", "waived", "met", "not-applicable")


def pack_difference(found: Difference) -> str:
    """The difference as the text that the tables hold; empty where both say the same."""
    return "" if found.is_none else json.dumps(asdict(found), ensure_ascii=False)


def read_difference(text: str) -> Difference | None:
    """The difference that a review holds; None where it holds none."""
    if not text:
        return None
    data = json.loads(text)
    moved = tuple(Moved(**each) for each in data["moved"])
    return Difference(before=data["before"], after=data["after"], details=tuple(data["details"]), moved=moved)
