"""What is wrong with a model card: the kinds of the contract, each with its line and the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.record import Record
from licensecheck.model.subject import Ancestor, Card, CardIssue
from licensecheck.sources.base_conflict import find_base_conflict
from licensecheck.sources.claims import find_claim, not_open_source
from licensecheck.sources.compare import declared_licenses, find_other_license, find_other_name, names_none
from licensecheck.sources.frontmatter import BlockState, FrontMatter
from licensecheck.sources.known import known_license
from licensecheck.sources.license_names import LicenseName
from licensecheck.sources.lineage import BY_NAME
from licensecheck.sources.naming_rule import BrokenNaming, find_broken_naming, keeps
from licensecheck.sources.namings import Named, Naming
from licensecheck.sources.prose import Sentence
from licensecheck.sources.restrictions import find_extra, find_restrictions

_OPERATOR = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]", re.I)
_QUOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the issues of a card are found from; `name` is the model's own, `ancestors` its base models."""

    front: FrontMatter
    card: Card
    sentences: Sequence[Sentence]
    namings: Sequence[Naming]
    ancestors: Sequence[Ancestor]
    name: str | None

    @property
    def declared(self) -> tuple[LicenseName, ...]:
        """The licenses of the metadata that have a name."""
        return declared_licenses(self.card)

    def line(self, *keys: str) -> int | None:
        """The line of the first of these keys that the metadata has."""
        return next((self.front.lines[key] for key in keys if key in self.front.lines), None)


def find_issues(facts: Facts) -> tuple[CardIssue, ...]:
    """The issues of a card, in the order of the contract."""
    return (*_of_metadata(facts), *_of_prose(facts), *_of_lineage(facts))


def _of_metadata(facts: Facts) -> Iterator[CardIssue]:
    front, card = facts.front, facts.card
    if front.state is BlockState.ABSENT:
        extra = f" ({front.problem})" if front.problem else ""
        yield CardIssue(kind="no-front-matter", message=f"The card has no metadata block{extra}.", line=1)
        return
    if front.state is BlockState.BROKEN:
        message = f"The metadata block cannot be read as YAML: {front.problem}. What could be saved was used."
        yield CardIssue(kind="broken-front-matter", message=message, line=front.problem_line)
    for key, at in front.duplicates:
        yield CardIssue(kind="duplicate-key", message=f"The key {key!r} stands twice; the last one holds.", line=at)
    if not card.licenses:
        line = facts.line("license", "licenses", "license_name", "license_link")
        yield CardIssue(kind="missing-license", message="The metadata has no `license`.", line=line)
    for value in card.licenses:
        if not _is_known_id(value):
            message = f"{value!r} is no identifier of the hub or of SPDX, and no license is known by this name."
            yield CardIssue(kind="unknown-license-id", message=message, line=facts.line("license"), quote=value)
    yield from _several(facts)
    if [value.lower() for value in card.licenses] == ["other"] and not _tells_which(card):
        message = "`license: other` stands without a name and without a link."
        yield CardIssue(kind="unnamed-license", message=message, line=facts.line("license"), quote="license: other")


def _several(facts: Facts) -> Iterator[CardIssue]:
    licenses = dict.fromkeys(value.lower() for value in facts.card.licenses)
    if len(licenses) < 2 or _combined(facts):
        return
    message = f"{len(licenses)} licenses ({', '.join(licenses)}) stand without a word on how they combine."
    yield CardIssue(kind="several-licenses", message=message, line=facts.line("license"))


def _combined(facts: Facts) -> bool:
    """True where the prose says how several licenses go together: a choice, or one for code and one for weights."""
    for sentence in facts.sentences:
        if _word("cue").search(sentence.text) and _word("combined").search(sentence.text):
            return True
    subjects = {naming.subject for naming in facts.namings}
    return Named.MODEL in subjects and bool(subjects & {Named.CODE, Named.DATA})


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(load_vocabulary("prose")[name], re.I)


def _is_known_id(value: str) -> bool:
    if names_none(value) or known_license(value) is not None:
        return True
    parts = [part for part in _OPERATOR.split(value) if part.strip()]
    return len(parts) > 1 and all(known_license(part.strip("+ ")) is not None for part in parts)


def _tells_which(card: Card) -> bool:
    named = card.license_name is not None and not names_none(card.license_name)
    return named or card.license_link is not None


def _of_prose(facts: Facts) -> Iterator[CardIssue]:
    card, declared = facts.card, facts.declared
    other = find_other_name(card)
    naming = find_other_license(declared, facts.namings)
    if other is not None:
        message = f"`license_name` is {other.text!r} next to `license: {', '.join(card.licenses)}`."
        yield CardIssue(kind="prose-conflict", message=message, line=facts.line("license_name"), quote=other.text)
    elif naming is not None:
        message = f"The prose names {naming.license.text!r} for the model; the metadata says {_names(declared)}."
        yield _at(naming.sentence, kind="prose-conflict", message=message)
    extra = find_extra(find_restrictions(facts.sentences, name=facts.name), declared)
    if extra is not None:
        message = f"The card adds a restriction ({extra.kind}) that {_names(declared)} does not state."
        yield _at(extra.sentence, kind="extra-restriction", message=message)
    claimed = _not_open(facts)
    sentence = find_claim(facts.sentences, name=facts.name or card.title) if claimed else None
    if sentence is not None:
        message = f"The card calls the model open source; {claimed} is not an open-source license."
        yield _at(sentence, kind="open-source-claim", message=message)


def _not_open(facts: Facts) -> str | None:
    """What to call the license where it is not open source; that of the prose where the metadata has none."""
    declared = facts.declared
    is_other = any(value.lower() == "other" for value in facts.card.licenses)
    if not declared and not facts.card.licenses:
        named = (Named.MODEL, Named.OTHER, Named.BASE)
        declared = tuple(naming.license for naming in facts.namings if naming.subject in named)
    if not declared and not is_other:
        return None
    return (_names(declared) or "its own license") if not_open_source(declared, is_other=is_other) else None


def _of_lineage(facts: Facts) -> Iterator[CardIssue]:
    conflict = find_base_conflict(facts.declared, facts.ancestors)
    if conflict is not None and not _says_so(facts, conflict.record):
        ancestor = conflict.ancestor
        message = (
            f"{_names(facts.declared)} drops what the license of {ancestor.model} ({conflict.record.id}) hands on to "
            f"derivatives: {'; '.join(conflict.dropped)}."
        )
        yield CardIssue(kind="base-conflict", message=message, line=_line_of(facts, ancestor), quote=ancestor.model)
    broken = find_broken_naming(facts.name, facts.declared, _for_names(facts))
    if broken is not None and not (facts.front.state is BlockState.ABSENT and _title_keeps(facts.card, broken)):
        where = "begin with" if broken.position == "prefix" else "contain"
        message = f"The name {facts.name!r} does not {where} {broken.word!r}, as the license {broken.record.id} asks."
        line = _line_of(facts, broken.ancestor) if broken.ancestor else facts.line("license_name", "license")
        yield CardIssue(kind="naming-rule", message=message, line=line, quote=broken.word)


def _title_keeps(card: Card, broken: BrokenNaming) -> bool:
    """True where the title of a card keeps the rule: without metadata its folder need not bear the model's name."""
    return card.title is not None and keeps(card.title, broken.word, broken.position)


def _says_so(facts: Facts, record: Record) -> bool:
    """True where the prose itself says that the license of the base holds for the model too."""
    for naming in facts.namings:
        named = naming.license.record
        if named is None or named.family != record.family:
            continue
        if naming.subject is Named.MODEL or _word("passed_on").search(naming.sentence.text):
            return True
    return False


def _for_names(facts: Facts) -> tuple[Ancestor, ...]:
    """The ancestors whose naming rules count: one that only the name shows counts where the card is a derivative's."""
    derived = facts.card.relation is not None or bool(facts.card.base_models)
    return tuple(ancestor for ancestor in facts.ancestors if derived or ancestor.named_in != BY_NAME)


def _line_of(facts: Facts, ancestor: Ancestor) -> int | None:
    found = re.search(r", line (\d+)$", ancestor.named_in or "")
    return int(found[1]) if found else facts.line("base_model", "license")


def _at(sentence: Sentence, *, kind: str, message: str) -> CardIssue:
    return CardIssue(kind=kind, message=message, line=sentence.line, quote=sentence.text[:_QUOTE])


def _names(declared: Sequence[LicenseName]) -> str:
    return ", ".join(name.text for name in declared)
