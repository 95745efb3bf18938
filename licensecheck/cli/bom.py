"""`licensecheck bom`: write a bill of material of models and their licenses."""

from __future__ import annotations

import click

from licensecheck.cli.options import format_option, output_option


@click.command("bom", short_help="Write a CycloneDX or SPDX bill of materials.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@format_option("cyclonedx", "spdx", help="CycloneDX 1.6 ML-BOM, or SPDX 3.0.1 with the AI profile.")
@click.option(
    "--date", metavar="YYYY-MM-DD", help="The day to put into it; without it the same input gives the same bytes."
)
@output_option()
def command(targets: tuple[str, ...], form: str, date: str | None, output: str | None) -> int:
    """Write what TARGET is, what it was made from, which license it declares and which one was found.

    \b
    licensecheck bom ./my-model -o bom.json
    licensecheck bom meta-llama/Llama-3.1-8B-Instruct --format spdx
    """
    from licensecheck.checking import check_targets
    from licensecheck.cli.exits import OK
    from licensecheck.cli.inputs import parse_day, source_settings
    from licensecheck.cli.show import emit
    from licensecheck.model.profile import Profile
    from licensecheck.report.bom import cyclonedx, spdx

    day = parse_day(date) if date else None
    report = check_targets(targets, Profile(), settings=source_settings(), today=day)
    emit(cyclonedx.render(report) if form == "cyclonedx" else spdx.render(report), output)
    return OK
