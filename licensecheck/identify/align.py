"""Lays a known text beside a text at hand: which words they share, in order, and where each has words of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from licensecheck.identify.words import MAX_FILL

Block = tuple[int, int, int]
"""A run of shared words: where it starts at hand, where it starts in the known text, how many words."""

_RUN = 3
"""The fewest words in a row that count as shared within a change: single codes may agree by chance."""
_WIDEST = 3 * MAX_FILL
"""The most words between shared ones that a blank may stand for: a name, and a copyright statement after it."""
_FAR = 80
"""From so many words on a block at either end is far from the rest."""

_BEYOND = 150
"""How many words of an insertion may stand between the first or last long run and what is left of the known text."""
_SHIFT_COSTS, _FARTHEST = 0.4, 150
"""What each word of a jump costs, of so many at most, where the same passage can be had from several places."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The shared words of a known text and a text at hand, and the words at hand that fill blanks of the known one."""

    blocks: tuple[Block, ...]
    fills: tuple[tuple[int, int], ...]
    matched: int

    @property
    def start(self) -> int:
        """The first shared word at hand."""
        return self.blocks[0][0]

    @property
    def end(self) -> int:
        """The word after the last shared one at hand."""
        place, _, length = self.blocks[-1]
        return place + length


def chain(hits: Sequence[Block]) -> list[Block]:
    """The heaviest selection of hits (ordered by place at hand) that keeps the order of the known text.

    Of two copies of a passage the one is taken that lies where the rest lies.
    """
    if all(a[1] + a[2] <= b[1] for a, b in pairwise(hits)):
        return list(hits)
    best: list[tuple[float, int]] = []
    for number, (place, known, length) in enumerate(hits):
        weight, before = float(length), -1
        for other in range(number - 1, max(-1, number - 60), -1):
            other_place, other_known, other_length = hits[other]
            if other_known + other_length > known or other_place + other_length > place:
                continue
            shift = abs((place - other_place) - (known - other_known))
            candidate = best[other][0] + length - min(shift, _FARTHEST) * _SHIFT_COSTS
            if candidate > weight:
                weight, before = candidate, other
        best.append((weight, before))
    at = max(range(len(best)), key=lambda number: best[number][0])
    chosen = []
    while at >= 0:
        chosen.append(hits[at])
        at = best[at][1]
    return chosen[::-1]


def drop_strays(blocks: list[Block]) -> list[Block]:
    """The blocks without those at either end that are small and lie far from all others."""
    blocks = list(blocks)
    while len(blocks) > 1 and _is_stray(blocks[0], gap=blocks[1][0] - blocks[0][0] - blocks[0][2], blocks=blocks):
        blocks.pop(0)
    while len(blocks) > 1 and _is_stray(blocks[-1], gap=blocks[-1][0] - sum(blocks[-2][::2]), blocks=blocks):
        blocks.pop()
    return blocks


def _is_stray(block: Block, *, gap: int, blocks: list[Block]) -> bool:
    return gap > max(_FAR, 3 * block[2]) and block[2] * 4 < sum(length for _, _, length in blocks)


class Aligner:
    """Aligns known texts with one text at hand; changes that several known texts share are compared once."""

    def __init__(self, codes: bytes) -> None:
        self._codes = codes
        self._seen: dict[tuple[int, int, bytes, bool, bool], tuple[list[Block], list[tuple[int, int]]]] = {}

    def align(self, hits: Sequence[Block], known: bytes) -> Alignment:
        """The alignment around the hits."""
        anchors = drop_strays(chain(hits))
        blocks: list[Block] = []
        fills: list[tuple[int, int]] = []
        first, last = anchors[0], anchors[-1]
        place, at = max(0, first[0] - first[1] - _BEYOND), 0
        ends = (min(len(self._codes), last[0] + last[2] + len(known) - last[1] - last[2] + _BEYOND), len(known))
        for anchor in [*anchors, (*ends, 0)]:
            if anchor[0] > place and anchor[1] > at:
                left, right = at > 0, anchor[2] > 0
                found, filled = self._compare(place, anchor[0], known[at : anchor[1]], left=left, right=right)
                blocks += [(start, at + offset, length) for start, offset, length in found]
                fills += filled
            if anchor[2]:
                blocks.append(anchor)
            place, at = anchor[0] + anchor[2], anchor[1] + anchor[2]
        merged = drop_strays(_merge(blocks))
        return Alignment(tuple(merged), tuple(fills), sum(length for _, _, length in merged))

    def _compare(
        self, start: int, end: int, known: bytes, *, left: bool, right: bool
    ) -> tuple[list[Block], list[tuple[int, int]]]:
        """Blocks and fills of a change; `left` and `right` say on which side it is bounded by shared words."""
        key = (start, end, known, left, right)
        result = self._seen.get(key)
        if result is None:
            codes = self._codes[start:end]
            blocks, fills = _compare_with_blanks(codes, known, left=left, right=right)
            result = (
                [(start + place, at, length) for place, at, length in blocks],
                [(start + place, start + after) for place, after in fills],
            )
            self._seen[key] = result
        return result


def _compare_with_blanks(
    codes: bytes, known: bytes, *, left: bool, right: bool
) -> tuple[list[Block], list[tuple[int, int]]]:
    """Shared runs of two short passages; the known one may have blanks, which up to `_WIDEST` words fill."""
    if 0 not in known:
        return _share(codes, known, left=left, right=right), []
    blocks: list[Block] = []
    fills: list[tuple[int, int]] = []
    place = at = 0
    while (blank := known.find(0, at)) >= 0:
        after = blank + 1
        while known[after : after + 1] == b"\0":
            after += 1
        head = _share(codes[place:], known[at:blank], left=left, right=False)
        blocks += [(place + i, at + j, n) for i, j, n in head]
        if head:
            place += head[-1][0] + head[-1][2]
        next_blank = known.find(0, after)
        tail = known[after : next_blank if next_blank >= 0 else len(known)]
        if tail:
            found = codes.find(tail[: _RUN if len(tail) > _RUN else len(tail)], place, place + _WIDEST + _RUN)
        else:
            found = len(codes) if right or next_blank < 0 else -1
        if 0 <= found <= place + _WIDEST:
            fills.append((place, found))
            place, left = found, True
        else:
            left = False
        at = after
    rest = _share(codes[place:], known[at:], left=left, right=right)
    return blocks + [(place + i, at + j, n) for i, j, n in rest], [fill for fill in fills if fill[0] < fill[1]]


def _share(codes: bytes, known: bytes, *, left: bool, right: bool) -> list[Block]:
    """Shared runs of two short passages: from each bounded side inwards, then runs of some words in between."""
    limit = min(len(codes), len(known))
    if not limit:
        return []
    if right and not left:
        flipped = _share(codes[::-1], known[::-1], left=True, right=False)
        return [(len(codes) - place - n, len(known) - at - n, n) for place, at, n in reversed(flipped)]
    head = tail = 0
    if right:
        while tail < limit and codes[-1 - tail] == known[-1 - tail]:
            tail += 1
    if left:
        while head < limit - tail and codes[head] == known[head]:
            head += 1
    blocks = [(0, 0, head)] if head else []
    inner, inner_known = codes[head : len(codes) - tail], known[head : len(known) - tail]
    if len(inner) >= _RUN and len(inner_known) >= _RUN:
        blocks += [(head + i, head + j, n) for i, j, n in _runs(inner, inner_known)]
    if tail:
        blocks.append((len(codes) - tail, len(known) - tail, tail))
    return blocks


def _runs(codes: bytes, known: bytes) -> list[Block]:
    """Runs of shared words in order, each found near where the last one leaves off."""
    blocks: list[Block] = []
    place = at = left_off = 0
    while place <= len(codes) - _RUN:
        found = known.find(codes[place : place + _RUN], at, at + 30 + 2 * (place - left_off))
        if found < 0:
            place += 1
            continue
        length = _RUN
        while codes[place + length : place + length + 1] == known[found + length : found + length + 1] != b"":
            length += 1
        blocks.append((place, found, length))
        place, at = place + length, found + length
        left_off = place
    return blocks


def _merge(blocks: list[Block]) -> list[Block]:
    """The blocks with those joined that follow each other without a gap on either side."""
    merged: list[Block] = []
    start = known = end = known_end = -1
    for place, at, length in blocks:
        if place != end or at != known_end:
            merged.append((start, known, end - start))
            start, known = place, at
        end, known_end = place + length, at + length
    merged.append((start, known, end - start))
    return merged[1:]
