"""License records for the terminal: a list of them, or one with the ledger of its family and its terms."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.model.record import Record
from licensecheck.model.term import Term, Value

FEW = 4
"""How many prohibited uses a line of a ledger names; more are counted."""

LONG = 40
"""How many characters of an old and a new value a line of a ledger shows."""


def render_list(records: Iterable[Record]) -> str:
    """One line a record: id, class and name."""
    rows = [(record.id, _class_of(record), _title(record)) for record in records]
    width = max((len(row[0]) for row in rows), default=0)
    return "".join(f"{id_:<{width}}  {class_:<14}  {name}\n" for id_, class_, name in rows)


def render_record(record: Record, *, family: Record | None, versions: dict[str, Record]) -> str:
    """A record's facts, the ledger of its family and its terms with their clauses."""
    lines = [f"{record.id}: {record.name}", *(f"  {label:<12} {value}" for label, value in _facts(record) if value)]
    if record.note:
        lines.append(f"  {'note':<12} {record.note}")
    ledger = record if record.is_family else family
    if ledger is not None:
        lines += ["", f"Versions of {ledger.id}", *_ledger(ledger, versions, current=record.id)]
    lines += ["", *_terms(record)]
    return "\n".join(lines) + "\n"


def _title(record: Record) -> str:
    return f"{record.name} ({len(record.versions)} versions)" if record.is_family else record.name


def _class_of(record: Record) -> str:
    return record.license_class.value if record.license_class else "not known"


def _facts(record: Record) -> list[tuple[str, str]]:
    names = [f"{name} ({scheme})" for scheme, all_names in sorted(record.ids.items()) for name in all_names]
    return [
        ("class", _class_of(record)),
        ("version", record.version or ""),
        ("date", record.date or ""),
        ("steward", record.steward or ""),
        ("OSI approved", _said(record.osi_approved)),
        ("FSF free", _said(record.fsf_free)),
        ("kind", "use policy" if record.policy else ""),
        ("incorporates", ", ".join(record.incorporates)),
        ("also known as", ", ".join(names)),
        ("url", record.url or ""),
        ("read from", _read_from(record)),
    ]


def _read_from(record: Record) -> str:
    if record.read is None:
        return ""
    return f"{record.read.source} on {record.read.date}" if record.read.date else record.read.source


def _said(fact: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[fact]


def _ledger(ledger: Record, versions: dict[str, Record], *, current: str) -> list[str]:
    lines: list[str] = []
    before: Record | None = None
    for version in ledger.versions:
        record = versions[version.id]
        mark = "*" if version.id == current else " "
        lines.append(
            f"{mark} {version.date or '':<10}  {version.id}" + (f": {version.stands_for}" if version.stands_for else "")
        )
        lines += [f"      {text}" for text in (version.changed, _changes(before, record)) if text]
        before = record
    return lines


def _changes(old: Record | None, new: Record) -> str | None:
    """What the terms of a version add, drop and change against the version before it."""
    if old is None or old.terms is None or new.terms is None:
        return None
    was, now = {term.key: term for term in old.terms}, {term.key: term for term in new.terms}
    parts = {
        "new": _shorts(now[key] for key in now if key not in was),
        "gone": _shorts(was[key] for key in was if key not in now),
        "changed": [text for key in now if key in was and (text := _change(was[key], now[key]))],
    }
    return "; ".join(f"{label}: {', '.join(items)}" for label, items in parts.items() if items) or "the same terms"


def _change(old: Term, new: Term) -> str | None:
    """A term whose attributes differ, with what was and what is; long texts are left to `licensecheck diff`."""
    details = []
    for name in sorted(old.attributes.keys() | new.attributes.keys()):
        was, now = old.attributes.get(name), new.attributes.get(name)
        if was == now:
            continue
        if isinstance(was, tuple) and isinstance(now, tuple):
            marked = [f"+{item}" for item in now if item not in was] + [f"-{item}" for item in was if item not in now]
            details.append(f"{name} {' '.join(marked)}")
        elif len(_shown(was) + _shown(now)) <= LONG:
            details.append(f"{name} {_shown(was)} → {_shown(now)}")
        else:
            details.append(name)
    return f"{_shorts([new])[0]} ({'; '.join(details)})" if details else None


def _shorts(terms: Iterable[Term]) -> list[str]:
    """Each term by its kind and metric; prohibited uses, often many, as one item."""
    kinds: list[str] = []
    uses: list[str] = []
    for term in terms:
        _, category, metric = term.key
        if category:
            uses.append(category)
        else:
            kinds.append(f"{term.kind} {metric}" if metric else term.kind)
    if len(uses) > FEW:
        return [*kinds, f"{len(uses)} prohibited uses"]
    return [*kinds, *(f"prohibited-use {category}" for category in uses)]


def _terms(record: Record) -> list[str]:
    if record.terms is None:
        return ["The text has not been read: its terms are not known."]
    lines = ["Terms of all versions together" if record.is_family else "Terms"]
    for term in record.terms:
        clause = f"[{term.clause}]" if term.clause else ""
        attributes = "; ".join(f"{name}: {_shown(value)}" for name, value in sorted(term.attributes.items()))
        lines.append(f"  {term.kind:<24} {clause:<10} {attributes}".rstrip())
    return lines


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if value is None:
        return "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{int(value)}"
    return str(value)
