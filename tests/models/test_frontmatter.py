from __future__ import annotations

import pytest

from licensecheck.models.front_matter import BlockState, split_front_matter


@pytest.mark.parametrize(
    ("written", "read"),
    [("no", "no"), ("1.0", "1.0"), ("2024-01-01", "2024-01-01"), ("'mit'", "mit"), ("on", "on"), ("0x10", "0x10")],
)
def test_scalars_stay_as_written(written: str, read: str) -> None:
    assert split_front_matter(f"---\nlicense: {written}\n---\n").values["license"] == read


@pytest.mark.parametrize("written", ["", "null", "~"])
def test_null_is_none(written: str) -> None:
    assert split_front_matter(f"---\nlicense: {written}\n---\n").values["license"] is None


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_line_ends_do_not_matter(break_: str) -> None:
    text = break_.join(["---", "license: mit", "---", "# A"])
    front = split_front_matter(text)
    assert (front.state, front.values["license"], front.body_line) == (BlockState.READ, "mit", 4)


def test_byte_order_mark_and_blank_lines_are_passed() -> None:
    assert split_front_matter("\ufeff\n\n---\nlicense: mit\n---\n").values["license"] == "mit"


@pytest.mark.parametrize("text", ["", "# A", "text\n---\nlicense: mit\n---\n", "<!--\n---\nlicense: mit\n---\n-->\n"])
def test_block_must_stand_at_the_head(text: str) -> None:
    assert split_front_matter(text).state is BlockState.ABSENT


def test_open_block_is_told() -> None:
    assert "never closed" in (split_front_matter("---\nlicense: mit\n# A\n").problem or "")


def test_last_of_two_keys_holds_and_is_told() -> None:
    front = split_front_matter("---\nlicense: mit\ntags: [a]\nlicense: gpl-3.0\n---\n")
    assert (front.values["license"], front.duplicates) == ("gpl-3.0", (("license", 4),))


@pytest.mark.parametrize("block", ["[]", "just words", "- a\n- b"])
def test_block_that_is_no_mapping_is_broken(block: str) -> None:
    assert split_front_matter(f"---\n{block}\n---\n").state is BlockState.BROKEN


def test_broken_block_is_saved_key_by_key() -> None:
    block = "license: mit\nlicense_name: foo: bar\nbase_model:\n- a/b\n- c/d\ntags: [x\n"
    front = split_front_matter(f"---\n{block}---\n")
    assert front.state is BlockState.BROKEN
    assert front.values["license"] == "mit"
    assert front.values["license_name"] == "foo: bar"
    assert front.values["base_model"] == ["a/b", "c/d"]


def test_conflict_marks_do_not_hide_the_other_keys() -> None:
    front = split_front_matter("---\n<<<<<<< HEAD\nlicense: mit\n=======\n>>>>>>> x\n---\n")
    assert (front.state, front.values["license"]) == (BlockState.BROKEN, "mit")


def test_tabs_for_spaces_break_the_block() -> None:
    front = split_front_matter("---\nlicense: mit\nwidget:\n\t- text: a\n---\n")
    assert (front.state, front.values["license"]) == (BlockState.BROKEN, "mit")


def test_tab_within_a_value_breaks_nothing() -> None:
    assert split_front_matter('---\nlicense: mit\ntitle: "a\tb"\n---\n').state is BlockState.READ


def test_lines_are_those_of_the_card() -> None:
    assert split_front_matter("\n---\ntags: [a]\nlicense: mit\n---\n").lines["license"] == 4


def test_alias_bomb_is_bounded() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    front = split_front_matter("---\n" + "\n".join(rows) + "\nlicense: mit\n---\n")
    assert front.values.keys() >= {"license"}
