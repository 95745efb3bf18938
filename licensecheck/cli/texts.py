"""Commands on texts: `extract`, `identify`, `diff` and `compare`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, knowledge_options, output_option
from licensecheck.text.formats import read_any_text, text_of
from licensecheck.text.io import SourceText, read_limited

if TYPE_CHECKING:
    from licensecheck.api import Catalog
    from licensecheck.report.compare_matrix import Matrix
    from licensecheck.report.diff_changes import Comparison


@click.command("extract", short_help="List the terms that a license or policy text states.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_option("text", "json", help="What to print; JSON gives one object a line for each file.")
@click.option("-v", "--verbose", is_flag=True, help="Show the quoted passage under each term.")
@click.option("--ledger", is_flag=True, help="Show what each sentence of the text came to.")
@click.option("--no-identify", "unidentified", is_flag=True, help="Do not look up which known license the text is.")
@output_option()
@knowledge_options()
def command(
    files: tuple[str, ...],
    form: str,
    verbose: bool,
    ledger: bool,
    unidentified: bool,
    output: str | None,
    catalog: Catalog,
) -> int:
    """List the terms that license or policy texts state, each with the clause it comes from.

    FILE is plain text, Markdown, HTML, PDF or DOCX. Nothing is looked up: the terms come from the text, so an edited
    clause gives edited terms. With --ledger every sentence is shown with what it came to: a term, a fact, boilerplate,
    no norm, or unread, where it may bind and nothing explains how.

    \b
    licensecheck extract LICENSE
    licensecheck extract LICENSE USE_POLICY.md -v
    licensecheck extract LICENSE --format json
    licensecheck extract LICENSE --ledger
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit
    from licensecheck.report.extraction import render_json, render_ledger, render_text

    checker = Checker(catalog)
    readings = [checker.extract(name, identify=not unidentified) for name in files]
    if form == "json":
        text = "".join(render_json(reading, ledger=ledger) + "\n" for reading in readings)
    elif ledger:
        text = "\n".join(render_ledger(reading) for reading in readings)
    else:
        text = "\n".join(render_text(reading, quotes=verbose) for reading in readings)
    emit(text, output)
    return OK


# `licensecheck identify`: which known license a text is, and what was changed.


@click.command("identify", short_help="Tell which known license a text is and what was changed.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_option("text", "json", help="What to print; JSON gives one object a line for each file.")
@click.option("--terms", is_flag=True, help="Also list the terms that added passages state.")
@output_option()
@knowledge_options()
def identify_command(files: tuple[str, ...], form: str, terms: bool, output: str | None, catalog: Catalog) -> int:
    """Tell which known licenses a text consists of, and show word for word what is not theirs.

    FILE is plain text, Markdown or HTML; - reads standard input. Layout, title, copyright line and filled-in names do
    not count as changes.

    \b
    licensecheck identify LICENSE
    licensecheck identify LICENSE NOTICE --terms
    licensecheck identify LICENSE --format json
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit
    from licensecheck.report.identification import render_json, render_text

    checker = Checker(catalog)
    shown = [checker.identify_source(_read(name), added_terms=terms) for name in files]
    if form == "json":
        emit("".join(render_json(file) + "\n" for file in shown), output)
    else:
        emit("\n".join(render_text(file) for file in shown), output)
    return OK


def _read(name: str) -> SourceText:
    """The text of a file, or what standard input holds."""
    if name != "-":
        return read_any_text(Path(name))
    return text_of(read_limited(sys.stdin.buffer, path="standard input"), path="standard input")


# `licensecheck diff`: what changed between two licenses or versions.


@click.command("diff", short_help="Show what changed between two licenses or versions.")
@click.argument("old")
@click.argument("new")
@format_option("text", "json", "html", help="How to show it.")
@output_option()
@knowledge_options()
def diff_command(old: str, new: str, form: str, output: str | None, catalog: Catalog) -> int:
    """Show what changed between two licenses: by term first, then the clauses with the changed words marked.

    OLD and NEW are files, or ids of license records. The clauses are compared where both texts are at hand.

    \b
    licensecheck diff LICENSE.old LICENSE
    licensecheck diff llama-3.1 LICENSE
    licensecheck diff llama-2 llama-4 --format html --output diff.html
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit

    emit(_render(Checker(catalog).diff(old, new), form), output)
    return OK


def _render(comparison: Comparison, form: str) -> str:
    from licensecheck import __version__
    from licensecheck.report.diff_formats import render_html, render_json, render_text

    if form == "html":
        return render_html(comparison, made=f"Made by licensecheck {__version__}")
    return render_json(comparison) if form == "json" else render_text(comparison)


# `licensecheck compare`: put licenses or models side by side.


@click.command("compare", short_help="Put licenses or models side by side.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET TARGET...")
@click.option(
    "-p",
    "--profile",
    "profiles",
    metavar="FILE",
    multiple=True,
    help="A deployment profile: adds verdicts and what a move costs; each further one adds a row of verdicts.",
)
@format_option("text", "html", "csv", "xlsx", "json", help="How to show it; xlsx needs --output.")
@output_option()
@knowledge_options()
def compare_command(
    targets: tuple[str, ...], profiles: tuple[str, ...], form: str, output: str | None, catalog: Catalog
) -> int:
    """Put licenses or models side by side: a row a term, those that differ first.

    "silent" means that the text was read and does not say; "not read" that no text or reading is at hand.
    With a profile, the duties and limits that a move from the first target adds and drops stand below.

    \b
    licensecheck compare llama-4 gemma apache-2.0
    licensecheck compare llama-4 gemma apache-2.0 -p product.yaml -p research.yaml
    licensecheck compare ./model-a ./model-b -p acme.yaml -f xlsx -o compare.xlsx
    """
    from licensecheck import DATA_VERSION, __version__
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit, parse_day, profile_at
    from licensecheck.errors import UsageError
    from licensecheck.text.io import write_whole

    if form == "xlsx" and not output:
        raise UsageError("xlsx is a binary format: name a file with --output")
    first = profile_at(profiles[0] if profiles else None)
    others = [profile_at(path) for path in profiles[1:]]
    matrix = Checker(catalog).compare(targets, profile=first, others=others, today=parse_day(None))
    made = f"licensecheck {__version__}, data {DATA_VERSION}"
    if form == "xlsx":
        from licensecheck.report.compare_sheet import render_xlsx

        write_whole(render_xlsx(matrix), Path(str(output)))
        return OK
    emit(_render_comparison(matrix, form, made), output)
    return OK


def _render_comparison(matrix: Matrix, form: str, made: str) -> str:
    from licensecheck.cli.options import terminal_width
    from licensecheck.report.compare_formats import render_html, render_json, render_text
    from licensecheck.report.compare_sheet import render_csv

    if form == "html":
        return render_html(matrix, made=made)
    if form == "csv":
        return render_csv(matrix)
    if form == "json":
        return render_json(matrix)
    return render_text(matrix, width=terminal_width())
