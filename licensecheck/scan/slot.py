"""Slots: named values, alike from every syntax, that a detector may take for a reference to a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

ENVIRONMENT = "environ"
"""What stands above the default of a variable of the environment: a setting of the deployment, whoever reads it."""


class Setting(str, Enum):
    """What surrounds a slot; it decides the role before anything else does."""

    CODE = "code"
    COMMENT = "comment"
    DOCSTRING = "docstring"
    FENCE = "fence"
    INLINE = "inline"
    PROSE = "prose"
    CARD = "card"


class Kind(str, Enum):
    """What anchors a slot: a key (or flag, keyword, variable), a call's argument, a command's argument, or its text."""

    KEY = "key"
    CALL = "call"
    COMMAND = "command"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Slot:
    """A value with the name that anchors it. `above` are the keys around it, innermost first; `beside` its siblings.

    `name` is normalised (`names.normalise`); of a call it is the dotted function, and `at` the position or keyword.
    """

    name: str
    value: str
    line: int
    setting: Setting = Setting.CODE
    kind: Kind = Kind.KEY
    above: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    at: int | str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text that is read comes from: its first line in the file, its setting, and the keys around it."""

    line: int = 1
    setting: Setting = Setting.CODE
    above: tuple[str, ...] = ()
    depth: int = 0


_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


@lru_cache(maxsize=20_000)
def normalise(name: str) -> str:
    """One spelling for a name however it is written: `modelID`, `MODEL_ID` and `--model-id` are `model_id`."""
    return "_".join(word.lower() for word in _WORDS.findall(name))
