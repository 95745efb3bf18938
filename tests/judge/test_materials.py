"""Credit lines, names and files: what counts as shown, and what only looks like it."""

from __future__ import annotations

import pytest

from licensecheck.domain.findings import Status
from licensecheck.domain.subject import Document, Role, Subject
from licensecheck.judge.credit import holds_line, name_fits

from .building import check, find, make_reading, make_term

SHIP = {"deployment": {"channels": ["weights"]}, "derivatives": {"modifies_model": False}}
BLANK = "[name of the model] is built with Zorp technology"


@pytest.mark.parametrize(
    "text",
    [
        "Built with Zorp",
        "BUILT WITH **ZORP**",
        "Our sketches are «built with\n*zorp*».",
        "<p>Built <b>with</b>\n Zorp&nbsp;</p>",
        "The reader is Built\u00a0with Zorp\u2122.",
    ],
)
def test_line_in_another_dress_counts(text: str) -> None:
    assert holds_line(text, "Built with Zorp")


@pytest.mark.parametrize("text", ["Powered by Zorp", "Built on Zorp 3", "Built with Zorpia", "with Zorp built", ""])
def test_similar_line_does_not_count(text: str) -> None:
    assert not holds_line(text, "Built with Zorp")


def test_blank_is_filled_with_a_name() -> None:
    assert holds_line("<b>Siq-180B</b> is built\nwith Zorp technology.", BLANK)


def test_blank_left_out_does_not_count() -> None:
    assert not holds_line("is built with Zorp technology", BLANK)


@pytest.mark.parametrize(
    ("name", "anywhere", "fits"),
    [
        ("Zorp-Quarry", False, True),
        ("quarry/zorp-answers", False, True),
        ("Quarry-Zorp", False, False),
        ("Quarry-Zorp", True, True),
        ("Kestrel", True, False),
    ],
)
def test_name_holds_the_word_in_its_place(name: str, anywhere: bool, fits: bool) -> None:
    assert name_fits(name, "Zorp", anywhere=anywhere) is fits


def test_notice_file_is_looked_into() -> None:
    reading = make_reading(make_term("notice-file", text="Zorp is licensed under the Zorp License."))
    profile = {**SHIP, "materials": {"notice_file": "NOTICE"}}
    right = check(reading, profile=profile, materials={"NOTICE": "ZORP is licensed\nunder the Zorp License"})
    wrong = check(reading, profile=profile, materials={"NOTICE": "Some other notice"})
    absent = check(reading, profile=profile)
    statuses = [find(report, "notice-file").status for report in (right, wrong, absent)]
    assert statuses == [Status.MET, Status.ACTION, Status.ACTION]


def test_license_copy_is_compared_with_the_text_at_hand() -> None:
    text = " ".join(f"word{i} of the license" for i in range(200))
    document = Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="ab" * 32)
    subject = Subject(target="t", documents=(document,))
    profile = {**SHIP, "materials": {"license_copy": "COPY"}}
    reading = make_reading(make_term("include-license"))
    same = check(reading, profile=profile, subject=subject, materials={"COPY": text.upper()})
    other = check(reading, profile=profile, subject=subject, materials={"COPY": "MIT"})
    assert [find(r, "include-license").status for r in (same, other)] == [Status.MET, Status.ACTION]


def test_credit_line_in_a_named_file_counts() -> None:
    reading = make_reading(make_term("display-attribution", texts=("Built with Zorp",), required=True))
    profile = {**SHIP, "materials": {"credit_lines": ["README.md"]}}
    report = check(reading, profile=profile, materials={"README.md": "# App\nBuilt with **Zorp**"})
    assert find(report, "display-attribution").status is Status.MET


def test_line_of_which_the_text_does_not_say_whether_it_is_a_wish_is_owed() -> None:
    credit = make_term("display-attribution", texts=("Built with Zorp",))
    profile = {"deployment": {"channels": ["product"]}, "materials": {"credit_lines": []}}
    assert find(check(make_reading(credit), profile=profile), "display-attribution").status is Status.ACTION


@pytest.mark.parametrize(
    ("copy", "status"),
    [("one two three four five", Status.MET), ("one two three and no more", Status.ACTION), (" ", Status.ACTION)],
)
def test_copy_of_the_license_is_one_only_where_it_holds_the_text(copy: str, status: Status) -> None:
    document = Document(path="LICENSE", role=Role.LICENSE, text="one two three four five", sha256="ab" * 32)
    profile = {**SHIP, "materials": {"license_copy": "copy.txt"}}
    report = check(
        make_reading(make_term("include-license")),
        profile=profile,
        subject=Subject(target="t", documents=(document,)),
        materials={"copy.txt": copy},
    )
    assert find(report, "include-license").status is status


def test_empty_notice_file_is_none() -> None:
    profile = {**SHIP, "materials": {"notice_file": "NOTICE"}}
    report = check(make_reading(make_term("notice-file")), profile=profile, materials={"NOTICE": " \n"})
    assert find(report, "notice-file").status is Status.ACTION
