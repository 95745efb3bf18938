"""Inline ignores: `licensecheck: ignore[kind] until=2026-12-31 reason=…` in a comment of any syntax."""

from __future__ import annotations

from datetime import date

from licensecheck.frozen import dataclass
from licensecheck.lazy import re

MARK = b"licensecheck: ignore"
_IGNORE = re.compile(r"licensecheck: ignore(?:\[(?P<kinds>[^\]]*)\])?(?P<rest>[^\n]*)")
_UNTIL = re.compile(r"\buntil=(\S+)")
_REASON = re.compile(r"\breason=(.*)")
_ENDS = ("-->", "*/", "#}", "}}")
"""What ends the comment that an ignore stands in."""
_ALONE = re.compile(r"\s*(?:#|//|--|;|<!--|/\*|\{#|\{\{/\*|rem\b)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """A comment that clears some kinds of findings on the line that it covers; `fault` says why it cannot."""

    path: str
    line: int
    covers: int
    kinds: frozenset[str]
    reason: str | None = None
    until: str | None = None
    fault: str | None = None


def find_ignores(text: str, path: str) -> tuple[Ignore, ...]:
    """The ignores of a file. One on a line of its own covers the next line that is no comment."""
    lines = text.splitlines()
    return tuple(
        _ignore(found, lines, number, path) for number, line in enumerate(lines, 1) if (found := _IGNORE.search(line))
    )


def _ignore(found: re.Match[str], lines: list[str], number: int, path: str) -> Ignore:
    kinds = frozenset(part.strip() for part in (found["kinds"] or "").split(",") if part.strip())
    until = _UNTIL.search(found["rest"])
    reason = _reason(found["rest"])
    alone = bool(_ALONE.match(lines[number - 1][: found.start()]))
    return Ignore(
        path=path,
        line=number,
        covers=_next_line(lines, number) if alone else number,
        kinds=kinds,
        reason=reason,
        until=until.group(1) if until else None,
        fault=_fault(kinds, reason, until.group(1) if until else None),
    )


def _reason(text: str) -> str | None:
    found = _REASON.search(text)
    reason = found.group(1).strip() if found else ""
    for end in _ENDS:
        reason = reason.removesuffix(end)
    return reason.strip() or None


def _next_line(lines: list[str], number: int) -> int:
    for at in range(number, len(lines)):
        if lines[at].strip() and not lines[at].lstrip().startswith(("#", "//", "--", ";", "<!--")):
            return at + 1
    return number


def _fault(kinds: frozenset[str], reason: str | None, until: str | None) -> str | None:
    if not kinds:
        return "names no kind of finding: write ignore[kind], for example ignore[unknown-license]"
    if not reason:
        return "gives no reason: add reason=…"
    if until is not None:
        try:
            date.fromisoformat(until)
        except ValueError:
            return f"until={until} is not a day; write it 2026-12-31"
    return None
