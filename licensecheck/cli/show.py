"""Putting a rendered text on the terminal or into a file."""

from __future__ import annotations

from pathlib import Path

import click


def emit(text: str, output: str | None) -> None:
    """Write the text to a file in one step, or to standard output."""
    if output:
        from licensecheck.text.write import write_whole

        write_whole(text, Path(output))
    else:
        from licensecheck.text.screen import without_orders

        shown = text.encode("utf-8", "backslashreplace").decode("utf-8")  # a file name need not be UTF-8; output is
        click.echo(without_orders(shown), nl=not text.endswith("\n"))
