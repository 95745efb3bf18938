"""Puts the parts of the server together: database, register, jobs, sign-in, and uvicorn to run them."""

from __future__ import annotations

import datetime
import json
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from licensecheck import api
from licensecheck.errors import UsageError
from licensecheck.report.sentences import VERDICT_WORDS
from licensecheck.text.markup import counted
from licensecheck.web import uploads
from licensecheck.web.access import Access, User
from licensecheck.web.app import create_app
from licensecheck.web.call import Server
from licensecheck.web.database import Database, sqlite_url
from licensecheck.web.jobs import REFRESH, Jobs, Outcome, Tick, Work
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


LOCAL = ("127.0.0.1", "::1", "localhost")
"""Addresses that only this machine reaches."""
GRACE = 5
"""Seconds that open requests have to end when the server stops."""


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

    jobs = Jobs(database, register, work_of(register, access))
    port = settings.port
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    names = {"127.0.0.1", "localhost", "[::1]", host.lower(), *(name.lower() for name in settings.names)}
    hosts = frozenset(names | {f"{name}:{port}" for name in names})
    return Server(register=register, access=access, jobs=jobs, hosts=hosts)


def work_of(register: Register, access: Access) -> dict[str, Work]:
    """What the worker can do: a check, a check of all, those of a product, a scan, and the unpacking of an archive."""

    def check(argument: str, _: str, tick: Tick) -> Outcome:
        link = f"/reviews/{argument}"
        if not tick(0, 1):
            return Outcome(message="Not checked yet.", link=link)
        shown = register.show(int(argument))
        tick(1, 1)
        return Outcome(message=f"{shown.target.name}: {VERDICT_WORDS[shown.report.verdict].lower()}.", link=link)

    def recheck(_: str, by: str, tick: Tick) -> Outcome:
        changed, total = register.recheck(_worker(by), tick, access)
        return Outcome(message=f"{changed} of {counted(total, 'review')} changed.", link="/changes")

    def refresh(argument: str, _: str, tick: Tick) -> Outcome:
        return Outcome(message=f"{counted(register.refresh(int(argument), tick), 'review')} changed.")

    def scan(argument: str, by: str, tick: Tick) -> Outcome:
        product, _, place = argument.partition(" ")
        told = register.scan_repository(_worker(by), int(product), Path(place), tick, access)
        return Outcome(message=told, link=f"/products/{product}")

    def unpack(argument: str, by: str, tick: Tick) -> Outcome:
        asked = json.loads(argument)
        archive, link = Path(asked["archive"]), f"/products/{asked['product']}"
        try:
            folder = uploads.unpack_beside(archive, tick)
        except UsageError:
            shutil.rmtree(archive.parent, ignore_errors=True)
            raise
        if folder is None:
            shutil.rmtree(archive.parent, ignore_errors=True)
            return Outcome(message="Nothing was kept.", link=link)
        if asked["kind"] == "repository":
            told = register.scan_repository(_worker(by), asked["product"], folder, tick, access)
            archive.unlink(missing_ok=True)
            return Outcome(message=told, link=link)
        review = register.add_target(_worker(by), asked["product"], "files", asked["name"], str(folder), access)
        archive.unlink(missing_ok=True)
        return check(str(review), by, tick)

    return {"check": check, "recheck": recheck, REFRESH: refresh, "scan": scan, "unpack": unpack}


def _worker(by: str) -> User:
    return User(name=by, role="reviewer", csrf="")


def run(settings: Settings, *, said: Callable[[str], None], catalog: api.Catalog | None = None) -> None:
    """Serve until it is stopped; `said` is told the address to open. UsageError where the port is taken."""
    import uvicorn

    if not settings.accounts and settings.host not in LOCAL:
        raise UsageError(f"--host: {settings.host} can be reached from other machines, which --auth is for; add it")
    server = make_server(settings, catalog=catalog)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            raise UsageError(f"--port: {settings.host}:{settings.port} cannot be used: {fault.strerror}") from None
    link = server.access.link_token
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    place = f"http://{host}:{settings.port}"
    said(f"{place}/open?token={link}" if link else f"{place}/login")
    config = uvicorn.Config(
        create_app(server),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    uvicorn.Server(config).run()
