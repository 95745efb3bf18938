"""`licensecheck profile`: write a deployment profile by answering questions, or see what one lacks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from licensecheck.domain.findings import Report
    from licensecheck.domain.profile import Profile
    from licensecheck.domain.rules import Asking


@click.group("profile", short_help="Write or check a deployment profile.")
def command() -> None:
    """Write or check a deployment profile: what a company does with a model, in one YAML file.

    Every field is optional; what is left out is unknown, and becomes a question where a license depends on it.
    """


@command.command("new")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    default="licensecheck.yaml",
    show_default=True,
    help="The file to write; it must not be there yet.",
)
def new_profile(targets: tuple[str, ...], output: str) -> int:
    """Answer questions in the terminal and write the profile.

    With targets only what their licenses need is asked, the most deciding first. Press Enter to leave a question open.

    \b
    licensecheck profile new meta-llama/Llama-3.1-8B-Instruct
    licensecheck profile new ./my-model -o acme.yaml
    """
    from licensecheck.catalog.profile_files import render_profile
    from licensecheck.cli.exits import OK
    from licensecheck.domain.profile import Profile
    from licensecheck.errors import UsageError
    from licensecheck.judge.what_if import next_asking
    from licensecheck.text.io import write_new

    if os.path.exists(output):
        raise UsageError(f"{output} exists already and is not overwritten; name another file with -o")
    profile, skipped = Profile(), set[str]()
    while asking := next_asking(_report(targets, profile), profile, skipped=skipped):
        profile = _ask(asking, profile, skipped)
    write_new(render_profile(profile), Path(output))
    click.echo(f"{output} is written.")
    return OK


_HINTS = {
    "boolean": " [yes/no]",
    "list": " [with commas]",
    "country": " [DE]",
    "countries": " [DE, US]",
    "money": " [45000000 EUR]",
}
"""What an answer of each type looks like."""


def _ask(asking: Asking, profile: Profile, skipped: set[str]) -> Profile:
    """The profile with the answer; an answer that cannot be read is asked for again, none is left open."""
    from licensecheck.catalog.profile_files import change_profile
    from licensecheck.errors import ProfileError
    from licensecheck.judge.what_if import as_yaml

    field = asking.field or asking.fact
    choices = f" ({', '.join(asking.choices)})" if asking.choices else ""
    answer = click.prompt(asking.text + choices + _HINTS.get(asking.type, ""), default="", show_default=False)
    if not answer.strip():
        skipped.add(field)
        return profile
    try:
        return change_profile(profile, field, as_yaml(asking, answer))
    except ProfileError as fault:
        click.echo(f"  {fault.message}", err=True)
        return profile


def _report(targets: tuple[str, ...], profile: Profile) -> Report | None:
    from licensecheck.api import check
    from licensecheck.cli.options import parse_day

    return check(targets, profile=profile, today=parse_day(None)) if targets else None


@command.command("check")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option(
    "-p",
    "--profile",
    "path",
    type=click.Path(dir_okay=False),
    help="The profile; licensecheck.yaml or pyproject.toml here by default.",
)
def check_profile(targets: tuple[str, ...], path: str | None) -> int:
    """Say whether a profile can be read and what is missing in it for these targets.

    \b
    licensecheck profile check meta-llama/Llama-3.1-8B-Instruct -p acme.yaml
    """
    from licensecheck.cli.exits import OK
    from licensecheck.cli.options import profile_at
    from licensecheck.report.sentences import decided_by
    from licensecheck.text.markup import plain_line

    profile = profile_at(path)
    report = _report(targets, profile)
    click.echo(plain_line(f"{profile.path or 'no profile'}: {'can be read' if profile.path else 'nothing is stated'}"))
    for target in report.targets if report else ():
        click.echo(plain_line(f"{target.target}: {target.verdict.value}, {len(target.questions)} questions open"))
        for question in target.questions:
            line = f"{question.fact}: {question.text} (decides: {decided_by(question)})"
            click.echo("  " + plain_line(line))
    return OK
