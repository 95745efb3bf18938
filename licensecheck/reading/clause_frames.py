"""Who a clause is about, and the verb by which something is said of it; read from word lists, without a parser.

The subject is the last noun that is known before the verb; a plural noun before an unknown word has that word for its
verb, and so has a singular noun before a word in -s. A verb in a clause about the subject is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.reading.indexed_text import IndexedText, Part

ALL = "all"
ACTS, MADE, MONEY, PEOPLE, PURPOSE, RIGHTS, WHAT, WORK, YOURS = (
    *("acts", "made", "money", "people", "purpose", "rights", "what", "work"),
    "yours",
)
"""Classes of subjects on the licensee's side; the last is what is said to be the licensee's."""
LICENSOR, INSIDE, OTHER, SOME, IT, NOBODY = "licensor", "inside", "other", "some", "it", "nobody"
"""Other subjects: who speaks and who works there, other things, some of a kind, a pronoun, and nobody."""
UNBOUND = (None, LICENSOR, INSIDE, OTHER, SOME, IT, NOBODY)
MODAL, PAST, BE, HAVE, TELL, OWN, NONE = "modal", "past", "be", "have", "tell", "own", "none"
"""What the verb of a clause is: one that is listed, one of its own that is not, or none that could be found."""
MARKS = ",;:()"
"""Marks at which a noun phrase ends."""
ADJECTIVAL = ("ly", "ed", "al", "ful", "ive", "ing", "ous", "ic", "y", "ary", "less")
"""How words end that stand before a noun rather than before a verb."""
NEAR = 6
"""Among how many words behind its subject a clause says whose that is."""
SHORTEST_ACT = 6
"""Letters of the shortest word in -ing that is taken for an act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """The words of `rules/frames.yaml`; `heads` by their class, `tells` and `verbs` by the class of the subject."""

    heads: Mapping[str, str]
    plural: frozenset[str]
    nouns: frozenset[str]
    auxiliaries: frozenset[str]
    sets: Mapping[str, frozenset[str]]
    tells: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        """The words of a set."""
        return self.sets[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A clause: the class of its subject (None where none of its words is known), its verb, and what that is.

    Where no verb was found, `verb` is the word behind the subject; it may be the end of the part.
    """

    part: Part
    name: str | None
    head: int
    verb: int
    kind: str

    @property
    def is_bound(self) -> bool:
        """True where the subject belongs to the licensee's side."""
        return self.name not in UNBOUND


@lru_cache(maxsize=1)
def load_frame_words() -> FrameWords:
    """The words of `rules/frames.yaml`."""
    data: Mapping[str, Any] = load_data("frames.yaml")
    sets = {name: frozenset(words) for name, words in data["sets"].items()}
    heads = {form: name for name, words in data["bound"].items() for word in words for form in (word, *_plurals(word))}
    other = {form for word in sets["other"] for form in (word, *_plurals(word))}
    listed = [word for words in data["bound"].values() for word in words]
    plural = {form for word in (*listed, *sets["other"]) for form in _plurals(word)}
    plural |= {word for word in listed if word in sets["many"] or (word.endswith("s") and not word.endswith("us"))}
    sets["other"] = frozenset(other)
    sets["common"] = frozenset(form for word in sets["common"] for form in _persons(word))
    return FrameWords(
        heads=heads,
        plural=frozenset(plural - {"access"}),
        nouns=frozenset(other | heads.keys()),
        auxiliaries=sets["be"] | sets["past"] | sets["modals"] | sets["have"],
        sets=sets,
        tells=_by_class(data["tells"]),
        verbs=_by_class(data["verbs"]),
    )


def _by_class(data: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset((*data[ALL], *words)) for name, words in data.items()}


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith("y"):
        return (f"{word[:-1]}ies",)
    return (f"{word}es",) if word.endswith(("s", "x", "ch", "sh")) else (f"{word}s",)


def _persons(word: str) -> tuple[str, ...]:
    """A verb and its other person: "shows" and "show"."""
    return (word, word[:-1]) if word.endswith("s") and not word.endswith("ss") else (word, *_plurals(word))


def read_frame(indexed: IndexedText, part: Part) -> Frame | None:
    """The clause that a part of a sentence is; None for one without a subject of its own."""
    words = load_frame_words()
    subject = _subject(indexed, part, words)
    if subject is None or subject.kind == OWN:
        return subject
    verb = _verb(indexed, subject, words)
    return subject if verb is None else replace(subject, verb=verb, kind=_kind(indexed.words.lower, verb, words))


def go_on(indexed: IndexedText, part: Part, before: Frame) -> Frame:
    """The clause of a part without a subject, which goes on with that of the part before: "but promise nothing"."""
    words, low = load_frame_words(), indexed.words.lower
    known = words.auxiliaries | words["common"]
    verb = next((at for at in range(part.start, part.end) if low[at] in known), None)
    kind = before.kind if verb is None else _kind(low, verb, words)
    return Frame(part=part, name=before.name, head=part.start, verb=part.start if verb is None else verb, kind=kind)


# The subject.


def _subject(indexed: IndexedText, part: Part, words: FrameWords) -> Frame | None:
    """The subject of a part, and its verb where that is one that is not listed."""
    low, start = indexed.words.lower, part.subject[1]
    if low[start] == "only" and start + 1 < part.end:
        start += 1
    following = low[start + 1] if start + 1 < part.end else ""
    if low[start] == "whether":
        return None
    if low[start] in words["nobody"] or (low[start], following) == ("no", "one"):
        return _framed(part, NOBODY, start, start + 1)
    if low[start] in words["points"] and following and following not in words.nouns:
        return _framed(part, IT, start, start + 1)
    if low[start] in words["stops"] and following:
        return _inverted(indexed, part, words)
    if _names_act(low[start], following, words):
        return _framed(part, ACTS, start, start + 1)
    if low[start] in words["imperatives"] and start == part.start and following not in ("", "is", "of"):
        return None
    return _noun_phrase(indexed, part, start, words)


def _framed(part: Part, name: str | None, head: int, after: int, *, own: bool = False) -> Frame:
    return Frame(part=part, name=name, head=head, verb=after, kind=OWN if own else NONE)


def _names_act(word: str, following: str, words: FrameWords) -> bool:
    """True where a subject begins with a verb in -ing: "hosting the model", "handing over the weights"."""
    if word in words["gerunds"]:
        return following != "data" and following not in words["other"]
    act = word.endswith("ing") and len(word) >= SHORTEST_ACT and word not in words["nonacts"] | words.nouns
    return act and following in words["acted"]


def _noun_phrase(indexed: IndexedText, part: Part, start: int, words: FrameWords) -> Frame | None:
    """The subject that a noun phrase is; None where a sentence begins with its verb, or with "no"."""
    low = indexed.words.lower
    name: str | None = None
    head = at = start
    if start > part.start and low[start - 1] == "your" and low[start] not in words.nouns | words["common"]:
        name, at = YOURS, start + 1
    while at < part.end:
        word = low[at]
        if name is None and start < at < part.end - 1 and word in ("and", "or"):
            at += 1
            continue
        if word == "no" or (name is None and at > start and word in words["pronouns"]):
            return None
        if _ends_phrase(indexed, start, at, name, words):
            break
        if at > start and _stands_before_object(indexed, part, start, at, words):
            return _framed(part, _sided(low, part, name, head, words), head, at, own=True)
        if name not in (None, OTHER) and word in words["twofold"] and not _ends_noun(indexed, at, part, words):
            return _framed(part, _sided(low, part, name, head, words), head, at, own=True)
        named = _class_of(indexed, part, start, at, name, words)
        if named is VERB:
            break
        if named is not None:
            name, head = named, at
        elif name is not None and word not in words["adverbs"]:
            if word.endswith("ed"):
                break
            if low[head] in words["pronouns"] | words.plural or low[head] == "we" or word.endswith("s"):
                return _framed(part, _sided(low, part, name, head, words), head, at, own=True)
            name, head = OTHER, at
        at += 1
        if name is not None and (low[head] in words["pronouns"] or name == WHAT):
            return _of_pronoun(indexed, part, name, head, at, words)
    return None if at == start else _framed(part, _sided(low, part, name, head, words), head, at)


def _stands_before_object(indexed: IndexedText, part: Part, start: int, at: int, words: FrameWords) -> bool:
    """True for a word that is no noun since it stands between one and an article: "florists obtain their own"."""
    low = indexed.words.lower
    if at + 1 >= part.end or low[at + 1] not in words["articles"] or _is_parted(indexed, at + 1):
        return False
    before, word = low[at - 1], low[at]
    known = words.auxiliaries | words["adverbs"] | words["stops"] | words["pronouns"]
    agrees = before.endswith("s") != word.endswith("s")
    return agrees and word not in known and before not in words["determiners"] | words["stops"]


VERB = "verb"
"""Stands for the class of a word that is no noun where it stands."""


def _class_of(indexed: IndexedText, part: Part, start: int, at: int, name: str | None, words: FrameWords) -> str | None:
    """The class of a noun; None for another word, and `VERB` for one that may be a noun and is none here."""
    low, word = indexed.words.lower, indexed.words.lower[at]
    if word in words["licensor"]:
        return LICENSOR
    if word in words["other"]:
        return OTHER
    loose = name is None and at > start and low[at - 1] not in words["determiners"]
    if loose and word in words["twofold"] and not low[at - 1].endswith(ADJECTIVAL):
        return VERB if not _ends_noun(indexed, at, part, words) else words.heads.get(word)
    if word in words.heads:
        return LICENSOR if _is_name(indexed, at, part, words) else words.heads[word]
    return None


def _ends_phrase(indexed: IndexedText, start: int, at: int, name: str | None, words: FrameWords) -> bool:
    """True where a noun phrase ends before a word: at a mark, a preposition or a verb that is listed."""
    low, word = indexed.words.lower, indexed.words.lower[at]
    if (at > start and _is_parted(indexed, at)) or word in words["stops"] or word in words.auxiliaries:
        return True
    if (at > start and low[at - 1] in words["determiners"]) or (name == OTHER and word in words.heads):
        return False
    if name is not None:
        return word in words.verbs.get(name, words["common"])
    return word in words["common"] and not (word in words.heads and (at == start or not low[at - 1].endswith("s")))


def _of_pronoun(indexed: IndexedText, part: Part, name: str, head: int, at: int, words: FrameWords) -> Frame:
    """The subject that a pronoun is, with the verb behind it."""
    low = indexed.words.lower
    if name == WHAT and low[head] not in words["pronouns"]:
        return _framed(part, name, head, at)
    while at < part.end and low[at] in words["adverbs"]:
        at += 1
    known = words.auxiliaries | words["stops"] | words.verbs[name]
    own = at < part.end and not _is_parted(indexed, at) and low[at] not in known
    return _framed(part, name, head, at, own=own)


def _ends_noun(indexed: IndexedText, at: int, part: Part, words: FrameWords) -> bool:
    """True where a word that may be a noun or a verb stands before the verb: "the license terms are"."""
    if at + 1 >= part.end or _is_parted(indexed, at + 1):
        return True
    word = indexed.words.lower[at + 1]
    return word in words.auxiliaries or word in words["stops"] | words["common"] | words["adverbs"]


def _is_name(indexed: IndexedText, at: int, part: Part, words: FrameWords) -> bool:
    """True for a word of a proper name: "the University of the Harbour"."""
    low = indexed.words.lower
    capital = indexed.tree.masked[indexed.words.starts[at] : indexed.words.ends[at]].istitle()
    named = words.heads[low[at]] == PEOPLE and low[at] not in words.plural | words["roles"]
    return capital and named and (at > part.start or low[at + 1 : at + 2] == ["of"])


def _is_parted(indexed: IndexedText, at: int) -> bool:
    between = indexed.tree.masked[indexed.words.ends[at - 1] : indexed.words.starts[at]]
    return any(mark in between for mark in MARKS)


def _sided(low: list[str], part: Part, name: str | None, head: int, words: FrameWords) -> str | None:
    """The class of a subject by whose it is: our inspectors are the licensor's, your pages the licensee's."""
    before, behind = low[max(part.start, head - 3) : head], low[head + 1 : min(head + NEAR, part.end)]
    of = behind[:1] == ["of"]
    if name != LICENSOR and ("your" in before or (of and not words["yours"].isdisjoint(behind[:3]))):
        return YOURS if name in (None, OTHER) else name
    if "our" in low[max(part.start, head - 3) : head + 1] and name in (None, PEOPLE):
        return LICENSOR
    if name is None or name in (OTHER, LICENSOR):
        priced = name == OTHER and (words.heads.get(low[head - 1]) == MONEY or low[head - 1] == "rate")
        return MONEY if priced and head > part.start else name
    if low[head] in words.plural and not words["some"].isdisjoint(before):
        return SOME
    if low[head] in words["staff"] and of and not words["licensor"].isdisjoint(behind[:3]):
        return INSIDE
    away = name == RIGHTS and behind[:1] == ["to"] and not words["venues"].isdisjoint(behind)
    told = name == PURPOSE and of and not words["other"].isdisjoint(behind[:4])
    return OTHER if away or told or not words["law"].isdisjoint(behind) else name


def _inverted(indexed: IndexedText, part: Part, words: FrameWords) -> Frame | None:
    """The subject of a clause that begins with a preposition: the last noun before its verb."""
    low, first = indexed.words.lower, part.subject[1]
    verb = next((at for at in range(part.start + 1, part.end) if low[at] in words.auxiliaries), part.end)
    heads = [
        at
        for at in range(first + 2, verb)
        if low[at] in words.heads and low[at - 1] not in words["stops"]
        if at + 1 >= part.end or low[at + 1] not in words["other"]
    ]
    if not heads:
        back = verb < part.end and (low[verb] in words["past"] or low[verb] == "would")
        return _framed(part, None, part.start, verb) if back else None
    name = words.heads[low[heads[-1]]]
    if verb == part.end:
        return _framed(part, name, heads[-1], heads[-1] + 1, own=True) if name == WHAT else None
    return _framed(part, name, heads[-1], verb)


# The verb.


def _verb(indexed: IndexedText, subject: Frame, words: FrameWords) -> int | None:
    """The first verb behind a subject that is known and stands in no clause about the subject."""
    low, passed, seen = indexed.words.lower, 0, None
    known = words.auxiliaries | words.verbs.get(subject.name or "", words["common"])
    for at in range(subject.verb, subject.part.end):
        word = low[at]
        if word in words["relative"]:
            passed += 1
        elif word in words["subordinates"]:
            return seen
        elif word in known and not (at > subject.verb and low[at - 1] in words["determiners"]):
            if not passed:
                return at
            passed -= 1
            seen = None if low[at - 1] in words["relative"] else at
    return seen


def _kind(low: list[str], verb: int, words: FrameWords) -> str:
    word, after = low[verb], "".join(low[verb + 1 : verb + 2])
    perfect = word in words["have"] and after.endswith(("ed", "en")) and after not in ("need", "then")
    if perfect or (word == "could" and (after == "not" or any(map(_is_year, low[max(0, verb - 8) : verb])))):
        return PAST
    for kind, name in ((PAST, "past"), (HAVE, "have"), (MODAL, "modals"), (BE, "be")):
        if word in words[name]:
            return kind
    return TELL


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.startswith(("19", "20")) and word.isdigit()
