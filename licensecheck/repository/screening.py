"""A first look at each file: whether anything in it is worth taking apart. The same bytes are looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from licensecheck.catalog.catalog import per_catalog
from licensecheck.frozen import dataclass
from licensecheck.repository.context import asks_by_text
from licensecheck.repository.detectors import Detectors, TextPattern, load_detectors
from licensecheck.repository.ignores import MARK
from licensecheck.repository.library_loads import HTML, call_words, may_call
from licensecheck.repository.references import AnchoredSlot, anchored_slots
from licensecheck.repository.syntax.relevance import Words, may_name_models
from licensecheck.repository.syntax.slot import Slot

MAX_KEPT = 50_000_000
"""How many bytes of files are remembered."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file may hold: ignores, calls of libraries, names of models."""

    marked: bool = False
    calling: bool = False
    named: bool = False

    @property
    def is_empty(self) -> bool:
        """True where nothing has to be taken apart."""
        return not (self.marked or self.calling or self.named)


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart; `slots` is None where they depend on where the text lies."""

    lower: str
    patterns: tuple[TextPattern, ...]
    slots: tuple[AnchoredSlot, ...] | None
    asks: bool | None
    """Whether it asks served models and runs none; None where its packages decide."""


class Screen:
    """Looks at files by their bytes alone, and remembers what it saw: repositories hold many copies of one text."""

    def __init__(self, detectors: Detectors, words: Words) -> None:
        self._detectors = detectors
        self._words = words
        self._looks: dict[tuple[str, bytes], Look] = {}
        self._texts: dict[tuple[str, str], Text] = {}
        self.work = 0
        """How many characters were taken apart."""
        self._left = MAX_KEPT

    def look(self, data: bytes, syntax: str) -> Look:
        """What a file of these bytes, in this syntax, may hold."""
        key = syntax, data
        known = self._looks.get(key)
        if known is None:
            known = self._look(data, syntax)
            if self._has_room(len(data)):
                self._looks[key] = known
        return known

    def _has_room(self, size: int) -> bool:
        self._left -= size
        return self._left > 0

    def _look(self, data: bytes, syntax: str) -> Look:
        lower = data.lower()
        words = self._words.found_in(lower)
        return Look(
            MARK in data,
            may_call(data, syntax, words),
            (syntax != HTML or b"<script" in lower)
            and may_name_models(
                lower,
                "javascript" if syntax == HTML else syntax,
                self._detectors.marks,
                self._detectors.may_be_model,
                words.get("loaders", ()),
            ),
        )

    def text(self, text: str, syntax: str, read: Callable[[], Iterable[Slot] | None]) -> Text:
        """A text taken apart; `read` gives its slots, None where they are not the same wherever it lies."""
        key = syntax, text
        known = self._texts.get(key)
        if known is None:
            known = self._take_apart(text, syntax, read)
            self.work += len(text)
            if self._has_room(len(text)):
                self._texts[key] = known
        return known

    def _take_apart(self, text: str, syntax: str, read: Callable[[], Iterable[Slot] | None]) -> Text:
        lower = text.lower()
        slots = read()
        traits = self._detectors.traits
        return Text(
            lower=lower,
            patterns=tuple(self._detectors.patterns_in(text)),
            slots=None if slots is None else tuple(anchored_slots(slots, self._detectors, lower)),
            asks=asks_by_text(syntax, lower, traits) if traits else False,
        )


@per_catalog
def load_words() -> Words:
    """The words that are looked for in every file."""
    return Words({**call_words(), "loaders": load_detectors().loaders})
