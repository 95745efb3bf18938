"""Reading all texts at hand again, so that the records say what extraction finds today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from licensecheck.errors import SourceError
from licensecheck.load.record_files import load_record_data, record_paths, render_record
from licensecheck.match.recording import reread
from licensecheck.place import Place
from licensecheck.text.write import write_whole


def refresh_records(root: Path, folders: Iterable[Path], *, only: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Renew the records below `root` whose text lies in a folder: how many were read, and how many changed."""
    texts = dict(_texts(folders))
    read = changed = 0
    for path in record_paths(root):
        if only and path.stem not in only:
            continue
        fresh = reread(load_record_data(path), texts)
        if fresh is None:
            continue
        read += 1
        text = render_record(fresh)
        if text != path.read_text(encoding="utf-8"):
            write_whole(text, path)
            changed += 1
    return read, changed


def _texts(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The hash of each file at hand, and its path."""
    for folder in folders:
        if not folder.is_dir():
            raise SourceError("is no folder of license texts", Place(path=str(folder)))
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield hashlib.sha256(path.read_bytes()).hexdigest(), path
