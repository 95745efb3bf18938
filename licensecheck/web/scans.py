"""A repository that was handed in: which models it loads, which of them may be reviewed, and that in words."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from licensecheck import api
from licensecheck.domain.repository import Review as Repository
from licensecheck.errors import UsageError
from licensecheck.text.markup import counted

_SCAN_STEP = 50
"""After how many files of a scan its progress is told."""


def scanned(checker: api.Checker, place: Path, tick: Callable[[int, int], bool]) -> Repository | None:
    """What a scan of the folder found; None where it was cancelled."""
    from licensecheck.repository.run import Request  # loads the readers of repositories, which few requests need

    goes_on = True

    def progress(total: int) -> Callable[[], None]:
        done = itertools.count(1)

        def one() -> None:
            nonlocal goes_on
            number = next(done)
            if number % _SCAN_STEP == 0 or number == total:
                goes_on = tick(number, total)
            if not goes_on:
                raise UsageError("the scan was cancelled")

        return one

    try:
        return checker.scan(Request(paths=(str(place),)), progress=progress).review
    except UsageError:
        if goes_on:
            raise
        return None


def target_in(place: Path, model: str) -> str | None:
    """A model folder of the repository, or an id; None for a path of the server's own, which no upload may name."""
    local = place / model
    if local.exists() and local.resolve().is_relative_to(place.resolve()):
        return str(local)
    return None if Path(model).exists() or local.exists() else model


def scan_words(review: Repository, models: int, added: int) -> str:
    unread = [each for each in review.skipped if each.kind.may_load]
    parts = [
        f"{counted(review.files, 'file')} read, {counted(models, 'model')} loaded, {counted(added, 'review')} opened"
    ]
    if models > added:
        parts.append(f"{models - added} had a review already, or named a path outside the repository")
    if unread:
        named = ", ".join(each.path for each in unread[:5])
        were = "was" if len(unread) == 1 else "were"
        parts.append(f"{counted(len(unread), 'file')} may load models and {were} not read, such as {named}")
    if not models:
        parts.append("no model was found, which does not show that none is used")
    return "; ".join(parts) + "."
