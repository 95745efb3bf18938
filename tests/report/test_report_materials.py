"""The materials hold what the terms prescribe, and the profile lines name only what is finished."""

from __future__ import annotations

from dataclasses import replace

import yaml
from heron import LICENSE_TEXT, READING, TARGET, finding, term

from licensecheck.domain.findings import Finding, Status, TargetReport
from licensecheck.report.materials import Material, make_materials, profile_lines


def duty(kind: str) -> Finding:
    return Finding(kind=kind, status=Status.ACTION, message="m", license="heron-9")


def made(target: TargetReport = TARGET) -> dict[str, Material]:
    return {material.name: material for material in make_materials(target)}


def test_the_notice_is_the_prescribed_text_and_nothing_else() -> None:
    assert made()["NOTICE"].content == "Heron 9 comes from Wader Labs under its terms.\n"


def test_the_credit_lines_hold_the_prescribed_line() -> None:
    assert made()["CREDITS.txt"].content == "Hatched by Heron\n"


def test_the_copies_hold_the_whole_text_and_a_list() -> None:
    content = made()["LICENSES.txt"].content

    assert LICENSE_TEXT.rstrip() in content
    assert content.startswith("Licenses that go with the model:\n- Heron 9 Community Terms (heron-9/LICENSE, sha256")


def test_the_restrictions_are_plain_words_with_passage_and_section() -> None:
    content = made(replace(TARGET, findings=(duty("flow-down"),)))["USE-RESTRICTIONS.md"].content

    assert (
        "- **Prohibited use (weapons)**: Not permitted: weapons.\n  `not to be used for weapons` (section 4," in content
    )


def test_no_duty_no_file() -> None:
    assert make_materials(replace(TARGET, findings=())) == ()


def test_a_duty_that_does_not_apply_gives_no_file() -> None:
    not_applicable = tuple(replace(found, status=Status.NOT_APPLICABLE) for found in TARGET.findings)

    assert make_materials(replace(TARGET, findings=not_applicable)) == ()


def test_of_several_prescribed_lines_one_is_enough() -> None:
    either = term(
        "display-attribution", 'show the line "Hatched by Heron"', "2.a", texts=("By A", "By B"), required=True
    )
    asked = replace(finding(2, Status.ACTION, "m"), attributes=either.attributes)

    assert made(replace(TARGET, findings=(asked,)))["CREDITS.txt"].content == "By A\n"


def test_the_profile_names_finished_files_and_only_suggests_the_others() -> None:
    both = make_materials(replace(TARGET, findings=(*TARGET.findings, duty("state-changes"), duty("flow-down"))))

    lines = profile_lines(both, folder="legal")

    assert yaml.safe_load(lines)["materials"] == {
        "notice_file": "legal/NOTICE",
        "credit_lines": ["legal/CREDITS.txt"],
        "license_copy": "legal/LICENSES.txt",
    }
    assert "# change_notice: 'legal/CHANGES.txt'" in lines


def test_without_a_text_at_hand_there_is_no_copy_to_write() -> None:
    assert "LICENSES.txt" not in made(replace(TARGET, documents=(), readings=(replace(READING, source="record"),)))
