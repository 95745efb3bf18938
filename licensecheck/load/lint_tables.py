"""What no schema can say of the tables of `rules/`: whether what one part of a file names is there in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.errors import DataError
from licensecheck.load.attributes import Keys, allowed_values, attribute_faults
from licensecheck.load.definitions import SECTIONS, Definitions
from licensecheck.load.faults import DataFile
from licensecheck.load.guesses import hint
from licensecheck.load.profile_values import Problem

_FIELD = re.compile(r"\{(\w+)")


def question_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Questions that no field of the profile answers, and answers that it would not take."""
    known = definitions.names["profile field"]
    for fact, asking in file.data["questions"].items():
        field = asking.get("field", fact)
        if field in known:
            yield from _choice_faults(file, fact, asking, field)
        else:
            message = f"questions: '{field}' is no field of the profile{hint(field, known)}"
            answered = ["field"] if "field" in asking else []
            yield file.fault(["questions", fact, *answered], message, key=True)


def _choice_faults(file: DataFile, fact: str, asking: Mapping[str, Any], field: str) -> Iterator[DataError]:
    section, _, name = field.partition(".")
    for i, choice in enumerate(asking.get("choices", ())):
        problems: list[Problem] = []
        SECTIONS[section][name]([choice] if asking.get("type") == "list" else choice, (field,), problems)
        for problem in problems:
            yield file.fault(["questions", fact, "choices", i], problem.message)


def name_faults(file: DataFile, _: Definitions) -> Iterator[DataError]:
    """Names of licenses that are made up of groups which their expression does not have."""
    for i, entry in enumerate(file.data["names"]):
        groups = set(re.compile(entry["find"]).groupindex)
        for key in ("id", "version", "parts"):
            made_of = entry.get(key, ())
            for name in _FIELD.findall(made_of) if isinstance(made_of, str) else made_of:
                if name not in groups:
                    at: Keys = ("names", i, key) if isinstance(made_of, str) else ("names", i, key, name)
                    yield file.fault(at, f"names: the expression has no group '{name}'{hint(name, groups)}", key=True)


def sentence_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Kinds without a sentence, and patterns that name what the kind of term does not have."""
    for kind in sorted(definitions.names["kind of finding"] - set(file.data["kinds"])):
        yield file.fault(["kinds"], f"kinds: '{kind}' has no sentence", key=True)
    for kind, saying in file.data["kinds"].items():
        for key in ("says", "also", "cell"):
            listed = saying.get(key, [])
            for i, pattern in enumerate(listed if isinstance(listed, list) else [listed]):
                yield from _pattern_faults(file, ("kinds", kind, key, i), pattern, kind, definitions)
    for attribute, words in file.data["words"].items():
        described = [known[attribute] for known in definitions.attributes.values() if attribute in known]
        allowed = {value for each in described for value in allowed_values(each, definitions) or ()}
        for value in sorted(set(words) - allowed) if described else ():
            message = f"words: '{value}' is no value of {attribute}{hint(value, allowed)}"
            yield file.fault(["words", attribute, value], message, key=True)


def _pattern_faults(
    file: DataFile, keys: Keys, pattern: Any, kind: str, definitions: Definitions
) -> Iterator[DataError]:
    text, when = (pattern, {}) if isinstance(pattern, str) else (pattern["text"], pattern["when"])
    yield from attribute_faults(file, (*keys, "when"), when, kinds=[kind], definitions=definitions)
    known = definitions.attributes.get(kind, {})
    for name in _FIELD.findall(text):
        if name not in known:
            yield file.fault(keys, f"{kind}: '{name}' is no attribute of it{hint(name, known)}")
