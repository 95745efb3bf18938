"""`licensecheck profile`: write a deployment profile by answering questions, or see what one lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from licensecheck.domain.findings import Question, Report
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
    ? explains it and quotes the clause, < goes back to the one before. What was answered is written also where the
    input ends early.

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
        raise UsageError(f"{output}: cannot be written: {path.parent} is not a folder")
    start = load_profile(path) if path.exists() else Profile()
    profile = _Interview(targets, start, everything=everything).run()
    write_whole(render_profile(profile), path)
    named = " ".join(targets) or "MODEL"
    click.echo(f"\n{output} is written. Next: licensecheck check {named} -p {output}")
    return OK


_HINTS = {
    "boolean": " [yes/no]",
    "list": " [with commas]",
    "country": " [Germany or DE]",
    "countries": " [Germany, US]",
    "money": " [45000000 EUR]",
}
"""What an answer of each type looks like."""
_DATED = " [a number, or 12000000 on 2025-03-31]"
"""What the answer looks like where the count of a certain day decides."""
_KEYS = (
    "Enter leaves a question open, ? explains it and quotes the clause, < goes back, Ctrl-D ends and keeps the answers."
)
_KEPT = "Enter keeps it, - leaves the question open."
_QUOTE = 300
"""Characters of the clause that an explanation quotes."""


class _Interview:
    """Asks until what decides is answered or left open; each answer can be explained first and taken back."""

    def __init__(self, targets: tuple[str, ...], profile: Profile, *, everything: bool) -> None:
        self.targets = targets
        self.profile = profile
        self.everything = everything
        self.skipped: set[str] = set()
        self.before: list[tuple[Profile, set[str]]] = []
        self.given: dict[str, str] = {}
        """What was typed for each field, which stands in the question again after going back."""
        self.verdict = ""

    def run(self) -> Profile:
        """The profile with the answers; what was answered so far where the input ends."""
        click.echo(_KEYS)
        try:
            while True:
                report = self._report()
                self._show_verdict(report)
                left = self._left(report)
                if left:
                    self._ask(left[0], report, left=len(left))
                elif not self.before or self._ends():
                    return self.profile
        except (click.exceptions.Abort, EOFError):
            click.echo("\nThe input ended: what was answered is kept.", err=True)
            return self.profile

    def _ends(self) -> bool:
        """Whether the answers stand, once nothing is left to ask; else the last one is taken back."""
        typed = click.prompt(
            "Nothing is left to ask. Enter writes the file, < goes back", default="", show_default=False
        )
        if typed.strip() != "<":
            return True
        self.profile, self.skipped = self.before.pop()
        return False

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
            from licensecheck.report.sentences import VERDICT_WORDS

            self.verdict = report.verdict.value
            click.echo(f"Verdict so far: {VERDICT_WORDS[report.verdict]}")

    def _ask(self, asking: Asking, report: Report | None, *, left: int) -> None:
        field = asking.field or asking.fact
        question = _question(asking, report)
        text, hint = asking.text, _HINTS.get(asking.type, "")
        if question is not None:
            from licensecheck.report.sentences import decided_by

            text = question.text
            hint = _DATED if "@" in question.fact and asking.type == "number" else hint
            if question.decides:
                click.echo(f"  It decides: {decided_by(question)}.")
        choices = f" ({', '.join(asking.choices)})" if asking.choices else ""
        given = self.given.get(field, "")
        kept = f" [{given}: {_KEPT}]" if given else ""
        answer = click.prompt(f"[{left} left] {text}{choices}{hint}{kept}", default=given, show_default=False).strip()
        if answer == "?":
            _explain(asking, report)
        elif answer == "<":
            if self.before:
                self.profile, self.skipped = self.before.pop()
        elif answer in ("", "-"):
            self.given.pop(field, None)
            self.before.append((self.profile, set(self.skipped)))
            self.skipped.add(field)
        else:
            self._take(field, answer)

    def _take(self, field: str, answer: str) -> None:
        """Put an answer into the profile and say how it was understood, or what is wrong with it."""
        from licensecheck.api import answer_as_yaml, change_profile
        from licensecheck.errors import ProfileError

        before = self.profile
        try:
            self.profile = change_profile(before, field, answer_as_yaml(field, answer))
        except ProfileError as fault:
            click.echo(f"  {fault.message}", err=True)
            return
        self.before.append((before, set(self.skipped)))
        self.given[field] = answer
        understood = _understood(self.profile, field)
        if understood.casefold() != answer.casefold():
            click.echo(f"  Understood: {understood}.")


def _understood(profile: Profile, field: str) -> str:
    """The value of a field as reports say it."""
    from licensecheck.report.reviewed import stated_facts

    return next((fact.words for fact in stated_facts(profile) if fact.field == field), "")


def _explain(asking: Asking, report: Report | None) -> None:
    """What each choice means, the clause that the answer decides, and where the profile holds it."""
    from licensecheck.report.view import make_rows
    from licensecheck.text.markup import cut_words

    for choice, meaning in asking.explains:
        click.echo(f"    {choice}: {meaning}")
    question = _question(asking, report)
    for target in report.targets if report and question else ():
        for row in make_rows(target):
            if row.evidence and question and row.kind in {name.partition(" (")[0] for name in question.decides}:
                click.echo(f"    {row.label} [{row.clause}]: “{cut_words(row.quote, _QUOTE)}”")
                break
    click.echo(f"    The profile holds it as {asking.field}. Enter leaves it open: then it stays a question.")


def _question(asking: Asking, report: Report | None) -> Question | None:
    """The question as the report puts it, with limit and date, and what its answer decides."""
    for target in report.targets if report else ():
        for question in target.questions:
            if question.fact.partition("@")[0] == asking.fact:
                return question
    return None


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
