"""A subject: everything at hand that speaks about the license of one target."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from licensecheck.domain.licenses import Evidence
from licensecheck.frozen import dataclass, field

LIBRARY_PREFIX = "lib:"
"""What stands before a target that is LIBRARY/NAME: weights that a library loads by a name of its own."""


class Role(str, Enum):
    """What a document is to the target."""

    LICENSE = "license"
    CODE_LICENSE = "code-license"
    POLICY = "policy"
    NOTICE = "notice"
    CARD = "card"
    GATE = "gate"

    @property
    def is_supplementary(self) -> bool:
        """True for what is no license and may restrict more than the license does."""
        return self in (Role.NOTICE, Role.GATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text at hand. `path` is as shown to the user; `text` is the decoded file, unchanged.

    `unread` says why the text of a file that is there could not be read (then `text` is empty).
    """

    path: str
    role: Role
    text: str
    sha256: str
    unread: str | None = None

    def passage(self, start: int, end: int) -> Evidence:
        """The evidence of these offsets, without the section, which only a clause tree knows."""
        line = self.text.count("\n", 0, start) + 1
        return Evidence(path=self.path, quote=self.text[start:end], start=start, end=end, line=line)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardIssue:
    """Something wrong with a model card; kinds as in the contract's `cards.yaml`."""

    kind: str
    message: str
    line: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRestriction:
    """A restriction in the words of a card; a license that states a kind of term of `covered` has it itself."""

    kind: str
    covered: frozenset[str]
    line: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a model card declares, as written; `title` is the first heading of its prose.

    `doubts` are what the card leaves open without being at fault; each is asked. `data_terms` tell of training data
    whose own terms restrict; they inform.
    """

    path: str
    licenses: tuple[str, ...] = ()
    license_name: str | None = None
    license_link: str | None = None
    base_models: tuple[str, ...] = ()
    relation: str | None = None
    datasets: tuple[str, ...] = ()
    title: str | None = None
    gate_text: str | None = None
    gate_fields: Mapping[str, str] = field(default_factory=dict)
    gated: bool | None = None
    modalities: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    issues: tuple[CardIssue, ...] = ()
    restrictions: tuple[CardRestriction, ...] = ()
    doubts: tuple[CardIssue, ...] = ()
    data_terms: tuple[CardIssue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """A base model that a target descends from, and the license it was found to bear (None: not known).

    `licenses` are all that hold together, `license` the first; `declared_in` says where the license was found,
    `named_in` where the model is named as a base.
    """

    model: str
    relation: str | None = None
    license: str | None = None
    declared_in: str | None = None
    depth: int = 1
    known: bool = False
    licenses: tuple[str, ...] = ()
    named_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something at hand that may change the answer and that nobody has settled: the judge makes it a question.

    `key` tells what it is about, so that it is asked once. A license that states a kind of term of `covered` settles
    it. `settled` marks what only asks to be done (a credit).
    """

    kind: str
    message: str
    question: str
    key: str
    covered: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    settled: bool = False


DISCLOSED, NOT_DISCLOSED, CONTRADICTORY = "disclosed", "not-disclosed", "contradictory"
"""The statuses of a disclosure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What a card says, or does not say, of one matter that informs and never changes the license verdict."""

    topic: str
    status: str
    """disclosed, not-disclosed or contradictory."""
    message: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePart:
    """A part of a release that card or folder shows, or says is kept back (`refused`).

    `place` is "folder" for a file, "card" for what stands in the card itself, "link" for what the card names and others
    hold. `path` and `line` say where, `quote` is the statement or the name of the file. `license` is the license that
    the card names for code or data, as it names it.
    """

    part: str
    place: str
    path: str
    quote: str
    line: int | None = None
    refused: bool = False
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One target with its documents, card, declared licenses and lineage.

    `declared` are license ids that card, header or model catalog name; `record_ids` those of them that the catalog of
    records knows. `availability` says how the weights are got: public, gated, api-only, announced or None (not known).
    """

    target: str
    name: str | None = None
    documents: tuple[Document, ...] = ()
    card: Card | None = None
    declared: tuple[str, ...] = ()
    record_ids: tuple[str, ...] = ()
    lineage: tuple[Ancestor, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    parts: tuple[ReleasePart, ...] = ()
    files: int = 0
    """How many files of a folder were looked through by their names."""
    availability: str | None = None
    doubts: tuple[Doubt, ...] = ()
    folder: str | None = None
    """Where its files lie, as seen from the root of the repository; None where it has no files."""
    notes: tuple[str, ...] = ()
