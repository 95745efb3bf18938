"""How old the rules, records and lists are, by the dates that stand in them; without a clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from licensecheck import DATA_VERSION
from licensecheck.catalog.libraries import all_libraries
from licensecheck.catalog.records import all_records, built_index
from licensecheck.domain.licenses import Record
from licensecheck.errors import UsageError
from licensecheck.frozen import dataclass

OLD = 180
"""Days after which a part of the data is called old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """One part of the data: how much of it there is, and its oldest and newest day (ISO 8601, or a part of it)."""

    what: str
    count: int
    oldest: str | None = None
    newest: str | None = None
    note: str = ""


def data_ages() -> tuple[Age, ...]:
    """The ages of the data: as a whole, of the texts and records, of libraries and of each public list of models."""
    records = [record for record in all_records() if not record.is_family]
    read = [record.read.date for record in records if record.read is not None and record.read.date]
    checked = [record.reviewed.on for record in records if record.reviewed is not None]
    unread = sum(record.terms is None for record in records)
    return (
        Age(
            what="data",
            count=len(records),
            oldest=DATA_VERSION,
            newest=DATA_VERSION,
            note="records and rules as released",
        ),
        _age("texts of licenses, by their own dates", _dates(records)),
        _age("records, by the day they were read", read, note=f"{unread} of them without terms"),
        _age("records that somebody read beside the text", checked),
        _age("libraries and the weights they load", (lib.read for lib in all_libraries() if lib.read)),
        _age("models, from when on their license holds", _since()),
        *_lists(),
    )


def days_between(day: str, today: str) -> int | None:
    """The days from a day of the data to today; None where the day is not given in full."""
    try:
        end = datetime.date.fromisoformat(today)
    except ValueError:
        raise UsageError(f"--today: {today!r} is not a day such as 2026-12-01") from None
    try:
        return (end - datetime.date.fromisoformat(_full(day))).days
    except ValueError:
        return None


def _full(day: str) -> str:
    """A day that is given as a year or a month, as the first day of it."""
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]


def _dates(records: Iterable[Record]) -> Iterator[str]:
    yield from (day for record in records if (day := record.effective or record.date))


def _since() -> Iterator[str]:
    index = built_index()
    for key in index.keys("model"):
        entry: list[Any] = index.find("model", key) or []
        if entry and entry[1].get("since"):
            yield entry[1]["since"]


def _lists() -> Iterator[Age]:
    """The public lists, each with its version and day."""
    for label, count in built_index().find("models", "lists") or ():
        name, _, day = label.partition(", ")
        yield Age(what=f"list {name}", count=count, oldest=day, newest=day)


def _age(what: str, days: Iterable[str], *, note: str = "") -> Age:
    known = sorted(days)
    return Age(
        what=what, count=len(known), oldest=known[0] if known else None, newest=known[-1] if known else None, note=note
    )
