"""One call from paths to a review: the files, the settings and profile beside them, the scan, and its checks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from fnmatch import fnmatch
from pathlib import Path

from licensecheck.catalog.profile_files import find_profile, load_profile
from licensecheck.catalog.scan_settings import ScanSettings, load_scan_settings
from licensecheck.domain.profile import Profile
from licensecheck.domain.repository import Reference, ReferenceRole, Review, Standing
from licensecheck.errors import Place, ProfileError, SourceError, UsageError
from licensecheck.frozen import dataclass, replace
from licensecheck.repository.baseline import Baseline, Decision, accept, load_baseline, render_baseline
from licensecheck.repository.coverage import find_packages
from licensecheck.repository.stores import store_references
from licensecheck.repository.targets import weight_references, with_local_models
from licensecheck.repository.walk import git_files, list_files, scan_all
from licensecheck.text.io import place_in_repository, read_text

BASELINE = "licensecheck.baseline.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a call asks for. `changed`, `since` and `staged` narrow the files to those that git says differ."""

    paths: tuple[str, ...] = ()
    profile: str | None = None
    changed: bool = False
    since: str | None = None
    staged: bool = False
    baseline: str | None = None
    writes_baseline: bool = False
    strict: bool = False
    roles: tuple[str, ...] = ()
    today: str | None = None
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A review with the settings it was made under, and where its baseline is kept."""

    review: Review
    settings: ScanSettings
    baseline_path: Path
    baseline: Baseline

    def baseline_text(self, decision: Decision | None = None) -> str:
        """A baseline of every finding that is open or known, what is decided now beside those that are new."""
        kept = (item for item in self.review.findings if item.standing is not Standing.IGNORED)
        return render_baseline(accept(kept, self.baseline, decision or Decision()))


def run_scan(request: Request, *, progress: Callable[[int], Callable[[], None]] | None = None) -> Outcome:
    """The review that a request asks for; `progress` is told the number of files and gives what to call after each."""
    root = _root(request.paths)
    beside = Path(request.profile) if request.profile else find_profile(root) or find_profile(Path())
    settings = load_scan_settings(beside)
    if request.roles:
        settings = replace(settings, roles=tuple(ReferenceRole(role) for role in request.roles))
    if request.strict:
        settings = replace(settings, strict=True)
    baseline_path = _baseline_path(root, request, settings)
    own = _own_files(root, beside, baseline_path)
    stored = tuple(store_references(root)) if _is_whole(request.paths) else ()
    chosen = [] if stored else _paths(root, request)
    whole = chosen is None or _touches_judgement(root, chosen, beside, baseline_path)
    if chosen is None or whole:
        chosen = list(list_files(root).paths)
    paths = [path for path in chosen if path not in own and not _excluded(path, settings)]
    tick = progress(len(paths)) if progress else None
    everything = paths if whole or stored else list_files(root).paths
    with staged_tree(root, chosen) if request.staged else nullcontext(root) as tree:
        around = everything if tree == root else list_files(tree).paths
        scan = scan_all(tree, paths, around=around, workers=request.workers, tick=tick)
    more = (*weight_references(root, paths), *_declared(settings, beside, root), *stored)
    scan = replace(scan, references=tuple(with_local_models(scan.references, root)))
    if more:
        scan = replace(scan, references=(*scan.references, *more))
    profile = load_profile(beside) if beside else Profile()
    baseline = _baseline(baseline_path, request, settings)
    from licensecheck.repository.notices import Places
    from licensecheck.repository.review import review_scan

    places = Places(root=root, paths=everything)
    packages = tuple(find_packages(root, paths)) if whole else None
    review = review_scan(
        scan, profile, places, settings=settings, baseline=baseline, today=request.today, packages=packages
    )
    review = replace(review, folder=place_in_repository(root))
    return Outcome(review=review, settings=settings, baseline_path=baseline_path, baseline=baseline)


def _touches_judgement(root: Path, chosen: list[str], beside: Path | None, baseline: Path) -> bool:
    """True where the profile or the baseline is among the files: what they say bears on every model."""
    judging = {os.path.relpath(file, root).replace(os.sep, "/") for file in (beside, baseline) if file is not None}
    return not judging.isdisjoint(chosen)


def _declared(settings: ScanSettings, beside: Path | None, root: Path) -> Iterator[Reference]:
    """What is loaded though no file names it, at the line of the settings that says so."""
    if not settings.models or beside is None:
        return
    lines = read_text(beside).text.splitlines()
    path = os.path.relpath(beside, root).replace(os.sep, "/")
    for model in settings.models:
        line = next((number for number, text in enumerate(lines, 1) if model in text), 1)
        yield Reference(path=path, line=line, model=model, role=ReferenceRole.LOAD, syntax="scan: models", name=model)


def _own_files(root: Path, *files: Path | None) -> frozenset[str]:
    """The files that speak to licensecheck itself, as the scan would name them; a `pyproject.toml` says more."""
    spoken = [file for file in files if file is not None and file.suffix != ".toml"]
    return frozenset(os.path.relpath(file, root).replace(os.sep, "/") for file in spoken)


def _is_whole(paths: tuple[str, ...]) -> bool:
    return not paths or (len(paths) == 1 and os.path.isdir(paths[0]))


def _root(paths: tuple[str, ...]) -> Path:
    """The one folder that is asked for, else the working folder."""
    return Path(paths[0]) if len(paths) == 1 and os.path.isdir(paths[0]) else Path()


def _paths(root: Path, request: Request) -> list[str] | None:
    """The files that are asked for; None for all."""
    if request.staged:
        return _staged(root)
    if request.changed or request.since:
        return _differing(root, request)
    if _is_whole(request.paths):
        return None
    found: list[str] = []
    for name in request.paths:
        path = Path(name)
        if os.path.isdir(name):
            found.extend((path / inner).as_posix() for inner in list_files(path).paths)
        elif os.path.exists(name):
            found.append(path.as_posix())
        else:
            raise SourceError("no such file or folder", Place(path=name))
    return sorted(set(found))


def _staged(root: Path) -> list[str]:
    """The files of the commit that is being made."""
    staged = git_files(root, ["diff", "--cached", "--name-only", "-z", "--relative", "--diff-filter=d", "--"])
    if staged is None:
        raise UsageError(f"--staged: git cannot tell what is staged: is {root} a work tree?")
    return sorted(staged)


@contextmanager
def staged_tree(root: Path, staged: Sequence[str]) -> Iterator[Path]:
    """The folder in which the staged files read as they will be committed.

    That is the work tree itself, unless a file has been changed since it was staged: then a copy of git's index, which
    is removed afterwards.
    """
    later = git_files(root, ["diff", "--name-only", "-z", "--relative", "--"])
    top = git_files(root, ["rev-parse", "--show-cdup"])
    if not later or not set(later) & set(staged) or top is None:
        yield root
        return
    above = top[0].strip() if top else ""
    inside = os.path.relpath(root.resolve(), (root / above).resolve())
    with tempfile.TemporaryDirectory(prefix="licensecheck-") as copy:
        if git_files(root / above, ["checkout-index", "--all", "--quiet", f"--prefix={copy}/"]) is None:
            raise UsageError("--staged: git cannot write out what is staged")
        yield Path(copy) / inside


def _differing(root: Path, request: Request) -> list[str] | None:
    """The files that differ from a commit, by default the last one, and those that are new."""
    reference = request.since or "HEAD"
    if reference.startswith("-"):
        raise UsageError(f"--since: not a branch or commit: '{reference}'")
    if not request.since and git_files(root, ["rev-parse", "--verify", "-q", "HEAD"]) is None:
        return None
    changed = git_files(root, ["diff", "--name-only", "-z", "--relative", "--diff-filter=d", reference, "--"])
    new = git_files(root, ["ls-files", "-z", "--others", "--exclude-standard"])
    if changed is None:
        raise UsageError(
            f"git cannot tell what differs from '{reference}': is {root} a work tree that has this commit?"
        )
    return sorted({*changed, *(new or ())})


def _excluded(path: str, settings: ScanSettings) -> bool:
    return any(fnmatch(path, pattern) or fnmatch(path, f"{pattern.rstrip('/')}/*") for pattern in settings.exclude)


def _baseline_path(root: Path, request: Request, settings: ScanSettings) -> Path:
    return Path(request.baseline) if request.baseline else root / (settings.baseline or BASELINE)


def _baseline(path: Path, request: Request, settings: ScanSettings) -> Baseline:
    """The known findings; a baseline that nobody named may be missing."""
    named = (request.baseline or settings.baseline) and not request.writes_baseline
    if not named and not os.path.isfile(path):
        return Baseline()
    try:
        return load_baseline(path)
    except ProfileError:
        if request.writes_baseline:
            return Baseline()  # what cannot be read is written anew, as its error says
        raise
