"""`licensecheck diff`: what changed between two licenses or versions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, output_option

if TYPE_CHECKING:
    from licensecheck.report.diff.comparison import Comparison, Side


@click.command("diff", short_help="Show what changed between two licenses or versions.")
@click.argument("old")
@click.argument("new")
@format_option("text", "json", "html", help="How to show it.")
@output_option()
def command(old: str, new: str, form: str, output: str | None) -> int:
    """Show what changed between two licenses: by term first, then the clauses with the changed words marked.

    OLD and NEW are files, or ids of license records. The clauses are compared where both texts are at hand.

    \b
    licensecheck diff LICENSE.old LICENSE
    licensecheck diff llama-3.1 LICENSE
    licensecheck diff llama-2 llama-4 --format html --output diff.html
    """
    from licensecheck.cli.exits import OK
    from licensecheck.cli.show import emit
    from licensecheck.report.diff.comparison import compare_sides

    emit(_render(compare_sides(_side(old), _side(new)), form), output)
    return OK


def _render(comparison: Comparison, form: str) -> str:
    from licensecheck import __version__
    from licensecheck.report.diff import html, json, text

    if form == "html":
        return html.render(comparison, made=f"Made by licensecheck {__version__}")
    return json.render(comparison) if form == "json" else text.render(comparison)


def _side(name: str) -> Side:
    """The license that a path or an id names."""
    from licensecheck import api
    from licensecheck.checking import read_record
    from licensecheck.errors import UsageError
    from licensecheck.load.records import find_record
    from licensecheck.report.diff.comparison import Side

    if os.path.exists(name):
        reading, text = api.read_with_text(Path(name))
        return Side(name=name, reading=reading, text=text)
    record = find_record(name)
    if record is None:
        raise UsageError(f"{name} is neither a file nor a license that the catalog knows")
    if record.is_family:
        versions = ", ".join(version.id for version in record.versions)
        raise UsageError(f"{name} stands for several versions; name one of: {versions}")
    return Side(name=record.id, reading=read_record(record))
