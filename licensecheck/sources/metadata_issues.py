"""What is wrong with the metadata of a card itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.subject import Card, CardIssue
from licensecheck.sources.compare import names_none
from licensecheck.sources.facts import Facts
from licensecheck.sources.frontmatter import BlockState
from licensecheck.sources.known import known_license
from licensecheck.sources.namings import Named, prose_word

_HUB_ONLY = frozenset({"other", "unknown"})
"""Identifiers of the hub that name no license."""
_OPERATOR = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]", re.I)


def find_metadata_issues(facts: Facts) -> Iterator[CardIssue]:
    """The issues that the block shows by itself; without a block there is one."""
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
        if prose_word("cue").search(sentence.low) and prose_word("combined").search(sentence.text):
            return True
    subjects = {naming.subject for naming in facts.namings}
    return Named.MODEL in subjects and bool(subjects & {Named.CODE, Named.DATA})


def _is_known_id(value: str) -> bool:
    if value.strip().lower() in _HUB_ONLY or _is_identifier(value):
        return True
    parts = [part for part in _OPERATOR.split(value) if part.strip()]
    return len(parts) > 1 and all(_is_identifier(part.strip("+ ")) for part in parts)


def _is_identifier(value: str) -> bool:
    """True for a license that a record knows by this name, and for any identifier of SPDX."""
    return known_license(value) is not None or value.strip().lower() in _spdx()


@cache
def _spdx() -> frozenset[str]:
    return frozenset(name.lower() for name in load_vocabulary("spdx")["ids"])


def _tells_which(card: Card) -> bool:
    named = card.license_name is not None and not names_none(card.license_name)
    return named or card.license_link is not None
