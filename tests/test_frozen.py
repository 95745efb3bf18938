"""Lazily made dataclasses behave as standard ones do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, replace
from typing import Any

import pytest

from licensecheck import frozen


def make(dataclass: Callable[..., Any]) -> Any:
    """The same class by either decorator."""
    field = frozen.field if dataclass is frozen.dataclass else dataclasses.field

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Thing:
        """A thing."""

        name: str
        parts: tuple[str, ...] = ()
        notes: dict[str, int] = field(default_factory=dict, compare=False)

        @property
        def size(self) -> int:
            return len(self.parts)

    return Thing


@frozen.dataclass(frozen=True, slots=True)
class Pair:
    """Two values by position."""

    left: int
    right: int = 2


DECORATORS = (frozen.dataclass, dataclasses.dataclass)
BOTH = [make(each) for each in DECORATORS]


@pytest.mark.parametrize("thing", BOTH)
def test_equality_hash_and_looks(thing: Any) -> None:
    one, other = thing(name="a", parts=("b",)), thing(name="a", parts=("b",), notes={"x": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one != thing(name="c")
    assert repr(one).endswith("Thing(name='a', parts=('b',), notes={})")
    assert one.size == 1


@pytest.mark.parametrize("thing", BOTH)
def test_defaults_are_made_anew(thing: Any) -> None:
    assert thing(name="a").notes is not thing(name="b").notes


@pytest.mark.parametrize("thing", BOTH)
def test_nothing_can_be_changed_or_added(thing: Any) -> None:
    one = thing(name="a")
    with pytest.raises(FrozenInstanceError):
        one.name = "b"
    with pytest.raises(FrozenInstanceError):
        del one.name
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("thing", BOTH)
def test_wrong_arguments_are_told(thing: Any) -> None:
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'name'"):
        thing()
    with pytest.raises(TypeError, match="positional"):
        thing("a")


@pytest.mark.parametrize("thing", BOTH)
def test_the_standard_library_knows_the_class(thing: Any) -> None:
    one = replace(thing(name="a"), parts=("b", "c"))
    assert asdict(one) == {"name": "a", "parts": ("b", "c"), "notes": {}}
    assert copy.deepcopy(one) == one


def test_values_by_position_and_pickles() -> None:
    assert pickle.loads(pickle.dumps(Pair(1))) == Pair(1, 2) == Pair(left=1)


def test_a_class_that_can_change_is_refused() -> None:
    with pytest.raises(TypeError, match="frozen"):
        frozen.dataclass(frozen=False)


def test_replace_and_names_work_on_either_kind_of_class() -> None:
    one, standard = Pair(1), make(dataclasses.dataclass)(name="a")
    assert frozen.replace(one, right=3) == Pair(1, 3)
    assert frozen.replace(standard, name="b").name == "b"
    assert frozen.field_names(one) == tuple(each.name for each in dataclasses.fields(Pair))
    with pytest.raises(TypeError, match="middle"):
        frozen.replace(one, middle=3)


def test_fields_are_those_that_the_standard_decorator_makes() -> None:
    ours, standard = ({each.name: each for each in dataclasses.fields(kind)} for kind in map(make, DECORATORS))
    for name, field_ in standard.items():
        for trait in ("default", "default_factory", "compare", "repr", "kw_only"):
            assert getattr(ours[name], trait) == getattr(field_, trait)


def test_a_field_of_the_standard_module_is_refused() -> None:
    with pytest.raises(TypeError, match="field"):

        @frozen.dataclass(frozen=True, slots=True)
        class Mixed:
            """Fields of one module, decorator of the other."""

            notes: dict[str, int] = dataclasses.field(default_factory=dict)
