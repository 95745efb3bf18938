"""A scan checked against a profile: findings at lines, obligations looked for, ignores, baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from licensecheck.domain.findings import Status
from licensecheck.domain.repository import LineFinding, Review, ScanVerdict, Standing
from licensecheck.errors import LicenseCheckError
from licensecheck.repository.baseline import Decision
from licensecheck.repository.run import Request, run_scan

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
PROFILE = """\
version: 1
organization: {name: Example AG, domicile: DE, monthly_active_users: 1000}
deployment: {purpose: commercial, channels: [product], regions: [DE], modalities: [text], uses: [customer-support]}
derivatives: {modifies_model: false, trains_other_models: false}
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile, a README, and a file that loads a model, as the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "licensecheck.yaml").write_text(PROFILE)
    (tmp_path / "README.md").write_text("# A product\n")
    (tmp_path / "vllm.yaml").write_text(f"model: {LLAMA}\n")
    return tmp_path


def review(*paths: str, today: str = "2026-11-20") -> Review:
    return run_scan(Request(paths=paths, today=today)).review


def the(found: Review, kind: str) -> LineFinding:
    return next(item for item in found.findings if item.finding.kind == kind)


def test_missing_credit_line_is_told_at_the_line_that_loads_the_model(repo: Path) -> None:
    item = the(review(), "display-attribution")
    assert (item.reference.path, item.reference.line) == ("vllm.yaml", 1)
    assert item.message == "'Built with Llama' is not in README.md"
    assert item.finding.status is Status.ACTION


@pytest.mark.parametrize("place", ["README.md", "NOTICE", "ui/index.html", "src/app.tsx"])
def test_credit_line_is_found_where_it_would_stand(repo: Path, place: str) -> None:
    (repo / place).parent.mkdir(exist_ok=True)
    (repo / place).write_text("<p>Built with Llama</p>\n")
    assert not [i for i in review().findings if i.finding.kind == "display-attribution"]


def test_copy_of_the_license_is_found(repo: Path) -> None:
    (repo / "licenses").mkdir()
    (repo / "licenses" / "llama.txt").write_text("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n")
    assert not [i for i in review().findings if i.finding.kind == "include-license"]


def test_unknown_model_is_a_question_that_says_how_to_settle_it(repo: Path) -> None:
    (repo / "vllm.yaml").write_text("model: some-lab/never-heard-of-7b\n")
    found = review()
    assert found.verdict is ScanVerdict.NEEDS_REVIEW
    assert "licensecheck check some-lab/never-heard-of-7b --online" in the(found, "unknown-license").message


def test_name_that_the_settings_explain_is_resolved(repo: Path) -> None:
    (repo / "vllm.yaml").write_text("model_uri: s3://weights/assistant\n")
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}scan:\n  names:\n    s3://weights/assistant: {LLAMA}\n")
    assert the(review(), "display-attribution").reference.model == "s3://weights/assistant"


def test_recipe_that_names_its_output_shows_a_changed_model(repo: Path) -> None:
    (repo / "licensecheck.yaml").write_text(
        PROFILE.replace("modifies_model: false, ", "").replace("[product]", "[weights]")
    )
    (repo / "vllm.yaml").write_text(f"model_name_or_path: {LLAMA}\nhub_model_id: assistant-8b\n")
    found = review()
    assert the(found, "model-naming").finding.status is Status.ACTION
    assert "vllm.yaml:2 makes assistant-8b from it." in found.targets[0].report.notes


def test_reference_in_documentation_does_not_count(repo: Path) -> None:
    (repo / "vllm.yaml").unlink()
    (repo / "README.md").write_text(f"```bash\nvllm serve {LLAMA}\n```\n")
    found = review()
    assert found.verdict is ScanVerdict.NO_MODELS
    assert [reference.role.value for reference in found.references] == ["example"]


def ignore(repo: Path, comment: str) -> None:
    (repo / "vllm.yaml").write_text(f"# licensecheck: {comment}\nmodel: some-lab/never-heard-of-7b\n")


def test_ignore_with_kind_and_reason_clears_a_finding(repo: Path) -> None:
    ignore(repo, "ignore[unknown-license] until=2026-12-31 reason=ours")
    found = review()
    assert found.verdict is ScanVerdict.APPROVED
    assert the(found, "unknown-license").standing is Standing.IGNORED
    assert not found.notices


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("ignore[unknown-license]", "gives no reason"),
        ("ignore reason=ours", "names no kind"),
        ("ignore[unknown-license] until=soon reason=ours", "is not a day"),
        ("ignore[unknown-license] until=2026-11-19 reason=ours", "ran out on 2026-11-19"),
        ("ignore[scale-threshold] reason=ours", "ignores nothing"),
        ("ignore[scale-treshold] reason=ours", "did you mean 'scale-threshold'?"),
    ],
)
def test_faulty_ignore_clears_nothing_and_is_reported(repo: Path, comment: str, told: str) -> None:
    ignore(repo, comment)
    found = review()
    assert found.verdict is ScanVerdict.NEEDS_REVIEW
    assert told in found.notices[0].message


def accept(repo: Path, decision: Decision | None = None) -> None:
    outcome = run_scan(Request(writes_baseline=True))
    outcome.baseline_path.write_text(outcome.baseline_text(decision))


def test_baseline_holds_when_lines_move_and_not_for_another_model(repo: Path) -> None:
    (repo / "vllm.yaml").write_text("model: some-lab/never-heard-of-7b\n")
    accept(repo)
    (repo / "vllm.yaml").write_text("\n\nmodel: some-lab/never-heard-of-7b\n")
    assert review().new_verdict is ScanVerdict.NOTHING_NEW
    (repo / "vllm.yaml").write_text("model: some-lab/never-heard-of-8b\n")
    assert review().new_verdict is ScanVerdict.NEEDS_REVIEW


def test_baseline_does_not_change_the_verdict(repo: Path) -> None:
    before = review().verdict
    accept(repo)
    assert review().verdict is before


def test_finding_that_became_worse_is_new(repo: Path) -> None:
    (repo / "licensecheck.yaml").write_text(PROFILE.replace("purpose: commercial, ", ""))
    (repo / "vllm.yaml").write_text("model: CohereForAI/c4ai-command-r-v01\n")
    accept(repo)
    (repo / "licensecheck.yaml").write_text(PROFILE)
    found = review()
    assert found.new_verdict is ScanVerdict.DENIED
    assert any("was accepted as review and is violation now" in notice.message for notice in found.notices)


def test_entry_counts_until_its_day(repo: Path) -> None:
    accept(repo, Decision(reason="asked the lab", by="Legal", expires="2026-12-31"))
    assert review(today="2026-12-31").new_verdict is ScanVerdict.NOTHING_NEW
    late = review(today="2027-01-01")
    assert late.new_verdict is late.verdict
    assert any("ran out on 2026-12-31" in notice.message for notice in late.notices)


def test_entry_keeps_what_was_said_of_it_when_the_baseline_is_written_again(repo: Path) -> None:
    accept(repo, Decision(reason="asked the lab", by="Legal", expires="2026-12-31"))
    accept(repo)
    entries = json.loads((repo / "licensecheck.baseline.json").read_text())["findings"]
    assert {(each["reason"], each["by"], each["expires"]) for each in entries} == {
        ("asked the lab", "Legal", "2026-12-31")
    }


def test_entry_that_nothing_needs_is_told(repo: Path) -> None:
    accept(repo)
    (repo / "vllm.yaml").write_text("port: 8000\n")
    assert any("matches nothing any more" in notice.message for notice in review().notices)


def test_change_of_the_profile_alone_checks_the_whole_repository(repo: Path) -> None:
    assert [each.path for each in review("licensecheck.yaml").references] == ["vllm.yaml"]


def test_manifest_that_shows_models_which_no_file_names_is_a_question(repo: Path) -> None:
    (repo / "vllm.yaml").unlink()
    (repo / "Cargo.toml").write_text('[dependencies]\nfastembed = "4"\n')
    found = review()
    assert found.verdict is ScanVerdict.NEEDS_REVIEW
    assert (the(found, "unnamed-model").reference.path, the(found, "unnamed-model").reference.line) == ("Cargo.toml", 2)


@pytest.mark.parametrize(
    ("models", "verdict"), [("[]", ScanVerdict.NO_MODELS), (f"[{LLAMA}]", ScanVerdict.CONDITIONAL)]
)
def test_settings_say_which_models_no_file_names(repo: Path, models: str, verdict: ScanVerdict) -> None:
    (repo / "vllm.yaml").unlink()
    (repo / "Cargo.toml").write_text('[dependencies]\nfastembed = "4"\n')
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}scan: {{models: {models}}}\n")
    assert review().verdict is verdict


def test_strict_asks_about_a_source_that_was_not_read(repo: Path) -> None:
    (repo / "vllm.yaml").unlink()
    (repo / "main.zig").write_text("")
    assert review().verdict is ScanVerdict.NO_MODELS
    assert run_scan(Request(strict=True)).review.verdict is ScanVerdict.NEEDS_REVIEW


def test_baseline_that_is_none_is_an_error(repo: Path) -> None:
    (repo / "licensecheck.baseline.json").write_text("[]")
    with pytest.raises(LicenseCheckError, match="not a baseline"):
        review()


def test_profile_itself_is_not_scanned(repo: Path) -> None:
    text = f"{PROFILE}scan:\n  names:\n    model: some-lab/never-heard-of-7b\n"
    (repo / "licensecheck.yaml").write_text(text)
    assert [reference.path for reference in review().references] == ["vllm.yaml"]


def test_excluded_folder_is_not_read(repo: Path) -> None:
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}scan: {{exclude: [old]}}\n")
    (repo / "old").mkdir()
    (repo / "old" / "serve.yaml").write_text("model: some-lab/never-heard-of-7b\n")
    assert [reference.path for reference in review().references] == ["vllm.yaml"]


@pytest.mark.parametrize("setting", ["fail_on: maybe", "roles: [eat]", "colour: red", "exclude: docs", "names: [a]"])
def test_wrong_setting_is_told_with_its_place(repo: Path, setting: str) -> None:
    (repo / "licensecheck.yaml").write_text(f"{PROFILE}scan:\n  {setting}\n")
    with pytest.raises(LicenseCheckError, match=r"licensecheck\.yaml:6:\d+: scan: "):
        review()


def gguf(**pairs: str) -> bytes:
    """A GGUF file of a header with these strings and no tensors."""

    def text(value: str) -> bytes:
        return len(value).to_bytes(8, "little") + value.encode()

    body = b"".join(text(f"general.{key}") + (8).to_bytes(4, "little") + text(value) for key, value in pairs.items())
    return b"GGUF" + (3).to_bytes(4, "little") + bytes(8) + len(pairs).to_bytes(8, "little") + body


def test_weights_in_the_repository_count_by_their_header(repo: Path) -> None:
    (repo / "falcon.gguf").write_bytes(gguf(name="falcon", license="cc-by-nc-4.0"))
    found = review("falcon.gguf")
    assert found.verdict is ScanVerdict.DENIED
    assert found.findings[0].reference.path == "falcon.gguf"


def test_profile_and_settings_may_stand_in_pyproject(repo: Path) -> None:
    (repo / "licensecheck.yaml").unlink()
    (repo / "pyproject.toml").write_text(
        "[tool.licensecheck.profile.organization]\ndomicile = 'DE'\nmonthly_active_users = 900000000\n"
        "[tool.licensecheck.scan]\nexclude = ['old']\nfail_on = 'never'\n"
    )
    outcome = run_scan(Request())
    assert outcome.settings.fail_on == "never"
    assert outcome.review.verdict is ScanVerdict.DENIED


def test_verdict_may_rest_on_other_roles(repo: Path) -> None:
    (repo / "vllm.yaml").write_text("# model: some-lab/never-heard-of-7b\n")
    assert review().verdict is ScanVerdict.NO_MODELS
    assert run_scan(Request(roles=("mention",))).review.verdict is ScanVerdict.NEEDS_REVIEW


def test_hub_cache_is_a_target_of_its_own(repo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hub" / "models--acme-labs--falcon" / "snapshots" / ("0" * 40)
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Falcon\n")
    found = review(str(tmp_path / "hub"))
    assert [each.model for each in found.references] == ["acme-labs/falcon"]
    assert found.verdict is ScanVerdict.DENIED


def test_store_of_ollama_is_a_target_of_its_own(repo: Path, tmp_path: Path) -> None:
    store = tmp_path / "models"
    (store / "blobs").mkdir(parents=True)
    place = store / "manifests" / "registry.ollama.ai" / "library" / "llama3.1"
    place.mkdir(parents=True)
    (place / "8b").write_text("{}")
    assert [each.model for each in review(str(store)).references] == ["llama3.1:8b"]


def test_line_that_pins_no_revision_of_a_gated_model_is_noted(repo: Path) -> None:
    assert [note.message for note in review().notes] == [
        f"{LLAMA}: no revision is pinned; it is gated: who loads it has accepted its terms on the hub"
    ]
    (repo / "serve.py").write_text("m = AutoModel.from_pretrained('mistralai/Mistral-7B-v0.1', revision='0a1b2c3')\n")
    assert [note.path for note in review("serve.py").notes] == []
