"""What `--strict` holds back: texts that are no known license unchanged, and files that were not read."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.domain.findings import Finding
from licensecheck.domain.licenses import LicenseReading, MatchKind
from licensecheck.domain.subject import Role
from licensecheck.judge.case import Situation
from licensecheck.judge.unread import make_open_point

STRICT_KINDS = ("modified-license", "unidentified-license", "unread-file")
"""Kinds of findings that only a strict check makes."""
_READ = "Let a person read the text, and record an approval that is bound to its hash."


def strict_findings(situation: Situation) -> Iterator[tuple[Finding, LicenseReading | None]]:
    """A question for each text that is changed or of no known license, and for each file that was not read.

    Each with the text that it is about, so that an approval of that text clears it.
    """
    for reading in situation.readings:
        if reading.source == "text" and reading.inherited_from is None:
            finding = _of_text(reading)
            if finding is not None:
                yield finding, reading
    for document in situation.subject.documents:
        if document.unread is not None and document.role is not Role.CARD:
            yield _of_file(document.path, document.unread), None


def _of_text(reading: LicenseReading) -> Finding | None:
    match = reading.identity.match
    if match is MatchKind.EXACT:
        return None
    if match is MatchKind.MODIFIED:
        return make_open_point(
            "modified-license",
            f"{reading.path} is {reading.label}, changed; a strict check approves no changed text.",
            "Does the changed text permit this deployment?",
            key=reading.path,
            license=reading.label,
            remedy=_READ,
        )
    return make_open_point(
        "unidentified-license",
        f"{reading.path} is not a license known here; a strict check approves no such text.",
        "Does this text permit this deployment?",
        key=reading.path,
        license=reading.label,
        remedy=_READ,
    )


def _of_file(path: str, reason: str) -> Finding:
    return make_open_point(
        "unread-file",
        f"{path} was not read: {reason}.",
        "What does this file say of the license?",
        key=path,
        remedy="Make the file readable, or let a person read it.",
    )
