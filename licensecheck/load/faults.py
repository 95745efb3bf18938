"""What is wrong with a YAML file of the project, each fault with file, line and column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from licensecheck.errors import DataError, LicenseCheckError
from licensecheck.load.yamlfile import find_line, parse_yaml
from licensecheck.place import Place
from licensecheck.text.decode import read_text

_SCHEMAS = Path(__file__).parent / "schemas"
_LONGEST = 300
"""Characters of a message; a schema quotes the whole value that breaks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A YAML file that was read: under which name it is told of, its text and its data."""

    name: str
    text: str
    data: Any

    def fault(self, keys: Iterable[str | int], message: str) -> DataError:
        """A fault at the node that the keys and indexes lead to."""
        line, column = find_line(self.text, path=list(keys)) or (1, 1)
        return DataError(message[:_LONGEST], Place(path=self.name, line=line, column=column))


def read_data(path: Path, *, name: str | None = None) -> DataFile:
    """A YAML file, not yet checked; DataError where it is none."""
    text = read_text(path).text
    shown = name or str(path)
    return DataFile(name=shown, text=text, data=parse_yaml(text, path=shown))


def schema_faults(file: DataFile, schema: str) -> list[DataError]:
    """Where a file breaks the schema of this name, in the order of the file."""
    faults = [file.fault(broken.absolute_path, _told(broken)) for broken in _validator(schema).iter_errors(file.data)]
    return sorted(faults, key=_in_file)


def lint_file(
    path: Path, *, name: str, schema: str, further: Callable[[DataFile], Iterable[DataError]]
) -> list[LicenseCheckError]:
    """All faults of a file: that it cannot be read, else those of its form, else the `further` ones."""
    try:
        file = read_data(path, name=name)
    except LicenseCheckError as fault:
        return [fault]
    return [*(schema_faults(file, schema) or further(file))]


def _in_file(fault: DataError) -> tuple[int, int, str]:
    place = fault.place
    return (place.line or 0, place.column or 0, fault.message) if place else (0, 0, fault.message)


def _told(broken: Any) -> str:
    where = ".".join(str(step) for step in broken.absolute_path)
    return f"{where}: {broken.message}" if where else str(broken.message)


@lru_cache(maxsize=8)
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads((_SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))
