"""Frozen dataclasses whose methods are made when they are first needed: importing 50 of them costs 2 ms, not 25.

The standard decorator compiles six methods a class. A short run, such as a commit hook's, uses few of the classes that
it imports. These behave alike: `fields`, `replace` and `asdict` of the standard library work on them, and to a type
checker they are standard dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

__all__ = ["dataclass", "field", "field_names", "replace"]


class _Missing:
    """Stands for a default that a field has not."""


MISSING = _Missing()

if TYPE_CHECKING:
    import dataclasses
    from dataclasses import dataclass, field, replace

    class _Default:
        """What `field` was told; see below."""

        default: Any
        default_factory: Any
        compare: bool
        repr: bool
else:

    class _Default:
        """What `field` was told, kept until the field itself is asked for."""

        __slots__ = ("compare", "default", "default_factory", "repr")

        def __init__(self, default: Any, default_factory: Any, compare: bool, repr: bool) -> None:
            self.default = default
            self.default_factory = default_factory
            self.compare = compare
            self.repr = repr

    def field(
        *, default: Any = MISSING, default_factory: Any = MISSING, compare: bool = True, repr: bool = True
    ) -> Any:
        """As `dataclasses.field`, of what the classes of this project use."""
        if default is not MISSING and default_factory is not MISSING:
            raise ValueError("cannot specify both default and default_factory")
        return _Default(default, default_factory, compare, repr)

    def replace(thing: Any, /, **changes: Any) -> Any:
        """As `dataclasses.replace`; of a class that was made here without loading that module."""
        if not getattr(type(thing), "__made_frozen__", False):
            import dataclasses

            return dataclasses.replace(thing, **changes)
        return type(thing)(
            **{name: getattr(thing, name) for name in type(thing).__slots__ if name not in changes}, **changes
        )

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """As `dataclasses.dataclass(frozen=True, slots=True)`; no `__post_init__`, no fields that init leaves out."""
        if not (frozen and slots):
            raise TypeError("is for frozen dataclasses with slots; take the standard decorator")

        def decorate(plain: type) -> type:
            return _make_class(plain, kw_only=kw_only)

        return decorate


def field_names(thing: object) -> tuple[str, ...]:
    """The names of the fields of a dataclass that was made here, in their order."""
    names: tuple[str, ...] = type(thing).__slots__  # type: ignore[attr-defined]  # every class made here has them
    return names


class _Fields:
    """Stands for the fields of a class until they are asked for."""

    def __init__(self, stated: dict[str, Any], defaults: dict[str, Any], *, kw_only: bool) -> None:
        self.stated = stated
        self.defaults = defaults
        self.kw_only = kw_only

    def __get__(self, instance: object, owner: type) -> dict[str, dataclasses.Field[Any]]:
        import dataclasses

        namespace = {"__annotations__": self.stated, **{name: _field(given) for name, given in self.defaults.items()}}
        twin: Any = type(owner.__name__, (), {**namespace, "__doc__": owner.__name__, "__module__": owner.__module__})
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=self.kw_only)
        found: dict[str, dataclasses.Field[Any]] = made(twin).__dataclass_fields__
        owner.__dataclass_fields__ = found  # type: ignore[attr-defined]  # the name by which dataclasses find them
        return found


def _field(given: Any) -> Any:
    """A default as the standard decorator takes it."""
    if not isinstance(given, _Default):
        return given
    import dataclasses

    told = {"default": given.default, "default_factory": given.default_factory}
    made = {name: value for name, value in told.items() if value is not MISSING}
    return dataclasses.field(**made, compare=given.compare, repr=given.repr)


def _make_class(plain: type, *, kw_only: bool) -> type:
    """The class with room for its fields, and with methods that are made on first use."""
    if plain.__bases__ != (object,):
        raise TypeError("is for classes without a base; take the standard decorator")
    namespace = dict(plain.__dict__)
    stated: dict[str, Any] = namespace.get("__annotations__", {})
    names = tuple(name for name, kind in stated.items() if not str(kind).startswith("ClassVar"))
    defaults = {name: namespace[name] for name in names if name in namespace}
    if any(type(given).__module__ == "dataclasses" for given in defaults.values()):
        raise TypeError("takes the `field` of this module")
    for name in ("__dict__", "__weakref__", *defaults):
        namespace.pop(name, None)
    made: Any = type(plain.__name__, (), {**namespace, "__slots__": names})
    made.__qualname__ = plain.__qualname__
    made.__made_frozen__ = True
    made.__dataclass_fields__ = _Fields(stated, defaults, kw_only=kw_only)
    _add_methods(made, names, defaults, kw_only=kw_only)
    return cast(type, made)


def _add_methods(made: Any, names: tuple[str, ...], defaults: dict[str, Any], *, kw_only: bool) -> None:
    plan: list[tuple[str, Any, Any]] = []
    left = FEW

    def first_init(self: Any, *args: Any, **kwargs: Any) -> None:
        nonlocal left
        left -= 1
        plan[:] = plan or _plan(names, defaults)
        if args or left <= 0 or not _fill(self, plan, kwargs):
            made.__init__ = _make_init(made, names, defaults, kw_only=kw_only)
            made.__init__(self, *args, **kwargs)

    def first_equals(self: Any, other: object) -> Any:
        values = _compared(names, defaults)

        def equals(self: Any, other: object) -> Any:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        made.__eq__ = equals
        return equals(self, other)

    def first_hash(self: Any) -> int:
        values = _compared(names, defaults)

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


FEW = 4
"""From so many instances on compiling a method for them costs less than doing without it."""


def _plan(names: tuple[str, ...], defaults: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Each field with its default value and what makes one, MISSING for what it has not."""
    found = []
    for name in names:
        default = defaults.get(name, MISSING)
        is_field = isinstance(default, _Default)
        found.append((name, default.default if is_field else default, default.default_factory if is_field else MISSING))
    return found


def _fill(made: Any, plan: list[tuple[str, Any, Any]], given: dict[str, Any]) -> bool:
    """Set the fields of an instance; False where what was given does not fit them."""
    used = 0
    for name, default, make in plan:
        if name in given:
            value, used = given[name], used + 1
        elif default is not MISSING:
            value = default
        elif make is not MISSING:
            value = make()
        else:
            return False
        object.__setattr__(made, name, value)
    return used == len(given)


def _compared(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[[Any], Any]:
    """Gives the values of an instance that decide whether it equals another."""
    counted = [name for name in names if getattr(defaults.get(name), "compare", True) is not False]
    return attrgetter(*counted) if counted else type


def _make_init(made: type, names: tuple[str, ...], defaults: dict[str, Any], *, kw_only: bool) -> Any:
    """The method that the standard decorator would have made."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": MISSING}
    heads = ["*"] if kw_only and names else []
    lines: list[str] = []
    for name in names:
        value, head = name, name
        default = defaults.get(name, MISSING)
        factory = default.default_factory if isinstance(default, _Default) else MISSING
        default = default.default if isinstance(default, _Default) else default
        if default is not MISSING:
            known[f"_default_{name}"] = default
            head = f"{name}=_default_{name}"
        elif factory is not MISSING:
            known[f"_make_{name}"] = factory
            head, value = f"{name}=_none", f"_make_{name}() if {name} is _none else {name}"
        heads.append(head)
        lines.append(f"    _set(self, {name!r}, {value})\n")
    exec(f"def __init__(self, {', '.join(heads)}):\n{''.join(lines) or '    pass'}", known)  # noqa: S102  # field names
    method = known["__init__"]
    method.__qualname__ = f"{made.__qualname__}.__init__"
    return method


def _show(self: Any) -> str:
    import dataclasses

    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in type(self).__slots__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(type(self).__slots__, state, strict=True):
        object.__setattr__(self, name, value)
