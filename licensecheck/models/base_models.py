"""The base models that the prose of a card names, where the metadata does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog, per_catalog_up_to
from licensecheck.domain.licenses import LicenseClass, ModelEntry, Resolution
from licensecheck.domain.subject import Card
from licensecheck.frozen import replace
from licensecheck.lazy import re
from licensecheck.models.ancestry import BY_NAME, Base
from licensecheck.models.cues import bit_of
from licensecheck.models.license_names import known_license, known_model
from licensecheck.models.prose import Elsewhere, Kind, Sentence

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
        own = card.title or ""
        entry = known_model(own)
    if entry is None:
        return []
    bases = list(entry.bases)
    if all(base.lower().rpartition("/")[2] == own.lower() for base in bases) and _bears_own(card, entry):
        return []
    if bases:
        relation = card.relation or entry.relation
        return [Base(model=base, named_in="model catalog", relation=relation) for base in bases]
    family = made_from(entry)
    if family is None:
        return []
    if card.relation is None and not _tagged(card, family) and not _says_tuned(sentences, own, family):
        return []
    return [Base(model=family, named_in=BY_NAME, relation=card.relation, licenses=(family,))]


def with_version_named(base: Base, own: str, sentences: Iterable[Sentence]) -> Base:
    """The base; a mere family becomes the version that both the model's names and the prose state."""
    family = base.licenses[0] if base.licenses else made_from(known_model(base.model))
    version = _version_named(family, own, sentences) if family is not None and len(base.licenses) < 2 else None
    return replace(base, licenses=(version,)) if version is not None else base


def _version_named(family: str, own: str, sentences: Iterable[Sentence]) -> str | None:
    """The license of the family whose version both the model's name and the prose state; None where they do not."""
    record = known_license(family)
    names = own.split()
    prose = " ".join(
        word for sentence in sentences for word in sentence.text.split() if word.strip("#*_`.,") not in names
    )
    versions = [version.id for version in record.versions] if record else []
    for license_id in sorted(versions, key=len, reverse=True):
        number = license_id.removeprefix(f"{family}-")
        stated = re.compile(rf"\b{re.escape(family)}[-_ ]?{re.escape(number)}(?![\d.]*\d|[bm]\b)", re.IGNORECASE)
        if stated.search(own) and stated.search(prose):
            return license_id
    return None


def shown_by_name(
    card: Card, *, name: str | None, sentences: Iterable[Sentence], others: Iterable[str] = ()
) -> str | None:
    """The model or family to which the name, the title or `others` point, where the card bears another license.

    None where the card says that the model was trained from scratch, or what is pointed to is free.
    """
    borne = [known_license(one) for one in (*card.licenses, card.license_name or "")]
    own = {record.family for record in borne if record is not None}
    if not own:
        return None
    for words in dict.fromkeys((name, card.title, *others)):
        for pointed, licenses in _pointed_to(words or ""):
            records = [record for one in licenses if (record := known_license(one)) is not None]
            if not records or any(record.license_class in _FREE or record.family in own for record in records):
                continue
            return None if any("from scratch" in sentence.low for sentence in sentences) else pointed
    return None


def _pointed_to(own: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The models whose names stand within a name, and the family of which a word stands in it, with their licenses."""
    entry = known_model(own)
    if entry is not None and entry.made_from is not None and not entry.licenses:
        yield entry.made_from, (entry.made_from,)
    base = own.rpartition("/")[2]
    edges = [0, *(found.end() for found in _SEPARATOR.finditer(base))]
    ends = [*(found.start() for found in _SEPARATOR.finditer(base)), len(base)]
    spans = sorted(
        ((end - start, start, end) for start in edges for end in ends if end - start >= _TELLING), reverse=True
    )
    for _, start, end in spans[:_MOST_SPANS]:
        inner = base[start:end]
        entry = known_model(inner) if inner != base and any(map(str.isdigit, inner)) else None
        listed = known_model(entry.bases[0]) if entry is not None and entry.bases and not entry.made_from else entry
        if listed is not None and listed.licenses and not listed.made_from:
            yield listed.model, listed.licenses


_SEPARATOR = re.compile(r"[-_ ]+")
_TELLING = 7
"""A name of fewer letters within a longer one tells nothing."""
_MOST_SPANS = 60
_FREE = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)


def _bears_own(card: Card, entry: ModelEntry) -> bool:
    """True where a card bears the license that its model is listed with: then it is that model, and no re-upload."""
    listed = {record.id for name in entry.licenses if (record := known_license(name)) is not None}
    borne = [known_license(name) for name in (*card.licenses, card.license_name or "")]
    own = {record.id for record in borne if record is not None}
    return not own or bool(own & listed) or any(record and record.id == entry.made_from for record in borne)


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
    r"(?![\w.-])(?!/(?:blob|raw|resolve)/\S*(?i:licen))"
)
_PLAIN_WORD = re.compile(r"^(?:[A-Z]?[a-z]{1,3}|[a-z]+)$")
_CONSTANT = re.compile(r"^[A-Z0-9]+_[A-Z0-9_]+$")
_HUB_ADDRESS = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_SEVERAL = re.compile(r"^[^.;]{0,60}?(?:&|\band\b|\bor\b|,)\s*\[?[A-Za-z]*[A-Z0-9]")
_LABEL = re.compile(r"[:：|]")
_HAN = re.compile(r"[一-鿿]")
_SHORT = 4
"""A name of so few letters is part of a longer one where a proper name stands before it: "Kimi K2"."""
_PROPER = re.compile(r"\b[A-Z][a-z]+[ -]$")
_LONGEST = 2_000
"""A longer sentence is none; it is left alone."""
_REACH = 110
"""How many characters behind the words "fine-tuned from" the name of the base may stand."""


def find_prose_bases(sentences: Iterable[Sentence], *, name: str | None, path: str) -> list[Base]:
    """The known models from which the prose says that this one was made; `name` is the model's own."""
    found: dict[str, Base] = {}
    words = _words()
    elsewhere, merged = words.elsewhere, words.merged
    masked = _mask(name)
    bit, label_bit = bit_of("bases"), bit_of("bases/labels")
    announced = False
    for sentence in sentences:
        marks = sentence.marks
        if not announced and not marks & (bit | label_bit) and sentence.kind is not Kind.ITEM:
            continue
        if " [" in sentence.text:
            sentence = sentence._replace(text=_BRACKETED.sub(r"-\g<word>", sentence.text))
        if masked is not None and marks & bit:
            first, own = masked
            if (first in sentence.low or not sentence.text.isascii()) and own.search(sentence.text):
                sentence = sentence._replace(text=own.sub(_ITSELF, sentence.text))
        label = _label(sentence, announced=announced) if announced or marks & label_bit else None
        announced = label == "" or (sentence.kind is Kind.HEADING and bool(words.headed.fullmatch(sentence.text)))
        if label:
            models = _labelled(sentence, label, name or "")
        elif sentence.kind is Kind.ITEM and merged.holds(sentence):
            models = _labelled(sentence, sentence.text, name or "")
        elif marks & bit:
            models = _named_in(sentence, name or "", elsewhere)
        else:
            continue
        for model in models:
            place = f"{path}, line {sentence.line}"
            found.setdefault(model.lower(), Base(model=model, named_in=place, line=sentence.line))
    return list(found.values())


_BRACKETED = re.compile(r"(?<=[\w.]) \[(?P<word>[a-z]{2,12})\](?!\()")
"""A part of a name in brackets: "FLUX.1 [dev]"."""
_ITSELF = "this model"
"""What stands for the model's own name while a sentence is looked into."""


def _mask(name: str | None) -> tuple[str, re.Pattern[str]] | None:
    """How the model's own name begins, and what finds it in prose.

    None where it begins with the name of a known model, or says too little.
    """
    parts = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?", (name or "").rpartition("/")[2])
    if len(parts) < 2 or len(parts[0]) < 3 or known_model(parts[0]) is not None:
        return None
    return parts[0].lower(), re.compile(r"\b" + r"[\s._-]?".join(map(re.escape, parts)) + r"\b", re.I)


def _label(sentence: Sentence, *, announced: bool) -> str | None:
    """What stands behind a label such as "Base model:"; empty where it follows in the next sentence."""
    if sentence.kind is Kind.HEADING or len(sentence.text) > _LONGEST:
        return None
    if announced:
        return sentence.text
    if not _LABEL.search(sentence.text) or (sentence.kind is Kind.ROW and sentence.text.count("|") > 3):
        return None
    if sentence.text[-1] in ":：" and _words().labels.match(sentence.text + " _"):
        return ""
    label = _words().labels.match(sentence.text)
    return label["rest"] if label is not None else None


def _labelled(sentence: Sentence, value: str, own: str) -> Iterator[str]:
    """The models behind a label: links to the hub as they are, also to models that are not known; else known names."""
    linked = [model.rstrip(".") for model in _HUB_LINK.findall(sentence.raw)]
    found = [model for model in linked if not _is_own(model, own)]
    yield from found or (full for model, full in _models(sentence.raw, value[:_REACH]) if not _is_own(model, own))


def _named_in(sentence: Sentence, own: str, elsewhere: Elsewhere) -> Iterator[str]:
    words = _words()
    if sentence.kind in (Kind.HEADING, Kind.ROW) or len(sentence.text) > _LONGEST:
        return
    if not sentence.marks & words.able:
        return
    if elsewhere.holds(sentence) and not _of_itself(sentence):
        return
    for is_last_alone, models in _stated(sentence.text, sentence.raw, sentence.marks):
        others = [full for model, full in models if not _is_own(model, own)]
        yield from others[-1:] if is_last_alone else others


_Stated = tuple[bool, tuple[tuple[str, str], ...]]
"""Whether the last model alone counts, and the models that a passage names, each as named and by its full name."""


@per_catalog_up_to(8192)
def _stated(text: str, raw: str, marks: int) -> tuple[_Stated, ...]:
    """The passages of a sentence that can name a base, whatever the model's own name. Cards repeat each other."""
    words = _words()
    doubtful = marks & words.doubtful
    found: list[_Stated] = []
    for clause in text.split(";"):
        if not doubtful or not words.unless.search(clause):
            found.extend(one for one in _in_clause(clause, raw, marks) if one[1])
    return tuple(found)


def _in_clause(clause: str, raw: str, marks: int) -> Iterator[_Stated]:
    words = _words()
    han = bool(_HAN.search(clause))
    for bit, pattern in words.behind:
        for found in pattern.finditer(clause) if marks & bit else ():
            yield True, tuple(_models(raw, clause[max(0, found.start() - _REACH) : found.start()]))
    for bit, pattern in words.single:
        for found in pattern.finditer(clause) if marks & bit else ():
            passage = clause[found.end() : found.end() + _REACH]
            if not _SEVERAL.search(passage):
                yield False, tuple(_models(raw, passage))
    for bit, pattern in words.statements:
        for found in pattern.finditer(clause) if marks & bit else ():
            if not han or words.han_tail.search(clause, found.end()):
                yield False, tuple(_models(raw, clause[found.end() : found.end() + _REACH]))


def _of_itself(sentence: Sentence) -> bool:
    """True for a sentence on the model itself under a heading on its use."""
    words = _words()
    return bool(words.usage.search(sentence.heading) and words.itself.search(sentence.text))


def _models(raw: str, passage: str) -> Iterator[tuple[str, str]]:
    """The known models that a passage names, by a link of its sentence (`raw`) or by name: as named, and in full."""
    for name in _candidates(_HUB_ADDRESS.sub("", passage)):
        linked = _linked(raw, name)
        model = linked or name.replace(" ", "-")
        if _words().never.search(name) or _PLAIN_WORD.match(name) or _CONSTANT.match(name):
            continue
        bare = linked is None and "/" not in name
        if _is_model(model, bare=bare):
            yield model, _full_name(model) if bare else model


def _candidates(passage: str) -> Iterator[str]:
    """The words of a passage that can be a model's name; of "Google Gemma 2B" also "Gemma 2B"."""
    for found in _words().names.finditer(passage):
        name = found.group().strip(" .-")
        if len(name) <= _SHORT and _PROPER.search(passage, max(0, found.start() - 20), found.start()):
            continue
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


def _linked(raw: str, name: str) -> str | None:
    """The hub id behind a name that is a link."""
    if "](" not in raw or name not in raw:
        return None
    for text, address in _LINK.findall(raw):
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
        self.statements, self.single, self.behind = (
            tuple(
                (bit_of(f"bases/{kind}/{number}"), re.compile(pattern, re.I))
                for number, pattern in enumerate(data[kind])
            )
            for kind in ("statements", "single", "behind")
        )
        self.doubtful = bit_of("bases/unless")
        self.able = 0
        for bit, _ in (*self.statements, *self.single, *self.behind):
            self.able |= bit
        self.han_tail = re.compile(data["han_tail"])
        self.unless = re.compile(data["unless"], re.I)
        self.headed = re.compile(data["headed"], re.I)
        self.elsewhere = Elsewhere(re.compile(data["elsewhere"], re.I))
        self.merged = Elsewhere(re.compile(data["merged"], re.I))
        self.usage = re.compile(data["usage"], re.I)
        self.itself = re.compile(data["itself"], re.I)
        self.never = re.compile(data["never"], re.I)
        self.names = re.compile(data["names"], re.I)
        self.cue = re.compile(data["cue"])


@per_catalog
def _words() -> _Words:
    return _Words()
