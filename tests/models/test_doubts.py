"""What a card leaves open: other spellings, values that were replaced, tags, links, sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.subject import Role
from licensecheck.models.target import load_subject


def doubts(folder: Path, card: str) -> set[str]:
    (folder / "README.md").write_text(card, encoding="utf-8")
    subject = load_subject(str(folder))
    assert subject.card is not None
    return {doubt.kind for doubt in subject.card.doubts}


@pytest.mark.parametrize(
    "block",
    [
        "license: cc-by-nc-4.0\nlicense: mit",
        "license: mit\nLicence: cc-by-nc-4.0",
        "license: mit\ntags: [license:cc-by-nc-4.0]",
        "license: mit\ntags: [cc-by-nc-4.0]",
        "license: mit\nlicense_link: https://creativecommons.org/licenses/by-nc/4.0/",
    ],
)
def test_another_license_in_the_metadata_is_asked(tmp_path: Path, block: str) -> None:
    assert "several-licenses" in doubts(tmp_path, f"---\n{block}\n---\n# Heron 9\n")


@pytest.mark.parametrize(
    "block", ["license: mit\ntags: [Non-Commercial]", "license: mit\nextra_gated_eu_disallowed: true"]
)
def test_a_tag_or_gate_that_bars_is_asked(tmp_path: Path, block: str) -> None:
    assert "extra-restriction" in doubts(tmp_path, f"---\n{block}\n---\n# Heron 9\n")


def test_a_second_block_with_another_license_is_asked(tmp_path: Path) -> None:
    assert doubts(tmp_path, "---\nlicense: mit\n---\n\n---\nlicense: cc-by-nc-4.0\n---\n# Heron 9\n")


@pytest.mark.parametrize(
    "prose",
    [
        "Small is MIT, Base and Large are CC BY-NC 4.0.",
        "The 2B weights are under MIT, the 9B ones under a research license.",
    ],
)
def test_one_license_for_each_size_is_asked(tmp_path: Path, prose: str) -> None:
    assert "several-licenses" in doubts(tmp_path, f"---\nlicense: mit\n---\n# Heron\n\n## License\n\n{prose}\n")


def test_a_name_that_can_mean_two_licenses_is_asked(tmp_path: Path) -> None:
    assert "unknown-license" in doubts(tmp_path, "---\nlicense: other\nlicense_name: fair\n---\n# Heron 9\n")


@pytest.mark.parametrize(
    "card",
    [
        "---\nlicense: mit\ntags: [research]\nlicense_link: https://opensource.org/licenses/MIT\n---\n# Heron 9\n",
        "---\nlicense: apache-2.0\nlicence: Apache 2.0\n---\n# Heron 9\n\nThe 2B and the 9B are under Apache 2.0.\n",
    ],
)
def test_what_agrees_leaves_nothing_open(tmp_path: Path, card: str) -> None:
    assert not doubts(tmp_path, card)


def test_a_key_that_the_hub_does_not_know_is_read_as_words(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\ncommercial_use: false\n---\n# Heron 9\n")
    card = load_subject(str(tmp_path)).card
    assert card is not None
    assert card.restrictions


def test_a_way_in_is_no_term_of_a_gate(tmp_path: Path) -> None:
    gate = "You must not sell it. To do this, log in to the hub and click below."
    (tmp_path / "README.md").write_text(f"---\nlicense: mit\nextra_gated_prompt: {gate}\n---\n# Heron\n")
    (text,) = (one.text for one in load_subject(str(tmp_path)).documents if one.role is Role.GATE)
    assert "sell" in text
    assert "log in" not in text


def test_a_link_to_a_text_of_another_kind_is_asked_beside_a_free_license(tmp_path: Path) -> None:
    link = "https://huggingface.co/acme/heron/blob/main/{}"
    card = "---\nlicense: mit\nlicense_link: {}\n---\n# Heron\n"
    assert "several-licenses" in doubts(tmp_path, card.format(link.format("RESEARCH_LICENSE.md")))
    assert not doubts(tmp_path, card.format(link.format("LICENSE.md")))


def test_a_license_in_a_comment_of_its_own_is_heard(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n# license: cc-by-nc-4.0 for the weights\n---\n# Heron\n")
    card = load_subject(str(tmp_path)).card
    assert card is not None
    assert {"extra-restriction", "prose-conflict"} & {issue.kind for issue in (*card.issues, *card.doubts)}


def test_a_record_of_zenodo_beside_the_card_is_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# Heron\n")
    (tmp_path / ".zenodo.json").write_text('{"title": "Heron", "license": {"id": "cc-by-nc-4.0"}}')
    assert any("cc-by-nc-4.0" in doubt.message for doubt in load_subject(str(tmp_path)).doubts)
