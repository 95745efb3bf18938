"""The lint of use words: what would break a check is a fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.load.lint_uses import lint_uses, use_files


@pytest.mark.parametrize("path", use_files(), ids=lambda p: p.stem)
def test_use_files_are_clean(path: Path) -> None:
    assert lint_uses(path) == []


@pytest.mark.parametrize(
    ("phrases", "line", "said"),
    [
        ("[spying, 419]", 5, "419 is not of type 'string'"),
        ("[spying, false]", 5, "False is not of type 'string'"),
        ("[<nobody> watched]", 5, "no word set 'nobody'"),
    ],
)
def test_what_would_break_a_check_is_a_fault(tmp_path: Path, phrases: str, line: int, said: str) -> None:
    path = tmp_path / "snooping.yaml"
    path.write_text(f"category: snooping\nquestion: Is anyone watched?\ntopics:\n  watching:\n    plain: {phrases}\n")
    (fault,) = lint_uses(path)
    assert said in str(fault)
    assert fault.place is not None
    assert fault.place.line == line


def test_a_key_that_nothing_reads_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "snooping.yaml"
    path.write_text("category: prying\nquestion: Is anyone watched?\ntopics: {a: {plain: [spying]}}\nnaer: [x]\n")
    assert "naer" in str(lint_uses(path)[0])


def test_the_category_is_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "snooping.yaml"
    path.write_text("category: prying\nquestion: Is anyone watched?\ntopics: {a: {plain: [spying]}}\n")
    assert ["not the file's name" in str(fault) for fault in lint_uses(path)] == [True]
