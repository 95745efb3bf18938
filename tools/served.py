"""A `licensecheck serve` in a process of its own, and a headless Chromium for it: for tests, pictures and loads."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WAIT = 30
"""Seconds until a server has to answer."""
FLAGS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars")


@dataclass(frozen=True)
class Served:
    """A running server: its process, its address, and the link that opens it once."""

    process: subprocess.Popen[str]
    origin: str
    link: str


def start(folder: Path, *options: str) -> Served:
    """Start a server on a free port with its data in a folder; AssertionError where it does not come up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call = [sys.executable, "-m", "licensecheck", "serve", "--port", str(port), "--data", str(folder), *options]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    found = re.search(r"(http://\S+?)/\S+", process.stdout.readline())
    assert found, "the server said no address"
    for _ in range(WAIT * 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return Served(process, found[1], found[0])
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Served]:
    """A server that is stopped at the end."""
    running = start(folder, *options)
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.communicate(timeout=WAIT)


def has_browser() -> bool:
    """True where Chromium and its driver are installed."""
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


@contextmanager
def chromium(width: int, height: int) -> Iterator[Any]:
    """Headless Chromium with a page of this size, which keeps what it logs and what it asks for."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        resize(driver, width, height)
        yield driver
    finally:
        driver.quit()


def resize(driver: Any, width: int, height: int) -> None:
    """Give the page this size, also below the width that a window can have."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def until(holds: Any, what: str) -> None:
    """Wait for something to hold; AssertionError with what was waited for where it does not."""
    for _ in range(WAIT * 10):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")
