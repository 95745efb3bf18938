"""The YAML files of the license records: read, checked against their schema, and written in one fixed form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from licensecheck.errors import DataError, Faults
from licensecheck.load.attributes import attribute_faults
from licensecheck.load.definitions import Definitions
from licensecheck.load.faults import DataFile, read_data, schema_faults
from licensecheck.load.lint import Further, read_definitions
from licensecheck.load.repeats import repeated_keys

_Dumper: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LEDGER = "family.yaml"
"""The file in a family's folder that holds its ledger of versions."""


def record_paths(root: Path) -> list[Path]:
    """Every record file below `root`, sorted; ledgers and the model catalog are not among them."""
    return sorted(path for path in root.glob("*/*.yaml") if path.name != LEDGER and path.parent.name != "models")


def ledger_paths(root: Path) -> list[Path]:
    """Every ledger of a family below `root`, sorted."""
    return sorted(root.glob(f"*/{LEDGER}"))


def load_record_data(path: Path) -> dict[str, Any]:
    """The data of one record file, checked, the attributes of its terms too."""
    return load_checked(path, schema="record", further=_term_faults)


def load_checked(path: Path, *, schema: str, further: Further | None = None) -> dict[str, Any]:
    """The data of a YAML file that fits the schema of this name; all its faults are told at once."""
    file, definitions = read_data(path), _definitions()
    faults = [*repeated_keys(file), *schema_faults(file, schema, definitions)]
    faults = faults or list(further(file, definitions) if further else ())
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(faults)
    checked: dict[str, Any] = file.data
    return checked


def _term_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    for i, term in enumerate(file.data["terms"] or ()):
        keys, stated = ("terms", i, "attributes"), term.get("attributes", {})
        yield from attribute_faults(file, keys, stated, kinds=[term["kind"]], definitions=definitions)


@lru_cache(maxsize=1)
def _definitions() -> Definitions:
    return read_definitions()


def render_record(data: dict[str, Any]) -> str:
    """A record as YAML: facts a key a line, terms a term a line."""
    head = {key: value for key, value in data.items() if key not in ("terms", "sha256")}
    text = "".join(_entry(key, value) for key, value in head.items())
    if data.get("sha256"):
        text += "sha256:\n" + "".join(f"  - {_flow([digest])[1:-1]}\n" for digest in data["sha256"])
    if data.get("terms") is None:
        return text + "terms: null\n"
    if not data["terms"]:
        return text + "terms: []\n"
    return text + "terms:\n" + "".join(f"  - {_flow(term)}\n" for term in data["terms"])


def _entry(key: str, value: Any) -> str:
    """One key; lists and the innermost mappings stand on one line, as far as it goes."""
    flow = None if isinstance(value, (dict, list)) else False
    return yaml.dump(
        {key: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=118
    )


def _flow(data: dict[str, Any] | list[str]) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=True, width=10_000
    ).strip()
