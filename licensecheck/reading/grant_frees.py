"""What frees the licensee in a granting sentence, where its words alone look like a limit or a denial.

A negation takes from a grant unless it takes a burden away ("without having to pay"), a limit counts unless its
opposite stands beside it ("for profit or otherwise"), and persons are everyone where "any" is said of them. The other
way round a sentence can grant without a word that grants: who gives up all copyright, and who tells everybody to copy
it and sell it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from licensecheck.reading.grant_words import GrantWords, Mark, SentenceWords, find_marks

NEUTRAL = "neutral"
NEEDLESS = "needless"
"""What a licensee need not do: an act in it is none that is granted."""
ALL = "all"
_DENYING = frozenset(("no", "without"))
_JOINS = frozenset(("or", "and", "nor"))
_QUALIFIERS = frozenset(
    (
        "any",
        "the",
        "a",
        "an",
        "of",
        "further",
        "additional",
        "other",
        "prior",
        "previous",
        "written",
        "express",
        "explicit",
        "special",
        "specific",
        "legal",
        "formal",
        "usage",
        "license",
        "our",
        "my",
        "his",
        "their",
        "its",
        "your",
        "such",
        "kind",
        "sort",
        "type",
        "whatsoever",
        "whatever",
        "payment",
        "author's",
        "author",
        "owner",
        "holder",
        "us",
        "me",
        "at",
        "all",
        "from",
    )
)
"""Words beside a burden that say which one it is."""
_NEEDED = frozenset(
    ("needed", "required", "necessary", "due", "asked", "owed", "attached", "demanded", "sought", "expected")
)
_BE = frozenset(("is", "are", "being", "be", "was"))
_PASSIVE = frozenset(("is", "are", "been", "was", "were"))
_OPEN_ENDS = frozenset(("not", "otherwise", "nothing"))
"""Opposites of whatever stands before "or"."""
_TURNED = frozenset(("not", "no", "non", "without", "never"))
_SMALL = frozenset(
    (
        "for",
        "in",
        "a",
        "an",
        "the",
        "use",
        "uses",
        "purpose",
        "purposes",
        "ends",
        "both",
        "with",
        "to",
        "of",
        "as",
        "well",
        "also",
        "at",
        "free",
    )
)
"""Words that may stand between opposites."""
_QUANTIFIERS = frozenset(("any", "every", "all", "each"))
_KINDS = frozenset(("legal", "natural", "public"))
"""Words before persons."""
_PRONOUNS = frozenset(("it", "them", "this", "these"))
_ROW = frozenset((*_PRONOUNS, "and", "or", "also", "then", "freely", "again", "even", "too", "please", "yes", "just"))
"""Words between the orders of a row: "copy it, change it and sell it freely"."""
_AFTER = frozenset(("as", "to", "for", "with", "without", "however", "at", "in", "anywhere", "wherever"))
"""Words that go on after a row of orders; what they say is read as in any grant."""
_FIRST = frozenset(("take", "grab", "get", "have"))
"""Orders that may begin a row, and grant nothing by themselves."""
_RIGHTS = frozenset(("modify", "distribute", "sell", "sublicense", "host"))
_LICENSEE = frozenset(
    ("you", "licensee", "licensees", "user", "users", "recipient", "recipients", "contributor", "not", "never", "nor")
)
_RIGHTS_OF = frozenset(("copyright", "copyrights", "rights"))
_OBJECTS = frozenset(
    ("it", "them", "the", "this", "these", "my", "our", "his", "her", "their", "its", "all", "any", "said", "such")
)
_ALL_OF = frozenset(("all", "any", "every", "my", "our", "his", "her", "their", "its", "whatever"))
_LEADS = frozenset(("so", "ever", "also", "has", "have", "may", "can", "does", "do"))
"""Words between "who" and its verb."""
_GUIDES = frozenset(("manual", "manuals", "documentation", "guide", "handbook", "readme"))
_PROGRAMS = frozenset(("program", "programs", "software", "code", "library", "model", "weights", "package"))
"""Works of which a guide is only a part."""
_INCLUDING = frozenset(("including", "includes", "include"))
_BINDING = frozenset(
    (
        "for",
        "in",
        "on",
        "at",
        "by",
        "within",
        "during",
        "until",
        "as",
        "to",
        "with",
        "under",
        "if",
        "only",
        "solely",
        "exclusively",
        "but",
        "not",
        "who",
    )
)
"""Words with which what is only included ends."""
REACH = 8
"""Among how many words beside a verb of giving up the right is looked for."""
NEAR = 6
"""How many words stand between two opposites at most."""
FREED = 8
"""How many words a licensee is spared at most, in one part of a sentence."""


def find_freed(row: SentenceWords, words: GrantWords) -> list[Mark]:
    """What limits nothing though it denies or names a limit: burdens taken away, opposites, everyone, and wishes."""
    found = {*_burdens(row, words), *_needless(row, words), *_opposites(row, words), *_everyones(row, words)}
    return sorted({*found, *_included(row), *_wishes(row, words), *_relatives(row, words)})


def _wishes(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "…; I would be glad if you wrote to me"."""
    for at, _, _ in find_marks(row, words.wishes):
        if row.marked[at]:
            yield at, next((i for i in range(at + 1, len(row.words)) if row.stopped[i]), len(row.words)), NEUTRAL


def _burdens(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "without any fee or prior notice", "no royalties are due"."""
    for at, word in enumerate(row.words):
        if word not in _DENYING:
            continue
        end, sought = at + 1, False
        for i in range(at + 1, min(len(row.words), at + 2 * REACH)):
            said = row.words[i]
            if row.stopped[i]:
                break
            if said in words.burdens or said in words.burdens_sought:
                end, sought = i + 1, sought or said in words.burdens_sought
            elif said not in _QUALIFIERS and said not in _JOINS:
                break
        if end == at + 1:
            continue
        tail = end + (row.words[end : end + 1] != [] and row.words[end] in _BE)
        needed = tail < len(row.words) and row.words[tail] in _NEEDED
        if not sought or word == "without" or needed:
            yield at, _tail_end(row, tail + 1) if needed else end, NEUTRAL


def _tail_end(row: SentenceWords, at: int) -> int:
    """Where "from us" ends after "no permission is needed"."""
    if row.words[at : at + 1] not in (["from"], ["of"], ["by"]):
        return at
    return next((i for i in range(at, min(len(row.words), at + NEAR)) if row.marked[i]), min(len(row.words), at + NEAR))


def _needless(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "without having to ask for consent", "need not give credit"."""
    for at, end, _ in find_marks(row, words.needless):
        if end >= len(row.words) or row.words[end] not in words.burden_acts:
            continue
        last = end + 1
        while last < len(row.words) and last < end + FREED and _belongs(row, last, words):
            last += 1
        yield at, last, NEEDLESS


def _belongs(row: SentenceWords, at: int, words: GrantWords) -> bool:
    """True for a word of what a licensee need not do."""
    word = row.words[at]
    if row.marked[at] or word in _TURNED or word in ("but", "if", "unless", "provided", "when"):
        return False
    return word in words.words or word in words.burdens or word in words.burdens_sought or word in words.burden_acts


def _opposites(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "for profit or otherwise", "private as well as commercial", "modified or not", "at no charge or for a fee"."""
    for one, other in words.opposites:
        for at, word in enumerate(row.words):
            side = _side(row, at, one, other)
            if side is None or word in _OPEN_ENDS:
                continue
            end = _opposite_end(row, at, (one, other), side=side)
            if end:
                yield _beginning(row, at), end, NEUTRAL


def _side(row: SentenceWords, at: int, one: Collection[str], other: Collection[str]) -> int | None:
    """Which of two opposites a word is; "no charge" is the opposite of "charge"."""
    word = row.words[at]
    turned = bool(_TURNED.intersection(row.words[max(0, at - 2) : at]))
    if word in one:
        near = row.words[at - 1 : at] in (["no"], ["without"]) or row.words[at - 2 : at] == ["free", "of"]
        return 1 if near else None if turned else 0
    return 1 if word in other and (not turned or word in _OPEN_ENDS) else None


def _beginning(row: SentenceWords, at: int) -> int:
    """Where "whether" begins what two opposites say."""
    before = row.words[max(0, at - NEAR) : at]
    return max(0, at - NEAR) + before.index("whether") if "whether" in before else at


def _opposite_end(
    row: SentenceWords, at: int, pair: tuple[Collection[str], Collection[str]], *, side: int
) -> int | None:
    """Where the opposite of a word ends that is joined to it; None where none is."""
    joined = False
    for i in range(at + 1, min(len(row.words), at + 1 + NEAR)):
        word, before = row.words[i], row.words[i - 1]
        if row.stopped[i]:
            return None
        if word in _OPEN_ENDS:
            return i + 1 if side == 0 and before in ("or", "for") and "or" in row.words[at:i] else None
        if word in _TURNED and before not in ("or", "and", "at"):
            return None
        here = _side(row, i, *pair)
        if here is not None and here != side and (joined or row.marked[i]):
            return i + 1
        joined = joined or word in ("or", "and") or row.words[i - 1 : i + 1] == ["well", "as"]
        listed = here == side and (row.marked[i] or before in ("or", "and"))
        if not (word in _SMALL or word in ("or", "and", "no", "without") or listed):
            return None
    return None


def _everyones(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "any individual or institution", "every company"."""
    for at, word in enumerate(row.words):
        if word not in _QUANTIFIERS:
            continue
        end = at + 1
        for i in range(at + 1, min(len(row.words), at + 2 * NEAR)):
            if row.stopped[i] or not (
                row.words[i] in words.persons or row.words[i] in _JOINS or row.words[i] in _QUANTIFIERS
            ):
                break
            end = i + 1 if row.words[i] in words.persons and row.words[i] not in _KINDS else end
        if end > at + 1:
            yield at, end, NEUTRAL


def _included(row: SentenceWords) -> Iterator[Mark]:
    """ "for any purpose, including commercial ones": what is included leaves the rest as it is."""
    for at, word in enumerate(row.words):
        if word not in _INCLUDING or not row.marked[at]:
            continue
        end = at + 1 + (row.words[at + 1 : at + 2] != [] and row.words[at + 1] in ("for", "in", "by", "as", "to"))
        first = end
        while end < len(row.words) and not row.marked[end] and row.words[end] not in _BINDING:
            end += 1
        if end > first and row.words[end : end + 1] not in (["only"], ["solely"], ["exclusively"], ["not"]):
            yield at, end, NEUTRAL


def find_waivers(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """Where a sentence gives up all rights in the work, by a verb before or after them."""
    for at, end, _ in find_marks(row, words.waiving):
        if _LICENSEE.intersection(row.words[max(0, at - 3) : at]):
            continue
        passive = not _PASSIVE.isdisjoint(row.words[max(0, at - 2) : at])
        found = _waived_before(row, at, words) if passive else _waived_after(row, end, words)
        if found is not None:
            yield min(at, found), max(end, found + 1), ALL


def _waived_after(row: SentenceWords, end: int, words: GrantWords) -> int | None:
    """The position of the right that follows a verb of giving up: all of a right in the work."""
    found: int | None = None
    for i in range(end, min(len(row.words), end + REACH)):
        word = row.words[i]
        if row.stopped[i]:
            break
        if word in words.waived:
            found = i
        elif found is not None and word in ("to", "in", "of", "on") and row.words[i + 1 : i + 2] == ["copyright"]:
            continue
        elif found is not None or (
            word not in words.words and word not in ("property", "related", "moral", "neighbouring")
        ):
            break
    if found is None:
        return None
    said, after = row.words[end : found + 1], row.words[found + 1 : found + 3]
    if after[:1] == ["to"] and after[1:] and after[1] not in _OBJECTS:
        return None
    if after[:1] == ["against"] or not (_RIGHTS_OF & {*said} or after[:1] in (["to"], ["in"], ["on"], ["of"])):
        return None
    return found if "copyright" in said or "copyrights" in said or _ALL_OF.intersection(said) else None


def _waived_before(row: SentenceWords, at: int, words: GrantWords) -> int | None:
    """The position of the rights that are said to be given up."""
    for i in range(at - 1, max(-1, at - 3 * REACH), -1):
        if row.stopped[i + 1] or row.words[i] in _TURNED:
            return None
        if row.words[i] in _RIGHTS_OF:
            said = row.words[max(0, i - REACH) : i + 1]
            return i if "copyright" in said or _ALL_OF.intersection(said) else None
    return None


def find_orders(row: SentenceWords, acts: Sequence[Mark]) -> list[Mark]:
    """The first word of a row of orders that give the work away: "Copy it, change this file and sell it."."""
    starts = [row.own, *(i for i in range(row.own + 1, len(row.words)) if row.stopped[i])]
    at_act = {start: (end, name) for start, end, name in acts}
    for first in starts:
        i, rights, objects = first, set(), 0
        while i < len(row.words):
            word = row.words[i]
            if i in at_act and (i == first or row.marked[i] or row.words[i - 1] in _ROW):
                i, name = at_act[i]
                rights.add(name)
                objects += bool(_PRONOUNS.intersection(row.words[i - 1 : i + 1]))
            elif word in _ROW or (i == first and word in _FIRST) or (rights and _belongs_to_order(row, i)):
                i += 1
            else:
                break
        rest = i == len(row.words) or (i > first and row.words[i] in _AFTER)
        if rest and objects and len(rights & _RIGHTS) > 1 and row.words[first] not in _ROW:
            return [(first, first + 1, "given")]
    return []


def _belongs_to_order(row: SentenceWords, at: int) -> bool:
    """True for a verb with "it" after it, and for the name of the work after "this"."""
    return _has_pronoun(row, at) or (row.words[at - 1] in ("this", "these") and not row.marked[at])


def _has_pronoun(row: SentenceWords, at: int) -> bool:
    """True for a verb with "it" after it: "train on it"."""
    after = row.words[at + 1 : at + 3]
    return bool(after) and (
        after[0] in _PRONOUNS
        or (after[0] in ("on", "with", "from", "into") and after[1:] != [] and after[1] in _PRONOUNS)
    )


def speaks_of_part(row: SentenceWords, frame: Mark, words: GrantWords) -> bool:
    """True where what is said to be free is no work: "no copyright in the file format", "the idea is public domain"."""
    at, end, _ = frame
    if row.words[end - 1] == "domain" and row.words[end : end + 1] == ["of"]:
        return True
    subject = [
        word for word in row.words[max(0, at - 3) : at] if word not in ("itself", "themselves", "hereby", "is", "are")
    ]
    if subject and (subject[-1] in words.parts or (subject[-1] in _GUIDES and row.speaks_of(_PROGRAMS))):
        return True
    if row.words[end - 1] not in ("in", "on", "to", "of", "over", "upon") and row.words[end : end + 1] not in (
        ["in"],
        ["on"],
        ["to"],
        ["of"],
        ["over"],
    ):
        return False
    head = ""
    for word in row.words[end : end + NEAR]:
        if word in words.parts or word in words.works:
            head = word
        elif head and word not in words.works:
            break
    return head in words.parts


def find_relatives(row: SentenceWords, words: GrantWords, *, skip: range) -> Iterator[int]:
    """The positions of verbs after "who" that make somebody of everyone: "anyone who works for us"."""
    for i, verb in _relative_verbs(row):
        if i not in skip and row.words[verb] not in words.relatives and not row.marked[i + 1]:
            yield verb


def _relatives(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "who wants to", "whoever has a copy"."""
    for i, verb in _relative_verbs(row):
        if row.words[verb] in words.relatives:
            yield i, verb + 1, NEUTRAL


def _relative_verbs(row: SentenceWords) -> Iterator[tuple[int, int]]:
    """The positions of each "who" and of the verb after it."""
    for i, word in enumerate(row.words[:-1]):
        if word in ("who", "whoever", "whomever"):
            after = i + 1
            while after < len(row.words) - 1 and row.words[after] in _LEADS:
                after += 1
            yield i, after
