"""What names a model wherever it stands: links to hubs, hub cache paths, addresses with a scheme of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from licensecheck.model.reference import ReferenceRole
from licensecheck.scan.decide import Claim, reference
from licensecheck.scan.detectors import Detectors
from licensecheck.scan.newlines import breaks_of
from licensecheck.scan.values import Form, Value, read_value

_FENCE = re.compile(r"^[\s>]*(?:```|~~~).*?^[\s>]*(?:```|~~~)[ \t]*$", re.M | re.S)
_COMMENT = re.compile(r"\s*(?:#|//|;|\*|<!--|--\s)")


def pattern_claims(text: str, detectors: Detectors, path: str, syntax: str) -> Iterator[Claim]:
    """The claims of every pattern in a file."""
    present = [each for each in detectors.patterns if any(needle in text for needle in each.contains)]
    hits = [(found, each) for each in present for found in each.pattern.finditer(text)]
    if not hits:
        return
    breaks = breaks_of(text)
    fences = [found.span() for found in _FENCE.finditer(text)] if syntax == "markdown" else []
    for found, each in hits:
        value = _value(found.group("model"), detectors)
        if value is None:
            continue
        line = bisect_right(breaks, found.start("model"))
        begin = breaks[line - 1] + 1 if line else 0
        commented = bool(_COMMENT.match(text, begin)) and syntax != "markdown"
        talk = commented or (value.form is Form.ADDRESS and not _is_value(text, found))
        role = _role(each.role, value, syntax, talk=talk, fenced=_within(found.start(), fences))
        yield Claim(reference(path, line + 1, value, role, each.detector), 0)


def _value(text: str, detectors: Detectors) -> Value | None:
    found = read_value(text.rstrip(".,:;)"), detectors.words)
    return None if found is None or found.form is Form.BARE else found


def _is_value(text: str, found: re.Match[str]) -> bool:
    """True where an address is a whole value, in quotes or up to the end of its line, and not a word in a sentence."""
    start, end = found.span("model")
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    quoted = before[-1:] in ("'", '"') and before[-1:] == after[:1]
    return quoted or (before.strip()[-1:] in (":", "=", "-") and (not after.strip(" \r") or after[0] in "\r\n,"))


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _role(role: ReferenceRole, value: Value, syntax: str, *, talk: bool, fenced: bool) -> ReferenceRole:
    if value.form is Form.PLACEHOLDER:
        return ReferenceRole.PLACEHOLDER
    if role is ReferenceRole.MENTION or talk:
        return ReferenceRole.MENTION
    if syntax == "markdown":
        return ReferenceRole.EXAMPLE if fenced else ReferenceRole.MENTION
    return role
