"""Which module renders which report format, imported when it is asked for, and what the terminal can show."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial

from licensecheck.model.report import Report


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
