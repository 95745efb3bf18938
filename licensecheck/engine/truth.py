"""Three-valued logic: True, False and None for what is not known."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def every(values: Iterable[Truth]) -> Truth:
    """False if one is false, else not known if one is not known, else true."""
    seen = tuple(values)
    if False in seen:
        return False
    return None if None in seen else True


def some(values: Iterable[Truth]) -> Truth:
    """True if one is true, else not known if one is not known, else false."""
    seen = tuple(values)
    if True in seen:
        return True
    return None if None in seen else False


def negate(value: Truth) -> Truth:
    """The opposite; what is not known stays so."""
    return None if value is None else not value
