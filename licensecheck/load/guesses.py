"""What somebody may have meant who wrote a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def hint(name: object, known: Iterable[str]) -> str:
    """The name that was meant, as far as that can be guessed."""
    close = get_close_matches(str(name), sorted(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def hint_or_all(name: object, known: Iterable[str]) -> str:
    """The name that was meant, or all that are known."""
    return hint(name, known) or f"; known are {', '.join(sorted(known))}"
