from __future__ import annotations

from collections.abc import Callable

import pytest

from licensecheck.domain.subject import Card

Kinds = Callable[..., set[str]]
CardOf = Callable[..., Card]


def head(*rows: str) -> str:
    return "\n".join(["---", *rows, "---", ""])


def test_plain_card_has_no_issue(kinds: Kinds) -> None:
    prose = "# Foo\n\nFoo is a small model. It is released under the MIT license.\n"
    assert kinds(head("license: mit") + prose) == set()


def test_missing_block_is_said_once(kinds: Kinds) -> None:
    assert kinds("# Foo\n") == {"no-front-matter"}


@pytest.mark.parametrize("rows", [(), ("license:",), ("licenses: mit",), ("license: []",)])
def test_missing_license(kinds: Kinds, rows: tuple[str, ...]) -> None:
    assert kinds(head("tags: [a]", *rows)) == {"missing-license"}


def test_duplicate_key_has_its_line(card_of: CardOf) -> None:
    (issue,) = card_of(head("license: mit", "license: mit")).issues
    assert (issue.kind, issue.line) == ("duplicate-key", 3)


@pytest.mark.parametrize(
    "value", ["mit", "MIT", "Apache-2.0", "MIT OR Apache-2.0", "llama3.1", "unknown", "Beerware", "gpl-2.0+"]
)
def test_known_ids_pass(kinds: Kinds, value: str) -> None:
    assert "unknown-license-id" not in kinds(head(f"license: {value}"))


@pytest.mark.parametrize("value", ["see-readme", "mit-ish", "no", "custom", "none", "2024-01-01", "MIT OR nonsense-9"])
def test_unknown_ids_are_told(kinds: Kinds, value: str) -> None:
    assert "unknown-license-id" in kinds(head(f"license: {value}"))


def test_two_licenses_need_a_word(kinds: Kinds) -> None:
    two = head("license: [apache-2.0, bsd-3-clause]")
    assert "several-licenses" in kinds(two + "# Foo\n")
    assert "several-licenses" not in kinds(two + "# Foo\n\nThe model is dual-licensed; choose either license.\n")
    split = "The code is released under Apache 2.0. The model weights are released under BSD 3-Clause.\n"
    assert "several-licenses" not in kinds(two + split)


def test_other_needs_name_or_link(kinds: Kinds) -> None:
    assert "unnamed-license" in kinds(head("license: other"))
    assert "unnamed-license" not in kinds(head("license: other", "license_name: foo-license"))
    assert "unnamed-license" not in kinds(head("license: other", "license_link: https://example.org/LICENSE"))


@pytest.mark.parametrize(
    "prose",
    [
        "## License\n\nThe model weights are licensed under CC BY-NC 4.0.\n",
        "- **License:** GPL-3.0\n",
        "| Field | Value |\n|---|---|\n| License | cc-by-nc-4.0 |\n",
        "Our model is distributed under the Foo Community License.\n",
        "模型的使用需要遵循《鹤模型许可协议》。\n",
        "![](https://img.shields.io/badge/License-GPL--3.0-blue.svg)\n",
    ],
)
def test_prose_that_names_another_license(kinds: Kinds, prose: str) -> None:
    assert "prose-conflict" in kinds(head("license: apache-2.0") + prose, "org/foo")


@pytest.mark.parametrize(
    "prose",
    [
        "The code is released under the MIT license.\n",
        "The training data is available under CC BY-NC 4.0.\n",
        "- **License:** Apache License, Version 2.0\n",
        "Llama 2 is licensed under the Llama 2 Community License.\n",
        "This model is released under Apache 2.0; an older sibling stands under CC BY-NC 4.0.\n",
        "## Acknowledgements\n\nBar is released under the MIT license.\n",
        "```\nLicense: MIT\n```\n",
        "The license on this model does not constitute legal advice.\n",
    ],
)
def test_prose_that_is_no_conflict(kinds: Kinds, prose: str) -> None:
    assert "prose-conflict" not in kinds(head("license: apache-2.0") + prose, "org/foo")


def test_name_beside_an_id_that_means_another(kinds: Kinds) -> None:
    assert "prose-conflict" in kinds(head("license: apache-2.0", "license_name: foo-license"))
    assert "prose-conflict" not in kinds(head("license: apache-2.0", "license_name: Apache License 2.0"))


def test_versions_of_a_family_agree_with_it(kinds: Kinds) -> None:
    assert "prose-conflict" not in kinds(head("license: cc-by-nc-4.0") + "- License: CC-BY-NC\n")
    assert "prose-conflict" in kinds(head("license: cc-by-nc-4.0") + "- License: CC-BY-SA 4.0\n")


@pytest.mark.parametrize(
    "prose",
    [
        "This model is meant for research purposes only.\n",
        "The weights may be used for non-commercial purposes only.\n",
        "Commercial use of the model is not permitted.\n",
        "For commercial use, please contact us by mail.\n",
        "You may not redistribute the model weights.\n",
        "本模型仅限研究使用。\n",
    ],
)
def test_restriction_on_top_of_an_open_license(kinds: Kinds, prose: str) -> None:
    assert "extra-restriction" in kinds(head("license: mit") + prose, "org/foo")


@pytest.mark.parametrize(
    "prose",
    [
        "The primary use of the model is research.\n",
        "The model is intended for commercial and research use.\n",
        "The data set is for research purposes only.\n",
        "- foo-large: For research purposes only.\n",
        "The license permits commercial use.\n",
    ],
)
def test_no_restriction_of_this_model(kinds: Kinds, prose: str) -> None:
    assert "extra-restriction" not in kinds(head("license: mit") + prose, "org/foo-small")


def test_restriction_that_the_license_states_itself(kinds: Kinds) -> None:
    prose = "The model is for non-commercial use only.\n"
    assert "extra-restriction" not in kinds(head("license: cc-by-nc-4.0") + prose)


def test_gate_restricts_too(kinds: Kinds) -> None:
    gate = head("license: mit", "extra_gated_fields:", "  I use it for non-commercial purposes only: checkbox")
    assert "extra-restriction" in kinds(gate)


@pytest.mark.parametrize(
    "prose",
    [
        "Foo is an open-source model for code.\n",
        "We open-source the Foo checkpoints today.\n",
        "Foo-7B, the open-source version of the latest Foo series, is here.\n",
        "我们开源了对话模型 Foo。\n",
    ],
)
def test_open_source_claim(kinds: Kinds, prose: str) -> None:
    assert "open-source-claim" in kinds(head("license: gemma") + prose, "org/Foo-7B")


@pytest.mark.parametrize(
    "prose",
    [
        "Foo outperforms many open-source models.\n",
        "Thanks to the open-source community.\n",
        "We open-source the training code.\n",
        "It runs in Bar, an open-source project.\n",
    ],
)
def test_words_on_open_source_that_claim_nothing(kinds: Kinds, prose: str) -> None:
    assert "open-source-claim" not in kinds(head("license: llama3.1") + prose, "org/Foo-7B")


def test_claim_under_an_open_license_is_fine(kinds: Kinds) -> None:
    assert "open-source-claim" not in kinds(head("license: apache-2.0") + "Foo is an open-source model.\n", "org/Foo")


@pytest.mark.parametrize(
    ("rows", "prose"),
    [
        (("base_model: meta-llama/Llama-3.1-8B",), ""),
        ((), "Foo is fine-tuned from [Llama](https://huggingface.co/meta-llama/Llama-3.1-8B).\n"),
        ((), "- Base model: meta-llama/Llama-3.1-8B\n"),
        ((), "This repository holds a LoRA adapter for Llama-3.1-8B.\n"),
        ((), "**Base model:** <br>\nhttps://huggingface.co/meta-llama/Llama-3.1-8B\n"),
        ((), "We fine-tune Llama-3.1-8B with LoRA.\n"),
        ((), "本モデルはmeta-llama/Llama-3.1-8Bをベースにしています。\n"),
    ],
)
def test_permissive_license_over_a_restricted_base(kinds: Kinds, rows: tuple[str, ...], prose: str) -> None:
    found = kinds(head("license: apache-2.0", *rows) + prose, "org/Foo")
    assert found == {"base-conflict", "naming-rule"}


@pytest.mark.parametrize(
    "prose",
    [
        "Foo outperforms Llama-3.1-8B.\n",
        "Foo uses the same architecture as Llama-3.1-8B and is trained from scratch.\n",
        "## Citation\n\nFoo is based on Llama-3.1-8B.\n",
        "Answers were generated with Llama-3.1-8B.\n",
    ],
)
def test_models_that_are_named_but_no_base(kinds: Kinds, prose: str) -> None:
    assert kinds(head("license: apache-2.0") + prose, "org/Foo") == set()


def test_same_license_as_the_base_is_no_conflict(kinds: Kinds) -> None:
    rows = ("license: llama3.1", "base_model: meta-llama/Llama-3.1-8B")
    assert kinds(head(*rows), "org/Llama-Foo") == set()
    assert kinds(head(*rows), "org/Foo") == {"naming-rule"}


def test_unknown_declaration_is_not_judged(kinds: Kinds) -> None:
    rows = ("license: other", "license_name: foo-license", "base_model: meta-llama/Llama-3.1-8B")
    assert "base-conflict" not in kinds(head(*rows), "org/Llama-Foo")


def test_name_of_a_re_upload_is_the_licensors(kinds: Kinds) -> None:
    assert kinds(head("license: llama3.1"), "mirror/Meta-Llama-3.1-8B-Instruct") == set()


def test_issues_quote_what_shows_them(card_of: CardOf) -> None:
    card = card_of(head("license: mit") + "# Foo\n\nThis model is for research use only.\n", "org/foo")
    (issue,) = card.issues
    assert (issue.line, issue.quote) == (6, "This model is for research use only.")
