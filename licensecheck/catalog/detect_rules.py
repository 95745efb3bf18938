"""Detect rules and their lexicon from `rules/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import rules_root, shown_path
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.overlays import check_new_ids, overlay_files
from licensecheck.catalog.yaml_files import load_yaml, parse_yaml
from licensecheck.domain.rules import DetectRule, Example, Match, Yield
from licensecheck.errors import DataError, Place
from licensecheck.text.io import read_text

LEXICON = "lexicon.yaml"
"""The file of the named sets, below `rules/`."""


def detect_files(folder: Path | None = None) -> list[Path]:
    """The files of all detect rules, in a fixed order."""
    return sorted((folder or rules_root() / "detect").rglob("*.yaml"))


@per_catalog
def load_lexicon() -> Mapping[str, Any]:
    """The named sets of phrases and the headings that carry force."""
    data: Mapping[str, Any] = load_yaml(rules_root() / LEXICON, name=f"rules/{LEXICON}")
    return data


OVERLAY_FILES = "detect/**/*.yaml"
"""Where the detect rules of an overlay lie."""


def load_built_in_rules(*, examples: bool = False) -> tuple[DetectRule, ...]:
    """The detect rules that ship with the project and are in force; examples are only read where wanted."""
    rules = (load_detect_rule(path, examples=examples) for path in detect_files())
    return tuple(rule for rule in rules if rule.status != "retired")


def load_detect_rules(*, examples: bool = False) -> tuple[DetectRule, ...]:
    """All detect rules of the catalog in use: the built-in ones that no overlay retires, then those of overlays."""
    built_in, files = load_built_in_rules(examples=examples), overlay_files("rules", OVERLAY_FILES)
    check_new_ids((rule.id for rule in built_in), files, what="detect rule")
    kept = (rule for rule in built_in if rule.id not in files.retired)
    return (*kept, *(load_detect_rule(path, examples=examples) for path in files.data))


def load_detect_rule(path: Path, *, examples: bool = False) -> DetectRule:
    """One rule; DataError with its place where it lacks what every rule has."""
    name, data = load_detect_data(path, examples=examples)
    try:
        return parse_detect_rule(data, path=name)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise DataError(
            f"not a detect rule ({type(fault).__name__}: {fault}); run `licensecheck rules lint {name}`",
            Place(path=name),
        ) from None


def load_detect_data(path: Path, *, examples: bool = False) -> tuple[str, Any]:
    """A rule file's path as messages show it, and its data."""
    text = read_text(path).text
    if not examples:
        text = text.partition("\nexamples:")[0]
    name = shown_path(path)
    return name, parse_yaml(text, path=name)


def parse_detect_rule(data: Mapping[str, Any], *, path: str) -> DetectRule:
    """The rule of a mapping that `detect.schema.json` allows."""
    ((sort, name),) = data["yields"].items()
    unless = data.get("unless", {})
    return DetectRule(
        id=data["id"],
        title=data["title"],
        status=data["status"],
        since=str(data["since"]),
        yields=Yield(sort=sort, name=name),
        why=data.get("why", ""),
        basis=tuple(data.get("basis", ())),
        match=_match(data["match"]),
        set=dict(data.get("set", {})),
        details=dict(data.get("details", {})),
        read=data.get("read", {}),
        read_details=data.get("read_details", {}),
        triggers=tuple(data.get("triggers", ())),
        provisos=tuple(data.get("provisos", ())),
        applies_to=tuple(data.get("applies_to", ())),
        unless_facts=tuple(unless.get("facts", ())),
        unless_terms=tuple(unless.get("terms", ())),
        explains=tuple(data.get("explains", ())),
        rank=data.get("rank", 0),
        examples=tuple(_example(item) for item in data.get("examples", ())),
        path=path,
    )


def _match(data: Mapping[str, Any]) -> Match:
    groups = data.get("all", ())
    return Match(
        any=tuple(data["any"]),
        all=tuple((group,) if isinstance(group, str) else tuple(group) for group in groups),
        none=tuple(data.get("none", ())),
        force=tuple(data.get("force", ())),
        heading=tuple(data.get("heading", ())),
        defines=tuple(data.get("defines", ())),
        item=data.get("item"),
        starts=data.get("starts", False),
    )


def _example(data: Mapping[str, Any]) -> Example:
    return Example(name=data["name"], text=data["text"], expect=tuple(data["expect"]), gap=data.get("gap"))
