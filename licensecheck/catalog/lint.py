"""Faults in the files under `rules/`, all of them, each with file, line and column.

One table says which form the files of a folder have: their schema, and what no schema can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any

from licensecheck.catalog.built_data import BUILT, is_fresh, load_data, rules_root, shown_path
from licensecheck.catalog.profile_fields import PARTS, Problem, judged_kinds, read_fields
from licensecheck.catalog.schema import (
    DEFINING,
    SECTIONS,
    DataFile,
    Definitions,
    Keys,
    allowed_values,
    attribute_faults,
    has_schema,
    make_definitions,
    read_data,
    repeated_keys,
    schema_faults,
    value_faults,
)
from licensecheck.catalog.yaml_files import hint
from licensecheck.errors import DataError, Faults, LicenseCheckError, Place, UsageError
from licensecheck.frozen import dataclass
from licensecheck.lazy import re

# What no schema can say of detect and check rules: attributes of terms, the facts of a profile, lopsided examples.


_DETAIL = "details."


def detect_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Attributes that the kind of term does not have, and examples that show only one side."""
    yield from _rule_faults(file, (), file.data, definitions)


def language_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """The same for each of the rules of another language."""
    for i, rule in enumerate(file.data["rules"]):
        yield from _rule_faults(file, ("rules", i), rule, definitions)


def _rule_faults(file: DataFile, at: Keys, rule: Mapping[str, Any], definitions: Definitions) -> Iterator[DataError]:
    ((_, name),) = rule["yields"].items()
    yield from attribute_faults(file, (*at, "set"), rule.get("set", {}), kinds=[name], definitions=definitions)
    read = {attribute: None for attribute in rule.get("read", {}) if attribute != "threshold"}
    yield from attribute_faults(file, (*at, "read"), read, kinds=[name], definitions=definitions)
    for attribute, reader in rule.get("read", {}).items():
        known = definitions.attributes.get(name, {}).get(attribute, {})
        yield from _reader_faults(file, (*at, "read", attribute), reader, known, definitions)
    for i, example in enumerate(rule["examples"]):
        for j, term in enumerate(example["expect"]):
            yield from _expected_faults(file, (*at, "examples", i, "expect", j), term, name, definitions)
    if len({bool(example["expect"]) for example in rule["examples"]}) < 2:
        yield file.fault([*at, "examples"], "examples: needs one that fires and one near miss (expect: [])")


def _reader_faults(
    file: DataFile, at: Keys, reader: Mapping[str, Any], known: Mapping[str, Any], definitions: Definitions
) -> Iterator[DataError]:
    """Values that a reader chooses from and that the attribute, the last of the keys, cannot have."""
    allowed, name = allowed_values(known, definitions), str(at[-1])
    for value in reader.get("each", ()):
        yield from value_faults(file, (*at, "each", value), value, name=name, allowed=allowed, key=True)
    for i, choice in enumerate(reader.get("first", ())):
        yield from value_faults(file, (*at, "first", i, "value"), choice["value"], name=name, allowed=allowed)


def _expected_faults(
    file: DataFile, keys: Keys, term: Mapping[str, Any], name: str, definitions: Definitions
) -> Iterator[DataError]:
    if term["kind"] != name:
        yield file.fault([*keys, "kind"], f"expect: the rule yields '{name}', not '{term['kind']}'")
    stated = {key: value for key, value in term.items() if key != "kind" and not key.startswith(_DETAIL)}
    yield from attribute_faults(file, keys, stated, kinds=[name], definitions=definitions)
    for key in term:
        if key.startswith(_DETAIL) and key.removeprefix(_DETAIL) not in definitions.names["detail"]:
            yield file.fault([*keys, key], f"expect: '{key}' is not a detail of rules/triggers.yaml", key=True)


def check_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Values that an attribute cannot have, examples that no term or profile is like, and ones that are missing."""
    data = file.data
    for key in ("where", "when", "unless"):
        yield from _condition_faults(file, (key,), data.get(key, {}), definitions)
    for i, example in enumerate(data["examples"]):
        term = example.get("term", {})
        kinds = [term["kind"]] if "kind" in term else data["terms"]
        at = ("examples", i, "term", "attributes")
        yield from attribute_faults(file, at, term.get("attributes", {}), kinds=kinds, definitions=definitions)
        problems: list[Problem] = []
        read_fields(example["profile"], PARTS, ("examples", i, "profile"), problems)
        for problem in problems:
            yield file.fault(problem.where, problem.message, key=True)
    yield from _lopsided(file)


def _condition_faults(
    file: DataFile, keys: Keys, condition: Mapping[str, Any], definitions: Definitions
) -> Iterator[DataError]:
    """Values that the attributes of the rule's terms, of which a condition asks (`term.scope`), never have."""
    for fact, value in condition.items():
        at = (*keys, fact)
        if fact == "not":
            yield from _condition_faults(file, at, value, definitions)
        elif fact in ("all", "any"):
            for i, part in enumerate(value):
                yield from _condition_faults(file, (*at, i), part, definitions)
        else:
            yield from value_faults(file, at, value, name=fact, allowed=_asked_values(file, fact, definitions))


def _asked_values(file: DataFile, fact: str, definitions: Definitions) -> list[str] | None:
    """What a fact `term.x` can be: the values of the attribute in any of the rule's kinds, or that none is stated."""
    name = fact.removeprefix("term.")
    described = [definitions.attributes.get(kind, {}).get(name) for kind in file.data["terms"]] if name != fact else []
    allowed = [allowed_values(each, definitions) for each in described if each]
    known = [value for values in allowed if values is not None for value in values]
    return [*known, "silent"] if known and None not in allowed else None


def _lopsided(file: DataFile) -> Iterator[DataError]:
    """A rule shows a case that fires and a near miss."""
    status = file.data["yields"]
    shown = {example["expect"] for example in file.data["examples"]}
    if status not in shown:
        yield file.fault(["examples"], f"examples: none shows the status {status} that the rule yields")
    if not shown - {status}:
        yield file.fault(["examples"], "examples: needs a near miss, with another status than the rule yields")


# What no schema can say of the tables of `rules/`: whether what one part of a file names is there in another.


_FIELD = re.compile(r"\{(\w+)")


def question_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Questions that no field of the profile answers, and answers that it would not take."""
    known = definitions.names["profile field"]
    for fact, asking in file.data["questions"].items():
        field = asking.get("field", fact)
        if field in known:
            yield from _choice_faults(file, fact, asking, field)
        else:
            message = f"questions: '{field}' is not a field of the profile{hint(field, known)}"
            answered = ["field"] if "field" in asking else []
            yield file.fault(["questions", fact, *answered], message, key=True)


def _choice_faults(file: DataFile, fact: str, asking: Mapping[str, Any], field: str) -> Iterator[DataError]:
    section, _, name = field.partition(".")
    for i, choice in enumerate(asking.get("choices", ())):
        problems: list[Problem] = []
        SECTIONS[section][name]([choice] if asking.get("type") == "list" else choice, (field,), problems)
        for problem in problems:
            yield file.fault(["questions", fact, "choices", i], problem.message)


def name_faults(file: DataFile, _: Definitions) -> Iterator[DataError]:
    """Names of licenses that are made up of groups which their expression does not have."""
    for i, entry in enumerate(file.data["names"]):
        groups = set(re.compile(entry["find"]).groupindex)
        for key in ("id", "version", "parts"):
            made_of = entry.get(key, ())
            for name in _FIELD.findall(made_of) if isinstance(made_of, str) else made_of:
                if name not in groups:
                    at: Keys = ("names", i, key) if isinstance(made_of, str) else ("names", i, key, name)
                    yield file.fault(at, f"names: the expression has no group '{name}'{hint(name, groups)}", key=True)


def sentence_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    """Kinds without a sentence, and patterns that name what the kind of term does not have."""
    for kind in sorted(definitions.names["kind of finding"] - set(file.data["kinds"])):
        yield file.fault(
            ["kinds"], f"kinds: '{kind}' has no sentence; add one with its label, as those beside it have", key=True
        )
    for kind, saying in file.data["kinds"].items():
        for key in ("says", "also", "cell", "todo"):
            listed = saying.get(key, [])
            for i, pattern in enumerate(listed if isinstance(listed, list) else [listed]):
                yield from _pattern_faults(file, ("kinds", kind, key, i), pattern, kind, definitions)
    for attribute, words in file.data["words"].items():
        described = [known[attribute] for known in definitions.attributes.values() if attribute in known]
        allowed = {value for each in described for value in allowed_values(each, definitions) or ()}
        for value in sorted(set(words) - allowed) if described else ():
            message = f"words: '{value}' is not a value of {attribute}{hint(value, allowed)}"
            yield file.fault(["words", attribute, value], message, key=True)


PLACES = "places"
"""The places that the clause names, which a pattern for what is to be done can say as well."""


def _pattern_faults(
    file: DataFile, keys: Keys, pattern: Any, kind: str, definitions: Definitions
) -> Iterator[DataError]:
    text, when = (pattern, {}) if isinstance(pattern, str) else (pattern["text"], pattern.get("when", {}))
    yield from attribute_faults(file, (*keys, "when"), when, kinds=[kind], definitions=definitions)
    known = definitions.attributes.get(kind, {})
    for name in _FIELD.findall(text):
        if name not in known and not ("todo" in keys and name == PLACES):
            yield file.fault(keys, f"{kind}: '{name}' is not an attribute of it{hint(name, known)}")


# Faults in the files under `rules/`, all of them, each with file, line and column.


Further = Callable[[DataFile, Definitions], Iterable[DataError]]
PatternFaults = Callable[[Path], Iterable[DataError]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the files of one pattern below `rules/` have to be."""

    files: str
    schema: str
    """The name of the schema, in which `{stem}` stands for the name of the file."""
    further: Further | None = None
    """What else is wrong with a file that its schema allows."""
    patterns: bool = False
    """True for files that hold patterns in the language of `licensecheck.reading.patterns`."""


FORMS = (
    Form(files="detect/*.yaml", schema="detect", further=detect_faults, patterns=True),
    Form(files="check/*.yaml", schema="check", further=check_faults),
    Form(files="uses/_*.yaml", schema="tables#{stem}"),
    Form(files="uses/*.yaml", schema="uses"),
    Form(files="purposes/_*.yaml", schema="tables#{stem}"),
    Form(files="purposes/*.yaml", schema="purposes"),
    Form(files="cards/names.yaml", schema="cards#{stem}", further=name_faults),
    Form(files="cards/*.yaml", schema="cards#{stem}"),
    Form(files="languages/*/terms.yaml", schema="languages#{stem}", further=language_faults, patterns=True),
    Form(files="languages/*/language.yaml", schema="languages#{stem}", patterns=True),
    Form(files="languages/*/*.yaml", schema="languages#{stem}"),
    Form(files="openness/*.yaml", schema="openness#{stem}"),
    Form(files="scan/values.yaml", schema="scan#values"),
    Form(files="scan/coverage.yaml", schema="scan#coverage"),
    Form(files="scan/*.yaml", schema="scan#detector"),
    Form(files="questions.yaml", schema="tables#{stem}", further=question_faults),
    Form(files="sentences.yaml", schema="tables#{stem}", further=sentence_faults),
    Form(files="lexicon.yaml", schema="tables#{stem}", patterns=True),
    Form(files="ledger.yaml", schema="tables#{stem}", patterns=True),
    Form(files="*.yaml", schema="tables#{stem}"),
)
"""The forms; the first whose pattern fits a path is the file's."""


def rule_files() -> list[Path]:
    """Every YAML file under `rules/`, in a fixed order."""
    return sorted(rules_root().rglob("*.yaml"))


def read_definitions(computed: Iterable[str] = (), *, licenses: Iterable[str] = ()) -> Definitions:
    """The names that the project's files define; Faults where these files are faulty themselves.

    `computed` names the facts that only the engine knows, `licenses` what the catalog knows licenses by.
    """
    files = {below: read_data(rules_root() / below, name=f"rules/{below}") for below in DEFINING}
    faults = [fault for below, file in files.items() for fault in schema_faults(file, _schema(below))]
    if faults:
        raise Faults(faults)
    data = {below: file.data for below, file in files.items()}
    return make_definitions(data, computed=computed, licenses=licenses)


def folder_of(path: Path) -> str:
    """The folder of a file as a summary names it: `rules/detect` for all groups of detect rules."""
    below = _below_rules(path)
    return str(path.parent) if below is None else "/".join(("rules", *PurePath(below).parts[:-1][:1]))


def repeated_ids(paths: Iterable[Path]) -> Iterator[DataError]:
    """The detect and check rules whose id is that of another one."""
    seen: dict[str, str] = {}
    for path in paths:
        if not folder_of(path).startswith("rules") or folder_of(path) in ("rules/detect", "rules/check"):
            shown = shown_path(path)
            if path.stem in seen:
                yield DataError(f"the id '{path.stem}' is that of {seen[path.stem]} too", Place(path=shown))
            seen.setdefault(path.stem, shown)


def stale_data() -> Iterator[DataError]:
    """A fault where the built file does not hold what the YAML files say."""
    if not is_fresh():
        yield DataError("is out of date; run `licensecheck rules build`", Place(path=f"rules/{BUILT}"))


def dropped_kinds() -> Iterator[DataError]:
    """What a text may state and nothing judges: a kind of term without a check rule, a limit of a grant without a word.

    A kind that is only shown is listed under the check rule `standing-term`.
    """
    terms, rights, grants = (load_data(f"{name}.yaml") for name in ("terms", "rights", "grants"))
    judged = set(judged_kinds())
    for kind in sorted(terms["terms"].keys() - judged):
        yield DataError(
            f"no check rule is about the kind of term '{kind}'; write one below rules/check, or list the kind under"
            " `terms` of rules/check/standing/standing-term.yaml, which only shows it",
            Place(path="rules/terms.yaml"),
        )
    for right, entry in rights["rights"].items():
        for kind in sorted(set(entry.get("refused_by", ())) - judged):
            yield DataError(f"{right}: no check rule is about '{kind}'", Place(path="rules/rights.yaml"))
    limits = {*grants["limiters"], *grants["written_limits"]}
    for limit in sorted(limits - rights["limits"].keys()):
        yield DataError(f"'{limit}' is not a limit of rules/rights.yaml", Place(path="rules/grants.yaml"))


def lint_file(path: Path, definitions: Definitions, *, pattern_faults: PatternFaults) -> list[LicenseCheckError]:
    """All faults of a file: that it cannot be read, else those of its form, else those that no schema tells.

    Last come those of patterns, which only the matcher knows.
    """
    try:
        file = read_data(path, name=shown_path(path))
    except LicenseCheckError as fault:
        return [fault]
    below = _below_rules(path) or _as_if_below(path, file.data)
    schema = _schema(below)
    if not has_schema(schema):
        return [file.fault([], "nothing reads a file of this name in this folder")]
    faults = [*repeated_keys(file), *schema_faults(file, schema, definitions)]
    faults = faults or list(_further_faults(file, below, definitions))
    return [*(faults or (pattern_faults(path) if _form(below).patterns else ()))]


def _further_faults(file: DataFile, below: str, definitions: Definitions) -> Iterator[DataError]:
    stem = PurePath(below).stem
    for key in ("id", "category", "field"):
        if file.data.get(key, stem) != stem:
            yield file.fault([key], f"{key}: '{file.data[key]}' is not the file's name '{stem}'")
    further = _form(below).further
    if further is not None:
        yield from further(file, definitions)


def _form(below: str) -> Form:
    return next(form for form in FORMS if fnmatchcase(below, form.files))


def _schema(below: str) -> str:
    return _form(below).schema.format(stem=PurePath(below).stem)


def _below_rules(path: Path) -> str | None:
    """The path below the last folder named `rules`; None for a file that lies in no such folder."""
    parts = path.resolve().parts[:-1]
    if "rules" not in parts:
        return None
    after = len(parts) - parts[::-1].index("rules")
    return "/".join((*parts[after:], path.name))


def _as_if_below(path: Path, data: Any) -> str:
    """Where a rule that lies elsewhere belongs, as its kind says."""
    kind = data.get("kind") if isinstance(data, dict) else None
    return f"{'check' if kind == 'check' else 'detect'}/{path.name}"


# A detect rule to fill in.


_TEMPLATE = """\
id: {id}
kind: detect
title: What the clause does, in one line
status: trial
since: "0.1"
yields: {{term: {term}}}
why: What it means for who deploys the model.
basis: []
match:
  any:
    - <you> <ban> .. (words|other words)
{fixed}examples:
  - name: a plain case
    text: A sentence of your own that states it.
    expect: [{{kind: {term}}}]
  - name: a near miss
    text: A sentence of your own that only looks like it.
    expect: []
"""


def start_rule(rule_id: str, *, term: str | None, category: str | None) -> str:
    """The text of a rule of this id, with the kind of term and the category as far as they are known.

    UsageError for a kind or a category that does not exist.
    """
    terms = load_data("terms.yaml")
    for name, known, what in (
        (term, terms["terms"], "kind of term"),
        (category, terms["prohibited_use_categories"], "category of prohibited use"),
    ):
        if name is not None and name not in known:
            where = "; rules/terms.yaml lists them, and a new one starts there"
            raise UsageError(f"'{name}' is not a {what}{hint(name, known) or where}")
    if category and term not in (None, "prohibited-use"):
        raise UsageError(f"--category goes with --term prohibited-use, not with '{term}'")
    fixed = f"set: {{category: {category}}}\n" if category else ""
    return _TEMPLATE.format(id=rule_id, term=term or "FILL-IN", fixed=fixed)
