"""The API answers as the command line does, with the same defaults, and takes catalogs of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import licensecheck
from licensecheck import Checker, api
from licensecheck.cli.main import run
from licensecheck.errors import DataError, UsageError
from licensecheck.report.json import report_data

ROOT = Path(__file__).resolve().parent.parent
PROFILE = ROOT / "examples" / "acme.yaml"
TODAY = "2026-11-30"

RULE = """id: {id}
kind: detect
title: The license bars use in zoos
status: stable
since: '0.2'
yields:
  term: prohibited-use
why: A house rule of the tests.
match:
  any: ["zoo keeping"]
set:
  category: surveillance-biometrics
examples:
- name: zoo
  text: You must not use the Model for zoo keeping.
  expect: [{{kind: prohibited-use}}]
"""
RECORD = """id: house-1
family: house
name: House License 1
version: '1'
steward: The house
url: https://example.com/house
ids:
  other: [house-one]
class: open
osi_approved: false
sha256:
  - {digest}
terms: []
"""


def cli_report(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, object]:
    """What the command line prints as JSON."""
    run(["check", *args, "-p", str(PROFILE), "-f", "json", "--fail-on", "never", "--date", TODAY])
    data: dict[str, object] = json.loads(capsys.readouterr().out)
    return data


@pytest.mark.parametrize("kind", ["folder", "card", "license id", "model id", "cached model", "text"])
def test_the_api_answers_as_the_command_line_does(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.chdir(tmp_path)
    snapshot = tmp_path / "hub" / "models--owner--model" / "snapshots" / ("a" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "README.md").write_text("---\nlicense: mit\n---\n\n# model\n")
    (snapshot / "LICENSE").write_text("You may use the Model for research purposes only.\n")
    refs = tmp_path / "hub" / "models--owner--model" / "refs"
    refs.mkdir()
    (refs / "main").write_text("a" * 40)
    target = {
        "folder": str(ROOT / "examples" / "heron-9"),
        "card": str(snapshot / "README.md"),
        "license id": "llama-4",
        "model id": "meta-llama/Llama-3.1-8B-Instruct",
        "cached model": "owner/model",
        "text": str(snapshot / "LICENSE"),
    }[kind]
    shown = cli_report(capsys, target)
    assert report_data(api.check([target], profile=PROFILE, today=TODAY)) == shown
    if kind == "cached model":
        assert shown["verdict"] != "approved"


def test_the_names_of_the_api_exist_and_are_found_in_the_package() -> None:
    assert [name for name in api.__all__ if not hasattr(api, name)] == []
    assert licensecheck.Checker is Checker


def test_a_house_rule_counts_and_the_report_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "house" / "detect" / "uses"
    folder.mkdir(parents=True)
    (folder / "zoo-barred.yaml").write_text(RULE.format(id="zoo-barred"))
    text = tmp_path / "LICENSE"
    text.write_text("Heron License\n\nYou must not use the Model for zoo keeping.\n")
    house = api.load_catalog([api.Overlay(rules=tmp_path / "house", source="the house")])
    found = Checker(house).extract(text)
    assert [term.rule for term in found.terms if term.attributes.get("category") == "surveillance-biometrics"] == [
        "zoo-barred"
    ]
    assert "zoo-barred" not in {term.rule for term in Checker().extract(text).terms}
    (source,) = Checker(house).check([str(text)]).knowledge
    assert (source.source, source.rules) == ("the house", ("zoo-barred",))


def test_an_overlay_never_replaces_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "detect" / "limits"
    folder.mkdir(parents=True)
    (folder / "hosting-barred.yaml").write_text(RULE.format(id="hosting-barred"))
    text = tmp_path / "LICENSE"
    text.write_text("You must not offer the Model as a hosted service to third parties.\n")
    with pytest.raises(DataError, match="belongs to a built-in detect rule"):
        Checker(api.load_catalog([api.Overlay(rules=tmp_path)])).extract(text)


def test_an_overlay_retires_with_a_reason(tmp_path: Path) -> None:
    folder = tmp_path / "rules" / "detect"
    folder.mkdir(parents=True)
    text = tmp_path / "LICENSE"
    text.write_text("You must not offer the Model as a hosted service to third parties.\n")
    rules = {term.rule for term in Checker().extract(text).terms if term.kind == "no-hosting"}
    assert rules
    for name in rules:
        (folder / f"{name}.yaml").write_text(f"id: {name}\nstatus: retired\nreason: read by our own rule\n")
    house = api.load_catalog([api.Overlay(rules=tmp_path / "rules")])
    assert rules.isdisjoint(term.rule for term in Checker(house).extract(text).terms)
    (source,) = Checker(house).check(["mit"]).knowledge
    assert set(source.retired) == rules


def test_a_house_license_is_found_by_name_and_by_the_hash_of_its_text(tmp_path: Path) -> None:
    text = tmp_path / "LICENSE"
    text.write_text("Permission is granted to keep herons.\n")
    digest = licensecheck.Checker().extract(text).sha256
    folder = tmp_path / "licenses" / "house"
    folder.mkdir(parents=True)
    (folder / "house-1.yaml").write_text(RECORD.format(digest=digest))
    house = Checker(api.load_catalog([api.Overlay(licenses=tmp_path / "licenses")]))
    assert house.explain("house-one").id == "house-1"
    assert house.extract(text).identity.id == "house-1"
    with pytest.raises(UsageError):
        Checker().explain("house-one")


def test_every_verdict_status_and_kind_can_be_explained() -> None:
    for name in ("approved", "no-models", "waived", "scale-threshold", "unread-clause", "base-conflict", "military"):
        assert api.explain(name).meaning
    with pytest.raises(UsageError, match="scale-threshold"):
        api.explain("scale-treshold")


def test_the_example_script_runs(capsys: pytest.CaptureFixture[str]) -> None:
    import runpy

    main = runpy.run_path(str(ROOT / "examples" / "use_api.py"))["main"]
    assert main(str(ROOT / "examples" / "heron-9"), str(PROFILE)) in (0, 1)
    assert capsys.readouterr().out.startswith("heron-9: ")
