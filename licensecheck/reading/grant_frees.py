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
_Pair = tuple[Collection[str], Collection[str]]
_RIGHTS = frozenset(("modify", "distribute", "sell", "sublicense", "host"))
REACH = 8
"""Among how many words beside a verb of giving up the right is looked for."""
NEAR = 6
"""How many words stand between two opposites at most."""
FREED = 8
"""How many words a licensee is spared at most, in one part of a sentence."""


def find_freed(row: SentenceWords, words: GrantWords) -> list[Mark]:
    """What limits nothing though it denies or names a limit: burdens taken away, opposites, everyone, and wishes."""
    found = {*_burdens(row, words), *_needless(row, words), *_opposites(row, words), *_everyones(row, words)}
    return sorted({*found, *_included(row, words), *_wishes(row, words), *_relatives(row, words)})


def _wishes(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "…; I would be glad if you wrote to me"."""
    for at, _, _ in find_marks(row, words.wishes):
        if row.marked[at]:
            yield at, next((i for i in range(at + 1, len(row.words)) if row.stopped[i]), len(row.words)), NEUTRAL


def _burdens(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "without any fee or prior notice", "no royalties are due"."""
    for at, word in enumerate(row.words):
        if word not in words.grammar.denying:
            continue
        end, sought = at + 1, False
        for i in range(at + 1, min(len(row.words), at + 2 * REACH)):
            said = row.words[i]
            if row.stopped[i]:
                break
            if said in words.burdens or said in words.burdens_sought:
                end, sought = i + 1, sought or said in words.burdens_sought
            elif said not in words.grammar.burden_qualifiers and said not in words.grammar.joins:
                break
        if end == at + 1:
            continue
        tail = end + (row.words[end : end + 1] != [] and row.words[end] in words.grammar.be_forms)
        needed = tail < len(row.words) and row.words[tail] in words.grammar.needed
        if not sought or word == "without" or needed:
            yield at, _tail_end(row, tail + 1, words) if needed else end, NEUTRAL


def _tail_end(row: SentenceWords, at: int, words: GrantWords) -> int:
    """Where "from us" ends after "no permission is needed"."""
    if words.grammar.from_whom.isdisjoint(row.words[at : at + 1]):
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
    if row.marked[at] or word in words.grammar.negating or word in words.grammar.ends_needless:
        return False
    return word in words.words or word in words.burdens or word in words.burdens_sought or word in words.burden_acts


def _opposites(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "for profit or otherwise", "private as well as commercial", "modified or not", "at no charge or for a fee"."""
    for one, other in words.opposites:
        for at, word in enumerate(row.words):
            side = _side(row, at, (one, other), words)
            if side is None or word in words.grammar.open_opposites:
                continue
            end = _opposite_end(row, at, (one, other), words, side=side)
            if end:
                yield _beginning(row, at), end, NEUTRAL


def _side(row: SentenceWords, at: int, pair: _Pair, words: GrantWords) -> int | None:
    """Which of two opposites a word is; "no charge" is the opposite of "charge"."""
    word, (one, other) = row.words[at], pair
    turned = bool(words.grammar.negating.intersection(row.words[max(0, at - 2) : at]))
    if word in one:
        near = row.words[at - 1 : at] in (["no"], ["without"]) or row.words[at - 2 : at] == ["free", "of"]
        return 1 if near else None if turned else 0
    return 1 if word in other and (not turned or word in words.grammar.open_opposites) else None


def _beginning(row: SentenceWords, at: int) -> int:
    """Where "whether" begins what two opposites say."""
    before = row.words[max(0, at - NEAR) : at]
    return max(0, at - NEAR) + before.index("whether") if "whether" in before else at


def _opposite_end(row: SentenceWords, at: int, pair: _Pair, words: GrantWords, *, side: int) -> int | None:
    """Where the opposite of a word ends that is joined to it; None where none is."""
    joined = False
    for i in range(at + 1, min(len(row.words), at + 1 + NEAR)):
        word, before = row.words[i], row.words[i - 1]
        if row.stopped[i]:
            return None
        if word in words.grammar.open_opposites:
            return i + 1 if side == 0 and before in ("or", "for") and "or" in row.words[at:i] else None
        if word in words.grammar.negating and before not in ("or", "and", "at"):
            return None
        here = _side(row, i, pair, words)
        if here is not None and here != side and (joined or row.marked[i]):
            return i + 1
        joined = joined or word in ("or", "and") or row.words[i - 1 : i + 1] == ["well", "as"]
        listed = here == side and (row.marked[i] or before in ("or", "and"))
        if not (word in words.grammar.between_opposites or word in ("or", "and", "no", "without") or listed):
            return None
    return None


def _everyones(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "any individual or institution", "every company"."""
    for at, word in enumerate(row.words):
        if word not in words.grammar.quantifiers:
            continue
        end = at + 1
        for i in range(at + 1, min(len(row.words), at + 2 * NEAR)):
            if row.stopped[i] or not (
                row.words[i] in words.persons
                or row.words[i] in words.grammar.joins
                or row.words[i] in words.grammar.quantifiers
            ):
                break
            end = i + 1 if row.words[i] in words.persons and row.words[i] not in words.grammar.person_kinds else end
        if end > at + 1:
            yield at, end, NEUTRAL


def _included(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "for any purpose, including commercial ones": what is included leaves the rest as it is."""
    for at, word in enumerate(row.words):
        if word not in words.grammar.including or not row.marked[at]:
            continue
        end = at + 1 + (row.words[at + 1 : at + 2] != [] and row.words[at + 1] in words.grammar.after_including)
        first = end
        while end < len(row.words) and not row.marked[end] and row.words[end] not in words.grammar.binding:
            end += 1
        if end > first and words.grammar.restricting.isdisjoint(row.words[end : end + 1]):
            yield at, end, NEUTRAL


def find_waivers(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """Where a sentence gives up all rights in the work, by a verb before or after them."""
    for at, end, _ in find_marks(row, words.waiving):
        if words.grammar.licensee_names.intersection(row.words[max(0, at - 3) : at]):
            continue
        passive = not words.grammar.passive.isdisjoint(row.words[max(0, at - 2) : at])
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
        elif found is not None and word in words.grammar.of_rights and row.words[i + 1 : i + 2] == ["copyright"]:
            continue
        elif found is not None or (word not in words.words and word not in words.grammar.rights_adjectives):
            break
    if found is None:
        return None
    said, after = row.words[end : found + 1], row.words[found + 1 : found + 3]
    if after[:1] == ["to"] and after[1:] and after[1] not in words.grammar.work_determiners:
        return None
    if after[:1] == ["against"] or not (
        words.grammar.rights_nouns & {*said} or words.grammar.of_rights.intersection(after[:1])
    ):
        return None
    return (
        found
        if "copyright" in said or "copyrights" in said or words.grammar.whole_determiners.intersection(said)
        else None
    )


def _waived_before(row: SentenceWords, at: int, words: GrantWords) -> int | None:
    """The position of the rights that are said to be given up."""
    for i in range(at - 1, max(-1, at - 3 * REACH), -1):
        if row.stopped[i + 1] or row.words[i] in words.grammar.negating:
            return None
        if row.words[i] in words.grammar.rights_nouns:
            said = row.words[max(0, i - REACH) : i + 1]
            return i if "copyright" in said or words.grammar.whole_determiners.intersection(said) else None
    return None


def find_orders(row: SentenceWords, acts: Sequence[Mark], words: GrantWords) -> list[Mark]:
    """The first word of a row of orders that give the work away: "Copy it, change this file and sell it."."""
    starts = [row.own, *(i for i in range(row.own + 1, len(row.words)) if row.stopped[i])]
    at_act = {start: (end, name) for start, end, name in acts}
    for first in starts:
        i, rights, objects = first, set(), 0
        while i < len(row.words):
            word = row.words[i]
            if i in at_act and (i == first or row.marked[i] or row.words[i - 1] in words.grammar.between_orders):
                i, name = at_act[i]
                rights.add(name)
                objects += bool(words.grammar.object_pronouns.intersection(row.words[i - 1 : i + 1]))
            elif (
                word in words.grammar.between_orders
                or (i == first and word in words.grammar.first_orders)
                or (rights and _belongs_to_order(row, i, words))
            ):
                i += 1
            else:
                break
        rest = i == len(row.words) or (i > first and row.words[i] in words.grammar.after_orders)
        if rest and objects and len(rights & _RIGHTS) > 1 and row.words[first] not in words.grammar.between_orders:
            return [(first, first + 1, "given")]
    return []


def _belongs_to_order(row: SentenceWords, at: int, words: GrantWords) -> bool:
    """True for a verb with "it" after it, and for the name of the work after "this"."""
    return _has_pronoun(row, at, words) or (row.words[at - 1] in ("this", "these") and not row.marked[at])


def _has_pronoun(row: SentenceWords, at: int, words: GrantWords) -> bool:
    """True for a verb with "it" after it: "train on it"."""
    after = row.words[at + 1 : at + 3]
    return bool(after) and (
        after[0] in words.grammar.object_pronouns
        or (after[0] in words.grammar.given_with and after[1:] != [] and after[1] in words.grammar.object_pronouns)
    )


def speaks_of_part(row: SentenceWords, frame: Mark, words: GrantWords) -> bool:
    """True where what is said to be free is no work: "no copyright in the file format", "the idea is public domain"."""
    at, end, _ = frame
    if row.words[end - 1] == "domain" and row.words[end : end + 1] == ["of"]:
        return True
    subject = [word for word in row.words[max(0, at - 3) : at] if word not in words.grammar.emphasis]
    if subject and (
        subject[-1] in words.parts or (subject[-1] in words.grammar.guides and row.speaks_of(words.grammar.programs))
    ):
        return True
    if words.grammar.about_subject.isdisjoint(row.words[end - 1 : end + 1]):
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
    for i, verb in _relative_verbs(row, words):
        if i not in skip and row.words[verb] not in words.relatives and not row.marked[i + 1]:
            yield verb


def _relatives(row: SentenceWords, words: GrantWords) -> Iterator[Mark]:
    """ "who wants to", "whoever has a copy"."""
    for i, verb in _relative_verbs(row, words):
        if row.words[verb] in words.relatives:
            yield i, verb + 1, NEUTRAL


def _relative_verbs(row: SentenceWords, words: GrantWords) -> Iterator[tuple[int, int]]:
    """The positions of each "who" and of the verb after it."""
    for i, word in enumerate(row.words[:-1]):
        if word in words.grammar.relative_pronouns:
            after = i + 1
            while after < len(row.words) - 1 and row.words[after] in words.grammar.relative_auxiliaries:
                after += 1
            yield i, after
