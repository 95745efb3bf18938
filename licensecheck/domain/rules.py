"""Detect rules: how a sentence of a license is recognised, and what it then states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.domain.findings import Status
from licensecheck.domain.licenses import Scalar, Value
from licensecheck.frozen import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What a rule gives where it matches.

    `sort` is term, fact, boilerplate, trigger or proviso; `name` its id in the vocabulary.
    """

    sort: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """When a sentence matches: at least one of `any`, each group of `all`, none of `none`, seen with its lead-in.

    `force` limits the deontic force at the match (ban, duty, permit, none); `heading` asks for one of these patterns in
    a heading above; `defines` asks that the clause defines a name with one of these patterns; `item` that the sentence
    is an item of a list (true) or is none (false); `starts` that a match begins with the subject of a part of it.
    """

    any: tuple[str, ...]
    all: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    item: bool | None = None
    starts: bool = False


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
    explains: tuple[str, ...] = ()
    """The cues of a sentence that a rule for boilerplate explains, as in `rules/ledger.yaml`."""
    rank: int = 0
    examples: tuple[Example, ...] = ()
    path: str = ""


# Check rules: how a term and the facts of a deployment make a status.


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """True where the fact has one of the values (or holds one of them, where it is a list)."""

    fact: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """True where every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """True where at least one part is; written `any`."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """True where its part is false; unknown stays unknown."""

    part: Condition


Condition = Test | All | Either | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """One rule of kind *check*.

    `triggers` set a duty off where its text names none; if none happens the term is not applicable. `barred` are the
    acts that a limit bars where its text names none; if none happens the limit is kept. Then `when` decides
    whether the rule is about this case at all (`otherwise` if not) and `unless` whether the term is kept. `doubt` is
    the status where a trigger, `when` or `unless` is not known; `assume` names facts that this rule takes for true
    where nobody stated them, to be on the strict side.
    """

    id: str
    title: str
    status: str
    since: str
    why: str
    fix: str
    basis: tuple[str, ...]
    terms: tuple[str, ...]
    yields: Status
    message: str
    path: str
    where: Condition | None = None
    triggers: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    """Triggers that hold beside those that the text names."""
    assume: frozenset[str] = frozenset()
    when: Condition | None = None
    unless: Condition | None = None
    otherwise: Status = Status.MET
    doubt: Status = Status.REVIEW
    met: str = ""
    not_applicable: str = ""
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How a missing fact is asked for; `choices` are the answers that count, `field` the profile field to fill."""

    fact: str
    text: str
    field: str | None = None
    choices: tuple[str, ...] = ()
    type: str = "text"
    explains: tuple[tuple[str, str], ...] = ()
    """What each of the choices means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Everyday words for one side of a prohibited use.

    `named` are words that the text must use for the topic to be banned without doubt; empty: the category's name is
    enough. `plain` phrases name the banned thing, `maybe` phrases something that may be it.
    """

    name: str
    named: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    named_only: bool = False
    """True where a text that does not name the topic leaves it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """By what languages show: writings, and small words; `read` are those of English.

    Of the `mixed` ones a tenth of the letters tells, since the others are Chinese characters. The `known` ones are read
    by the rules for English too, each with what a sentence holds by which it can bind.
    """

    scripts: Mapping[str, tuple[str, ...]]
    mixed: frozenset[str]
    known: Mapping[str, tuple[str, ...]]
    read: frozenset[str]
    words: Mapping[str, frozenset[str]]
    small: frozenset[str]
    """The small words of all languages that are not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCategory:
    """The everyday vocabulary of one prohibited-use category.

    `near` are phrases that show the opposite or something harmless; `harmless` names the shared lists of such phrases
    that hold here. `always_banned` are phrases that answer the open question against the deployment, `exempting` in its
    favour.
    `question` asks what decides; `inherent` lists provisos that the plain phrases meet by themselves. `related` are
    categories whose plain phrases raise a question here: a fraud may also be an illegal activity.
    """

    category: str
    question: str
    topics: tuple[Topic, ...]
    near: tuple[str, ...] = ()
    always_banned: tuple[str, ...] = ()
    exempting: tuple[str, ...] = ()
    inherent: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purposes:
    """The words of ordinary purposes, and those that hint at a banned one.

    `sure` is work that stays harmless whatever it deals with, `work` is all other, `things` are what the trades deal
    with, `fillers` say nothing of either. `vague` are deeds that may be anything where a use begins with them.
    `placeholders` stand for a use that nobody has stated. `hints` are words that bring a banned category near.
    """

    sure: tuple[str, ...]
    work: tuple[str, ...]
    things: tuple[str, ...]
    fillers: tuple[str, ...]
    vague: frozenset[str]
    placeholders: frozenset[str]
    hints: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """The dated bounds within which one unit of a currency has moved against the US dollar."""

    code: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right that a deployment may need; a term of a kind in `refused_by` keeps it back and is judged by itself."""

    says: str
    refused_by: tuple[str, ...] = ()
    regulated_by: tuple[str, ...] = ()
    """Kinds of term by which a license that names no right shows that it gives this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """When a deployment needs a right; always where `when` is None."""

    right: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLimit:
    """What a limit of a grant leaves: nothing is lost where `kept` holds or where it is only `shown`.

    Where a text states one of `judged_by` as a term or fact, the limit is judged there and not asked again.
    """

    says: str
    kept: Condition | None = None
    judged_by: frozenset[str] = frozenset()
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Presumption:
    """A right that a text presupposes: it grants one of `given`, and states one of `where` as a term or fact."""

    right: str
    given: frozenset[str]
    where: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsModel:
    """The rights that deployments need, which others include each, and what limits of a grant leave."""

    rights: Mapping[str, Right]
    included: Mapping[str, frozenset[str]]
    presumed: tuple[Presumption, ...]
    needs: tuple[Need, ...]
    survives: frozenset[str]
    """Kinds of term that, handed on, must stand in the license of a derivative too."""
    limits: Mapping[str, GrantLimit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the engine knows beside the rules: regions, currencies, compatible licenses, questions, use words."""

    rules: tuple[CheckRule, ...]
    rights: RightsModel
    regions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sanctioned: frozenset[str] = frozenset()
    """Places under comprehensive sanctions."""
    currencies: Mapping[str, Currency] = field(default_factory=dict)
    compatible: Mapping[str, frozenset[str]] = field(default_factory=dict)
    questions: Mapping[str, Asking] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    """Each term kind's group (grant, condition, limit, power, legal)."""


# What `licensecheck rules test` tells.


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How many rules and examples were run, and a line for each example that does not show what it says."""

    rules: int
    examples: int
    faults: tuple[str, ...]
