"""Puts the parts of the server together: database, register, jobs, sign-in, and uvicorn to run them."""

from __future__ import annotations

import datetime
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from licensecheck import api
from licensecheck.errors import UsageError
from licensecheck.web.access import Access, User
from licensecheck.web.app import Server, create_app
from licensecheck.web.database import Database, sqlite_url
from licensecheck.web.jobs import Jobs, Tick
from licensecheck.web.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve: where the data lies, the database, the address, and whether accounts are asked for."""

    folder: Path
    db: str | None = None
    host: str = "127.0.0.1"
    port: int = 8765
    accounts: bool = False
    names: tuple[str, ...] = ()
    """Further names under which the server is reached, such as that of a proxy in front of it."""


def utc_now() -> datetime.datetime:
    """The time, in UTC, without a zone, as the tables hold it."""
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def make_server(settings: Settings, *, catalog: api.Catalog | None = None) -> Server:
    """The server with its database brought up to date."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    database = Database(settings.db or sqlite_url(settings.folder))
    checker = api.Checker(catalog) if catalog is not None else api.Checker()
    register = Register(database, settings.folder, checker=checker, clock=utc_now)
    access = Access(database=database, clock=utc_now, accounts=settings.accounts)
    if settings.accounts:
        access.link_token = None

    def check(argument: str, _: str, tick: Tick) -> str:
        tick(0, 1)
        shown = register.show(int(argument))
        tick(1, 1)
        return f"{shown.target.name}: {shown.report.verdict.value}."

    def recheck(_: str, by: str, tick: Tick) -> str:
        changed = register.recheck(User(name=by, role="reviewer", csrf=""), tick, access)
        return f"{changed} of {len(register.everything())} reviews changed."

    def scan(argument: str, by: str, tick: Tick) -> str:
        product, _, place = argument.partition(" ")
        user = User(name=by, role="reviewer", csrf="")
        return register.scan_repository(user, int(product), Path(place), tick, access)

    jobs = Jobs(database, register, {"check": check, "recheck": recheck, "scan": scan})
    port = settings.port
    names = {"127.0.0.1", "localhost", "[::1]", *(name.lower() for name in settings.names)}
    hosts = frozenset(names | {f"{name}:{port}" for name in names})
    return Server(register=register, access=access, jobs=jobs, hosts=hosts)


def run(settings: Settings, *, said: Callable[[str], None], catalog: api.Catalog | None = None) -> None:
    """Serve until it is stopped; `said` is told the address to open. UsageError where the port is taken."""
    import uvicorn

    server = make_server(settings, catalog=catalog)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            raise UsageError(f"--port: {settings.host}:{settings.port} cannot be used: {fault.strerror}") from None
    link = server.access.link_token
    place = f"http://{settings.host}:{settings.port}"
    said(f"{place}/open?token={link}" if link else f"{place}/login")
    config = uvicorn.Config(
        create_app(server), host=settings.host, port=settings.port, log_level="warning", server_header=False
    )
    uvicorn.Server(config).run()
