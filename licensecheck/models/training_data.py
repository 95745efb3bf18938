"""What a card says of its training data whose own terms restrict: it informs, asks, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.subject import Card, CardIssue
from licensecheck.lazy import re
from licensecheck.models.cues import bit_of
from licensecheck.models.license_names import find_license_names
from licensecheck.models.prose import Kind, Sentence
from licensecheck.text.markup import cut_words

KIND = "training-data"
_FREE = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)
_QUOTE = 300
_NAMES = re.compile(r"cc[- ]by|creative commons|non-?commercial|licen[cs]e|research[- ]only")
_DATA = re.compile(r"\b(?:data ?sets?|corpus|corpora|recordings|training data|trained on|fine-?tuned on)\b")


def find_data_terms(card: Card, sentences: Sequence[Sentence]) -> tuple[CardIssue, ...]:
    """Each data set and each service named as a source of training data, with its terms; each once."""
    found = (*_listed(card), *_in_prose(sentences))
    return tuple({issue.message: issue for issue in found}.values())


def _listed(card: Card) -> Iterator[CardIssue]:
    """The data sets of the metadata that the list of restricted ones knows."""
    for name in card.datasets:
        data = _records().get(name.strip().lower().removeprefix("https://huggingface.co/datasets/"))
        if data is not None:
            yield CardIssue(kind=KIND, message=f"The data set {name} {_terms(data)}.", quote=name)


def _terms(data: dict[str, str]) -> str:
    said = [f"is listed under {data['terms']}"] if "terms" in data else []
    if "made_with" in data:
        said.append(f"holds outputs of models of {data['made_with']}, whose terms limit what is trained on them")
    return " and ".join(said) + ("" if data.get("certain", True) else " (as far as known here)")


def _in_prose(sentences: Sequence[Sentence]) -> Iterator[CardIssue]:
    wanted = bit_of("data") | bit_of("services") | bit_of("sets")
    for sentence in sentences:
        low = sentence.low
        if not sentence.marks & wanted or sentence.kind is Kind.HEADING or len(low) > 1_000 or low.count("|") > 3:
            continue
        if _DATA.search(low) and _NAMES.search(low):
            yield from _under_license(sentence)
        if (_word("services").search(low) or _word("sets").search(low)) and _word("trained").search(low):
            yield from _of_service(sentence)


def _under_license(sentence: Sentence) -> Iterator[CardIssue]:
    """A restricted license in a sentence on data."""
    for name in find_license_names(sentence.text):
        before = sentence.low[max(0, name.start - 160) : name.start]
        if name.record is None or name.record.license_class in _FREE or not _DATA.search(before):
            continue
        message = f"Training data is under {name.text}."
        yield CardIssue(kind=KIND, message=message, line=sentence.line, quote=cut_words(sentence.text, _QUOTE))


def _of_service(sentence: Sentence) -> Iterator[CardIssue]:
    """A sentence by which the model was trained on what another model gave out."""
    low = sentence.low
    if _word("unless").search(low):
        return
    service = _word("services").search(low)
    known = _word("sets").search(low)
    if known is not None or (service is not None and _word("made").search(low) and _word("outputs").search(low)):
        name = known or service
        assert name is not None
        source = name.group().strip()
        message = f"Training data comes from {source}: the terms under which it was given out can limit its use."
        yield CardIssue(kind=KIND, message=message, line=sentence.line, quote=cut_words(sentence.text, _QUOTE))


@per_catalog
def _records() -> dict[str, dict[str, str]]:
    return {entry["id"].lower(): entry for entry in load_vocabulary("datasets")["datasets"]}


@per_catalog
def _word(name: str) -> re.Pattern[str]:
    """An expression of `rules/cards/datasets.yaml`, compiled."""
    return re.compile(load_vocabulary("datasets")[name])
