"""Which version of a package a repository installs: from its lock files first, then from its requirements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from licensecheck.errors import LicenseCheckError
from licensecheck.frozen import dataclass
from licensecheck.repository.library_calls import Call
from licensecheck.text.io import open_regular

_LOCKS = re.compile(
    r"(?:^|/)(?:(?:uv|poetry|pdm|pixi|Pipfile|conda|bun)[\w.-]*\.lock|[\w.-]*pylock[\w.-]*\.toml|package-lock\.json|"
    r"npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|requirements[\w./-]*\.lock)$"
)
_SPECS = re.compile(
    r"(?:^|/)(?:[\w.-]*(?:requirements|constraints)[\w./-]*\.(?:txt|in|pip)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|"
    r"[\w.-]*environment[\w.-]*\.ya?ml|conda[\w.-]*\.ya?ml|package\.json|meta\.yaml|requirements/[^/]+|tox\.ini|"
    r"[\w.-]*(?:Docker|Container)file[\w.-]*|[\w.-]*\.(?:sh|mk|ya?ml|ipynb)|Makefile|justfile|deno\.jsonc?)$",
    re.I,
)
MAX_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A version that a file states; `below`: any before it."""

    path: str
    version: str
    below: bool = False
    locked: bool = False

    @property
    def said(self) -> str:
        """The pin in words."""
        return f"{'below ' if self.below else ''}{self.version} ({self.path})"


class Versions:
    """The versions that the files of a repository pin, read when first asked for."""

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        self._root = root
        self._paths = [path for path in paths if _LOCKS.search(path) or _SPECS.search(path)]
        self._texts: dict[str, str] = {}
        self._pins: dict[tuple[str, ...], tuple[Pin, ...]] = {}

    def of(self, packages: tuple[str, ...], call: Call) -> Pin | None:
        """The version of a package where a call stands: of the file nearest above it, of a lock before a range."""
        if call.version and re.match(r"[\d~^]", call.version):
            return Pin(path=call.path, version=call.version.lstrip("~^"), locked=True)
        if packages not in self._pins:
            self._pins[packages] = tuple(self._find(packages))
        folder = call.path.rpartition("/")[0]
        best = [
            (_nearness(pin.path, folder, call.path), pin.locked, not pin.below, pin) for pin in self._pins[packages]
        ]
        return max(best, key=_rank)[3] if best else None

    def _find(self, packages: tuple[str, ...]) -> Iterator[Pin]:
        for path in self._paths:
            text = self._text(path)
            if any(package.lower() in text for package in packages):
                locked = bool(_LOCKS.search(path))
                for pattern in _patterns(packages):
                    for found in pattern.finditer(text):
                        version, sign = found["version"], found["sign"] or ""
                        below = sign in ("<", "!<") or (sign in ("~=", "^", "~") and not locked)
                        version = _next(version, sign) if below else version
                        yield Pin(path=path, version=version, below=below, locked=locked)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                with open_regular(self._root / path) as file:
                    self._texts[path] = file.read(MAX_BYTES).decode("utf-8", "replace").lower()
            except (LicenseCheckError, OSError):
                self._texts[path] = ""
        return self._texts[path]


def _nearness(pin: str, folder: str, path: str) -> int:
    """How deep the folder of a pin is, if it is above the call or the call's own file; else less than nothing."""
    if pin == path:
        return 1000
    home = pin.rpartition("/")[0]
    if not home:
        return 0
    return home.count("/") + 1 if f"{folder}/".startswith(f"{home}/") else -1


def _rank(item: tuple[int, bool, bool, Pin]) -> tuple[int, bool, bool, tuple[int, ...]]:
    return item[0], item[1], item[2], version_key(item[3].version)


@lru_cache(maxsize=256)
def _patterns(packages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.sub(r"\\[-_.]|[-_.]", "[-_.]", re.escape(each.lower())) for each in packages)
    version = r"v?(?P<version>\d+[\w.]*)"
    return (
        re.compile(
            rf"""(?<![\w@/.-])["']?(?:{names})(?:\[[^\]]*\])?["']?[ \t]*[:=(]?[ \t]*["']?"""
            r"""(?:>=?[ \t]*[\w.]+[ \t]*,[ \t]*)?"""
            rf"""(?P<sign>===?|~=|<=|<|\^|~|=)?[ \t]*{version}"""
        ),
        re.compile(
            rf"""name[ \t]*=[ \t]*["'](?:{names})["']\s*\n(?:[ \t]*\w+[^\n]*\n)?"""
            rf"""[ \t]*version[ \t]*=[ \t]*["'](?P<sign>){version}"""
        ),
        re.compile(
            rf"""(?:node_modules/)?(?:{names})["']?:[ \t]*\{{[^{{}}]*?"""
            rf"""["']?version["']?:[ \t]*["'](?P<sign>(?:==)?){version}"""
        ),
        re.compile(rf"""["']?(?:{names})@[^\n]*:\s*\n[ \t]+version:?[ \t]+["']?(?P<sign>){version}"""),
        re.compile(rf"""(?<![\w/])/?(?:{names})@(?:npm:)?(?P<sign>[\^~]?){version}"""),
    )


def _next(version: str, sign: str) -> str:
    """The first version that a range no longer takes."""
    numbers = list(version_key(version))
    if sign == "<":
        return version
    keep = max(1, len(numbers) - 1) if sign == "~=" else 2 if sign == "~" else 1
    numbers = numbers[:keep]
    numbers[-1] += 1
    return ".".join(str(each) for each in numbers)


def version_key(version: str) -> tuple[int, ...]:
    """The numbers of a version, by which versions are compared."""
    numbers = re.match(r"[vV]?(\d+(?:\.\d+)*)", version)
    return tuple(int(each) for each in numbers[1].split(".")) if numbers else ()


def reaches(pin: Pin | None, since: str | None) -> bool:
    """True where the pinned version, or the newest where none is pinned, is `since` or later."""
    if since is None or pin is None:
        return True
    own, wanted = version_key(pin.version), version_key(since)
    width = max(len(own), len(wanted))
    own, wanted = own + (0,) * (width - len(own)), wanted + (0,) * (width - len(wanted))
    return own > wanted if pin.below else own >= wanted
