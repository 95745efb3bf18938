"""`licensecheck identify`: which known license a text is, and what was changed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from licensecheck.cli.options import format_option, output_option
from licensecheck.model.term import Evidence, Term
from licensecheck.text.decode import SourceText
from licensecheck.text.files import read_any_text, text_of
from licensecheck.text.regular import read_limited


@click.command("identify", short_help="Tell which known license a text is and what was changed.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_option("text", "json", help="What to print; JSON gives one object a line for each file.")
@click.option("--terms", is_flag=True, help="Also list the terms that added passages state.")
@output_option()
def command(files: tuple[str, ...], form: str, terms: bool, output: str | None) -> int:
    """Tell which known licenses a text consists of, and show word for word what is not theirs.

    FILE is plain text, Markdown or HTML; - reads standard input. Layout, title, copyright line and filled-in names do
    not count as changes.

    \b
    licensecheck identify LICENSE
    licensecheck identify LICENSE NOTICE --terms
    licensecheck identify LICENSE --format json
    """
    from licensecheck.cli.exits import OK
    from licensecheck.cli.show import emit
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
    from licensecheck.match.read import read_license
    from licensecheck.model.subject import Document, Role

    if not extra:
        return ()
    reading = read_license(Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256))
    return tuple(term for term in reading.terms if any(_overlaps(quote, extra) for quote in term.evidence))


def _overlaps(quote: Evidence, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(quote.start < end and start < quote.end for start, end in spans)
