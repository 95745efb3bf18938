"""`licensecheck bulk`: a whole list of models checked, and what changed between two such checks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from licensecheck.cli.exits import FOUND, OK
from licensecheck.cli.options import emit, output_option, parse_day
from licensecheck.errors import UsageError

EVERY = 0.5
"""Seconds between two messages of progress."""


class _Bulk(click.Group):
    """A group whose first argument is a list to check, unless it is the name of a command."""

    default = "run"
    """The command that need not be named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group("bulk", cls=_Bulk, short_help="Check a whole list of models, and compare two such checks.")
def command() -> None:
    """Check a whole list of models, and compare two such checks.

    \b
    licensecheck bulk INPUT -o OUT -p startup.yaml -p research.yaml
    licensecheck bulk diff OLD NEW
    """


@command.command("run")
@click.argument("source", required=False, metavar="[INPUT]")
@click.option("-o", "--output", metavar="DIR", help="The folder for the rows; a run that was stopped goes on there.")
@click.option("-p", "--profile", "profiles", multiple=True, help="A deployment profile; may be given several times.")
@click.option("--schema", "show", is_flag=True, help="Show the schemas that are known, or the one of INPUT.")
@click.option("--engine", type=click.Choice(("local", "ray")), default="local", show_default=True, help="Who works.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes of the local engine; one a core by default.")
@click.option("--limit", type=click.IntRange(1), help="Only the first rows of the list.")
@click.option("--sample", type=click.FloatRange(0, 1, min_open=True), help="Only this share of the rows, by their ids.")
@click.option("--where", multiple=True, metavar="'NAME OP VALUE'", help="Only rows with, say, 'downloads >= 1000'.")
@click.option("--summary", type=click.Path(dir_okay=False), help="Also write a summary as an HTML page.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day on which approvals are checked; today by default.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def run(
    source: str | None,
    output: str | None,
    profiles: tuple[str, ...],
    show: bool,
    engine: str,
    workers: int | None,
    limit: int | None,
    sample: float | None,
    where: tuple[str, ...],
    summary: str | None,
    day: str | None,
    quiet: bool,
) -> int:
    """Check a list of models: Parquet or JSON Lines, a file or a folder of them, or a CycloneDX file.

    Writes Parquet, a row a model, with a verdict for each profile. A row without the prose of its card is never
    approved: its verdict is metadata-only, and beside it stands what its declared license alone would give.

    \b
    licensecheck bulk models.parquet -o checked -p examples/profiles/startup-api.yaml
    licensecheck bulk cards/ -o checked --where 'downloads >= 1000' --summary summary.html
    """
    if show and source is None:
        from licensecheck.bulk.schemas import describe_schemas

        click.echo(describe_schemas(), nl=False)
        return OK
    if source is None:
        raise UsageError("name a list to check, or see `licensecheck bulk --help`")
    _need_pyarrow()
    if show:
        from licensecheck.bulk.inputs import open_input

        schema = open_input(Path(source)).schema
        click.echo(f"{schema.id}: {schema.title}")
        return OK
    if output is None:
        raise UsageError("name a folder for the rows with -o")
    from licensecheck.bulk.run import Task, run_bulk
    from licensecheck.bulk.selection import Selection, parse_condition
    from licensecheck.bulk.summary import render_html, render_text, summarize
    from licensecheck.text.io import write_whole

    selection = Selection(limit=limit, sample=sample, where=tuple(map(parse_condition, where)))
    task = Task(
        source=Path(source),
        folder=Path(output),
        profiles=profiles,
        engine=engine,
        workers=workers or os.cpu_count() or 1,
        selection=selection,
        today=parse_day(day),
    )
    done = run_bulk(task, progress=_silent if quiet or not sys.stderr.isatty() else _shown)
    found = summarize(done.folder)
    if summary:
        write_whole(render_html(found), Path(summary))
    click.echo(render_text(found), nl=False)
    return OK


@command.command("diff")
@click.argument("old", type=click.Path(exists=True, file_okay=False))
@click.argument("new", type=click.Path(exists=True, file_okay=False))
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="The most lines to show.")
@output_option()
def diff(old: str, new: str, limit: int, output: str | None) -> int:
    """Show which models changed their license between two checks, those with the most downloads first.

    Exit status 1 where one did.

    \b
    licensecheck bulk diff checked-october checked-november
    """
    _need_pyarrow()
    from licensecheck.bulk.changes import compare_runs, render_changes

    changes = compare_runs(Path(old), Path(new))
    emit(render_changes(changes, most=limit), output)
    return FOUND if changes.changed else OK


def _need_pyarrow() -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise UsageError("bulk needs pyarrow: install model-licensecheck[bulk]")


def _silent(total: int | None) -> Callable[[int], None]:
    def advance(rows: int) -> None:
        """Nobody watches."""

    return advance


def _shown(total: int | None) -> Callable[[int], None]:
    """Shows on standard error how many rows are done, how fast, and how long the rest will take."""
    begun = time.monotonic()
    done, last = 0, 0.0

    def advance(rows: int) -> None:
        nonlocal done, last
        done += rows
        now = time.monotonic()
        if now - last < EVERY and done != total:
            return
        last = now
        rate = done / max(now - begun, 1e-6)
        left = f" of {total:,}, {_time((total - done) / rate)} left" if total else ""
        end = "\n" if done == total else ""
        print(f"\r{done:,} rows{left}, {rate:,.0f} a second   ", end=end, file=sys.stderr, flush=True)

    return advance


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
