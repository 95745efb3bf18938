"""The HTML report in a real browser: links lead to their clause, nothing is wider than the window, it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import CHROMIUM, Tab, open_tab
from heron import FINDINGS, LICENSE_TEXT, READING, TARGET, make_report, make_trio

from licensecheck import Checker
from licensecheck.report import compare_formats as compare_html
from licensecheck.report import diff_formats as diff_html
from licensecheck.report import html
from licensecheck.report.compare_matrix import build_matrix
from licensecheck.report.diff_changes import Side, compare_sides

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

MANY = replace(
    TARGET,
    findings=tuple(replace(FINDINGS[n % len(FINDINGS)], message=f"Finding {n}: {'why ' * 20}") for n in range(120)),
)
LONG = "far/away/in/a/folder/with/a/very/long/name/that/holds/"
OLD = Side(name=f"{LONG}LICENSE.old", reading=READING, text=LICENSE_TEXT)
NEW = Side(name=f"{LONG}LICENSE.new", reading=replace(READING, terms=READING.terms[:2]), text=LICENSE_TEXT + "\nNew.\n")
PAGES = {
    "one": html.render(make_report(replace(TARGET, findings=FINDINGS[:1]))),
    "all": html.render(make_report()),
    "many": html.render(make_report(MANY)),
    "three": html.render(make_report(*make_trio())),
    "compare": compare_html.render_html(build_matrix(make_trio(), judged=True), made="licensecheck"),
    "diff": diff_html.render_html(compare_sides(OLD, NEW), made="Made by licensecheck"),
}


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with open_tab(tmp_path_factory.mktemp("browser")) as tab:
        yield tab


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, page in PAGES.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_without_a_complaint_and_asks_for_nothing(tab: Tab, folder: Path, name: str) -> None:
    tab.open(folder / f"{name}.html")

    assert tab.complaints() == []
    assert tab.requests() == [(folder / f"{name}.html").as_uri()]


FOLLOW = """
(async () => {
  document.querySelector("LINK").click();
  await new Promise(requestAnimationFrame);
  const target = document.querySelector(":target");
  const top = target.getBoundingClientRect().top;
  return {id: target.id, words: (target.closest("mark") || target).innerText, seen: top >= 0 && top < innerHeight};
})()
"""


def test_a_finding_leads_to_its_marked_clause_and_the_label_back(tab: Tab, folder: Path) -> None:
    tab.open(folder / "all.html")

    there = tab.value(FOLLOW.replace("LINK", "article.violation a"))
    back = tab.value(FOLLOW.replace("LINK", ".margin a[href='#f1-5']"))

    assert there["words"].endswith("not to be used for weapons")
    assert there["seen"]
    assert back["id"] == "f1-5"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(tab: Tab, folder: Path, name: str, width: int, dark: bool) -> None:
    tab.open(folder / f"{name}.html", width=width, dark=dark)

    assert tab.value("document.documentElement.scrollWidth") <= width


CONTRAST = """
(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const bend = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = (rgb) => rgb.slice(0, 3).reduce((sum, v, i) => sum + bend(v / 255) * [.2126, .7152, .0722][i], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const rgb = parse(getComputedStyle(node).backgroundColor);
      if (rgb.length < 4 || rgb[3] > 0) return rgb;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const node of document.querySelectorAll('main *, header *, nav *, footer *')) {
    if (!node.innerText || ![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const pair = [light(parse(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
    const ratio = (pair[0] + .05) / (pair[1] + .05);
    if (ratio < 4.5) poor.add(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
})()
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["all", "compare", "diff"])
def test_all_text_has_enough_contrast(tab: Tab, folder: Path, name: str, dark: bool) -> None:
    tab.open(folder / f"{name}.html", dark=dark)

    assert tab.value(CONTRAST) == []


@pytest.mark.parametrize(("width", "height"), [(8.27, 11.69), (8.5, 11)], ids=["A4", "Letter"])
@pytest.mark.parametrize("name", ["one", "many"])
def test_the_page_prints(tab: Tab, folder: Path, name: str, width: float, height: float) -> None:
    tab.open(folder / f"{name}.html")

    data = tab.pdf(paperWidth=width, paperHeight=height, preferCSSPageSize=False)

    assert data.startswith(b"%PDF")
    assert 2 <= data.count(b"/Type /Page\n") <= (4 if name == "one" else 16)
    assert tab.complaints() == []


def test_the_report_on_llama_4_prints_on_four_pages(tab: Tab, folder: Path, shared: Path) -> None:
    model = shared / "corpus/models/Llama-4-Scout-17B-16E-Instruct"
    report = Checker().check([str(model)], profile=ROOT / "examples/acme.yaml")
    path = folder / "llama-4.html"
    path.write_text(html.render(report), encoding="utf-8")
    tab.open(path)
    data = tab.pdf(preferCSSPageSize=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) <= 4
