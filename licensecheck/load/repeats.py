"""Keys that stand twice in one mapping of a YAML file, of which a reader silently takes the last."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from licensecheck.errors import DataError
from licensecheck.load.faults import DataFile
from licensecheck.load.yamlfile import compose_yaml
from licensecheck.place import Place


def repeated_keys(file: DataFile) -> Iterator[DataError]:
    """A fault at the second place of each key."""
    nodes = [compose_yaml(file.text)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                nodes.append(value)
                if key.value in seen:
                    place = Place(path=file.name, line=key.start_mark.line + 1, column=key.start_mark.column + 1)
                    yield DataError(f"'{key.value}' stands here a second time", place)
                seen.add(key.value)
