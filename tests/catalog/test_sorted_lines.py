"""Lines are found by bisection, the first and the last among them, and what is not there is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.catalog import sorted_lines
from licensecheck.catalog.seals import sealed
from licensecheck.catalog.sorted_lines import SortedLines, render_lines
from licensecheck.errors import DataError

WORDS = ["", "a", "ab", "a b", "é", "zz", "Zz", "模型", "x" * 500]


@pytest.fixture
def lines(tmp_path: Path) -> SortedLines:
    path = tmp_path / "index.tsv"
    entries = [("name", word, [n, word]) for n, word in enumerate(WORDS)]
    path.write_text(render_lines([("before", "a", 1), *entries, ("names", "a", 2)]), encoding="utf-8")
    return SortedLines(path)


@pytest.mark.parametrize("word", WORDS)
def test_each_key_gives_its_own_value(word: str, lines: SortedLines) -> None:
    assert lines.find("name", word) == [WORDS.index(word), word]


@pytest.mark.parametrize("word", ["b", "aa", "z", "zzz", "x" * 499, "型"])
def test_a_key_that_is_not_there_gives_nothing(word: str, lines: SortedLines) -> None:
    assert lines.find("name", word) is None
    assert lines.find("other", "a") is None


def test_the_keys_of_a_table_come_alone_and_in_order(lines: SortedLines) -> None:
    assert sorted(lines.keys("name")) == sorted(WORDS)
    assert list(lines.keys("before")) == ["a"]
    assert not list(lines.keys("nam"))


@pytest.mark.parametrize("count", range(1, 12))
def test_all_of_a_few_lines_are_found(count: int, tmp_path: Path) -> None:
    path = tmp_path / "index.tsv"
    path.write_text(render_lines(("t", "k" * n, n) for n in range(count)), encoding="utf-8")
    lines = SortedLines(path)
    assert [lines.find("t", "k" * n) for n in range(count)] == list(range(count))


def test_a_key_that_stands_twice_keeps_its_first_value() -> None:
    assert render_lines([("t", "k", 1), ("t", "k", 2)]) == sealed("t k\t1")


@pytest.mark.parametrize("many", [0, 400])
def test_an_edited_line_gives_no_answer(many: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_lines, "MANY", many)
    path = tmp_path / "index.tsv"
    path.write_text(
        render_lines([("t", "k", "mit"), ("t", "l", "mit")]).replace('k\t"mit"', 'k\t"bsd"'), encoding="utf-8"
    )
    lines = SortedLines(path)
    assert lines.find("t", "l") == "mit"
    with pytest.raises(DataError, match="was changed after it was built"):
        lines.find("t", "k")


@pytest.mark.parametrize(("key", "neighbours"), [("b", ["a", "c"]), ("a", ["a"]), ("0", ["a"]), ("z", ["c"])])
def test_the_neighbours_of_a_key(key: str, neighbours: list[str], tmp_path: Path) -> None:
    path = tmp_path / "index.tsv"
    path.write_text(render_lines([("s", "x", 0), ("t", "a", 1), ("t", "c", 2), ("u", "x", 3)]), encoding="utf-8")
    assert list(SortedLines(path).neighbours("t", key)) == neighbours


def test_many_lookups_give_the_same_as_few(lines: SortedLines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_lines, "MANY", 0)
    assert [lines.find("name", word) for word in WORDS] == [[n, word] for n, word in enumerate(WORDS)]
    assert lines.find("name", "b") is None
