"""`licensecheck serve`: the review in a browser, with a register of models, reviews and approvals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import knowledge_options

if TYPE_CHECKING:
    from licensecheck.api import Catalog

NEEDED = "serve needs its extra: pip install 'model-licensecheck[serve]'"


@click.command("serve", short_help="Review in a browser, with a register of models and approvals.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="The port to listen on.")
@click.option("--db", metavar="URL", help="postgresql+psycopg://... or sqlite:///...; SQLite in --data by default.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="The folder of uploads and database.")
@click.option("--auth", is_flag=True, help="Ask for accounts, for a team; without it a one-time link opens the server.")
@click.option("--name", "names", multiple=True, help="A further host name under which the server is reached.")
@click.option("--add-account", metavar="NAME", help="Make an account or change it, then end; asks for the password.")
@click.option("--role", type=click.Choice(["reader", "reviewer", "admin"]), default="reviewer", show_default=True)
@knowledge_options()
def command(
    host: str,
    port: int,
    db: str | None,
    data: Path | None,
    auth: bool,
    names: tuple[str, ...],
    add_account: str | None,
    role: str,
    catalog: Catalog,
) -> int:
    """Review models in a browser: state facts, read reports, answer, approve, sign, and keep a register.

    Everything stays on this machine: the server listens on 127.0.0.1 and asks nothing of the network.

    \b
    licensecheck serve
    licensecheck serve --add-account ada --role admin
    licensecheck serve --auth --db postgresql+psycopg://licensecheck@localhost/register
    """
    from licensecheck.cli.exits import OK
    from licensecheck.errors import UsageError

    try:
        import platformdirs

        from licensecheck.web import serve
        from licensecheck.web.access import add_account as make_account
    except ImportError as fault:
        raise UsageError(f"{NEEDED} ({fault.name} is missing)") from None
    folder = data or Path(platformdirs.user_data_dir("licensecheck", appauthor=False))
    settings = serve.Settings(folder=folder, db=db, host=host, port=port, accounts=auth, names=names)
    if add_account:
        server = serve.make_server(settings, catalog=catalog)
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        make_account(server.register.database, add_account, password, role, now=serve.utc_now())
        click.echo(f"{add_account}: {role}")
        return OK
    serve.run(settings, said=lambda link: click.echo(f"Open {link}\nStop with Ctrl+C."), catalog=catalog)
    return OK
