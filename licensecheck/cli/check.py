"""`licensecheck check`: whether a deployment may go ahead, term by term."""

from __future__ import annotations

import click

from licensecheck.cli.options import LEVELS, format_option, output_option, profile_option

FORMATS = ("text", "json", "html", "markdown", "sarif")


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
@click.option("-v", "--verbose", is_flag=True, help="Show every finding with every passage, uncut (text only).")
@click.option("--online", is_flag=True, help="Fetch from the hub what is missing.")
@click.option("--revision", help="The revision of the model on the hub or in its cache.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day on which approvals are weighed; today by default.")
def command(
    targets: tuple[str, ...],
    profile: str | None,
    form: str,
    output: str | None,
    fail_on: str,
    what_if: tuple[str, ...],
    verbose: bool,
    online: bool,
    revision: str | None,
    day: str | None,
) -> int:
    """Check models or licenses against a deployment profile and prove each word with the clause.

    TARGET is a model folder, a model card, a license text, a GGUF file, a license id or a model id. Without a profile
    every fact about the deployment is unknown, and the report asks for those that matter.

    \b
    licensecheck check ./my-model --profile licensecheck.yaml
    licensecheck check meta-llama/Llama-4-Scout-17B-16E-Instruct
    licensecheck check ./my-model --what-if organization.monthly_active_users=800000000

    Exit status: 0 nothing at or above --fail-on, 1 something is, 2 the call or an input cannot be used.
    """
    from licensecheck.checking import check_targets
    from licensecheck.cli.exits import FOUND, OK
    from licensecheck.cli.inputs import parse_day, profile_at, source_settings
    from licensecheck.cli.render import renderer
    from licensecheck.cli.show import emit

    facts = profile_at(profile)
    today = parse_day(day)
    settings = source_settings(online=online, revision=revision)
    report = check_targets(targets, facts, settings=settings, today=today)
    if what_if:
        from licensecheck.engine.whatif import compare_reports, suppose
        from licensecheck.report.whatif import render_changes

        supposed = check_targets(targets, suppose(facts, what_if), settings=settings, today=today)
        emit(render_changes(compare_reports(report, supposed), what_if, form=form), output)
        report = supposed
    else:
        emit(renderer(form, full=verbose, to_file=output is not None)(report), output)
    return FOUND if fail_on != "never" and report.verdict.level >= LEVELS.index(fail_on) else OK
