"""The HTML report stands on its own, and its links lead somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from heron import FINDINGS, LICENSE_TEXT, TARGET, make_report, make_trio

from licensecheck.domain.findings import Report
from licensecheck.report.html import render

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Ids, links, headings and open tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        for name in ("href", "src", "action", "data", "srcset", "poster"):
            if name in values:
                (self.links if values[name].startswith("#") else self.outside).append(values[name])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.fixture(params=[1, 3], ids=["one target", "three targets"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(render(make_report(*make_trio()[: request.param])))


def test_tags_are_balanced(page: Page) -> None:
    assert page.faults == []
    assert page.open == []


def test_no_id_is_used_twice_and_every_link_has_its_end(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_nothing_is_fetched_and_no_script_runs(report: Report) -> None:
    text = render(report)

    assert Page(text).outside == ["data:,"]
    assert "<script" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_headings_do_not_skip_a_level(page: Page) -> None:
    steps = [later - earlier for earlier, later in zip(page.headings, page.headings[1:], strict=False)]

    assert page.headings[0] == 1
    assert max(steps) == 1


def test_every_finding_with_a_passage_leads_to_its_clause_and_back(report: Report) -> None:
    text = render(report)

    for key in range(1, len(FINDINGS) + 1):
        block = text[text.index(f'id="f1-{key}"') :]
        target = re.search(r'href="#(t1-[0-9-]+)"', block)
        assert target
        assert f'id="{target.group(1)}"' in text
        assert f'href="#f1-{key}"' in text


def test_the_whole_license_text_stands_in_the_appendix(report: Report) -> None:
    text = render(report)
    words = re.findall(r'<span class="words">(.*?)</span>(?=<span class="margin">|</div>)', text)
    plain = [re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", line)).replace("&#34;", '"') for line in words]

    assert "\n".join(plain) + "\n" == LICENSE_TEXT


def test_a_sentence_that_was_not_understood_is_marked_and_listed(report: Report) -> None:
    text = render(report)

    assert '<span class="gap">The birds on the cover were drawn by hand.</span>' in text
    assert text.count("The birds on the cover were drawn by hand.") == 2


def test_sections_stand_in_the_order_in_which_they_are_read(report: Report) -> None:
    text = render(report)
    places = [
        text.index(f'<h3 id="s1-{key}"') for key in ("violation", "review", "action", "waived", "met", "not-applicable")
    ]

    assert places == sorted(places)


def test_an_action_has_a_box_a_trigger_and_an_owner_column(report: Report) -> None:
    text = render(report)
    row = text[text.index("Put a copy of the license beside the weights.") :]

    assert '<th scope="col">Owner</th>' in text
    assert "passing on the model" in row[: row.index("</tr>")]


def test_a_record_without_a_text_says_that_no_clause_could_be_looked_at() -> None:
    assert "no sentence could be read" in render(make_report(make_trio()[2]))


def test_many_findings_keep_the_page_whole() -> None:
    many = tuple(replace(FINDINGS[n % len(FINDINGS)], message=f"Finding {n}.") for n in range(120))
    page = Page(render(make_report(replace(TARGET, findings=many))))

    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))


def test_several_targets_are_told_in_one_table_that_leads_to_each() -> None:
    page = render(make_report(*make_trio()))
    for key, verdict in ((1, "denied"), (2, "approved")):
        assert re.search(rf'<a href="#m{key}">[^<]+</a></th><td data-th="Verdict"><strong class="{verdict}">', page)
