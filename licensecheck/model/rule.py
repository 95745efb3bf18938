"""Detect rules: how a sentence of a license is recognised, and what it then states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from licensecheck.model.term import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What a rule gives where it matches: `sort` is term, fact, trigger or proviso; `name` its id in the vocabulary."""

    sort: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """When a sentence matches: at least one of `any`, each group of `all`, none of `none`, seen with its lead-in.

    `force` limits the deontic force at the match (ban, duty, permit, none); `heading` asks for one of these patterns in
    a heading above; `defines` asks that the clause defines a name with one of these patterns; `item` that the sentence
    is an item of a list (true) or is none (false).
    """

    any: tuple[str, ...]
    all: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    item: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of our own with what the rule finds in it; `gap` gives the reason of a known miss."""

    name: str
    text: str
    expect: tuple[Mapping[str, Any], ...]
    gap: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectRule:
    """A rule of kind detect, as in `rules/detect/<group>/<id>.yaml`; `read` says how attributes are read."""

    id: str
    title: str
    status: str
    since: str
    yields: Yield
    why: str
    match: Match
    basis: tuple[str, ...] = ()
    set: Mapping[str, Value] = field(default_factory=dict)
    details: Mapping[str, Value] = field(default_factory=dict)
    read: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    read_details: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    applies_to: tuple[str, ...] = ()
    """The kinds of term that a trigger or proviso can belong to; empty: all."""
    triggers: tuple[str, ...] = ()
    provisos: tuple[str, ...] = ()
    unless_facts: tuple[str, ...] = ()
    unless_terms: tuple[str, ...] = ()
    rank: int = 0
    examples: tuple[Example, ...] = ()
    path: str = ""
