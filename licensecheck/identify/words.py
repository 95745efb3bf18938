"""The words of a text, each with its place in the file and a hash; markup, case and layout are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, compress
from unicodedata import normalize
from zlib import crc32

WIDTH = 4
"""Bytes of one word's hash; the first of them, never 0, is its code."""
BLANK = bytes(WIDTH)
"""Stands in an indexed text for a place that names or dates fill."""

_BETWEEN = re.compile(r"[\W_]")
_TYPOGRAPHY = re.compile(
    "[\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u2000-\u2064\u2190-\u2bff\u3000-\u3003\ufeff]"
)
_TO_WORDS = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + b" " * 128
_TAG_NAMES = (
    "a|abbr|address|article|b|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|font|footer|h[1-6]|head|header|hr|"
    "html|i|img|li|link|main|meta|nav|ol|p|pre|q|s|section|small|span|strong|style|sub|sup|table|tbody|td|tfoot|th|"
    "thead|title|tr|tt|u|ul|var"
)
_MARKUP = re.compile(
    r"<(script|style)\b[^>]*>.*?</\1\s*>"
    rf"|</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>"
    r"|<!doctype[^<>]*>|<\?xml[^<>]*\?>"
    r"|&(?:[a-z]{2,8}[0-9]{0,2}|\#[0-9]{2,6}|\#x[0-9a-f]{2,6});"
    r"|(?<=\])\((?:https?:|mailto:|[#/.])[^()\s]*\)",
    re.IGNORECASE | re.DOTALL,
)
_COPYRIGHT_SIGN = re.compile(r"(copyright[\s*#/;|>-]{0,9})\(c\)")
_BLOCK = re.compile(r"</?(?:p|br|div|h[1-6]|head|hr|li|ol|pre|section|t[dhr]|table|title|ul)\b", re.IGNORECASE)
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_EASTERN_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


class _Hashes(dict[str, bytes]):
    """Each word's hash, computed once; rare spellings (ligatures, full-width letters) are folded first."""

    LIMIT = 300_000

    def __missing__(self, word: str) -> bytes:
        folded = word if word.isascii() else normalize("NFKC", word)
        if folded == "https":
            folded = "http"
        digest = blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=WIDTH).digest()
        if not digest[0]:
            digest = b"\x01" + digest[1:]
        if len(self) > self.LIMIT:
            self.clear()
        self[word] = digest
        return digest


_hashes = _Hashes()


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one text in lower case, and their hashes in one string of bytes."""

    text: str
    masked: str
    """The text with its markup blanked."""
    flat: str
    words: list[str]
    blob: bytes

    @cached_property
    def codes(self) -> bytes:
        """One byte a word: what the index holds, too little to read a text back."""
        return self.blob[::WIDTH]

    @cached_property
    def last_mark(self) -> str:
        """The last character that is no white space."""
        return self.masked.rstrip()[-1:]

    @cached_property
    def starts(self) -> list[int]:
        """Where each word starts in the text."""
        if has_ideographs(self.flat):
            return [found.start() for found in _EASTERN_WORD.finditer(self.flat)]
        lengths = list(map(len, self.flat.split(" ")))
        return list(compress(accumulate(map((1).__add__, lengths), initial=0), lengths))

    def end(self, index: int) -> int:
        """Where a word ends in the text."""
        return self.starts[index] + len(self.words[index])

    def __len__(self) -> int:
        return len(self.words)


def split_words(text: str) -> Words:
    """The words of a text without its markup; a Chinese or Japanese character is a word of its own."""
    masked = mask_markup(text)
    flat = _flatten(masked)
    words = _EASTERN_WORD.findall(flat) if has_ideographs(flat) else flat.split()
    return Words(text=text, masked=masked, flat=flat, words=words, blob=hash_words(words))


def hash_words(words: list[str]) -> bytes:
    """The hashes of words in lower case, one after the other."""
    return b"".join(map(_hashes.__getitem__, words))


def split_hashes(blob: bytes) -> list[bytes]:
    """The hash of each word in a string of hashes."""
    return [blob[place : place + WIDTH] for place in range(0, len(blob), WIDTH)]


def mask_markup(text: str) -> str:
    """The text with HTML tags, entities and Markdown link targets blanked, at the same length.

    A tag is one that HTML knows: `<anything else>` is taken for words, since a clause could hide there.
    """
    if "<" not in text and "&" not in text and "](" not in text:
        return text
    return _MARKUP.sub(_spaces, text)


def _spaces(found: re.Match[str]) -> str:
    """As many spaces; the tag of a block ends a line."""
    markup = found.group()
    return ("\n" if _BLOCK.match(markup) else " ") + " " * (len(markup) - 1)


def _spaces_after(found: re.Match[str]) -> str:
    return found.group(1) + "   "


def _flatten(text: str) -> str:
    """The text in lower case with a space for each character that is no part of a word; as long as the text."""
    if not text.isascii():
        text = _TYPOGRAPHY.sub(" ", text)
    if not text.isascii():
        text = _BETWEEN.sub(" ", text)
    lowered = text.lower()
    if "(c)" in lowered:
        lowered = _COPYRIGHT_SIGN.sub(_spaces_after, lowered)
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    if lowered.isascii():
        return lowered.encode("ascii").translate(_TO_WORDS).decode("ascii")
    return lowered


def has_ideographs(text: str) -> bool:
    """True for a text with Chinese or Japanese characters, each of which is a word of its own."""
    return not text.isascii() and _IDEOGRAPH.search(text) is not None


# Places in a license text that names and dates fill, and what may fill them.


MARK = "\ue000"
"""Stands for a blank in a text that is about to be indexed."""

_HINT = (
    "name|year|yyyy|owner|holder|organi[sz]ation|author|insert|date|company|corporation|licensor|licensee|address|"
    "e-?mail|program|country|state|jurisdiction|title|url|entity|author|version|your|party|contact"
)
_PLACEHOLDER = re.compile(
    rf"<<var;[^<>]*>>|<[^<>\n]{{0,50}}\b(?:{_HINT})[^<>\n]{{0,50}}>|\[[^\[\]\n]{{0,50}}\b(?:{_HINT})[^\[\]\n]{{0,50}}\](?!\()"
    rf"|\{{{{?[^{{}}\n]{{0,60}}\}}?\}}|_{{4,}}|<year>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z]+[0-9]?(?:\s+[a-z-]+=|>|/>)", re.IGNORECASE)
_WEIGHTY = """
may must shall will not no never except unless only without any use used using commercial commercially
noncommercial distribute modify prohibited permitted provided however if you your users fee royalty payment
require required non restricted evaluation academic forbidden illegal void
"""
WEIGHTY = frozenset(_WEIGHTY.split())
"""Words that no name holds and a condition may: a passage with one of them is never taken for a name."""
MAX_FILL = 16
"""The most words that can be a name."""


def mark_blanks(text: str) -> str:
    """The text with `MARK` for each placeholder such as <year>, [name of copyright owner] or {{organization}}."""
    return _PLACEHOLDER.sub(_mark, text)


def is_fill(words: list[str]) -> bool:
    """True where words can be the name, date or address that fills a blank: few, and none that could be a condition."""
    return len(words) <= MAX_FILL and WEIGHTY.isdisjoint(words)


def _mark(found: re.Match[str]) -> str:
    return found.group() if _TAG.match(found.group()) else f" {MARK} "


# Cutting a text into short runs of words, at places that the words themselves decide.


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


def chunk_spans(codes: bytes, *, small: bool) -> list[tuple[int, int, int]]:
    """First word, word after the last, and seed of the key of each run of a known text, from the codes of its words.

    `small`: the short runs too.
    """
    spans = [(*found.span(), 0) for found in _CHUNK.finditer(codes)]
    if small:
        spans += [(*found.span(), 1) for found in _SMALL_CHUNK.finditer(codes) if found.end() - found.start() > 2]
    return spans


def cut_small_chunks(blob: bytes, start: int = 0, end: int | None = None) -> list[Chunk]:
    """The short runs of the words from `start` to `end`; their keys are never those of usual runs of the same words."""
    codes = blob[::WIDTH]
    return [
        (crc32(blob[found.start() * WIDTH : found.end() * WIDTH], 1), found.start(), found.end())
        for found in _SMALL_CHUNK.finditer(codes, start, len(codes) if end is None else end)
        if found.end() - found.start() > 2
    ]
