from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.errors import UsageError
from licensecheck.models.environment import local_settings as source_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HF_ENDPOINT", "HF_TOKEN", "HF_TOKEN_PATH", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path))


def test_no_network_unless_asked_for() -> None:
    assert source_settings().hub is None


def test_endpoint_and_token_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example.org")
    monkeypatch.setenv("HF_TOKEN", "secret")
    hub = source_settings(online=True).hub
    assert hub is not None
    assert (hub.endpoint, hub.token) == ("https://hub.example.org", "secret")


def test_address_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://[")
    with pytest.raises(UsageError, match="HF_ENDPOINT"):
        source_settings(online=True)


def test_token_of_the_login(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("left-behind\n")
    hub = source_settings(online=True).hub
    assert hub is not None
    assert hub.token == "left-behind"


@pytest.mark.parametrize("name", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_offline_environment_forbids_the_network(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert source_settings(online=True).hub is None
