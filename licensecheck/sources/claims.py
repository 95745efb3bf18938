"""Where a card calls its own model open source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from licensecheck.load.vocabulary import load_vocabulary
from licensecheck.model.license import LicenseClass
from licensecheck.sources.blocks import Kind
from licensecheck.sources.license_names import LicenseName
from licensecheck.sources.prose import Elsewhere, Sentence

_NOT_OPEN = (LicenseClass.USE_RESTRICTED, LicenseClass.NONCOMMERCIAL, LicenseClass.PROPRIETARY)


def find_claim(sentences: Iterable[Sentence], *, name: str | None) -> Sentence | None:
    """The first sentence that calls the model open source; `name` is the model's own."""
    words = _words()
    elsewhere = Elsewhere(words.elsewhere)
    own: re.Pattern[str] | None = None
    for sentence in sentences:
        if sentence.kind in (Kind.ROW, Kind.HEADING) or not words.cue.search(sentence.low):
            continue
        if elsewhere.holds(sentence) or words.unless.search(sentence.text):
            continue
        own = own or re.compile(own_name_pattern(name), re.I)
        text = own.sub(_SELF, sentence.text)
        if any(claim.search(text) for claim in words.claims):
            return sentence
    return None


def not_open_source(declared: Sequence[LicenseName], *, is_other: bool) -> bool:
    """True where no declared license is open source: each is known and restricted, or a custom one (`other`)."""
    if any(name.is_standard for name in declared):
        return False
    known = [name.record for name in declared if name.record is not None]
    if any(record.license_class in _NOT_OPEN for record in known):
        return True
    return is_other and not known


def own_name_pattern(name: str | None) -> str:
    """A pattern for the model's name as prose writes it: its first words, with any separators."""
    parts = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?", (name or "").rpartition("/")[2])
    parts = [part for part in parts if part.lower() not in _COMMON]
    if not parts or len(parts[0]) < 3:
        return r"\bthis model"
    return rf"\b{re.escape(parts[0])}(?-i:[\s._-]?(?:[A-Z0-9]|v\d)[A-Za-z0-9.+]*){{0,5}}"


_SELF = "SELFMODEL"
"""What stands for the model's own name while a sentence is matched."""
_COMMON = frozenset({"meta", "the", "model", "hf", "gguf"})


@dataclass(frozen=True, slots=True)
class _Words:
    claims: tuple[re.Pattern[str], ...]
    cue: re.Pattern[str]
    unless: re.Pattern[str]
    elsewhere: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load_vocabulary("claims")
    unless = re.sub(r"\s*\n\s*", "", data["unless"].strip())
    return _Words(
        claims=tuple(re.compile(claim.replace("{self}", _SELF), re.I) for claim in data["claims"]),
        cue=re.compile(data["cue"]),
        unless=re.compile(unless, re.I),
        elsewhere=re.compile(data["elsewhere"], re.I),
    )
