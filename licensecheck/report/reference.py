"""Reference pages in Markdown: one for each detect rule, one for each kind of term, one for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licensecheck.model.rule import DetectRule, Example

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


def term_page(kind: str, spec: Mapping[str, Any], rules: Iterable[DetectRule]) -> str:
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
    return "\n\n".join(lines) + "\n"


def _type(spec: Mapping[str, Any]) -> str:
    of = spec.get("of")
    return f"{spec['type']}: {', '.join(of)}" if isinstance(of, list) else str(spec["type"])


def index_page(rules: Iterable[DetectRule], terms: Mapping[str, Any]) -> str:
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
    return f"{MARK}# Terms and rules\n\n{table}\n\n## Facts, triggers and provisos\n\n" + "\n".join(more) + "\n"


def command_page(helps: Iterable[tuple[str, str]]) -> str:
    """The help of every command, as the terminal shows it."""
    parts = [f"## {name}\n\n```text\n{text.rstrip()}\n```" for name, text in helps]
    return f"{MARK}# Commands\n\n" + "\n\n".join(parts) + "\n"
