"""Builds the index of fingerprints from license texts; the texts themselves stay outside."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from licensecheck.identify.blanks import MARK
from licensecheck.identify.chunks import SHORT, cut_chunks, cut_small_chunks
from licensecheck.identify.exact import digest_of
from licensecheck.identify.index import INDEX
from licensecheck.identify.labels import Label
from licensecheck.identify.layout import pack
from licensecheck.identify.names import Names
from licensecheck.identify.sources import Source, read_sources
from licensecheck.identify.titles import blank_markers
from licensecheck.identify.words import BLANK, WIDTH, split_words

SOURCES = "fingerprints.tsv"
"""The list beside the index of what it was built from."""
MIN_WORDS = 15
"""Shorter texts are pointers and headings, not licenses."""
_MAX_WORDS = 0xFFFF
_GNU_CHOICES = ("-only", "-or-later")
_NOTICE_WORDS = 400
"""Shorter texts of GNU licenses are notices, which do make the choice of version."""


@dataclass(slots=True, kw_only=True)
class _Text:
    """A wording to index, and all who use it."""

    blob: bytes
    unmarked: bytes
    title: bytes
    labels: list[Label] = field(default_factory=list)


def build_index(folders: list[Path], *, records: Path) -> dict[str, bytes]:
    """The bytes of the index and of its list of sources by file name, from the texts below the folders."""
    sources = list(read_sources(folders, names=Names(records)))
    return {INDEX: pack_index(sources), SOURCES: _list_sources(sources).encode()}


def pack_index(sources: Iterable[Source]) -> bytes:
    """The index of these texts."""
    texts = _merge(sources)
    labels = sorted({label for text in texts for label in text.labels})
    return pack({**_pack_texts(texts), **_pack_postings(texts), **_pack_labels(texts, labels)})


def blob_of(body: str) -> bytes:
    """The hashed words of a body whose blanks are marked."""
    return BLANK.join(split_words(part).blob for part in body.split(MARK))


def _merge(sources: Iterable[Source]) -> list[_Text]:
    """The different wordings, each with the labels of all sources that have it."""
    texts: dict[bytes, _Text] = {}
    for source in sources:
        blob = blob_of(source.body)
        if not MIN_WORDS * WIDTH <= len(blob) <= _MAX_WORDS * WIDTH:
            continue
        title = split_words(source.title).blob
        text = texts.setdefault(blob, _Text(blob=blob, unmarked=blob_of(blank_markers(source.body)), title=b""))
        text.labels += [source.label, *_twins(source.label, words=len(blob) // WIDTH)]
        text.title += title if title not in text.title else b""
    for text in texts.values():
        text.labels = _join_labels(text.labels)
    return list(texts.values())


def _twins(label: Label, *, words: int) -> list[Label]:
    """The "or later" name of a GNU license beside its "only" name, and the other way: the choice stands elsewhere."""
    choice = next((choice for choice in _GNU_CHOICES if label.spdx.endswith(choice)), None)
    if choice is None or words < _NOTICE_WORDS:
        return []
    name = label.spdx.removesuffix(choice)
    return [replace(label, spdx=name + other) for other in _GNU_CHOICES if other != choice]


def _join_labels(labels: Iterable[Label]) -> list[Label]:
    """One label for each id and SPDX name; what one source of a pair leaves out, the other adds."""
    joined: dict[tuple[str, str], Label] = {}
    for label in sorted(labels):
        known = joined.get((label.id, label.spdx))
        if known is None:
            joined[label.id, label.spdx] = label
        else:
            joined[label.id, label.spdx] = replace(
                known, hf=known.hf or label.hf, scancode=known.scancode or label.scancode
            )
    return list(joined.values())


def _pack_texts(texts: list[_Text]) -> dict[str, array[int] | bytes]:
    """Each text as segments of one pool of codes: a passage that several texts share is held once."""
    pool = bytearray()
    known: dict[bytes, int] = {}
    first, places, lengths = array("I", [0]), array("I"), array("H")
    titles, title_first = bytearray(), array("I", [0])
    for text in texts:
        for place, length in _segments(text.blob, pool=pool, known=known):
            places.append(place)
            lengths.append(length)
        first.append(len(places))
        titles += text.title
        title_first.append(len(titles))
    return {
        "exact": array("Q", [digest_of(text.blob) for text in texts]),
        "unmarked": array("Q", [digest_of(text.unmarked) for text in texts]),
        "size": array("H", [len(codes) - codes.count(0) for codes in (text.blob[::WIDTH] for text in texts)]),
        "twin": _twin_rings(texts),
        "segment_first": first,
        "segment_place": places,
        "segment_length": lengths,
        "title_first": title_first,
        "pool": bytes(pool),
        "titles": bytes(titles),
    }


def _twin_rings(texts: list[_Text]) -> array[int]:
    """For each text the next one of the same license; the last leads back to the first."""
    rings: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        rings.setdefault(text.labels[0].id, []).append(number)
    twins = array("H", range(len(texts)))
    for ring in rings.values():
        for number, after in zip(ring, ring[1:] + ring[:1], strict=True):
            twins[number] = after
    return twins


def _segments(blob: bytes, *, pool: bytearray, known: dict[bytes, int]) -> list[tuple[int, int]]:
    """Where in the pool the codes of a text lie; codes that it lacks are added."""
    codes = blob[::WIDTH]
    segments: list[tuple[int, int]] = []
    for _, start, end in _with_blanks(blob):
        part = codes[start:end]
        place = known.get(part)
        if segments and pool.startswith(part, sum(segments[-1])):
            place = sum(segments[-1])
        if place is None:
            place = known[part] = len(pool)
            pool += part
        if segments and sum(segments[-1]) == place and segments[-1][1] + len(part) <= _MAX_WORDS:
            segments[-1] = (segments[-1][0], segments[-1][1] + len(part))
        else:
            segments.append((place, len(part)))
    return segments


def _with_blanks(blob: bytes) -> list[tuple[int, int, int]]:
    """The runs of a text with the blanks between them as runs of their own."""
    runs, place = [], 0
    for key, start, end in cut_chunks(blob):
        runs += [(0, blank, blank + 1) for blank in range(place, start)]
        runs.append((key, start, end))
        place = end
    return runs + [(0, blank, blank + 1) for blank in range(place, len(blob) // WIDTH)]


def _pack_postings(texts: list[_Text]) -> dict[str, array[int] | bytes]:
    postings: dict[int, list[tuple[int, int]]] = {}
    for number, text in enumerate(texts):
        small = cut_small_chunks(text.blob) if len(text.blob) <= SHORT * WIDTH else []
        for key, start, _ in cut_chunks(text.blob) + small:
            postings.setdefault(key, []).append((number, start))
    keys = array("I", sorted(postings))
    first, in_text, at = array("I", [0]), array("H"), array("H")
    for key in keys:
        in_text.extend(number for number, _ in postings[key])
        at.extend(place for _, place in postings[key])
        first.append(len(in_text))
    return {"keys": keys, "first": first, "posting_text": in_text, "posting_place": at}


def _pack_labels(texts: list[_Text], labels: list[Label]) -> dict[str, array[int] | bytes]:
    numbers = {label: number for number, label in enumerate(labels)}
    first, references = array("I", [0]), array("H")
    for text in texts:
        references.extend(numbers[label] for label in text.labels)
        first.append(len(references))
    lines, places = bytearray(), array("I", [0])
    for label in labels:
        fields = (label.id, label.name, label.version, label.spdx, label.hf, label.scancode)
        lines += "\t".join(" ".join(value.split()) for value in fields).encode()
        places.append(len(lines))
    return {"label_first": first, "label": references, "label_place": places, "labels": bytes(lines)}


def _list_sources(sources: Iterable[Source]) -> str:
    """A line for each text: where it is from, which license it is, and the hash of its words."""
    lines = {f"{s.origin}\t{s.label.id}\t{sha256(blob_of(s.body)).hexdigest()[:16]}" for s in sources}
    return "\n".join(["source\tid\twords", *sorted(lines)]) + "\n"
