"""The review in a browser, by its pages: facts, answers, approvals, signatures, the register, and who is let in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from serving import HOST, add_review, csrf_of, job_of, post, product_of, review_of, wait_for
from starlette.testclient import TestClient

from licensecheck.catalog.profile_files import load_profile
from licensecheck.errors import UsageError
from licensecheck.web import uploads
from licensecheck.web.access import add_account
from licensecheck.web.app import create_app
from licensecheck.web.call import Server
from licensecheck.web.serve import Settings, make_server, utc_now


def version_of(server: Server, review: int) -> int:
    """The version of facts that the page of a review shows."""
    return server.register.show(review).facts.number


def answer(client: TestClient, server: Server, review: int, field: str, value: str) -> Any:
    """Answer a question on the page of a review."""
    version = version_of(server, review)
    return post(client, f"/reviews/{review}/answer", field=field, value=value, version=version)


def test_the_whole_story_from_facts_to_a_signed_export(client: TestClient, server: Server) -> None:
    review = add_review(client, server, target="meta-llama/Llama-4-Scout-17B-16E-Instruct")
    assert "Needs review" in client.get(f"/reviews/{review}").text
    answer(client, server, review, "deployment.purpose", "commercial")
    answer(client, server, review, "deployment.modalities", "text, image")
    said = client.get(answer(client, server, review, "organization.domicile", "DE").headers["location"]).text
    assert server.register.show(review).report.verdict.value == "denied"
    assert "The verdict changed from needs review to denied." in said
    assert "Organization: domicile: not stated, then DE" in said
    assert "from review to violation" in said
    said = client.get(answer(client, server, review, "organization.domicile", "US").headers["location"]).text
    assert "The verdict changed from denied to needs review." in said

    signed = post(client, f"/reviews/{review}/sign", role="Counsel", version=version_of(server, review))
    assert signed.status_code == 303
    first = {form: client.get(f"/reviews/{review}/export.{form}").content for form in ("html", "json", "docx", "xlsx")}
    assert json.loads(first["json"])["verdict"] == server.register.show(review).review.verdict
    refused = post(client, f"/reviews/{review}/sign", role="Counsel", version=version_of(server, review))
    assert refused.status_code == 409

    again = int(post(client, f"/reviews/{review}/reopen").headers["location"].rsplit("/", 1)[1])
    answer(client, server, again, "organization.domicile", "FR")
    assert server.register.show(again).report.verdict.value == "denied"
    assert client.get(f"/reviews/{review}/export.json").content == first["json"]
    log = client.get("/audit").text
    assert all(words in log for words in ("product added", "target added", "facts", "signed", "opened again"))


def test_the_second_of_two_reviewers_sees_the_first_answer(client: TestClient, server: Server) -> None:
    review = add_review(client, server)
    version = version_of(server, review)
    first = post(client, f"/reviews/{review}/answer", field="deployment.purpose", value="research", version=version)
    second = post(client, f"/reviews/{review}/answer", field="deployment.purpose", value="internal", version=version)
    assert (first.status_code, second.status_code) == (303, 409)
    assert "deployment.purpose: research" in second.text
    assert server.register.show(review).facts.profile.deployment.purpose == "research"


def test_an_approval_is_bound_to_the_text_and_becomes_part_of_the_facts(client: TestClient, server: Server) -> None:
    review = add_review(client, server, target="llama-4")
    found = [f for f in server.register.show(review).report.targets[0].findings if f.kind == "scale-threshold"]
    key = f"{found[0].license}|scale-threshold|{found[0].attributes['metric']}"
    version = version_of(server, review)
    without = post(client, f"/reviews/{review}/approve", finding=key, reason=" ", version=version)
    assert without.status_code == 400
    post(client, f"/reviews/{review}/approve", finding=key, reason="agreement of 2026", version=version)
    (approval,) = server.register.show(review).facts.profile.approvals
    assert (approval.kind, approval.by, approval.reason) == ("scale-threshold", "local", "agreement of 2026")
    statuses = {
        f.status.value for f in server.register.show(review).report.targets[0].findings if f.kind == found[0].kind
    }
    assert statuses == {"waived"}


def test_facts_go_out_and_in_byte_for_byte(client: TestClient, server: Server, tmp_path: Path) -> None:
    review = add_review(client, server)
    product = server.register.show(review).product.id
    answer(client, server, review, "organization.annual_revenue", "45000000 EUR")
    data = client.get(f"/products/{product}/licensecheck.yaml").content
    file = tmp_path / "licensecheck.yaml"
    file.write_bytes(data)
    assert load_profile(file).organization == server.register.facts(product).profile.organization
    wrong = post(client, f"/products/{product}/facts", version=2, yaml="deployment: {purpose: fun}\n")
    assert wrong.status_code == 400
    assert "purpose" in wrong.text
    post(client, f"/products/{product}/facts", version=2, files={"file": ("p.yaml", data + b"# mine\n")})
    assert client.get(f"/products/{product}/licensecheck.yaml").content == data + b"# mine\n"


def test_files_a_zip_and_a_text_are_reviewed(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("m/README.md", "---\nlicense: cc-by-nc-4.0\n---\n\n# m\n")
    zipped = {"files": ("m.zip", packed.getvalue())}
    for values in ({"kind": "files", "files": zipped}, {"kind": "text", "text": "You may use it for research only."}):
        job = post(client, f"/products/{number}/targets", **values)
        done = wait_for(server, job_of(job))
        assert done.state == "done", done.message
        assert server.register.show(review_of(done)).report.targets[0].documents


def test_a_repository_is_scanned_and_each_model_it_loads_gets_a_review(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("app/serve.py", 'AutoModel.from_pretrained("Qwen/Qwen3-8B")\n')
        archive.writestr("app/deploy.yaml", "model: google/gemma-7b\n")
        archive.writestr("app/models/own/README.md", "---\nlicense: cc-by-nc-4.0\n---\n\n# own\n")
        archive.writestr("app/local.py", 'AutoModel.from_pretrained("models/own")\n')
    for opened in (
        "3 reviews opened.",
        "1 review opened; 2 had a review already, or named a path outside the repository.",
    ):
        values = {"kind": "repository", "files": {"files": ("app.zip", packed.getvalue())}}
        job = wait_for(server, job_of(post(client, f"/products/{number}/targets", **values)))
        assert job.state == "done", job.message
        assert f"3 models loaded, {opened}" in job.message  # an uploaded folder is another one each time
    shown = client.get(f"/products/{number}").text
    for name in ("Qwen/Qwen3-8B", "google/gemma-7b", "models/own"):
        assert name in shown
    assert "To the product" in client.get(f"/jobs/{job.id}").text
    single = {"kind": "repository", "files": {"files": ("serve.py", b"x = 1\n")}}
    assert post(client, f"/products/{number}/targets", **single).status_code == 400


def test_a_scanned_repository_names_no_folder_of_the_server(
    client: TestClient, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "acme" / "kept"
    own.mkdir(parents=True)
    (own / "README.md").write_text("---\nlicense: mit\n---\n\n# kept\n")
    monkeypatch.chdir(tmp_path)
    number = product_of(post(client, "/products", name="P"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for at, model in enumerate(("Qwen/Qwen3-8B", "acme/kept")):
            archive.writestr(f"app/{at}.py", f'AutoModel.from_pretrained("{model}")\n')
    values = {"kind": "repository", "files": {"files": ("app.zip", packed.getvalue())}}
    job = wait_for(server, job_of(post(client, f"/products/{number}/targets", **values)))
    assert "2 models loaded, 1 review opened" in job.message
    assert [target.place for _, target, _ in server.register.everything(number)] == ["Qwen/Qwen3-8B"]


def test_a_recheck_tells_what_changed(client: TestClient, server: Server) -> None:
    review = add_review(client, server)
    with server.register.database.transaction() as work:
        from licensecheck.web.tables import Review

        kept = work.get(Review, review)
        assert kept is not None
        old = json.loads(kept.report)
        old["verdict"], old["targets"][0]["findings"] = "approved", []
        kept.report = json.dumps(old)
    job = int(post(client, "/recheck").headers["location"].rsplit("/", 1)[1])
    assert wait_for(server, job).message == "1 of 1 review changed."
    assert "The verdict changed from approved to needs review." in client.get("/changes").text


def test_the_register_is_searched_and_exported(client: TestClient, server: Server) -> None:
    add_review(client, server, target="llama-4", product="One")
    add_review(client, server, target="mit", product="Two")
    assert "llama-4" not in client.get("/?q=two").text
    lines = client.get("/register.csv").text.splitlines()
    assert len(lines) == 3
    assert json.loads(client.get("/register.cdx.json").content)["bomFormat"] == "CycloneDX"


def test_what_if_and_compare_answer(client: TestClient, server: Server) -> None:
    review = add_review(client, server)
    asked = client.get(f"/reviews/{review}/what-if?organization.monthly_active_users=900000000")
    assert "Size threshold" in asked.text
    assert ">apache-2.0" in client.get("/compare?targets=llama-4,apache-2.0").text
    assert "What a buyer asks first" in client.get("/compare?targets=llama-4,apache-2.0").text


def test_ten_candidates_stand_side_by_side_and_eleven_are_refused_in_words(client: TestClient) -> None:
    known = ["mit", "apache-2.0", "llama-4", "llama-3.3", "llama-3.2", "llama-3.1", "llama-3", "llama-2", "cc0-1.0"]
    ten = ",".join([*known, "unlicense"])
    assert client.get(f"/compare?targets={ten}").status_code == 200
    refused = client.get(f"/compare?targets={ten},zlib")
    assert refused.status_code == 400
    assert "11 were named, and 10 can stand side by side" in refused.text


def test_what_stands_in_a_card_is_never_markup(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="<b>P</b>"))
    text = "<script>alert(1)</script> You may not use the <img src=x onerror=alert(1)> model for anything commercial."
    job = post(client, f"/products/{number}/targets", kind="text", text=text, name="<i>m</i>")
    review = review_of(wait_for(server, job_of(job)))
    page = client.get(f"/reviews/{review}").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<i>m</i>" not in page
    assert "<b>P</b>" not in page


# -- who is let in


def test_nobody_comes_in_without_the_link_and_the_link_opens_once(server: Server) -> None:
    with TestClient(create_app(server), base_url=HOST, follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/login"
        assert client.get("/open?token=wrong").status_code == 403
        link = f"/open?token={server.access.link_token}"
        opened = client.get(link)
        assert opened.status_code == 303
        assert {"HttpOnly", "SameSite=strict"} <= set(opened.headers["set-cookie"].split("; "))
        assert TestClient(create_app(server), base_url=HOST).get(link).status_code == 403


def test_a_foreign_host_and_a_foreign_form_are_refused(client: TestClient, server: Server) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.post("/products", data={"name": "X"}).status_code == 403
    assert client.post("/products", data={"name": "X", "csrf": "0" * 64}).status_code == 403
    assert server.register.products() == []


def test_headers_let_nothing_in_from_elsewhere(client: TestClient) -> None:
    answer = client.get("/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_accounts_have_roles_and_wrong_passwords_wait(tmp_path: Path) -> None:
    server = make_server(Settings(folder=tmp_path, accounts=True))
    add_account(server.register.database, "ada", "correct horse battery", "reviewer", now=utc_now())
    add_account(server.register.database, "bob", "correct horse battery", "reader", now=utc_now())
    with TestClient(create_app(server), base_url=HOST, follow_redirects=False) as client:
        assert client.post("/login", data={"name": "bob", "password": "correct horse battery"}).status_code == 303
        assert client.post("/products", data={"name": "X", "csrf": csrf_of(client)}).status_code == 403
        for _ in range(5):
            assert client.post("/login", data={"name": "ada", "password": "wrong"}).status_code == 403
        assert client.post("/login", data={"name": "ada", "password": "correct horse battery"}).status_code == 403
    with pytest.raises(UsageError, match="fewer than"):
        add_account(server.register.database, "eve", "short", "reader", now=utc_now())


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out", "C:/out"])
def test_no_path_leads_out_of_an_archive(name: str, tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(UsageError):
        uploads.unpack(packed, tmp_path / "inside")
    assert not (tmp_path / "out").exists()


def test_an_archive_that_is_none_leaves_nothing_behind(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    sent = post(client, f"/products/{number}/targets", kind="files", files={"files": ("a.zip", b"no zip")})
    done = wait_for(server, job_of(sent))
    assert (done.state, done.message) == ("failed", "the archive cannot be unpacked: File is not a zip file")
    assert list((server.register.folder / "targets").iterdir()) == []
    assert "To the product" not in client.get(f"/jobs/{done.id}").text
    assert server.register.everything() == []


def test_a_job_that_was_running_at_a_stop_is_done_at_the_next_start(tmp_path: Path) -> None:
    from licensecheck.web.tables import Job

    server = make_server(Settings(folder=tmp_path))
    with server.register.database.transaction() as work:
        work.add(Job(kind="recheck", state="running", created=utc_now()))
    again = make_server(Settings(folder=tmp_path))
    again.jobs.start()
    assert wait_for(again, 1).state == "done"
    again.jobs.stop()


def test_lists_are_ticked_and_countries_are_named(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    page = client.get(f"/products/{number}").text
    assert '<input type="checkbox" name="deployment.channels" value="hosted-api">' in page
    assert '<option value="DE">Germany (DE)</option>' in page
    ticked = {"deployment.channels": ["", "product", "weights"], "organization.domicile": "DE"}
    post(client, f"/products/{number}/facts", version=1, **ticked)
    profile = server.register.facts(number).profile
    assert profile.deployment.channels == ("product", "weights")
    assert profile.organization.domicile == "DE"
    post(client, f"/products/{number}/facts", version=2, **{"deployment.channels": ["", "weights", "product"]})
    assert server.register.facts(number).number == 2, "another order of the same boxes is no change"
    post(client, f"/products/{number}/facts", version=2, **{"deployment.channels": ""})
    assert not server.register.facts(number).profile.deployment.channels


def test_a_signed_export_names_who_signed_and_who_sees_to_what(client: TestClient, server: Server) -> None:
    review = add_review(client, server, target="apache-2.0")
    key = "apache-2.0|include-license|"
    post(client, f"/reviews/{review}/assign", finding=key, owner="Grace", due="2027-01-31")
    post(client, f"/reviews/{review}/sign", role="Counsel", version=version_of(server, review))
    for form in ("html", "json", "docx", "xlsx"):
        data = client.get(f"/reviews/{review}/export.{form}").content
        if form in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                data = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
        for word in (b"Counsel", b"Grace", b"2027-01-31"):
            assert word in data, (form, word)


def test_sizes_are_stated_with_unit_currency_and_day(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    revenue, users = "organization.annual_revenue", "organization.monthly_active_users"
    typed = {
        revenue: "45.5",
        f"{revenue}.unit": "1000000",
        f"{revenue}.currency": "EUR",
        f"{revenue}.day": "2026-06-30",
        users: ["12", "3,000"],
        f"{users}.unit": ["1000", "1"],
        f"{users}.day": ["2026-01-31", "2025-01-31"],
    }
    assert post(client, f"/products/{number}/facts", version=1, **typed).status_code == 303
    stated = server.register.facts(number).profile.organization
    assert stated.annual_revenue
    assert stated.monthly_active_users
    assert [(each.amount, each.currency, each.as_of) for each in stated.annual_revenue] == [
        (45_500_000, "EUR", "2026-06-30")
    ]
    assert [(each.value, each.as_of) for each in stated.monthly_active_users] == [
        (3000, "2025-01-31"),
        (12000, "2026-01-31"),
    ]
    page = client.get(f"/products/{number}").text
    assert 'value="45.5"' in page
    assert "<option selected>EUR</option>" in page
    wrong = post(client, f"/products/{number}/facts", version=2, **{revenue: "1.000.000", f"{revenue}.currency": "EUR"})
    assert "not a number" in wrong.text
    without = post(client, f"/products/{number}/facts", version=2, **{revenue: "5"})
    assert "Choose the currency" in without.text


def test_prohibited_uses_are_picked_with_what_they_mean(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    page = client.get(f"/products/{number}").text
    assert 'name="deployment.decided" value="weapons"' in page
    assert "weapons of any kind, chemical, biological, nuclear ones included" in page
    ruled_out = {"deployment.decided": ["", "weapons", "spam"]}
    post(client, f"/products/{number}/facts", version=1, **ruled_out)
    assert server.register.facts(number).profile.deployment.decided == ("weapons", "spam")
    post(client, f"/products/{number}/facts", version=2, **{"deployment.decided": ""})
    assert server.register.facts(number).profile.deployment.decided == ()


def test_the_form_keeps_what_a_file_holds_beside_the_facts(client: TestClient, server: Server) -> None:
    number = product_of(post(client, "/products", name="P"))
    held = "scan:\n  fail-on: denied\n  exclude:\n  - vendor/*\n"
    post(client, f"/products/{number}/facts", version=1, yaml=f"version: 1\n{held}organization: {{domicile: DE}}\n")
    post(client, f"/products/{number}/facts", version=2, **{"organization.domicile": "FR"})
    content = server.register.facts(number).content
    assert held in content
    assert "domicile: FR" in content
