"""Words that a license prescribes without quotation marks: they stand on their own below a colon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.match.readers.scope import Scope

_COLONS = (":", "：")
_MARKS = "\"'“”‘’«»「」"


def line_below(scope: Scope, options: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentence after one that ends in a colon, as a set of one; none where it is quoted, too short or too long.

    A placeholder is no wording: a line that asks the licensee to fill something in gives nothing.
    """
    text, above = scope.page.tree.masked, scope.contexts[0].sentence
    if len(scope.contexts) < 2 or not text[above.start : above.end].rstrip().endswith(_COLONS):
        return ()
    below = scope.contexts[1].sentence
    words = text[below.start : below.end].split()
    line = " ".join(words).rstrip(".")
    fits = options.get("min_words", 1) <= len(words) <= options.get("max_words", 60)
    if below.clause is above.clause or not fits or any(mark in line for mark in _MARKS + "[<{"):
        return ()
    return (line,)
