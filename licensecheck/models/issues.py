"""What is wrong with a model card: the kinds of the contract, each with its line and the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.records import find_by_sha256, find_record
from licensecheck.domain.licenses import LicenseClass, Record, Resolution
from licensecheck.domain.subject import Ancestor, Card, CardIssue, CardRestriction, Document, Role
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.ancestry import BY_NAME
from licensecheck.models.claims import find_claim, not_open_source
from licensecheck.models.cues import bit_of
from licensecheck.models.front_matter import BlockState, FrontMatter
from licensecheck.models.license_names import LicenseName, known_license, known_model, license_named, same_license
from licensecheck.models.mentions import (
    LicenseMention,
    Named,
    declared_licenses,
    find_other_license,
    find_other_name,
    names_none,
    prose_word,
)
from licensecheck.models.prose import Sentence
from licensecheck.models.restrictions import Restriction, find_extra, is_asked
from licensecheck.models.weights import Header

# Whether a declared license drops restrictions that the license of a base model hands on to its derivatives.


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseConflict:
    """A base model whose license restricts derivatives, and the groups of terms that the declared license drops."""

    ancestor: Ancestor
    record: Record
    dropped: tuple[str, ...]


def find_base_conflict(declared: Sequence[LicenseName], ancestors: Iterable[Ancestor]) -> BaseConflict | None:
    """The nearest ancestor with terms that the declared licenses drop; None where a declared license is not known."""
    own = [name.record for name in declared if name.record is not None]
    if not own or len(own) < len(declared):
        return None
    for ancestor in ancestors:
        for record in records_of(ancestor):
            dropped = _dropped(own, record)
            if dropped:
                return BaseConflict(ancestor=ancestor, record=record, dropped=dropped)
    return None


def records_of(ancestor: Ancestor) -> tuple[Record, ...]:
    """The records of the licenses that an ancestor bears."""
    found = (known_license(name) for name in ancestor.licenses)
    return tuple(record for record in found if record is not None)


def _dropped(own: Sequence[Record], base: Record) -> tuple[str, ...]:
    if any(record.id == base.id or _is_kindred(record, base) for record in own):
        return ()
    if not _is_read(base) or not all(_is_read(record) for record in own):
        return _by_class(own, base)
    kept = {kind for record in own for kind in _kinds(record)}
    carried = set(base.hands_on)
    dropped = []
    for group in _carried():
        wanted = carried & set(group["kinds"])
        if wanted and not kept & set(group["kinds"]) and not kept & set(group.get("kept_by", ())):
            dropped.append(str(group["name"]))
    return tuple(dropped)


@per_catalog
def _carried() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = load_vocabulary("carried")["groups"]
    return groups


def _is_kindred(own: Record, base: Record) -> bool:
    """True for two versions of one license; a family can also hold licenses that allow different things."""
    if own.family != base.family:
        return False
    classes = {own.license_class, base.license_class}
    return own.is_family or base.is_family or None in classes or len(classes) == 1


def _by_class(own: Sequence[Record], base: Record) -> tuple[str, ...]:
    """The class of the base, where it restricts more than the classes of the declared licenses."""
    classes = [record.license_class for record in own]
    known = [c.level for c in classes if c is not None]
    if base.license_class is None or len(known) < len(classes):
        return ()
    level = base.license_class.level
    restricted = level >= LicenseClass.USE_RESTRICTED.level and level > max(known)
    return (f"the restrictions of a {base.license_class.value} license",) if restricted else ()


def _is_read(record: Record) -> bool:
    return record.terms is not None or (record.is_family and bool(record.hands_on))


def _kinds(record: Record) -> set[str]:
    return {term.kind for term in record.terms or ()} | set(record.hands_on)


# What the issues of a card are found from.


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the issues of a card are found from; `name` is the model's own, `ancestors` its base models."""

    front: FrontMatter
    card: Card
    sentences: Sequence[Sentence]
    license_mentions: Sequence[LicenseMention]
    ancestors: Sequence[Ancestor]
    name: str | None
    restrictions: Sequence[Restriction] = ()

    @property
    def declared(self) -> tuple[LicenseName, ...]:
        """The licenses of the metadata that have a name."""
        return declared_licenses(self.card)

    def line(self, *keys: str) -> int | None:
        """The line of the first of these keys that the metadata has."""
        return next((self.front.lines[key] for key in keys if key in self.front.lines), None)


# What is wrong with the metadata of a card itself.


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
            message = f"{value!r} is not an identifier of the hub or of SPDX, and no license is known by this name."
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


_SPOKEN = re.compile("licen[cs]|许可|ライセンス")


def _combined(facts: Facts) -> bool:
    """True where the prose says how several licenses go together: a choice, or one for code and one for weights.

    That one is the license of the data does not tell whether it reaches the weights.
    """
    bit, combined = bit_of("prose"), bit_of("prose/combined")
    for sentence in facts.sentences:
        if not sentence.marks & bit or not sentence.marks & combined:
            continue
        if _SPOKEN.search(sentence.low) and prose_word("combined").search(sentence.text):
            return True
    subjects = {naming.subject for naming in facts.license_mentions}
    return Named.MODEL in subjects and Named.CODE in subjects


def _is_known_id(value: str) -> bool:
    if value.strip().lower() in _HUB_ONLY or _is_identifier(value):
        return True
    parts = [part for part in _OPERATOR.split(value) if part.strip()]
    return len(parts) > 1 and all(_is_identifier(part.strip("+ ")) for part in parts)


def _is_identifier(value: str) -> bool:
    """True for a license that a record knows by this name, and for any identifier of SPDX."""
    return known_license(value) is not None or value.strip().lower() in _spdx()


@per_catalog
def _spdx() -> frozenset[str]:
    return frozenset(name.lower() for name in load_vocabulary("spdx")["ids"])


def _tells_which(card: Card) -> bool:
    named = card.license_name is not None and not names_none(card.license_name)
    return named or card.license_link is not None


# Whether the name of a derivative keeps the naming rules of its own license and of its base models' licenses.


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenNaming:
    """The license that prescribes a word for names, where the word must stand, and through which base."""

    record: Record
    word: str
    position: str
    ancestor: Ancestor | None = None


def find_broken_naming(
    name: str | None, declared: Sequence[LicenseName], ancestors: Sequence[Ancestor]
) -> BrokenNaming | None:
    """The first naming rule that the name breaks; None where no name is known or no rule applies."""
    if not name:
        return None
    if is_licensors_own(name) and not any(_is_foreign(ancestor, name) for ancestor in ancestors):
        return None
    own = name.rpartition("/")[2]
    return _first(own, ancestors) or _of_declared(own, declared)


def is_licensors_own(name: str) -> bool:
    """True for a model that bears a name given by the licensor itself: the listed original or a re-upload of it."""
    entry = known_model(name)
    if entry is not None and entry.resolved is Resolution.MIRROR and entry.bases:
        entry = known_model(entry.bases[0])
    if entry is None or entry.resolved in (Resolution.LISTED, Resolution.DERIVATIVE) or "/" not in entry.model:
        return False
    owner = entry.model.partition("/")[0].lower()
    return all(base.lower().startswith(f"{owner}/") for base in entry.bases)


def _is_foreign(ancestor: Ancestor, name: str) -> bool:
    """True for a model of another owner from which a model was made that is no mere re-upload of it."""
    entry = known_model(name)
    is_mirror = entry is not None and entry.resolved is Resolution.MIRROR
    owner, slash, _ = ancestor.model.partition("/")
    return bool(slash) and not is_mirror and owner.lower() != name.partition("/")[0].lower()


def _of_declared(own: str, declared: Sequence[LicenseName]) -> BrokenNaming | None:
    for license_name in declared:
        for word, position in naming_terms(license_name.record):
            if license_name.record is not None and not _keeps(own, word, position, license_name.record):
                return BrokenNaming(record=license_name.record, word=word, position=position)
    return None


def _first(own: str, ancestors: Iterable[Ancestor]) -> BrokenNaming | None:
    for ancestor in ancestors:
        for record in records_of(ancestor):
            for word, position in naming_terms(record):
                if not _keeps(own, word, position, record):
                    return BrokenNaming(record=record, word=word, position=position, ancestor=ancestor)
    return None


def naming_terms(record: Record | None) -> Iterator[tuple[str, str]]:
    """The words that a license prescribes for the names of derivatives, and where they must stand.

    A family of licenses prescribes none: its versions differ in it, and which one applies is not known.
    """
    if record is None or record.is_family:
        return
    for term in record.terms or ():
        word, position = term.attributes.get("text"), term.attributes.get("position")
        if term.kind == "model-naming" and isinstance(word, str) and _is_brand(word, record):
            yield word, position if isinstance(position, str) else "anywhere"


def _is_brand(word: str, record: Record) -> bool:
    """True for a word of the licensor's own: other prescriptions on names are of documents, not of models."""
    return _letters(word) in _letters(f"{record.name} {record.steward or ''}") and "license" not in word.lower()


def _keeps(own: str, word: str, position: str, record: Record) -> bool:
    """True where the name keeps the rule, also behind the name of the licensor ("Meta-Llama-3-...")."""
    steward = _letters(record.steward or "")
    return keeps(own, word, position) or (bool(steward) and _letters(own).startswith(steward + _letters(word)))


def keeps(name: str, word: str, position: str) -> bool:
    """True where a name has the word where it must stand, whatever separates its parts."""
    own, wanted = _letters(name), _letters(word)
    return own.startswith(wanted) if position == "prefix" else wanted in own


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


# What is wrong with a model card: the kinds of the contract, each with its line and the words that show it.


_QUOTE = 300


def find_issues(facts: Facts) -> tuple[CardIssue, ...]:
    """The issues of a card, in the order of the contract."""
    return (*find_metadata_issues(facts), *_of_prose(facts), *_of_lineage(facts))


def find_limits(facts: Facts) -> tuple[CardRestriction, ...]:
    """Every restriction that the prose of the card states, whether its license has it or not."""
    bears = facts.declared or _of_model(facts.license_mentions)
    return tuple(
        CardRestriction(
            kind=found.kind, covered=found.covered, line=found.sentence.line, quote=found.sentence.text[:_QUOTE]
        )
        for found in facts.restrictions
        if is_asked(found, bears)
    )


def _of_prose(facts: Facts) -> Iterator[CardIssue]:
    card, declared = facts.card, facts.declared
    other = find_other_name(card)
    naming = find_other_license(declared, facts.license_mentions)
    if other is not None:
        message = f"`license_name` is {other.text!r} next to `license: {', '.join(card.licenses)}`."
        yield CardIssue(kind="prose-conflict", message=message, line=facts.line("license_name"), quote=other.text)
    elif naming is not None:
        message = f"The prose names {naming.license.text!r} for the model; the metadata says {_names(declared)}."
        yield _at(naming.sentence, kind="prose-conflict", message=message)
    bears = declared or _of_model(facts.license_mentions)
    extra = find_extra(facts.restrictions, bears)
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
        declared = tuple(naming.license for naming in facts.license_mentions if naming.subject in named)
        is_other = any(_is_custom(naming) for naming in facts.license_mentions)
    if not declared and not is_other:
        return None
    return (_names(declared) or "its own license") if not_open_source(declared, is_other=is_other) else None


def _of_model(license_mentions: Sequence[LicenseMention]) -> tuple[LicenseName, ...]:
    """The licenses that the prose names for the model itself."""
    return tuple(naming.license for naming in license_mentions if naming.subject is Named.MODEL)


def _is_custom(naming: LicenseMention) -> bool:
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
    for naming in facts.license_mentions:
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


# Where the files of a target name other licenses than its card; nothing is averaged, the stricter reading governs.


_GOVERNS = "Both are read, and the stricter governs."


def find_contradictions(card: Card | None, documents: Sequence[Document], headers: Iterable[Header]) -> Iterator[str]:
    """One sentence for each file whose license is not the one that the card declares."""
    declared = declared_licenses(card) if card is not None else ()
    for header in headers:
        for name in header.licenses:
            named = license_named(name)
            if declared and not names_none(name) and not any(same_license(named, one) for one in declared):
                yield f"{header.path} names the license {name!r}; the card declares {_list(declared)}. {_GOVERNS}"
    files = [document for document in documents if _is_license(document)]
    if not declared and len({document.role for document in files}) < 2:
        return
    texts = [(document, licenses_in(document)) for document in files]
    for document, found in texts:
        if document.role is Role.CODE_LICENSE or not declared or not found:
            continue
        if not any(same_license(one, other) for one in found for other in declared):
            yield f"{document.path} holds {_list(found)}; the card declares {_list(declared)}. {_GOVERNS}"
    yield from _code_against_weights(texts)


def _code_against_weights(texts: Sequence[tuple[Document, tuple[LicenseName, ...]]]) -> Iterator[str]:
    code = [(document, found) for document, found in texts if document.role is Role.CODE_LICENSE and found]
    weights = [(document, found) for document, found in texts if document.role is Role.LICENSE and found]
    for code_text, code_names in code:
        for text, names in weights:
            if not any(same_license(one, other) for one in code_names for other in names):
                yield (
                    f"Code and weights stand under different licenses: {code_text.path} holds {_list(code_names)}, "
                    f"{text.path} holds {_list(names)}."
                )


def licenses_in(document: Document) -> tuple[LicenseName, ...]:
    """The known licenses that a text consists of; none where no known license explains it."""
    record = find_by_sha256(document.sha256)
    if record is not None:
        return (LicenseName(text=record.id, alias=record.id, record=record),)
    from licensecheck.identify.identify import identify_text

    ids = dict.fromkeys(match.id for match in identify_text(document.text).matches)
    return tuple(LicenseName(text=name, alias=name, record=find_record(name)) for name in ids)


def _is_license(document: Document) -> bool:
    return document.role in (Role.LICENSE, Role.CODE_LICENSE) and not document.unread


def _list(names: Iterable[LicenseName]) -> str:
    return ", ".join(name.text for name in names)
