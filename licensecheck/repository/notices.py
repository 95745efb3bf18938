"""Where in a repository obligations would be kept: credit lines in README or interface, license copies, notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from licensecheck.domain.licenses import LicenseReading
from licensecheck.domain.profile import Materials, Profile
from licensecheck.domain.repository import Reference
from licensecheck.errors import LicenseCheckError
from licensecheck.lazy import re
from licensecheck.text.io import read_text

_CREDITS = re.compile(
    r"(?i)^(?:[^/]+/){0,2}(?:readme|notice|credits|attributions?|acknowledge?ments?|third[_-]?party|about)[^/]*$"
)
_SHOWN = re.compile(
    r"(?i)\.(?:html?|[jt]sx|vue|svelte|astro|hbs|ejs)$|(?:^|/)(?:app|ui|web|frontend|gradio|streamlit)[^/]*\.py$"
    r"|(?:^|/)(?:locales?|i18n|lang)/"
)
_LICENSES = re.compile(r"(?i)(?:^|/)(?:licen[cs]e|copying)[^/]*$|(?:^|/)licenses?/[^/]+$")
_NOTICES = re.compile(r"(?i)(?:^|/)notice[^/]*$")
MAX_FILES = 300
MAX_SIZE = 400_000
MAX_PLAIN = 20_000


@dataclass(slots=True)
class Places:
    """The files of a repository in which obligations are looked for, read when first asked for."""

    root: Path
    paths: Sequence[str]
    texts: dict[str, str] = field(default_factory=dict)
    plains: dict[str, str] = field(default_factory=dict)
    found: dict[re.Pattern[str], list[str]] = field(default_factory=dict)

    def matching(self, pattern: re.Pattern[str]) -> list[str]:
        """The paths that fit, those nearest to the root first."""
        if pattern not in self.found:
            fitting = [path for path in self.paths if pattern.search(path)]
            self.found[pattern] = sorted(fitting, key=_depth)[:MAX_FILES]
        return self.found[pattern]

    def plain(self, path: str) -> str:
        """The bare words of the first pages of a file."""
        if path not in self.plains:
            self.plains[path] = _plain(self.text(path)[:MAX_PLAIN])
        return self.plains[path]

    def text(self, path: str) -> str:
        """The text of a file; empty where it cannot be read."""
        if path not in self.texts:
            self.texts[path] = _read(self.root / path)
        return self.texts[path]


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _read(path: Path) -> str:
    try:
        return read_text(path).text if path.stat().st_size <= MAX_SIZE else ""
    except (LicenseCheckError, OSError, ValueError):
        return ""


def with_findings_of(
    profile: Profile, readings: Iterable[LicenseReading], places: Places
) -> tuple[Profile, dict[str, str]]:
    """The profile with what the repository shows where the profile says nothing, and the texts of those files."""
    stated = profile.materials
    readings = tuple(readings)
    credits = stated.credit_lines if stated.credit_lines is not None else _credits(readings, places)
    copy = stated.license_copy if stated.license_copy is not None else _license_copy(readings, places)
    notice = stated.notice_file if stated.notice_file is not None else _notice(readings, places)
    found: Materials = replace(stated, credit_lines=credits, license_copy=copy, notice_file=notice)
    named = [*(credits or ()), *(name for name in (copy, notice) if isinstance(name, str))]
    texts = {name: places.text(name) for name in named if len(name) < 200 and places.text(name)}
    words = _telling_words(readings)
    texts = {name: _around(text, words) if name in (credits or ()) else text for name, text in texts.items()}
    return replace(profile, materials=found), texts


def credit_places(places: Places) -> list[str]:
    """Where a credit line would stand first: the files at the root that greet a reader."""
    return [path for path in places.matching(_CREDITS) if "/" not in path][:3]


def _credits(readings: tuple[LicenseReading, ...], places: Places) -> tuple[str, ...] | None:
    """The files that hold the rarest word of a prescribed line; None where none does, so that it stays unstated."""
    words = _telling_words(readings)
    if not words:
        return None
    paths = [*places.matching(_CREDITS), *places.matching(_SHOWN)]
    found = tuple(dict.fromkeys(p for p in paths if any(word in places.text(p).lower() for word in words)))
    return found or None


def _telling_words(readings: Iterable[LicenseReading]) -> set[str]:
    """The longest word of each prescribed line."""
    return {max(re.findall(r"\w+", line.lower()), key=len, default=line) for line in prescribed_lines(readings)}


def _around(text: str, words: set[str]) -> str:
    """The lines that hold one of the words, with those beside them: what is left need not be taken apart."""
    lines = text.splitlines()
    near = {n for i, line in enumerate(lines) if any(w in line.lower() for w in words) for n in range(i - 2, i + 3)}
    return "\n".join(lines[n] for n in sorted(near) if 0 <= n < len(lines))


def prescribed_lines(readings: Iterable[LicenseReading]) -> tuple[str, ...]:
    """Every credit line that the licenses prescribe."""
    lines: list[str] = []
    for reading in readings:
        for term in reading.terms:
            texts = term.attributes.get("texts")
            if term.kind == "display-attribution" and isinstance(texts, tuple):
                lines.extend(texts)
    return tuple(dict.fromkeys(lines))


def _license_copy(readings: tuple[LicenseReading, ...], places: Places) -> str | None:
    """A file that begins as the license does: with its name."""
    names = [_plain(reading.identity.name) for reading in readings if reading.identity.name]
    for path in places.matching(_LICENSES):
        if any(name in places.plain(path)[:2000] for name in names):
            return path
    return None


def _notice(readings: tuple[LicenseReading, ...], places: Places) -> str | None:
    """A notice file that names one of the licenses."""
    names = [_plain(reading.identity.name) for reading in readings if reading.identity.name]
    wanted = [_plain(str(t.attributes["text"])) for r in readings for t in r.terms if t.attributes.get("text")]
    for path in places.matching(_NOTICES):
        if any(name and name in places.plain(path) for name in [*names, *wanted]):
            return path
    return None


def _plain(text: str | None) -> str:
    return " ".join(re.findall(r"[a-z0-9.]+", (text or "").lower()))


def with_derivative(
    profile: Profile, references: Iterable[Reference], outputs: Iterable[Reference]
) -> tuple[Profile, str | None]:
    """The profile with what a recipe shows: a file that loads the model and makes another changes it, and names it."""
    if profile.derivatives.modifies_model is not None:
        return profile, None
    files = {reference.path for reference in references}
    made = sorted({(r.model, r.path, r.line) for r in outputs if r.path in files})
    if not made:
        return profile, None
    name, path, line = made[0]
    stated = profile.derivatives.model_name
    derived = replace(profile.derivatives, modifies_model=True, model_name=stated or name.rsplit("/", 1)[-1])
    return replace(profile, derivatives=derived), f"{path}:{line} makes {name} from it."
