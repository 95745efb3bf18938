"""The whole story in headless Chromium: by keyboard alone, on a phone and a desk, without an error in the console."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tools.served import Served, chromium, has_browser, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not has_browser(), reason="headless Chromium and its driver are not at hand"),
]
SIZES = {"desk": (1280, 900), "phone": (375, 800)}
LLAMA = "meta-llama/Llama-4-Scout-17B-16E-Instruct"
HERON = Path(__file__).resolve().parents[2] / "examples" / "heron-9"
MOST_TABS = 300
AXE = os.environ.get("LICENSECHECK_AXE") or None
"""The file axe.min.js of the npm package axe-core; `make test-browser` gets it."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """A server in a process of its own."""
    with served(tmp_path / "data") as running:
        yield running


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Headless Chromium in one of two sizes."""
    with chromium(*request.param) as driver:
        yield driver


class Keyboard:
    """A person without a mouse: goes from one control to the next with Tab, types, and presses keys."""

    def __init__(self, browser: Any, server: Served) -> None:
        self.browser, self.server = browser, server

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        ActionChains(self.browser).send_keys(*keys).perform()

    def go_to(self, selector: str) -> None:
        """Press Tab until the focus is on what a CSS selector names, and can be seen there."""
        for _ in range(MOST_TABS):
            self.press(Keys.TAB)
            at = "const at = document.activeElement; return at.matches(arguments[0]) && at.checkVisibility()"
            if self.browser.execute_script(at, selector):
                return
        raise AssertionError(f"no Tab leads to {selector}")

    def type_into(self, selector: str, text: str) -> None:
        """Go to a field and type."""
        self.go_to(selector)
        self.press(text)

    def send(self, selector: str, *, says: str) -> None:
        """Go to a button or link, press Enter, and wait until the page says something."""
        self.go_to(selector)
        self.enter(says=says)

    def enter(self, *, says: str) -> None:
        """Press Enter, wait until the page says something, and look at the page."""
        self.press(Keys.ENTER)
        self.wait_for(says)
        look_at(self.browser, self.server)

    def wait_for(self, text: str) -> None:
        """Wait until the page says it."""
        shows = WebDriverWait(self.browser, 60, ignored_exceptions=[WebDriverException])
        shows.until(lambda page: text in page.find_element(By.TAG_NAME, "main").text, f"the page never said {text!r}")


def look_at(browser: Any, server: Served) -> None:
    """Nothing stands beyond the edge, no error is logged, and nothing was asked of another host."""
    wider = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{browser.current_url} is {wider} pixels too wide"
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            assert url.startswith((server.origin, "data:", "about:")), url


def exported(browser: Any, server: Served, review: int, form: str) -> bytes:
    """An export of a review, as a download of this session gets it."""
    cookies = {each["name"]: each["value"] for each in browser.get_cookies()}
    return httpx.get(f"{server.origin}/reviews/{review}/export.{form}", cookies=cookies).content


def test_the_story_of_a_review_by_keyboard_alone(browser: Any, server: Served) -> None:
    browser.get(server.link)
    hand = Keyboard(browser, server)
    hand.type_into('[action="/products"] [name="name"]', "Assistant")
    hand.enter(says="Facts version 1")
    hand.type_into('[name="id"]', LLAMA)
    hand.enter(says="To the review")
    hand.send("#next", says="Needs review")
    hand.send(".crumb a", says="What the models at hand depend on")

    hand.type_into('[name="organization.domicile"]', "Germany")
    hand.send('[action$="/facts"] > button', says="Facts version 2")
    hand.wait_for("Denied")
    hand.send('tbody a[href="/reviews/1"]', says="The license does not permit this deployment: Territory")

    hand.type_into('form:has([value="deployment.uses"]) textarea', "answers questions of customers")
    hand.press(Keys.TAB)
    hand.enter(says="The verdict is still: denied.")
    hand.send("article.violation summary", says="Assign or approve")
    hand.type_into('article.violation [name="reason"]', "separate agreement of March")
    hand.go_to("article.violation form[action$='approve'] button")
    hand.enter(says="The verdict changed from denied to needs review.")
    assert "from violation to waived" in browser.find_element(By.TAG_NAME, "main").text
    hand.type_into('[name="role"]', "Counsel")
    hand.enter(says="Signed by local (Counsel)")
    first = {form: exported(browser, server, 1, form) for form in ("html", "json", "docx", "xlsx")}
    assert json.loads(first["json"])["sign_off"]["by"] == "local"

    hand.send('form[action$="/reopen"] button', says="To answer")
    hand.send(".crumb a", says="Facts")
    hand.go_to("details.group > summary")
    hand.press(Keys.ENTER)
    hand.type_into('[name="organization.domicile"]', "United States")
    hand.send('[action$="/facts"] > button', says="Facts version 5")
    hand.wait_for("Needs review")
    hand.send('nav [href="/changes"]', says="What changed")
    hand.send('[action="/recheck"] button', says="Done.")
    hand.send("#next", says="Organization: domicile: DE, then US")
    hand.send('a[href="/reviews/2"]', says="Since the check before")
    hand.send('form[action$="/beside"] button', says="Two reviews side by side")
    assert "Territory" in browser.find_element(By.TAG_NAME, "main").text
    assert {form: exported(browser, server, 1, form) for form in first} == first


def test_a_slider_and_a_typed_size_tell_what_would_change(browser: Any, server: Served) -> None:
    open_heron(browser, server)
    hand = Keyboard(browser, server)
    hand.type_into('[aria-labelledby="flips"] [name="organization.monthly_active_users"]', "12000")
    hand.press(Keys.TAB)
    hand.wait_for("Size threshold")
    assert "from review to met" in browser.find_element(By.ID, "supposed").text
    hand.go_to('[aria-labelledby="flips"] [type=range]')
    hand.press(Keys.END)
    WebDriverWait(browser, 30).until(lambda page: "to met" not in page.find_element(By.ID, "supposed").text)
    assert "Size threshold" in browser.find_element(By.ID, "supposed").text
    look_at(browser, server)


def test_a_finding_leads_to_its_clause_in_the_text_and_back(browser: Any, server: Served) -> None:
    open_heron(browser, server)
    link = browser.find_element(By.CSS_SELECTOR, 'article a[href^="#t1-"]')
    link.send_keys(Keys.ENTER)
    mark = browser.find_element(By.CSS_SELECTOR, "mark:has(:target)")
    WebDriverWait(browser, 10).until(lambda _: mark.is_displayed())
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", mark)
    assert 0 <= top <= browser.execute_script("return window.innerHeight")


def open_heron(browser: Any, server: Served) -> None:
    """The review of the example model, handed in as a zip."""
    browser.get(server.link)
    hand = Keyboard(browser, server)
    hand.type_into('[action="/products"] [name="name"]', "Assistant")
    hand.enter(says="Facts version 1")
    packed = shutil.make_archive(str(Path(os.environ["PYTEST_TMP"]) / "heron-9"), "zip", HERON)
    browser.find_element(By.ID, "add-files").send_keys(packed)
    browser.find_element(By.ID, "add-files-name").send_keys(Keys.ENTER)
    hand.wait_for("To the review")
    browser.find_element(By.ID, "next").send_keys(Keys.ENTER)
    hand.wait_for("To answer")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files to hand in are made."""
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))


@pytest.mark.skipif(AXE is None, reason="axe-core is not at hand: make test-browser gets it from npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_any_page(browser: Any, server: Served, scheme: str) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.get(f"{server.origin}/login")
    assert faults_of(browser) == []
    browser.get_log("browser")  # that nobody is signed in is an answer with the status 403
    open_heron(browser, server)
    hand = Keyboard(browser, server)
    pages = ["/", "/products/1", "/reviews/1", "/compare?targets=llama-4%0Aapache-2.0", "/changes", "/audit", "/jobs/1"]
    for page in [*pages, "/compare?targets=llama-4", "/reviews/77"]:
        browser.get(server.origin + page)
        browser.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")
        assert faults_of(browser) == [], page
    browser.get_log("browser")  # so is that a review is not there
    browser.get(f"{server.origin}/reviews/1")
    hand.type_into('[name="role"]', "Counsel")
    hand.enter(says="Signed by local")
    hand.send('form[action$="/reopen"] button', says="To answer")
    browser.get(f"{server.origin}/reviews/2/beside?other=1")
    assert faults_of(browser) == []


def faults_of(browser: Any) -> list[str]:
    """What axe-core calls serious or critical on the page."""
    browser.execute_script(Path(str(AXE)).read_text(encoding="utf-8"))
    run = "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(done)"
    found = browser.execute_async_script(run)
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
