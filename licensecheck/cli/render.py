"""Which module renders which report format; imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from licensecheck.model.report import Report


def renderer(form: str) -> Callable[[Report], str]:
    """The function that renders a report in this format."""
    module = importlib.import_module(f"licensecheck.report.{form}")
    render: Callable[[Report], str] = module.render
    return render
