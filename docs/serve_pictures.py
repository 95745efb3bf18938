"""Make the pictures of `licensecheck serve` for the docs: `python -m docs.serve_pictures FOLDER [MODEL_FOLDER]`.

Starts a server on a fresh register, walks through the first steps of a review in headless Chromium, and keeps one
picture each of the register, a product, its facts, the report, the comparison and what changed, at 1280 and at 375
pixels. Needs selenium, Chromium and its driver; MODEL_FOLDER is packed and handed in, the example model where it is not
given, beside models that are named by id.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.served import chromium, has_browser, resize, served, until

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"wide": (1280, 900), "phone": (375, 800)}
IDS = ("Qwen/Qwen3-8B", "google/gemma-7b")
FACTS, EXAMPLE = ROOT / "examples" / "acme.yaml", ROOT / "examples" / "heron-9"


def main(out: Path, model: Path = EXAMPLE) -> int:
    """Take the pictures; 2 where Chromium, its driver or selenium is missing."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        print("needs selenium", file=sys.stderr)
        return 2
    if not has_browser():
        print("needs chromium and chromedriver", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium(*SIZES["wide"]) as driver:
        folder = Path(name)
        packed = shutil.make_archive(str(folder / model.name), "zip", model)
        with served(folder / "data") as server:
            driver.get(server.link)
            take(driver, pages(driver, server.origin, packed), out)
    return 0


def pages(driver: Any, origin: str, packed: str) -> dict[str, str]:
    """Walk the first steps of a review; the address of each page of which there is to be a picture."""
    product = send(driver, 'form[action="/products"]', {"name": "Acme Desk", "owner": "Ada"})
    driver.get(product)
    send(driver, 'form[enctype]:has([value="files"])', {"files": packed})
    settle(driver)
    for name in IDS:
        driver.get(product)
        send(driver, 'form:has([name="id"])', {"id": name})
        settle(driver)
    driver.get(product)
    driver.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")
    send(driver, 'details form[action$="/facts"]', {"file": str(FACTS)})
    reviews = [each.get_attribute("href") for each in elements(driver, 'tbody a[href^="/reviews/"]')]
    for review in reviews:
        driver.get(review)
    compared = f"{origin}/compare?product=1&targets={'%0A'.join(['llama-4', *IDS])}"
    return {
        "register": origin,
        "product": product,
        "facts": f"{product}#facts",
        "review": reviews[0],
        "compare": compared,
        "changes": f"{origin}/changes",
    }


def take(driver: Any, addresses: dict[str, str], out: Path) -> None:
    """A picture of each page in both sizes."""
    for name, address in addresses.items():
        for size, (width, height) in SIZES.items():
            resize(driver, width, height)
            driver.get("about:blank")
            driver.get(address)
            driver.save_screenshot(str(out / f"serve-{name}-{size}.png"))


def elements(driver: Any, selector: str) -> list[Any]:
    """What a CSS selector finds on the page."""
    found: list[Any] = driver.find_elements("css selector", selector)
    return found


def send(driver: Any, form: str, values: dict[str, str]) -> str:
    """Fill in the first form of a selector, and send it; the address to which it leads."""
    (first, *_) = elements(driver, form)
    for name, value in values.items():
        first.find_element("css selector", f'[name="{name}"]').send_keys(value)
    driver.execute_script("window.before = true")
    first.find_element("css selector", "button").click()
    until(lambda: driver.execute_script("return !window.before && document.readyState == 'complete'"), "the next page")
    return str(driver.current_url)


def settle(driver: Any) -> None:
    """Wait until the work that was started is done."""
    until(lambda: bool(elements(driver, "#next")), "the end of the work")


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *map(Path, sys.argv[2:3])))
