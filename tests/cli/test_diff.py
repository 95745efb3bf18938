"""`licensecheck diff`: terms first, then clauses, in three formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from licensecheck.cli.main import run

OLD = """Quince Model License

1. Grant. You may use, copy and modify the Quince model free of charge.

2. Scale. If your products exceed 100 million monthly active users, you must request a license from us.

3. Courts. The courts of Ruritania have exclusive jurisdiction.
"""
NEW = """Quince Model License

1. Grant. You may use, copy and modify the Quince model free of charge.

2. Scale. If your products exceed 300 million monthly active users, you must request a license from us.

3. Names. The name of every model that you derive from Quince must begin with "Quince".
"""


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, str]:
    """Two versions of a license of our own invention."""
    paths = tmp_path / "old.txt", tmp_path / "new.txt"
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.write_text(text)
    return str(paths[0]), str(paths[1])


def _json(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    assert run(["diff", *texts, "-f", "json"]) == 0
    data: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return data


def test_changed_number_is_told_as_a_changed_term(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    changes = [term for term in _json(texts, capsys)["terms"] if term["kind"] == "scale-threshold"]
    assert [term["change"] for term in changes] == ["changed"]
    assert changes[0]["attributes"] == [{"name": "value", "old": 100_000_000, "new": 300_000_000}]


def test_number_comes_before_what_it_is_measured_by(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(texts[1]).write_text(NEW.replace("monthly active users", "monthly active users of you and your affiliates"))
    assert run(["diff", *texts]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert (
        "Size threshold: value 100,000,000 → 300,000,000; includes affiliates is now yes. Now: Above 300,000,000" in out
    )


def test_new_rule_is_told_as_an_added_term(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    added = {term["kind"] for term in _json(texts, capsys)["terms"] if term["change"] == "added"}
    assert "model-naming" in added


def test_text_puts_terms_first_and_marks_changed_words(
    texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", *texts]) == 0
    out = capsys.readouterr().out
    assert out.index("TERMS") < out.index("100,000,000 → 300,000,000") < out.index("CLAUSES")
    assert "[-100-] {+300+}" in out


def test_page_marks_words_and_fetches_nothing(texts: tuple[str, str], tmp_path: Path) -> None:
    page = tmp_path / "diff.html"
    assert run(["diff", *texts, "-f", "html", "-o", str(page)]) == 0
    html = page.read_text()
    assert "<del>100 </del>" in html
    assert "<ins>300 </ins>" in html
    assert "http" not in html.replace("http-equiv", "")


def test_markup_of_a_text_is_escaped(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(texts[1]).write_text(NEW + "\n4. Extra. <script>alert(1)</script> and more words of this clause.\n")
    assert run(["diff", *texts, "-f", "html"]) == 0
    assert "<script>alert" not in capsys.readouterr().out


def test_same_text_has_no_change(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", texts[0], texts[0]]) == 0
    out = capsys.readouterr().out
    assert "No term changed." in out
    assert "No clause changed." in out


def test_added_not_is_told_where_no_term_changed(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(texts[1]).write_text(OLD.replace("courts of Ruritania have", "courts of Ruritania have not"))
    assert run(["diff", *texts]) == 0
    out = capsys.readouterr().out
    assert "No term changed." not in out
    assert "gains “not”" in out


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_changed_words_of_a_copy_are_shown_against_the_record(
    tmp_path: Path, shared: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    copy = tmp_path / "LICENSE"
    text = (shared / "corpus/licenses/llama-4.txt").read_text(encoding="utf-8")
    copy.write_text(text.replace("non-exclusive", "exclusive", 1), encoding="utf-8")
    assert run(["diff", "llama-4", str(copy), "-f", form]) == 0
    assert "[-non-]" in capsys.readouterr().out


def test_records_are_compared_by_their_terms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "llama-2", "llama-4"]) == 0
    out = capsys.readouterr().out
    assert "Built with Llama" in out
    assert "The clauses are not compared" in out


@pytest.mark.parametrize("name", ["no-such-license", "llama"])
def test_name_that_means_no_one_text_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", name, "llama-4"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "hunyuanvideo-2024-12-03",
            "hunyuanvideo-2024-12-04",
            "excluded gains United Kingdom and Republic of Korea.",
        ),
        ("kolors-2024-07-10", "kolors-2024-09-03", "100,000,000 → 300,000,000"),
        ("minimax-m2-2025-10-27", "minimax-m2-modified-mit", "“MiniMax M2”"),
        ("llama-2", "llama-3", "must begin with “Llama 3”"),
        ("llama-2", "llama-3", "License copy: what sets it off gains making it available."),
        ("llama-3", "llama-3.1", "its use policy is not part of the text"),
        ("llama-3.1", "llama-4", "Notice file: text Llama [-3.1-] {+4+} is licensed"),
        ("flux-1-dev-nc-2024-08-01", "flux-1-dev-nc-1.1", "Notice file: text differs in punctuation only."),
    ],
)
def test_known_versions_differ_as_their_readers_say(
    shared: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    folder = shared / "corpus" / "licenses"
    assert run(["diff", str(folder / f"{old}.txt"), str(folder / f"{new}.txt")]) == 0
    assert said in " ".join(capsys.readouterr().out.split())
