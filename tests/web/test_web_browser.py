"""The whole story in headless Chromium: by keyboard alone, on a phone and a desk, without an error in the console."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="headless Chromium and its driver are not at hand"),
]


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """The one-time link of a server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call = [sys.executable, "-m", "licensecheck", "serve", "--port", str(port), "--data", str(tmp_path / "data")]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield found[0]
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(params=[(1280, 900), (375, 800)], ids=["desk", "phone"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Headless Chromium in one of two sizes."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    driver.set_window_size(*request.param)
    yield driver
    driver.quit()


def fill(browser: Any, name: str, text: str, *, within: str = "main") -> None:
    """Type into the field of this name, and send the form with the Enter key."""
    field = browser.find_element(By.CSS_SELECTOR, f'{within} [name="{name}"]')
    field.send_keys(text, Keys.ENTER)


def wait_for_text(browser: Any, text: str) -> None:
    """Wait until the page says it."""
    shows = WebDriverWait(browser, 60, ignored_exceptions=[StaleElementReferenceException])
    shows.until(lambda page: text in page.find_element(By.TAG_NAME, "main").text, f"the page never said {text!r}")


def answer(browser: Any, field: str, text: str) -> None:
    """Answer the question on a field, by keyboard."""
    form = browser.find_element(By.XPATH, f'//form[input[@name="field" and @value="{field}"]]')
    form.find_element(By.NAME, "value").send_keys(text)
    form.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)


def test_a_model_is_added_answered_signed_and_exported(browser: Any, link: str) -> None:
    browser.get(link)
    fill(browser, "name", "Assistant")
    wait_for_text(browser, "Facts version 1")
    fill(browser, "id", "meta-llama/Llama-4-Scout-17B-16E-Instruct")
    wait_for_text(browser, "To the review")
    browser.find_element(By.ID, "next").send_keys(Keys.ENTER)
    wait_for_text(browser, "Needs review")
    answer(browser, "organization.domicile", "DE")
    wait_for_text(browser, "The verdict changed from needs review to denied")
    article = browser.find_element(By.CSS_SELECTOR, "article.violation")
    article.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    article.find_element(By.NAME, "reason").send_keys("separate agreement")
    article.find_element(By.XPATH, './/button[text()="Approve"]').send_keys(Keys.ENTER)
    wait_for_text(browser, "The verdict changed from denied")
    fill(browser, "role", "Counsel")
    wait_for_text(browser, "Signed by local (Counsel)")
    width = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
    wrong = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert wrong == []
