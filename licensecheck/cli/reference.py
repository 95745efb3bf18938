"""Writing the generated pages of the documentation, and telling which of them are stale."""

from __future__ import annotations

from pathlib import Path

import click

from licensecheck.cli.main import COMMANDS, cli
from licensecheck.load.paths import rules_root
from licensecheck.load.rules import load_detect_rules
from licensecheck.load.yamlfile import load_yaml
from licensecheck.report.reference import command_page, index_page, rule_page, term_page
from licensecheck.text.write import write_whole


def reference_pages() -> dict[str, str]:
    """The generated pages by their path below `docs/reference`."""
    rules = load_detect_rules(examples=True)
    terms = load_yaml(rules_root() / "terms.yaml", name="rules/terms.yaml")["terms"]
    pages = {f"rules/{rule.id}.md": rule_page(rule) for rule in rules}
    pages |= {f"terms/{kind}.md": term_page(kind, spec, rules) for kind, spec in terms.items()}
    pages["index.md"] = index_page(rules, terms)
    pages["commands.md"] = command_page(_helps())
    return pages


def _helps() -> list[tuple[str, str]]:
    context = click.Context(cli, info_name="licensecheck", max_content_width=100, terminal_width=100)
    found = [("licensecheck", cli.get_help(context))]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        found.append((f"licensecheck {name}", command.get_help(inner)))
        if isinstance(command, click.Group):
            found.extend(_inner_helps(command, inner))
    return found


def _inner_helps(group: click.Group, context: click.Context) -> list[tuple[str, str]]:
    helps = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        helps.append((inner.command_path, command.get_help(inner)))
    return helps


def stale_pages(folder: Path) -> list[str]:
    """The pages that are missing, differ from what would be written, or that nothing writes any more."""
    pages = reference_pages()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    wrong = [name for name, text in pages.items() if name not in there or (folder / name).read_text("utf-8") != text]
    return sorted([*wrong, *(there - set(pages))])


def write_pages(folder: Path) -> int:
    """Write all pages, remove those that nothing writes any more, and give back how many there are."""
    pages = reference_pages()
    for path in sorted(folder.rglob("*.md")):
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(text, path)
    return len(pages)
