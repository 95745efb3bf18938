"""The one door to the network: the documents of a model are fetched from the hub into the cache.

Requests go to the endpoint's own host alone: addresses that a card or a redirect names are never followed elsewhere.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from licensecheck.errors import Place, SourceError
from licensecheck.lazy import re
from licensecheck.models.files import HubSettings, is_repository_id, role_of
from licensecheck.models.sidecars import is_settings
from licensecheck.text.io import write_whole

if TYPE_CHECKING:
    import requests

EXPECTED = ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "USE_POLICY.md", "NOTICE")
"""Files whose absence is put down in the cache, as proof."""
MAX_FILES = 40
MAX_REDIRECTS = 3
MAX_WAIT = 60.0
_Answer = tuple[int, bytes, Any]
"""Status, body and headers."""
_COMMIT = re.compile(r"^[0-9a-f]{40}$")
_PLAIN_NAME = re.compile(r"^[^/\\\x00-\x1f]{1,200}$")
_REVISION = re.compile(r"^(?!.*\.\.)[\w.-]+(?:/[\w.-]+)*$")


def fetch_model(model: str, hub: HubSettings, *, revision: str | None = None) -> Path | None:
    """The folder in the cache with the documents of a model; None where the hub has no such model.

    SourceError where the model is closed to the caller, or the hub cannot be reached or talks nonsense.
    """
    if not is_repository_id(model):
        return None
    if revision is not None and not _REVISION.match(revision):
        raise SourceError(f"{revision!r} is not a revision", Place(path=model))
    door = _Door(hub, model)
    tail = f"/revision/{quote(revision, safe='')}" if revision else ""
    answer = door.get(f"/api/models/{quote(model)}{tail}")
    if answer is None:
        return None
    commit, names = _listing(answer, model)
    root = hub.cache / f"models--{model.replace('/', '--')}"
    folder = root / "snapshots" / commit
    draft = folder if folder.is_dir() else root / f".{commit}.part"
    for name in _wanted(names, model):
        if not (draft / name).is_file():
            _write(draft / name, _file(door, model, commit, name))
    draft.mkdir(parents=True, exist_ok=True)
    if draft != folder:
        _publish(draft, folder)
    for name in EXPECTED:
        if name not in names:
            _write(root / ".no_exist" / commit / name, b"")
    if not (revision and _COMMIT.match(revision)):
        _write(root / "refs" / (revision or "main"), commit.encode())
    return folder


def _listing(answer: bytes, model: str) -> tuple[str, frozenset[str]]:
    """The commit and the file names of a model, from the answer of the hub."""
    try:
        data: Any = json.loads(answer)
        commit, siblings = data["sha"], data.get("siblings") or []
        names = frozenset(entry["rfilename"] for entry in siblings if isinstance(entry.get("rfilename"), str))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SourceError("the hub's answer cannot be read", Place(path=model)) from None
    if not isinstance(commit, str) or not _COMMIT.match(commit):
        raise SourceError("the hub names no commit", Place(path=model))
    return commit, names


def _wanted(names: Iterable[str], model: str) -> list[str]:
    """The documents and settings among the files of a model; never its weights, never a path."""
    found = []
    for name in sorted(names):
        if _PLAIN_NAME.match(name) and not name.startswith("..") and (is_settings(name) or role_of(name)):
            found.append(name)
    if len(found) > MAX_FILES:
        fault = f"the hub lists {len(found)} documents, more than the {MAX_FILES} that are fetched"
        raise SourceError(fault, Place(path=model))
    return found


def _file(door: _Door, model: str, commit: str, name: str) -> bytes:
    data = door.get(f"/{quote(model)}/resolve/{commit}/{quote(name)}")
    if data is None:
        raise SourceError(f"the hub lists {name} and does not have it", Place(path=model))
    return data


def _publish(draft: Path, folder: Path) -> None:
    """Show a folder under its name once everything is in it: half a model would pass for one without a license."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, folder)
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", Place(path=str(folder))) from None


def _write(path: Path, data: bytes) -> None:
    """Write a file of the cache in one step, so that no half of it is ever read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", Place(path=str(path))) from None
    write_whole(data, path)


class _Door:
    """Asks the endpoint, and only it: with time-outs, a limit of size, and patience where the hub asks for it."""

    def __init__(self, hub: HubSettings, model: str) -> None:
        import requests

        self._hub = hub
        self._place = Place(path=model)
        self._host = urlsplit(hub.endpoint)
        if self._host.scheme not in ("http", "https") or not self._host.hostname:
            raise SourceError(f"{hub.endpoint!r} is not the http address of a hub")
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.proxies.update(hub.proxies)
        self._session.headers["User-Agent"] = "licensecheck"
        if hub.token:
            self._session.headers["Authorization"] = f"Bearer {hub.token}"

    def get(self, path: str) -> bytes | None:
        """The body behind a path of the endpoint; None where there is none (404)."""
        address = self._hub.endpoint.rstrip("/") + path
        wait = self._hub.pause
        for attempt in range(self._hub.attempts):
            status, body, asked = self._follow(address)
            if status == 200:
                return body
            if status == 404:
                return None
            if status in (401, 403):
                raise SourceError("is gated or private: a token that may read it is needed", self._place)
            if status != 429 and status < 500:
                raise SourceError(f"the hub answers {status}", self._place)
            if attempt + 1 < self._hub.attempts:
                time.sleep(min(MAX_WAIT, wait if asked is None else asked))
                wait *= 2
        raise SourceError(f"the hub answers {status} repeatedly", self._place)

    def _follow(self, address: str) -> tuple[int, bytes, float | None]:
        """Status, body and asked-for pause of an address, behind redirects that stay on the host."""
        for _ in range(MAX_REDIRECTS + 1):
            status, body, headers = self._ask(address)
            if status not in (301, 302, 303, 307, 308):
                return status, body, _number(headers.get("Retry-After"))
            location = headers.get("Location", "")
            if not self._is_home(address, location):
                raise SourceError("the hub redirects to another host, which is not followed", self._place)
            address = urljoin(address, location)
        raise SourceError("the hub redirects in circles", self._place)

    def _is_home(self, address: str, location: str) -> bool:
        home = self._host
        try:
            parts = urlsplit(urljoin(address, location))
            return (parts.scheme, parts.hostname, parts.port) == (home.scheme, home.hostname, home.port)
        except ValueError:  # an address that is none: a port beyond all ports, a bracket that is never closed
            return False

    def _ask(self, address: str) -> _Answer:
        """Status, body and headers; the time-out of a read does not bound an answer that drips byte by byte."""
        future: Future[_Answer] = Future()
        Thread(target=self._settle, args=(future, address), daemon=True).start()
        try:
            return future.result(self._hub.patience)
        except FutureTimeout:
            raise SourceError(f"the hub takes more than {self._hub.patience:g} seconds", self._place) from None

    def _settle(self, future: Future[_Answer], address: str) -> None:
        try:
            future.set_result(self._exchange(address))
        except BaseException as fault:
            future.set_exception(fault)

    def _exchange(self, address: str) -> _Answer:
        import requests

        try:
            with self._session.get(address, timeout=self._hub.timeout, stream=True, allow_redirects=False) as response:
                return response.status_code, self._body(response), response.headers
        except requests.Timeout:
            return 598, b"", {}
        except requests.RequestException as error:
            if isinstance(error, requests.ConnectionError):
                return 599, b"", {}
            raise SourceError(f"the hub cannot be asked: {type(error).__name__}", self._place) from None

    def _body(self, response: requests.Response) -> bytes:
        """The body of a good answer, cut off where it grows beyond the limit."""
        if response.status_code != 200:
            return b""
        parts, size = [], 0
        for part in response.iter_content(65_536):
            size += len(part)
            if size > self._hub.max_bytes:
                raise SourceError(f"a file is larger than {self._hub.max_bytes} bytes", self._place)
            parts.append(part)
        stated = response.headers.get("Content-Length")
        packed = response.headers.get("Content-Encoding")
        if not packed and (length := _number(stated)) is not None and length != size:
            raise SourceError("the answer of the hub was cut off", self._place)
        return b"".join(parts)


def _number(stated: str | None) -> float | None:
    """A number of a header; None for what is no plain number, such as a date."""
    return float(stated) if stated and stated.isascii() and stated.isdigit() else None
