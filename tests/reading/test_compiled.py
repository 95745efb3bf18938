"""The built file of the standard rules holds what compiling their YAML gives, and is not used once that changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from licensecheck.catalog.catalog import Overlay, load_catalog
from licensecheck.catalog.detect_rules import load_detect_rules, load_lexicon
from licensecheck.domain.rules import DetectRule, Match, Yield
from licensecheck.errors import DataError
from licensecheck.reading import compiled
from licensecheck.reading.compiling import compile_rules
from licensecheck.reading.detection import run_rules
from licensecheck.reading.indexed_text import index_text
from licensecheck.reading.ledger_words import load_words
from licensecheck.text.clauses import parse_clauses


def test_unpacking_gives_what_compiling_gives() -> None:
    packed = json.loads(json.dumps(compiled.pack_standard(), default=str))
    loaded = compiled.unpack_rules(packed)
    made = compile_rules(load_detect_rules(), load_lexicon(), ledger=load_words(load_lexicon()))
    assert loaded.rules == made.rules
    assert loaded.ledger == made.ledger
    assert loaded.index.phrases == made.index.phrases
    assert loaded.index.slots == made.index.slots
    assert loaded.force == made.force


@pytest.mark.parametrize("text", ["", "{", '{"digest": "of something else"}'])
def test_a_file_that_is_stale_or_broken_is_not_used(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "compiled.json"
    file.write_text(text)
    monkeypatch.setattr(compiled, "COMPILED", str(file))
    compiled._read_packed.cache_clear()
    try:
        assert not compiled.is_compiled()
    finally:
        compiled._read_packed.cache_clear()


def test_rules_of_ones_own_run_beside_the_standard_ones() -> None:
    rule = DetectRule(
        id="own",
        title="t",
        status="stable",
        since="0",
        why="",
        yields=Yield(sort="term", name="audit"),
        match=Match(any=("zyzzyva .. quokka",)),
    )
    base = compiled.standard_rules()
    both = compile_rules([rule], load_lexicon(), onto=base)
    text = "The zyzzyva met a quokka. You may not use the model for commercial purposes."
    found = {one.ready.rule.id for one in run_rules(index_text(parse_clauses(text), both.index), both, ("term",))}
    plain = {one.ready.rule.id for one in run_rules(index_text(parse_clauses(text), base.index), base, ("term",))}
    assert found == {*plain, "own"}
    assert plain


OWN = """\
id: {id}
kind: detect
title: t
status: {status}
reason: read by our own rule
since: "0.1"
yields: {{term: audit}}
match:
  any: [zyzzyva .. quokka]
"""


def ids_with(folder: Path) -> set[str]:
    """The ids of the rules of a catalog with this folder of rules."""
    with load_catalog([Overlay(rules=folder)]).active():
        return {ready.rule.id for ready in compiled.standard_rules().rules}


def test_an_overlay_adds_rules_and_retires_others(tmp_path: Path) -> None:
    known = [ready.rule.id for ready in compiled.standard_rules().rules]
    (tmp_path / "detect").mkdir()
    (tmp_path / "detect" / "own.yaml").write_text(OWN.format(id="own", status="stable"))
    (tmp_path / "detect" / "old.yaml").write_text(OWN.format(id=known[0], status="retired"))
    assert ids_with(tmp_path) == {*known[1:], "own"}


def test_an_overlay_does_not_replace_a_rule(tmp_path: Path) -> None:
    (tmp_path / "detect").mkdir()
    known = compiled.standard_rules().rules[0].rule.id
    (tmp_path / "detect" / "own.yaml").write_text(OWN.format(id=known, status="stable"))
    with pytest.raises(DataError, match="belongs to a built-in"):
        ids_with(tmp_path)


def test_reading_a_text_does_not_load_spacy(tmp_path: Path) -> None:
    file = tmp_path / "LICENSE"
    file.write_text("You may not use the model for commercial purposes.\n")
    code = (
        "import sys; from licensecheck.cli.main import run; "
        f"run(['extract', {str(file)!r}]); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
