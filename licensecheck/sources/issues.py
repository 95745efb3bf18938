"""What is wrong with a model card: the kinds of the contract, each with its line and the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from licensecheck.model.record import Record
from licensecheck.model.subject import Ancestor, Card, CardIssue, CardRestriction
from licensecheck.sources.base_conflict import find_base_conflict
from licensecheck.sources.claims import find_claim, not_open_source
from licensecheck.sources.compare import find_other_license, find_other_name
from licensecheck.sources.facts import Facts
from licensecheck.sources.frontmatter import BlockState
from licensecheck.sources.license_names import LicenseName
from licensecheck.sources.lineage import BY_NAME
from licensecheck.sources.metadata_issues import find_metadata_issues
from licensecheck.sources.naming_rule import BrokenNaming, find_broken_naming, keeps
from licensecheck.sources.namings import Named, Naming, prose_word
from licensecheck.sources.prose import Sentence
from licensecheck.sources.restrictions import find_extra, find_restrictions

_QUOTE = 300


def find_issues(facts: Facts) -> tuple[CardIssue, ...]:
    """The issues of a card, in the order of the contract."""
    return (*find_metadata_issues(facts), *_of_prose(facts), *_of_lineage(facts))


def find_limits(facts: Facts) -> tuple[CardRestriction, ...]:
    """Every restriction that the prose of the card states, whether its license has it or not."""
    return tuple(
        CardRestriction(
            kind=found.kind, covered=found.covered, line=found.sentence.line, quote=found.sentence.text[:_QUOTE]
        )
        for found in find_restrictions(facts.sentences, name=facts.name)
    )


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
    bears = declared or _of_model(facts.namings)
    extra = find_extra(find_restrictions(facts.sentences, name=facts.name), bears)
    if extra is not None:
        message = f"The card adds a restriction ({extra.kind}) that {_names(bears)} does not state."
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
        is_other = any(_is_custom(naming) for naming in facts.namings)
    if not declared and not is_other:
        return None
    return (_names(declared) or "its own license") if not_open_source(declared, is_other=is_other) else None


def _of_model(namings: Sequence[Naming]) -> tuple[LicenseName, ...]:
    """The licenses that the prose names for the model itself."""
    return tuple(naming.license for naming in namings if naming.subject is Named.MODEL)


def _is_custom(naming: Naming) -> bool:
    """True for a license of the model that only calls itself one: a publisher's own."""
    return naming.subject is Named.MODEL and naming.license.record is None


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
        if naming.subject is Named.MODEL or prose_word("passed_on").search(naming.sentence.text):
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
