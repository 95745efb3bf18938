"""What a change says in a few words, for every face of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from licensecheck.model.license import MatchKind
from licensecheck.model.term import Term, Value
from licensecheck.report.diff.comparison import Comparison, Side
from licensecheck.report.diff.terms import AttributeChange, Change, TermChange
from licensecheck.report.diff.words import Mark, compare_words, frame_changes
from licensecheck.report.sentence import describe, label_of, words_for
from licensecheck.report.words import trigger_words

SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~", Change.MOVED: ">", Change.SAME: "="}
"""One sign for each kind of change."""
_UNREAD = "no terms are known, so what the other states shows as added or removed."
_NO_POLICY = "its use policy is not part of the text, so the uses that the other bars show as added or removed."
_NAMES = {"triggers": "what sets it off", "provisos": "what softens it"}
"""What a term's parts are called where their own name says little."""
_LONG = 60
"""So many characters and more make a text long."""
NOTHING_TO_COMPARE = "The clauses are not compared: that takes the text of both, and a record holds none."


def title_of(side: Side) -> str:
    """What a side is: its license by name where one is known, and whether the text is that license's own."""
    known = side.reading.identity
    if side.reading.source == "record":
        return f"{known.name} ({known.id}, from its record)"
    if known.id is None:
        return f"{side.name} (no license of the catalog)"
    relation = "word for word" if known.match is MatchKind.EXACT else "changed"
    return f"{side.name} ({known.name}, {relation})"


def describe_change(change: TermChange) -> str:
    """The term in a sentence; of a changed one first its name and what changed."""
    if change.change is not Change.CHANGED or change.old is None or change.new is None:
        return describe(change.term)
    changes = sorted(change.attributes, key=_numbers_first)
    told = "; ".join(describe_attribute(change.term, each) for each in changes)
    said, now = f"{label_of(change.term)}: {told.removesuffix('.')}.", describe(change.new)
    is_told = now == describe(change.old) or any(map(_is_long, changes))
    return said if is_told else f"{said} Now: {now}"


def describe_attribute(term: Term, change: AttributeChange) -> str:
    """One attribute's change: what a set gained and lost, or the value before and after."""
    name = _NAMES.get(change.name, change.name.replace("_", " "))
    if change.gained or change.lost:
        parts = [f"gains {_show(term, change.name, change.gained)}"] if change.gained else []
        parts += [f"loses {_show(term, change.name, change.lost)}"] if change.lost else []
        return f"{name} {' and '.join(parts)}"
    old, new = (_show(term, change.name, value) for value in (change.old, change.new))
    if change.old in (None, ()):
        return f"{name} is now {new}"
    if change.new in (None, ()):
        return f"{name} {old} is no longer stated"
    if not _is_long(change):
        return f"{name} {old} → {new}"
    pieces = compare_words(old, new)
    is_same = all(piece.mark is Mark.KEPT for piece in pieces)
    return f"{name} differs in punctuation only" if is_same else f"{name} {frame_changes(pieces)}"


def _is_long(change: AttributeChange) -> bool:
    """True for texts of which the changed words say more than both of them."""
    texts = (change.old, change.new)
    return all(isinstance(text, str) and len(text) > _LONG for text in texts)


def _numbers_first(change: AttributeChange) -> tuple[bool, str]:
    is_number = isinstance(change.new, (int, float)) and not isinstance(change.new, bool)
    return not is_number, change.name


def _show(term: Term, attribute: str, value: Value) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if attribute == "triggers" and isinstance(value, tuple):
        return " or ".join(trigger_words(trigger) for trigger in value)
    return words_for(term.kind, attribute, value)


def places_of(change: TermChange) -> str:
    """The clauses in which the old and the new term stand."""
    old, new = (place_of(term) if term else "" for term in (change.old, change.new))
    return new or old if not (old and new) or old == new else f"{old} → {new}"


def place_of(term: Term) -> str:
    """The clause in which a term stands, as far as that is known."""
    first = term.evidence[0] if term.evidence else None
    if first is not None:
        return f"§ {first.section}" if first.section else f"line {first.line}"
    return f"§ {term.clause}" if term.clause else ""


def summarize(comparison: Comparison) -> str:
    """How many terms and clauses changed, in one sentence."""
    terms = ", ".join(_counts(comparison.count_terms, (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.SAME)))
    if comparison.clauses is None:
        return f"Terms: {terms or 'none'}."
    order = (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.MOVED, Change.SAME)
    return f"Terms: {terms or 'none'}. Clauses: {', '.join(_counts(comparison.count_clauses, order)) or 'none'}."


def warnings_about(comparison: Comparison) -> list[str]:
    """What keeps the two from being compared in full: terms that nobody has read, a policy that is not at hand."""
    old, new = comparison.old, comparison.new
    return [
        *(f"{title_of(side)}: {_UNREAD}" for side in (old, new) if not side.reading.terms),
        *(f"{title_of(side)}: {_NO_POLICY}" for side, other in ((old, new), (new, old)) if _lacks_policy(side, other)),
    ]


def _lacks_policy(side: Side, other: Side) -> bool:
    """True where one text holds the list of barred uses and the other only names its own."""
    here, there = ({term.kind for term in each.reading.terms} for each in (side, other))
    return "acceptable-use-policy" in here and "prohibited-use" in there - here


def _counts(count: Callable[[Change], int], order: tuple[Change, ...]) -> Iterator[str]:
    for change in order:
        number = count(change)
        if number:
            yield f"{number} {change.value}"
