"""What a grant is made to depend on: a condition is understood where each of its parts asks a thing of a known kind.

Notices that stay, credit, changes that are told, no false claim, no liability, the law and the license itself: such a
part has an act and a thing of `condition_signs` in `rules/grants.yaml`. A part that has none leaves the grant open,
however well its words are known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Set

from licensecheck.reading.grant_words import GrantWords, Mark, SentenceWords

RISK = 24
"""How many words a condition has at most that is taken for one of risk alone."""
_KEEPING_BACK = frozenset(
    ("withheld", "excluded", "excluding", "prohibited", "forbidden", "denied", "refuses", "revoked")
)
"""Words that keep something back in a condition, where others ("not", "without") only deny what it asks."""
_JOINING = frozenset(("and", "or", "but", "nor"))
_BEGINS = frozenset(
    (
        "provided",
        "providing",
        "if",
        "unless",
        "that",
        "you",
        "he",
        "she",
        "it",
        "they",
        "we",
        "one",
        "no",
        "neither",
        "your",
        "who",
        "licensee",
        "licensees",
        "user",
        "users",
        "recipient",
        "recipients",
        "only",
        "as",
        "so",
    )
)
"""Words after "and" that begin another thing that is asked."""
_ARTICLES = frozenset(("the", "a", "an", "any", "all", "each", "every", "this", "these", "its", "their", "such"))
_VERBS = frozenset(
    ("is", "are", "be", "been", "has", "have", "must", "shall", "may", "will", "should", "remains", "do")
)
"""Words that show that the part before "and the …" is whole."""


def is_understood(
    row: SentenceWords,
    inside: range,
    words: GrantWords,
    *,
    strange: Set[int],
    neutral: Iterable[Mark],
    negated: Collection[int],
    known: list[tuple[int, int]],
) -> bool:
    """True where each part of the condition asks what takes no right away.

    `strange` are the positions of words that no list knows, `negated` those of negations, and `known` the word ranges
    in which rules found terms of other kinds.
    """
    if not inside or is_of_risk(row, inside, words):
        return True
    told = {i for start, end, _ in neutral for i in range(start, end)}
    kept_back = {i for i in negated if row.words[i] in _KEEPING_BACK}
    for part in _whole_parts(row, inside, strange, words):
        if holds_term(row, part, known):
            continue
        if not kept_back.isdisjoint(part):
            return False
        if _has_sign(row, part, words):
            continue
        money = (i for i in part if row.words[i] in words.condition_limits and row.words[i + 1 : i + 2] != ["of"])
        if any(i not in told for i in money):
            return False
        if any(_says_something(row, i, words, strange) for i in part if i not in told):
            return False
    return True


def is_of_risk(row: SentenceWords, inside: range, words: GrantWords) -> bool:
    """True for a short condition of risk alone."""
    said = {row.words[i] for i in inside}
    return len(inside) <= RISK and bool(said & words.risks) and bool(said & words.bearing)


def _whole_parts(row: SentenceWords, inside: range, strange: Set[int], words: GrantWords) -> Iterator[range]:
    """The parts of a condition; what has no verb goes on with the part beside it."""
    found: list[range] = []
    things = frozenset[str]().union(*(named for _, named in words.condition_signs))
    doing = _VERBS.union(*(acts for acts, _ in words.condition_signs)) - things - _BEGINS
    for part in _parts(row, inside, doing):
        begins = row.words[part.start] in _BEGINS
        telling = any(row.words[i] in _VERBS or (row.words[i] in doing and row.words[i].endswith("s")) for i in part)
        bare = not (begins or telling) and not any(i in strange and row.words[i] not in doing for i in part)
        open_ended = bool(found) and not any(row.words[i] in doing for i in found[-1])
        if found and (bare or open_ended):
            found[-1] = range(found[-1].start, part.stop)
        else:
            found.append(part)
    return iter(found)


def _parts(row: SentenceWords, inside: range, doing: Collection[str]) -> Iterator[range]:
    """The parts of a condition that each ask one thing; `doing` are the verbs that make one whole."""
    starts = [inside.start]
    whole = False
    for i in inside:
        before, word = row.words[i - 1 : i], row.words[i]
        joined = bool(before) and before[0] in _JOINING and i - 1 > starts[-1]
        if i > starts[-1] and (
            (row.stopped[i] and not row.quoted[i])
            or (joined and (word in _BEGINS or (whole and (word in _ARTICLES or row.marked[i - 1]))))
        ):
            starts.append(i)
            whole = False
        whole = whole or (word in doing and not word.endswith("ing"))
    ends = [*starts[1:], inside.stop]
    return (range(start, end) for start, end in zip(starts, ends, strict=True))


def _has_sign(row: SentenceWords, part: range, words: GrantWords) -> bool:
    """True for a part with the act and the thing of a kind of condition that takes nothing away."""
    said = {row.words[i] for i in part}
    named = {"notice", "name"} if any(row.quoted[i] for i in part) else set()
    for acts, things in words.condition_signs:
        done, told = said & acts, (said | named) & things
        if done and (not things or (len(done | told) > 1 and told)):
            return True
    return False


def _says_something(row: SentenceWords, at: int, words: GrantWords, strange: Collection[int]) -> bool:
    return at in strange or (len(row.words[at]) > 1 and row.words[at] not in words.condition_small)


def holds_term(row: SentenceWords, inside: range, known: list[tuple[int, int]]) -> bool:
    """True where a term of another kind was found among the words."""
    return any(_lies_in_term(row.numbers[i], known) for i in inside)


def _lies_in_term(number: int, known: list[tuple[int, int]]) -> bool:
    at = bisect_right(known, (number, len(known) + number + 10**9))
    return any(first <= number < last for first, last in known[max(0, at - 8) : at])
