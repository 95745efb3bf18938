"""Make the pictures of `licensecheck serve` for the docs: `python docs/serve_pictures.py FOLDER [MODEL_FOLDER]`.

Starts a server on a fresh register, walks through the first steps of a review in headless Chromium, and keeps one
picture each of the register, the facts, the report and the comparison, at 1280 and at 375 pixels. Needs selenium,
Chromium and its driver; MODEL_FOLDER is packed and handed in beside two models that are named by id.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIZES = {"wide": (1280, 900), "phone": (375, 800)}
IDS = ("meta-llama/Llama-4-Scout-17B-16E-Instruct", "Qwen/Qwen3-8B", "google/gemma-7b")
FACTS = Path(__file__).resolve().parent.parent / "examples" / "acme.yaml"
WAIT = 30
"""Seconds until a page has to be there."""


def main(out: Path, model: Path | None = None) -> int:
    """Take the pictures; 2 where Chromium, its driver or selenium is missing."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        print("needs selenium", file=sys.stderr)
        return 2
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        print("needs chromium and chromedriver", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as link, browser() as driver:
        walk(driver, link, out, model, Path(folder))
    return 0


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The one-time link of a server with an empty register."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call = [sys.executable, "-m", "licensecheck", "serve", "--port", str(port), "--data", str(folder / "data")]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    for _ in range(WAIT * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    try:
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=WAIT)


@contextmanager
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def walk(driver: Any, link: str, out: Path, model: Path | None, folder: Path) -> None:
    """The first steps of a review, with a picture of each page in both sizes."""
    origin = link.split("/open")[0]
    driver.get(link)
    send(driver, 'form[action="/products"]', {"name": "Acme Desk", "owner": "Ada"})
    product = driver.current_url
    for name in IDS:
        driver.get(product)
        send(driver, 'form[action$="/targets"]', {"id": name})
        settle(driver)
    if model is not None:
        packed = shutil.make_archive(str(folder / "model"), "zip", model)
        driver.get(product)
        send(driver, "form[enctype]", {"files": packed, "name": model.name})
        settle(driver)
    driver.get(product)
    driver.execute_script("document.querySelector('details').open = true")
    send(driver, 'details form[action$="/facts"]', {"file": str(FACTS)})
    reviews = [each.get_attribute("href") for each in elements(driver, 'a[href^="/reviews/"]')]
    for review in reviews:
        driver.get(review)
    pages = {"register": origin, "product": product, "facts": f"{product}#facts", "review": reviews[0]}
    for name, address in pages.items():
        for size, (width, height) in SIZES.items():
            driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
            )
            driver.get(address)
            driver.save_screenshot(str(out / f"serve-{name}-{size}.png"))


def elements(driver: Any, selector: str) -> list[Any]:
    """What a CSS selector finds on the page."""
    found: list[Any] = driver.find_elements("css selector", selector)
    return found


def send(driver: Any, form: str, values: dict[str, str]) -> None:
    """Fill in the first form of a selector, and send it."""
    (first, *_) = elements(driver, form)
    for name, value in values.items():
        first.find_element("css selector", f'[name="{name}"]').send_keys(value)
    before = driver.current_url
    first.find_element("css selector", "button").click()
    until(lambda: driver.current_url != before or driver.execute_script("return document.readyState") == "complete")


def settle(driver: Any) -> None:
    """Wait until the work that was started is done."""
    until(lambda: bool(elements(driver, "#next")))


def until(holds: Any) -> None:
    """Wait for something to hold; AssertionError where it does not."""
    for _ in range(WAIT * 5):
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError("the page did not come")


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *map(Path, sys.argv[2:3])))
