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
from licensecheck.repository.context import Packages, is_test
from licensecheck.repository.coverage import is_generated, load_coverage
from licensecheck.repository.detectors import Detectors, load_detectors
from licensecheck.repository.ignores import Ignore, find_ignores
from licensecheck.repository.library_calls import Call
from licensecheck.repository.library_loads import HTML, calls_in, library_references, merged, scripts_of
from licensecheck.repository.references import Candidate, anchored_slots, classify, pattern_candidates, strongest
from licensecheck.repository.screening import Screen, load_words
from licensecheck.repository.syntax.python_modules import Modules
from licensecheck.repository.syntax.readers import read
from licensecheck.repository.syntax.slot import CODE, Origin, Slot, normalise, syntax_of
from licensecheck.repository.syntax.yaml import without_schemas
from licensecheck.text.io import decode_text, read_start

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

    `candidates` are what the files say of models; `references` are made of them when all are together.
    """

    references: tuple[Reference, ...] = ()
    candidates: tuple[Candidate, ...] = ()
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

    def may_import(self, text: str) -> bool:
        """True where what a Python text says may depend on where it lies: it may import its neighbours."""
        return self.modules is not None and self.modules.may_import(text)


def scan_files(root: Path, paths: Sequence[str]) -> Scan:
    """The scan of these files, given relative to `root`, each by itself."""
    files = _Files(root, Beside())
    files.add_all(paths)
    return _joined([files.scan])


class _Files:
    """The files of a part of a scan, one after another, and what they say so far."""

    def __init__(self, root: Path, beside: Beside, screen: Screen | None = None) -> None:
        self._root = os.fspath(root)
        self._beside = beside
        self._detectors = load_detectors()
        self._screen = screen or Screen(self._detectors, load_words())
        self._candidates: list[Candidate] = []
        self._skipped: list[Skipped] = []
        self._ignores: list[Ignore] = []
        self._calls: list[Call] = []
        self._count = 0

    @property
    def scan(self) -> Scan:
        """What was found so far."""
        return Scan(
            candidates=tuple(self._candidates),
            files=self._count,
            skipped=tuple(self._skipped),
            ignores=tuple(self._ignores),
            calls=tuple(self._calls),
        )

    @property
    def work(self) -> int:
        """How many characters were taken apart."""
        return self._screen.work

    def add_all(self, paths: Iterable[str], tick: Callable[[], None] | None = None) -> None:
        """Add what these files say, or why they were not read; `tick` is called after each."""
        for path in paths:
            self._add(path)
            if tick:
                tick()

    def _add(self, path: str) -> None:
        if is_generated(path):
            self._pass_over(
                path, Skipped(path=path, kind=SkipKind.GENERATED, reason="a lock file, vocabulary or bundle")
            )
            return
        syntax = syntax_of(path) or _by_first_line(self._root, path)
        if syntax is None:
            self._pass_over(path, load_coverage().skipped(path))
            return
        try:
            passed = self._read(path, syntax)
        except SourceError as error:
            passed = Skipped(path=path, kind=SkipKind.UNREADABLE, reason=error.message)
        except RecursionError:
            passed = Skipped(path=path, kind=SkipKind.UNREADABLE, reason="nested too deeply to be taken apart")
        self._count += passed is None or passed.kind is SkipKind.TOO_LARGE
        if passed:
            self._skipped.append(passed)

    def _pass_over(self, path: str, skipped: Skipped) -> None:
        """Note a file without a reader, if there is one."""
        if os.path.isfile(os.path.join(self._root, path)):
            self._skipped.append(skipped)

    def _read(self, path: str, syntax: str) -> Skipped | None:
        """Add the references, ignores and calls of a file; or why it was not read, or not to its end."""
        data = read_start(os.path.join(self._root, path), MAX_BYTES + MAX_REST)
        if data is None:
            return None
        part = None
        if len(data) > MAX_BYTES:
            part, data = self._first_part(path, data)
        look = self._screen.look(data, syntax)
        if look.is_empty:
            return part or (_binary(path, syntax) if b"\0" in data[:1024] else None)
        try:
            text = decode_text(data, path=path).removeprefix("\ufeff")
        except TextError as error:
            return Skipped(path=path, kind=SkipKind.UNREADABLE, reason=error.message)
        if look.calling:
            self._calls.extend(calls_in(text, path, syntax))
        self._candidates.extend(
            candidates_in_text(text, path, syntax, detectors=self._detectors, beside=self._beside, screen=self._screen)
        )
        if look.marked:
            self._ignores.extend(find_ignores(text, path))
        return part

    def _first_part(self, path: str, data: bytes) -> tuple[Skipped, bytes]:
        """The part of a large file that is taken apart; of the rest the plain settings count."""
        end = data.rfind(b"\n", 0, PART) + 1
        first = data[:end].count(b"\n")
        self._candidates.extend(candidates_in_rest(data[end:], path, first, self._detectors))
        told = f"larger than {MAX_BYTES // 1_000_000} MB, read to line {first}, and beyond it for plain settings alone"
        return Skipped(path=path, kind=SkipKind.TOO_LARGE, reason=told), data[:end]


_INTERPRETERS = (("python", "python"), ("node", "javascript"), ("deno", "javascript"), ("bun", "javascript"),
                 ("ruby", "code-hash"), ("sh", "shell"), ("ksh", "shell"), ("make", "makefile"))  # fmt: skip


def _binary(path: str, syntax: str) -> Skipped:
    """A file with zero bytes: settings are damaged, what has a suffix of a language may be of another kind."""
    if syntax in CODE:
        return Skipped(path=path, kind=SkipKind.OTHER, reason="binary")
    return Skipped(path=path, kind=SkipKind.UNREADABLE, reason="holds zero bytes, as no text does")


def _by_first_line(root: str, path: str) -> str | None:
    """The syntax that a script without a suffix names in its first line."""
    name = path.rsplit("/", 1)[-1]
    if "." in name.lstrip(".") or name in _NO_SCRIPTS:
        return None
    try:
        first = read_start(os.path.join(root, path), 200)
    except SourceError:
        return None
    if first is None or not first.startswith(b"#!"):
        return None
    program = first.split(b"\n", 1)[0].decode("utf-8", "replace")
    return next((syntax for word, syntax in _INTERPRETERS if word in program), None)


_PAIR = re.compile(r"""([A-Za-z][\w.-]{0,60})["']?[ \t]*[:=][ \t]*["']?([A-Za-z][^\s"'`,{}\[\]]{2,200})""")
"""A setting, wherever it stands on a line."""


def candidates_in_rest(data: bytes, path: str, first: int, detectors: Detectors) -> Iterator[Candidate]:
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
    yield from classify(anchored_slots(slots, detectors, ""), detectors, path)
    for candidate in pattern_candidates(text, detectors.patterns_in(text), detectors, path, "settings"):
        yield replace(candidate, reference=replace(candidate.reference, line=candidate.reference.line + first))


def scan_text(text: str, path: str, syntax: str) -> tuple[Reference, ...]:
    """The references in one text, by itself."""
    screen = Screen(load_detectors(), load_words())
    text = text.removeprefix("\ufeff")
    return strongest(candidates_in_text(text, path, syntax, detectors=load_detectors(), beside=Beside(), screen=screen))


def candidates_in_text(
    text: str, path: str, syntax: str, *, detectors: Detectors, beside: Beside, screen: Screen
) -> Iterator[Candidate]:
    """What one text says of models, its own and those of modules that it imports."""
    if syntax == "yaml":
        text = without_schemas(text)
    elif syntax == HTML:
        text, syntax = scripts_of(text), "javascript"
    origin = Origin(path=path, modules=beside.modules, asks=detectors.traits.ask if detectors.traits else None)

    def slots() -> Iterator[Slot] | None:
        return None if syntax == "python" and beside.may_import(text) else read(text, syntax, origin)

    taken = screen.text(text, syntax, slots)
    tested = is_test(path) and (syntax in CODE or syntax == "python")
    asks = taken.asks if taken.asks is not None else not beside.packages.run_models(path)
    instead = ReferenceRole.MENTION if tested and syntax in CODE else ReferenceRole.CLIENT if asks else None
    told = taken.slots
    if told is None:
        told = tuple(anchored_slots(read(text, syntax, origin), detectors, taken.lower))
    yield from classify(told, detectors, path, instead=instead)
    yield from pattern_candidates(text, taken.patterns, detectors, path, syntax, tested=tested)


# Models that a repository makes itself: asked for by name afterwards, they are nobody else's to license.


_ASKED = frozenset({ReferenceRole.LOAD, ReferenceRole.EXAMPLE})


def without_self_produced(references: Iterable[Reference]) -> tuple[Reference, ...]:
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


FIRST = 2000
"""After how many files it is decided whether the rest is worth starting processes for."""
MUCH = 10_000_000
"""How many characters that are to be taken apart are worth it."""
CHUNK = 200


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
    files = _Files(root, beside)
    rest = paths
    if workers > 1 and sys.platform == "linux":
        files.add_all(paths[:FIRST], tick)
        rest = paths[FIRST:]
    if not rest or files.work * len(rest) < MUCH * FIRST:
        files.add_all(rest, tick)
        return _with_loads(_joined([files.scan]), root, whole)
    return _with_loads(_joined([files.scan, *_parts(root, rest, beside, workers=workers, tick=tick)]), root, whole)


def _parts(
    root: Path, paths: Sequence[str], beside: Beside, *, workers: int, tick: Callable[[], None] | None
) -> Iterator[Scan]:
    """The scan in parts by several processes."""
    import multiprocessing

    chunks = [paths[i : i + CHUNK] for i in range(0, len(paths), CHUNK)]
    with multiprocessing.get_context("fork").Pool(min(workers, 8), _start, (root, beside)) as pool:
        for part, chunk in zip(pool.imap(_scan_chunk, chunks), chunks, strict=True):
            yield part
            for _ in chunk if tick else ():
                tick()  # type: ignore[misc]  # it is one where there is something to iterate over


_SHARED: list[tuple[Path, Beside, Screen]] = []
"""What every process of a scan starts with."""


def _start(root: Path, beside: Beside) -> None:
    _SHARED[:] = [(root, beside, Screen(load_detectors(), load_words()))]


def _scan_chunk(chunk: Sequence[str]) -> Scan:
    files = _Files(*_SHARED[0])
    files.add_all(chunk)
    return files.scan


def _joined(parts: Sequence[Scan]) -> Scan:
    return Scan(
        references=without_self_produced(strongest(each for part in parts for each in part.candidates)),
        files=sum(part.files for part in parts),
        skipped=tuple(each for part in parts for each in part.skipped),
        ignores=tuple(each for part in parts for each in part.ignores),
        calls=tuple(each for part in parts for each in part.calls),
    )


def _with_loads(scan: Scan, root: Path, paths: Sequence[str]) -> Scan:
    """The scan with the weights that its calls of libraries load; `paths` are all files of the repository."""
    loaded = library_references(root, paths, scan.calls)
    return replace(scan, references=merged(scan.references, loaded)) if loaded else scan
