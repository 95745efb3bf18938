"""`licensecheck scan`: every model that a repository loads, checked against its profile; the pre-commit hook."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import LEVELS, format_option, knowledge_options, output_option, profile_option

if TYPE_CHECKING:
    from licensecheck.api import Catalog
    from licensecheck.domain.repository import Review

PATIENCE = 1.0
"""Seconds before a bar is drawn."""
OBJECTS = 50_000
"""How many objects are made before cycles are looked for: a scan makes many objects, few cycles, and is soon over."""
ROLES = ("load", "example", "client", "output", "mention", "placeholder", "local")


@click.command("scan", short_help="Find and check every model that a repository refers to.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@profile_option("The deployment profile; licensecheck.yaml or pyproject.toml of the repository by default.")
@format_option("text", "json", "sarif", "markdown", help="How to show what was found.")
@output_option()
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 from this verdict on; denied by default.")
@click.option("--changed", is_flag=True, help="Only files that git reports as changed or new.")
@click.option("--since", metavar="REF", help="Only files that differ from this branch or commit.")
@click.option("--baseline", type=click.Path(dir_okay=False), help="A file of findings that are known and accepted.")
@click.option("--staged", is_flag=True, help="Only the files of the commit that is being made, as git lists them.")
@click.option("--write-baseline", is_flag=True, help="Write every open finding to the baseline, and exit with 0.")
@click.option("--reason", help="With --write-baseline: why the findings are accepted.")
@click.option("--by", metavar="NAME", help="With --write-baseline: who accepts them.")
@click.option("--expires", metavar="YYYY-MM-DD", help="With --write-baseline: the last day on which they are accepted.")
@click.option("--strict", is_flag=True, help="A file that may load a model and was not read is a question.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    help="On which references the verdict rests; load by default; may be given several times.",
)
@click.option("-v", "--verbose", is_flag=True, help="Also list every reference, and what was cleared (text only).")
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", help="The day on which ignores and approvals are checked; today by default."
)
@knowledge_options()
def command(
    paths: tuple[str, ...],
    profile: str | None,
    form: str,
    output: str | None,
    fail_on: str | None,
    changed: bool,
    since: str | None,
    baseline: str | None,
    staged: bool,
    write_baseline: bool,
    reason: str | None,
    by: str | None,
    expires: str | None,
    strict: bool,
    roles: tuple[str, ...],
    verbose: bool,
    day: str | None,
    catalog: Catalog,
) -> int:
    """Find every model that a repository loads, and check each against the profile, offline.

    PATH is a folder or a file; the working folder by default. The verdict rests on references that load a model: what
    stands in documentation, comments or requests to a server is listed and does not count.

    \b
    licensecheck scan
    licensecheck scan deploy/vllm.yaml serve.py
    licensecheck scan --since main --format sarif --output licensecheck.sarif
    """
    gc.set_threshold(OBJECTS)
    from licensecheck.api import Checker
    from licensecheck.cli.exits import FOUND, OK
    from licensecheck.cli.options import emit
    from licensecheck.errors import UsageError
    from licensecheck.repository.baseline import Decision
    from licensecheck.repository.run import Request

    if not write_baseline and (reason or by or expires):
        raise UsageError("--reason, --by and --expires go with --write-baseline")
    request = Request(
        paths=paths, profile=profile, changed=changed, since=since, staged=staged, baseline=baseline,
        writes_baseline=write_baseline, strict=strict, roles=roles, today=_day(day), workers=os.cpu_count() or 1,
    )  # fmt: skip
    outcome = Checker(catalog).scan(request, progress=_progress)
    if write_baseline:
        decision = Decision(reason=reason, by=by, expires=_day(expires) if expires else None)
        emit(outcome.baseline_text(decision), str(outcome.baseline_path))
        click.echo(f"Every open finding is in {outcome.baseline_path} now: look at it, and commit it.", err=True)
        return OK
    if not (staged and form == "text" and output is None and not verbose and _has_nothing_to_say(outcome.review)):
        emit(_rendered(outcome.review, form, verbose=verbose), output)
    level = fail_on or outcome.settings.fail_on or "denied"
    return FOUND if level != "never" and outcome.review.new_verdict.level >= LEVELS.index(level) else OK


def _day(text: str | None) -> str:
    from licensecheck.cli.options import parse_day

    return parse_day(text)


def _has_nothing_to_say(review: Review) -> bool:
    """True for a commit that loads no model and leaves nothing open: a hook has nothing to say to it."""
    unread = any(each.kind.may_load for each in review.skipped)
    return not (review.targets or review.findings or review.notices or unread)


def _rendered(review: Review, form: str, *, verbose: bool) -> str:
    """The review in a format; text as wide as the terminal is, where there is one."""
    if form == "text":
        import shutil

        from licensecheck.report.scan_text import WIDTH, render_review_text

        width = shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH
        return render_review_text(review, verbose=verbose, width=width)
    from licensecheck.report.scan_results import RENDERERS

    return RENDERERS[form](review)


def _progress(total: int) -> Callable[[], None]:
    """A bar on a terminal, from the first second on."""
    start = time.monotonic()
    done = 0
    shown = sys.stderr.isatty()

    def tick() -> None:
        nonlocal done
        done += 1
        if shown and (done == total or time.monotonic() - start > PATIENCE):
            _draw(done, total, clear=done == total)

    return tick


def _draw(done: int, total: int, *, clear: bool) -> None:
    filled = "#" * (30 * done // max(1, total))
    text = " " * 60 if clear else f"Scanning [{filled:<30}] {done}/{total} files"
    click.echo(f"\r{text}\r" if clear else f"\r{text}", err=True, nl=False)
