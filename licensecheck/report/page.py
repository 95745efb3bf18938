"""The templates of HTML pages: escaping always on, control characters shown, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from licensecheck.text.screen import plain

_TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_page(template: str, **values: Any) -> str:
    """The template filled in; every value is escaped unless the template is the one that made it."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values)


def _show(value: Any) -> Any:
    """Text from an input without control characters; markup of our own stays as it is."""
    if value is None:
        return ""
    return plain(value) if type(value) is str else value
