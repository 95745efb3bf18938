"""Which files of a model folder speak about its license, and what each is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import Resolution
from licensecheck.domain.subject import Document, Role
from licensecheck.errors import LicenseCheckError, Place, SourceError, TextError
from licensecheck.frozen import dataclass, field
from licensecheck.lazy import re, sha256
from licensecheck.models.license_names import known_model
from licensecheck.text.formats import text_of
from licensecheck.text.io import read_bytes

MAX_DEPTH = 8
"""How many folders deep a model folder is looked through; diffusers and Core ML packages need four."""
MAX_ENTRIES = 20_000
"""How many entries of a folder tree are looked at; the largest model repositories have some thousands."""
MAX_HEADERS = 1_000
"""How many headers and settings of one folder are read; the largest models have some hundreds of shards."""
MAX_JUDGED = 400
"""How many files without a telling name are judged by their content."""
DATA_LICENSE = "data-license"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRole:
    """What a file is by its name; `model` marks a license that says in its name that it is the weights'."""

    role: str
    model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFile:
    """A file of a folder, its path as shown, and its role: None for one whose header or settings are read.

    `judged` marks a text whose name tells nothing: its content has to show whether it is terms. `foreign` names the
    folder of somebody else's work, or of data, in which the file lies.
    """

    path: Path
    shown: str
    role: FileRole | None
    judged: bool = False
    foreign: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The files of a folder tree that may speak about its license, what else lies there, and what was left out.

    `weights` are files of weights whatever their format, `code` are source files, `paths` all files that were seen;
    `left_out` says why and how many.
    """

    files: tuple[FolderFile, ...] = ()
    weights: tuple[str, ...] = ()
    code: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def role_of(name: str) -> FileRole | None:
    """The role of a document by its file name, or None."""
    low = name.lower()
    ending = Path(low).suffix
    telling = _telling().match(low) is not None
    if ending in _listed("code") or (
        not telling and (ending in _listed("weight_files") or ending in _listed("settings"))
    ):
        return None
    for pattern, role in _roles():
        if pattern.match(low):
            return role
    return None


def holds_weights(name: str) -> bool:
    """True for a file of weights by its ending, whether or not its header can be read."""
    return Path(name.lower()).suffix in _listed("weight_files")


def list_files(folder: Path) -> Listing:
    """The files of a folder and of all folders below it that may speak of the license, in the order of their names."""
    walk = _Walk()
    walk.folder(folder, prefix="", depth=0, place=_Place())
    return walk.listing()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What the folders above a file tell of it: licenses all, the weights', or somebody else's."""

    licenses: bool = False
    weights: bool = False
    foreign: str | None = None
    top: bool = True

    def below(self, name: str) -> _Place:
        low = name.lower()
        kinds = load_vocabulary("files")
        foreign = name if low in kinds["foreign"] or (low in kinds["data"] and self.top) else None
        return _Place(
            licenses=low in kinds["folders"],
            weights=self.weights or low in kinds["weights"],
            foreign=self.foreign or foreign,
            top=False,
        )


class _Walk:
    """Goes through a folder tree within its bounds, and counts what it leaves out."""

    def __init__(self) -> None:
        self._files: list[FolderFile] = []
        self._weights: list[str] = []
        self._code: list[Path] = []
        self._paths: list[str] = []
        self._left = {"entries": 0, "folders": 0, "headers": 0, "texts": 0}
        self._seen = self._headers = self._judged = 0

    def folder(self, folder: Path, *, prefix: str, depth: int, place: _Place) -> None:
        below: list[Path] = []
        for path in _entries(folder) if depth == 0 else _entries_below(folder):
            self._seen += 1
            if self._seen > MAX_ENTRIES:
                self._left["entries"] += 1
                continue
            if path.is_dir():
                below.append(path)
            elif path.is_file() or role_of(path.name) is not None:
                self._file(path, prefix + path.name, place)
        for path in below:
            if path.is_symlink() or not _is_looked_into(path.name):
                continue
            if depth == MAX_DEPTH:
                self._left["folders"] += 1
                continue
            self.folder(path, prefix=f"{prefix}{path.name}/", depth=depth + 1, place=place.below(path.name))

    def listing(self) -> Listing:
        said = {
            "entries": f"the folder has more than {MAX_ENTRIES} entries",
            "folders": f"they lie more than {MAX_DEPTH} folders deep",
            "headers": f"the folder has more than {MAX_HEADERS} headers and settings",
            "texts": f"the folder has more than {MAX_JUDGED} texts that no name tells apart",
        }
        left = tuple(f"{count} {kind}: {said[kind]}" for kind, count in self._left.items() if count)
        self._files.sort(key=_by_depth)
        return Listing(
            files=tuple(self._files),
            weights=tuple(self._weights),
            code=tuple(self._code),
            left_out=left,
            paths=tuple(sorted(self._paths)),
        )

    def _file(self, path: Path, shown: str, place: _Place) -> None:
        ending = path.suffix.lower()
        self._paths.append(shown)
        if ending in _listed("weight_files"):
            self._weights.append(shown)
        elif ending in _CODE:
            self._code.append(path)
        role = self._role(path, place)
        if role is not None:
            self._files.append(FolderFile(path=path, shown=shown, role=role, foreign=place.foreign))
        elif _has_header(shown):
            self._headers += 1
            if self._headers > MAX_HEADERS:
                self._left["headers"] += 1
            elif place.foreign is None:
                self._files.append(FolderFile(path=path, shown=shown, role=None))
        elif place.foreign is None and _may_be_terms(path) and not _is_blank(path):
            self._judged += 1
            if self._judged > MAX_JUDGED:
                self._left["texts"] += 1
            else:
                self._files.append(FolderFile(path=path, shown=shown, role=None, judged=True))

    def _role(self, path: Path, place: _Place) -> FileRole | None:
        """The role by the name, and by the folder: all in a folder of licenses are, and a card lies at the top."""
        role = role_of(path.name)
        if sidecar_of(path.name) is not None:
            return None
        if role is not None and role.role == "card" and not place.top:
            return None
        if role is None and place.licenses and path.suffix.lower() in _suffixes():
            return FileRole(role="license")
        if role is not None and role.role == "license" and place.weights:
            return FileRole(role="license", model=True)
        return role


_CODE = frozenset((".py", ".ipynb", ".sh", ".js", ".ts", ".rs", ".go", ".java", ".cpp", ".cc", ".c", ".cs", ".swift"))


def sidecar_of(name: str) -> str | None:
    """The file that a sidecar of REUSE is beside: `model.safetensors` of `model.safetensors.license`."""
    stem, _, ending = name.rpartition(".")
    return stem if ending.lower() in ("license", "licence") and "." in stem else None


def _may_be_terms(path: Path) -> bool:
    """True for a text whose name tells neither what it is nor that it is nothing of the kind."""
    low = path.name.lower()
    if path.suffix.lower() not in _suffixes() or low.startswith("."):
        return False
    return not any(pattern.match(low) for pattern in _ordinary())


def _is_blank(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:
        return False


def _is_looked_into(name: str) -> bool:
    low = name.lower()
    return (not low.startswith(".") or low == ".reuse") and low not in _listed("skipped")


def _by_depth(file: FolderFile) -> tuple[int, str, str]:
    """The top of the folder first: what stands there is the model's own."""
    return file.shown.count("/"), file.shown.lower(), file.shown


def _entries_below(folder: Path) -> list[Path]:
    """The entries of a folder below the top; one that cannot be read holds nothing that could be read."""
    try:
        return _entries(folder)
    except SourceError:
        return []


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=_by_name)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", Place(path=str(folder))) from None


def _by_name(path: Path) -> tuple[str, str]:
    return path.name.lower(), path.name


@per_catalog
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_vocabulary("files")[name])


@per_catalog
def _telling() -> re.Pattern[str]:
    """Names that say so plainly what a file is that its ending does not count."""
    pattern: str = load_vocabulary("files")["telling"]
    return re.compile(pattern)


@per_catalog
def _ordinary() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load_vocabulary("files")["ordinary"])


@per_catalog
def _suffixes() -> frozenset[str]:
    return frozenset(load_vocabulary("files")["suffixes"])


@per_catalog
def _roles() -> tuple[tuple[re.Pattern[str], FileRole], ...]:
    return tuple(
        (re.compile(pattern), FileRole(role=entry["role"], model=entry.get("model", False)))
        for entry in load_vocabulary("files")["roles"]
        for pattern in entry["names"]
    )


# The cache of the hub: `models--org--name` with `refs`, `snapshots` and, as proof of absence, `.no_exist`.


_REPO = re.compile(r"^models--(?P<id>[\w.-]+)$")
_COMMIT = re.compile(r"^[0-9a-f]{40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One revision of a model in the cache: its id, its folder, and the files that the hub is known not to have."""

    model: str
    folder: Path
    commit: str
    absent: tuple[str, ...] = ()


def model_of_path(path: Path) -> str | None:
    """The id of the model in whose cache folder a path lies."""
    for part in reversed(path.parts):
        found = _REPO.match(part)
        if found:
            return found["id"].replace("--", "/", 1)
    return None


def snapshot_at(path: Path, *, revision: str | None = None) -> Snapshot | None:
    """The snapshot that a path of the cache means: the folder of a model, or one of its snapshots."""
    model = model_of_path(path)
    if model is None:
        return None
    parts = path.parts
    root = Path(*parts[: 1 + max(index for index, part in enumerate(parts) if _REPO.match(part))])
    if path.parent.name == "snapshots" and path.parent.parent == root:
        return _snapshot(model, root, path.name)
    commit = _commit(root, revision) if path == root else None
    return _snapshot(model, root, commit) if commit else None


def find_snapshot(model: str, cache: Path, *, revision: str | None = None) -> Snapshot | None:
    """The snapshot of a model in a cache folder, or None."""
    root = cache / f"models--{model.replace('/', '--')}"
    commit = _commit(root, revision) if root.is_dir() else None
    return _snapshot(model, root, commit) if commit else None


def _commit(root: Path, revision: str | None) -> str | None:
    """The commit that a revision names; without one that of `main`, else the only snapshot there is."""
    if revision is not None and _COMMIT.match(revision):
        return revision if (root / "snapshots" / revision).is_dir() else None
    wanted = revision or "main"
    if ".." in wanted or wanted.startswith("/"):
        return None
    try:
        commit = (root / "refs" / wanted).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        commit = ""
    if commit and "/" not in commit and (root / "snapshots" / commit).is_dir():
        return commit
    snapshots = sorted(path.name for path in (root / "snapshots").glob("*") if path.is_dir())
    return snapshots[0] if revision is None and len(snapshots) == 1 else None


def _snapshot(model: str, root: Path, commit: str) -> Snapshot:
    proofs = root / ".no_exist" / commit
    absent = sorted(str(path.relative_to(proofs)) for path in proofs.rglob("*") if path.is_file())
    return Snapshot(model=model, folder=root / "snapshots" / commit, commit=commit, absent=tuple(absent))


# The name of a model as its place tells it: the hub cache, else the folder it lies in.


_LISTED = (Resolution.EXACT, Resolution.ALIAS, Resolution.PATTERN, Resolution.LISTED)
_ID = re.compile(r"^(?:[A-Za-z0-9][\w.-]{0,95}/)?[A-Za-z0-9][\w.-]{0,95}$")


def looks_like_model_id(name: str) -> bool:
    """True for `owner/name` by the rules of the hub; a name without an owner can be anything."""
    return "/" in name and is_repository_id(name)


def is_repository_id(name: str) -> bool:
    """True for what can be a model on the hub; the oldest ones have no owner (`gpt2`)."""
    return bool(_ID.match(name)) and "--" not in name and ".." not in name


def name_of_folder(folder: Path) -> str | None:
    """The model's name from its folder; with its owner where the catalog knows `parent/folder`."""
    cached = model_of_path(folder)
    if cached is not None:
        return cached
    if not folder.name:
        return None
    full = f"{folder.parent.name}/{folder.name}"
    entry = known_model(full) if looks_like_model_id(full) else None
    return full if entry is not None and (entry.certain or entry.resolved in _LISTED) else folder.name


def name_of_file(path: Path) -> str | None:
    """The model's name from the folder of a README; None for a file whose own name says more than its folder."""
    role = role_of(path.name)
    if model_of_path(path) is not None or (role is not None and role.role == "card"):
        return name_of_folder(path.parent)
    return None


# What a caller hands in on where to look; the library reads no environment of its own.


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSettings:
    """How to reach the hub: its address, a token for gated models, and where what is fetched is kept."""

    endpoint: str = "https://huggingface.co"
    token: str | None = None
    cache: Path
    timeout: float = 10.0
    max_bytes: int = 8_000_000
    attempts: int = 4
    pause: float = 1.0
    """Seconds before the first repeated try; each further one waits twice as long, or what the hub asks for."""
    patience: float = 60.0
    """Seconds that one answer may take from the first to the last byte."""
    proxies: Mapping[str, str] = field(default_factory=dict)
    """Proxies by scheme, as the caller's environment names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """Where targets and their base models are looked for, besides the catalogs.

    `caches` are folders in the layout of the hub cache; `hub` is None where the network may not be used.
    """

    caches: tuple[Path, ...] = ()
    revision: str | None = None
    hub: HubSettings | None = None


# Files made into documents: decoded once, with what cannot be read said and not dropped.


_EMPTY = 100
"""A file without text that is smaller than this many bytes is taken as empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, or the reason why there is none."""

    document: Document | None = None
    note: str | None = None


def read_document(path: Path, *, shown: str, role: Role, strict: bool = False) -> Reading:
    """The document in a file; one that is empty or cannot be read gives a note, or an error where `strict`.

    The file is read once, so that text, offsets and hash are those of the same bytes.
    """
    data = b""
    try:
        data = read_bytes(path)
        source = text_of(data, path=shown)
    except (SourceError, TextError) as error:
        if strict:
            raise
        return _unread(data, shown, role, error)
    if source.text.strip("\ufeff \t\r\n\f"):
        return Reading(document=Document(path=shown, role=role, text=source.text, sha256=source.sha256))
    if len(data) < _EMPTY:
        return _empty(shown, role)
    return _unread(data, shown, role, TextError("holds no text that can be read (a scan?)"))


def _empty(shown: str, role: Role) -> Reading:
    """An empty file states nothing, though an empty card is a card."""
    note = f"{shown} is empty: it states no {_WHAT.get(role, 'terms')}."
    return Reading(document=text_document("", shown=shown, role=role) if role is Role.CARD else None, note=note)


def _unread(data: bytes, shown: str, role: Role, error: LicenseCheckError) -> Reading:
    """A document that is there and states something that nobody has read: it must not pass for one that is absent."""
    digest = sha256(data).hexdigest() if data else ""
    document = Document(path=shown, role=role, text="", sha256=digest, unread=error.message)
    return Reading(document=document, note=f"{shown} {error.message}.")


def text_document(text: str, *, shown: str, role: Role) -> Document:
    """A document from a text that stands within another file (a gate, a license block, a header)."""
    digest = sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(path=shown, role=role, text=text, sha256=digest)


_WHAT = {Role.LICENSE: "license", Role.CODE_LICENSE: "license", Role.POLICY: "policy", Role.CARD: "license"}


def _has_header(name: str) -> bool:
    """True for a file whose header is read; asking loads the readers of all formats."""
    from licensecheck.models.sidecars import header_reader

    return header_reader(name) is not None
