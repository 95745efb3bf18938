"""License records for the terminal: a list of them, or one with the ledger of its family and its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licensecheck.catalog.age import OLD, Age
from licensecheck.domain.licenses import ModelEntry, Record, Term, Value
from licensecheck.domain.rules import CheckRule, DetectRule, Example
from licensecheck.report.diff_changes import incorporated_terms

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


def render_label(id_: str, *, name: str, ids: Mapping[str, str]) -> str:
    """What is known of a license whose text is known by its fingerprint and that has no record: its names alone."""
    names = ", ".join(f"{own} ({scheme})" for scheme, own in ids.items())
    lines = [f"{id_}: {name}", *([f"  {'known as':<12} {names}"] if names else []), ""]
    lines.append("Its text is recognized, and it has no record: give the text to `licensecheck extract` for its terms.")
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
        ("licensor", _licensor(record)),
        ("effective", record.effective or ""),
        ("languages", _languages(record)),
        ("law", record.governing_law or ""),
        ("OSI approved", _said(record.osi_approved)),
        ("FSF free", _said(record.fsf_free)),
        ("kind", "use policy" if record.policy else ""),
        ("incorporates", ", ".join(record.incorporates)),
        ("also known as", ", ".join(names)),
        ("url", record.url or ""),
        ("read from", _read_from(record)),
        ("reviewed", f"by {record.reviewed.by} on {record.reviewed.on}" if record.reviewed else ""),
    ]


def _licensor(record: Record) -> str:
    if record.entities:
        return "; ".join(f"{entity.name} ({entity.where})" for entity in record.entities)
    return record.licensor or ""


def _languages(record: Record) -> str:
    if record.languages is None:
        return ""
    prevails = f"; {record.languages.prevails} prevails" if record.languages.prevails else ""
    return ", ".join(record.languages.text) + prevails


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
    before, after = incorporated_terms(old.id), incorporated_terms(new.id)
    policies = ", ".join(new.incorporates)
    parts = {
        "new": _shorts(now[key] for key in now if key not in was and key not in before),
        f"moved here from {', '.join(old.incorporates)}": _shorts(
            now[key] for key in now if key not in was and key in before
        ),
        f"moved to {policies}": _shorts(was[key] for key in was if key not in now and key in after),
        "gone": _shorts(was[key] for key in was if key not in now and key not in after),
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
        why = f" ({record.unread})" if record.unread else ""
        return [f"The text has not been read{why}: its terms are not known."]
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


# How old the data is, for the terminal.


def render_ages(ages: Iterable[tuple[Age, int | None]], *, today: str, given: bool) -> str:
    """A line for each part of the data: how much, from when to when, how many days before the day that is asked for."""
    until = today if given else f"the newest day of the data, {today}"
    lines = [f"Days are counted up to {until}."]
    for age, days in ages:
        span = age.newest or "no day given"
        if age.oldest and age.oldest != age.newest:
            span = f"{age.oldest} to {age.newest}"
        told = "" if days is None else f"  {days} days old"
        old = ", old" if days is not None and days > OLD else ""
        note = f" ({age.note})" if age.note else ""
        lines.append(f"{age.count:>6}  {span:<24}{told}{old}  {age.what}{note}")
    return "\n".join(lines) + "\n"


# What the catalog knows of a model, for the terminal.


def render_model(entry: ModelEntry, *, asked: str, names: dict[str, str]) -> str:
    """What the catalog knows of one model name; `names` gives the names of the licenses."""
    lines = [f"{asked}: {entry.model}" if entry.model != asked else asked]
    lines += [f"  {label:<12} {value}" for label, value in _model_facts(entry, names) if value]
    return "\n".join(lines) + "\n"


def _model_facts(entry: ModelEntry, names: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("resolved", f"{entry.resolved.value}, {'certain' if entry.certain else 'not certain'}"),
        ("license", _licenses(entry, names)),
        ("made from", ", ".join(entry.bases) or (f"a model under {entry.made_from}" if entry.made_from else "")),
        ("relation", entry.relation or ""),
        ("modalities", ", ".join(entry.modalities or ())),
        ("available", entry.availability.value if entry.availability else ""),
        ("got by", "; ".join(f"{way.name} (binds: {' and '.join(way.binds)})" for way in entry.channels)),
        ("since", entry.since or ""),
        ("listed by", "; ".join(entry.listed)),
        ("note", entry.note or ""),
    ]


def _licenses(entry: ModelEntry, names: dict[str, str]) -> str:
    if entry.nothing_to_license:
        return "none: there is nothing to license"
    if not entry.licenses:
        return "not known"
    shown = " and ".join(f"{id_} ({names[id_]})" for id_ in entry.licenses)
    return f"{shown}; which version is not said" if entry.license_is_family else shown


# Reference pages in Markdown: one for each detect rule, one for each kind of term, one for the command line.


MARK = "<!-- Written by `licensecheck rules docs`; do not edit. -->\n\n"
"""Opens every generated page."""


def rule_page(rule: DetectRule) -> str:
    """What a rule finds, why it matters, where it was seen, and its examples."""
    what = rule.yields.name + (f" (category {rule.set['category']})" if "category" in rule.set else "")
    lines = [
        f"{MARK}# {rule.id}",
        rule.title + ".",
        " ".join(rule.why.split()),
        f"- Yields: {rule.yields.sort} `{what}`\n- Status: {rule.status}, since {rule.since}\n- File: `{rule.path}`",
    ]
    if rule.basis:
        lines.append("Seen in: " + ", ".join(rule.basis) + ".")
    lines.append("## Patterns")
    lines.extend(_patterns(rule))
    lines.append("## Examples")
    lines.extend(_example(example) for example in rule.examples)
    return "\n\n".join(lines) + "\n"


def _patterns(rule: DetectRule) -> Iterable[str]:
    match = rule.match
    groups = [
        ("One of these", match.any),
        *(("And one of these", group) for group in match.all),
        ("But none of these", match.none),
        ("Under a heading with", match.heading),
        ("In the definition of", match.defines),
    ]
    for title, patterns in groups:
        if patterns:
            yield f"{title}:\n\n```text\n" + "\n".join(patterns) + "\n```"
    if match.force:
        yield "Deontic force at the match: " + ", ".join(match.force) + "."


def _example(example: Example) -> str:
    text = " ".join(example.text.split())
    found = "; ".join(_expected(item) for item in example.expect) or "nothing"
    gap = f" Known gap: {example.gap}." if example.gap else ""
    return f"**{example.name}**\n\n> {text}\n\nFinds: {found}.{gap}"


def _expected(item: Mapping[str, Any]) -> str:
    rest = ", ".join(f"{name}: {value}" for name, value in item.items() if name != "kind")
    return f"`{item['kind']}`" + (f" ({rest})" if rest else "")


def check_page(rule: CheckRule, terms: Iterable[str]) -> str:
    """What a check rule compares, why, what it says, and what to do; `terms` are the kinds that have a page."""
    paged = frozenset(terms)
    outcomes = (
        f"`{rule.yields.value}`; otherwise `{rule.otherwise.value}`; where a fact is missing `{rule.doubt.value}`"
    )
    kinds = ", ".join(f"[{kind}](../terms/{kind}.md)" if kind in paged else f"`{kind}`" for kind in rule.terms)
    lines = [
        f"{MARK}# {rule.id}",
        rule.title + ".",
        " ".join(rule.why.split()),
        f"- Yields: {outcomes}\n- Status: {rule.status}, since {rule.since}\n- For: {kinds}",
        f"> {' '.join(rule.message.split())}",
        f"What to do: {' '.join(rule.fix.split())}",
    ]
    if rule.basis:
        lines.append("Seen in: " + ", ".join(rule.basis) + ".")
    return "\n\n".join(lines) + "\n"


def term_page(kind: str, spec: Mapping[str, Any], rules: Iterable[DetectRule], checks: Iterable[CheckRule] = ()) -> str:
    """What a kind of term says, its attributes, and the rules that find it."""
    lines = [f"{MARK}# {kind}", spec["says"], f"- Group: {spec['group']}"]
    if spec.get("note"):
        lines.append(str(spec["note"]))
    if spec["attributes"]:
        attributes = spec["attributes"].items()
        rows = "\n".join(f"| `{name}` | {_type(of)} | {of.get('says', '')} |" for name, of in attributes)
        lines.append("## Attributes\n\n| attribute | type | meaning |\n| --- | --- | --- |\n" + rows)
    found = [f"- [{rule.id}](../rules/{rule.id}.md): {rule.title}" for rule in rules if rule.yields.name == kind]
    lines.append("## Rules\n\n" + ("\n".join(found) or "None."))
    compared = [f"- [{check.id}](../checks/{check.id}.md): {check.title}" for check in checks if kind in check.terms]
    lines.append("## Checks\n\n" + ("\n".join(compared) or "None: the term is informational."))
    return "\n\n".join(lines) + "\n"


def _type(spec: Mapping[str, Any]) -> str:
    of = spec.get("of")
    return f"{spec['type']}: {', '.join(of)}" if isinstance(of, list) else str(spec["type"])


def index_page(rules: Iterable[DetectRule], terms: Mapping[str, Any], checks: Iterable[CheckRule] = ()) -> str:
    """The table of all kinds of term with their rules."""
    by_kind: dict[str, list[DetectRule]] = {}
    others: list[DetectRule] = []
    for rule in rules:
        (by_kind.setdefault(rule.yields.name, []) if rule.yields.sort == "term" else others).append(rule)
    rows = [
        f"| [{kind}](terms/{kind}.md) | {spec['group']} | "
        + ", ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in by_kind.get(kind, ()))
        + " |"
        for kind, spec in terms.items()
    ]
    more = [f"- [{rule.id}](rules/{rule.id}.md): {rule.yields.sort} `{rule.yields.name}`" for rule in others]
    table = "| term | group | rules |\n| --- | --- | --- |\n" + "\n".join(rows)
    compared = "\n".join(f"- [{check.id}](checks/{check.id}.md): {check.title}" for check in checks)
    parts = [f"{MARK}# Terms and rules", table, "## Check rules", compared, "## Facts, triggers and provisos"]
    return "\n\n".join([*parts, "\n".join(more)]) + "\n"


def command_page(helps: Iterable[tuple[str, str]]) -> str:
    """The help of every command, as the terminal shows it."""
    parts = [f"## {name}\n\n```text\n{text.rstrip()}\n```" for name, text in helps]
    return f"{MARK}# Commands\n\n" + "\n\n".join(parts) + "\n"
