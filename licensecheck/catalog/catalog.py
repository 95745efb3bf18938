"""The knowledge that answers rest on, as a value: built-in rules and records, and the folders that a user adds.

A `Catalog` is made by `load_catalog` and carried by `licensecheck.api.Checker`. What is read from its files is kept in
the catalog itself, so that two of them can be used side by side and one can be thrown away and loaded again. Within
`with catalog.active():` the readers of this package answer from that catalog; without one, from the built-in data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from licensecheck.errors import DataError, Place
from licensecheck.frozen import dataclass

Given = ParamSpec("Given")
Got = TypeVar("Got")

SECTIONS = ("rules", "licenses", "models")
"""What an overlay may hold, by the name of its option and of its key under `[tool.licensecheck]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Folders of the user's own beside the built-in data; None where there is nothing of the kind.

    `rules` is laid out as the built-in `rules/` (detect, check), `licenses` as `licenses/` (one folder a family),
    `models` holds lists of models as `licenses/models/` does. `source` says who names them: an option, a file or a
    package.
    """

    rules: Path | None = None
    licenses: Path | None = None
    models: Path | None = None
    source: str = ""


class Catalog:
    """Terms, rules, phrasing, uses, records, models and fingerprints: the built-in data and overlays on it."""

    def __init__(self, overlays: Iterable[Overlay] = ()) -> None:
        self.overlays = tuple(overlays)
        self._values: dict[Any, Any] = {}

    def value(self, key: Any, make: Callable[[], Got]) -> Got:
        """What is kept under the key; made on the first call."""
        if key not in self._values:
            self._values[key] = make()
        kept: Got = self._values[key]
        return kept

    def folders(self, section: str) -> tuple[Path, ...]:
        """The folders that overlays add to a section, in their order."""
        paths = (getattr(overlay, section) for overlay in self.overlays)
        return tuple(path for path in paths if path is not None)

    @contextmanager
    def active(self) -> Iterator[Catalog]:
        """Answer from this catalog within the block, in this thread or task alone."""
        token = _ACTIVE.set(self)
        try:
            yield self
        finally:
            _ACTIVE.reset(token)


BUILT_IN = Catalog()
"""The catalog of the project's own data alone."""
_ACTIVE: ContextVar[Catalog] = ContextVar("licensecheck_catalog", default=BUILT_IN)


def current() -> Catalog:
    """The catalog that answers here."""
    return _ACTIVE.get()


def per_catalog(function: Callable[Given, Got]) -> Callable[Given, Got]:
    """A function of the data whose values are kept in the catalog in use, one for each set of arguments."""

    @wraps(function)
    def kept(*args: Given.args, **kwargs: Given.kwargs) -> Got:
        values = _ACTIVE.get()._values
        key = (function, args, tuple(kwargs.items())) if kwargs else (function, args)
        if key not in values:
            values[key] = function(*args, **kwargs)
        found: Got = values[key]
        return found

    return kept


def per_catalog_up_to(most: int) -> Callable[[Callable[Given, Got]], Callable[Given, Got]]:
    """As `per_catalog`, for functions of many arguments: at most this many values are kept."""

    def decorate(function: Callable[Given, Got]) -> Callable[Given, Got]:
        @wraps(function)
        def kept(*args: Given.args, **kwargs: Given.kwargs) -> Got:
            values: dict[Any, Got] = _ACTIVE.get().value((function, "kept"), dict)
            key = (args, tuple(kwargs.items()))
            if key not in values:
                if len(values) >= most:
                    values.clear()
                values[key] = function(*args, **kwargs)
            return values[key]

        return kept

    return decorate


def load_catalog(overlays: Iterable[Overlay] = ()) -> Catalog:
    """A catalog of the built-in data and these overlays; DataError where a folder is missing."""
    given = tuple(overlays)
    for overlay in given:
        for section in SECTIONS:
            path = getattr(overlay, section)
            if path is not None and not path.is_dir():
                where = f" ({overlay.source})" if overlay.source else ""
                raise DataError(f"not a folder of {section}{where}", Place(path=str(path)))
    return Catalog(given) if given else BUILT_IN
