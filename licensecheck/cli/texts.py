"""`licensecheck extract`: the terms that a license or policy text states."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, output_option, profile_option
from licensecheck.domain.licenses import Evidence, Term
from licensecheck.text.formats import read_any_text, text_of
from licensecheck.text.io import SourceText, read_limited


@click.command("extract", short_help="List the terms that a license or policy text states.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_option("text", "json", help="What to print; JSON gives one object a line for each file.")
@click.option("-v", "--verbose", is_flag=True, help="Show the quoted passage under each term.")
@output_option()
def command(files: tuple[str, ...], form: str, verbose: bool, output: str | None) -> int:
    """List the terms that license or policy texts state, each with the clause it comes from.

    FILE is plain text, Markdown, HTML, PDF or DOCX. Nothing is looked up: the terms come from the text, so an edited
    clause gives edited terms.

    \b
    licensecheck extract LICENSE
    licensecheck extract LICENSE USE_POLICY.md -v
    licensecheck extract LICENSE --format json
    """
    from licensecheck import api
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit
    from licensecheck.report import extraction as terms_json
    from licensecheck.report import extraction as terms_text

    readings = [api.read_file(Path(name)) for name in files]
    if form == "json":
        text = "".join(terms_json.render_json(reading) + "\n" for reading in readings)
    else:
        text = "\n".join(terms_text.render_text(reading, quotes=verbose) for reading in readings)
    emit(text, output)
    return OK


# `licensecheck identify`: which known license a text is, and what was changed.


@click.command("identify", short_help="Tell which known license a text is and what was changed.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_option("text", "json", help="What to print; JSON gives one object a line for each file.")
@click.option("--terms", is_flag=True, help="Also list the terms that added passages state.")
@output_option()
def identify_command(files: tuple[str, ...], form: str, terms: bool, output: str | None) -> int:
    """Tell which known licenses a text consists of, and show word for word what is not theirs.

    FILE is plain text, Markdown or HTML; - reads standard input. Layout, title, copyright line and filled-in names do
    not count as changes.

    \b
    licensecheck identify LICENSE
    licensecheck identify LICENSE NOTICE --terms
    licensecheck identify LICENSE --format json
    """
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit
    from licensecheck.identify.identify import identify_text
    from licensecheck.report.identification import Identified, render_json, render_text

    shown = []
    for name in files:
        source = _read(name)
        found = identify_text(source.text)
        added = _added_terms(source, found.extra) if terms and found.matches else None
        shown.append(Identified(path=source.path, text=source.text, found=found, terms=added))
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


def _added_terms(source: SourceText, extra: tuple[tuple[int, int], ...]) -> tuple[Term, ...]:
    """The terms that passages state which no known license has, read in their place in the whole text."""
    from licensecheck.domain.subject import Document, Role
    from licensecheck.reading.license_text import read_license

    if not extra:
        return ()
    reading = read_license(Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256))
    return tuple(term for term in reading.terms if any(_overlaps(quote, extra) for quote in term.evidence))


def _overlaps(quote: Evidence, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(quote.start < end and start < quote.end for start, end in spans)


# `licensecheck diff`: what changed between two licenses or versions.


if TYPE_CHECKING:
    from licensecheck.report.diff_changes import Comparison, Side


@click.command("diff", short_help="Show what changed between two licenses or versions.")
@click.argument("old")
@click.argument("new")
@format_option("text", "json", "html", help="How to show it.")
@output_option()
def diff_command(old: str, new: str, form: str, output: str | None) -> int:
    """Show what changed between two licenses: by term first, then the clauses with the changed words marked.

    OLD and NEW are files, or ids of license records. The clauses are compared where both texts are at hand.

    \b
    licensecheck diff LICENSE.old LICENSE
    licensecheck diff llama-3.1 LICENSE
    licensecheck diff llama-2 llama-4 --format html --output diff.html
    """
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit
    from licensecheck.report.diff_changes import compare_sides

    emit(_render(compare_sides(_side(old), _side(new)), form), output)
    return OK


def _render(comparison: Comparison, form: str) -> str:
    from licensecheck import __version__
    from licensecheck.report import diff_formats as html
    from licensecheck.report import diff_formats as json
    from licensecheck.report import diff_formats as text

    if form == "html":
        return html.render_html(comparison, made=f"Made by licensecheck {__version__}")
    return json.render_json(comparison) if form == "json" else text.render_text(comparison)


def _side(name: str) -> Side:
    """The license that a path or an id names."""
    from licensecheck import api
    from licensecheck.catalog.records import find_record
    from licensecheck.checking import read_record
    from licensecheck.errors import UsageError
    from licensecheck.report.diff_changes import Side

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


# `licensecheck compare`: put licenses or models side by side.


if TYPE_CHECKING:
    from licensecheck.report.compare_matrix import Matrix


@click.command("compare", short_help="Put licenses or models side by side.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET TARGET...")
@profile_option("The deployment profile (YAML); adds verdicts and what a move costs.")
@format_option("text", "html", "csv", "xlsx", "json", help="How to show it; xlsx needs --output.")
@output_option()
def compare_command(targets: tuple[str, ...], profile: str | None, form: str, output: str | None) -> int:
    """Put licenses or models side by side: a row a term, those that differ first.

    "silent" means that the text was read and does not say; "not read" that no text or reading is at hand.
    With a profile, the duties that a move from the first target would bring and take away stand below.

    \b
    licensecheck compare llama-4 gemma apache-2.0
    licensecheck compare ./model-a ./model-b -p acme.yaml -f xlsx -o compare.xlsx
    """
    from licensecheck.checking import check_targets
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit, parse_day, profile_at, source_settings
    from licensecheck.errors import UsageError
    from licensecheck.report.compare_matrix import build_matrix
    from licensecheck.text.io import write_whole

    if len(targets) < 2:
        raise UsageError("compare takes two targets or more")
    if form == "xlsx" and not output:
        raise UsageError("xlsx is no text: name a file with --output")
    facts = profile_at(profile)
    report = check_targets(targets, facts, settings=source_settings(), today=parse_day(None))
    matrix = build_matrix(report.targets, judged=facts.path is not None)
    made = f"licensecheck {report.tool_version}, data {report.data_version}"
    if form == "xlsx":
        from licensecheck.report.compare_sheet import render_xlsx

        write_whole(render_xlsx(matrix), Path(str(output)))
        return OK
    emit(_render_comparison(matrix, form, made), output)
    return OK


def _render_comparison(matrix: Matrix, form: str, made: str) -> str:
    from licensecheck.cli.options import terminal_width
    from licensecheck.report import compare_formats as html
    from licensecheck.report import compare_formats as json
    from licensecheck.report import compare_formats as text
    from licensecheck.report import compare_sheet as sheet

    if form == "html":
        return html.render_html(matrix, made=made)
    if form == "csv":
        return sheet.render_csv(matrix)
    if form == "json":
        return json.render_json(matrix)
    return text.render_text(matrix, width=terminal_width())
