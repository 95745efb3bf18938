"""What the server refuses: foreign hosts and forms, large bodies, archives that lead out, changes to the log."""

from __future__ import annotations

import hashlib
import io
import stat
import threading
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from serving import HOST, add_review, csrf_of, job_of, post, product_of, review_of, wait_for
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.testclient import TestClient

from licensecheck.errors import UsageError
from licensecheck.web import guard, jobs, uploads
from licensecheck.web.access import TRIES, WAIT, Access, add_account
from licensecheck.web.app import create_app
from licensecheck.web.call import HERE, Server
from licensecheck.web.serve import Settings, make_server, run, utc_now

PASSWORD = "correct horse battery"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80", "localhost.", ""])
def test_only_the_names_of_the_server_are_answered(host: str, client: TestClient) -> None:
    for path in ("/", "/login", "/static/app.css"):
        assert client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:80"])
def test_a_form_of_another_origin_is_refused_even_with_the_secret(
    origin: str, client: TestClient, server: Server
) -> None:
    form = {"csrf": csrf_of(client), "name": "P"}
    assert client.post("/products", data=form, headers={"origin": origin}).status_code == 403
    assert server.register.products() == []
    assert client.post("/products", data=form, headers={"origin": HOST}).status_code == 303


@pytest.mark.parametrize(("path", "most"), [("/login", guard.MAX_LOGIN), ("/products", guard.MAX_FORM)])
@pytest.mark.parametrize("measured", [True, False], ids=["stated", "not stated"])
def test_a_body_is_bounded_whether_or_not_it_says_its_length(
    path: str, most: int, measured: bool, client: TestClient
) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(most // 4096 + 2):
            yield b"x" * 4096

    body = b"".join(pieces())
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post(path, content=body if measured else pieces(), headers=kind)
    assert answer.status_code == (413 if measured or path == "/products" else 403)


def test_a_login_without_a_length_is_bounded(tmp_path: Path) -> None:
    server = make_server(Settings(folder=tmp_path, accounts=True))
    with TestClient(create_app(server), base_url=HOST) as client:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/login", content=iter([b"x" * 9000] * 4), headers=kind).status_code == 413


def test_every_page_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/nothing", "/reviews/77", "/static/app.css", "/login"):
        headers = client.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"


def test_htmx_is_the_file_of_its_package() -> None:
    digest = hashlib.sha256((HERE / "static" / "htmx.min.js").read_bytes()).hexdigest()
    told = (HERE.parents[1] / "docs" / "serve.md").read_text(encoding="utf-8")
    assert digest in told
    assert "htmx.org 2.0.8" in told


def test_another_address_than_this_machine_asks_for_accounts(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--auth"):
        run(Settings(folder=tmp_path, host="0.0.0.0"), said=print)


# Archives and files.


def make_zip(**files: str) -> bytes:
    """An archive of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("m/LICENSE")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/hostname")
    with pytest.raises(UsageError, match="holds a link"):
        uploads.unpack(path, tmp_path / "inside")
    assert not (tmp_path / "inside").exists()


@pytest.mark.parametrize(
    ("bound", "value", "said"),
    [("MAX_BYTES", 100, "more than 100 bytes"), ("MAX_FILES", 1, "more than 1 files"), ("MAX_DEPTH", 1, "too deep")],
)
def test_an_archive_is_bounded(
    bound: str, value: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, bound, value)
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip(**{"m/a": "x" * 80, "m/b": "x" * 80}))
    with pytest.raises(UsageError, match=said):
        uploads.unpack(path, tmp_path / "inside")
    assert not (tmp_path / "inside").exists()


def test_an_archive_that_lies_about_its_size_is_bounded_by_what_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 5000)
    bounds = uploads._Bounds(10, uploads._goes_on)
    bounds.take(5000)
    with pytest.raises(UsageError, match="more than 5,000 bytes"):
        bounds.take(1)


def test_an_archive_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_SECONDS", -1)
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip(a="x"))
    with pytest.raises(UsageError, match="seconds to unpack"):
        uploads.unpack(path, tmp_path / "inside")


def test_two_files_of_one_name_are_refused_in_words(client: TestClient) -> None:
    number = product_of(post(client, "/products", name="P"))
    same = [("files", ("README.md", b"a")), ("files", ("README.md", b"b"))]
    answer = post(client, f"/products/{number}/targets", kind="files", files=same)
    assert answer.status_code == 400
    assert "README.md: two files have this name" in answer.text


def test_an_imported_profile_reads_no_file_of_the_server(client: TestClient, server: Server, tmp_path: Path) -> None:
    secret = tmp_path / "credits.txt"
    secret.write_text("Built with Llama")
    review = add_review(client, server, target="llama-4")
    stated = "deployment: {channels: [product], purpose: commercial}"
    yaml = f"version: 1\nmaterials: {{credit_lines: ['{secret}']}}\n{stated}\n"
    post(client, "/products/1/facts", version=1, yaml=yaml)
    shown = server.register.show(review)
    assert [f.status.value for f in shown.report.targets[0].findings if f.kind == "display-attribution"] != ["met"]


# Work that is cancelled, and work that a stop left undone.


def test_an_archive_is_unpacked_in_the_background_and_can_be_cancelled(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    held = server.jobs._kinds["check"]

    def slow(argument: str, by: str, tick: object) -> object:
        while tick(0, 2):  # type: ignore[operator]
            pass
        return held(argument, by, tick)  # type: ignore[arg-type]

    server.jobs._kinds["check"] = slow  # type: ignore[assignment]
    first = job_of(post(client, f"/products/{number}/targets", kind="id", id="mit"))
    archive = {"files": ("m.zip", make_zip(**{"m/LICENSE": "x"}))}
    second = job_of(post(client, f"/products/{number}/targets", kind="files", files=archive))
    for job in (second, first):
        assert post(client, f"/jobs/{job}/cancel").status_code == 303
    assert {wait_for(server, job).state for job in (first, second)} == {"cancelled"}
    assert [target.name for _, target, _ in server.register.everything(number)] == ["mit"]
    assert client.get("/audit").text.count(">cancelled<") == 2
    events = client.get(f"/jobs/{first}/events")
    assert events.text.startswith("data: cancelled")


def test_one_long_check_is_cancelled_and_holds_up_no_other_job(
    client: TestClient, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PATIENCE", 0.2)
    number, go_on, begun = product_of(post(client, "/products", name="P")), threading.Event(), threading.Event()
    held = server.jobs._kinds["check"]

    def endless(argument: str, by: str, tick: object) -> object:
        begun.set()
        go_on.wait(30)
        return held(argument, by, tick)  # type: ignore[arg-type]

    server.jobs._kinds["check"] = endless  # type: ignore[assignment]
    first = job_of(post(client, f"/products/{number}/targets", kind="id", id="mit"))
    assert begun.wait(10)
    server.jobs._kinds["check"] = held
    second = job_of(post(client, f"/products/{number}/targets", kind="id", id="apache-2.0"))
    assert post(client, f"/jobs/{first}/cancel").status_code == 303
    assert wait_for(server, first).state == "cancelled"
    assert wait_for(server, second).state == "done"
    go_on.set()
    left = [thread for thread in threading.enumerate() if thread.name == f"job-{first}"]
    for thread in left:
        thread.join(30)  # before the database is closed


def test_a_review_that_was_never_checked_is_checked_after_a_restart(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    user = server.access.user_of(client.cookies["licensecheck_session"])
    assert user
    review = server.register.add_target(user, number, "id", "mit", "mit", server.access)
    again = make_server(Settings(folder=server.register.folder, db=_address(server)))
    with TestClient(create_app(again), base_url=HOST):
        assert review_of(wait_for(again, 1)) == review
    assert server.register.everything(number)[0][0].verdict


def test_changed_facts_take_the_verdict_back_until_every_review_is_checked(client: TestClient, server: Server) -> None:
    add_review(client, server, target="llama-4")
    held = server.jobs._kinds["refresh"]
    server.jobs._kinds["refresh"] = lambda *_: (_ for _ in ()).throw(UsageError("not now"))
    post(client, "/products/1/facts", version=1, yaml="version: 1\norganization: {domicile: DE}\n")
    (listed,) = server.register.everything(1)
    assert listed[0].verdict == ""
    assert "Not checked" in client.get("/").text
    server.jobs._kinds["refresh"] = held
    assert "being checked with the newest facts" in client.get("/products/1").text
    wait_for(server, server.jobs.add("refresh", "1", by="local"))
    assert server.register.everything(1)[0][0].verdict == "needs-review"


def _address(server: Server) -> str:
    return server.register.database.url


# The log, and who is let in.


@pytest.mark.parametrize("table", ["audit_entry", "signature", "export", "profile_version"])
@pytest.mark.parametrize("order", ["DELETE FROM {0}", "UPDATE {0} SET id = id + 1000"])
def test_the_database_itself_refuses_to_change_what_only_grows(
    table: str, order: str, client: TestClient, server: Server
) -> None:
    review = add_review(client, server, target="mit")
    post(client, f"/reviews/{review}/sign", role="Counsel", version=1)
    with pytest.raises(SQLAlchemyError, match="only grows"), server.register.database.transaction() as work:
        work.execute(text(order.format(table)))


def test_wrong_passwords_wait_by_name_and_by_address_and_are_logged(tmp_path: Path) -> None:
    now = utc_now()
    server = make_server(Settings(folder=tmp_path))
    clock = {"now": now}

    def tell() -> datetime:
        return clock["now"]

    access = Access(database=server.register.database, clock=tell, accounts=True)
    add_account(server.register.database, "ada", PASSWORD, "admin", now=now)
    assert access.log_in("ada", PASSWORD, address="10.0.0.1")
    for at in range(TRIES):
        assert access.log_in("ada", "wrong", address=f"10.0.1.{at}") is None
    assert access.log_in("ada", PASSWORD, address="10.0.0.1") is None, "the name waits, from whichever address"
    for at in range(TRIES):
        access.log_in(f"guess {at}", "wrong", address="10.0.0.9")
    add_account(server.register.database, "bob", PASSWORD, "reader", now=now)
    assert access.log_in("bob", PASSWORD, address="10.0.0.9") is None, "the address waits, for whichever name"
    clock["now"] += WAIT + timedelta(seconds=1)
    assert access.log_in("ada", PASSWORD, address="10.0.0.1")
    entries, _ = access.entries(1)
    assert [entry.action for entry in entries].count("log-in refused") == 2 * TRIES


def test_a_session_ends_by_itself_and_with_another_password(tmp_path: Path) -> None:
    server = make_server(Settings(folder=tmp_path))
    clock = {"now": utc_now()}
    access = Access(database=server.register.database, clock=lambda: clock["now"], accounts=True)
    add_account(server.register.database, "ada", PASSWORD, "reviewer", now=clock["now"])
    cookie = access.log_in("ada", PASSWORD, address="")
    assert access.user_of(cookie)
    add_account(server.register.database, "ada", PASSWORD + " new", "reviewer", now=clock["now"])
    assert access.user_of(cookie) is None
    again = access.log_in("ada", PASSWORD + " new", address="")
    clock["now"] += timedelta(hours=13)
    assert access.user_of(again) is None


@pytest.mark.parametrize("role", ["reader", "reviewer", "admin"])
def test_each_role_may_do_its_own(role: str, tmp_path: Path) -> None:
    server = make_server(Settings(folder=tmp_path, accounts=True))
    add_account(server.register.database, "ada", PASSWORD, role, now=utc_now())
    with TestClient(create_app(server), base_url=HOST, follow_redirects=False) as client:
        assert client.post("/login", data={"name": "ada", "password": PASSWORD}).status_code == 303
        writes = post(client, "/products", name="P").status_code
        assert writes == (403 if role == "reader" else 303)
        assert client.get("/audit").status_code == (200 if role == "admin" else 403)
        assert ("Add a product" in client.get("/").text) is (role != "reader")
