"""`licensecheck mcp`: answer assistants on standard input, with the clauses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import knowledge_options

if TYPE_CHECKING:
    from licensecheck.api import Catalog


@click.command("mcp", short_help="Serve assistants over the Model Context Protocol.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder below which files may be read; the working folder unless given.",
)
@knowledge_options()
def command(root: Path, catalog: Catalog) -> int:
    """Serve the tools check, identify, extract, compare and explain over standard input and output.

    The tools read files below --root alone, write nothing and ask no network.

    \b
    licensecheck mcp --root models/
    """
    from importlib.util import find_spec

    from licensecheck.cli.exits import OK
    from licensecheck.errors import UsageError

    if find_spec("mcp") is None:
        raise UsageError("the MCP server needs the extra 'mcp': pip install 'model-licensecheck[mcp]'")
    from licensecheck.mcp import serve

    serve(root, catalog)
    return OK
