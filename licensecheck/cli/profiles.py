"""`licensecheck profile`: write a deployment profile by answering questions, or see what one lacks."""

from __future__ import annotations

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
    help="The file to write. One that is there is taken up: what it states is kept, and the rest is asked.",
)
@click.option("--all", "everything", is_flag=True, help="Ask for every fact, for a profile that serves every model.")
def new_profile(targets: tuple[str, ...], output: str, everything: bool) -> int:
    """Answer questions in the terminal and write the profile.

    With targets only what their licenses need is asked, the most deciding first. Press Enter to leave a question open;
    ? explains it, < goes back to the one before. What was answered is written also where the input ends early.

    \b
    licensecheck profile new meta-llama/Llama-3.1-8B-Instruct
    licensecheck profile new ./my-model -o acme.yaml
    licensecheck profile new --all
    """
    from licensecheck.api import Profile, load_profile, render_profile
    from licensecheck.cli.exits import OK
    from licensecheck.errors import UsageError
    from licensecheck.text.io import write_whole

    path = Path(output)
    if path.suffix == ".toml":
        raise UsageError(f"{output}: a profile in a pyproject.toml is edited by hand; name a YAML file with -o")
    if not path.parent.is_dir():
        raise UsageError(f"{output}: cannot be written: {path.parent} is no folder")
    start = load_profile(path) if path.exists() else Profile()
    profile = _Interview(targets, start, everything=everything).run()
    write_whole(render_profile(profile), path)
    named = " ".join(targets) or "MODEL"
    click.echo(f"\n{output} is written. Next: licensecheck check {named} -p {output}")
    return OK


_HINTS = {
    "boolean": " [yes/no]",
    "list": " [with commas]",
    "country": " [DE]",
    "countries": " [DE, US]",
    "money": " [45000000 EUR]",
}
"""What an answer of each type looks like."""


class _Interview:
    """Asks until what decides is answered or left open; each answer can be explained first and taken back."""

    def __init__(self, targets: tuple[str, ...], profile: Profile, *, everything: bool) -> None:
        self.targets = targets
        self.profile = profile
        self.everything = everything
        self.skipped: set[str] = set()
        self.before: list[tuple[Profile, set[str]]] = []
        self.verdict = ""

    def run(self) -> Profile:
        """The profile with the answers; what was answered so far where the input ends."""
        try:
            while True:
                report = self._report()
                self._show_verdict(report)
                left = self._left(report)
                if not left:
                    return self.profile
                self._ask(left[0], report, left=len(left))
        except (click.exceptions.Abort, EOFError):
            click.echo("\nThe input ended: what was answered is kept.", err=True)
            return self.profile

    def _report(self) -> Report | None:
        return _report(self.targets, self.profile) if self.targets else None

    def _left(self, report: Report | None) -> list[Asking]:
        from licensecheck.judge.what_if import every_asking, open_askings

        if self.everything:
            return [asking for asking in every_asking(self.profile) if asking.field not in self.skipped]
        return list(open_askings(report, self.profile, skipped=self.skipped))

    def _show_verdict(self, report: Report | None) -> None:
        """The verdict as it forms, whenever it changes."""
        if report is not None and report.verdict.value != self.verdict:
            self.verdict = report.verdict.value
            click.echo(f"Verdict so far: {self.verdict}")

    def _ask(self, asking: Asking, report: Report | None, *, left: int) -> None:
        from licensecheck.api import answer_as_yaml, change_profile
        from licensecheck.errors import ProfileError

        field = asking.field or asking.fact
        text, decides = _wording(asking, report)
        if decides:
            click.echo(f"  It decides: {decides}.")
        choices = f" ({', '.join(asking.choices)})" if asking.choices else ""
        prompt = f"[{left} left] {text}{choices}{_HINTS.get(asking.type, '')}"
        answer = click.prompt(prompt, default="", show_default=False).strip()
        if answer == "?":
            self._explain(asking)
        elif answer == "<":
            if self.before:
                self.profile, self.skipped = self.before.pop()
        else:
            self.before.append((self.profile, set(self.skipped)))
            if not answer:
                self.skipped.add(field)
                return
            try:
                self.profile = change_profile(self.profile, field, answer_as_yaml(field, answer))
            except ProfileError as fault:
                self.before.pop()
                click.echo(f"  {fault.message}", err=True)

    @staticmethod
    def _explain(asking: Asking) -> None:
        for choice, meaning in asking.explains:
            click.echo(f"    {choice}: {meaning}")
        click.echo(f"    The profile holds it as {asking.field}. Enter leaves it open: then it stays a question.")


def _wording(asking: Asking, report: Report | None) -> tuple[str, str]:
    """The question as the report puts it, with limit and date, and what its answer decides."""
    from licensecheck.report.sentences import decided_by

    for target in report.targets if report else ():
        for question in target.questions:
            if question.fact.partition("@")[0] == asking.fact:
                return question.text, decided_by(question)
    return asking.text, ""


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
    from licensecheck.text.markup import counted, plain_line

    profile = profile_at(path)
    report = _report(targets, profile)
    click.echo(plain_line(f"{profile.path or 'no profile'}: {'can be read' if profile.path else 'nothing is stated'}"))
    for target in report.targets if report else ():
        left = counted(len(target.questions), "question")
        click.echo(plain_line(f"{target.target}: {target.verdict.value}, {left} open"))
        for question in target.questions:
            line = f"{question.fact}: {question.text} (decides: {decided_by(question)})"
            click.echo("  " + plain_line(line))
    return OK
