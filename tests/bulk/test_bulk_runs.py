"""Lists of models checked: a row for each row, whatever is in it, and the same rows after a kill."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="pyarrow, which bulk needs, is not installed")
import pyarrow as pa
from pyarrow import parquet

from licensecheck.bulk import local, outputs
from licensecheck.bulk.changes import compare_runs, render_changes
from licensecheck.bulk.inputs import open_input
from licensecheck.bulk.outputs import read_parts
from licensecheck.bulk.run import Task, run_bulk
from licensecheck.bulk.selection import Selection, parse_condition
from licensecheck.bulk.summary import render_html, render_text, summarize
from licensecheck.cli.main import run as run_cli
from licensecheck.errors import LicenseCheckError, UsageError

ROOT = Path(__file__).resolve().parent.parent.parent
PROFILES = tuple(str(path) for path in sorted((ROOT / "examples" / "profiles").glob("*.yaml")))
CARD = "---\nlicense: {license}\n---\n# Heron {n}\n\nA model of our own sentences.\n"


def silent(total: int | None) -> Any:
    """No progress."""
    return lambda rows: None


def check(source: Path, folder: Path, **given: Any) -> list[dict[str, Any]]:
    """The rows of a run."""
    task = Task(source=source, folder=folder, profiles=given.pop("profiles", PROFILES), **given)
    run_bulk(task, progress=silent)
    return [row for table in read_parts(folder) for row in table.to_pylist()]


def write_lines(path: Path, *rows: object) -> Path:
    """A JSON Lines file; a text is written as it is."""
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def many(path: Path, count: int, *, group: int = 20) -> Path:
    """A Parquet file of cards in row groups."""
    licenses = ("mit", "apache-2.0", "cc-by-nc-4.0")
    rows = [{"modelId": f"us/m{n}", "card": CARD.format(license=licenses[n % 3], n=n)} for n in range(count)]
    parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)
    return path


def test_metadata_alone_is_never_approved(tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "a.jsonl",
        {"id": "us/free", "cardData": '{"license": "mit"}', "downloads": 5},
        {"id": "us/closed", "cardData": '{"license": "cc-by-nc-4.0"}'},
    )
    free, closed = check(source, tmp_path / "out")
    verdicts = {row[f"{Path(path).stem}_verdict"] for row in (free, closed) for path in PROFILES}
    assert verdicts == {"metadata-only"}
    assert closed["startup-api_license_verdict"] == "denied"
    assert (free["noncommercial"], closed["noncommercial"]) == (False, True)
    assert (free["downloads"], closed["gated"]) == (5, None)


def test_cards_get_the_verdict_of_each_profile(tmp_path: Path) -> None:
    card = CARD.format(license="cc-by-nc-4.0", n=1)
    (row,) = check(write_lines(tmp_path / "a.jsonl", {"modelId": "us/a", "card": card}), tmp_path / "out")
    assert row["read"] == "prose"
    assert row["enterprise-product_verdict"] == "denied"
    assert row["research_verdict"] != "denied"
    assert any("noncommercial" in reason for reason in row["enterprise-product_reasons"])


def test_files_beside_a_card_are_read(tmp_path: Path) -> None:
    row = {"id": "us/a", "card": CARD.format(license="other", n=1), "files": {"LICENSE": "You may not sell the model."}}
    found = check(write_lines(tmp_path / "a.jsonl", row), tmp_path / "out")
    assert found[0]["error"] is None
    assert found[0]["startup-api_verdict"] in ("denied", "needs-review")


def test_broken_rows_are_rows_with_an_error(tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "a.jsonl",
        {"id": "us/a", "card": CARD.format(license="mit", n=1)},
        "{broken",
        "[1]",
        {"id": 7, "card": "x"},
        {"id": "us/b", "card": 5},
        {"id": "us/c", "card": "x" * 9_000_000},
        {"id": "us/d", "card": "---\nlicense: [mit\n---\n"},
    )
    rows = check(source, tmp_path / "out")
    assert len(rows) == 7
    assert [row["error"] is None for row in rows] == [True, False, False, False, False, False, True]
    assert "larger than 8 MB" in rows[5]["error"]
    assert rows[5]["id"] == "us/c"


def test_a_list_of_no_known_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no known schema"):
        check(write_lines(tmp_path / "a.jsonl", {"name": "x"}), tmp_path / "out")


@pytest.mark.parametrize("content", [b"", b"PAR1 no", b"PAR1"])
def test_a_broken_parquet_file_is_one_clear_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(LicenseCheckError, match=r"a\.parquet"):
        check(tmp_path / "a.parquet", tmp_path / "out")


def test_a_cyclonedx_file_is_a_list(tmp_path: Path) -> None:
    component = {
        "type": "machine-learning-model",
        "group": "us",
        "name": "heron",
        "licenses": [{"license": {"id": "MIT"}}],
        "pedigree": {"ancestors": [{"group": "meta-llama", "name": "Llama-3.1-8B"}]},
    }
    bom = {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "x"}, component]}
    (tmp_path / "bom.json").write_text(json.dumps(bom))
    (row,) = check(tmp_path / "bom.json", tmp_path / "out")
    assert (row["id"], row["declared_license"]) == ("us/heron", ["MIT"])
    assert row["base_models"] == ["meta-llama/Llama-3.1-8B"]


def test_limit_sample_and_conditions_choose_rows(tmp_path: Path) -> None:
    rows = [{"id": f"us/m{n}", "downloads": n, "metadata": {"license": "mit"}} for n in range(200)]
    source = write_lines(tmp_path / "a.jsonl", *rows)
    assert len(check(source, tmp_path / "1", selection=Selection(limit=30), profiles=())) == 30
    some = check(source, tmp_path / "2", selection=Selection(sample=0.3), profiles=())
    assert 30 < len(some) < 90
    where = (parse_condition("downloads >= 100"), parse_condition("id ~ M19"))
    found = check(source, tmp_path / "3", selection=Selection(where=where), profiles=())
    assert [row["downloads"] for row in found] == list(range(190, 200))


@pytest.mark.parametrize("text", ["downloads", "size > 3", "downloads >= many", "downloads ~ 3"])
def test_a_condition_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--where"):
        parse_condition(text)


def test_another_run_is_not_written_into(tmp_path: Path) -> None:
    source = many(tmp_path / "a.parquet", 5)
    check(source, tmp_path / "out")
    with pytest.raises(UsageError, match="another run"):
        check(source, tmp_path / "out", profiles=())


def test_a_full_disk_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs.os, "replace", full)
    with pytest.raises(LicenseCheckError, match="No space left"):
        check(many(tmp_path / "a.parquet", 5), tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.unfinished"))


def test_processes_give_the_rows_of_one(tmp_path: Path) -> None:
    source = many(tmp_path / "a.parquet", 60)
    assert check(source, tmp_path / "1", workers=1) == check(source, tmp_path / "2", workers=2)


def metadata(path: Path, count: int, *, group: int = 10) -> Path:
    """A Parquet file of metadata that repeats itself, in row groups."""
    said = ({"license": "mit"}, {"license": "cc-by-nc-4.0"}, {"license": "other", "language": ["en"]}, {})
    rows = [{"id": f"us/m{n}", "cardData": json.dumps(said[n % 4]), "downloads": n} for n in range(count)]
    parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)
    return path


def test_workers_that_begin_with_what_was_learnt_give_the_same_rows(tmp_path: Path) -> None:
    source = metadata(tmp_path / "m.parquet", 10 * local.MANY * 2)
    rows = check(source, tmp_path / "2", workers=2)
    assert rows == check(source, tmp_path / "1", workers=1)
    assert [row["downloads"] for row in rows] == list(range(len(rows)))


def test_nothing_is_learnt_of_rows_with_prose(tmp_path: Path) -> None:
    parts = open_input(many(tmp_path / "m.parquet", 40)).parts
    job = local.Job(schema="card-dump", profiles=PROFILES, folder=str(tmp_path), selection=Selection())
    assert local.Worker(job).learn(parts[0]) == {}


def test_equal_metadata_said_otherwise_gives_equal_rows(tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "a.jsonl",
        {"id": "us/one", "cardData": '{"license": "mit", "tags": ["x"]}'},
        {"id": "us/two", "cardData": '{"tags": ["x"], "license": "mit"}'},
        {"id": "us/three", "cardData": '{"tags": ["x"]}', "tags": ["license:cc-by-nc-4.0"]},
        {"id": "us/four", "cardData": '{"tags": ["x"]}'},
    )
    one, two, three, four = check(source, tmp_path / "out")
    assert {**one, "id": None} == {**two, "id": None}
    assert (three["declared_license"], four["declared_license"]) == (["cc-by-nc-4.0"], [])


def test_a_run_that_was_stopped_goes_on_with_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = many(tmp_path / "a.parquet", 60)
    whole = check(source, tmp_path / "whole")
    folder = tmp_path / "out"
    check(source, folder)
    parts = sorted(folder.glob("part-*"))
    parts[1].unlink()
    (folder / ".part-x.unfinished").write_bytes(b"half")
    seen: list[str] = []
    run_part = local.Worker.run
    monkeypatch.setattr(
        local.Worker, "run", lambda self, part, limit=None: seen.append(part.name) or run_part(self, part, limit)
    )
    assert check(source, folder) == whole
    assert len(seen) == 1
    assert not list(folder.glob(".*"))


def part_bytes(folder: Path) -> dict[str, bytes]:
    """The parts of a run as they lie on the disk."""
    return {path.name: path.read_bytes() for path in folder.glob("part-*")}


@pytest.mark.slow
def test_killed_at_any_moment_no_row_is_lost_or_doubled(tmp_path: Path) -> None:
    source = many(tmp_path / "a.parquet", 400)
    whole = check(source, tmp_path / "whole", profiles=(), today="2026-01-01")
    folder = tmp_path / "out"
    code = "from licensecheck.cli.main import run; import sys; sys.exit(run(sys.argv[1:]))"
    command = [
        sys.executable,
        "-c",
        code,
        "bulk",
        str(source),
        "-o",
        str(folder),
        "--workers",
        "2",
        "--date",
        "2026-01-01",
    ]
    draw = random.Random(3)
    for _ in range(10):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(draw.uniform(0.3, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    rows = [row for table in read_parts(folder) for row in table.to_pylist()]
    assert rows == whole
    assert part_bytes(folder) == part_bytes(tmp_path / "whole")
    assert not list(folder.glob(".*"))


@pytest.mark.slow
def test_ray_gives_the_rows_of_the_local_engine(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    source = many(tmp_path / "a.parquet", 60)
    plain = check(source, tmp_path / "1")
    code = "from licensecheck.cli.main import run; import sys; sys.exit(run(sys.argv[1:]))"
    profiles = [each for path in PROFILES for each in ("-p", path)]
    command = [sys.executable, "-c", code, "bulk", str(source), "-o", str(tmp_path / "2"), "--engine", "ray", *profiles]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=240)
    assert [row for table in read_parts(tmp_path / "2") for row in table.to_pylist()] == plain


def test_changed_licenses_are_told_with_the_most_downloaded_first(tmp_path: Path) -> None:
    old = [{"id": f"us/m{n}", "downloads": n, "metadata": {"license": "mit"}} for n in range(4)]
    new = [dict(row) for row in old[1:]] + [{"id": "us/new", "metadata": {"license": "mit"}}]
    new[0]["metadata"] = {"license": "apache-2.0"}
    new[2]["metadata"] = {"license": "cc-by-nc-4.0"}
    for name, rows in (("old", old), ("new", new)):
        check(write_lines(tmp_path / f"{name}.jsonl", *rows), tmp_path / name, profiles=())
    changes = compare_runs(tmp_path / "old", tmp_path / "new")
    assert (changes.added, changes.removed, changes.failed) == (1, 1, 0)
    text = render_changes(changes, most=10)
    assert text.startswith("us/m3: concluded license: mit -> cc-by-nc-4.0")
    assert run_cli(["bulk", "diff", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert run_cli(["bulk", "diff", str(tmp_path / "old"), str(tmp_path / "old")]) == 0


def test_the_summary_counts_models_and_downloads(tmp_path: Path) -> None:
    rows = [{"id": f"us/<m{n}>", "downloads": 10, "metadata": {"license": "mit"}} for n in range(3)]
    check(write_lines(tmp_path / "a.jsonl", *rows, "{"), tmp_path / "out")
    summary = summarize(tmp_path / "out")
    assert (summary.models, summary.downloads, summary.errors, summary.metadata_only) == (4, 30, 1, 3)
    assert "mit" in render_text(summary)
    assert "<script" not in render_html(summary)


def test_the_command_shows_schemas_and_checks_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["bulk", "--schema"]) == 0
    assert "hub-statistics" in capsys.readouterr().out
    source = write_lines(tmp_path / "a.jsonl", {"id": "us/a", "metadata": {"license": "mit"}})
    assert run_cli(["bulk", str(source), "-o", str(tmp_path / "out"), "--summary", str(tmp_path / "s.html")]) == 0
    assert "1 model" in capsys.readouterr().out
    assert (tmp_path / "s.html").is_file()
    assert run_cli(["bulk", str(tmp_path / "none.parquet"), "-o", str(tmp_path / "o2")]) == 2
