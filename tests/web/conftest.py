"""A server in this process, with a client that is signed in."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")

from serving import HOST
from starlette.testclient import TestClient

from licensecheck.web.app import create_app
from licensecheck.web.call import Server
from licensecheck.web.serve import Settings, make_server


@pytest.fixture
def db() -> Iterator[str | None]:
    """A fresh database: a file of its own, or one in the PostgreSQL server that the environment names."""
    admin = os.environ.get("LICENSECHECK_TEST_POSTGRES")
    if admin is None:
        yield None
        return
    from sqlalchemy import create_engine, text

    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(f"{admin}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"{admin}/{name}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def server(tmp_path: Path, db: str | None) -> Iterator[Server]:
    """A server on a fresh database."""
    made = make_server(Settings(folder=tmp_path / "data", db=db))
    yield made
    made.register.database.close()


@pytest.fixture
def client(server: Server) -> Iterator[TestClient]:
    """A client that has opened the one-time link."""
    with TestClient(create_app(server), base_url=HOST, follow_redirects=False) as made:
        assert made.get(f"/open?token={server.access.link_token}").status_code == 303
        yield made
