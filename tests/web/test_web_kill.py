"""A server that is killed in the middle of its writes has lost nothing that it confirmed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.slow


class Running:
    """A server in a process of its own, with a client that is signed in."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        call = [sys.executable, "-m", "licensecheck", "serve", "--port", str(port), "--data", str(folder)]
        self.process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
        for _ in range(200):
            try:
                self.client.get(found[0].removeprefix(f"http://127.0.0.1:{port}"))
                break
            except httpx.TransportError:
                time.sleep(0.1)
        page = self.client.get("/").text
        secret = re.search(r'name="csrf" value="(\w+)"', page)
        assert secret, page[:300]
        self.csrf = secret[1]

    def post(self, path: str, **values: str) -> httpx.Response:
        """Send a form."""
        return self.client.post(path, data={"csrf": self.csrf, **values})

    def kill(self) -> None:
        """Kill it at once."""
        os.kill(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Give back what it held."""
        self.process.communicate()
        self.client.close()


@pytest.mark.parametrize("after", [0.15, 0.4, 0.9])
def test_no_confirmed_decision_is_lost(after: float, tmp_path: Path) -> None:
    server = Running(tmp_path / "data")
    assert server.post("/products", name="P").status_code == 303
    threading.Timer(after, server.kill).start()
    confirmed = 1
    try:
        while True:
            yaml = f"version: 1\norganization: {{employees: {confirmed}}}\n"
            done = server.post("/products/1/facts", version=str(confirmed), yaml=yaml)
            assert done.status_code == 303, done.text
            confirmed += 1
    except httpx.TransportError:
        server.end()
    again = Running(tmp_path / "data")
    kept = re.search(r"Facts version (\d+)", again.client.get("/products/1").text)
    again.kill()
    again.end()
    assert kept
    assert int(kept[1]) in (confirmed, confirmed + 1)
