"""The scan: every reference to a model in the files of a repository."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from licensecheck.domain.repository import Reference, ReferenceRole, SkipKind, Skipped
from licensecheck.errors import Place, SourceError, TextError
from licensecheck.frozen import dataclass, field, replace
from licensecheck.lazy import re
from licensecheck.repository.context import Packages, is_test, only_asks
from licensecheck.repository.coverage import is_generated, load_coverage
from licensecheck.repository.detectors import Detectors, load_detectors
from licensecheck.repository.ignores import MARK, Ignore, find_ignores
from licensecheck.repository.library_calls import Call
from licensecheck.repository.library_loads import HTML, calls_in, library_references, may_call, merged
from licensecheck.repository.references import Candidate, decide, pattern_claims, strongest
from licensecheck.repository.syntax.python_modules import Modules
from licensecheck.repository.syntax.readers import read
from licensecheck.repository.syntax.relevance import may_name_models
from licensecheck.repository.syntax.slot import CODE, Origin, Slot, normalise, syntax_of
from licensecheck.repository.syntax.yaml import without_schemas
from licensecheck.text.io import decode, open_regular

# Which files of a repository are read: those under version control, without what is binary, huge or ignored.


MAX_BYTES = 2_000_000
MAX_REST = 30_000_000
PART = 500_000
"""How much is read of a file that is larger than the limit."""
_ENVIRONMENTS = frozenset({".venv", "venv", "node_modules", "site-packages", ".tox", ".eggs", ".terraform"})
_CACHES = frozenset({".git", ".hg", ".svn", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".idea"})
_NO_SCRIPTS = frozenset(
    {"LICENSE", "NOTICE", "AUTHORS", "CODEOWNERS", "VERSION", "COPYING", ".gitignore", ".gitattributes"}
)
"""Files without a suffix that are no scripts."""
SKIPPED = _ENVIRONMENTS | _CACHES
"""Folders that hold what others made, where no version control says so."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, relative to `root` and sorted."""

    root: Path
    paths: tuple[str, ...]


def list_files(target: Path) -> Listing:
    """The files of a folder: what git would commit where it is a work tree, else all but the usual caches."""
    if os.path.isfile(target):
        return Listing(target.parent, (target.name,))
    if not os.path.isdir(target):
        raise SourceError("no such file or folder", Place(path=str(target)))
    tracked = _from_git(target)
    return Listing(target, tuple(sorted(tracked if tracked is not None else _walk(target))))


def git_files(root: Path, arguments: Sequence[str]) -> list[str] | None:
    """The paths that a git command lists, relative to `root`; None where there is no git or no work tree."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except (OSError, ValueError):
        return None
    if done.returncode:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def _from_git(root: Path) -> list[str] | None:
    """What is tracked, or new and not ignored; None outside a work tree or where it holds nothing of the folder."""
    listed = git_files(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
    if not listed:
        return None
    modules = [path for path in listed if os.path.isdir(root / path)] if (root / ".gitmodules").is_file() else []
    inner = [f"{path.rstrip('/')}/{file}" for path in modules for file in list_files(root / path).paths]
    return [*(path for path in listed if path not in modules), *inner]


def _walk(root: Path) -> Iterator[str]:
    """Every file below a folder; links to folders are not followed, so that no loop can arise."""
    start = len(os.fspath(root))
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        inside = folder[start:].replace(os.sep, "/").strip("/")
        yield from (f"{inside}/{file}" if inside else file for file in files)


# The scan: every reference to a model in the files of a repository.


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a scan found, how many files it read, and those that it did not read, or not to their end.

    `claims` are what the files say of models; `references` are made of them when all are together.
    """

    references: tuple[Reference, ...] = ()
    claims: tuple[Candidate, ...] = ()
    files: int
    skipped: tuple[Skipped, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known of a repository beside the file that is read: its Python modules, and the packages it uses."""

    modules: Modules | None = None
    packages: Packages = field(default_factory=Packages)

    @classmethod
    def of(cls, root: Path, paths: Sequence[str]) -> Beside:
        """What the files of a repository say of one another."""
        return cls(modules=Modules.of(root, paths), packages=Packages(root=root))


def scan_files(root: Path, paths: Sequence[str]) -> Scan:
    """The scan of these files, given relative to `root`, each by itself."""
    return _joined([_scan_part(root, paths, Beside())])


def _scan_part(root: Path, paths: Iterable[str], beside: Beside, *, tick: Callable[[], None] | None = None) -> Scan:
    """The claims of these files; `tick` is called after each."""
    detectors = load_detectors()
    claims: list[Candidate] = []
    skipped: list[Skipped] = []
    ignores: list[Ignore] = []
    calls: list[Call] = []
    count = 0
    for path in paths:
        syntax = None if is_generated(path) else syntax_of(path) or _by_first_line(root, path) or _page(path)
        passed = (
            _scan_file(root, path, syntax, detectors, beside, claims, ignores, calls)
            if syntax
            else _passed_over(root, path)
        )
        count += syntax is not None and (passed is None or passed.kind is SkipKind.TOO_LARGE)
        if passed:
            skipped.append(passed)
        if tick:
            tick()
    return Scan(claims=tuple(claims), files=count, skipped=tuple(skipped), ignores=tuple(ignores), calls=tuple(calls))


_INTERPRETERS = (("python", "python"), ("node", "javascript"), ("deno", "javascript"), ("bun", "javascript"),
                 ("ruby", "code-hash"), ("sh", "shell"), ("ksh", "shell"), ("make", "makefile"))  # fmt: skip


def _page(path: str) -> str | None:
    return HTML if path.lower().endswith((".html", ".htm")) else None


def _by_first_line(root: Path, path: str) -> str | None:
    """The syntax that a script without a suffix names in its first line."""
    name = path.rsplit("/", 1)[-1]
    if "." in name.lstrip(".") or name in _NO_SCRIPTS:
        return None
    try:
        with open_regular(root / path) as file:
            first = file.readline(200)
    except (SourceError, OSError):
        return None
    if not first.startswith(b"#!"):
        return None
    program = first.decode("utf-8", "replace")
    return next((syntax for word, syntax in _INTERPRETERS if word in program), None)


def _passed_over(root: Path, path: str) -> Skipped | None:
    """Why a file without a reader is passed over; None where there is no such file."""
    if not os.path.isfile(os.path.join(root, path)):
        return None
    if is_generated(path):
        return Skipped(path=path, kind=SkipKind.GENERATED, reason="a lock file, vocabulary or bundle")
    return load_coverage().skipped(path)


def _scan_file(
    root: Path,
    path: str,
    syntax: str,
    detectors: Detectors,
    beside: Beside,
    claims: list[Candidate],
    ignores: list[Ignore],
    calls: list[Call],
) -> Skipped | None:
    """Add the references, ignores and calls of libraries of a file; or why it was not read, or not to its end."""
    place = os.path.join(root, path)
    if not os.path.isfile(place):
        return None
    try:
        with open_regular(Path(place)) as file:
            data = file.read(MAX_BYTES + 1)
            rest = file.read(MAX_REST) if len(data) > MAX_BYTES else b""
    except SourceError as error:
        return Skipped(path=path, kind=SkipKind.UNREADABLE, reason=error.message)
    part = None
    if len(data) > MAX_BYTES:
        end = data.rfind(b"\n", 0, PART) + 1
        first = data[:end].count(b"\n")
        claims.extend(rest_claims(data[end:] + rest, path, first, detectors))
        data = data[:end]
        told = f"larger than {MAX_BYTES // 1_000_000} MB, read to line {first}, and beyond it for plain settings alone"
        part = Skipped(path=path, kind=SkipKind.TOO_LARGE, reason=told)
    marked = MARK in data
    calling = may_call(data, syntax)
    named = syntax != HTML and may_name_models(data, syntax, detectors.marks, detectors.may_be_model, detectors.loaders)
    if not (marked or calling or named):
        return part or (Skipped(path=path, kind=SkipKind.OTHER, reason="binary") if b"\0" in data[:1024] else None)
    try:
        text = decode(data, path=path).text
    except TextError as error:
        return Skipped(path=path, kind=SkipKind.UNREADABLE, reason=error.message)
    if calling:
        calls.extend(calls_in(text, path, syntax))
    try:
        claims.extend(text_claims(text, path, syntax, detectors=detectors, beside=beside))
    except RecursionError:
        return Skipped(path=path, kind=SkipKind.UNREADABLE, reason="nested too deeply to be taken apart")
    if marked:
        ignores.extend(find_ignores(text, path))
    return part


_PAIR = re.compile(r"""([A-Za-z][\w.-]{0,60})["']?[ \t]*[:=][ \t]*["']?([A-Za-z][^\s"'`,{}\[\]]{2,200})""")
"""A setting, wherever it stands on a line."""


def rest_claims(data: bytes, path: str, first: int, detectors: Detectors) -> Iterator[Candidate]:
    """What the rest of a file says that is too large to be taken apart; `first` lines stand before it.

    Each setting counts where it first stands.
    """
    text = data.decode("utf-8", "replace")
    seen: set[tuple[str, str]] = set()
    slots: list[Slot] = []
    for number, line in enumerate(text.splitlines(), first + 1):
        for name, value in _PAIR.findall(line):
            if (name, value) not in seen:
                seen.add((name, value))
                slots.append(Slot(normalise(name), value, number))
    yield from decide(slots, detectors, path, "")
    for claim in pattern_claims(text, detectors, path, "settings"):
        yield replace(claim, reference=replace(claim.reference, line=claim.reference.line + first))


def scan_text(text: str, path: str, syntax: str) -> tuple[Reference, ...]:
    """The references in one text, by itself."""
    return strongest(text_claims(text, path, syntax, detectors=load_detectors(), beside=Beside()))


def text_claims(text: str, path: str, syntax: str, *, detectors: Detectors, beside: Beside) -> Iterator[Candidate]:
    """What one text says of models, its own and those of modules that it imports."""
    text = text.removeprefix("\ufeff")
    if syntax == "yaml":
        text = without_schemas(text)
    lower = text.lower()
    tested = is_test(path) and (syntax in CODE or syntax == "python")
    asks = detectors.traits is not None and only_asks(path, syntax, lower, detectors.traits, beside.packages)
    instead = ReferenceRole.MENTION if tested and syntax in CODE else ReferenceRole.CLIENT if asks else None
    origin = Origin(path=path, modules=beside.modules, asks=detectors.traits.ask if detectors.traits else None)
    yield from decide(read(text, syntax, origin), detectors, path, lower, instead=instead)
    yield from pattern_claims(text, detectors, path, syntax, tested=tested)


# Models that a repository makes itself: asked for by name afterwards, they are nobody else's to license.


_ASKED = frozenset({ReferenceRole.LOAD, ReferenceRole.EXAMPLE})


def without_own(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references, those to a name without an owner that the same repository creates taken for clients."""
    references = tuple(references)
    made = {_plain(each) for each in references if each.role is ReferenceRole.OUTPUT} - {""}
    if not made:
        return references
    return tuple(
        replace(each, role=ReferenceRole.CLIENT) if each.role in _ASKED and _plain(each) in made else each
        for each in references
    )


def _plain(reference: Reference) -> str:
    """A name without an owner, one spelling for each; empty where there is an owner."""
    name = reference.name or ""
    return "" if "/" in name else name.removesuffix(":latest").lower()


# A scan of many files by several processes, which start as copies of this one and have the detectors at hand.


MANY = 3000
"""From how many files on it pays to start processes."""
CHUNK = 40


def scan_all(
    root: Path,
    paths: Sequence[str],
    *,
    around: Sequence[str] | None = None,
    workers: int = 1,
    tick: Callable[[], None] | None = None,
) -> Scan:
    """The scan of these files, the same whatever the number of workers; `around` are all files of the repository."""
    whole = around if around is not None else paths
    with _gc_paused():
        return _scan_all(root, paths, whole, workers=workers, tick=tick)


@contextmanager
def _gc_paused() -> Iterator[None]:
    """Without the search for reference cycles: syntax trees have none, and looking through them is slow."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _scan_all(
    root: Path, paths: Sequence[str], whole: Sequence[str], *, workers: int, tick: Callable[[], None] | None
) -> Scan:
    beside = Beside.of(root, whole)
    if workers < 2 or len(paths) < MANY or sys.platform != "linux":
        return _with_loads(_joined([_scan_part(root, paths, beside, tick=tick)]), root, whole)
    import multiprocessing

    load_detectors()
    chunks = [paths[i : i + CHUNK] for i in range(0, len(paths), CHUNK)]
    parts: list[Scan] = []
    with multiprocessing.get_context("fork").Pool(min(workers, 8), _start, (root, beside)) as pool:
        for part, chunk in zip(pool.imap(_scan_chunk, chunks), chunks, strict=True):
            parts.append(part)
            for _ in chunk if tick else ():
                tick()  # type: ignore[misc]  # it is one where there is something to iterate over
    return _with_loads(_joined(parts), root, whole)


_SHARED: list[tuple[Path, Beside]] = []
"""What every process of a scan starts with."""


def _start(root: Path, beside: Beside) -> None:
    _SHARED[:] = [(root, beside)]


def _scan_chunk(chunk: Sequence[str]) -> Scan:
    root, beside = _SHARED[0]
    return _scan_part(root, chunk, beside)


def _joined(parts: Sequence[Scan]) -> Scan:
    return Scan(
        references=without_own(strongest(each for part in parts for each in part.claims)),
        files=sum(part.files for part in parts),
        skipped=tuple(each for part in parts for each in part.skipped),
        ignores=tuple(each for part in parts for each in part.ignores),
        calls=tuple(each for part in parts for each in part.calls),
    )


def _with_loads(scan: Scan, root: Path, paths: Sequence[str]) -> Scan:
    """The scan with the weights that its calls of libraries load; `paths` are all files of the repository."""
    loaded = library_references(root, paths, scan.calls)
    return replace(scan, references=merged(scan.references, loaded)) if loaded else scan
