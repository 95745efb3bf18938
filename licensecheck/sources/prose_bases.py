"""The base models that the prose of a card names, where the metadata does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.record import Resolution
from licensecheck.sources.blocks import Kind
from licensecheck.sources.known import known_model
from licensecheck.sources.lineage import Base
from licensecheck.sources.name_bases import made_from
from licensecheck.sources.prose import Elsewhere, Sentence

_HUB_LINK = re.compile(
    r"(?:huggingface\.co|hf\.co)/(?!datasets/|spaces/|docs/|papers/|blog/|collections/|models\?|tasks/)([\w.-]+/[\w.-]+)"
)
_PLAIN_WORD = re.compile(r"^(?:[A-Z]?[a-z]{1,3}|[a-z]+)$")
_CONSTANT = re.compile(r"^[A-Z]+_[A-Z_]+$")
_HUB_ADDRESS = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_SEVERAL = re.compile(r"^[^.;]{0,60}?(?:&|\band\b|\bor\b|,)\s*\[?[A-Za-z]*[A-Z0-9]")
_LABEL = re.compile(r"[:：|]")
_HAN = re.compile(r"[一-鿿]")
_LONGEST = 2_000
"""A longer sentence is none; it is left alone."""
_REACH = 110
"""How many characters behind the words "fine-tuned from" the name of the base may stand."""


def find_prose_bases(sentences: Iterable[Sentence], *, name: str | None, path: str) -> list[Base]:
    """The known models from which the prose says that this one was made; `name` is the model's own."""
    found: dict[str, Base] = {}
    elsewhere = Elsewhere(_words().elsewhere)
    announced = False
    for sentence in sentences:
        place = f"{path}, line {sentence.line}"
        label = _label(sentence, announced=announced)
        announced = label == ""
        models = _labelled(sentence, label, name or "") if label else _named_in(sentence, name or "", elsewhere)
        for model in models:
            found.setdefault(model.lower(), Base(model=model, named_in=place, line=sentence.line))
    return list(found.values())


def _label(sentence: Sentence, *, announced: bool) -> str | None:
    """What stands behind a label such as "Base model:"; empty where it follows in the next sentence."""
    if sentence.kind is Kind.HEADING or len(sentence.text) > _LONGEST:
        return None
    if announced:
        return sentence.text
    if not _LABEL.search(sentence.text):
        return None
    if sentence.text[-1] in ":：" and _words().labels.match(sentence.text + " _"):
        return ""
    label = _words().labels.match(sentence.text)
    return label["rest"] if label is not None else None


def _labelled(sentence: Sentence, value: str, own: str) -> Iterator[str]:
    """The models behind a label: links to the hub as they are, also to models that are not known; else known names."""
    linked = [model.rstrip(".") for model in _HUB_LINK.findall(sentence.raw)]
    found = [model for model in linked if not _is_own(model, own)]
    yield from found or _models(sentence, value[:_REACH], own)


def _named_in(sentence: Sentence, own: str, elsewhere: Elsewhere) -> Iterator[str]:
    words = _words()
    if sentence.kind is Kind.HEADING or len(sentence.text) > _LONGEST:
        return
    if sentence.kind is Kind.ROW or elsewhere.holds(sentence):
        return
    if not words.cue.search(sentence.low) or words.unless.search(sentence.text):
        return
    han = bool(_HAN.search(sentence.text))
    for pattern in words.behind:
        for found in pattern.finditer(sentence.text):
            before = sentence.text[max(0, found.start() - _REACH) : found.start()]
            yield from list(_models(sentence, before, own))[-1:]
    for pattern in words.single:
        for found in pattern.finditer(sentence.text):
            passage = sentence.text[found.end() : found.end() + _REACH]
            if not _SEVERAL.search(passage):
                yield from _models(sentence, passage, own)
    for pattern in words.statements:
        for found in pattern.finditer(sentence.text):
            if han and not words.han_tail.search(sentence.text, found.end()):
                continue
            yield from _models(sentence, sentence.text[found.end() : found.end() + _REACH], own)


def _models(sentence: Sentence, passage: str, own: str) -> Iterator[str]:
    """The known models that a passage names, by a link of its sentence or by name."""
    for name in _candidates(_HUB_ADDRESS.sub("", passage)):
        linked = _linked(sentence, name)
        model = linked or name.replace(" ", "-")
        if _PLAIN_WORD.match(name) or _CONSTANT.match(name) or _is_own(model, own):
            continue
        bare = linked is None and "/" not in name
        if _is_model(model, bare=bare):
            yield _full_name(model) if bare else model


def _candidates(passage: str) -> Iterator[str]:
    """The words of a passage that can be a model's name; of "Google Gemma 2B" also "Gemma 2B"."""
    for found in _words().names.findall(passage):
        name = found.strip(" .-")
        rest = name.partition(" ")[2]
        if not rest[:1].isalpha() or (name[0].isupper() and known_model(name.replace(" ", "-"))):
            yield name
        else:
            yield rest


def _full_name(name: str) -> str:
    """The listed model that a name without an owner means; the name itself where it only shows a family."""
    entry = known_model(name)
    if entry is None or made_from(entry) is not None:
        return name
    return entry.bases[0] if entry.resolved is Resolution.MIRROR and entry.bases else entry.model


def _linked(sentence: Sentence, name: str) -> str | None:
    """The hub id behind a name that is a link."""
    if "](" not in sentence.raw or name not in sentence.raw:
        return None
    for text, address in _LINK.findall(sentence.raw):
        hub = _HUB_LINK.search(address) if name in text else None
        if hub is not None:
            return hub[1]
    return None


def _is_model(name: str, *, bare: bool) -> bool:
    """True where the catalog knows the name; of a `bare` one that only shows a family it must begin with the family."""
    entry = known_model(name)
    if entry is None:
        return False
    family = made_from(entry)
    if family is None or not bare:
        return bool(entry.licenses or entry.bases) or family is not None
    word = re.split(r"[^a-z]", family.lower())[0]
    return 0 <= name.lower().find(word) <= len("Code-")


def _is_own(model: str, own: str) -> bool:
    """True where a name in the prose is the model's own, the start of it, or that of a model made from it."""
    one, other = (re.findall(r"[a-z]+|[0-9]+", part.lower().rpartition("/")[2]) for part in (model, own))
    if not one or not other:
        return False
    return set(other) <= set(one) or "".join(other).startswith("".join(one))


class _Words:
    """The compiled expressions of `rules/cards/bases.yaml`."""

    def __init__(self) -> None:
        data = load_vocabulary("bases")
        self.labels = re.compile(data["labels"], re.I)
        self.statements = tuple(re.compile(pattern, re.I) for pattern in data["statements"])
        self.single = tuple(re.compile(pattern, re.I) for pattern in data["single"])
        self.behind = tuple(re.compile(pattern) for pattern in data["behind"])
        self.han_tail = re.compile(data["han_tail"])
        self.unless = re.compile(data["unless"], re.I)
        self.elsewhere = re.compile(data["elsewhere"], re.I)
        self.names = re.compile(data["names"], re.I)
        self.cue = re.compile(data["cue"])


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words()
