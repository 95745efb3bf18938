"""A scan checked against a profile: findings at lines, obligations looked for, ignores, baseline."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.findings import Status, Verdict
from licensecheck.domain.repository import LineFinding, Review, Standing
from licensecheck.errors import LicenseCheckError
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
    assert found.verdict is Verdict.NEEDS_REVIEW
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
    assert found.verdict is Verdict.APPROVED
    assert [reference.role.value for reference in found.references] == ["example"]


def ignore(repo: Path, comment: str) -> None:
    (repo / "vllm.yaml").write_text(f"# licensecheck: {comment}\nmodel: some-lab/never-heard-of-7b\n")


def test_ignore_with_kind_and_reason_clears_a_finding(repo: Path) -> None:
    ignore(repo, "ignore[unknown-license] until=2026-12-31 reason=ours")
    found = review()
    assert found.verdict is Verdict.APPROVED
    assert the(found, "unknown-license").standing is Standing.IGNORED
    assert not found.notices


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("ignore[unknown-license]", "gives no reason"),
        ("ignore reason=ours", "names no kind"),
        ("ignore[unknown-license] until=soon reason=ours", "is no day"),
        ("ignore[unknown-license] until=2026-11-19 reason=ours", "ran out on 2026-11-19"),
        ("ignore[scale-threshold] reason=ours", "ignores nothing"),
    ],
)
def test_faulty_ignore_clears_nothing_and_is_reported(repo: Path, comment: str, told: str) -> None:
    ignore(repo, comment)
    found = review()
    assert found.verdict is Verdict.NEEDS_REVIEW
    assert told in found.notices[0].message


def test_baseline_holds_when_lines_move_and_not_for_another_model(repo: Path) -> None:
    (repo / "vllm.yaml").write_text("model: some-lab/never-heard-of-7b\n")
    outcome = run_scan(Request(ignore_baseline=True))
    outcome.baseline_path.write_text(outcome.baseline_text())
    (repo / "vllm.yaml").write_text("\n\nmodel: some-lab/never-heard-of-7b\n")
    assert review().verdict is Verdict.APPROVED
    (repo / "vllm.yaml").write_text("model: some-lab/never-heard-of-8b\n")
    assert review().verdict is Verdict.NEEDS_REVIEW


def test_baseline_that_is_none_is_an_error(repo: Path) -> None:
    (repo / "licensecheck.baseline.json").write_text("[]")
    with pytest.raises(LicenseCheckError, match="is no baseline"):
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
    assert found.verdict is Verdict.DENIED
    assert found.findings[0].reference.path == "falcon.gguf"


def test_profile_and_settings_may_stand_in_pyproject(repo: Path) -> None:
    (repo / "licensecheck.yaml").unlink()
    (repo / "pyproject.toml").write_text(
        "[tool.licensecheck.profile.organization]\ndomicile = 'DE'\nmonthly_active_users = 900000000\n"
        "[tool.licensecheck.scan]\nexclude = ['old']\nfail_on = 'never'\n"
    )
    outcome = run_scan(Request())
    assert outcome.settings.fail_on == "never"
    assert outcome.review.verdict is Verdict.DENIED


def test_verdict_may_rest_on_other_roles(repo: Path) -> None:
    (repo / "vllm.yaml").write_text("# model: some-lab/never-heard-of-7b\n")
    assert review().verdict is Verdict.APPROVED
    assert run_scan(Request(roles=("mention",))).review.verdict is Verdict.NEEDS_REVIEW
