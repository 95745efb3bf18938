"""`licensecheck materials`: write the notices and credit lines that are missing."""

from __future__ import annotations

import os
from pathlib import Path

import click

from licensecheck.cli.options import profile_option


@click.command("materials", short_help="Write the notices and credit lines that are missing.")
@click.argument("target")
@profile_option("The deployment profile; licensecheck.yaml or pyproject.toml here by default.")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="The folder to write to; no file in it is overwritten."
)
def command(target: str, profile: str | None, output: str) -> int:
    """Write what the licenses of TARGET ask for: notice, credit lines, license copies, use restrictions, change notice.

    Ends with the lines to put into the profile, so that the next check finds the duties done.

    \b
    licensecheck materials meta-llama/Llama-4-Scout-17B-16E-Instruct -p acme.yaml -o legal/
    """
    from licensecheck.checking import check_targets
    from licensecheck.cli.exits import OK
    from licensecheck.cli.inputs import parse_day, profile_at, source_settings
    from licensecheck.report.materials import make_materials, profile_lines
    from licensecheck.text.screen import plain_line
    from licensecheck.text.write import write_all_new

    facts = profile_at(profile)
    (report,) = check_targets([target], facts, settings=source_settings(), today=parse_day(None)).targets
    made = make_materials(report)
    if not made:
        click.echo("Nothing to write: no duty of these licenses asks for a file here.")
        return OK
    folder = Path(output)
    write_all_new({material.name: material.content for material in made}, folder)
    for material in made:
        click.echo(plain_line(f"{folder / material.name}: {material.use}"))
    base = Path(facts.path).parent if facts.path else Path()
    beside = Path(os.path.relpath(folder, base)).as_posix()
    click.echo("\nInto the profile:\n" + profile_lines(made, folder=beside), nl=False)
    return OK
