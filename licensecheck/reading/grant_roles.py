"""What the words of a granting sentence are there for: who may, what ties the grant, and what is only named in it.

A word that limits nothing as the name of a work may do so as a place, a person or a purpose: "any website", but "on our
website". So what follows a preposition is held against what may follow it, and a subject against who may stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from licensecheck.reading.grant_words import GrantWords, Mark, SentenceWords

_SMALL = frozenset(
    (
        "",
        "the",
        "a",
        "an",
        "and",
        "or",
        "nor",
        "any",
        "all",
        "every",
        "each",
        "both",
        "either",
        "whatever",
        "whatsoever",
        "this",
        "that",
        "these",
        "those",
        "such",
        "said",
        "same",
        "its",
        "their",
        "your",
        "his",
        "her",
        "my",
        "it",
        "them",
        "other",
        "others",
        "another",
        "own",
        "also",
        "only",
        "new",
        "more",
        "one",
        "some",
        "not",
        "no",
        "otherwise",
        "alone",
        "along",
        "alike",
        "together",
        "below",
        "above",
        "hereby",
        "hereinafter",
        "etc",
        "associated",
        "related",
        "attached",
        "accompanying",
        "following",
        "respective",
        "covered",
        "specified",
        "licensed",
        "whether",
        "possible",
        "relevant",
        "supporting",
        "necessary",
        "http",
        "https",
        "www",
        "whomsoever",
        "whosoever",
    )
)
"""Words that say nothing about what follows a preposition."""
_TIMES = frozenset(("between", "during", "before", "after", "until", "within"))
"""Words after which a name is one of a time or place."""
_EVERY = frozenset(("any", "all", "every", "each", "both", "other", "whatever", "another", "various", "either"))
"""Words that make a place or person everyone's."""
_OTHERS = frozenset(("other", "another"))
"""Words that add to what is granted, whatever follows them."""
_ENDS = frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "can",
        "shall",
        "will",
        "must",
        "does",
        "do",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "of",
        "including",
        "into",
        "under",
        "from",
        "upon",
        "without",
        "whether",
    )
)
"""Words with which what follows a preposition ends."""
_ARTICLES = frozenset(("the", "a", "an"))
_GERUNDS = frozenset(
    ("obtaining", "receiving", "acquiring", "getting", "having", "holding", "making", "acting", "wishing", "containing")
)
_PRONOUNS = frozenset(("you", "he", "she", "they", "we", "i"))
_NOUNS = frozenset(("a", "the", "each", "every", "this", "any", "such", "of"))
"""Words after which an act is a thing: "a copy"."""
_GIVES = frozenset(
    ("right", "rights", "permission", "license", "licence", "free", "freedom", "you", "others", "anyone", "and")
)
"""Words before "to" and what is granted."""
_OWNERS = frozenset(
    (
        "owner",
        "owners",
        "author",
        "authors",
        "licensor",
        "licensors",
        "holder",
        "holders",
        "creator",
        "us",
        "me",
        "publisher",
        "maker",
        "makers",
    )
)
"""Persons by whom an act is done that nobody else may do."""
_THERE = frozenset(("is", "are", "was", "were", "be", "will", "shall", "may", "can", "has", "have", "exist", "exists"))
_LISTS = frozenset(("and", "or", "nor"))
_SKIPPED = frozenset(("to", "be", "also", "freely", "", "not", "otherwise", "further", "then", "even"))
_FOLLOWS = frozenset(
    (
        "it",
        "them",
        "the",
        "this",
        "these",
        "any",
        "all",
        "copies",
        "its",
        "your",
        "such",
        "in",
        "for",
        "by",
        "with",
        "and",
        "or",
        "as",
        "to",
        "on",
        "out",
        "up",
        "along",
        "about",
        "around",
        "freely",
        "without",
        "under",
        "into",
        "of",
        "from",
        "a",
        "an",
        "that",
        "at",
    )
)
"""Words that may follow a verb."""
_BE = frozenset(("be", "been", "also", "freely", "thus"))


def find_ties(
    row: SentenceWords,
    words: GrantWords,
    *,
    frames: Sequence[Mark],
    acts: Sequence[Mark],
    neutral: Sequence[Mark],
    skip: range,
) -> set[int]:
    """The positions of words that tie the grant to a place, time, person or purpose by a preposition before them."""
    begins = {start for start, _, _ in acts}
    framed = {i for start, end, _ in frames for i in range(start, end)}
    framed.update(i for start, end, _ in neutral for i in range(start, end) if row.words[end - 1] not in _SMALL)
    framed.update(i for start, end, _ in acts if end - start > 1 for i in range(start, end))
    done = {end for _, end, name in (*frames, *acts) if name == "all"}
    granted = min((start for start, _, _ in frames), default=0)
    found: set[int] = set()
    allowed: frozenset[str] | None = None
    bare = everyone = to = False
    named = True
    for i, word in enumerate(row.words):
        if i in skip or i in framed or i == row.own or row.marked[i]:
            allowed, to = None, False
        if i in skip or i in framed:
            continue
        if word in words.ties or word == "to":
            bare, everyone, to = True, False, word == "to"
            example = word == "as" and row.words[i - 1 : i] == ["such"]
            told = _tells_origin(row, i, begins, words) or _tells_work(row, i, done=done, granted=granted)
            allowed = None if example or told else words.ties.get(word)
            named = word not in _TIMES
            continue
        if _ends_phrase(row, i, begins, bare=bare):
            allowed, to = None, False
        everyone = everyone or word in _EVERY
        bare = bare and word in _SMALL
        if to and word in words.someones and (not everyone or row.words[i - 1] in _OTHERS):
            found.add(i)
        if word in _OTHERS:
            allowed = None
        if (
            allowed is not None
            and not (everyone and word in words.everyones)
            and _is_tying(row, i, allowed, named=named)
        ):
            found.add(i)
    return found


def _ends_phrase(row: SentenceWords, at: int, acts: Collection[int], *, bare: bool) -> bool:
    """True for a word with which what follows a preposition ends; where none stands between (`bare`) it may belong."""
    word = row.words[at]
    if word in _ENDS or (word == "to" and not bare):
        return True
    if bare:
        return at in acts and row.words[at - 1] == "to"
    return at in acts or word in _GERUNDS or word in _ARTICLES or word in _PRONOUNS


def _is_tying(row: SentenceWords, at: int, allowed: frozenset[str], *, named: bool) -> bool:
    """True for a word that no list allows here, and that is no name (`named`: where a name is a person or a work)."""
    word = row.words[at]
    small = word in _SMALL or word in allowed or len(word) < 2 or word.endswith("ly") or word[0].isdigit()
    return not small and not (named and row.capital[at]) and not row.addressed[at]


def _tells_origin(row: SentenceWords, at: int, acts: Collection[int], words: GrantWords) -> bool:
    """True for a preposition after a word of where a thing comes from: "created at", "owned by"."""
    return at > 0 and row.words[at - 1] in words.origins and at - 1 not in acts


def _tells_work(row: SentenceWords, at: int, *, done: Collection[int], granted: int) -> bool:
    """True for "do what you like with …" and "the tables in this book are …", which name the work."""
    if row.words[at] == "with" and at in done:
        return True
    named = row.words[at] == "in" and row.words[at + 1 : at + 2] in (["this"], ["these"])
    return named and row.own < at < granted


def find_purposes(row: SentenceWords, *, acts: Sequence[Mark], frames: Sequence[Mark], skip: range) -> set[int]:
    """The positions of verbs that tell what an act is done for: "use it to test our lamps"."""
    starts = {start for start, _, _ in acts if row.words[start - 1] not in _NOUNS}
    ends = {end for _, end, _ in frames}
    found: set[int] = set()
    for i in range(2, len(row.words)):
        if i not in starts or row.words[i - 1] != "to" or i in skip or i in ends or i == row.own or row.marked[i - 1]:
            continue
        before = row.words[i - 2]
        given = before in _LISTS or before in _GIVES or before.endswith("ing") or i - 1 in ends or before == "also"
        earlier = [start for start in starts if start < i - 2 and start >= max((e for e in ends if e <= i), default=0)]
        if not given and earlier:
            found.add(i)
    return found


def find_other_subjects(
    row: SentenceWords, words: GrantWords, *, frames: Sequence[Mark], neutral: Collection[int]
) -> set[int]:
    """The positions before "may" of those who are not everyone; where something "may be" used, it is the work."""
    found: set[int] = set()
    for start, end, name in frames:
        if name != "may" or row.words[end : end + 1] in (["be"], ["also"], ["freely"]):
            continue
        for i in range(start - 1, -1, -1):
            word = row.words[i]
            if row.marked[i + 1] or word in _ENDS or i in neutral or word in words.ties:
                break
            if word in words.someones:
                found.add(i)
    return found


def find_makers(
    row: SentenceWords, words: GrantWords, *, frames: Sequence[Mark], acts: Sequence[Mark]
) -> Iterator[int]:
    """The positions of owners by whom alone an act is done, and of "there": "it may be sold by the owner"."""
    ends = {end for _, end, _ in acts}
    begin = min((end for _, end, _ in frames), default=0)
    for i, word in enumerate(row.words):
        if word == "there" and i >= begin and not _THERE.intersection(row.words[i + 1 : i + 2]):
            yield i
        if word == "by" and i > begin and i in ends and not row.marked[i]:
            after = list(range(i + 1, min(len(row.words), i + 5)))
            until = next(
                (n for n, at in enumerate(after) if row.marked[at] or row.words[at] in _ENDS - {"of"}), len(after)
            )
            named = [at for at in after[:until] if row.words[at] in _OWNERS]
            if named and not _EVERY.union(
                ("anyone", "anybody", "everyone", "you", "licensee", "user", "users")
            ).intersection(row.words[at] for at in after[:until]):
                yield named[0]


def find_further_acts(row: SentenceWords, acts: Sequence[Mark]) -> Iterator[int]:
    """The positions of words in a row of acts that no list knows as acts: "copied, shredded and sold"."""
    ends = {end for _, end, _ in acts}
    starts = {start for start, _, _ in acts}
    further: set[int] = set()
    for i, word in enumerate(row.words):
        if i in starts or not word.isalpha() or word.endswith("ly"):
            continue
        before = i
        joined = False
        while before > 0 and (row.words[before - 1] in _LISTS or row.words[before - 1] in _SKIPPED):
            joined = joined or row.words[before - 1] in _LISTS
            before -= 1
        after_act = before in ends or before - 1 in further or _ends_object(row, before, starts)
        listed = row.marked[i] or row.marked[before] or joined
        if not after_act or not listed or not (joined or _goes_on(row, i, starts)):
            continue
        if i + 1 == len(row.words) or row.marked[i + 1] or row.words[i + 1] in _FOLLOWS:
            further.add(i)
            yield i


def _ends_object(row: SentenceWords, before: int, starts: Collection[int]) -> bool:
    """True where an act with a small object stands before: "copy it, shred it"."""
    return before > 1 and row.words[before - 1] in ("it", "them") and before - 2 in starts


def _goes_on(row: SentenceWords, at: int, starts: Collection[int]) -> bool:
    """True where an act follows near in the same row."""
    return any(i in starts for i in range(at + 1, at + 5))


def find_named(row: SentenceWords, words: GrantWords, *, frames: Sequence[Mark]) -> Iterator[int]:
    """The positions of words in the name of the work that something "may be" done with, and those of files."""
    for start, end, name in frames:
        if name == "may" and _BE.intersection(row.words[end : end + 2]):
            for i in range(start - 1, -1, -1):
                here = row.words[i] == "in" and row.words[i + 1] in ("this", "these") and i > row.own
                if (
                    (row.words[i] in words.ties and not here)
                    or row.words[i] in _ENDS - {"of", "including"}
                    or row.stopped[i + 1]
                ):
                    break
                yield i
    yield from (i for i in range(len(row.words)) if row.addressed[i])
