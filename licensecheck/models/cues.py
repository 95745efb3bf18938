"""One pass over a sentence tells which readers of cards look into it, and with which of their expressions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import load_vocabulary, rules_root
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.seals import sealed, unsealed
from licensecheck.lazy import re, sha256
from licensecheck.text import literals
from licensecheck.text.io import write_whole
from licensecheck.text.literals import Needed, Prefilter, needs_of

ALL = -1
"""The marks of a sentence that nobody has looked at: every reader looks into it."""
NONE = 0


def marks_of(low: str) -> int:
    """A bit for each expression that can match a sentence; the text is in lower case."""
    return _prefilter().able(low)


@per_catalog
def bit_of(reader: str) -> int:
    """The bit of an expression, by its name."""
    return _prefilter().bit(reader)


@per_catalog
def bits_of(readers: tuple[str, ...]) -> int:
    """The bits of several expressions together."""
    return _prefilter().bits(readers)


def is_relevant(marks: int) -> bool:
    """True where the marks of a sentence are enough for one reader at least, wherever it stands."""
    for one, other in _together():
        if marks & one and marks & other:
            return True
    return any(able & marks == able for able in _binding())


@per_catalog
def _together() -> tuple[tuple[int, int], ...]:
    """Pairs of bits of which a reader needs one each."""
    names = tuple(_patterns())

    def bits(*begins: str) -> int:
        return bits_of(tuple(name for name in names if name.startswith(begins)))

    alone = bits(
        "bases/labels",
        "bases/merged",
        "restrictions/",
        "claims",
        "context",
        "scratch",
        "tuned",
        "foreign",
        "prose/label",
        "services",
        "sets",
    )
    topics = tuple(load_vocabulary("disclosures")["topics"])
    return (
        (alone, ALL),
        (bit_of("bases"), bits("bases/statements/", "bases/single/", "bases/behind/")),
        (bits("data", "prose", "parts"), bits("names/")),
        (bit_of("parts"), bit_of("parts/closed")),
        *((bit_of(topic), bits(f"{topic}/")) for topic in topics),
    )


@per_catalog
def _binding() -> tuple[int, ...]:
    """The bits of the groups of words that make a sentence bind under any heading; what others include left out."""
    found = {
        bits_of(tuple(f"norms/{group}" for group in (*groups, *entry.get("needs", ()))))
        for entry in load_vocabulary("norms")["patterns"]
        if not entry.get("legal") and not entry.get("license")
        for groups in groups_together(entry)
    }
    of_name = marks_of("selfmodel")
    needed = {able & ~of_name for able in found}
    return tuple(sorted(one for one in needed if not any(other != one and other & one == other for other in needed)))


_LEADING = ("trade", "leave", "study", "spread", "fee", "end", "who")
"""The groups of words in other languages of which each restriction holds one, where it has no letters of its own."""


def groups_together(entry: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The groups that a pattern of `rules/cards/norms.yaml` needs in one clause, once for each of its `any`."""
    both = tuple(entry.get("all", ()))
    for group in entry.get("any", (None,)):
        yield both if group is None else (group, *both)


def group_pattern(words: Iterable[str]) -> str:
    """The expression of a group of `rules/cards/norms.yaml`: whole words."""
    return rf"(?<![\w])(?:{'|'.join(words)})(?![\w])"


def one_line(pattern: str) -> str:
    """An expression that stands on several lines, each an alternative."""
    return re.sub(r"\s*\n\s*", "", pattern.strip())


CUES = "cues.json"
"""The built file of `rules/` with the literals that each expression needs, and the digest of what they come from."""


@per_catalog
def _prefilter() -> Prefilter:
    patterns = _patterns()
    return Prefilter(patterns, _built(patterns))


def _built(patterns: Mapping[str, str | tuple[str, ...]]) -> Needed | None:
    """The literals as they were built; None where they are those of other expressions, or were changed since."""
    try:
        line = (rules_root() / CUES).read_bytes()
        built = json.loads(unsealed(line, name=f"rules/{CUES}"))
    except (OSError, ValueError):
        return None
    needed: Needed = built["needed"]
    return needed if built["digest"] == _digest(patterns) else None


def write_cues() -> bool:
    """Write the built file where it differs from what it should be; True where it was written."""
    patterns, path = _patterns(), rules_root() / CUES
    needed = {name: None if found is None else sorted(found) for name, found in needs_of(patterns).items()}
    text = sealed(json.dumps({"digest": _digest(patterns), "needed": needed}, ensure_ascii=False))
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    write_whole(text, path)
    return True


def _digest(patterns: Mapping[str, str | tuple[str, ...]]) -> str:
    """The hash of the expressions and of the code that reads them."""
    code = Path(literals.__file__).read_bytes()
    return sha256(json.dumps(patterns, ensure_ascii=False).encode() + code).hexdigest()


def _patterns() -> Mapping[str, str | tuple[str, ...]]:
    """The expressions that readers look for, by their names."""
    found: dict[str, str | tuple[str, ...]] = {
        name: load_vocabulary(name)["cue"] for name in ("prose", "restrictions", "claims", "bases")
    }
    found["prose/heading"] = load_vocabulary("prose")["heading"]
    found["prose/label"] = load_vocabulary("prose")["label"]
    found["prose/combined"] = load_vocabulary("prose")["combined"]
    found["context"] = "context|sequence|length|natively"
    found["scratch"] = ("from scratch",)
    found["parts"] = load_vocabulary("parts")["cue"]
    found["parts/closed"] = load_vocabulary("parts")["closed"]
    names = load_vocabulary("names")
    for number, entry in enumerate(names["names"]):
        found[f"names/{number}"] = entry["find"]
    found["names/generic"], found["names/generic_han"] = names["generic"], names["generic_han"]
    for number, entry in enumerate(load_vocabulary("restrictions")["restrictions"]):
        found[f"restrictions/{number}"] = one_line(entry["find"])
    for name in ("unless", "others"):
        found[f"restriction-{name}"] = one_line(load_vocabulary("restrictions")[name])
    bases = load_vocabulary("bases")
    found["bases/labels"] = f"{bases['labels']}|{bases['headed']}"
    found["bases/merged"] = bases["merged"]
    found["bases/unless"] = bases["unless"]
    for kind in ("statements", "single", "behind"):
        for number, pattern in enumerate(bases[kind]):
            found[f"bases/{kind}/{number}"] = pattern
    norms = load_vocabulary("norms")
    found["norms/legal"] = norms["legal"]
    for name, words in norms["groups"].items():
        found[f"norms/{name}"] = group_pattern(words)
    found["tuned"] = (
        "fine-?tun|merge of|lora adapter|quanti[sz]ed version|gguf version|instruction.tuned|(?:based|built) (?:up)?on"
    )
    for name, topic in load_vocabulary("disclosures")["topics"].items():
        found[name] = topic["needs"]
        for key in ("discloses", "vague", "contradicts"):
            for number, pattern in enumerate(topic.get(key, ())):
                found[f"{name}/{key}/{number}"] = pattern
    foreign = load_vocabulary("foreign")["latin"]
    stems = sorted({stem for group in _LEADING for stem in foreign[group] if stem.isascii()})
    found["foreign"] = tuple(before + stem for stem in stems for before in (" ", "'"))
    data = load_vocabulary("datasets")
    found["services"], found["sets"] = data["services"], data["sets"]
    found["data"] = "data|corp|recordings|trained on|tuned on"
    return found
