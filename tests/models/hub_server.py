"""A server on 127.0.0.1 that behaves like the hub, its faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class FakeHub:
    """The models of the hub by id, each with its files; `faults` are answered first, in their order ("" is none)."""

    models: dict[str, dict[str, bytes]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    token: str | None = None
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    endpoint: str = ""

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


@contextmanager
def serve(hub: FakeHub) -> Iterator[FakeHub]:
    server = _Server(("127.0.0.1", 0), _handler(hub))
    hub.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent where a client hangs up on a fault."""


def _handler(hub: FakeHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            return

        def do_GET(self) -> None:
            hub.requests.append((self.path, self.headers.get("Authorization")))
            fault = hub.faults.pop(0) if hub.faults else ""
            if fault:
                self.fault(fault)
                return
            if hub.token and self.headers.get("Authorization") != f"Bearer {hub.token}":
                self.answer(401, b"")
                return
            parts = self.path.strip("/").split("/")
            model = "/".join(parts[2:4]) if parts[0] == "api" else "/".join(parts[0:2])
            files = hub.models.get(model)
            if files is None:
                self.answer(404, b"")
            elif parts[0] == "api":
                siblings = [{"rfilename": name} for name in files]
                self.answer(200, json.dumps({"sha": COMMIT, "siblings": siblings}).encode())
            else:
                body = files.get("/".join(parts[4:]))
                self.answer(404, b"") if body is None else self.answer(200, body)

        def answer(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def fault(self, kind: str) -> None:
            if kind == "slow":
                time.sleep(0.5)
                return
            if kind == "cut":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"half of it")
                return
            if kind == "drip":
                self.send_response(200)
                self.end_headers()
                for _ in range(20):
                    self.wfile.write(b" ")
                    time.sleep(0.1)
                return
            if kind == "huge":
                self.send_response(200)
                self.end_headers()
                for _ in range(64):
                    self.wfile.write(b"x" * 65_536)
                return
            if kind.startswith("to:"):
                self.answer(302, b"", Location=kind[3:])
                return
            if kind == "nonsense":
                self.answer(200, b"<html>no json</html>")
                return
            self.answer(int(kind), b"", Retry_After="0")

    return Handler
