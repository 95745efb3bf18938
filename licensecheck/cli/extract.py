"""`licensecheck extract`: the terms that a license or policy text states."""

from __future__ import annotations

from pathlib import Path

import click

from licensecheck.cli.options import format_option, output_option


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
    from licensecheck.cli.show import emit
    from licensecheck.report import terms_json, terms_text

    readings = [api.read_file(Path(name)) for name in files]
    if form == "json":
        text = "".join(terms_json.render(reading) + "\n" for reading in readings)
    else:
        text = "\n".join(terms_text.render(reading, quotes=verbose) for reading in readings)
    emit(text, output)
    return OK
