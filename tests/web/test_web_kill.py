"""A server that is killed in the middle of a write has lost nothing that it confirmed, and kept nothing by half."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import wait_for
from sqlalchemy import select

from licensecheck.web.app import take_up
from licensecheck.web.register import EXPORTS
from licensecheck.web.serve import Settings, make_server
from licensecheck.web.tables import (
    Assignment,
    AuditEntry,
    Export,
    Job,
    Product,
    ProfileVersion,
    Review,
    Signature,
    Target,
)
from tools.served import start

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("after", [0.15, 0.4, 0.9])
def test_no_confirmed_decision_is_lost(after: float, tmp_path: Path) -> None:
    server = start(tmp_path / "data")
    with httpx.Client(base_url=server.origin, timeout=30) as client:
        client.get(server.link)
        form = {"csrf": _secret(client)}
        assert client.post("/products", data={**form, "name": "P"}).status_code == 303
        threading.Timer(after, os.kill, (server.process.pid, signal.SIGKILL)).start()
        confirmed = 1
        try:
            while True:
                yaml = f"version: 1\norganization: {{employees: {confirmed}}}\n"
                done = client.post("/products/1/facts", data={**form, "version": str(confirmed), "yaml": yaml})
                assert done.status_code == 303, done.text
                confirmed += 1
        except httpx.TransportError:
            server.process.communicate()
    again = make_server(Settings(folder=tmp_path / "data"))
    assert again.register.facts(1).number in (confirmed, confirmed + 1)
    again.register.database.close()


def _secret(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/").text)
    assert found
    return found[1]


def test_a_kill_at_any_write_of_the_story_leaves_each_step_whole_or_undone(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed.py")
    folders = [str(script.parent), str(script.parent.parent.parent), *sys.path]
    environment = {**os.environ, "PYTHONPATH": ":".join(folders)}
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, env=environment)
    runs = sorted(each for each in tmp_path.iterdir() if (each / "confirmed").exists())
    assert len(runs) > 40, "the story writes more often than that"
    assert (runs[-1] / "ended").exists()
    for run in runs:
        steps = (run / "confirmed").read_text().split("\n")[:-1]
        try:
            _examine(run / "data", set(steps))
        except AssertionError as fault:
            raise AssertionError(f"killed at write {run.name}, after {steps}: {fault}") from fault


def _examine(folder: Path, confirmed: set[str]) -> None:
    server = make_server(Settings(folder=folder))
    take_up(server)
    for job in range(1, len(_all(server, Job)) + 1):
        assert wait_for(server, job).state == "done"
    rows = {table: _all(server, table) for table in
            (Product, ProfileVersion, Target, Review, Assignment, Signature, Export, AuditEntry)}  # fmt: skip
    done = {
        "product": bool(rows[Product]),
        "facts": any("employees: 7" in each.content for each in rows[ProfileVersion]),
        "target": any(each.kind == "id" for each in rows[Target]),
        "archive": any(each.kind == "files" for each in rows[Target]),
        "answer": any("domicile: DE" in each.content for each in rows[ProfileVersion]),
        "owner": bool(rows[Assignment]),
        "approval": any("done elsewhere" in each.content for each in rows[ProfileVersion]),
        "signature": bool(rows[Signature]),
        "new review": len(rows[Review]) > len(rows[Target]),
        "re-check": any(each.action == "re-check" for each in rows[AuditEntry]),
    }
    assert {step for step in confirmed if not done[step]} == set(), "lost"
    _examine_wholeness(rows)
    server.jobs.stop()
    server.register.database.close()


def _examine_wholeness(rows: dict[Any, Any]) -> None:
    """Each change stands with all that belongs to it, the line in the log included, and no archive was taken twice."""
    logged = [each.action for each in rows[AuditEntry]]
    assert logged.count("product added") == len(rows[Product])
    assert logged.count("facts") == max(0, len(rows[ProfileVersion]) - 1)
    assert [each.number for each in rows[ProfileVersion]] == list(range(1, len(rows[ProfileVersion]) + 1))
    assert logged.count("target added") == len(rows[Target]) <= 2
    assert logged.count("signed") == len(rows[Signature])
    assert len(rows[Export]) == len(EXPORTS) * len(rows[Signature])
    assert sum(each.state == "signed" for each in rows[Review]) == len(rows[Signature])
    assert logged.count("opened again") == len(rows[Review]) - len(rows[Target])
    assert all(each.verdict for each in rows[Review]), "a review was never checked"


def _all(server: Any, table: Any) -> Any:
    with server.register.database.reading() as found:
        return found.scalars(select(table).order_by(table.id)).all()
