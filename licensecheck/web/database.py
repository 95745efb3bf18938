"""The database of the register: SQLite in the user's data folder by default, PostgreSQL where an address is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session as Connection
from sqlalchemy.orm import sessionmaker

from licensecheck.errors import UsageError

__all__ = ["Connection", "Database", "migrate", "sqlite_url"]

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_MS = 10_000
"""How long a writer waits for another one (SQLite lets one write at a time)."""


class Database:
    """An engine with its migrations applied; `transaction()` gives a connection that commits whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self.engine = _engine(url)
            migrate(url)
        except (SQLAlchemyError, OSError) as fault:
            reason = str(getattr(fault, "orig", None) or fault).strip().splitlines()[0]
            raise UsageError(f"--db: the database cannot be opened: {reason}") from None
        self._write = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)
        self._read = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection for one piece of work that writes: all of it is kept, or nothing."""
        with self._write.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, and never waits for a writer."""
        with self._read() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def sqlite_url(folder: Path) -> str:
    """The address of the register's own file in a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'register.sqlite'}"


def migrate(url: str) -> None:
    """Bring the tables up to date."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_at_once)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Write-ahead logging (readers never wait), whole commits on disk, foreign keys; transactions are begun by us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_at_once(connection: Any) -> None:
    """Writers take their turn at the start: two that read first and then write would otherwise refuse each other."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
