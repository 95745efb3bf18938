"""The languages besides English that are read: a folder of phrases and examples each, below `rules/languages/`.

`language.yaml` holds the words that carry force and what the rules share, `terms.yaml` detect rules without their
formal heads, `uses.yaml` words of forbidden uses by category. A language that no text speaks is never opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.catalog.built_data import load_data, source_names
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.detect_rules import parse_detect_rule
from licensecheck.domain.rules import DetectRule
from licensecheck.errors import DataError, Place
from licensecheck.frozen import dataclass

FOLDER = "languages/"
"""Where the languages lie, below `rules/`."""
THRESHOLD = (
    "affiliates",
    "excludes_affiliates",
    "group",
    "licensors",
    "commercial",
    "all_rights",
    "fixed",
    "product",
    "organization",
)
"""What a rule on sizes may leave out in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that is read, by its code (ISO 639-1) and English name; `stemmer` names its Snowball stemmer."""

    code: str
    name: str
    stemmer: str | None
    sets: Mapping[str, list[str]]
    headings: Mapping[str, list[str]]
    turns: tuple[str, ...]
    """What turns a sentence round, so that what a rule read in it is not all that it says; in lower case."""
    conditions: tuple[str, ...]
    """What a permission may hang on; in lower case."""
    joins: tuple[str, ...]
    """What joins several acts in one sentence; in lower case."""
    rules: tuple[DetectRule, ...]
    alone: bool = False
    """True where only these rules look at its sentences, since those for other languages would misread them."""


def language_codes() -> tuple[str, ...]:
    """The codes of the languages that have a folder, in order."""
    names = (name.removeprefix(FOLDER) for name in source_names() if name.startswith(FOLDER))
    return tuple(sorted({name.partition("/")[0] for name in names}))


@per_catalog
def codes_by_name() -> Mapping[str, str]:
    """The code of each language by its English name."""
    return {load_data(f"{FOLDER}{code}/language.yaml")["name"]: code for code in language_codes()}


@per_catalog
def load_language(code: str) -> Language:
    """The language of a folder, with its rules and their examples; DataError where a rule lacks what it needs."""
    data = load_data(f"{FOLDER}{code}/language.yaml")
    return Language(
        code=code,
        name=data["name"],
        stemmer=data.get("stemmer"),
        sets=data["sets"],
        headings=data["headings"],
        turns=tuple(word.lower() for word in data["turns"]),
        conditions=tuple(word.lower() for word in data["conditions"]),
        joins=tuple(word.lower() for word in data["joins"]),
        alone=data.get("alone", False),
        rules=(*_terms(code, data["name"]), *_uses(code, data["name"])),
    )


def _terms(code: str, name: str) -> Iterator[DetectRule]:
    path = f"{FOLDER}{code}/terms.yaml"
    for entry in load_data(path)["rules"]:
        examples = [{"name": example["text"], **example} for example in entry["examples"]]
        try:
            yield _rule({**entry, "read": _read(entry.get("read", {})), "examples": examples}, path=path, language=name)
        except (KeyError, TypeError, AttributeError, ValueError) as fault:
            message = f"{entry.get('id')}: not a rule ({type(fault).__name__}: {fault})"
            raise DataError(message, Place(path=f"rules/{path}")) from None


def _read(readers: Mapping[str, Any]) -> Mapping[str, Any]:
    if "threshold" not in readers:
        return readers
    return {**readers, "threshold": {**{key: [] for key in THRESHOLD}, **readers["threshold"]}}


def _uses(code: str, name: str) -> Iterator[DetectRule]:
    path = f"{FOLDER}{code}/uses.yaml"
    for category, entry in load_data(path)["uses"].items():
        found = [{"kind": "prohibited-use", "category": category}]
        data = {
            "id": f"{code}-{category}",
            "yields": {"term": "prohibited-use"},
            "set": {"category": category},
            "match": {"any": entry["any"], "none": entry.get("none", []), "force": ["ban"]},
            "examples": [
                {"name": entry["text"], "text": entry["text"], "expect": found},
                {"name": entry["near"], "text": entry["near"], "expect": []},
            ],
        }
        yield _rule(data, path=path, language=name)


def _rule(data: Mapping[str, Any], *, path: str, language: str) -> DetectRule:
    (about,) = data["yields"].values()
    head = {"title": f"{about} in {language}", "status": "trial", "since": "0.2"}
    return parse_detect_rule({**head, **data}, path=f"rules/{path}")
