"""What the files beside a card declare: the table of `rules/cards/metadata.yaml` applied to what its formats hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.errors import Place, SourceError
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.formats.tree import (
    Picked,
    Tree,
    pick,
    read_ini,
    read_json,
    read_modelfile,
    read_openvino,
    read_toml,
    read_yaml,
)
from licensecheck.models.license_names import LONG
from licensecheck.models.license_values import is_known, names_in
from licensecheck.models.weights import GgufValue, Header, Said, model_id, read_gguf, read_safetensors

# The table: which file, in which format, under which key.


Reader = Callable[[Path], Tree]


@dataclass(frozen=True, slots=True)
class MetadataPlace:
    """One kind of file and the keys under which it speaks about its license, from `rules/cards/metadata.yaml`."""

    title: str
    files: re.Pattern[str]
    format: str
    data: dict[str, Any]

    def keys(self, role: str) -> tuple[str, ...]:
        return tuple(self.data.get(role, ()))

    def picked(self, tree: Tree, role: str) -> Iterator[Picked]:
        for path in self.keys(role):
            yield from pick(tree, path)


@per_catalog
def metadata_places() -> tuple[MetadataPlace, ...]:
    """Every kind of file that is read, in the order of the table."""
    return tuple(
        MetadataPlace(entry["title"], re.compile("|".join(entry["files"])), entry["format"], entry)
        for entry in load_vocabulary("metadata")["places"]
    )


@per_catalog
def places_of(name: str) -> tuple[MetadataPlace, ...]:
    """The kinds of metadata that a file of this name (or path below its folder) can hold."""
    low = name.lower().replace("\\", "/")
    if any(pattern.search(low) for pattern in _never()):
        return ()
    return tuple(place for place in metadata_places() if place.files.search(low))


def is_settings(name: str) -> bool:
    """True for a file whose whole name says that it speaks about a model: `CITATION.cff`, not any `.json`."""
    low = name.lower()
    expressions = (e for place in places_of(name) if place.format not in _BINARY for e in place.data["files"])
    return any(re.search(expression, low) for expression in expressions if not expression.startswith("\\."))


@per_catalog
def _never() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load_vocabulary("metadata")["never"])


def header_reader(name: str) -> Callable[[Path, str], Header] | None:
    """The function that reads the declarations of a file of this name, or None for a file that makes none."""
    places = places_of(name)
    return _reading(places) if places else None


# The formats, each read once a file, whatever number of entries of the table ask for it.


def _gguf(path: Path) -> Tree:
    found = read_gguf(path)
    return {**{key: list(v) if isinstance(v, tuple) else v for key, v in found.items()}, **_gguf_bases(found)}


def _gguf_bases(found: dict[str, GgufValue]) -> Tree:
    """The base models, which GGUF numbers and describes by address, or by organization and name."""
    numbers = {key.split(".")[2] for key in found if key.startswith("general.base_model.")} - {"count"}
    bases = []
    for index in sorted(number for number in numbers if number.isdigit())[:_MAX_BASES]:
        stem = f"general.base_model.{index}."
        url = _string(found, stem + "repo_url") or _string(found, stem + "url")
        organization, name = _string(found, stem + "organization"), _string(found, stem + "name")
        named = f"{organization}/{name}".replace(" ", "-") if organization and name else name
        bases.append((model_id(url) if url else None) or named)
    return {"general.base_model": [base for base in bases if base]}


_MAX_BASES = 100


def _string(found: dict[str, GgufValue], key: str) -> str | None:
    value = found.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _safetensors(path: Path) -> Tree:
    return dict(read_safetensors(path))


def _protobuf(path: Path) -> Tree:
    from licensecheck.models.formats import protobuf  # a commit hook reads no such file

    return protobuf.read_onnx(path) if path.suffix.lower() == ".onnx" else protobuf.read_coreml(path)


def _flatbuffer(path: Path) -> Tree:
    from licensecheck.models.formats import flatbuffer

    bundles = {".task": flatbuffer.read_task, ".litertlm": flatbuffer.read_litertlm}
    return bundles.get(path.suffix.lower(), flatbuffer.read_tflite)(path)


def _torch(path: Path) -> Tree:
    from licensecheck.models.formats.torch_archive import read_torch

    return read_torch(path)


def _spdx_tags(path: Path) -> Tree:
    from licensecheck.models.formats.spdx_tags import read_spdx_tags

    return read_spdx_tags(path)


_READERS: dict[str, Reader] = {
    "gguf": _gguf,
    "safetensors": _safetensors,
    "onnx": _protobuf,
    "openvino": read_openvino,
    "coreml": _protobuf,
    "tflite": _flatbuffer,
    "task": _flatbuffer,
    "litertlm": _flatbuffer,
    "torch": _torch,
    "json": read_json,
    "yaml": read_yaml,
    "toml": read_toml,
    "ini": read_ini,
    "modelfile": read_modelfile,
    "spdx-tags": _spdx_tags,
}
_BINARY = frozenset(("gguf", "safetensors", "onnx", "coreml", "tflite", "task", "litertlm", "torch"))
"""Formats of weights; a file of these that cannot be read is no text either."""
_ANY = "any"
"""The format of the entry for settings of no known kind: JSON or YAML by the ending."""


def _read(place: MetadataPlace, path: Path) -> Tree:
    name = place.format
    if name == _ANY:
        name = {".json": "json", ".toml": "toml"}.get(path.suffix.lower(), "yaml")
    return _READERS[name](path)


def _reading(places: tuple[MetadataPlace, ...]) -> Callable[[Path, str], Header]:
    def read(path: Path, shown: str) -> Header:
        trees: dict[str, Tree] = {}
        gathered = _Gathered(shown)
        for place in places:
            if place.format == _ANY and gathered.speaks:
                continue
            try:
                if place.format not in trees:
                    trees[place.format] = _read(place, path)
            except SourceError as error:
                if place.format == _ANY or (place.format == "yaml" and not place.data.get("license")):
                    continue
                raise SourceError(error.message, Place(path=shown)) from None
            gathered.add(place, trees[place.format])
        return gathered.header()

    return read


# One file's declarations, gathered entry by entry.


_SENTENCE_WORDS = 6
"""A name with a full stop at its end ("Zorp Model License v2.") has fewer words."""


def _is_sentence(value: str) -> bool:
    """True for one line of terms where a name is expected; not for a title that is known."""
    if not value.endswith((".", "!", "。")) or len(value.split()) < _SENTENCE_WORDS:
        return False
    return not is_known(names_in(value)[0])


class _Gathered:
    """Collects what the entries of the table find in one file; no value twice."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._licenses: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._links: list[str] = []
        self._bases: dict[str, str] = {}
        self._passing: dict[str, str] = {}
        self._said: dict[str, dict[tuple[str, str], Said]] = {}
        self._relation: str | None = None
        self._name: str | None = None

    @property
    def speaks(self) -> bool:
        return bool(self._licenses or self._texts)

    def add(self, place: MetadataPlace, tree: Tree) -> None:
        for found in place.picked(tree, "license"):
            self._license(found)
        self._links += [found.value for found in place.picked(tree, "link")]
        for found in place.picked(tree, "base"):
            self._base(found, self._bases)
        for found in place.picked(tree, "passing"):
            self._base(found, self._passing)
        for role in ("name", "source", "repository", "architecture", "family", "tags", "prose"):
            for found in place.picked(tree, role):
                self._tell(role, found)
        for found in _flags(place, tree):
            if found.value:
                self._tell("limits", found)
            self._licenses.setdefault(PERMISSIONS + self._shown, found.key)
        self._relation = self._relation or place.data.get("relation") or _relation_within(place, tree)
        own = next(iter(place.picked(tree, "own")), None)
        self._name = self._name or (own.value if own else None)

    def header(self) -> Header:
        bases = self._bases or {k: v for k, v in self._passing.items() if k.count("/") == 1 or self._is_header}
        return Header(
            path=self._shown,
            licenses=tuple(self._licenses),
            license_texts=tuple(self._texts),
            license_link=self._links[0] if self._links else None,
            base_models=tuple(bases),
            relation=self._relation,
            name=self._name,
            weak=not self._bases,
            names=self._of("name"),
            sources=self._of("source"),
            repositories=self._of("repository"),
            architectures=self._of("architecture"),
            families=self._of("family"),
            tags=self._of("tags"),
            prose=self._of("prose"),
            limits=self._of("limits"),
            keys={**self._passing, **self._bases, **self._licenses},
        )

    @property
    def _is_header(self) -> bool:
        return self._shown.lower().endswith(".safetensors")

    def _license(self, found: Picked) -> None:
        if len(found.value) >= LONG or "\n" in found.value or _is_sentence(found.value):
            self._texts.setdefault(found.value, found.key)
        elif found.value.lower() not in _NOTHING:
            self._licenses.setdefault(found.value, found.key)

    def _base(self, found: Picked, into: dict[str, str]) -> None:
        value = model_id(found.value) or found.value
        if not _is_path(value):
            into.setdefault(value, found.key)

    def _tell(self, role: str, found: Picked) -> None:
        said = self._said.setdefault(role, {})
        said.setdefault((found.key, found.value), Said(key=found.key, value=found.value))

    def _of(self, role: str) -> tuple[Said, ...]:
        return tuple(self._said.get(role, {}).values())


PERMISSIONS = "the permissions in "
"""How a set of flags is called where the name of a license is asked for."""
_NOTHING = frozenset(("true", "false", "-", "null", "no license"))
"""Values of a license key that say nothing: a switch, an empty slot."""


def _relation_within(place: MetadataPlace, tree: Tree) -> str | None:
    """The relation that a setting in the file itself shows: an adapter in an MLflow model or a training recipe."""
    if place.format == "modelfile" and tree.get("ADAPTER"):
        return "adapter"
    adapters = [*pick(tree, "flavors/*/peft_adaptor"), *pick(tree, "adapter")]
    return "adapter" if adapters and place.format == "yaml" else None


def _is_path(value: str) -> bool:
    return (
        value.startswith((".", "/", "~", "\\", "$", "{"))
        or bool(re.match(r"^[A-Za-z]:[\\/]", value))
        or value.endswith((".gguf", ".bin", ".safetensors", ".pt", ".ckpt"))
        or value.count("/") > 4
    )


# Flags that stand for a restriction, as sidecars of Civitai have them.


def _flags(place: MetadataPlace, tree: Tree) -> Iterator[Picked]:
    """Each flag with what it limits in words; without words where it limits nothing."""
    for parent in place.keys("flags"):
        told: set[str] = set()
        for flag in load_vocabulary("metadata")["flags"]:
            path = f"{parent}/{flag['key']}" if parent else flag["key"]
            values = [word for found in pick(tree, path) for word in _words(found.value)]
            says = f"{flag['kind']}: {flag['says']}" if values and _limits(flag, values) else ""
            if values and path not in told:
                yield Picked(f"{path.replace('/', '.')} = {', '.join(values)}", says)
            told |= {path} if says else set()


def _words(value: str) -> Iterable[str]:
    return (word for word in re.split(r"[^a-z0-9]+", value.lower()) if word)


def _limits(flag: dict[str, Any], values: list[str]) -> bool:
    if "values" in flag:
        return any(value in flag["values"] for value in values)
    return not any(value in flag["lacks"] for value in values)
