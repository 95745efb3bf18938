"""The sentences of a text one after the other, and patterns matched in all of them at once.

Each sentence stands behind the lead-ins above it, with a fence after it. A phrase is an integer with a bit for each
place at which it begins, so one shift and one "and" carry a pattern from a slot to the next in every sentence. What
this finds may be too much, at a fence, and never too little: `find_hits` looks at what is left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from licensecheck.reading.phrase_index import Beginnings, PhraseIndex
from licensecheck.text.clause_tree import Sentence

Span = tuple[int, int]
Bits = list[tuple[int, int]]
"""For each length of the phrases of a slot the places at which they begin."""
LONGEST_BLOCK = 4096
"""About how many places a block has: what a text costs grows with its length alone, as long as blocks do not."""
FAR = 48
"""A gap of so many words and more is taken to reach to the end of the sentence."""
SMALL = 512
"""Up to so many bits an integer is read bit by bit; the cost of that grows with the square of its length."""
FEW = 12
"""The phrases of a slot of more are compared with those of the block at once, instead of looking each up."""


class Part(NamedTuple):
    """A range of words, and the range in which its subject begins: after a leading clause and small words."""

    start: int
    end: int
    subject: Span


class Context:
    """A sentence behind the lead-ins above it: each part with its word range and its position among these words."""

    __slots__ = ("base", "bit", "block", "force", "own", "parts", "passive", "said", "sentence", "size", "words")

    def __init__(self, *, sentence: Sentence, parts: list[tuple[int, int, int]]) -> None:
        self.sentence = sentence
        self.parts = parts
        first, last, own = parts[-1]
        self.words: Span = (first, last)
        """The word range of the sentence itself."""
        self.own = own
        """The position at which the sentence itself begins."""
        self.size = own + last - first
        self.force: list[tuple[int, int, str]] | None = None
        """The force-bearing phrases, once they have been looked for."""
        self.passive: frozenset[Span] | None = None
        """Where passive phrases stand that give force to what is before them, once they have been looked for."""
        self.said: tuple[Part, ...] | None = None
        """The parts that each say one thing, once they have been looked for."""
        self.block: Block | None = None
        """The block that holds the context, once it has one, and from which place on."""
        self.base = 0
        self.bit = 0
        """The bit of the context among those of its block."""


class Block:
    """Some contexts of a text one after the other, and where the phrases of an index begin in them."""

    def __init__(self, index: PhraseIndex, contexts: Sequence[Context], found: Beginnings) -> None:
        self._index = index
        self.contexts = contexts
        self.held = [0] * len(index.slots)
        """For each slot the bits of the contexts in which some phrase of it stands."""
        self._masks: dict[int, int] = {}
        self._slots: dict[int, Bits] = {}
        self._bases: list[int] = []
        self._fences = 0
        self._own = 0
        self._places: dict[int, list[int]] = {}
        places, bits = self._places, list[int]()
        at = 0
        for number, context in enumerate(contexts):
            context.block, context.base, context.bit = self, at, 1 << number
            bits += [context.bit] * (context.size + 1)
            self._bases.append(at)
            _note(context, at, found, places)
            self._own |= ((1 << (context.size - context.own)) - 1) << (at + context.own + 1)
            at += context.size + 1
            self._fences |= 1 << (at - 1)
        self._room = ((1 << at) - 1) ^ self._fences
        self._size = at
        held, slots_of = self.held, index.slots_of
        for phrase, begun in places.items():
            inside = 0
            for place in begun:
                inside |= bits[place]
            for slot in slots_of[phrase]:
                held[slot] |= inside

    def slot(self, slot: int) -> Bits:
        """Where the phrases of a slot begin, by their length; nothing where none stands in the block."""
        found = self._slots.get(slot)
        if found is None:
            found = self._slots[slot] = self._gather(slot) if self.held[slot] else []
        return found

    def _gather(self, slot: int) -> Bits:
        places, masks = self._places, self._masks
        found = []
        for length, phrases in self._index.by_length[slot]:
            mask = 0
            for phrase in places.keys() & phrases if len(phrases) > FEW else phrases:
                if phrase in places:
                    if phrase not in masks:
                        masks[phrase] = _bits(places[phrase], self._size)
                    mask |= masks[phrase]
            if mask:
                found.append((length, mask))
        return found

    def ends(self, slots: Sequence[int], gaps: Sequence[int]) -> int:
        """The places after which a match of a pattern may end."""
        known = self._slots
        parts = [known[slot] if slot in known else self.slot(slot) for slot in slots]
        reach = 0
        for length, mask in parts[0]:
            reach |= mask << length
        for number in range(1, len(parts)):
            before = self._spread(reach & self._room, gaps[number])
            reach = 0
            for length, mask in parts[number]:
                reach |= (mask & before) << length
            if not reach:
                return 0
        return reach

    def _spread(self, reach: int, gap: int) -> int:
        """The places at which the next slot may begin, so many other words allowed."""
        if gap >= FAR:
            return (reach | (self._fences - reach)) & self._room
        return _widen(reach, gap)

    def own_spans(self, slot: int) -> Iterator[tuple[Context, int, int]]:
        """Where any phrase of a slot stands in the sentences themselves: the context and the words."""
        for length, mask in self.slot(slot):
            for place in _places(mask & (self._own >> 1)):
                context = self._context_at(place)
                word = place - context.base - context.own + context.words[0]
                yield context, word, word + length

    def _context_at(self, place: int) -> Context:
        return self.contexts[bisect_right(self._bases, place) - 1]

    def contexts_of(self, ends: int) -> Iterator[Context]:
        """The contexts in which the sentence itself ends a match at one of these places."""
        ends &= self._own
        while ends:
            context = self._context_at((ends & -ends).bit_length() - 2)
            yield context
            ends &= -1 << (context.base + context.size + 1)


def _note(context: Context, base: int, found: Beginnings, places: dict[int, list[int]]) -> None:
    """Note where phrases begin in a context; one that reaches over the end of a part does not count."""
    for first, last, begun in context.parts:
        shift = base + begun - first
        for place, numbers in enumerate(found.single[first:last], base + begun):
            for number in numbers:
                if number in places:
                    places[number].append(place)
                else:
                    places[number] = [place]
        for word in found.begins[bisect_right(found.begins, first - 1) : bisect_right(found.begins, last - 1)]:
            for number, end in found.longer[word]:
                if end <= last:
                    places.setdefault(number, []).append(word + shift)


def _widen(reach: int, gap: int) -> int:
    """The bits, and as many beyond each."""
    width = 1
    while width <= gap:
        step = min(width, gap + 1 - width)
        reach |= reach << step
        width += step
    return reach


def make_blocks(index: PhraseIndex, contexts: Sequence[Context], found: Beginnings) -> list[Block]:
    """The contexts of a text in blocks."""
    blocks: list[Block] = []
    begun = size = 0
    for number, context in enumerate(contexts):
        size += context.size + 1
        if size >= LONGEST_BLOCK or number + 1 == len(contexts):
            blocks.append(Block(index, contexts[begun : number + 1], found))
            begun, size = number + 1, 0
    return blocks


def spans_in(context: Context, slot: int) -> list[Span]:
    """Where any phrase of a slot stands in a context that has a block, as positions in it, in order."""
    block = context.block
    return _spans(_window(context, block, slot)) if block and block.held[slot] & context.bit else []


def find_in_block(context: Context, slots: Sequence[int], gaps: Sequence[int]) -> list[list[Span]] | None:
    """The same of each slot of a pattern; None where the pattern matches nowhere in the context."""
    windows = _windows(context, slots, gaps)
    return None if windows is None else [_spans(window) for window in windows]


def matches_in_block(context: Context, slots: Sequence[int], gaps: Sequence[int]) -> bool:
    """True where a pattern matches somewhere in a context that has a block."""
    return _windows(context, slots, gaps) is not None


def _windows(context: Context, slots: Sequence[int], gaps: Sequence[int]) -> list[Bits] | None:
    """Where the phrases of each slot of a pattern begin; None where the pattern matches nowhere in the context."""
    block, bit = context.block, context.bit
    if block is None:
        return None
    held = block.held
    for slot in slots:
        if not held[slot] & bit:
            return None
    windows: list[Bits] = []
    for slot in slots:
        window = _window(context, block, slot)
        if not window:
            return None
        windows.append(window)
    reach = -1
    for number, window in enumerate(windows):
        before = _widen(reach, min(gaps[number], context.size)) if number else -1
        reach = 0
        for length, starts in window:
            reach |= (starts & before) << length
        if not reach:
            return None
    return windows


def _window(context: Context, block: Block, slot: int) -> Bits:
    """Where the phrases of a slot begin in a context, by their length."""
    base, size = context.base, context.size
    found = []
    for length, mask in block.slot(slot):
        here = mask >> base & ((1 << (size - length + 1)) - 1) if length <= size else 0
        if here:
            found.append((length, here))
    return found


def _spans(window: Bits) -> list[Span]:
    found = [(start, start + length) for length, starts in window for start in _places(starts)]
    if len(window) > 1:
        found.sort()
    return found


def _bits(places: Sequence[int], size: int) -> int:
    """The places as bits."""
    if size > SMALL:
        row = bytearray(size // 8 + 1)
        for place in places:
            row[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(row, "little")
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


def _places(bits: int) -> list[int]:
    """The bits as places, in order."""
    found: list[int] = []
    if bits.bit_length() > SMALL:
        digits = bin(bits)[:1:-1]
        at = digits.find("1")
        while at >= 0:
            found.append(at)
            at = digits.find("1", at + 1)
        return found
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found
