"""Stands before every page: refuses foreign hosts, foreign forms and large bodies, and puts security headers on."""

from __future__ import annotations

import asyncio
import re
import time

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licensecheck.web import uploads

MAX_BODY = uploads.MAX_BYTES + 1024**2
MAX_FORM = uploads.MAX_TEXT * 4
"""Bytes of a form that carries no files."""
MAX_LOGIN = 16 * 1024
"""Bytes of a log-in."""
MAX_SECONDS = 3600
"""How long a form may take to come in."""
_TAKES_FILES = re.compile(r"/products/\d+/targets")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class TooMuchError(Exception):
    """A body is larger than its page takes."""


class Guard:
    """Refuses foreign hosts and too large bodies, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        origin = headers.get(b"origin", b"").decode("latin-1").lower()
        length = headers.get(b"content-length", b"0")
        most = _most(scope["path"])
        if host not in self.hosts:
            await Response("this server does not answer to that name\n", 421)(scope, receive, send)
            return
        if scope["method"] == "POST" and origin and origin.partition("://")[2] not in self.hosts:
            await Response("this form was not sent from a page of this server\n", 403)(scope, receive, send)
            return
        if not length.isdigit() or int(length) > most:
            await Response("more than this server takes\n", 413)(scope, receive, send)
            return
        end, taken, is_whole = time.monotonic() + MAX_SECONDS, 0, False

        async def bounded() -> Message:
            """What comes in, bounded: a sender may leave out the length, or send byte by byte."""
            nonlocal taken, is_whole
            if is_whole:
                return await receive()
            message = await asyncio.wait_for(receive(), max(end - time.monotonic(), 0))
            taken += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if taken > most:
                raise TooMuchError
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                static = scope["path"].startswith("/static/")
                for name, value in HEADERS.items():
                    if name.encode() not in given:
                        shown = "public, max-age=3600" if static and name == "cache-control" else value
                        message["headers"].append((name.encode(), shown.encode()))
            await send(message)

        try:
            await self.app(scope, bounded, guarded)
        except (TooMuchError, asyncio.TimeoutError):
            await Response("more than this server takes, or too slow\n", 413)(scope, receive, send)


def _most(path: str) -> int:
    """How many bytes a page takes."""
    if path == "/login":
        return MAX_LOGIN
    return MAX_BODY if _TAKES_FILES.fullmatch(path) else MAX_FORM
