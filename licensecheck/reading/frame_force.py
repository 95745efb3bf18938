"""What a clause comes to: one about the licensee's side binds unless it tells or frees, one about something else tells.

"Access ends in May" has no modal, no negation and no word that only licenses use. It binds since its subject is one of
the licensee's rights, and since its predicate is none of those that describe, permit or look back. "Borders play no
part in this permission" binds nobody: its subject is nothing of the licensee's, and its verb only tells.
"""

from __future__ import annotations

from licensecheck.reading.clause_frames import (
    ACTS,
    ALL,
    BE,
    HAVE,
    INSIDE,
    IT,
    LICENSOR,
    MADE,
    MODAL,
    NOBODY,
    NONE,
    OTHER,
    OWN,
    PAST,
    PEOPLE,
    RIGHTS,
    SOME,
    TELL,
    WHAT,
    WORK,
    YOURS,
    Frame,
    FrameWords,
    load_frame_words,
)
from licensecheck.reading.indexed_text import IndexedText, Part

TOLD = frozenset(("relation", "ban", "act", "party", "place", "document"))
"""Cues that say nothing in a clause that tells of something else."""
PASSED = TOLD | {"ends", "power", "claim", "condition", "duty", "wish", "money", "norm"}
"""Cues that say nothing in a clause on what was."""
SILENT = PASSED | {"limit", "reach", "consent"}
"""Cues that say nothing in a clause that binds the licensor alone."""
NOTHING: frozenset[str] = frozenset()
THROUGH = tuple([way, whose] for way in ("through", "via", "from") for whose in ("our", "us"))
"""By what something of the licensee's runs only where the licensor lets it."""
KEPT = (["belongs", "to", "you"], ["stays", "with", "you"])
"""What is said of what the licensee may keep."""
PLAIN = ("not", "no", "to", "neither", "nor", "never")
"""What may follow "is" and is read for its own words."""
DENIED = frozenset(("no", "not", "never", "nothing"))
"""What makes a clause say that nothing reaches the licensee."""


def binds(indexed: IndexedText, frame: Frame) -> bool:
    """True where a clause limits the licensee by whom it is about and what it says, without a word that limits."""
    words = load_frame_words()
    return _binds(indexed, frame, words) if frame.is_bound else _reaches_over(indexed, frame, words)


def narrows(indexed: IndexedText, first: int, last: int) -> bool:
    """True where what a word is said to mean is some people and not all of them, or one purpose and not every one."""
    words = load_frame_words()
    said = indexed.words.lower[first:last]
    named = any(words.heads.get(word) == PEOPLE and word not in words["pronouns"] for word in said)
    named = named or not words["narrow"].isdisjoint(said)
    return named and words["universal"].isdisjoint(said)


# A clause about what belongs to the licensee's side.


def _binds(indexed: IndexedText, frame: Frame, words: FrameWords) -> bool:
    """True where what is said of something of the licensee's neither tells nor frees."""
    low, verb, end = indexed.words.lower, frame.verb, frame.part.end
    if frame.name == WHAT or low[frame.head] == "whoever":
        return _binds_all(low, frame, words)
    if frame.kind == NONE:
        return _binds_without_verb(indexed, frame, words)
    if frame.kind == TELL:
        return _takes_back(low, frame, words)
    if frame.kind in (BE, PAST) and frame.name in (WORK, RIGHTS, MADE) and _is_given_to_some(low, verb, end, words):
        return True
    if frame.kind == HAVE:
        told = low[verb + 1 : verb + 2] in (["been"], ["no"], ["to"], ["not"])
        return not told and frame.name not in (WORK, MADE, PEOPLE)
    return frame.kind == OWN or (frame.kind == BE and _is_no_free_state(indexed, frame, words))


def _binds_all(low: list[str], frame: Frame, words: FrameWords) -> bool:
    """True where what is said of everything, or of what somebody does, is not that it is free."""
    behind = low[frame.head + 1 : frame.part.end]
    if not words["modals"].isdisjoint(behind) or {"was", "were", "had", "did", "yours"}.intersection(behind):
        return False
    if {"law", "we"}.intersection(behind[:3]) or any(behind[at : at + 3] in KEPT for at in range(len(behind))):
        return False
    if not words["qualifies"].isdisjoint(behind):
        return True
    last = next((at for at in range(frame.part.end - 1, frame.head, -1) if low[at] in words["be"]), None)
    return last is None or last + 1 >= frame.part.end or low[last + 1] not in words.tells[WHAT]


def _binds_without_verb(indexed: IndexedText, frame: Frame, words: FrameWords) -> bool:
    """True where a whole clause about the licensee's side has a verb that is not known; a fragment has none."""
    low, after, end = indexed.words.lower, frame.verb, frame.part.end
    if after >= end or low[after] in words["relative"] or "," in _between(indexed, after):
        return False
    if (
        low[frame.part.start] in ("and", "or")
        or not _is_whole(indexed, frame.part)
        or _mark_before(indexed, frame.part) == ","
    ):
        return False
    if low[after].endswith("ed") and after + 3 < end:
        return not any(word[0].isdigit() for word in low[after:end])
    return low[after] in words["stops"] or (frame.name == ACTS and low[frame.head] in words["gerunds"])


def _takes_back(low: list[str], frame: Frame, words: FrameWords) -> bool:
    """True where a verb that tells goes with words that take back: "applies at our discretion"."""
    behind = low[frame.verb + 1 : frame.part.end]
    through = any(behind[at : at + 2] in THROUGH for at in range(len(behind)))
    ours = "our" in behind and frame.name in (MADE, YOURS) and low[frame.verb] in words["shows"]
    return through or ours or not words["qualifies"].isdisjoint(low[frame.verb : frame.part.end])


def _is_given_to_some(low: list[str], verb: int, end: int, words: FrameWords) -> bool:
    """True where something is said to be given to a group of people, or for one purpose."""
    said = low[verb + 1 : end]
    given = next((at for at, word in enumerate(said) if word in words["gives"]), None)
    if given is None or not words["universal"].isdisjoint(said):
        return False
    to, *whom = said[given + 1 : given + 5] or [""]
    if to == "for":
        return not words["narrow"].isdisjoint(whom)
    public = words["roles"] | {"users", "people"}
    return to == "to" and any(words.heads.get(word) == PEOPLE and word not in public for word in whom)


def _is_no_free_state(indexed: IndexedText, frame: Frame, words: FrameWords) -> bool:
    """True where what something "is" neither describes nor frees it, or frees it on a condition."""
    assert frame.name is not None
    low, end = indexed.words.lower, frame.part.end
    after = frame.verb + 1
    while after < end and low[after] in words["adverbs"]:
        after += 1
    if after >= end:
        return False
    state = low[after]
    if low[frame.verb] in words["stays"]:
        return state not in words.tells[ALL]
    if state in words.tells[ALL] and not words["conditions"].isdisjoint(low[after:end]):
        return True
    if state == "not" and after + 1 >= end and _mark_before(indexed, frame.part) in tuple(";,:"):
        return True
    return not words["qualifies"].isdisjoint(low[after:end]) or (
        state not in words.tells[frame.name] and state not in PLAIN
    )


def _is_whole(indexed: IndexedText, part: Part) -> bool:
    """True where a part ends as a sentence or a clause does."""
    end = indexed.words.ends[part.end - 1]
    return indexed.tree.masked[end : end + 3].lstrip("*_\"'”’)")[:1] in (".", ";", "!", ",")


def _mark_before(indexed: IndexedText, part: Part) -> str:
    """The mark before a part of a sentence, or the last letter of what stands there."""
    start = indexed.words.starts[part.start]
    return indexed.tree.masked[max(0, start - 8) : start].rstrip()[-1:]


def _between(indexed: IndexedText, at: int) -> str:
    return indexed.tree.masked[indexed.words.ends[at - 1] : indexed.words.starts[at]]


# A clause about the licensor, or about something else.


def _reaches_over(indexed: IndexedText, frame: Frame, words: FrameWords) -> bool:
    """True where a clause about something else, or about the licensor, does to the licensee what only limits."""
    low = indexed.words.lower
    behind = low[frame.verb + 1 : frame.part.end]
    if frame.name in (IT, NOBODY) or not _is_whole(indexed, frame.part) or not DENIED.isdisjoint(behind):
        return False
    if frame.name == LICENSOR:
        return _takes(low, frame, words)
    if low[frame.head] not in words["contacts"] and _goes_to_licensor(low, frame, words):
        return True
    if frame.kind == HAVE:
        return not words["claims"].isdisjoint(behind)
    return frame.kind in (OWN, NONE) and not words["objects"].isdisjoint(behind)


def _takes(low: list[str], frame: Frame, words: FrameWords) -> bool:
    """True where the licensor does to what belongs to the licensee what is no gift."""
    behind = low[frame.verb + 1 : frame.part.end]
    said = low[frame.verb : frame.verb + 1]
    if said == ["would"]:
        return False
    theirs = words["objects"] - words["uses"]
    if frame.kind == OWN and not theirs.isdisjoint(behind):
        return True
    taken = said + (behind if frame.kind == MODAL else [])
    return not words["takes"].isdisjoint(taken) and not (theirs | words["things"]).isdisjoint(behind)


def _goes_to_licensor(low: list[str], frame: Frame, words: FrameWords) -> bool:
    """True where something is said to be handed or told to the licensor."""
    if frame.kind not in (OWN, NONE, BE, TELL):
        return False
    hearers = words["licensor"] | words["hearers"]
    for at in range(frame.verb, frame.part.end):
        near = [word for word in low[max(frame.verb, at - 3) : at] if word not in ("the", "our", "original")]
        right_behind = frame.kind == OWN and at - frame.verb <= 2
        if low[at] in hearers and near and (near[-1] == "to" or right_behind):
            return True
    return False


# What a clause makes of the words in it that could bind.


def descriptive_cues(indexed: IndexedText, frame: Frame) -> frozenset[str]:
    """The sorts of cues that say nothing in a clause: it tells of something else, of what was, or frees."""
    words, low = load_frame_words(), indexed.words.lower
    behind = low[frame.verb + 1 : frame.part.end]
    bound = frame.is_bound and _binds(indexed, frame, words)
    if frame.kind == PAST and not bound and words["present"].isdisjoint(low[frame.part.start : frame.part.end]):
        return PASSED if frame.is_bound and frame.name != "marks" else SILENT
    if frame.name == SOME:
        return PASSED
    if frame.name == INSIDE:
        return SILENT if words["addressed"].isdisjoint(behind) else NOTHING
    if frame.name in (NOBODY, IT):
        return _told_by_pronoun(low, frame, words)
    if frame.name == LICENSOR:
        return _told_of_licensor(low, frame, words)
    if frame.is_bound:
        told = frame.kind in (TELL, BE) and not bound and words["negators"].isdisjoint(behind)
        return frozenset(("relation",)) if told else NOTHING
    if frame.name is None and _may_be_theirs(low, frame, words):
        return NOTHING
    return _told_of_other(low, frame, words)


def _may_be_theirs(low: list[str], frame: Frame, words: FrameWords) -> bool:
    """True where a subject that is not known may be the licensee's: nothing technical stands beside it."""
    technical = not words["other"].isdisjoint(low[frame.part.start : frame.part.end])
    return not technical and low[frame.verb : frame.verb + 1] != ["would"]


def _told_by_pronoun(low: list[str], frame: Frame, words: FrameWords) -> frozenset[str]:
    said, behind = low[frame.verb : frame.verb + 1], low[frame.verb + 1 : frame.part.end]
    if frame.name == NOBODY:
        return NOTHING if words["disclaims"].isdisjoint(said + behind[:3]) else PASSED
    eased = said == ["would"] or (frame.kind == BE and not words["eases"].isdisjoint(behind[:1]))
    return TOLD if eased else NOTHING


def _told_of_licensor(low: list[str], frame: Frame, words: FrameWords) -> frozenset[str]:
    """All cues where a licensor says that it does none of what burdens; some where it does what reaches nobody."""
    said, behind = low[frame.head : frame.part.end], low[frame.verb + 1 : frame.part.end]
    burdens = not (words["takes"] | words["spares"]).isdisjoint(said)
    limits = not words["permits"].isdisjoint(said) or not {"unless", "except", "only", "until"}.isdisjoint(said)
    if burdens and not limits and not words["negators"].isdisjoint(said):
        return SILENT
    plain = frame.kind in (OWN, TELL) and words["takes"].isdisjoint(low[frame.verb : frame.part.end])
    return TOLD | {"money"} if plain and (words["objects"] | words["things"]).isdisjoint(behind) else NOTHING


def _told_of_other(low: list[str], frame: Frame, words: FrameWords) -> frozenset[str]:
    said, behind = low[frame.verb : frame.verb + 1], low[frame.verb + 1 : frame.part.end]
    theirs = words["objects"] - words["uses"]
    if frame.kind == BE and (not words["burdens"].isdisjoint(behind) or not words["stays"].isdisjoint(said)):
        return NOTHING
    if frame.kind == HAVE and not words["claims"].isdisjoint(behind):
        return NOTHING
    if frame.kind in (BE, HAVE) and not theirs.isdisjoint(behind):
        return NOTHING
    apart = frame.kind in (OWN, NONE) and frame.name == OTHER and words["objects"].isdisjoint(behind)
    if apart or frame.kind in (TELL, BE, HAVE) or said == ["would"]:
        return TOLD | {"power", "ends"} if frame.name == OTHER else TOLD
    return NOTHING
