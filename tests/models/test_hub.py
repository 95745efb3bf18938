from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hub_server import COMMIT, FakeHub, serve

from licensecheck.errors import SourceError
from licensecheck.models.files import HubSettings, SourceSettings
from licensecheck.models.hub import fetch_model
from licensecheck.models.target import load_subject

CARD = b"---\nlicense: mit\nbase_model: org/base\n---\n# Small\n"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    models = {
        "org/small": {"README.md": CARD, "LICENSE": b"terms", "model.safetensors": b"weights", "sub/LICENSE": b"no"},
        "org/base": {"README.md": b"---\nlicense: gemma\n---\n"},
    }
    with serve(FakeHub(models=models)) as running:
        yield running


@pytest.fixture
def settings(hub: FakeHub, tmp_path: Path) -> HubSettings:
    return HubSettings(endpoint=hub.endpoint, cache=tmp_path, timeout=0.2, pause=0.0, max_bytes=100_000, attempts=3)


def test_documents_are_fetched_into_the_cache(settings: HubSettings) -> None:
    folder = fetch_model("org/small", settings)
    assert folder == settings.cache / "models--org--small" / "snapshots" / COMMIT
    assert (folder / "README.md").read_bytes() == CARD


def test_weights_are_never_fetched(hub: FakeHub, settings: HubSettings) -> None:
    fetch_model("org/small", settings)
    assert not [path for path in hub.paths if "safetensors" in path or "sub" in path]


def test_absence_is_put_down_as_proof(settings: HubSettings) -> None:
    fetch_model("org/small", settings)
    assert (settings.cache / "models--org--small" / ".no_exist" / COMMIT / "USE_POLICY.md").is_file()


def test_a_second_fetch_asks_for_no_file_again(hub: FakeHub, settings: HubSettings) -> None:
    fetch_model("org/small", settings)
    hub.requests.clear()
    fetch_model("org/small", settings)
    assert hub.paths == ["/api/models/org/small"]


def test_unknown_model_gives_none(settings: HubSettings) -> None:
    assert fetch_model("org/none", settings) is None


@pytest.mark.parametrize("fault", ["429", "500", "503", "slow"])
def test_passing_faults_are_waited_out(hub: FakeHub, settings: HubSettings, fault: str) -> None:
    hub.faults = [fault]
    assert fetch_model("org/small", settings) is not None


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        (["429"] * 9, "repeatedly"),
        (["401"], "gated or private"),
        (["418"], "answers 418"),
        (["cut"], "cut off|cannot be asked"),
        (["huge"], "larger than"),
        (["nonsense"], "cannot be read"),
        (["to:http://localhost:1/elsewhere"], "another host"),
        (["to:file:///etc/passwd"], "another host"),
        (["to:/api/models/org/small"] * 9, "in circles"),
    ],
)
def test_lasting_faults_are_told(hub: FakeHub, settings: HubSettings, faults: list[str], message: str) -> None:
    hub.faults = faults
    with pytest.raises(SourceError, match=message):
        fetch_model("org/small", settings)


def test_an_answer_that_drips_is_given_up(hub: FakeHub, settings: HubSettings) -> None:
    hub.faults = ["drip"]
    with pytest.raises(SourceError, match=r"more than 0\.5 seconds"):
        fetch_model("org/small", replace(settings, patience=0.5))


def test_half_a_model_never_passes_for_a_whole_one(hub: FakeHub, settings: HubSettings) -> None:
    hub.faults = ["", "", "418"]
    with pytest.raises(SourceError, match="answers 418"):
        fetch_model("org/small", settings)
    assert [path for path in hub.paths if "README" in path]
    assert not (settings.cache / "models--org--small" / "snapshots").exists()
    folder = fetch_model("org/small", settings)
    assert folder is not None
    assert sorted(path.name for path in folder.iterdir()) == ["LICENSE", "README.md"]


def test_a_model_of_too_many_documents_is_refused(hub: FakeHub, settings: HubSettings) -> None:
    hub.models["org/many"] = {f"LICENSE-{number}.txt": b"terms" for number in range(41)}
    with pytest.raises(SourceError, match="41 documents, more than the 40"):
        fetch_model("org/many", settings)


def test_a_redirect_within_the_host_is_followed(hub: FakeHub, settings: HubSettings) -> None:
    hub.faults = ["to:/api/models/org/small"]
    assert fetch_model("org/small", settings) is not None


def test_the_token_goes_to_the_endpoint(hub: FakeHub, tmp_path: Path) -> None:
    hub.token = "secret"
    with_token = HubSettings(endpoint=hub.endpoint, cache=tmp_path, token="secret", pause=0.0)
    assert fetch_model("org/small", with_token) is not None


@pytest.mark.parametrize("revision", ["../main", "a/../b", "x y"])
def test_an_odd_revision_is_refused(settings: HubSettings, revision: str) -> None:
    with pytest.raises(SourceError, match="not a revision"):
        fetch_model("org/small", settings, revision=revision)


@pytest.mark.parametrize("endpoint", ["file:///etc", "ftp://hub", "hub"])
def test_an_odd_endpoint_is_refused(tmp_path: Path, endpoint: str) -> None:
    with pytest.raises(SourceError, match="not the http address"):
        fetch_model("org/small", HubSettings(endpoint=endpoint, cache=tmp_path))


def test_nobody_listening_is_told(tmp_path: Path) -> None:
    closed = HubSettings(endpoint="http://127.0.0.1:9", cache=tmp_path, pause=0.0, attempts=1, timeout=0.2)
    with pytest.raises(SourceError, match="repeatedly"):
        fetch_model("org/small", closed)


def test_online_subject_reads_card_and_base(settings: HubSettings) -> None:
    online = SourceSettings(caches=(settings.cache,), hub=settings)
    subject = load_subject("org/small", settings=online)
    assert subject.card is not None
    assert [(ancestor.model, ancestor.license) for ancestor in subject.lineage] == [("org/base", "gemma")]


def test_license_link_is_never_asked_for(hub: FakeHub, settings: HubSettings) -> None:
    link = f"license_link: {hub.endpoint}/private\n".encode()
    hub.models["org/linked"] = {"README.md": b"---\nlicense: other\nlicense_name: foo\n" + link + b"---\n"}
    load_subject("org/linked", settings=SourceSettings(caches=(settings.cache,), hub=settings))
    assert not [path for path in hub.paths if "private" in path]
