"""What a scan does not see: files without a reader, and projects whose manifest shows models that no file names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import translate
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.findings import Finding, Status
from licensecheck.domain.repository import LineFinding, Reference, ReferenceRole, SkipKind, Skipped
from licensecheck.errors import LicenseCheckError
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.text.io import read_text

UNNAMED = "unnamed-model"
UNREAD = "file-not-read"
MAX_MANIFEST = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem:
    """The manifests of a language, and what in them shows that models are run."""

    name: str
    manifests: re.Pattern[str]
    packages: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The data of `rules/scan/coverage.yaml`, compiled."""

    generated: frozenset[str]
    generated_ends: tuple[str, ...]
    languages: frozenset[str]
    ecosystems: tuple[Ecosystem, ...]
    manifests: re.Pattern[str]

    def skipped(self, path: str) -> Skipped:
        """Why a file that no reader knows is passed over."""
        name = path.rsplit("/", 1)[-1]
        suffix = suffix_of(name)
        if suffix in self.languages:
            return Skipped(path=path, kind=SkipKind.LANGUAGE, reason=f"no reader for .{suffix} sources")
        told = f".{suffix} files" if suffix else "files of this kind"
        return Skipped(path=path, kind=SkipKind.OTHER, reason=f"no reader for {told}")


def suffix_of(path: str) -> str:
    """The suffix of a file in lower case, without its dot; empty where there is none."""
    return path.rsplit("/", 1)[-1].lower().lstrip(".").rpartition(".")[2] if "." in path.lstrip(".") else ""


@per_catalog
def load_coverage() -> Coverage:
    """The coverage data that ships with the project."""
    data: Mapping[str, Any] = load_data("scan/coverage.yaml")
    return Coverage(
        generated=frozenset(data["generated"]),
        generated_ends=tuple(name[1:] for name in data["generated"] if name.startswith("*")),
        languages=frozenset(data["languages"]),
        ecosystems=tuple(_ecosystem(name, each) for name, each in data["packages"].items()),
        manifests=re.compile(
            "|".join(translate(one) for each in data["packages"].values() for one in each["manifests"])
        ),
    )


def _any(globs: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(translate(each) for each in globs))


def _ecosystem(name: str, data: Mapping[str, Any]) -> Ecosystem:
    words = "|".join(re.escape(each) for each in sorted(data["names"], key=len, reverse=True))
    return Ecosystem(
        name=name,
        manifests=_any(data["manifests"]),
        packages=re.compile(rf"""(?im)(?:^|["'\s/<>:(])({words})(?=$|["'\s=<>~!;,:@)\[(/])"""),
    )


def is_generated(path: str) -> bool:
    """True for a lock file, a vocabulary or a bundle: machines wrote it from what stands elsewhere."""
    coverage = load_coverage()
    name = path.rsplit("/", 1)[-1].lower()
    return name in coverage.generated or name.endswith(coverage.generated_ends)


# Manifests: what they show, and what is asked where no file names a model.


def ecosystem_of(path: str) -> Ecosystem | None:
    """The language whose manifest this file is, by its name."""
    name = path.rsplit("/", 1)[-1].lower()
    coverage = load_coverage()
    if not coverage.manifests.fullmatch(name):
        return None
    return next((each for each in coverage.ecosystems if each.manifests.fullmatch(name)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPackage:
    """A package that runs models, at the line of the manifest that asks for it."""

    path: str
    line: int
    package: str
    ecosystem: str


def find_packages(root: Path, paths: Iterable[str]) -> Iterator[ModelPackage]:
    """The first package of each manifest that runs models."""
    for path in paths:
        ecosystem = ecosystem_of(path)
        if ecosystem is not None:
            found = _package(root, path, ecosystem)
            if found is not None:
                yield found


def _package(root: Path, path: str, ecosystem: Ecosystem) -> ModelPackage | None:
    try:
        place = root / path
        text = read_text(place).text if place.stat().st_size <= MAX_MANIFEST else ""
    except (LicenseCheckError, OSError, ValueError):
        return None
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(("#", "//")):
            continue
        found = ecosystem.packages.search(line)
        if found:
            return ModelPackage(path=path, line=number, package=found[1], ecosystem=ecosystem.name)
    return None


def unnamed_models(packages: Iterable[ModelPackage], loads: Sequence[Reference]) -> Iterator[LineFinding]:
    """A question for each manifest that shows models where nothing below its folder names one."""
    for package in packages:
        folder = package.path.rpartition("/")[0]
        if not any(not folder or each.path.startswith(f"{folder}/") for each in loads):
            yield _unnamed(package)


def _unnamed(package: ModelPackage) -> LineFinding:
    message = f"{package.package} runs models, and no file names the one that is loaded"
    question = (
        f"Which models does {package.package} load here? Write them under `scan: models:` in licensecheck.yaml "
        "(an empty list: none)."
    )
    return _question(package.path, package.line, package.package, UNNAMED, message, question)


def unread_files(skipped: Iterable[Skipped]) -> Iterator[LineFinding]:
    """A question for each file that was not read and may load a model, as `--strict` asks."""
    for each in skipped:
        if each.kind.may_load:
            question = f"Which models does {each.path} load? It was not read: {each.reason}."
            yield _question(each.path, 1, each.path, UNREAD, f"it was not read: {each.reason}", question)


def _question(path: str, line: int, subject: str, kind: str, message: str, question: str) -> LineFinding:
    """A question about a file that names no model."""
    place = Reference(path=path, line=line, model=subject, role=ReferenceRole.MENTION, syntax="coverage")
    finding = Finding(kind=kind, status=Status.REVIEW, message=message, question=question)
    return LineFinding(reference=place, finding=finding, message=question)
