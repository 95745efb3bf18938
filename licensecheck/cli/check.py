"""`licensecheck check`: whether a deployment may go ahead, term by term."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import LEVELS, format_option, knowledge_options, output_option, profile_option

if TYPE_CHECKING:
    from licensecheck.api import Catalog

FORMATS = ("text", "json", "html", "markdown", "sarif", "memo", "docx", "csv", "xlsx")

BINARY = ("docx", "xlsx")
"""Formats that a terminal cannot show."""


@click.command("check", short_help="Check models or licenses against a deployment profile.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@profile_option("The deployment profile; licensecheck.yaml or pyproject.toml here by default.")
@format_option(*FORMATS, help="How to show the report.")
@output_option()
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="denied",
    show_default=True,
    help="Exit with 1 from this verdict on.",
)
@click.option(
    "--what-if",
    "what_if",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Show what changes if a profile field had this value; may be given several times.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False),
    metavar="OLD.json",
    help="Also say what is new, closed or changed since this earlier JSON report.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every finding with every passage, uncut (text only).")
@click.option("--strict", is_flag=True, help="Approve nothing that is modified, unread or unknown.")
@click.option("--texts", is_flag=True, help="Print the full texts too, as an annex (HTML only).")
@click.option("--online", is_flag=True, help="Fetch from the hub what is missing.")
@click.option("--revision", help="The revision of the model on the hub or in its cache.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day on which approvals are checked; today by default.")
@knowledge_options()
def command(
    targets: tuple[str, ...],
    profile: str | None,
    form: str,
    output: str | None,
    fail_on: str,
    what_if: tuple[str, ...],
    against: str | None,
    verbose: bool,
    texts: bool,
    strict: bool,
    online: bool,
    revision: str | None,
    day: str | None,
    catalog: Catalog,
) -> int:
    """Check models or licenses against a deployment profile; every finding quotes the clause it rests on.

    TARGET is a model folder, a model card, a license text, a GGUF file, a license id or a model id. Without a profile
    every fact about the deployment is unknown, and the report asks for those that matter.

    \b
    licensecheck check ./my-model --profile licensecheck.yaml
    licensecheck check meta-llama/Llama-4-Scout-17B-16E-Instruct
    licensecheck check ./my-model --what-if organization.monthly_active_users=800000000

    Exit status: 0 nothing at or above --fail-on, 1 something is, 2 the call or an input cannot be used.
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import FOUND, OK
    from licensecheck.cli.options import emit, parse_day, profile_at, renderer
    from licensecheck.errors import UsageError
    from licensecheck.models.environment import local_settings

    if form in BINARY and not output:
        raise UsageError(f"{form} is a binary format: name a file with --output")
    if what_if and form not in ("text", "json"):
        raise UsageError("--what-if is shown as text or json")
    if what_if and strict:
        raise UsageError("--what-if and --strict do not go together")
    facts = profile_at(profile)
    today = parse_day(day)
    checker = Checker(catalog, settings=local_settings(online=online, revision=revision))
    if what_if:
        from licensecheck.report.what_if_text import render_changes

        supposed = checker.what_if(targets, what_if, profile=facts, today=today)
        emit(render_changes(supposed.changes, what_if, form=form), output)
        report = supposed.after
    else:
        report = checker.check(targets, profile=facts, today=today, strict=strict)
        report = checker.against(report, against) if against else report
        emit(renderer(form, full=verbose, texts=texts, to_file=output is not None)(report), output)
    return FOUND if fail_on != "never" and report.verdict.level >= LEVELS.index(fail_on) else OK


# `licensecheck materials`: write the notices and credit lines that are missing.


@click.command("materials", short_help="Write the notices and credit lines that are missing.")
@click.argument("target")
@profile_option("The deployment profile; licensecheck.yaml or pyproject.toml here by default.")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="The folder to write to; no file in it is overwritten."
)
@knowledge_options()
def materials_command(target: str, profile: str | None, output: str, catalog: Catalog) -> int:
    """Write what the licenses of TARGET ask for: notice, credit lines, license copies, use restrictions, change notice.

    Ends with the lines to put into the profile, so that the next check finds the duties done.

    \b
    licensecheck materials meta-llama/Llama-4-Scout-17B-16E-Instruct -p acme.yaml -o legal/
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import parse_day, profile_at
    from licensecheck.report.materials import profile_lines
    from licensecheck.text.io import write_all_new
    from licensecheck.text.markup import plain_line

    facts = profile_at(profile)
    made = Checker(catalog).materials(target, profile=facts, today=parse_day(None))
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


# `licensecheck bom`: write a bill of material of models and their licenses.


@click.command("bom", short_help="Write a CycloneDX or SPDX bill of materials.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@format_option("cyclonedx", "spdx", help="CycloneDX 1.6 ML-BOM, or SPDX 3.0.1 with the AI profile.")
@click.option(
    "--date", metavar="YYYY-MM-DD", help="The day to put into it; without it the same input gives the same bytes."
)
@output_option()
@knowledge_options()
def bom_command(targets: tuple[str, ...], form: str, date: str | None, output: str | None, catalog: Catalog) -> int:
    """Write what TARGET is, what it was made from, which license it declares and which one was found.

    \b
    licensecheck bom ./my-model -o bom.json
    licensecheck bom meta-llama/Llama-3.1-8B-Instruct --format spdx
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import emit, parse_day

    day = parse_day(date) if date else None
    emit(Checker(catalog).bom(targets, form=form, today=day), output)
    return OK
