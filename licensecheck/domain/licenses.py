"""Licenses: their class, how a text was identified, and what a text or record says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from licensecheck.frozen import dataclass, field

# Terms: what a license text states, each with the passage that states it.


Scalar = str | int | float | bool | None
Value = Scalar | tuple[str, ...]
"""An attribute's value; a set of `terms.yaml` is a sorted tuple of strings, a date an ISO 8601 string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that supports a term or a finding, as it stands in the file that was given.

    `start` and `end` (exclusive) are offsets in characters of the decoded file, so that `text[start:end] == quote`.
    """

    path: str
    quote: str
    start: int
    end: int
    line: int
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of `rules/terms.yaml`, stated by a text or held by a license record.

    `triggers` names what sets a condition off, as far as the text says (see `rules/triggers.yaml`); empty: always.
    `provisos` names what softens a ban or duty ("unlicensed", "without-consent"); empty: outright.
    `details` holds what the contract has no attribute for (`operator`, `scope`, `join`; see `rules/triggers.yaml`).
    A term from a license record has no quote of its own: its evidence is empty and `clause` says where it stands.
    """

    kind: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    rule: str | None = None
    triggers: tuple[str, ...] = ()
    provisos: tuple[str, ...] = ()
    details: Mapping[str, Value] = field(default_factory=dict)
    clause: str | None = None
    rewording: str = ""
    """In a changed copy of a known license what differs in the sentence that states the term."""

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What makes two statements the same term: kind, category and (of a threshold) metric."""
        category = self.attributes.get("category")
        metric = self.attributes.get("metric")
        return self.kind, category if isinstance(category, str) else None, metric if isinstance(metric, str) else None


# The ledger: what each sentence of a text comes to.


class Disposition(str, Enum):
    """What a sentence was read as.

    term: it states a term. fact: it settles what other sentences mean. boilerplate: it is of a known kind that limits
    nobody. no-norm: it commands, limits and reserves nothing. unread: it may do so, and nothing explains it.
    """

    TERM = "term"
    FACT = "fact"
    BOILERPLATE = "boilerplate"
    NO_NORM = "no-norm"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One sentence of a text with its disposition, and its force (ban, duty, permission, statement, heading, ...).

    `by` are the rules that explain it; `asks` the sorts of words by which it may bind and that nothing explains.
    """

    evidence: Evidence
    disposition: Disposition
    force: str
    by: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    reviewed: bool = False
    """True where a person has read the sentence, here or in another text."""
    hash: str = ""
    """The hash of the sentence with its lead-ins, by which it is known again."""
    lead_in: str = ""
    """For an item of a list the words that lead into it and say whether it is barred, owed or permitted."""
    wording: str = ""
    """In a changed copy of a known license the words that came and went in the sentence, marked as in `diff`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A sentence that grants: the rights of `rules/rights.yaml` that it names, and by what it limits them.

    `limits` names limiters of `rules/grants.yaml`; `unread` are the words that nobody understood as harmless.
    """

    rights: tuple[str, ...]
    limits: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    evidence: Evidence | None = None
    clause: str | None = None


# Licenses: their class, how a text was identified, and what a text or record says.


class LicenseClass(str, Enum):
    """The class of a license from its text alone; ids and meanings as in `rules/terms.yaml`.

    They stand in the order of what they leave out: each restricts more than the one before.
    """

    OSI_APPROVED = "osi-approved"
    OPEN = "open"
    USE_RESTRICTED = "use-restricted"
    NONCOMMERCIAL = "noncommercial"
    PROPRIETARY = "proprietary"

    @property
    def level(self) -> int:
        """How much it restricts; higher is more."""
        return list(LicenseClass).index(self)


class MatchKind(str, Enum):
    """How a text relates to the known license that it is closest to."""

    EXACT = "exact"
    MODIFIED = "modified"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """Where a copy differs from the known license: the words it has of its own, and those of the license it lacks.

    `removed` is empty where the words could not be found again; `missing` counts them all the same.
    """

    start: int
    end: int
    added: str = ""
    removed: str = ""
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which known license a text is; `coverage` is the share (0 to 1) of the text that the license explains.

    `ids` holds its other identifiers by scheme: `spdx`, `hf` (Hugging Face), `scancode`.
    """

    match: MatchKind
    id: str | None = None
    name: str | None = None
    version: str | None = None
    coverage: float = 0.0
    ids: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[tuple[int, int], ...] = ()
    """Where a modified text has words of its own (offsets), or lacks words of the license (the place, twice)."""
    wording: tuple[WordChange, ...] = ()
    """The same word for word: what came and what went."""
    title: str = ""
    """What a changed copy calls itself, where that is another name than that of the known license."""

    @property
    def heading(self) -> str | None:
        """What to call the text in a report: the name it gives itself before that of the license it is like."""
        return self.title or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseReading:
    """What one license text, policy or record says.

    `source` is "text" where the terms were read in a text at hand, "record" where they come from a license record.
    `facts` holds what definitions settle for the triggers of other clauses (for example `hosting-is-distribution`).
    `unread` marks clauses in which no term was found, so that a person can look.
    `role` is what the text is to the target ("license", "code-license", "policy", "gate"); `inherited_from` names the
    ancestor model whose license this is, where it is not the target's own.
    """

    path: str
    sha256: str
    identity: Identity
    license_class: LicenseClass | None
    terms: tuple[Term, ...]
    facts: frozenset[str] = frozenset()
    grounds: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """Where the text states each of its `facts`; empty for a record."""
    unread: tuple[Evidence, ...] = ()
    grants: tuple[Grant, ...] = ()
    source: str = "text"
    record_version: str | None = None
    role: str = "license"
    inherited_from: str | None = None
    ledger: tuple[LedgerLine, ...] = ()
    """Every sentence of the text, in order; empty for a record."""

    @property
    def label(self) -> str:
        """What to call the license in a finding: the name that a changed copy gives itself, its id, else its path."""
        return self.identity.title or self.identity.id or self.path


# What the project knows of a license or of a model: facts, fingerprints and clause numbers, no text.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFrom:
    """Which text the terms of a record were read from: where it came from, the hash of the file, and the day."""

    source: str
    sha256: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who the licensor is for those in one region, such as `EEA, CH` or `outside EEA, CH`."""

    where: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The languages (ISO 639-1) in which a text stands, the largest first, and the one that it says prevails."""

    text: tuple[str, ...]
    prevails: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedBy:
    """Who read a record beside its text, and on which day (ISO 8601)."""

    by: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One line of the ledger of a family: a license text, what a date or model size means by it, and what changed."""

    id: str
    date: str | None = None
    stands_for: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A license, a policy that licenses incorporate, or (where `versions` is filled) a family named without a version.

    `terms` is None where nobody has read the text: its terms are not known, which is not the same as none.
    The terms of a family are those of all its versions together: what any of them may ask.
    """

    id: str
    name: str
    family: str
    license_class: LicenseClass | None = None
    version: str | None = None
    date: str | None = None
    steward: str | None = None
    """Who wrote or keeps the text."""
    licensor: str | None = None
    """The party that the text names as the one that grants; None where it names none, as a license for all does."""
    entities: tuple[Entity, ...] = ()
    """The licensor by region, where the text tells them apart."""
    effective: str | None = None
    """The day that the text gives as its own: in force, released or last changed."""
    languages: Languages | None = None
    """Filled where the text stands in another language than English, or says which version prevails."""
    url: str | None = None
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its other identifiers by scheme: `spdx`, `hf` (Hugging Face), `scancode`, `other`."""
    osi_approved: bool | None = None
    fsf_free: bool | None = None
    policy: bool = False
    """True for a use policy: it binds only with the license that incorporates it."""
    incorporates: tuple[str, ...] = ()
    """The ids of the policies that are part of the license."""
    sha256: tuple[str, ...] = ()
    """The hashes of files known to hold this text; several, because renderings differ."""
    read: ReadFrom | None = None
    reviewed: ReviewedBy | None = None
    unread: str | None = None
    """Why the terms are not known, where they are not."""
    terms: tuple[Term, ...] | None = None
    grants: tuple[Grant, ...] = ()
    facts: frozenset[str] = frozenset()
    """What definitions settle for the triggers of other clauses, as in `LicenseReading.facts`."""
    hands_on: tuple[str, ...] = ()
    """The kinds of terms that reach those who get a derivative; known by hand where nobody has read the text."""
    versions: tuple[Version, ...] = ()
    """Filled for a family only: the ledger of the texts that the name can mean, oldest first."""
    note: str | None = None

    @property
    def governing_law(self) -> str | None:
        """The law that the text says governs it (`US-CA`, `KR`), as far as its terms say."""
        found = (term.attributes.get("jurisdiction") for term in self.terms or () if term.kind == "governing-law")
        return next((law for law in found if isinstance(law, str)), None)

    @property
    def is_family(self) -> bool:
        """True where the name stands for several texts, of which none may be picked silently."""
        return bool(self.versions)


class Availability(str, Enum):
    """How a model can be got.

    public: weights for anyone to download. gated: weights behind an acceptance of terms. api-only: a service, no
    weights. announced: named or benchmarked, never released: there is nothing to license.
    """

    PUBLIC = "public"
    GATED = "gated"
    API_ONLY = "api-only"
    ANNOUNCED = "announced"


class Resolution(str, Enum):
    """By what means a model name was resolved.

    exact: the catalog lists this id. alias: another name of a listed model (a local tag, an old id). mirror: a
    re-upload by a known mirror, or a conversion whose name repeats a listed model. pattern: a name pattern of the
    publisher of the model. listed: an id of public lists, whose word on the license is hearsay. derivative: made from
    a family that the name shows; the base and its license are not known.
    """

    EXACT = "exact"
    ALIAS = "alias"
    MIRROR = "mirror"
    PATTERN = "pattern"
    LISTED = "listed"
    DERIVATIVE = "derivative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way in which a model is got, and what binds who gets it so: `license`, `provider` terms, or both."""

    name: str
    binds: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """What the catalog knows of one model name.

    `licenses` are record ids; several hold together (code and weights, base and derivative) unless `license_is_family`,
    where a record of `licenses` names a family and the version is not known. Empty: not known, or nothing to license.
    """

    model: str
    """The canonical id: that of the hub repository where there is one."""
    asked: str
    """The name that was looked up, as given."""
    resolved: Resolution
    certain: bool
    """True where the name alone settles which model it is and the license of that model is a known fact."""
    licenses: tuple[str, ...] = ()
    license_is_family: bool = False
    bases: tuple[str, ...] = ()
    """The models that this one was made from, so that lineage can be followed."""
    relation: str | None = None
    """How it was made from them: adapter, finetune, merge or quantized."""
    modalities: tuple[str, ...] | None = None
    availability: Availability | None = None
    channels: tuple[Channel, ...] = ()
    made_from: str | None = None
    """The family of licenses that a word in the name points to, where nothing more is known."""
    since: str | None = None
    """From when on this license holds, where the publisher changed it."""
    listed: tuple[str, ...] = ()
    """The public lists, with versions, that name the id; filled where nothing else is known of it."""
    note: str | None = None

    @property
    def nothing_to_license(self) -> bool:
        """True where no weights were released: a service, or a model that was only announced."""
        return self.availability in (Availability.API_ONLY, Availability.ANNOUNCED)
