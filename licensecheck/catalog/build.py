"""Build the catalog's index: the YAML records, ledgers and model lists become JSON files that open in milliseconds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import (
    INDEX,
    RECORDS,
    REVIEWED,
    licenses_root,
    name_key,
    name_keys,
    reviewed_paths,
)
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.fingerprint_file import FINGERPRINTS, fingerprint_blocks
from licensecheck.catalog.freshness import source_digest, write_stamp
from licensecheck.catalog.libraries import FOLDER as LIBRARY_FOLDER
from licensecheck.catalog.libraries import LIBRARIES, build_libraries
from licensecheck.catalog.lint import Further, read_definitions
from licensecheck.catalog.listed import build_listed, list_sizes
from licensecheck.catalog.schema import DataFile, Definitions, attribute_faults, read_data, repeated_keys, schema_faults
from licensecheck.catalog.seals import file_seal, sealed
from licensecheck.catalog.sorted_lines import Entry, render_lines
from licensecheck.errors import DataError, Faults, Place
from licensecheck.lazy import re, yaml
from licensecheck.text.io import write_whole

# The YAML files of the license records: read, checked against their schema, and written in one fixed form.


_Dumper: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LEDGER = "family.yaml"
"""The file in a family's folder that holds its ledger of versions."""


def record_paths(root: Path) -> list[Path]:
    """Every record file below `root`, sorted; ledgers, models and libraries are not among them."""
    others = (FOLDER, LIBRARY_FOLDER)
    return sorted(path for path in root.glob("*/*.yaml") if path.name != LEDGER and path.parent.name not in others)


def ledger_paths(root: Path) -> list[Path]:
    """Every ledger of a family below `root`, sorted."""
    return sorted(root.glob(f"*/{LEDGER}"))


def load_record_data(path: Path) -> dict[str, Any]:
    """The data of one record file, checked, the attributes of its terms too."""
    return load_checked(path, schema="record", further=_term_faults)


def load_checked(path: Path, *, schema: str, further: Further | None = None) -> dict[str, Any]:
    """The data of a YAML file that fits the schema of this name; all its faults are told at once."""
    file, definitions = read_data(path), _definitions()
    faults = [*repeated_keys(file), *schema_faults(file, schema, definitions)]
    faults = faults or list(further(file, definitions) if further else ())
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(faults)
    checked: dict[str, Any] = file.data
    return checked


def _term_faults(file: DataFile, definitions: Definitions) -> Iterator[DataError]:
    for i, term in enumerate(file.data["terms"] or ()):
        keys, stated = ("terms", i, "attributes"), term.get("attributes", {})
        yield from attribute_faults(file, keys, stated, kinds=[term["kind"]], definitions=definitions)


@per_catalog
def _definitions() -> Definitions:
    return read_definitions()


def render_record(data: dict[str, Any]) -> str:
    """A record as YAML: facts a key a line, terms a term a line."""
    head = {key: value for key, value in data.items() if key not in ("grants", "terms", "sha256")}
    text = "".join(_entry(key, value) for key, value in head.items())
    if data.get("sha256"):
        text += "sha256:\n" + "".join(f"  - {_flow([digest])[1:-1]}\n" for digest in data["sha256"])
    if data.get("grants"):
        text += "grants:\n" + "".join(f"  - {_flow(grant)}\n" for grant in data["grants"])
    if data.get("terms") is None:
        return text + "terms: null\n"
    if not data["terms"]:
        return text + "terms: []\n"
    return text + "terms:\n" + "".join(f"  - {_flow(term)}\n" for term in data["terms"])


def render_ledger(data: dict[str, Any]) -> str:
    """The ledger of a family as YAML: a key a line, a version a line."""
    head = {key: value for key, value in data.items() if key != "versions"}
    text = "".join(_entry(key, value) for key, value in head.items())
    return text + "versions:\n" + "".join(f"  - {_flow(version)}\n" for version in data["versions"])


def _entry(key: str, value: Any) -> str:
    """One key; lists and the innermost mappings stand on one line, as far as it goes."""
    flow = None if isinstance(value, (dict, list)) else False
    return yaml.dump(
        {key: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=118
    )


def _flow(data: dict[str, Any] | list[str]) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=True, width=10_000
    ).strip()


# Build the index of the model catalog from the lists in `licenses/models/*.yaml`.


FOLDER = "models"
RESOLVING = "resolving.yaml"
"""The file that lists mirrors, providers and the words that show what a model was made from."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def build_models(root: Path, *, known: Mapping[str, bool]) -> dict[str, Any]:
    """The index: entries, exact names, patterns by the first letters of the name, and how other names are resolved.

    `known` says for each record id whether it is a family.
    """
    folder = root / FOLDER
    resolving = load_checked(folder / RESOLVING, schema="resolving")
    return build_model_list(folder, known=known) | {
        "mirrors": sorted(resolving["mirrors"]),
        "providers": resolving["providers"],
        "channels": resolving["channels"],
        "families": [
            [family["made_from"], [word for glob in family["contains"].split() for word in spell_out(glob.lower())]]
            for family in resolving["families"]
        ],
    }


class _Index:
    """Entries and the names that lead to them, as they are collected."""

    def __init__(self, known: Mapping[str, bool]) -> None:
        self.known = known
        self.entries: list[dict[str, Any]] = []
        self.exact: dict[str, int] = {}
        self.spelt: dict[str, str] = {}
        self.patterns: list[tuple[str, str, int]] = []

    def add(self, entry: dict[str, Any], *, path: Path) -> None:
        """Take up one entry of a list."""
        number = len(self.entries)
        self.entries.append(self._data(entry, path=path))
        for glob in _globs(entry):
            for name in spell_out(glob):
                if "*" in name:
                    self.patterns.append((_literal(name.lower()), _regex(name), number))
                    continue
                self.spelt.setdefault(name.lower(), name)
                if self.exact.setdefault(name.lower(), number) != number:
                    raise DataError(f"the model {name} is listed twice", Place(path=str(path)))

    def _data(self, entry: dict[str, Any], *, path: Path) -> dict[str, Any]:
        licenses = entry.get("license", [])
        licenses = [licenses] if isinstance(licenses, str) else licenses
        for record in licenses:
            if record not in self.known:
                raise DataError(f"license: no record has the id {record}", Place(path=str(path)))
        data = {key: value for key, value in entry.items() if key not in ("match", "license")}
        data["licenses"] = licenses
        if any(self.known[record] for record in licenses):
            data["family"] = True
        return data


def spell_out(glob: str) -> list[str]:
    """Every name that the braces of a glob stand for, in their order."""
    found = _BRACES.search(glob)
    if not found:
        return [glob]
    return [
        name
        for choice in found[1].split(",")
        for name in spell_out(glob[: found.start()] + choice + glob[found.end() :])
    ]


def _globs(entry: Mapping[str, Any]) -> list[str]:
    match: str = entry["match"]
    return match.split()


def _regex(glob: str) -> str:
    return "".join(".*" if char == "*" else re.escape(char) for char in glob.lower())


def _literal(glob: str) -> str:
    return glob.split("*", 1)[0]


def _bases(index: _Index) -> dict[str, str]:
    """Each hub name without its owner, and the one full name it stands for; what two publishers use is left out."""
    full: dict[str, list[str]] = {}
    for key, number in index.exact.items():
        owner, _, base = key.rpartition("/")
        if owner and "channel" not in index.entries[number]:
            full.setdefault(base, []).append(key)
    return {base: names[0] for base, names in sorted(full.items()) if len({index.exact[name] for name in names}) == 1}


# Build the catalog's index: the YAML records, ledgers and model lists become JSON files that open in milliseconds.


HANDS_ON = "hands-on.yaml"
"""The file beside the records that lists the kinds of terms which reach those who get a derivative."""


def build_catalog(root: Path) -> dict[str, str]:
    """The text of each built file by its name, from the YAML files below `root`."""
    ordered = build_records(root)
    lines = [sealed(_line({key: value for key, value in record.items() if key != "_path"})) for record in ordered]
    models = build_models(root, known=_known(ordered))
    entries = [*_record_places(build_index(ordered), lines), *_model_tables(models)]
    libraries = build_libraries(root, known=_known(ordered), load=load_checked)
    entries += _listed_table(root, ordered, models, libraries)
    entries.append(("models", "lists", list_sizes(root)))
    entries += [("models", "sources", source_digest(root)), *_seals(root)]
    return {INDEX: render_lines(entries), RECORDS: "".join(lines), LIBRARIES: libraries}


def _record_places(index: Mapping[str, Mapping[str, int]], lines: Iterable[str]) -> Iterator[Entry]:
    """For each name, hash and family where the line of its record begins and ends, in bytes."""
    ends = list(accumulate(len(line.encode()) for line in lines))
    for table, names in (("name", "names"), ("sha256", "sha256"), ("family", "families")):
        for key, line in index[names].items():
            yield table, key, [ends[line - 1] if line else 0, ends[line]]


def _model_tables(models: Mapping[str, Any]) -> Iterator[Entry]:
    """The tables by which model names are looked up."""
    entries = models["entries"]
    for spelt, number in models["exact"].items():
        yield "model", spelt.lower(), [spelt, entries[number]]
    for base, full in models["bases"].items():
        yield "base", base, full
    patterns: dict[str, list[Any]] = {}
    for order, (literal, regex, number) in enumerate(models["patterns"]):
        patterns.setdefault(literal, []).append([order, regex, entries[number]])
    for literal, listed in patterns.items():
        yield "pattern", literal, listed
    yield "models", "lengths", sorted({len(literal) for literal in patterns})
    for name in ("mirrors", "providers", "channels", "families"):
        yield "models", name, models[name]


def _seals(root: Path) -> Iterator[Entry]:
    """The digests of the files that are read as they are: of reviewed sentences, and of each block of fingerprints."""
    for path in reviewed_paths(root):
        yield "seal", f"{REVIEWED}/{path.name}", {"": file_seal(path.read_bytes())}
    prints = root / FINGERPRINTS
    if prints.is_file():
        blocks = fingerprint_blocks(memoryview(prints.read_bytes()))
        yield "seal", FINGERPRINTS, {name: file_seal(block) for name, block in blocks.items()}


def _listed_table(
    root: Path, ordered: list[dict[str, Any]], models: Mapping[str, Any], libraries: str
) -> Iterator[Entry]:
    """The ids that public lists name and the lists of the project do not."""
    names = _names(ordered)
    addresses = {_bare_address(record["url"]): record["id"] for record in ordered if record.get("url")}

    def find(name: str) -> str | None:
        if "://" in name:
            return addresses.get(_bare_address(name))
        place = next((names[key] for key in name_keys(name) if key in names), None)
        return None if place is None else _id(ordered[place])

    def made_from(name: str) -> str | None:
        return next((family for family, words in models["families"] if any(word in name for word in words)), None)

    exact = {spelt.lower() for spelt in models["exact"]}
    loaded = [json.loads(line.partition("\t")[0]) for line in libraries.splitlines()[1:]]
    for key, value in build_listed(root, find=find, families=_known(ordered), made_from=made_from, libraries=loaded):
        if key not in exact:
            yield "listed", key, value


def _bare_address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/$", "", address.strip().lower())


def build_records(root: Path, *, leave: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """The records and families below a folder, checked and ordered by id; files of the ids in `leave` are not read."""
    paths = [path for path in record_paths(root) if path.stem not in leave]
    records = [load_record_data(path) | {"_path": str(path)} for path in paths]
    by_id = _by_id(records)
    own = root / HANDS_ON
    kinds = frozenset(load_checked(own if own.is_file() else licenses_root() / HANDS_ON, schema="hands-on")["kinds"])
    for record in records:
        record.setdefault("hands_on", _hands_on(record, kinds))
    families = [_family(load_checked(path, schema="family"), path=path, by_id=by_id) for path in ledger_paths(root)]
    return sorted([*records, *families], key=_id)


def build_index(ordered: list[dict[str, Any]]) -> dict[str, Any]:
    """For each name, each hash and each family the line of its record."""
    ledgers = {record["family"]: line for line, record in enumerate(ordered) if "versions" in record}
    return {"names": _names(ordered), "sha256": _hashes(ordered), "families": ledgers}


def build_model_list(folder: Path, *, known: Mapping[str, bool]) -> dict[str, Any]:
    """The entries, exact names and patterns of the lists of models in one folder."""
    index = _Index(known)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != RESOLVING:
            file = load_checked(path, schema="models")
            usual = {"modalities": file["modalities"]} if "modalities" in file else {}
            for entry in file["models"]:
                index.add(usual | entry, path=path)
    exact = {index.spelt[key]: number for key, number in sorted(index.exact.items())}
    return {"entries": index.entries, "exact": exact, "patterns": index.patterns, "bases": _bases(index)}


def write_catalog(root: Path) -> list[str]:
    """Build and write the files that changed; their names."""
    changed = []
    for name, text in build_catalog(root).items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(text, path)
            changed.append(name)
    write_stamp(root)
    return changed


def _by_id(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    by_id: dict[str, dict[str, Any]] = {}
    for record in records:
        path = Path(record["_path"])
        if path.stem != record["id"] or path.parent.name != record["family"]:
            expected = f"{record['family']}/{record['id']}.yaml"
            raise DataError(f"must be {expected}, as its family and id say", Place(path=str(path)))
        if record["id"] in by_id:
            taken = by_id[record["id"]]["_path"]
            raise DataError(f"the id {record['id']} is taken by {taken}", Place(path=str(path)))
        by_id[record["id"]] = record
    for record in records:
        for policy in record.get("incorporates", ()):
            if not by_id.get(policy, {}).get("policy"):
                raise DataError(f"incorporates: {policy} is not the record of a policy", Place(path=record["_path"]))
    return by_id


def _family(ledger: dict[str, Any], *, path: Path, by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The record of a family: what all its versions have in common, and the terms that any of them has."""
    for version in ledger["versions"]:
        if version["id"] not in by_id:
            raise DataError(f"versions: no record has the id {version['id']}", Place(path=str(path)))
    members = [by_id[version["id"]] for version in ledger["versions"]]
    versions = [{"id": v["id"], "date": m.get("date"), **v} for v, m in zip(ledger["versions"], members, strict=True)]
    head = {key: value for key, value in ledger.items() if key != "versions"}
    return head | {
        "family": path.parent.name,
        "class": _agreed(members, "class"),
        "osi_approved": _agreed(members, "osi_approved"),
        "fsf_free": _agreed(members, "fsf_free"),
        "versions": versions,
        "terms": _joint_terms(members),
        "hands_on": sorted({kind for member in members for kind in member["hands_on"]}),
        "_path": str(path),
    }


def _agreed(members: list[dict[str, Any]], key: str) -> Any:
    values = {member.get(key) for member in members}
    return values.pop() if len(values) == 1 else None


def _joint_terms(members: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """The terms of all versions without repeats and clause numbers; None while the text of one of them is unread."""
    joint: dict[str, dict[str, Any]] = {}
    for member in members:
        if member["terms"] is None:
            return None
        for term in member["terms"]:
            bare = {key: value for key, value in term.items() if key != "clause"}
            joint.setdefault(_line(bare), bare)
    return list(joint.values())


def _hands_on(record: dict[str, Any], kinds: frozenset[str]) -> list[str]:
    return sorted({term["kind"] for term in record["terms"] or ()} & kinds)


def _names(ordered: list[dict[str, Any]]) -> dict[str, int]:
    """Every name's line; a name that two records claim is a fault of the data."""
    names: dict[str, int] = {}
    for line, record in enumerate(ordered):
        for name in _names_of(record):
            taken = names.setdefault(name_key(name), line)
            if taken != line:
                other = ordered[taken]["id"]
                raise DataError(f"the name {name} already belongs to {other}", Place(path=record["_path"]))
    return dict(sorted({**_titles(ordered), **names}.items()))


def _titles(ordered: list[dict[str, Any]]) -> dict[str, int]:
    """The lines of the titles that one record alone has; for licenses of SPDX these are the official names."""
    lines: dict[str, list[int]] = {}
    for line, record in enumerate(ordered):
        lines.setdefault(name_key(record["name"]), []).append(line)
    return {title: found[0] for title, found in lines.items() if len(found) == 1}


def _names_of(record: dict[str, Any]) -> list[str]:
    return [record["id"], *(name for names in record.get("ids", {}).values() for name in names)]


def _hashes(ordered: list[dict[str, Any]]) -> dict[str, int]:
    hashes: dict[str, int] = {}
    for line, record in enumerate(ordered):
        for digest in record.get("sha256", ()):
            if hashes.setdefault(digest, line) != line:
                raise DataError(f"the text {digest} belongs to another record too", Place(path=record["_path"]))
    return dict(sorted(hashes.items()))


def _known(ordered: list[dict[str, Any]]) -> dict[str, bool]:
    return {record["id"]: "versions" in record for record in ordered}


def _id(record: dict[str, Any]) -> str:
    text: str = record["id"]
    return text


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
