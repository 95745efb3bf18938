"""Which statements could limit by their shape alone: what is said of the rights themselves, or of a class of persons.

"All of this applies on weekdays" and "Broadcasters obtain their own terms" have no modal, no negation and no word that
limits. What a text says of the rights it gives is open unless each of its words is known to leave them whole; what it
says of some persons and not of all is open unless it permits or looks back.
"""

from __future__ import annotations

from licensecheck.reading.clause_frames import (
    ACTS,
    MODAL,
    OTHER,
    OWN,
    PAST,
    PEOPLE,
    RIGHTS,
    TELL,
    Frame,
    FrameWords,
    load_frame_words,
)
from licensecheck.reading.indexed_text import IndexedText, Part

POINTS = 4
"""Among how many words at the beginning of a part it points back at what was granted."""
AGENTS = ("ers", "ors", "ists", "ians", "ees", "eers", "eons", "ants", "men")
"""How plural nouns end that name persons by what they do."""
SHORTEST_AGENT = 6
"""Letters of the shortest such noun."""


def is_open(indexed: IndexedText, part: Part, frame: Frame | None) -> bool:
    """True where a part of a sentence could limit the licensee by what it is about, whatever its words."""
    words, low = load_frame_words(), indexed.words.lower
    said, whole = low[part.subject[1] : part.end], low[part.start : part.end]
    if _leaves_out(whole, frame, words):
        return True
    if frame is not None and frame.kind == PAST and words["present"].isdisjoint(said):
        return False
    narrowed = any(_narrows_rights(some, words) for some in (said, whole))
    return narrowed or _singles_out(indexed, part, frame, words)


def _leaves_out(said: list[str], frame: Frame | None, words: FrameWords) -> bool:
    """True where something is said to be without the rights, or alone to have them."""
    denied = not words["negators"].isdisjoint(said)
    given = any(said[at] in words["granted"] and said[at - 1] in words["pointing"] for at in range(1, len(said)))
    if denied and (said[-1] in words["foregoing"] or said[-2:-1] == ["these"]) and (given or said[-1] != "here"):
        return True
    reached = next((at for at, word in enumerate(said) if word in words["reached"]), None)
    if _is_missing(said, words):
        return True
    if reached is None or words["bestowed"].isdisjoint(said[reached + 1 : reached + 5]):
        return False
    strange = frame is None or frame.name in (None, OTHER, PEOPLE)
    return said[0] in words["alone"] or (denied and strange)


def _is_missing(said: list[str], words: FrameWords) -> bool:
    """True where a clause that begins with a place or a case says that the rights are not there."""
    for at in range(2, len(said) - 2):
        if said[at] in words["granted"] and said[at - 1] in words["pointing"] and said[0] in words["stops"]:
            return not words["negators"].isdisjoint(said[at + 1 : at + 4])
    return False


def _narrows_rights(said: list[str], words: FrameWords) -> bool:
    """True where something is said of the rights as a whole in words that are not known to leave them whole."""
    behind = _behind_rights(said, words)
    if behind is None or (said[0] in words["nobody"] and not words["disclaims"].isdisjoint(behind[:2])):
        return False
    known = words["whole"] | words["universal"] | words.tells[RIGHTS] | words.verbs[RIGHTS]
    return not known.issuperset(behind)


def _behind_rights(said: list[str], words: FrameWords) -> list[str] | None:
    """What is said behind a subject that points at the rights as a whole; None where the subject is another."""
    at = 0
    while at < min(len(said), POINTS) and said[at] in words["pointing"]:
        at += 1
    if at and at < len(said) and said[at] in words["granted"]:
        return said[at + 1 :]
    if at and said[at - 1] in words["foregoing"]:
        return said[at:] if at > 1 else None
    if at > 1 and (said[at - 1] in ("this", "these") or (said[at - 1] == "here" and said[0] in words["nobody"])):
        return _scoped(said[at:], words["scopes"] | words["lasting"])
    if at < len(said) and said[at] in words["bestowed"]:
        return _scoped(said[at + 1 :], words["scopes"])
    return None


def _scoped(behind: list[str], verbs: frozenset[str]) -> list[str] | None:
    """What follows a verb that says how far a license reaches; None for another verb."""
    at = next((i for i, word in enumerate(behind[:POINTS]) if word in verbs), None)
    return None if at is None else behind[at + 1 :]


def _singles_out(indexed: IndexedText, part: Part, frame: Frame | None, words: FrameWords) -> bool:
    """True where a class of persons that is not everybody, or one thing alone, is, has or does something."""
    low = indexed.words.lower
    first = part.subject[1]
    said = low[first : part.end]
    before = low[part.start : first]
    alone = said[0] in words["alone"] and not words["stops"].intersection(said[1:2])
    if alone or not words["excepting"].isdisjoint(said[1:3]):
        return True
    everybody = not words["everybody"].isdisjoint((*before, *said[:POINTS]))
    if everybody or not words["leave"].isdisjoint(said):
        return False
    if frame is not None and frame.kind == MODAL:
        return False
    if frame is not None and frame.name == PEOPLE:
        return low[frame.head] not in words["roles"] and not words["bestowed"].isdisjoint(said)
    if frame is not None and frame.name == ACTS:
        return frame.kind in (TELL, OWN) and words["negators"].isdisjoint(said) and _is_narrowed(low, frame, words)
    strange = frame is None or frame.name in (None, OTHER)
    return strange and is_agent(said[0], words) and not _looks_back(said, words)


def _looks_back(said: list[str], words: FrameWords) -> bool:
    """True where some persons did something: "florists named the model"."""
    return len(said) > 2 and said[1].endswith("ed") and said[2] in words["articles"]


def is_agent(word: str, words: FrameWords) -> bool:
    """True for a plural noun that names persons by what they do and is in no list: "broadcasters", "florists"."""
    known = words.nouns | words.plural | words["licensor"] | words["nopersons"] | words["common"]
    return len(word) >= SHORTEST_AGENT and word.endswith(AGENTS) and word not in known


def _is_narrowed(low: list[str], frame: Frame, words: FrameWords) -> bool:
    """True where a subject goes on with by whom, where or for what it is done: "use by tenants"."""
    behind = low[frame.head + 1 : frame.verb]
    return len(behind) > 1 and behind[0] != "of" and behind[0] in words["stops"]
