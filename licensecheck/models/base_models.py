"""The base models that the prose of a card names, where the metadata does not."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import ModelEntry, Resolution
from licensecheck.domain.subject import Ancestor, Card
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.license_names import known_license, known_model
from licensecheck.models.prose import Elsewhere, Kind, Sentence

# The base models that a target descends from, hop by hop: through the catalog, local folders and the cache.


MAX_HOPS = 60
"""How many base models are followed before the chain is cut; merges of twenty models are real, loops must end."""
BY_NAME = "the model's name"
"""Where a license family was found that only a name shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base model as some source names it, and how the target was made from it.

    `licenses` are filled where only a family is known, by a name that shows what a model was made from.
    """

    model: str
    named_in: str
    relation: str | None = None
    line: int | None = None
    licenses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a card at hand says of a base model: its licenses, its own bases, and where it lies."""

    licenses: tuple[str, ...]
    base_models: tuple[str, ...]
    relation: str | None
    path: str


FindCard = Callable[[str], Declared | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The ancestors in the order of their depth, and what could not be followed."""

    ancestors: tuple[Ancestor, ...] = ()
    notes: tuple[str, ...] = ()


def trace(bases: Sequence[Base], *, own: Collection[str], find_card: FindCard) -> Lineage:
    """Every ancestor of a model whose bases these are, each once and at its least depth; `own` are its own names."""
    names = {name.lower() for name in own}
    seen = set(names)
    found: list[Ancestor] = []
    notes: list[str] = []
    waiting = deque((base, 1) for base in bases)
    while waiting:
        base, depth = waiting.popleft()
        if base.model.lower() in seen:
            if base.model.lower() in names and depth > 1:
                notes.append(f"The base models form a circle: {base.named_in} leads back to {base.model}.")
            continue
        if len(found) == MAX_HOPS:
            notes.append(f"More than {MAX_HOPS} base models; the rest was not followed.")
            break
        seen.add(base.model.lower())
        ancestor, further = _hop(base, depth, find_card)
        found.append(ancestor)
        waiting.extend((next_base, depth + 1) for next_base in further)
    return Lineage(ancestors=tuple(found), notes=tuple(notes))


def _hop(base: Base, depth: int, find_card: FindCard) -> tuple[Ancestor, list[Base]]:
    card = find_card(base.model)
    entry = known_model(base.model)
    licenses, source = base.licenses, BY_NAME if base.licenses else None
    further: list[Base] = []
    if entry is not None and not licenses:
        licenses, source = entry.licenses, "model catalog"
        if not licenses and entry.made_from is not None:
            licenses, source = (entry.made_from,), BY_NAME
        further = [Base(model=model, named_in="model catalog", relation=entry.relation) for model in entry.bases]
    if card is not None:
        licenses, source = _joined(licenses, card.licenses), card.path
        further += [Base(model=model, named_in=card.path, relation=card.relation) for model in card.base_models]
    ancestor = Ancestor(
        model=base.model,
        relation=base.relation,
        license=licenses[0] if licenses else None,
        licenses=licenses,
        declared_in=source if licenses else None,
        named_in=base.named_in,
        depth=depth,
        known=bool(licenses) and source != BY_NAME,
    )
    return ancestor, further


def _joined(catalog: Iterable[str], card: Iterable[str]) -> tuple[str, ...]:
    """The licenses of both sources, a license that both name once and by the name of the catalog."""
    names = list(catalog)
    ids = {record.id for name in names if (record := known_license(name))}
    for name in card:
        record = known_license(name)
        if record is None or record.id not in ids:
            names.append(name)
    return tuple(dict.fromkeys(names))


# The base models that a model's own name shows, where its card does not say them.


_BASED = re.compile(r"\b(?:based|built) (?:up)?on (?:the )?")
_TUNED = re.compile(
    r"\b(?:finetun\w*|fine tuned|merge of|lora adapter|quantized version|gguf version|instruction tuned)\b"
)


def bases_of_name(card: Card, *, name: str | None, sentences: Iterable[Sentence]) -> list[Base]:
    """What the model's own name shows: the bases that the catalog lists for it, else the family that it was made from.

    A family counts only where tags, relation or prose bear it out: some names tell of an architecture alone.
    """
    own = name or card.title or ""
    entry = known_model(own)
    if entry is None:
        return []
    bases = [base for base in entry.bases if base.lower().rpartition("/")[2] != own.lower()]
    if bases:
        relation = card.relation or entry.relation
        return [Base(model=base, named_in="model catalog", relation=relation) for base in bases]
    family = made_from(entry)
    if family is None:
        return []
    if card.relation is None and not _tagged(card, family) and not _says_tuned(sentences, own, family):
        return []
    return [Base(model=family, named_in=BY_NAME, relation=card.relation, licenses=(family,))]


def made_from(entry: ModelEntry | None) -> str | None:
    """The license family of the models that an entry only shows to be made from something, or None."""
    return entry.made_from if entry is not None and not entry.licenses else None


def _tagged(card: Card, family: str) -> bool:
    wanted = re.sub(r"[^a-z0-9]", "", family.lower())
    return any(re.sub(r"[^a-z0-9]", "", tag.lower()).startswith(wanted) for tag in card.tags)


def _says_tuned(sentences: Iterable[Sentence], own: str, family: str) -> bool:
    """True where the prose says of the model itself that it was fine-tuned, merged, or based on the family."""
    start = re.sub(r"[^a-z0-9]", "", own.lower().rpartition("/")[2])[:8]
    stem = re.split(r"[^a-z]", family.lower())[0]
    for sentence in sentences:
        plain = re.sub(r"[^a-z0-9 ]", "", sentence.text.lower())
        based = _BASED.search(plain)
        if not _TUNED.search(plain) and not (based and stem in plain[based.end() : based.end() + 40]):
            continue
        if start in plain.replace(" ", "") or "this model" in plain:
            return True
    return False


# The base models that the prose of a card names, where the metadata does not.


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


@per_catalog
def _words() -> _Words:
    return _Words()
