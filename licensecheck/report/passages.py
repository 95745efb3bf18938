"""Which passage of several a report shows first, and how it names the files that they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from licensecheck.model.report import TargetReport
from licensecheck.model.term import Evidence

NAMED_SECTION = re.compile(r"[A-Za-z]{3}")
"""How a section begins that says itself what it is."""
_TITLE = 5
"""A passage of up to so many words may be the title of a clause."""


def telling_first(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The passages: numbered clauses before what stands outside them, whole sentences before parts, lead-ins last.

    Else they stay as they stand in the text.
    """
    return tuple(sorted(evidence, key=_weakness))


def _weakness(evidence: Evidence) -> tuple[bool, bool, bool]:
    quote = evidence.quote.strip()
    leads_in = quote.endswith((":", "："))
    whole = quote.endswith((".", "。")) and not quote[:1].islower() and len(quote.split()) > _TITLE
    return leads_in, evidence.section is None, not whole


def clause_words(evidence: Evidence) -> str:
    """The section with its sign, else the line; a section that names itself ("Annex B") needs no sign."""
    if evidence.section is None:
        return f"line {evidence.line}"
    return evidence.section if NAMED_SECTION.match(evidence.section) else f"§ {evidence.section}"


def file_names(target: TargetReport) -> Mapping[str, str]:
    """The path of each file that is quoted, cut to its name where no other file has that name."""
    quoted = [evidence for finding in target.findings for evidence in finding.evidence]
    quoted += [evidence for reading in target.readings for evidence in reading.unread]
    return short_paths(evidence.path for evidence in quoted)


def short_paths(paths: Iterable[str]) -> Mapping[str, str]:
    """Each path cut to the name of its file where no other of the paths has that name."""
    different = set(paths)
    shared = Counter(PurePath(path).name for path in different)
    return {path: PurePath(path).name if shared[PurePath(path).name] == 1 else path for path in different}
