"""Models in a store of layers: that of Ollama, an OCI layout, the artifacts of Docker, KitOps and ModelPack."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from licensecheck.domain.subject import Document, Doubt, Role
from licensecheck.errors import LicenseCheckError
from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.models.files import role_of
from licensecheck.models.target_evidence import TargetEvidence, read_header
from licensecheck.text.formats import text_of
from licensecheck.text.io import read_bytes

MAX_MANIFESTS = 200
"""How many manifests of one store are read."""
MAX_LAYERS = 500
MAX_UNPACKED = 8_000_000
"""How many bytes of a packed layer of documents are read."""
_DIGEST = re.compile(r"^(sha256)[:-]([0-9a-f]{64})$")
_LICENSE = re.compile(r"(image|ai)\.license$")
_WEIGHTS = re.compile(r"(image\.(model|adapter)|gguf[.\w-]*|model\.weight[.\w-]*raw)$")
_DOCUMENTS = re.compile(r"\.doc(s)?\..*tar(\+gzip)?$")
_CONFIGS = ((re.compile(r"kitops|modelkit"), "Kitfile"), (re.compile(r"cncf\.model|docker\.ai"), "config.json"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A folder with blobs by digest, and the manifests that name them."""

    blobs: Path
    manifests: tuple[Path, ...]
    root: Path


def find_store(folder: Path) -> Store | None:
    """The store that a folder is: of Ollama (`manifests` beside `blobs`) or an OCI layout; None for another folder.

    Ollama keeps its store in the folder `models` of its own.
    """
    if not (folder / "blobs").is_dir() and (folder / "models" / "blobs").is_dir():
        folder = folder / "models"
    blobs = folder / "blobs"
    if not blobs.is_dir():
        return None
    if (folder / "manifests").is_dir():
        found = sorted(path for path in (folder / "manifests").rglob("*") if path.is_file())
        return Store(blobs=blobs, manifests=tuple(found), root=folder)
    if (folder / "oci-layout").is_file() or (folder / "index.json").is_file():
        entries = _json(folder / "index.json").get("manifests") or ()
        paths = (_blob(blobs, entry.get("digest")) for entry in entries if isinstance(entry, dict))
        return Store(blobs=blobs, manifests=tuple(path for path in paths if path is not None), root=folder)
    return None


def store_of_manifest(path: Path) -> Store | None:
    """The store in which a manifest of Ollama lies, for that manifest alone."""
    for above in path.absolute().parents:
        if above.name == "manifests" and (above.parent / "blobs").is_dir():
            return Store(blobs=above.parent / "blobs", manifests=(path,), root=above.parent)
    return None


def gather_store(gathered: TargetEvidence, store: Store) -> None:
    """Add licenses, settings and weight headers of every model in the store, each under the name of its model."""
    for path in store.manifests[:MAX_MANIFESTS]:
        _gather(gathered, store, path)
    left = len(store.manifests) - MAX_MANIFESTS
    if left > 0:
        gathered.doubts.append(
            Doubt(
                kind="unread-license",
                message=f"{left} models of the store were not read: it has more than {MAX_MANIFESTS}.",
                question="Which licenses do the models bear that were not read?",
                key=f"{store.root.name}.left-out",
            )
        )


def _gather(gathered: TargetEvidence, store: Store, path: Path) -> None:
    manifest = _json(path)
    shown = _shown(store, path, manifest)
    layers = [layer for layer in manifest.get("layers") or () if isinstance(layer, dict)]
    config = manifest.get("config")
    for layer in layers[:MAX_LAYERS]:
        _layer(gathered, store, layer, shown)
    blob = _blob(store.blobs, config.get("digest")) if isinstance(config, dict) else None
    if isinstance(config, dict) and blob is not None:
        media = str(config.get("mediaType") or "")
        name = next((name for pattern, name in _CONFIGS if pattern.search(media)), None)
        if name is not None:
            read_header(gathered, blob, f"{shown} ({name})", name=name)


def _layer(gathered: TargetEvidence, store: Store, layer: dict[str, Any], shown: str) -> None:
    media = str(layer.get("mediaType") or "")
    blob = _blob(store.blobs, layer.get("digest"))
    if blob is None:
        if _LICENSE.search(media) or _DOCUMENTS.search(media):
            gathered.notes.append(f"{shown} names a layer of {media} that the store does not hold.")
            gathered.add_document(_absent(f"{shown} (license)", "is named by the manifest and not in the store"))
        return
    if _LICENSE.search(media):
        _add_text(gathered, blob, f"{shown} (license)")
    elif _DOCUMENTS.search(media):
        for name, data in _members(blob):
            _add_member(gathered, name, data, shown)
    elif _WEIGHTS.search(media) and _begins(blob) == b"GGUF":
        read_header(gathered, blob, f"{shown} (weights)", name="weights.gguf")


def _absent(shown: str, reason: str) -> Document:
    return Document(path=shown, role=Role.LICENSE, text="", sha256="", unread=reason)


def _add_text(gathered: TargetEvidence, blob: Path, shown: str) -> None:
    try:
        source = text_of(read_bytes(blob), path=shown)
    except LicenseCheckError as error:
        gathered.add_document(_absent(shown, error.message))
        return
    gathered.add_document(Document(path=shown, role=Role.LICENSE, text=source.text, sha256=source.sha256))


def _add_member(gathered: TargetEvidence, name: str, data: bytes, shown: str) -> None:
    found = role_of(PurePosixPath(name).name)
    if found is None or found.role == "data-license":
        return
    role = Role(found.role)
    try:
        source = text_of(data, path=f"{shown} ({name})")
    except LicenseCheckError as error:
        gathered.add_document(_absent(f"{shown} ({name})", error.message))
        return
    gathered.add_document(Document(path=f"{shown} ({name})", role=role, text=source.text, sha256=source.sha256))


def _members(blob: Path) -> Iterator[tuple[str, bytes]]:
    """The files in a layer of documents, packed or not; nothing from one that cannot be unpacked within the bound."""
    try:
        data = read_bytes(blob)
        if data.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(MAX_UNPACKED)
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() and member.size <= MAX_UNPACKED else None
                if file is not None:
                    yield member.name, file.read(MAX_UNPACKED)
    except (LicenseCheckError, OSError, EOFError, tarfile.TarError, ValueError):
        return


def _shown(store: Store, path: Path, manifest: dict[str, Any]) -> str:
    """The name of the model in the store: owner, model and tag of Ollama, else the title that the manifest gives."""
    notes = manifest.get("annotations")
    named = notes.get("org.opencontainers.image.title") if isinstance(notes, dict) else None
    if isinstance(named, str) and named.strip():
        return named.strip()[:120]
    try:
        parts = path.absolute().relative_to((store.root / "manifests").absolute()).parts
    except ValueError:
        return path.name[:20]
    return "/".join(parts[1:-1]).removeprefix("library/") + f":{parts[-1]}" if len(parts) > 2 else "/".join(parts)


def _blob(blobs: Path, digest: Any) -> Path | None:
    """The file of a digest, as Ollama (`sha256-…`) and OCI (`sha256/…`) name it."""
    found = _DIGEST.match(digest) if isinstance(digest, str) else None
    if found is None:
        return None
    paths = (blobs / f"{found[1]}-{found[2]}", blobs / found[1] / found[2])
    return next((path for path in paths if path.is_file()), None)


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:
        return b""


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_bytes(path))
    except (LicenseCheckError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
