"""Frozen dataclasses whose methods are made when they are first needed: importing 50 of them costs 2 ms, not 25.

The standard decorator compiles six methods a class. A short run, such as a commit hook's, uses few of the classes that
it imports. These behave alike: `fields`, `replace` and `asdict` of the standard library work on them, and to a type
checker they are standard dataclasses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """As `dataclasses.dataclass(frozen=True, ...)`; no `__post_init__` and no fields that init leaves out."""
        if not frozen:
            raise TypeError("is for frozen dataclasses; take the standard decorator")

        def decorate(plain: type) -> type:
            made = dataclasses.dataclass(
                init=False, repr=False, eq=False, match_args=False, slots=slots, kw_only=kw_only
            )(plain)
            _add_methods(made)
            return made

        return decorate


def _add_methods(made: Any) -> None:
    every = dataclasses.fields(made)
    compared = [one.name for one in every if one.compare]
    values: Callable[[Any], Any] = attrgetter(*compared) if compared else len

    def first_init(self: Any, *args: Any, **kwargs: Any) -> None:
        made.__init__ = _make_init(made, every)
        made.__init__(self, *args, **kwargs)

    def equals(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    made.__init__ = first_init
    made.__eq__ = equals
    made.__hash__ = hashed
    made.__repr__ = _show
    made.__setattr__ = _refuse_to_set
    made.__delattr__ = _refuse_to_delete
    made.__getstate__ = _state
    made.__setstate__ = _restore


def _make_init(made: type, every: tuple[dataclasses.Field[Any], ...]) -> Any:
    """The method that the standard decorator would have made."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": MISSING}
    heads: list[str] = []
    lines: list[str] = []
    for one in sorted(every, key=_is_named):
        if _is_named(one) and "*" not in heads:
            heads.append("*")
        value, head = one.name, one.name
        if one.default is not MISSING:
            known[f"_default_{one.name}"] = one.default
            head = f"{one.name}=_default_{one.name}"
        elif one.default_factory is not MISSING:
            known[f"_make_{one.name}"] = one.default_factory
            head, value = f"{one.name}=_none", f"_make_{one.name}() if {one.name} is _none else {one.name}"
        heads.append(head)
        lines.append(f"    _set(self, {one.name!r}, {value})\n")
    exec(f"def __init__(self, {', '.join(heads)}):\n{''.join(lines) or '    pass'}", known)  # noqa: S102  # field names
    method = known["__init__"]
    method.__qualname__ = f"{made.__qualname__}.__init__"
    return method


def _is_named(one: dataclasses.Field[Any]) -> bool:
    return bool(one.kw_only)


def _show(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
