"""Which files of a model folder speak about its license, and what each is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from licensecheck.catalog.built_data import load_vocabulary
from licensecheck.catalog.catalog import per_catalog
from licensecheck.domain.licenses import Resolution
from licensecheck.domain.subject import Document, Role
from licensecheck.errors import LicenseCheckError, Place, SourceError, TextError
from licensecheck.frozen import dataclass, field
from licensecheck.models.license_names import known_model
from licensecheck.models.sidecars import header_reader
from licensecheck.text.formats import text_of
from licensecheck.text.io import read_bytes

MAX_HEADERS = 4
"""How many weight files of each kind have their header read: the shards of a model say the same."""
DATA_LICENSE = "data-license"
BINDING = ("license", "code-license", "policy", "notice")
"""The roles of files that count in a folder of weights too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRole:
    """What a file is by its name; `model` marks a license that says in its name that it is the weights'."""

    role: str
    model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFile:
    """A file of a folder, its path as shown, and its role: None for one whose header or settings are read."""

    path: Path
    shown: str
    role: FileRole | None


def role_of(name: str) -> FileRole | None:
    """The role of a document by its file name, or None."""
    low = name.lower()
    if Path(low).suffix not in _suffixes() and not re.match(r"\.\d", Path(low).suffix):
        return None
    for pattern, role in _roles():
        if pattern.match(low):
            return role
    return None


def list_files(folder: Path) -> Iterator[FolderFile]:
    """The files of a folder, and of its folders of licenses and weights, that speak of the license, ordered by name."""
    heads: dict[str, int] = {}
    for path in _entries(folder):
        role = role_of(path.name)
        if path.name.lower() in load_vocabulary("files")["folders"] and path.is_dir():
            yield from _documents(path, prefix=f"{path.name}/")
            continue
        if path.name.lower() in load_vocabulary("files")["weights"] and path.is_dir():
            yield from _of_weights(path, prefix=f"{path.name}/")
            continue
        if (role is not None or header_reader(path.name) is not None) and path.is_dir():
            continue
        if role is not None:
            yield FolderFile(path=path, shown=path.name, role=role)
        elif header_reader(path.name) is not None:
            heads[path.suffix.lower()] = heads.get(path.suffix.lower(), 0) + 1
            if heads[path.suffix.lower()] <= MAX_HEADERS:
                yield FolderFile(path=path, shown=path.name, role=None)


def _documents(folder: Path, *, prefix: str) -> Iterator[FolderFile]:
    for path in _entries(folder):
        if path.is_file() and path.suffix.lower() in _suffixes():
            role = role_of(path.name) or FileRole(role="license")
            yield FolderFile(path=path, shown=prefix + path.name, role=role)


def _of_weights(folder: Path, *, prefix: str) -> Iterator[FolderFile]:
    """The licenses and policies that lie with the weights; what else lies there is not looked at."""
    for path in _entries(folder):
        role = role_of(path.name)
        if role is not None and role.role in BINDING and path.is_file():
            own = FileRole(role=role.role, model=role.role == "license")
            yield FolderFile(path=path, shown=prefix + path.name, role=own)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=_by_name)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", Place(path=str(folder))) from None


def _by_name(path: Path) -> tuple[str, str]:
    return path.name.lower(), path.name


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


_LISTED = (Resolution.EXACT, Resolution.ALIAS, Resolution.PATTERN)
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
    digest = hashlib.sha256(data).hexdigest() if data else ""
    document = Document(path=shown, role=role, text="", sha256=digest, unread=error.message)
    return Reading(document=document, note=f"{shown} {error.message}.")


def text_document(text: str, *, shown: str, role: Role) -> Document:
    """A document from a text that stands within another file (a gate, a license block, a header)."""
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(path=shown, role=role, text=text, sha256=digest)


_WHAT = {Role.LICENSE: "license", Role.CODE_LICENSE: "license", Role.POLICY: "policy", Role.CARD: "license"}
