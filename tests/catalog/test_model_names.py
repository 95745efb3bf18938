"""Model names are taken apart whatever address or path stands around them."""

from __future__ import annotations

import pytest

from licensecheck.catalog.model_entries import parse_model_name, without_conversion


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Org/Name", "org/name"),
        (" Org/Name ", "org/name"),
        ("https://huggingface.co/Org/Name/tree/main", "org/name"),
        ("hf.co/Org/Name-GGUF:Q4_K_M", "org/name-gguf:q4_k_m"),
        ("hf://Org/Name", "org/name"),
        ("/root/.cache/huggingface/hub/models--Org--Name/snapshots/0a1b", "org/name"),
        ("models--gpt2", "models--gpt2"),
        ("Org/Name@0a1b2c3", "org/name"),
        ("hf://Org/Name@main", "org/name"),
        ("huggingface://Org/Name-GGUF/name.Q4_K_M.gguf", "org/name-gguf"),
        ("Org--Name", "org/name"),
        ("models/folder/name", "models/folder/name"),
        ("llama3.2:1b", "llama3.2:1b"),
        ("library/llama3.2", "llama3.2"),
        ("ollama://llama3.2:1b", "llama3.2:1b"),
        ("", ""),
    ],
)
def test_the_name_is_found_in_what_stands_around_it(text: str, key: str) -> None:
    assert parse_model_name(text).key == key


def test_the_spelling_is_kept_beside_the_key() -> None:
    assert parse_model_name("https://hf.co/Org/Name").text == "Org/Name"


@pytest.mark.parametrize(
    ("base", "plain"),
    [
        ("name-7b-gguf", "name-7b"),
        ("name-7b-instruct-awq-int4", "name-7b-instruct"),
        ("name-7b-bnb-4bit", "name-7b"),
        ("name-7b.q4_k_m.gguf", "name-7b"),
        ("name-7b-quantized.w8a8", "name-7b"),
        ("name-7b-instruct", "name-7b-instruct"),
        ("name-v0.2", "name-v0.2"),
    ],
)
def test_marks_of_conversion_are_taken_off(base: str, plain: str) -> None:
    assert without_conversion(base) == plain
