"""The options that several commands share, written once so that they read and behave alike."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from licensecheck.catalog.profile_files import find_profile, load_profile
from licensecheck.domain.findings import Report
from licensecheck.domain.profile import Profile
from licensecheck.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(dir_okay=False)
"""A file, for every option that takes one: click asks for translations whenever it makes such a type."""
FOLDER = click.Path(exists=True, file_okay=False)
LEVELS = ("approved", "conditional", "needs-review", "denied", "never")
"""What `--fail-on` takes: the verdicts, mildest first, and none of them."""


def format_option(*forms: str, help: str) -> Callable[[Command], Command]:
    """`-f, --format`, handed to the command as `form`; the first form is the default."""
    choice = click.Choice(forms)
    return click.option("-f", "--format", "form", type=choice, default=forms[0], show_default=True, help=help)


def output_option() -> Callable[[Command], Command]:
    """`-o, --output FILE`."""
    return click.option("-o", "--output", type=FILE, help="Write to this file instead of the terminal.")


def profile_option(help: str) -> Callable[[Command], Command]:
    """`-p, --profile FILE`."""
    return click.option("-p", "--profile", type=FILE, help=help)


def knowledge_options() -> Callable[[Command], Command]:
    """`--rules`, `--licenses`, `--models`: folders of the user's own, handed to the command as `catalog`."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def called(
            *args: Any, rules: tuple[str, ...], licenses: tuple[str, ...], models: tuple[str, ...], **given: Any
        ) -> Any:
            from licensecheck.catalog.catalog import load_catalog
            from licensecheck.catalog.overlays import find_overlays

            catalog = load_catalog(find_overlays(Path(), rules=rules, licenses=licenses, models=models))
            return command(*args, catalog=catalog, **given)

        chosen: Any = called
        for name, what in (("models", "lists of models"), ("licenses", "license records"), ("rules", "rules")):
            text = f"A folder with {what} of your own; may be given several times."
            chosen = click.option(f"--{name}", multiple=True, type=FOLDER, metavar="DIR", help=text)(chosen)
        return chosen  # type: ignore[no-any-return]  # click types decorators loosely

    return decorate


# What commands take from options and environment before they call the library.


def profile_at(path: str | None) -> Profile:
    """The profile named, else the one of the working folder, else one that states nothing."""
    if path is not None:
        return load_profile(Path(path))
    found = find_profile(Path())
    return load_profile(found) if found else Profile()


def parse_day(text: str | None) -> str:
    """The day given, checked; today where none is."""
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--date: '{text}' is not a day, written 2026-06-30") from None


# Which module renders which report format, imported when it is asked for, and what the terminal can show.


def renderer(
    form: str, *, full: bool = False, texts: bool = False, to_file: bool = False
) -> Callable[[Report], str | bytes]:
    """The function that renders a report in this format; text is fitted to the terminal, `full` shows every passage."""
    from licensecheck.api import render

    if form == "html":
        return partial(render, form=form, texts=texts)
    if form != "text":
        return partial(render, form=form)
    shown = not to_file and sys.stdout.isatty()
    return partial(render, form=form, width=terminal_width(), colour=shown and _likes_colour(), full=full)


def terminal_width() -> int:
    """The columns of the terminal, 100 where there is none."""
    if not sys.stdout.isatty():
        return 100
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _likes_colour() -> bool:
    """No colour where the user asked for none (https://no-color.org) or the terminal knows none."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


# Putting a rendered text on the terminal or into a file.


_FOR_PROGRAMS = ("{", "[", "<")
"""How JSON and HTML begin: they are UTF-8 wherever they go, whatever the terminal writes."""


def emit(text: str | bytes, output: str | None) -> None:
    """Write the text to a file in one step, or to standard output."""
    if output:
        from licensecheck.text.io import write_whole

        write_whole(text, Path(output))
    elif isinstance(text, bytes):
        sys.stdout.buffer.write(text)
    elif text[:1] in _FOR_PROGRAMS and not sys.stdout.isatty() and hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    else:
        from licensecheck.text.markup import without_orders

        shown = text.encode("utf-8", "backslashreplace").decode("utf-8")  # a file name need not be UTF-8; output is
        click.echo(without_orders(shown), nl=not text.endswith("\n"))
