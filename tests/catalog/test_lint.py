"""The lint of `rules/`: the files that ship are clean, and no slip in one of them goes unseen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.catalog import lint as lint_module
from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.language_rules import language_codes
from licensecheck.catalog.lint import dropped_kinds, folder_of, read_definitions, repeated_ids, rule_files
from licensecheck.errors import Faults, LicenseCheckError

Lint = Callable[[Path], list[LicenseCheckError]]
Steps = tuple[str | int, ...]
Spot = tuple[str, str]
SLIP = "slipped_in"
FREE = {
    ("cards/foreign.yaml", "latin"),
    ("cards/foreign.yaml", "parts"),
    ("cards/keys.yaml", "ambiguous"),
    ("cards/keys.yaml", "spellings"),
    ("questions.yaml", "questions.*.explains"),
    *((f"languages/{code}/language.yaml", "sets") for code in language_codes()),
    ("scan", "packages"),
    ("amounts.yaml", "words"),
    ("amounts.yaml", "scales"),
    ("cards/disclosures.yaml", "topics"),
    ("cards/metadata.yaml", "titles"),
    ("cards/names.yaml", "versions"),
    ("cards/norms.yaml", "groups"),
    ("cards/terms.yaml", "force"),
    ("cards/terms.yaml", "matter"),
    ("detect", "read_details.*.each"),
    ("explanations.yaml", "explanations"),
    ("frames.yaml", "bound"),
    ("frames.yaml", "sets"),
    ("frames.yaml", "tells"),
    ("frames.yaml", "verbs"),
    ("grants.yaml", "classes"),
    ("grants.yaml", "condition_signs"),
    ("grants.yaml", "ties"),
    ("languages.yaml", "known"),
    ("languages.yaml", "scripts"),
    ("languages.yaml", "words"),
    ("ledger.yaml", "boilerplate"),
    ("regions.yaml", "regions"),
    ("scan/values.yaml", "hubs"),
    ("sentences.yaml", "groups"),
    ("sentences.yaml", "words.places"),
    ("sentences.yaml", "words.who"),
    ("terms.yaml", "prohibited_use_categories"),
    ("terms.yaml", "terms.*.attributes"),
    ("triggers.yaml", "details"),
    ("triggers.yaml", "facts"),
    ("triggers.yaml", "provisos"),
    ("triggers.yaml", "triggers"),
    ("uses", "topics"),
    ("uses/_harmless.yaml", "lists"),
    ("uses/_sets.yaml", "sets"),
}
"""Where the keys are names that the file itself defines, so that any will do."""
LISTED = {
    ("detect", "read"),
    ("detect", "read_details"),
    ("questions.yaml", "questions"),
    ("sentences.yaml", "kinds"),
    ("terms.yaml", "terms"),
}
"""Where the keys are names too, but not any, and the entries are records alike."""


def _below(path: Path) -> str:
    return path.relative_to(rules_root()).as_posix()


def _records(data: Any, at: Steps = ()) -> Iterator[Steps]:
    """The keys and indexes that lead to each mapping in the data."""
    if isinstance(data, dict):
        yield at
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from _records(value, (*at, key))


def _spot(path: Path, at: Steps) -> Spot:
    """Which record it is: the file, or the folder of files alike, and the keys that lead there, names left out."""
    folder = folder_of(path).removeprefix("rules").strip("/")
    alike = folder in ("detect", "check", "uses", "scan") and not path.stem.startswith("_") and path.stem != "values"
    file, where = folder if alike else _below(path), ""
    for step in at:
        name = "*" if isinstance(step, int) or (file, where) in FREE | LISTED else step
        where = f"{where}.{name}".lstrip(".")
    return file, where


def _spots() -> dict[Spot, tuple[Path, Steps]]:
    """One example of each record."""
    found: dict[Spot, tuple[Path, Steps]] = {}
    for path in rule_files():
        for at in _records(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)):
            found.setdefault(_spot(path, at), (path, at))
    return found


SPOTS = _spots()


@pytest.mark.parametrize("path", rule_files(), ids=_below)
def test_a_file_that_ships_has_no_fault(path: Path, lint: Lint) -> None:
    assert [str(fault) for fault in lint(path)] == []


@pytest.mark.parametrize("spot", sorted(SPOTS.keys() - FREE), ids=" ".join)
def test_a_key_that_nothing_reads_is_a_fault_at_its_place(spot: Spot, tmp_path: Path, lint: Lint) -> None:
    path, at = SPOTS[spot]
    data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    record = data
    for step in at:
        record = record[step]
    record[SLIP] = deepcopy(next(iter(record.values()), "x"))
    copy = tmp_path / "rules" / _below(path)
    copy.parent.mkdir(parents=True)
    copy.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True), encoding="utf-8")
    lines = copy.read_text(encoding="utf-8").splitlines()
    places = {(i, line.index(SLIP) + 1) for i, line in enumerate(lines, start=1) if SLIP in line}
    told = [fault.place for fault in lint(copy) if SLIP in str(fault)]
    assert places & {(place.line, place.column) for place in told if place}


def test_every_free_record_is_there() -> None:
    assert SPOTS.keys() >= FREE | LISTED


@pytest.mark.parametrize(
    ("below", "written", "slip", "told"),
    [
        ("amounts.yaml", "  USD:", "  USB:", "'USB' is no currency of rules/currencies.yaml"),
        ("classes.yaml", "research-only]", "reserch-only]", "did you mean 'research-only'?"),
        ("classes.yaml", "class: open", "class: opne", "'opne' is no class of rules/terms.yaml"),
        ("classes.yaml", "[illegal-activity]", "[ilegal-activity]", "is no category of"),
        ("compatible.yaml", "license: mpl-2.0", "license: mlp-2.0", "is no license of"),
        ("lexicon.yaml", "<circumvents>", "<circumvent>", "is no lexicon set of"),
        ("questions.yaml", "  deployment.purpose:", "  deployment.purposes:", "is not a field of the profile"),
        (
            "questions.yaml",
            "field: deployment.modalities",
            "field: deployment.modality",
            "is not a field of the profile",
        ),
        ("questions.yaml", "[commercial, ", "[comercial, ", "did you mean 'commercial'?"),
        ("regions.yaml", "AT,", "OE,", "'OE' is no country of"),
        ("sentences.yaml", "  audit:", "  adit:", "is no kind of finding of"),
        ("sentences.yaml", "{rights}", "{rihgts}", "'rihgts' is not an attribute of it; did you mean 'rights'?"),
        ("sentences.yaml", "{type: court}", "{type: cuort}", "'cuort' is not a value of type; did you mean 'court'?"),
        ("sentences.yaml", "    daily-active-users:", "    dayly-active-users:", "is not a value of metric"),
        ("sentences.yaml", "    train-model:", "    trian-model:", "is no trigger of"),
        ("terms.yaml", "type: boolean", "type: bolean", "'bolean' is not one of"),
        ("cards/carried.yaml", "kinds: [no-hosting]", "kinds: [no-hostign]", "is no kind of"),
        ("cards/claims.yaml", "cue: '", "cue: '(", "is not a 'regex'"),
        ("cards/names.yaml", '"apache-{v}"', '"apache-{w}"', "no group 'w'"),
        ("cards/restrictions.yaml", "kind: register", "kind: regsiter", "is no kind of"),
        ("openness/osd.yaml", "thresholds: [royalty]", "thresholds: [royalties]", "is no consequence of"),
        ("scan/ollama.yaml", "role: client", "role: cleint", "'cleint' is not one of"),
        ("scan/ollama.yaml", "accept: [tag]", "accept: [tga]", "'tga' is not one of"),
        ("scan/ollama.yaml", "id: ollama", "id: olama", "is not the file's name"),
        ("uses/weapons.yaml", "category: weapons", "category: wepaons", "is no use of"),
        ("uses/fraud.yaml", "harmless: [", "harmless: [gurads, ", "'gurads' is no list of"),
        ("check/limit/size-over-limit.yaml", "consequence: [", "consequence: [rolaty, ", "'rolaty' is not a value of"),
        ("check/limit/size-over-limit.yaml", "size.counts:", "size.count:", "did you mean 'size.counts'?"),
        ("check/limit/size-over-limit.yaml", "organization:", "organisation:", "did you mean 'organization'?"),
        ("check/limit/size-over-limit.yaml", "metric: m", "metirc: m", "is not an attribute of scale-threshold"),
        ("check/limit/size-over-limit.yaml", "operator: gt", "oprator: gt", "is no detail of"),
        ("check/limit/hosting-despite-ban.yaml", "[no-hosting]", "[no-hostign]", "is no kind or fact of"),
        ("detect/limits/hosting-barred.yaml", "<ban>", "<baan>", "'baan' is no lexicon set of"),
        ("detect/limits/hosting-barred.yaml", "{term: no-hosting}", "{term: no-hostign}", "is no kind of"),
        (
            "detect/uses/military-banned.yaml",
            "{category: military}",
            "{category: militry}",
            "'militry' is not a value of category",
        ),
        ("detect/uses/military-banned.yaml", "kind: prohibited-use", "kind: prohibited", "the rule yields"),
    ],
)
def test_a_name_that_nothing_defines_is_a_fault_on_its_line(
    below: str, written: str, slip: str, told: str, tmp_path: Path, lint: Lint
) -> None:
    text = (rules_root() / below).read_text(encoding="utf-8")
    assert written in text
    copy = tmp_path / "rules" / below
    copy.parent.mkdir(parents=True)
    copy.write_text(text.replace(written, slip, 1), encoding="utf-8")
    line = text[: text.index(written)].count("\n") + 1
    assert [(fault.place.line, True) for fault in lint(copy) if fault.place and told in str(fault)] == [(line, True)]


@pytest.mark.parametrize(
    ("phrases", "line", "told"),
    [
        ("[spying, 419]", 5, "419 is not of type 'string'"),
        ("[spying, false]", 5, "False is not of type 'string'"),
        ("[<nobody> watched]", 5, "'nobody' is no word set of"),
    ],
)
def test_a_phrase_that_would_break_a_check_is_a_fault(
    phrases: str, line: int, told: str, tmp_path: Path, lint: Lint
) -> None:
    path = tmp_path / "rules" / "uses" / "privacy.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"category: privacy\nquestion: Is anyone watched?\ntopics:\n  watching:\n    plain: {phrases}\n")
    (fault,) = lint(path)
    assert told in str(fault)
    assert fault.place is not None
    assert fault.place.line == line


def test_all_slips_of_a_file_are_told_in_its_order(tmp_path: Path, lint: Lint) -> None:
    text = (rules_root() / "check" / "limit" / "size-over-limit.yaml").read_text(encoding="utf-8")
    path = tmp_path / "size-over-limit.yaml"
    path.write_text(text.replace("yields: violation", "yields: voilation").replace("status: stable", "status: stabel"))
    assert [fault.place and (fault.place.line, fault.place.column) for fault in lint(path)] == [(4, 9), (6, 9)]


@pytest.mark.parametrize(
    ("below", "shown", "told"),
    [
        ("check/limit/size-over-limit.yaml", "met", "none shows the status violation"),
        ("check/limit/size-over-limit.yaml", "violation", "needs a near miss"),
        ("detect/limits/hosting-barred.yaml", [], "needs one that fires"),
    ],
)
def test_examples_that_show_one_side_only_are_a_fault(
    below: str, shown: str | list[str], told: str, tmp_path: Path, lint: Lint
) -> None:
    data = yaml.safe_load((rules_root() / below).read_text(encoding="utf-8"))
    data["examples"] = [next(example for example in data["examples"] if example["expect"] == shown)] * 3
    path = tmp_path / Path(below).name
    path.write_text(yaml.dump(data, sort_keys=False))
    (fault,) = lint(path)
    assert told in str(fault)


def test_a_key_that_stands_twice_is_a_fault(tmp_path: Path, lint: Lint) -> None:
    path = tmp_path / "rules" / "regions.yaml"
    path.parent.mkdir()
    path.write_text("version: 1\nregions:\n  EU: [AT]\n  EU: [BE]\n")
    assert [str(fault).partition("rules/")[2] for fault in lint(path)] == [
        "regions.yaml:4:3: duplicate key 'EU'; keep one of the two"
    ]


def test_an_entry_that_stands_twice_is_a_fault(tmp_path: Path, lint: Lint) -> None:
    path = tmp_path / "rules" / "regions.yaml"
    path.parent.mkdir()
    path.write_text("version: 1\nregions:\n  EU: [AT, BE, AT]\n")
    (fault,) = lint(path)
    assert re.search(r":3:16: regions\.EU: duplicate entry 'AT'; keep one of the two$", str(fault))


@pytest.mark.parametrize("below", ["colors.yaml", "cards/colors.yaml", "openness/colors.yaml"])
def test_a_file_that_nothing_reads_is_a_fault(below: str, tmp_path: Path, lint: Lint) -> None:
    path = tmp_path / "rules" / below
    path.parent.mkdir(parents=True)
    path.write_text("version: 1\n")
    assert ["nothing reads a file of this name" in str(fault) for fault in lint(path)] == [True]


@pytest.mark.parametrize("text", ["", "[]", "- 1\n", "word\n", "a: [\n"])
def test_a_file_that_is_no_record_is_a_fault(text: str, tmp_path: Path, lint: Lint) -> None:
    path = tmp_path / "rules" / "regions.yaml"
    path.parent.mkdir()
    path.write_text(text)
    assert len(lint(path)) == 1


def test_slips_in_the_files_with_the_names_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "rules"
    shutil.copytree(rules_root(), root, ignore=shutil.ignore_patterns("detect", "check"))
    for name, written in (("terms.yaml", "\nlicense_classes:"), ("triggers.yaml", "\nprovisos:")):
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace(written, f"{written[:-1]}s:", 1), encoding="utf-8")
    monkeypatch.setattr(lint_module, "rules_root", lambda: root)
    with pytest.raises(Faults) as raised:
        read_definitions()
    told = {fault.place.path for fault in raised.value.faults if fault.place}
    assert told == {"rules/terms.yaml", "rules/triggers.yaml"}


@pytest.mark.parametrize("below", ["ledger.yaml", "lexicon.yaml"])
def test_a_phrase_with_signs_of_a_pattern_is_a_fault_on_its_line(below: str, tmp_path: Path, lint: Lint) -> None:
    path = tmp_path / "rules" / below
    path.parent.mkdir()
    lines = (rules_root() / below).read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(("binds:", "sets:"))) + 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines.insert(at, f"{indent}- (rent | lend .. out)" if below == "ledger.yaml" else f"{indent}rented: [lend .. out]")
    path.write_text("\n".join(lines), encoding="utf-8")
    (fault,) = lint(path)
    assert f"{below}:{at + 1}:" in str(fault)
    assert "lend .. out" in fault.message


def test_two_rules_with_one_id_are_a_fault(tmp_path: Path) -> None:
    paths = [tmp_path / "rules" / folder / "x" / "twin.yaml" for folder in ("check", "detect", "uses")]
    (fault,) = repeated_ids(paths)
    assert str(fault) == f"{paths[1]}: the id 'twin' is that of {paths[0]} too"


def test_every_kind_of_term_and_every_limit_of_a_grant_is_judged() -> None:
    assert [str(fault) for fault in dropped_kinds()] == []
