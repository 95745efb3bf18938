"""Builds the index of fingerprints from license texts; the texts themselves stay outside."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from licensecheck.catalog.build import record_paths
from licensecheck.catalog.fingerprint_file import pack
from licensecheck.catalog.yaml_files import load_yaml, parse_yaml
from licensecheck.errors import DataError, Place
from licensecheck.identify.candidates import digest_of
from licensecheck.identify.extras import blank_markers, drop_copyright_lines, split_title
from licensecheck.identify.index import INDEX, Label
from licensecheck.identify.words import (
    BLANK,
    MARK,
    SHORT,
    WIDTH,
    cut_chunks,
    cut_small_chunks,
    mark_blanks,
    split_words,
)
from licensecheck.text.io import read_text

# What known texts are called: the names of the license records, or a text's own where no record knows it.


_GNU_CHOICE = re.compile(r"-(?:only|or-later)$")


class Names:
    """The records by each of their names and by the hashes of the files that hold their texts."""

    def __init__(self, root: Path) -> None:
        self._by_name: dict[str, dict[str, Any]] = {}
        self._by_hash: dict[str, dict[str, Any]] = {}
        for path in record_paths(root):
            record = load_yaml(path)
            names = [record["id"], *(name for listed in record.get("ids", {}).values() for name in listed)]
            self._by_name.update((name.lower(), record) for name in names)
            self._by_hash.update((digest, record) for digest in record.get("sha256", ()))

    def find(self, *names: str) -> Label | None:
        """The label of the first name that a record bears."""
        found = next((self._by_name[name.lower()] for name in names if name.lower() in self._by_name), None)
        return None if found is None else _label(found)

    def name_scancode(self, key: str, *, spdx: str, name: str) -> Label:
        """The label of what ScanCode calls so; a record that has another ScanCode id only sounds alike."""
        record = self._by_name.get(key.lower())
        if record is not None and not _sounds_alike(record, key):
            return _label(record)
        own = self.find(spdx) or own_label(spdx=spdx, scancode=key, name=name)
        return replace(own, id=f"scancode-{key}") if own.id == key and record is not None else own

    def find_file(self, sha256: str) -> Label | None:
        """The label of the record that names the file with this hash."""
        found = self._by_hash.get(sha256)
        return None if found is None else _label(found)


def own_label(*, spdx: str = "", scancode: str = "", name: str) -> Label:
    """The label of a text that no record knows."""
    own = _GNU_CHOICE.sub("", spdx).lower() if spdx else scancode
    return Label(id=own, name=name, spdx=spdx, scancode=scancode)


def _sounds_alike(record: dict[str, Any], key: str) -> bool:
    ids = record.get("ids", {})
    others = (record["id"], *(name.lower() for name in ids.get("spdx", ())))
    return key.lower() in others and key not in ids.get("scancode", (key,))


def _label(record: dict[str, Any]) -> Label:
    ids = record.get("ids", {})
    return Label(
        id=record["id"],
        name=record["name"],
        version=record.get("version") or record.get("date") or "",
        spdx=_first(ids, "spdx"),
        hf=_first(ids, "hf"),
        scancode=_first(ids, "scancode"),
    )


def _first(ids: dict[str, list[str]], scheme: str) -> str:
    names = ids.get(scheme) or [""]
    return names[0]


# Reads the XML in which SPDX keeps license texts, with its marks for what may differ.


_HEADER = "standardLicenseHeader"
_BLOCKS = frozenset(("p", "list", "item", "br", "bullet", "titleText", "optional", _HEADER, "text"))
_ANYTHING = re.compile(r"\.(?:[+*]|\{[0-9,]+\})\??")
OLD_GNU_NAME = re.compile(r"(?:A|L)?GPL-[0-9.]+\+?$|GFDL-[0-9.]+$")
"""Names without "only" or "or later", which SPDX has given up."""
_LONG_OPTION = 20
"""Optional passages from so many words on give a second wording without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpdxEntry:
    """One license or exception of SPDX: its wordings, with blanks marked, and the title that a copy may lack."""

    id: str
    name: str
    bodies: tuple[str, ...]
    title: str
    headers: tuple[str, ...] = ()
    """Notices for the head of a file that say only that the license applies."""


def read_spdx(path: Path) -> SpdxEntry | None:
    """The license of one XML file; None where it is none."""
    try:
        root = ElementTree.fromstring(read_text(path).text.encode())
    except ElementTree.ParseError as fault:
        raise DataError(f"no valid XML: {fault}", Place(path=str(path))) from None
    entry = next((element for element in root if element.get("licenseId")), None)
    text = None if entry is None else next((part for part in entry if _tag(part) == "text"), None)
    if entry is None or text is None or OLD_GNU_NAME.match(entry.get("licenseId", "")):
        return None
    full = "".join(_render(text, keep_options=True))
    short = "".join(_render(text, keep_options=False))
    title = " ".join(" ".join(part.itertext()) for part in text.iter() if _tag(part) == "titleText")
    bodies = (full,) if short.split() == full.split() else (full, short)
    headers = ("".join(_render(part, keep_options=True)) for part in text.iter() if _tag(part) == _HEADER)
    return SpdxEntry(
        id=entry.get("licenseId", ""), name=entry.get("name", ""), bodies=bodies, title=title, headers=tuple(headers)
    )


def _render(element: ElementTree.Element, *, keep_options: bool) -> Iterator[str]:
    """The text of an element without title and copyright line, a block a line."""
    tag = _tag(element)
    if tag in ("titleText", "copyrightText") or (tag == "optional" and not keep_options and _is_long(element)):
        yield "\n"
        return
    if tag == "alt":
        yield _blank_parts(" ".join("".join(element.itertext()).split()), pattern=element.get("match", ""))
        return
    if tag in _BLOCKS and tag != "optional":
        yield "\n"
    yield " ".join((element.text or "").split()) + " "
    for child in element:
        yield from _render(child, keep_options=keep_options)
        yield " " + " ".join((child.tail or "").split()) + " "
    if tag in ("p", "item"):
        yield "\n"


def _blank_parts(default: str, *, pattern: str) -> str:
    """The default wording of a passage that may differ, with a blank where the pattern allows anything."""
    if not _ANYTHING.search(pattern):
        return default
    parts = iter(range(pattern.count(".")))
    named = _ANYTHING.sub(lambda _: f"(?P<blank{next(parts)}>.*)", pattern)
    try:
        found = re.fullmatch(named, default, re.IGNORECASE)
    except re.error:
        return default
    for start, end in sorted((found.span(name) for name in found.groupdict()), reverse=True) if found else ():
        if start >= 0:
            default = f"{default[:start]} {MARK} {default[end:]}"
    return default


def _is_long(element: ElementTree.Element) -> bool:
    return len("".join(element.itertext()).split()) >= _LONG_OPTION


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


# Reads the texts that the index is built from: SPDX's, ScanCode's, plain texts of known records.


_NOT_A_TEXT = ("is_deprecated", "is_generic", "is_unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A license text to index: `body` has its blanks marked; `title` holds lines that a copy may lack."""

    origin: str
    label: Label
    body: str
    title: str = ""


def read_sources(folders: list[Path], *, names: Names) -> Iterator[Source]:
    """The texts below the folders, in the order of their paths; a plain text that no record knows is passed over."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".LICENSE":
                yield from _scancode(path, names=names)
            elif path.suffix == ".xml":
                yield from _spdx(path, names=names)
            elif path.suffix == ".json":
                yield from _published(path, names=names)
            elif path.suffix in (".txt", ".md"):
                yield from _plain(path, names=names)


def _scancode(path: Path, *, names: Names) -> Iterator[Source]:
    front, text = _front_matter(read_text(path).text, path=str(path))
    if any(front.get(flag) for flag in _NOT_A_TEXT):
        return
    key, spdx = str(front["key"]), str(front.get("spdx_license_key") or "")
    spdx = "" if spdx.startswith("LicenseRef") else spdx
    label = names.name_scancode(key, spdx=spdx, name=str(front["name"]))
    label = replace(label, spdx=spdx or label.spdx, scancode=key)
    yield _from_plain(text, origin=f"scancode:{key}", label=label)


def _spdx(path: Path, *, names: Names) -> Iterator[Source]:
    entry = read_spdx(path)
    if entry is None:
        return
    label = names.find(entry.id) or own_label(spdx=entry.id, name=entry.name)
    for body in entry.bodies:
        yield Source(origin=f"spdx:{entry.id}", label=replace(label, spdx=entry.id), body=body, title=entry.title)
    for header in entry.headers:
        notice = replace(label, spdx=entry.id, name=f"{label.name} (notice)")
        yield Source(origin=f"spdx:{entry.id}#notice", label=notice, body=header)


def _published(path: Path, *, names: Names) -> Iterator[Source]:
    """A text as SPDX publishes it: one JSON object a license, in a file that bears its id."""
    data = json.loads(read_text(path).text)
    if OLD_GNU_NAME.match(path.stem) or "licenseText" not in data:
        return
    label = names.find(path.stem) or own_label(spdx=path.stem, name=str(data["name"]))
    yield _from_plain(data["licenseText"], origin=f"published:{path.stem}", label=replace(label, spdx=path.stem))


def _plain(path: Path, *, names: Names) -> Iterator[Source]:
    source = read_text(path)
    label = names.find_file(source.sha256) or names.find(path.stem)
    if label is not None:
        yield _from_plain(source.text, origin=f"text:{path.stem}", label=label)


def _from_plain(text: str, *, origin: str, label: Label) -> Source:
    title, body = split_title(drop_copyright_lines(mark_blanks(text)), name=f"{label.name} {label.id} {label.spdx}")
    return Source(origin=origin, label=label, body=body, title=title)


def _front_matter(text: str, *, path: str) -> tuple[dict[str, Any], str]:
    """The YAML between the first two lines of hyphens, and what follows."""
    head, _, body = text.removeprefix("---\n").partition("\n---")
    front: dict[str, Any] = parse_yaml(head, path=path)
    return front, body


# Builds the index of fingerprints from license texts; the texts themselves stay outside.


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
