"""Whether attributes of a term are such as `rules/terms.yaml` knows for its kind, and have values that it allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.definitions import Definitions
from licensecheck.load.faults import DataFile
from licensecheck.load.guesses import hint_or_all

Keys = tuple[str | int, ...]


def attribute_faults(
    file: DataFile, keys: Keys, stated: Mapping[str, Any], *, kinds: Iterable[str], definitions: Definitions
) -> Iterator[DataError]:
    """The faults of attributes that the file states at these keys for a term of one of the kinds."""
    known: dict[str, Any] = {}
    for kind in kinds:
        known.update(definitions.attributes.get(kind, {}))
    for name, value in stated.items():
        if name not in known:
            message = f"{keys[-1]}: '{name}' is no attribute of {' or '.join(kinds)}{hint_or_all(name, known)}"
            yield file.fault([*keys, name], message, key=True)
            continue
        allowed = allowed_values(known[name], definitions)
        yield from value_faults(file, (*keys, name), value, name=name, allowed=allowed)


def allowed_values(described: Mapping[str, Any], definitions: Definitions) -> Collection[str] | None:
    """The values that an attribute may have; None where it may have any."""
    of = described.get("of")
    if isinstance(of, list):
        return of
    return definitions.categories if of == "see prohibited_use_categories" else None


def value_faults(
    file: DataFile, keys: Keys, value: Any, *, name: str, allowed: Collection[str] | None, key: bool = False
) -> Iterator[DataError]:
    """A fault for each value (of a list, each of its own) that the attribute cannot have; null says nothing of it.

    With `key` the value is itself the last of the keys.
    """
    for one in value if isinstance(value, list) else [value]:
        if allowed is not None and one is not None and one not in allowed:
            yield file.fault(keys, f"'{one}' is no value of {name}{hint_or_all(one, allowed)}", key=key)
