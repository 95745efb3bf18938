"""From the reading of a text to the part of a license record that extraction writes: class, facts and terms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from licensecheck.catalog.build import LEDGER, load_record_data, record_paths, render_ledger, render_record
from licensecheck.catalog.records import term_data
from licensecheck.domain.licenses import Grant, Identity, LicenseClass, LicenseReading, MatchKind, Term, Value
from licensecheck.domain.subject import Document, Role
from licensecheck.errors import Place, SourceError, UsageError
from licensecheck.reading.license_text import read_license
from licensecheck.text.io import SourceText, read_text, write_whole

MOST_WORDS = 19
"""How many words of a prescribed notice a record keeps; a longer one ends in an ellipsis."""
LEAST_ENGLISH = 0.08
"""The share of the small words of English below which the rules, which read English, are not trusted with a text."""
RESTRICTED = frozenset(("use-restricted", "noncommercial", "proprietary"))
"""The classes whose texts state a limit; where extraction finds none, it has missed what matters."""
OTHER_LANGUAGE = "not in English; terms are taken over from English texts alone"
MISSED = "extraction finds none of what its class says"
"""Why a text at hand gives no known terms."""
_WRITTEN = ("facts", "grants", "hands_on", "read", "sha256", "terms")
_ID = re.compile(r"[a-z0-9][a-z0-9.+-]*")
_RUN = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[a-z']+|[^\W\d_a-z]")
_SMALL_WORDS = frozenset(("the", "of", "and", "to", "this", "you", "any", "that", "by", "is", "with", "for"))


def read_source(source: SourceText, *, record_id: str | None = None) -> LicenseReading:
    """The reading of a license text; with `record_id` as the verbatim text of that record."""
    document = Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256)
    identity = Identity(match=MatchKind.EXACT, id=record_id, coverage=1.0) if record_id else None
    return read_license(document, identity=identity)


def recorded_terms(reading: LicenseReading) -> list[dict[str, Any]]:
    """The terms of a reading as entries of a record: attributes and clause numbers, without a word of the text."""
    return [term_data(replace(term, attributes=_stated(term), clause=_clause(term))) for term in reading.terms]


def recorded_grants(reading: LicenseReading) -> list[dict[str, Any]]:
    """The grants of a reading as entries of a record, less those that another one with fewer limits gives anyway."""
    kept: list[Grant] = []
    for grant in sorted(reading.grants, key=_by_limits):
        if not any({*grant.rights} <= {*other.rights} and {*other.limits} <= {*grant.limits} for other in kept):
            kept.append(grant)
    return [_grant_data(grant) for grant in kept]


def _by_limits(grant: Grant) -> tuple[int, int, int]:
    return len(grant.limits), -len(grant.rights), grant.evidence.start if grant.evidence else 0


def _grant_data(grant: Grant) -> dict[str, Any]:
    clause = grant.evidence.section if grant.evidence else grant.clause
    return {
        "rights": list(grant.rights),
        **({"limits": list(grant.limits)} if grant.limits else {}),
        **({"clause": clause} if clause else {}),
    }


def is_readable(text: str) -> bool:
    """Whether the text is English enough for the rules."""
    words = _WORD.findall(text.lower())
    return sum(word in _SMALL_WORDS for word in words) >= LEAST_ENGLISH * len(words) > 0


def reread(data: Mapping[str, Any], texts: Mapping[str, Path]) -> dict[str, Any] | None:
    """The record with what extraction finds today in its text; None where none of its texts is at hand.

    `texts` maps the hash of each file at hand to its path. A text that the rules cannot read, in which they miss what
    makes the license restricted, or of which somebody says in `unread` why not, gives no known terms.
    """
    digest = _at_hand(data, texts)
    if digest is None:
        return None
    source = read_text(texts[digest])
    fresh = {key: value for key, value in data.items() if key not in _WRITTEN}
    fresh["read"] = {"source": source.path.rpartition("/")[2], **data.get("read", {}), "sha256": digest}
    reading = read_source(source, record_id=data["id"]) if is_readable(source.text) else None
    held = data.get("unread") not in (None, OTHER_LANGUAGE, MISSED)
    missed = data.get("class") in RESTRICTED and (reading is None or reading.license_class not in RESTRICTED)
    if reading is None or missed or held:
        by_hand = {"hands_on": data["hands_on"]} if "hands_on" in data else {}
        why = {"unread": data.get("unread") or (MISSED if missed and reading is not None else OTHER_LANGUAGE)}
        return fresh | why | by_hand | {"sha256": data["sha256"], "terms": None}
    fresh.pop("unread", None)
    return fresh | {
        **({"facts": sorted(reading.facts)} if reading.facts else {}),
        **({"grants": recorded_grants(reading)} if reading.grants else {}),
        "sha256": data["sha256"],
        "terms": recorded_terms(reading),
    }


def _at_hand(data: Mapping[str, Any], texts: Mapping[str, Path]) -> str | None:
    """The hash of the text to read: the one read before, else the first that is at hand."""
    read = data.get("read") or {}
    for digest in (read.get("sha256"), *data.get("sha256", ())):
        if digest in texts:
            found: str = digest
            return found
    return None


def _stated(term: Term) -> dict[str, Any]:
    return {name: _cut(value) for name, value in term.attributes.items() if value is not None}


def _cut(value: Value) -> Value:
    """The value, a long prescribed text cut to its first words: a record holds no passages of other people's texts."""
    if isinstance(value, tuple):
        return tuple(str(_cut(item)) for item in value)
    if not isinstance(value, str) or len(_RUN.findall(value)) <= MOST_WORDS:
        return value
    last = list(_RUN.finditer(value))[MOST_WORDS - 1]
    return value[: last.end()] + " …"


def _clause(term: Term) -> str | None:
    """Where the term stands: the clauses of its passages in their order, each once."""
    sections = dict.fromkeys(evidence.section for evidence in term.evidence if evidence.section)
    return ", ".join(sections) or term.clause


def new_record(source: SourceText, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A record of a text that has none yet: the facts that the caller knows, and what extraction finds.

    `facts` are the options of `licensecheck catalog record` by their names; the rest is left to be filled in.
    """
    record_id = str(facts.get("id_") or Path(source.path).stem).lower()
    reading = read_source(source)
    license_class = "osi-approved" if facts.get("osi_approved") else reading.license_class
    schemes = {
        "spdx": facts.get("spdx"),
        "hf": facts.get("hf"),
        "scancode": facts.get("scancode"),
        "other": facts.get("alias"),
    }
    data = {
        "id": record_id,
        "name": facts.get("name") or _first_line(source.text) or record_id,
        "family": facts.get("family") or record_id,
        **{key: facts[key] for key in ("version", "date", "steward", "url") if facts.get(key)},
        "class": license_class.value if isinstance(license_class, LicenseClass) else license_class,
        "osi_approved": bool(facts.get("osi_approved")),
        "ids": {scheme: list(names) for scheme, names in schemes.items() if names},
        **({"policy": True} if facts.get("policy") else {}),
        **({"incorporates": list(facts["incorporates"])} if facts.get("incorporates") else {}),
        **({"facts": sorted(reading.facts)} if reading.facts else {}),
        **({"grants": recorded_grants(reading)} if reading.grants else {}),
        "read": {"source": Path(source.path).name, "sha256": source.sha256, "date": facts["read_on"]},
        "sha256": [source.sha256],
    }
    return data | {"terms": recorded_terms(reading) if is_readable(source.text) else None}


def new_family(root: Path, family: str, source: SourceText, facts: Mapping[str, Any]) -> dict[Path, str]:
    """The files of a new family below `root`: its first record, and its ledger where that names a version.

    `facts` are those of `new_record`, and `by`, who reads the record beside its text. UsageError where the name is no
    id or the family is there already.
    """
    if not _ID.fullmatch(family):
        raise UsageError(f"{family!r} is not a family name: lower-case letters, digits, dots, hyphens")
    if (root / family).exists():
        raise UsageError(f"licenses/{family} is there already; `licensecheck catalog record` makes a further record")
    data = new_record(source, {**facts, "id_": facts.get("id_") or family, "family": family})
    reviewed = {"by": facts["by"], "on": facts["read_on"]}
    unread = {} if data["terms"] is not None else {"unread": OTHER_LANGUAGE}
    before = {key: value for key, value in data.items() if key not in ("sha256", "grants", "terms")}
    after = {key: data[key] for key in ("sha256", "grants", "terms") if key in data}
    written = {root / family / f"{data['id']}.yaml": render_record(before | {"reviewed": reviewed} | unread | after)}
    if data["id"] != family:
        ledger = {"id": family, "name": f"{data['name']}, version not named", "versions": [{"id": data["id"]}]}
        written[root / family / LEDGER] = render_ledger(ledger)
    return written


def _first_line(text: str) -> str | None:
    """The first line with words, as a name to start from: at most twelve words of it."""
    for line in text.splitlines():
        words = line.strip("#*=- \t\ufeff").split()
        if words:
            return " ".join(words[:12])
    return None


# Reading all texts at hand again, so that the records say what extraction finds today.


def refresh_records(root: Path, folders: Iterable[Path], *, only: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Renew the records below `root` whose text lies in a folder: how many were read, and how many changed."""
    texts = dict(_texts(folders))
    read = changed = 0
    for path in record_paths(root):
        if only and path.stem not in only:
            continue
        fresh = reread(load_record_data(path), texts)
        if fresh is None:
            continue
        read += 1
        text = render_record(fresh)
        if text != path.read_text(encoding="utf-8"):
            write_whole(text, path)
            changed += 1
    return read, changed


def _texts(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The hash of each file at hand, and its path."""
    for folder in folders:
        if not folder.is_dir():
            raise SourceError("not a folder of license texts", Place(path=str(folder)))
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield hashlib.sha256(path.read_bytes()).hexdigest(), path
