"""What a program does with models: run them, or ask where they are served; by its text and by the packages it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from licensecheck.errors import LicenseCheckError
from licensecheck.lazy import re
from licensecheck.repository.coverage import load_coverage
from licensecheck.repository.syntax.slot import CODE
from licensecheck.text.io import read_text

_MANIFESTS = (
    "package.json", "Cargo.toml", "go.mod", "mix.exs", "Gemfile", "Package.swift", "build.gradle",
    "build.gradle.kts", "pom.xml",
)  # fmt: skip
MAX_MANIFEST = 400_000
_PROGRAMS = frozenset({"python", "shell", *CODE})
_STARTS = re.compile(
    r"--model[ =][\"'$\w]|vllm|ollama|huggingface|\bhf |llama|text-generation|sglang|wget|git clone|docker compose"
)
"""What a shell script has that starts a server or fetches weights."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What shows that a program runs models, and that it asks others for answers, as patterns on lower-case text."""

    runs: re.Pattern[str]
    python_runs: re.Pattern[str]
    python_asks: re.Pattern[str]
    addresses: re.Pattern[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Traits:
        """The traits of the data file."""
        return cls(**{name: re.compile("|".join(data[name]), re.M) for name in cls.__slots__})

    def ask(self, text: str) -> bool:
        """True for an example, in any language, that asks a served model and runs none."""
        lower = text.lower()
        asks = self.python_asks.search(lower) or self.addresses.search(lower)
        return asks is not None and not self.python_runs.search(lower) and not self.runs.search(lower)


@dataclass(slots=True)
class Packages:
    """For each folder of a repository whether the nearest manifest above it names a package that runs models."""

    root: Path | None = None
    known: dict[str, bool | None] = field(default_factory=dict)

    def run_models(self, path: str) -> bool:
        """True where the project that the file belongs to runs models."""
        folder = path.rpartition("/")[0]
        while self.root is not None:
            found = self._manifest(folder)
            if found is not None:
                return found
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        return False

    def _manifest(self, folder: str) -> bool | None:
        """Whether the manifests of a folder name such a package; None where there is none."""
        if folder not in self.known:
            texts = [text for name in _MANIFESTS if (text := self._text(folder, name))]
            forms = [each.packages for each in load_coverage().ecosystems]
            self.known[folder] = any(form.search(text) for form in forms for text in texts) if texts else None
        return self.known[folder]

    def _text(self, folder: str, name: str) -> str:
        place = (self.root or Path()) / folder / name
        try:
            return read_text(place).text if place.is_file() and place.stat().st_size <= MAX_MANIFEST else ""
        except (LicenseCheckError, OSError, ValueError):
            return ""


_TEST = re.compile(
    r"(?:^|/)test_[^/]*\.py$|(?:^|/)(?:tests?|__tests__|spec|specs|testdata|androidTest)/|_test\.\w+$|_spec\.\w+$|\.(?:test|spec)\.\w+$|(?:Test|Tests|Spec)\.\w+$"
)


def is_test(path: str) -> bool:
    """True for a test, by its place and name."""
    return _TEST.search(path) is not None


def asks_by_text(syntax: str, text: str, traits: Traits) -> bool | None:
    """Whether a program asks served models and runs none, as far as its text says; None where its packages decide.

    Python asks where it imports a client, since a program with the addresses of a service may be that service.
    `text` is in lower case.
    """
    if syntax == "python":
        return traits.python_asks.search(text) is not None and not traits.python_runs.search(text)
    if syntax not in _PROGRAMS or traits.runs.search(text):
        return False
    if syntax == "shell":
        return traits.addresses.search(text) is not None and not _STARTS.search(text)
    return None if syntax == "javascript" or traits.addresses.search(text) is not None else False
