"""The options that several commands share, written once so that they read and behave alike."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from licensecheck.catalog.profile_files import find_profile, load_profile
from licensecheck.domain.findings import Report
from licensecheck.domain.profile import Profile
from licensecheck.errors import UsageError
from licensecheck.models.files import HubSettings, SourceSettings

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


def source_settings(*, online: bool = False, revision: str | None = None) -> SourceSettings:
    """Where models are looked for: the hub cache of this machine, and the hub itself where that is asked for."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    hub = _hub_settings(cache, home) if online and not _kept_offline() else None
    return SourceSettings(caches=(cache,), revision=revision, hub=hub)


def _kept_offline() -> bool:
    """True where the environment forbids the hub to every program (the variables and values are the hub's own)."""
    stated = (os.environ.get(name, "").upper() for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))
    return any(value in ("1", "ON", "YES", "TRUE") for value in stated)


def _hub_settings(cache: Path, home: Path) -> HubSettings:
    """How to reach the hub, as the environment of the hub's own tools says."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    endpoint = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    try:
        host = urlsplit(endpoint).hostname or ""
    except ValueError:
        raise UsageError(f"HF_ENDPOINT: '{endpoint}' is no address") from None
    token = os.environ.get("HF_TOKEN") or _token_at(Path(os.environ.get("HF_TOKEN_PATH") or home / "token"))
    return HubSettings(endpoint=endpoint, token=token, cache=cache, proxies={} if proxy_bypass(host) else getproxies())


def _token_at(path: Path) -> str | None:
    """The token that `hf auth login` left behind, if any."""
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except (OSError, ValueError):
        return None


# Which module renders which report format, imported when it is asked for, and what the terminal can show.


def renderer(form: str, *, full: bool = False, to_file: bool = False) -> Callable[[Report], str]:
    """The function that renders a report in this format; text is fitted to the terminal, `full` shows every passage."""
    module = importlib.import_module(f"licensecheck.report.{form}")
    render: Callable[..., str] = module.render
    if form != "text":
        return render
    shown = not to_file and sys.stdout.isatty()
    return partial(render, width=terminal_width(), colour=shown and _likes_colour(), full=full)


def terminal_width() -> int:
    """The columns of the terminal, 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def _likes_colour() -> bool:
    """No colour where the user asked for none (https://no-color.org) or the terminal knows none."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


# Putting a rendered text on the terminal or into a file.


def emit(text: str, output: str | None) -> None:
    """Write the text to a file in one step, or to standard output."""
    if output:
        from licensecheck.text.io import write_whole

        write_whole(text, Path(output))
    else:
        from licensecheck.text.markup import without_orders

        shown = text.encode("utf-8", "backslashreplace").decode("utf-8")  # a file name need not be UTF-8; output is
        click.echo(without_orders(shown), nl=not text.endswith("\n"))
