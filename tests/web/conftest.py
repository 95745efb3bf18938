"""A server in this process, with a client that is signed in."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")

from starlette.testclient import TestClient

from licensecheck.web.access import Access
from licensecheck.web.app import Server, create_app
from licensecheck.web.serve import Settings, make_server

HOST = "http://127.0.0.1:8765"
MakeClient = Callable[..., TestClient]


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


def csrf_of(client: TestClient) -> str:
    """The secret of the session's forms, as a page carries it."""
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/").text)
    assert found
    return found[1]


def post(client: TestClient, path: str, **values: Any) -> Any:
    """Send a form as a page of the session would."""
    files = values.pop("files", None)
    return client.post(path, data={"csrf": csrf_of(client), **values}, files=files)


def wait_for(server: Server, job: int) -> Any:
    """The job when it has ended."""
    import time

    for _ in range(200):
        found = server.jobs.find(job)
        if found is not None and found.state not in ("waiting", "running"):
            return found
        time.sleep(0.05)
    raise AssertionError(f"job {job} did not end")


def add_review(client: TestClient, server: Server, target: str = "llama-4", product: str = "Assistant") -> int:
    """A product with a reviewed target; the id of the review."""
    made = post(client, "/products", name=product, owner="Ada")
    number = int(made.headers["location"].rsplit("/", 1)[1])
    job = post(client, f"/products/{number}/targets", kind="id", id=target)
    done = wait_for(server, int(job.headers["location"].rsplit("/", 1)[1]))
    assert done.state == "done", done.message
    return int(done.argument)


__all__ = ["Access", "add_review", "csrf_of", "post", "wait_for"]
