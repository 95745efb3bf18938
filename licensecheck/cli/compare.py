"""`licensecheck compare`: put licenses or models side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, output_option, profile_option

if TYPE_CHECKING:
    from licensecheck.report.compare.matrix import Matrix


@click.command("compare", short_help="Put licenses or models side by side.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET TARGET...")
@profile_option("The deployment profile (YAML); adds verdicts and what a move costs.")
@format_option("text", "html", "csv", "xlsx", "json", help="How to show it; xlsx needs --output.")
@output_option()
def command(targets: tuple[str, ...], profile: str | None, form: str, output: str | None) -> int:
    """Put licenses or models side by side: a row a term, those that differ first.

    "silent" means that the text was read and does not say; "not read" that no text or reading is at hand.
    With a profile, the duties that a move from the first target would bring and take away stand below.

    \b
    licensecheck compare llama-4 gemma apache-2.0
    licensecheck compare ./model-a ./model-b -p acme.yaml -f xlsx -o compare.xlsx
    """
    from licensecheck.checking import check_targets
    from licensecheck.cli.exits import OK
    from licensecheck.cli.inputs import parse_day, profile_at, source_settings
    from licensecheck.cli.show import emit
    from licensecheck.errors import UsageError
    from licensecheck.report.compare.matrix import build_matrix
    from licensecheck.text.write import write_whole

    if len(targets) < 2:
        raise UsageError("compare takes two targets or more")
    if form == "xlsx" and not output:
        raise UsageError("xlsx is no text: name a file with --output")
    facts = profile_at(profile)
    report = check_targets(targets, facts, settings=source_settings(), today=parse_day(None))
    matrix = build_matrix(report.targets, judged=facts.path is not None)
    made = f"licensecheck {report.tool_version}, data {report.data_version}"
    if form == "xlsx":
        from licensecheck.report.compare.sheet import render_xlsx

        write_whole(render_xlsx(matrix), Path(str(output)))
        return OK
    emit(_render(matrix, form, made), output)
    return OK


def _render(matrix: Matrix, form: str, made: str) -> str:
    from licensecheck.cli.render import terminal_width
    from licensecheck.report.compare import html, json, sheet, text

    if form == "html":
        return html.render(matrix, made=made)
    if form == "csv":
        return sheet.render_csv(matrix)
    if form == "json":
        return json.render(matrix)
    return text.render(matrix, width=terminal_width())
