"""What a YAML or TOML file may cost is bounded before anything is built from it; each excess is one clear error."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from licensecheck.catalog.yaml_files import parse_section, parse_toml, parse_yaml
from licensecheck.errors import DataError

QUICK = 2.0
"""Seconds; without the bounds these take minutes, all memory, or the process itself."""
BREAKS = {"carriage return": "\r", "next line": "\x85", "line separator": "\u2028", "paragraph separator": "\u2029"}


def bomb(levels: int, times: int, *, merge: bool = False) -> str:
    """A file whose aliases stand for `times` to the power of `levels` values."""
    rows = ["x0: &a0 {k: 1}"]
    for i in range(1, levels + 1):
        many = ", ".join([f"*a{i - 1}"] * times)
        rows.append(f"x{i}: &a{i} {{<<: [{many}]}}" if merge else f"x{i}: &a{i} [{many}]")
    return "\n".join(rows)


def refusal(text: str) -> str:
    """Why a text is refused, told in no time."""
    begun = time.process_time()
    with pytest.raises(DataError) as caught:
        parse_yaml(text, path="x.yaml")
    assert time.process_time() - begun < QUICK
    return caught.value.message


@pytest.mark.parametrize("text", [bomb(12, 2), bomb(11, 9, merge=True), bomb(11, 9), bomb(5, 20)])
def test_aliases_that_stand_for_more_than_a_file_can_hold_are_refused(text: str) -> None:
    assert "aliases" in refusal(text)


def test_few_aliases_are_read() -> None:
    assert parse_yaml("a: &a {x: 1}\nb: *a\nc: {<<: *a, y: 2}\n", path="x") == {
        "a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1, "y": 2},
    }  # fmt: skip


@pytest.mark.parametrize("text", ["&a [*a]", "a: &a {b: {c: *a}}", "&a {<<: *a}"])
def test_an_alias_within_what_it_stands_for_is_refused(text: str) -> None:
    assert "stands within" in refusal(text)


@pytest.mark.parametrize("text", ["- " * 100_000 + "x", "? " * 100_000 + "x", "a: " + "[" * 100_000, "{a: " * 100_000])
@pytest.mark.parametrize("end", BREAKS.values(), ids=BREAKS)
def test_depth_is_seen_behind_any_line_break(text: str, end: str) -> None:
    """In a process of its own, which the loader takes down where the depth goes unseen."""
    start = "from licensecheck.catalog.yaml_files import parse_yaml as p"
    code = f"{start}\np('a:' + {end!r} + {text[:40]!r} * 5000, path='x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1, done
    assert "no valid YAML" in done.stderr


@pytest.mark.parametrize("value", ["1" + ":59" * 100_000, "1" + ":5_9" * 100_000, "1" + ":59" * 200 + ".5"])
def test_a_number_by_sixties_without_end_is_refused(value: str) -> None:
    assert "sixties" in refusal(f"a: {value}")


@pytest.mark.parametrize(
    "value",
    [
        "!!timestamp x",
        "!!bool x",
        "!!int ''",
        "!!float ''",
        "!!int '-'",
        "!!binary é",
        "!!timestamp 2001-99-99",
        "!!set [a]",
        "!!omap {a: b}",
        "!!pairs [[a]]",
        "!!float 1:2:x",
        "!!int 0x",
    ],
)
def test_a_value_that_is_not_what_its_tag_says_is_one_error(value: str) -> None:
    assert "no valid YAML" in refusal(f"a: {value}")


@pytest.mark.parametrize("text", ["a = " + "9" * 5_000, "a = " + "[" * 20_000, "a = 9999-99-99", "a = \x00"])
def test_hostile_toml_is_one_error(text: str) -> None:
    with pytest.raises(DataError, match="no valid TOML"):
        parse_toml(text, path="x", error=DataError)


@pytest.mark.parametrize("text", ["tool = 1", "tool = []", "[tool]\nlicensecheck = 3"])
def test_a_section_that_is_no_table_is_one_error(text: str) -> None:
    with pytest.raises(DataError, match="not a table"):
        parse_section(text, path="x", error=DataError)


def test_a_project_without_the_section_has_an_empty_one() -> None:
    assert parse_section("[project]\nname = 'x'", path="x", error=DataError) == {}
