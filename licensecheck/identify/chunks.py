"""Cutting a text into short runs of words, at places that the words themselves decide.

An edit changes the run it stands in, and perhaps the next: all others keep their hash, wherever they move.
"""

from __future__ import annotations

import re
from zlib import crc32

from licensecheck.identify.words import WIDTH

_CHUNK = re.compile(rb"[^\0][^\0]{0,5}[^\x00-\x1f]{0,34}", re.DOTALL)
"""At least six words, then on to the next word whose code is below 32 (one in eight); never over a blank."""

_SMALL_CHUNK = re.compile(rb"[^\0][^\0]?[^\x00-\x3f]{0,10}", re.DOTALL)
"""About six words: for texts so short that one edit spoils each run of the usual length."""
SHORT = 150
"""Known texts of at most so many words are cut into small runs too."""

Chunk = tuple[int, int, int]
"""Its key, its first word and the word after its last."""


def cut_chunks(blob: bytes) -> list[Chunk]:
    """The runs of words that a text of hashed words consists of, in order."""
    return [
        (crc32(blob[found.start() * WIDTH : found.end() * WIDTH]), found.start(), found.end())
        for found in _CHUNK.finditer(blob[::WIDTH])
    ]


def cut_small_chunks(blob: bytes, start: int = 0, end: int | None = None) -> list[Chunk]:
    """The short runs of the words from `start` to `end`; their keys are never those of usual runs of the same words."""
    codes = blob[::WIDTH]
    return [
        (crc32(blob[found.start() * WIDTH : found.end() * WIDTH], 1), found.start(), found.end())
        for found in _SMALL_CHUNK.finditer(codes, start, len(codes) if end is None else end)
        if found.end() - found.start() > 2
    ]
