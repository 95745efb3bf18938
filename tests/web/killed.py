"""The story of a review in processes that are killed at their first, second, ... write: `python killed.py FOLDER`.

For each number a process of its own walks the story on a fresh register in FOLDER/NUMBER, writes down each step that
the server confirmed, and kills itself before that write, or before its commit, reaches the database.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from serving import HOST, job_of, post, product_of, review_of, wait_for
from sqlalchemy import event
from starlette.testclient import TestClient

from licensecheck.web.app import create_app
from licensecheck.web.serve import Settings, make_server

WRITES = ("INSERT", "UPDATE", "DELETE")


def main(root: Path) -> None:
    """Walk the story again and again, one write further each time, until it comes to its end."""
    first = root / "first"  # what every run would load and make anew is loaded and made once
    server = make_server(Settings(folder=first / "data"))
    server.register.checker.check(["apache-2.0", "mit"])
    server.register.database.close()
    for number in range(1, 500):
        folder = root / f"{number:03}"
        shutil.copytree(first, folder)
        child = os.fork()
        if child == 0:
            try:
                walk(folder, number)
                (folder / "ended").touch()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        if (folder / "ended").exists():
            return
    raise AssertionError("the story never came to its end")


def walk(folder: Path, number: int) -> None:
    """The story, with a line in `confirmed` for each step of which the answer has come."""
    server = make_server(Settings(folder=folder / "data"))
    kill_at(server.register.database.engine, number)
    kept = (folder / "confirmed").open("a")

    def confirm(step: str) -> None:
        kept.write(f"{step}\n")
        kept.flush()
        os.fsync(kept.fileno())

    with TestClient(create_app(server), base_url=HOST, follow_redirects=False) as client:
        client.get(f"/open?token={server.access.link_token}")
        tell(client, server, confirm)


def kill_at(engine: Any, number: int) -> None:
    """Kill this process at its write or commit of this number."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            step()

    def before_commit(connection: Any) -> None:
        if connection.get_execution_options().get("writes"):
            step()

    event.listen(engine, "before_cursor_execute", before_statement)
    event.listen(engine, "commit", before_commit)


def tell(client: TestClient, server: Any, confirm: Callable[[str], None]) -> None:
    """Product, facts, models by id and as an archive, answer, owner, approval, signature, a new review, a re-check."""

    def send(step: str, path: str, **values: Any) -> Any:
        answer = post(client, path, **values)
        assert answer.status_code == 303, answer.text
        confirm(step)
        return answer

    def version() -> str:
        found = re.search(r'name="version" value="(\d+)"', client.get(f"/products/{product}").text)
        assert found
        return found[1]

    product = product_of(send("product", "/products", name="P"))
    yaml = "version: 1\norganization: {employees: 7}\n"
    send("facts", f"/products/{product}/facts", version=version(), yaml=yaml)
    job = job_of(send("target", f"/products/{product}/targets", kind="id", id="apache-2.0"))
    review = review_of(wait_for(server, job))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("m/README.md", "---\nlicense: mit\n---\n\n# m\n")
    files = {"files": ("m.zip", packed.getvalue())}
    wait_for(server, job_of(send("archive", f"/products/{product}/targets", kind="files", files=files)))
    answered = {"field": "organization.domicile", "value": "DE", "version": version()}
    send("answer", f"/reviews/{review}/answer", **answered)
    key = "apache-2.0|include-license|"
    send("owner", f"/reviews/{review}/assign", finding=key, owner="Ada", due="2027-01-31")
    send("approval", f"/reviews/{review}/approve", finding=key, reason="done elsewhere", version=version())
    send("signature", f"/reviews/{review}/sign", role="Counsel", version=version())
    send("new review", f"/reviews/{review}/reopen")
    wait_for(server, job_of(send("re-check", "/recheck")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
