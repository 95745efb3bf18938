"""The options that several commands share, written once so that they read and behave alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
LEVELS = ("approved", "conditional", "needs-review", "denied", "never")
"""What `--fail-on` takes: the verdicts, mildest first, and none of them."""


def format_option(*forms: str, help: str) -> Callable[[Command], Command]:
    """`-f, --format`, handed to the command as `form`; the first form is the default."""
    choice = click.Choice(forms)
    return click.option("-f", "--format", "form", type=choice, default=forms[0], show_default=True, help=help)


def output_option() -> Callable[[Command], Command]:
    """`-o, --output FILE`."""
    place = click.Path(dir_okay=False)
    return click.option("-o", "--output", type=place, help="Write to this file instead of the terminal.")


def profile_option(help: str) -> Callable[[Command], Command]:
    """`-p, --profile FILE`."""
    return click.option("-p", "--profile", type=click.Path(dir_okay=False), help=help)
