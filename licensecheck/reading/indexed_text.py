"""A text made ready for matching: its words, where every phrase stands, and each sentence with its lead-in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from licensecheck.domain.licenses import Value
from licensecheck.lazy import re
from licensecheck.reading.layout import Block, find_in_block, make_blocks, matches_in_block, spans_in
from licensecheck.reading.layout import Context as Context
from licensecheck.reading.layout import Part as Part
from licensecheck.reading.phrase_index import Beginnings, PhraseIndex
from licensecheck.text.clause_tree import Clause, ClauseTree, Sentence
from licensecheck.text.tokens import Words, split_words

# Lead-ins of lists that run on within a paragraph: "You agree not to use it: To harm; For gain.".


LeadSpan = tuple[int, int]
MIN_COLON_WORDS = 4
"""A shorter sentence before a colon is a heading and leads into nothing."""
_ANEW = re.compile(
    r"\W*(?:you|your|we|our|us|the|this|these|those|that|it|its|if|note|please|however|notwithstanding|subject|except|"
    r"nothing|no|each|all|where|when|upon|such|unless|licens\w+|users?|to the|"
    r"in (?:no|the|such|case|addition|order|consideration)|"
    r"for (?:clarity|the avoidance|example|purposes|more information)|by (?:using|accessing|downloading|clicking)|"
    r"any (?:breach|violation|such)|as (?:between|used|is))\b",
    re.IGNORECASE,
)
"""How a sentence begins that is no further item of a list run on within a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColonLead:
    """A sentence that ends in a colon and leads into a paragraph: its words, and that paragraph once it is met."""

    span: LeadSpan
    begins: int
    clause: Clause | None


def colon_lead(tree: ClauseTree, sentence: Sentence, own: LeadSpan, lead: ColonLead | None) -> ColonLead | None:
    """The lead-in that holds for what follows a sentence; None where the run-on list has ended."""
    said = tree.masked[sentence.start : sentence.end].rstrip()
    if said.endswith((":", "：")) and own[1] - own[0] >= MIN_COLON_WORDS:
        return ColonLead(span=own, begins=own[0], clause=None)
    if said.endswith(";") and ":" in said:
        words = len(split_words(said[: said.index(":")]))
        return ColonLead(span=(own[0], own[0] + words), begins=own[0], clause=sentence.clause) if words else None
    if lead is None or sentence.clause.is_heading:
        return None
    follows = lead.clause is None and not sentence.clause.label
    goes_on = lead.clause is sentence.clause and not _ANEW.match(said) and not said.isupper()
    return ColonLead(span=lead.span, begins=lead.begins, clause=sentence.clause) if follows or goes_on else None


# Who is meant by a capitalized name: rules speak of the licensee, a text may call it "Company" or "Customer".


LICENSEE = "licensee"
_QUOTED = r"[\"“”]\s*{name}\s*(?:[,.]\s*)?[\"“”]"
_NAME = r"([A-Z][a-z]{2,20})"
_JOIN = r"\s*(?:[,/]\s*)?(?:(?:and|or)\s*)?(?:the\s+)?"
_YOU = r"(?:[Yy]ou|YOU|[Yy]our|[Ll]icensee)"
_PARTY = (
    r"(?:entity|individual|person|organi[sz]ation|party|company|legal entity)\b[^.()\"“”]{0,120}[(]\s*"
    r"(?:the\s+|each,?\s+an?\s+|an?\s+)?"
)
_ROLES = (
    "Company|Customer|Developer|Subscriber|Institution|Recipient|Purchaser|Participant|Client|Member|User|Researcher"
)
_LICENSEE = (
    re.compile(_QUOTED.format(name=_NAME) + _JOIN + _QUOTED.format(name=_YOU)),
    re.compile(_QUOTED.format(name=_YOU) + _JOIN + _QUOTED.format(name=_NAME)),
    re.compile(_QUOTED.format(name=_NAME) + r"\s*(?:means|refers to|shall mean)\s+(?:you\b|the\s+licensee\b)"),
    re.compile(_PARTY + _QUOTED.format(name=f"({_ROLES})")),
)
"""Where a text gives the licensee a name of its own."""
_LICENSOR = (
    re.compile(
        _QUOTED.format(name=_NAME)
        + r"\s*(?:,\s*)?(?:(?:and|or)\s*)?"
        + _QUOTED.format(name="(?:[Ww]e|[Uu]s|[Oo]ur|[Ll]icensor)")
    ),
    re.compile(_QUOTED.format(name="(?:[Ww]e|[Uu]s|[Oo]ur|[Ll]icensor)") + _JOIN + _QUOTED.format(name=_NAME)),
)
"""Where it gives that name to the licensor."""
_OPEN_WORDS = frozenset({"you", "your", "licensor", "licensee", "the"})


def words_by_role(words: Words, masked: str) -> list[str]:
    """The words of a text in lower case, the licensee's own name replaced by the word for it."""
    names = _names(_LICENSEE, masked) - _names(_LICENSOR, masked)
    if not names:
        return words.lower
    return [
        LICENSEE if word in names and masked[start].isupper() else word
        for word, start in zip(words.lower, words.starts, strict=True)
    ]


def _names(patterns: tuple[re.Pattern[str], ...], masked: str) -> set[str]:
    found = {match[1].lower() for pattern in patterns for match in pattern.finditer(masked)}
    return found - _OPEN_WORDS


# A text made ready for matching: its words, where every phrase stands, and each sentence with its lead-in.


Span = tuple[int, int]
MAX_ENDS = 64
"""How many positions of one slot are followed within a sentence; legal sentences stay far below it."""
MAX_CONTEXT_LEADS = 6
"""How many lead-ins of a deeply nested item are looked at, the innermost ones."""
_MARK = re.compile(r"[^\s\w]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPattern:
    """Slots by number, and before each the largest number of other words allowed: a pattern made ready."""

    source: str
    slots: tuple[int, ...]
    gaps: tuple[int, ...]


class Hit(NamedTuple):
    """A match in a context: the positions it spans, and its word range inside the sentence itself."""

    context: Context
    start: int
    end: int
    words: Span


@dataclass(slots=True, kw_only=True, eq=False)
class IndexedText:
    """A text ready for matching."""

    tree: ClauseTree
    words: Words
    index: PhraseIndex
    found: Beginnings
    contexts: list[Context]
    starts: list[int]
    leads: list[tuple[int, int, list[Context]]]
    """Word ranges of lead-ins, each with the contexts that it leads into."""
    blocks: list[Block]
    readings: dict[tuple[str, int, int, int], Value] = field(default_factory=dict)
    """Attribute values that were read, by rule, reader and the start and end of the scope."""

    def in_context(self, slot: int, context: Context) -> list[Span]:
        """Where any phrase of a slot stands in a context, as positions in it, in order."""
        if context.block is None:
            self.place_context(context)
        return spans_in(context, slot)

    def begins(self, slot: int, word: int) -> bool:
        """True where any phrase of a slot begins with a word."""
        slots_of = self.index.slots_of
        return any(slot in slots_of[number] for number in self.found.single[word]) or any(
            slot in slots_of[number] for number, _ in self.found.longer.get(word, ())
        )

    def place_context(self, context: Context) -> None:
        """Lay out a context that is none of the text's own: a part of one of them, or words of its own."""
        first, last, _ = context.parts[0]
        whole = self.context_at(first)
        if whole is None or last > whole.words[1] or len(context.parts) > 1:
            Block(self.index, [context], self.found)
            return
        context.block = whole.block
        context.base = whole.base + whole.own + first - whole.words[0]
        context.bit = whole.bit

    def context_at(self, word: int) -> Context | None:
        """The sentence that holds a word."""
        at = bisect_left(self.starts, word + 1) - 1
        return self.contexts[at] if at >= 0 and word < self.contexts[at].words[1] else None

    def begins_clause(self, context: Context, at: int) -> bool:
        """True where a position begins a part of the context, or follows a punctuation mark."""
        for first, last, begun in context.parts:
            if begun <= at < begun + last - first:
                word = first + at - begun
                between = self.tree.masked[self.words.ends[word - 1] : self.words.starts[word]] if at > begun else ""
                return at == begun or bool(_MARK.search(between))
        return False

    def offsets(self, words: Span) -> Span:
        """Offsets in the text of a range of words."""
        return self.words.starts[words[0]], self.words.ends[words[1] - 1]

    def word_range(self, start: int, end: int) -> Span:
        """The words between two offsets."""
        return _word_range(self.words, start, end)


def index_text(tree: ClauseTree, index: PhraseIndex) -> IndexedText:
    """The page of a clause tree."""
    words = split_words(tree.masked)
    contexts: list[Context] = []
    leads: dict[Span, list[Context]] = {}
    spans_of: dict[Clause, list[Span]] = {}
    colon: ColonLead | None = None
    for sentence in tree.sentences:
        own = _word_range(words, sentence.start, sentence.end)
        if own[0] >= own[1]:
            continue
        spans = spans_of.get(sentence.clause)
        if spans is None:
            spans = sentence.clause.lead_ins()[-MAX_CONTEXT_LEADS:]
            spans_of[sentence.clause] = spans = [_word_range(words, a, b) for a, b in spans]
        colon = colon_lead(tree, sentence, own, colon)
        if not spans and colon and colon.begins < own[0]:
            spans = [colon.span]
        context = _context(sentence, own, spans)
        contexts.append(context)
        for start, end, _ in context.parts[:-1]:
            leads.setdefault((start, end), []).append(context)
    contexts.sort(key=lambda c: c.words[0])
    beginnings = index.beginnings(words_by_role(words, tree.masked))
    return IndexedText(
        tree=tree,
        words=words,
        index=index,
        found=beginnings,
        contexts=contexts,
        starts=[c.words[0] for c in contexts],
        leads=[(start, end, found) for (start, end), found in sorted(leads.items())],
        blocks=make_blocks(index, contexts, beginnings),
    )


def _context(sentence: Sentence, own: Span, leads: Iterable[Span]) -> Context:
    parts: list[tuple[int, int, int]] = []
    at = 0
    for first, last in leads:
        if first < last <= own[0]:
            parts.append((first, last, at))
            at += last - first
    parts.append((own[0], own[1], at))
    return Context(sentence=sentence, parts=parts)


def _word_range(words: Words, start: int, end: int) -> Span:
    return bisect_left(words.starts, start), bisect_left(words.starts, end)


def candidates(indexed: IndexedText, compiled: CompiledPattern) -> Sequence[Context]:
    """The contexts in which a pattern might match so that it touches the sentence itself."""
    found: list[Context] = []
    for block in indexed.blocks:
        held, together = block.held, -1
        for slot in compiled.slots:
            together &= held[slot]
        ends = block.ends(compiled.slots, compiled.gaps) if together else 0
        if ends:
            found.extend(block.contexts_of(ends))
    return found


def matches_in(indexed: IndexedText, compiled: CompiledPattern, context: Context) -> bool:
    """True where a pattern matches somewhere in a context, be it in its lead-ins alone."""
    if context.block is None:
        indexed.place_context(context)
    return matches_in_block(context, compiled.slots, compiled.gaps)


def find_hits(
    indexed: IndexedText,
    compiled: CompiledPattern,
    context: Context,
    *,
    own: bool = True,
    begins: Collection[int] | None = None,
) -> list[Hit]:
    """The matches of a pattern in a context; with `own`, only those that touch the sentence itself.

    With `begins` only those that begin at one of these words of the text, which stand in the sentence itself.
    """
    if context.block is None:
        indexed.place_context(context)
    slots = find_in_block(context, compiled.slots, compiled.gaps)
    if slots is None:
        return []
    reach = slots[0]
    if begins is not None:
        shift = context.words[0] - context.own
        reach = [span for span in reach if span[0] >= context.own and span[0] + shift in begins]
    reach = reach[:MAX_ENDS]
    for found, gap in zip(slots[1:], compiled.gaps[1:], strict=True):
        reach = _follow(reach, found, gap)
    first = context.own if own else -1
    return [_hit(context, start, end) for start, end in reach if end > first]


def _follow(reach: list[Span], found: list[Span], gap: int) -> list[Span]:
    """Each of the matches so far carried on to the next slot, the latest beginning kept for each end."""
    following: dict[int, int] = {}
    for start, end in found:
        for begun, ended in reach:
            if 0 <= start - ended <= gap and following.get(end, -1) < begun:
                following[end] = begun
    return [(begun, end) for end, begun in sorted(following.items())][:MAX_ENDS]


def _hit(context: Context, start: int, end: int) -> Hit:
    base, last, own = context.parts[-1]
    inside = (max(start - own, 0) + base, end - own + base) if end > own else (base, last)
    return Hit(context=context, start=start, end=end, words=inside)
