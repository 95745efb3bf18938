"""What headers, flags and further prose say that the card does not: each a question, and never settled in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.subject import CardRestriction, Document, Doubt, Role
from licensecheck.lazy import re
from licensecheck.models.license_names import LicenseName, license_named, same_license
from licensecheck.models.license_values import is_known, names_in, says_nothing
from licensecheck.models.mentions import declared_licenses
from licensecheck.models.weights import Header, Said
from licensecheck.text.markup import cut_words

if TYPE_CHECKING:
    from licensecheck.models.card_analysis import CardAnalysis

_FREE = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
_WHICH = "Under which license, with which text, is the model offered?"
_MOST = 3
"""How many sentences of one text are asked about."""
_BINDS = "Does this restriction bind beside the license?"


def find_doubts(
    examined: CardAnalysis | None,
    headers: Sequence[Header],
    further_cards: Iterable[CardAnalysis],
    documents: Sequence[Document],
    *,
    target: str,
) -> Iterator[Doubt]:
    """The questions that the sources beside the card raise."""
    declared = declared_licenses(examined.card) if examined is not None else ()
    other = any(d.role is Role.LICENSE for d in documents) or any(
        is_known(name) for header in headers for value in header.licenses for name in names_in(value)
    )
    for header in headers:
        if declared or other:
            yield from _unknown_names(header, declared, target)
        yield from _other_license(header, declared, target)
        yield from _limits(header, target)
    for further in further_cards:
        yield from _of_prose(further)


def _unknown_names(header: Header, declared: Sequence[LicenseName], target: str) -> Iterator[Doubt]:
    """License names of a header that nobody knows, beside a license that is known."""
    from licensecheck.models.sidecars import PERMISSIONS

    for value in header.licenses:
        for name in names_in(value):
            if says_nothing(name) or is_known(name) or name.startswith(PERMISSIONS):
                continue
            if any(name.casefold() == one.text.casefold() for one in declared):
                continue
            yield Doubt(
                kind="unknown-license",
                message=f"{header.at(value)} declares {name!r}, of which neither text nor record is at hand.",
                question=_WHICH,
                key=f"{target}.{name.casefold()}",
            )


def _other_license(header: Header, declared: Sequence[LicenseName], target: str) -> Iterator[Doubt]:
    """A known license of a header that is not the one that the card declares; two free ones need no answer."""
    records = [name.record for name in declared]
    if not records or any(record is None for record in records):
        return
    for value in header.licenses:
        named = [license_named(name) for name in names_in(value) if is_known(name)]
        for one in named:
            if any(same_license(one, other) for other in declared) or one.record is None:
                continue
            classes = [record.license_class for record in (one.record, *records) if record is not None]
            if all(license_class in _FREE for license_class in classes):
                continue
            stated = ", ".join(other.text for other in declared)
            yield Doubt(
                kind="prose-conflict",
                message=f"{header.at(value)} declares {one.text}; the card declares {stated}.",
                question="Which of the two licenses does the model bear?",
                key=target,
            )


def _limits(header: Header, target: str) -> Iterator[Doubt]:
    """Flags and tags that stand for a restriction."""
    for said in header.limits:
        kind, _, words = said.value.partition(": ")
        yield _limit(header, said, kind, words, target)
    for said in header.tags:
        for pattern, kind in _limiting_tags():
            if pattern.search(said.value.strip().lower()):
                yield _limit(header, said, kind, f"the tag {said.value!r}", target)


def _limit(header: Header, said: Said, kind: str, words: str, target: str) -> Doubt:
    credit = kind == "attribution"
    return Doubt(
        kind="extra-restriction",
        message=f"{header.path}, {said.key}, asks for: {words}.",
        question="Is the creator credited where the model is used?" if credit else _BINDS,
        key=f"{target}.{kind}",
        covered=frozenset(_KIN.get(kind, (kind,))),
        settled=credit,
    )


_KIN = {
    "noncommercial": ("noncommercial", "research-only"),
    "research-only": ("noncommercial", "research-only"),
    "no-derivatives": ("no-derivatives", "no-modification"),
}


def _of_prose(examined: CardAnalysis) -> Iterator[Doubt]:
    """The restrictions that a text beside the card states."""
    card = examined.with_issues((), name=examined.card.title)
    document = next(iter(examined.documents), None)
    by_sentence: dict[str, list[CardRestriction]] = {}
    for restriction in card.restrictions:
        by_sentence.setdefault(restriction.quote, []).append(restriction)
    for quote, found in list(by_sentence.items())[:_MOST]:
        start = document.text.find(quote) if document is not None else -1
        evidence = (document.passage(start, start + len(quote)),) if document is not None and start >= 0 else ()
        kinds = sorted({one.kind for one in found})
        yield Doubt(
            kind="extra-restriction",
            message=f"{card.path} adds a restriction ({', '.join(kinds)}): “{cut_words(quote, 200)}”",
            question=_BINDS,
            key=f"{card.path}.{kinds[0]}",
            covered=frozenset.intersection(*(one.covered for one in found)),
            evidence=evidence,
        )


@per_catalog
def _limiting_tags() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["find"]), entry["kind"]) for entry in load_vocabulary("metadata")["limiting_tags"])
