"""The standard rules in one built file, `rules/compiled.json`, which opens in a twentieth of the time of its sources.

`licensecheck rules build` writes it with the digest of what it comes from: rules, lexicon, and the code that reads
them. Where any of these has changed since, the rules are compiled from the YAML files instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.detect_rules import (
    LEXICON,
    OVERLAY_FILES,
    detect_files,
    load_built_in_rules,
    load_detect_data,
    load_detect_rule,
    load_lexicon,
    parse_detect_rule,
)
from licensecheck.catalog.overlays import check_new_ids, overlay_files
from licensecheck.catalog.seals import sealed, unsealed
from licensecheck.errors import DataError, Place
from licensecheck.reading import compiling, force, ledger_words, patterns, phrase_index
from licensecheck.reading.compiling import compile_rules, make_ready
from licensecheck.reading.detection import ReadyRule, RuleSet
from licensecheck.reading.force import ForceWords
from licensecheck.reading.indexed_text import CompiledPattern
from licensecheck.reading.ledger_words import LEDGER, load_words, pack_ledger, unpack_ledger
from licensecheck.reading.patterns import Phrase
from licensecheck.reading.phrase_index import PhraseIndex
from licensecheck.text import han, tokens
from licensecheck.text.io import write_whole
from licensecheck.text.tokens import learn_stems, split_words, stem

COMPILED = "compiled.json"
_CODE = (compiling, force, han, ledger_words, patterns, phrase_index, tokens)
"""The modules whose code decides what is in the file."""


@per_catalog
def standard_rules() -> RuleSet:
    """The rules of the catalog in use, made ready: those that ship with the project, and those of its overlays."""
    base = _built_in_rules()
    files = overlay_files("rules", OVERLAY_FILES)
    if not files.data and not files.retired:
        return base
    check_new_ids((ready.rule.id for ready in base.rules), files, what="detect rule")
    rules = tuple(ready for ready in base.rules if ready.rule.id not in files.retired)
    kept = RuleSet(rules=rules, index=base.index, force=base.force, ledger=base.ledger)
    return compile_rules([load_detect_rule(path) for path in files.data], load_lexicon(), onto=kept)


@lru_cache(maxsize=1)
def _built_in_rules() -> RuleSet:
    """The rules that ship with the project, made ready once a process."""
    packed = _read_packed()
    if packed:
        return unpack_rules(packed)
    lexicon = load_lexicon()
    return compile_rules(load_built_in_rules(), lexicon, ledger=load_words(lexicon))


def is_compiled() -> bool:
    """True where the built file holds what its sources say."""
    return _read_packed() is not None


def stale_rules() -> Iterator[DataError]:
    """A fault where the built file does not hold what its sources say."""
    if not is_compiled():
        yield DataError("is out of date; run `licensecheck rules build`", Place(path=f"rules/{COMPILED}"))


def write_compiled() -> bool:
    """Write the built file where it differs from what it should be; True where it was written."""
    path = rules_root() / COMPILED
    text = sealed(json.dumps(pack_standard(), ensure_ascii=False, default=str, separators=(",", ":")))
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    write_whole(text, path)
    return True


def pack_standard() -> dict[str, Any]:
    """The data of the built file."""
    found = [load_detect_data(path) for path in detect_files()]
    rules = [(parse_detect_rule(data, path=name), data) for name, data in found]
    kept = [(rule, data) for rule, data in rules if rule.status != "retired"]
    lexicon = load_lexicon()
    made = compile_rules([rule for rule, _ in kept], lexicon, ledger=load_words(lexicon))
    return {
        "digest": _digest(),
        "phrases": [[" ".join(phrase.words), phrase.exact] for phrase in made.index.phrases],
        "slots": made.index.slots,
        "force": made.force.sets,
        "headings": made.force.headings,
        "ledger": pack_ledger(made.ledger) if made.ledger else None,
        "rules": [
            {"path": rule.path, "data": data, "rows": _pack_rows(ready)}
            for (rule, data), ready in zip(kept, made.rules, strict=True)
        ],
        "stems": _common_stems(),
    }


def _pack_rows(ready: ReadyRule) -> list[Any]:
    return [
        [use, source, [[compiled.slots, compiled.gaps] for compiled in patterns]]
        for (use, source), patterns in ready.patterns.items()
    ]


def _common_stems() -> dict[str, str]:
    """The stems of the words of the rules and their examples, which are most of the words of any license."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in _sources())
    words = sorted(set(split_words(text).lower))
    return {word: stem(word) for word in words if word.isalpha() and stem(word) != word}


def unpack_rules(packed: dict[str, Any]) -> RuleSet:
    """The rule set that the data of the built file holds."""
    learn_stems(packed["stems"])
    return RuleSet(
        rules=tuple(_unpack_rule(entry) for entry in packed["rules"]),
        index=PhraseIndex(
            (Phrase(tuple(words.split(" ")), exact) for words, exact in packed["phrases"]), packed["slots"]
        ),
        force=ForceWords(
            sets=packed["force"], headings={name: tuple(marks) for name, marks in packed["headings"].items()}
        ),
        ledger=unpack_ledger(packed["ledger"]) if packed["ledger"] else None,
    )


def _unpack_rule(entry: dict[str, Any]) -> ReadyRule:
    patterns = {
        (use, source): tuple(
            CompiledPattern(source=source, slots=tuple(slots), gaps=tuple(gaps)) for slots, gaps in variants
        )
        for use, source, variants in entry["rows"]
    }
    return make_ready(parse_detect_rule(entry["data"], path=entry["path"]), patterns)


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The words of the rules and their examples: most of those that any license is made of."""
    packed = _read_packed()
    stems = packed["stems"] if packed else _common_stems()
    phrases = _built_in_rules().index.phrases
    return frozenset((*stems, *(word for phrase in phrases for word in phrase.words)))


@lru_cache(maxsize=1)
def _read_packed() -> dict[str, Any] | None:
    try:
        line = (rules_root() / COMPILED).read_bytes()
    except OSError:
        return None
    if b"\t" not in line[-64:]:
        return None  # cut short, or written before its lines were sealed
    packed: dict[str, Any] = json.loads(unsealed(line, name=f"rules/{COMPILED}"))
    return packed if packed["digest"] == _digest() else None


def _sources() -> list[Path]:
    return [rules_root() / LEXICON, rules_root() / LEDGER, *detect_files()]


def _digest() -> str:
    """The hash of all sources with their names, of the code that compiles, and of the size of the stemmer."""
    digest = hashlib.sha256()
    root = rules_root()
    for path in _sources():
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    for module in _CODE:
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(str(_stemmer_size()).encode())
    return digest.hexdigest()


def _stemmer_size() -> int:
    """How long the file of the stemmer is, which tells its versions apart without importing it."""
    found = PathFinder.find_spec("snowballstemmer")
    folder = Path(found.origin).parent if found and found.origin else Path()
    file = folder / "english_stemmer.py"
    return file.stat().st_size if file.is_file() else 0
