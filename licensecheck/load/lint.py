"""Faults in the files under `rules/`, all of them, each with file, line and column.

One table says which form the files of a folder have: their schema, and what no schema can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any

from licensecheck.errors import DataError, Faults, LicenseCheckError
from licensecheck.load.built import BUILT, is_fresh
from licensecheck.load.definitions import DEFINING, Definitions, make_definitions
from licensecheck.load.faults import DataFile, has_schema, read_data, schema_faults
from licensecheck.load.lint_rules import check_faults, detect_faults
from licensecheck.load.lint_tables import name_faults, question_faults, sentence_faults
from licensecheck.load.paths import rules_root
from licensecheck.load.repeats import repeated_keys
from licensecheck.load.rules import shown_path
from licensecheck.place import Place

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


FORMS = (
    Form(files="detect/*.yaml", schema="detect", further=detect_faults),
    Form(files="check/*.yaml", schema="check", further=check_faults),
    Form(files="uses/_*.yaml", schema="tables#{stem}"),
    Form(files="uses/*.yaml", schema="uses"),
    Form(files="cards/names.yaml", schema="cards#{stem}", further=name_faults),
    Form(files="cards/*.yaml", schema="cards#{stem}"),
    Form(files="openness/*.yaml", schema="openness#{stem}"),
    Form(files="scan/values.yaml", schema="scan#values"),
    Form(files="scan/*.yaml", schema="scan#detector"),
    Form(files="questions.yaml", schema="tables#{stem}", further=question_faults),
    Form(files="sentences.yaml", schema="tables#{stem}", further=sentence_faults),
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


def lint_file(path: Path, definitions: Definitions, *, pattern_faults: PatternFaults) -> list[LicenseCheckError]:
    """All faults of a file: that it cannot be read, else those of its form, else those that no schema tells.

    Last come those of the patterns of a detect rule, which only the matcher knows.
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
    return [*(faults or (pattern_faults(path) if schema == "detect" else ()))]


def _further_faults(file: DataFile, below: str, definitions: Definitions) -> Iterator[DataError]:
    stem = PurePath(below).stem
    for key in ("id", "category"):
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
