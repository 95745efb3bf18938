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
from typing import TYPE_CHECKING, Any, cast

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """As `dataclasses.dataclass(frozen=True, slots=True)`; no `__post_init__`, no fields that init leaves out."""
        if not (frozen and slots):
            raise TypeError("is for frozen dataclasses with slots; take the standard decorator")

        def decorate(plain: type) -> type:
            return _make_class(plain, kw_only=kw_only)

        return decorate


class _Fields:
    """Stands for the fields of a class until they are asked for."""

    def __init__(self, namespace: dict[str, Any], *, kw_only: bool) -> None:
        self._namespace = namespace
        self._kw_only = kw_only

    def __get__(self, instance: object, owner: type) -> dict[str, dataclasses.Field[Any]]:
        twin: Any = type(owner.__name__, (), {**self._namespace, "__doc__": "", "__module__": owner.__module__})
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=self._kw_only)
        found: dict[str, dataclasses.Field[Any]] = made(twin).__dataclass_fields__
        owner.__dataclass_fields__ = found  # type: ignore[attr-defined]  # the name by which dataclasses find them
        return found


def _make_class(plain: type, *, kw_only: bool) -> type:
    """The class with room for its fields, and with methods that are made on first use."""
    if plain.__bases__ != (object,):
        raise TypeError("is for classes without a base; take the standard decorator")
    namespace = dict(plain.__dict__)
    stated: dict[str, Any] = namespace.get("__annotations__", {})
    names = tuple(name for name, kind in stated.items() if not str(kind).startswith("ClassVar"))
    kept = {name: namespace[name] for name in names if name in namespace}
    for name in ("__dict__", "__weakref__", *kept):
        namespace.pop(name, None)
    made: Any = type(plain.__name__, (), {**namespace, "__slots__": names})
    made.__qualname__ = plain.__qualname__
    made.__dataclass_fields__ = _Fields({"__annotations__": stated, **kept}, kw_only=kw_only)
    _add_methods(made)
    return cast(type, made)


def _add_methods(made: Any) -> None:
    def first_init(self: Any, *args: Any, **kwargs: Any) -> None:
        made.__init__ = _make_init(made, dataclasses.fields(made))
        made.__init__(self, *args, **kwargs)

    def first_equals(self: Any, other: object) -> Any:
        values = _compared(made)

        def equals(self: Any, other: object) -> Any:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        made.__eq__ = equals
        return equals(self, other)

    def first_hash(self: Any) -> int:
        values = _compared(made)

        def hashed(self: Any) -> int:
            return hash(values(self))

        made.__hash__ = hashed
        return hashed(self)

    made.__init__ = first_init
    made.__eq__ = first_equals
    made.__hash__ = first_hash
    made.__repr__ = _show
    made.__setattr__ = _refuse_to_set
    made.__delattr__ = _refuse_to_delete
    made.__getstate__ = _state
    made.__setstate__ = _restore


def _compared(made: Any) -> Callable[[Any], Any]:
    """Gives the values of an instance that decide whether it equals another."""
    names = [one.name for one in dataclasses.fields(made) if one.compare]
    return attrgetter(*names) if names else type


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
