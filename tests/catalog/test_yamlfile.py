"""YAML from strangers: bombs, depth and faults end in one clear error with its place."""

from __future__ import annotations

import pytest

from licensecheck.catalog.yaml_files import find_line, parse_yaml
from licensecheck.errors import DataError

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 30)}]\n" for n in range(6)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "aliases"),
        ("[" * 20_000, "YAML"),
        ("a: " + "{a: " * 5_000, "YAML"),
        ("a: b: c", "YAML"),
        ("a: !!python/object/apply:os.system ['true']", "YAML"),
        ("a: \x07", "YAML"),
        ("\t- x", "YAML"),
    ],
    ids=["aliases", "deep lists", "deep mappings", "broken", "code", "control character", "tab"],
)
def test_a_hostile_document_is_one_error(text: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        parse_yaml(text, path="x.yaml")
    assert caught.value.place is not None
    assert caught.value.place.path == "x.yaml"


def test_a_fault_knows_its_line() -> None:
    with pytest.raises(DataError) as caught:
        parse_yaml("a: 1\nb: [1, 2\nc: 3\n", path="x.yaml")
    assert caught.value.place is not None
    assert caught.value.place.line is not None


def test_a_node_is_found_by_its_path() -> None:
    assert find_line("a:\n  b:\n    - x\n    - y\n", path=["a", "b", 1]) == (4, 7)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_yaml("\ufeffa: 1", path="x.yaml") == {"a": 1}
