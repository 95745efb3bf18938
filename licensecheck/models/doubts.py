"""What a card leaves open without a fault of its form: each doubt is a question for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import LicenseClass
from licensecheck.domain.subject import Card, CardIssue
from licensecheck.lazy import re
from licensecheck.models.card import texts
from licensecheck.models.cues import bit_of
from licensecheck.models.front_matter import FrontMatter, Plain, further_blocks
from licensecheck.models.license_names import (
    LicenseName,
    find_license_names,
    known_license,
    known_model,
    license_named,
    same_license,
)
from licensecheck.models.mentions import (
    LicenseMention,
    Named,
    declared_licenses,
    find_other_license,
    names_none,
    prose_word,
)
from licensecheck.models.prose import Kind, Sentence
from licensecheck.models.weights import model_id
from licensecheck.text.markup import cut_words

_QUOTE = 300
OTHER, SEVERAL, EXTRA, UNKNOWN = "prose-conflict", "several-licenses", "extra-restriction", "unknown-license"
BASE = "unknown-base"
"""The kinds of question that doubts end in; they are those of the card's faults, so that a matter is asked once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """What doubts are found from; `name` is the model's own, `family` what it points to, if it does."""

    front: FrontMatter
    card: Card
    sentences: Sequence[Sentence]
    license_mentions: Sequence[LicenseMention]
    name: str | None
    family: str | None = None
    has_no_base: bool = False

    @property
    def declared(self) -> tuple[LicenseName, ...]:
        """The licenses of the metadata that have a name."""
        return declared_licenses(self.card)


def find_doubts(facts: Doubtful) -> tuple[CardIssue, ...]:
    """The doubts of a card: first those of its metadata, then those of its prose; each kind with its words once."""
    found = (*_of_metadata(facts), *_of_names(facts), *_of_prose(facts))
    return tuple({(doubt.kind, doubt.quote): doubt for doubt in found}.values())


# The metadata: other spellings of keys, values that another replaced, tags, links, gates, further blocks.


def fold_key(key: str) -> str:
    """A key as spellings are compared: without case, with one separator."""
    return re.sub(r"[\s.-]+", "_", key.strip().lower())


def other_spellings(values: Iterable[tuple[str, Plain]], meaning: str) -> Iterator[tuple[str, str]]:
    """The values under other spellings of a key of the hub, each with the key as it is written."""
    spellings = _spellings(meaning)
    for key, value in values:
        folded = fold_key(key)
        if folded in spellings or (folded == meaning and key != meaning):
            yield from ((key, text) for text in _flat(value))
        elif isinstance(value, dict):
            for inner, text in value.items():
                if fold_key(inner) in spellings or fold_key(inner) == meaning:
                    yield from ((f"{key}.{inner}", one) for one in _flat(text))


def _flat(value: Plain) -> tuple[str, ...]:
    """The texts of a value; of mappings those under `name`, `id`, `license` and the like."""
    if isinstance(value, dict):
        return tuple(text for key in _NAMING for text in texts(value.get(key)))
    if isinstance(value, list):
        return tuple(text for one in value for text in _flat(one))
    return texts(value)


_NAMING = ("name", "id", "license", "spdx_id", "model", "repo", "repo_id", "model_id", "path", "base_model")
"""The keys of a mapping that name what it stands for."""


def metadata_sentences(front: FrontMatter) -> list[Sentence]:
    """The keys of the metadata that the hub does not know, as sentences: `commercial_use: no` says what it says."""
    found = []
    plain = _plain_keys()
    if front.comment is not None and texts(front.values.get("license")):
        words, at = front.comment
        found.append(_as_sentence(f"license: {words}", at, "license"))
    button = front.values.get("extra_gated_button_content")
    for text in texts(button):
        found.append(_as_sentence(text, _line(front, "extra_gated_button_content") or 1, "gate"))
    for key, value in front.values.items():
        folded = fold_key(key)
        if folded in plain or folded.startswith(("extra_gated", "co2", "model_index", "widget")):
            continue
        for text in _words_of(value):
            words = folded.replace("_", " ")
            said = {"false": "no", "true": "yes"}.get(text.strip().lower(), text.strip())
            if said.lower() == "yes" and not _BARRED.search(words):
                continue
            line = f"{words} only" if said.lower() == "yes" else f"{words}: {said}"
            found.append(_as_sentence(line[:600], _line(front, key) or 1, words))
    return found


def _as_sentence(text: str, line: int, lead: str) -> Sentence:
    """What the metadata says, as a sentence under a heading on the license."""
    return Sentence(text=text, raw=text, line=line, kind=Kind.TEXT, section=("license",), lead=lead, low=text.lower())


_BARRED = re.compile(r"^(?:is )?(?:non ?commercial|research|academic|personal|educational)(?: use)?(?: only)?$")


def _words_of(value: Plain) -> tuple[str, ...]:
    if isinstance(value, dict):
        return tuple(f"{key}: {text}" for key, one in value.items() for text in _words_of(one))[:20]
    return texts(value)[:20]


@per_catalog
def _plain_keys() -> frozenset[str]:
    data = load_vocabulary("keys")
    return frozenset(data["plain"]).union(*map(frozenset, data["spellings"].values()))


def stray_licenses(front: FrontMatter) -> tuple[str, ...]:
    """The licenses that the metadata names elsewhere than under `license`: they count where that says nothing."""
    found = [value for _, value in other_spellings(front.values.items(), "license")]
    for values, _ in further_blocks(front):
        found.extend(texts(values.get("license")))
    return tuple(value for value in found if not names_none(value))


def stray_bases(front: FrontMatter) -> tuple[tuple[str, int], ...]:
    """The base models under other spellings of the key and in further blocks, recipes of merges included."""
    found = [(value, _line(front, key) or 1) for key, value in other_spellings(front.values.items(), "base_model")]
    written = front.values.get("base_model")
    for value in written if isinstance(written, list) else [written]:
        if isinstance(value, dict):
            found.extend((text, _line(front, "base_model") or 1) for text in _flat(value))
    for tag in texts(front.values.get("tags")):
        tagged = _BASE_TAG.fullmatch(tag.strip())
        if tagged:
            found.append((tagged["model"], _line(front, "tags") or 1))
    for values, line in further_blocks(front):
        if "merge_method" in values or "slices" in values or "license" in values or front.values.keys() & values.keys():
            found.extend((value, line) for value in _bases_in(values))
    return tuple(dict.fromkeys(found))


_BASE_TAG = re.compile(r"base_model:(?:[a-z]+:)?(?P<model>[A-Za-z0-9][\w.-]*/[\w.-]+)", re.I)
"""A tag as the hub itself makes it of the base model."""
_CACHED = re.compile(r"models--([\w.-]+?)--([\w.-]+)")
_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def _bases_in(value: Plain, *, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _bases_in(one, key=inner)
    elif isinstance(value, list):
        for one in value:
            yield from _bases_in(one, key=key)
    elif isinstance(value, str) and fold_key(key) in ("base_model", "model"):
        cached = _CACHED.search(value)
        if cached or _REPOSITORY.fullmatch(value.strip()):
            yield f"{cached[1]}/{cached[2]}" if cached else value.strip()


def _of_metadata(facts: Doubtful) -> Iterator[CardIssue]:
    front, declared = facts.front, facts.declared
    for key, value in other_spellings(front.values.items(), "license"):
        yield from _against(value, declared, f"The metadata names {value!r} under `{key}`", _line(front, key))
    for key, replaced in front.replaced:
        if key == "license":
            for value in texts(replaced):
                yield from _against(value, declared, f"`license` stands twice, first as {value!r}", _line(front, key))
    for tag in facts.card.tags:
        yield from _of_tag(tag, declared, _line(front, "tags"))
    yield from _of_link(facts)
    if str(front.values.get("extra_gated_eu_disallowed")).strip().lower() in ("true", "yes", "on", "1"):
        message = "The gate of the hub shuts out users in the European Union (`extra_gated_eu_disallowed`)."
        yield CardIssue(kind=EXTRA, message=message, line=_line(front, "extra_gated_eu_disallowed"))
    for values, line in further_blocks(front):
        named = [*texts(values.get("license")), *(text for _, text in other_spellings(values.items(), "license"))]
        for value in named:
            yield from _against(value, declared, f"A further block of metadata names {value!r}", line)


def _against(value: str, declared: Sequence[LicenseName], lead: str, line: int | None) -> Iterator[CardIssue]:
    """A doubt about a license named beside those that the metadata declares."""
    if names_none(value):
        return
    named = license_named(value)
    if not declared or any(same_license(named, one) for one in declared):
        return
    yield CardIssue(
        kind=SEVERAL, message=f"{lead}, beside {_names(declared)}.", line=line, quote=cut_words(value, _QUOTE)
    )


def _of_tag(tag: str, declared: Sequence[LicenseName], line: int | None) -> Iterator[CardIssue]:
    folded = re.sub(r"[^a-z]", "", tag.lower())
    closed = any(one.record is not None and one.record.license_class in _CLOSED for one in declared)
    prefix, _, value = tag.partition(":")
    if prefix.strip().lower() in ("license", "licence") and names_none(value) and declared:
        message = f"The tag {tag!r} says that there is another license than {_names(declared)}, and not which."
        yield CardIssue(kind=SEVERAL, message=message, line=line, quote=tag)
    elif prefix.strip().lower() in ("license", "licence") and value.strip():
        yield from _against(value.strip(), declared, f"A tag names {value.strip()!r}", line)
    elif folded in _barring_tags() and not closed:
        yield CardIssue(kind=EXTRA, message=f"The tag {tag!r} bars a use.", line=line, quote=tag)
    elif (record := known_license(tag)) is not None and record.license_class in _CLOSED and not record.is_family:
        yield from _against(tag, declared, f"A tag names {tag!r}", line)


_CLOSED = (LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)


def _of_link(facts: Doubtful) -> Iterator[CardIssue]:
    """Where `license_link` leads to another license than the one declared."""
    link = facts.card.license_link
    for value in licenses_of_address(link, own=facts.name) if link and facts.declared else ():
        lead = f"`license_link` leads to {value.text!r}"
        if value.record is not None and not any(same_license(value, one) for one in facts.declared):
            yield from _against(value.alias, facts.declared, lead, _line(facts.front, "license_link"))
    file = unquote((link or "").partition("?")[0].rstrip("/").rpartition("/")[2])
    if _OTHER_TEXT.search(file) and _is_free(facts.declared):
        message = f"`license_link` leads to {file!r}, beside {_names(facts.declared)}."
        yield CardIssue(kind=SEVERAL, message=message, line=_line(facts.front, "license_link"), quote=file)


_OTHER_TEXT = re.compile(
    r"(?:research|community|non[-_ ]?commercial|academic|evaluation|custom|enterprise|proprietary|usage|use)[-_ ]*"
    r"(?:licen[cs]e|agreement|terms|restrictions|policy)"
    r"|(?:licen[cs]e|agreement)[-_ ](?:research|community|nc|non[-_ ]?commercial|academic|evaluation|custom)|\beula\b",
    re.I,
)
"""The name of a file that holds other terms than those of a free license."""
_CREATIVE = re.compile(r"creativecommons\.org/(?:licenses|licences)/([a-z-]+)/(\d\.\d)", re.I)


def licenses_of_address(address: str, *, own: str | None) -> tuple[LicenseName, ...]:
    """The licenses that an address shows by its words, or as that of the model in whose repository it points."""
    found = _CREATIVE.search(address)
    if found:
        return (license_named(f"cc-{found[1].lower()}-{found[2]}"),)
    linked = model_id(address)
    if linked is not None:
        entry = known_model(linked) if linked.lower() != (own or "").lower() else None
        return tuple(map(license_named, entry.licenses)) if entry is not None and entry.certain else ()
    path = unquote(address.partition("://")[2].partition("/")[2] or address)
    names = tuple(find_license_names(re.sub(r"[/_.?=#]+(?!\d)", " ", path)))
    host = address.partition("://")[2].partition("/")[0]
    if not names and re.search(r"(?:opensource|spdx|gnu|choosealicense|apache)\.", host):
        named = license_named(
            re.sub(r"(?:-?licen[cs]e-?|\.html?|\.txt|\.php)", "", path.rstrip("/").rpartition("/")[2])
        )
        names = (named,) if named.record is not None else ()
    return names[:1]


def _line(front: FrontMatter, key: str) -> int | None:
    return front.lines.get(key) or front.lines.get(key.partition(".")[0])


@per_catalog
def _spellings(meaning: str) -> frozenset[str]:
    return frozenset(load_vocabulary("keys")["spellings"][meaning])


@per_catalog
def _meanings() -> dict[str, str]:
    meanings: dict[str, str] = load_vocabulary("keys")["ambiguous"]
    return meanings


@per_catalog
def _barring_tags() -> frozenset[str]:
    return frozenset(load_vocabulary("keys")["tags"])


# Names that stand for several licenses, or for a family without a text.


def _of_names(facts: Doubtful) -> Iterator[CardIssue]:
    meanings = _meanings()
    card = facts.card
    for value, key in (*((one, "license") for one in card.licenses), (card.license_name or "", "license_name")):
        meant = meanings.get(value.strip().lower().replace(" ", "-"))
        if meant is not None and (key == "license_name" or known_license(value) is not None):
            message = f"`{key}` is {value!r}, which can mean {meant}."
            yield CardIssue(kind=UNKNOWN, message=message, line=_line(facts.front, key), quote=value)
    if facts.family is not None:
        message = f"The name {facts.name!r} points to {facts.family}, whose license is not declared; no base is stated."
        yield CardIssue(kind=BASE, message=message, line=1, quote=facts.name)
    unnamed = [value for value in card.licenses if names_none(value)]
    if unnamed and (len(unnamed) < len(card.licenses) or unnamed[0].strip().lower() in _OWN):
        message = f"`license` says {unnamed[0]!r}, which names no text."
        if not card.license_name:
            yield CardIssue(kind=SEVERAL, message=message, line=_line(facts.front, "license"), quote=unnamed[0])
    for one in facts.declared:
        record = one.record
        if record is not None and record.is_family and record.terms is None and record.license_class is None:
            message = f"{one.text!r} names a family of licenses that differ, and no text."
            yield CardIssue(kind=UNKNOWN, message=message, line=_line(facts.front, "license"), quote=one.text)


_OWN = ("proprietary", "custom")
"""Values that say that the license is none of the known ones."""

# The prose: another license for the weights beside one that agrees, and one license for each size or file.


def _of_prose(facts: Doubtful) -> Iterator[CardIssue]:
    declared = facts.declared
    if find_other_license(declared, facts.license_mentions) is None:
        yield from _beside_agreeing(facts)
    yield from _of_parts(facts)
    yield from _of_tables(facts)
    yield from _of_base_license(facts)
    yield from _of_linked_terms(facts)


def _of_base_license(facts: Doubtful) -> Iterator[CardIssue]:
    """A restricting license that the prose names for a model from which this one must come, where none is stated."""
    if not facts.has_no_base or not _is_free(facts.declared):
        return
    for naming in facts.license_mentions:
        record = naming.license.record
        if naming.subject not in (Named.OTHER, Named.BASE) or not naming.plain or record is None:
            continue
        if record.license_class in _FREE or any(prose_word("elsewhere").search(p) for p in naming.sentence.section):
            continue
        if record.hands_on:
            message = f"The prose tells of {naming.license.text!r}, the license of another model; no base is stated."
            yield _at(naming.sentence, BASE, message)
            return


_FREE = (LicenseClass.OSI_APPROVED, LicenseClass.OPEN)


def _of_tables(facts: Doubtful) -> Iterator[CardIssue]:
    """A row of a table of licenses that gives the model itself, or no other, a license that is not declared."""
    column: int | None = None
    own = {_letters((name or "").rpartition("/")[2]) for name in (facts.name, facts.card.title)} - {""}
    for before, sentence in zip((None, *facts.sentences), facts.sentences, strict=False):
        if sentence.kind is not Kind.ROW:
            continue
        cells = [cell.strip() for cell in sentence.text.strip().strip("|").split("|")]
        if before is None or before.kind is not Kind.ROW or before.line < sentence.line - 3:
            column = None
        head = next((n for n, cell in enumerate(cells) if _COLUMN.fullmatch(cell)), None)
        if head is not None and len(cells) > 1:
            column = head
            continue
        if (
            column is None
            or len(cells) < 2
            or column >= len(cells)
            or prose_word("elsewhere").search(" ".join(sentence.section))
        ):
            continue
        who = _letters(cells[1 if column == 0 else 0])
        if not who or not any(name.startswith(who) for name in own):
            continue
        named = list(find_license_names(cells[column]))
        if facts.declared and named and not any(same_license(one, mine) for one in named for mine in facts.declared):
            message = f"A table gives the model {named[0].text!r}; the metadata says {_names(facts.declared)}."
            yield _at(sentence, OTHER, message)
            return


_COLUMN = re.compile(r"\W*(?:model |weights? )?licen[cs]es?(?: type)?\W*", re.I)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _of_linked_terms(facts: Doubtful) -> Iterator[CardIssue]:
    """Terms at an address of their own that a sentence makes binding beside a free license."""
    if not _is_free(facts.declared):
        return
    bit = bit_of("prose")
    for sentence in facts.sentences:
        if not sentence.marks & bit or "](http" not in sentence.raw or not _MADE_BINDING.search(sentence.low):
            continue
        if any(prose_word("elsewhere").search(part) for part in sentence.section) or prose_word("base").search(
            sentence.text
        ):
            continue
        for found in _TERMS_LINK.finditer(sentence.raw):
            words, address = found["words"], found["address"]
            if next(find_license_names(words), None) or licenses_of_address(address, own=facts.name):
                continue
            if _OWN_FILE.search(address):
                continue
            message = f"The prose makes terms at {address} binding ({words!r}), and they are not at hand."
            yield _at(sentence, OTHER, message)
            return


_TERMS_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{0,120}(?:licen[cs]|terms|agreement|polic)[^\[\]\n]{0,120})\]\((?P<address>https?://[^)\s]+)\)",
    re.I,
)
_MADE_BINDING = re.compile(
    r"\b(?:governs?|governed|subject to|bound|binding|apply|applies|accept\w*|agree\w*|comply|compliance|adher\w+)\b"
)
_OWN_FILE = re.compile(r"(?:huggingface\.co|hf\.co|github\.com|modelscope\.cn|raw\.githubusercontent\.com)/")
"""Where files of repositories lie: their licenses are read or named by other ways."""


def _beside_agreeing(facts: Doubtful) -> Iterator[CardIssue]:
    """A stricter license that the prose names for the weights, though another sentence agrees with the metadata."""
    for naming in facts.license_mentions:
        if naming.subject is not Named.MODEL or naming.license.record is None or not naming.plain:
            continue
        if naming.label and not prose_word("heading").search(" ".join(naming.sentence.section)):
            continue
        if naming.license.is_standard or any(same_license(naming.license, one) for one in facts.declared):
            continue
        if facts.declared and all(one.is_standard for one in facts.declared):
            beside = _names(facts.declared)
            message = f"The prose names {naming.license.text!r} for the model too; the metadata says {beside}."
            yield _at(naming.sentence, OTHER, message)
            return


def _of_parts(facts: Doubtful) -> Iterator[CardIssue]:
    """Where the sizes or files of a release bear different licenses, and the name does not tell which is meant."""
    own = _sizes_in((facts.name or "").replace("-", " "))
    bit = bit_of("parts")
    for sentence in facts.sentences:
        if not sentence.marks & bit or sentence.kind is Kind.HEADING or len(sentence.text) > 1_500:
            continue
        if prose_word("base").search(sentence.text) or _is_of_another(sentence, facts.name):
            continue
        for part, clause in _parts(sentence):
            if (own and part not in own) or prose_word("data").search(clause):
                continue
            named = list(find_license_names(clause))
            strange = [one for one in named if not any(same_license(one, declared) for declared in facts.declared)]
            if (strange and facts.declared) or (
                not named and _part_word("closed").search(clause) and _is_free(facts.declared)
            ):
                words = strange[0].text if strange else "a license of its own"
                message = f"The card gives {part!r} {words}; the metadata says {_names(facts.declared) or 'none'}."
                yield _at(sentence, SEVERAL, message)
                return


def _is_of_another(sentence: Sentence, name: str | None) -> bool:
    """True for an item or row that begins with the name of another model."""
    first = re.match(r"[\W_]*([\w.-]+/)?([\w.-]+)", sentence.text)
    if first is None or not first[1] or sentence.kind not in (Kind.ITEM, Kind.ROW):
        return False
    return (first[1] + first[2]).lower().strip("._-:") != (name or "").lower()


def _parts(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The sizes and files that a sentence names, each with the words up to the next of them."""
    text = sentence.text
    found = sorted(
        (match for name in ("size", "sized", "file") for match in _part_word(name).finditer(text)), key=_start
    )
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        if end - match.end() < 6 and index + 1 < len(found):
            end = found[index + 2].start() if index + 2 < len(found) else len(text)
        yield _sized(match.group()), text[match.end() : end]


def _start(found: re.Match[str]) -> int:
    return found.start()


def _sizes_in(name: str) -> frozenset[str]:
    found = [match.group() for kind in ("size", "sized", "word") for match in _part_word(kind).finditer(name)]
    return frozenset(map(_sized, found))


@per_catalog
def _part_word(name: str) -> re.Pattern[str]:
    """An expression of `rules/cards/parts.yaml`, compiled; capitals count in words that are common without them."""
    return re.compile(load_vocabulary("parts")[name], 0 if name == "sized" else re.I)


def _sized(text: str) -> str:
    return text.lower().replace(" ", "")


def _is_free(declared: Sequence[LicenseName]) -> bool:
    return bool(declared) and all(one.is_standard for one in declared)


def _names(declared: Sequence[LicenseName]) -> str:
    return ", ".join(one.text for one in declared)


def _at(sentence: Sentence, kind: str, message: str) -> CardIssue:
    return CardIssue(kind=kind, message=message, line=sentence.line, quote=cut_words(sentence.text, _QUOTE))
