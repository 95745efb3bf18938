from __future__ import annotations

from collections.abc import Callable

import pytest

from licensecheck.domain.subject import Card

CardOf = Callable[..., Card]


def test_lists_and_scalars_give_tuples(card_of: CardOf) -> None:
    card = card_of("---\nlicense: [mit, openrail]\nbase_model: a/b\ndatasets: [d]\n---\n")
    assert (card.licenses, card.base_models, card.datasets) == (("mit", "openrail"), ("a/b",), ("d",))


def test_gate_is_read(card_of: CardOf) -> None:
    fields = "extra_gated_fields:\n  Country: country\n  Kind: {type: select, options: [a]}\n  I agree: checkbox\n"
    card = card_of(f"---\nextra_gated_prompt: Be kind.\n{fields}---\n")
    assert card.gate_text == "Be kind."
    assert card.gate_fields == {"Country": "country", "Kind": "select", "I agree": "checkbox"}
    assert card.gated is True


def test_card_without_gate_tells_nothing_of_it(card_of: CardOf) -> None:
    assert card_of("---\nlicense: mit\n---\n").gated is None


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Foo *7B*\n", "Foo 7B"),
        ("```\n# no\n```\n## Yes\n", "Yes"),
        ("<h1 align='center'>Foo</h1>", "Foo"),
        ("x", None),
    ],
)
def test_title_is_the_first_heading(card_of: CardOf, body: str, title: str | None) -> None:
    assert card_of(f"---\nlicense: mit\n---\n{body}").title == title


def test_modalities_follow_the_task(card_of: CardOf) -> None:
    assert card_of("---\npipeline_tag: image-text-to-text\n---\n").modalities == ("image", "text")
    assert card_of("---\nlicense: mit\n---\n").modalities is None


@pytest.mark.parametrize(
    ("block", "name", "relation"),
    [
        ("base_model: a/b\nbase_model_relation: merge", "org/c", "merge"),
        ("base_model: a/b", "org/c-GGUF", "quantized"),
        ("license: mit", "org/c-AWQ", "quantized"),
        ("tags: [mergekit]\nbase_model: [a/b, a/c]", "org/c", "merge"),
        ("library_name: peft", "org/c", "adapter"),
        ("base_model: a/b", "org/c", "finetune"),
        ("base_model: [a/b, a/c]", "org/c", None),
        ("license: mit", "org/c", None),
        ("base_model: a/b\nbase_model_relation: cousin", "org/c", "finetune"),
    ],
)
def test_relation(card_of: CardOf, block: str, name: str, relation: str | None) -> None:
    assert card_of(f"---\n{block}\n---\n", name).relation == relation


def test_recipe_of_a_merge_makes_the_card_a_merge(card_of: CardOf) -> None:
    recipe = "```yaml\nmerge_method: passthrough\nslices: []\n```\n"
    assert card_of(f"---\nlicense: mit\n---\n{recipe}").relation == "merge"
    assert card_of(f"---\nlicense: mit\n---\n{recipe}", "org/Foo-GGUF").relation == "quantized"
    assert card_of("---\nlicense: mit\n---\nThe merge_method is told elsewhere.\n").relation is None
