"""`lib:LIBRARY/NAME` as a target: the license of the weights, never that of the code."""

from __future__ import annotations

import pytest

from licensecheck.errors import SourceError
from licensecheck.models.library_weights import load_sentence
from licensecheck.models.target import load_subject


def test_weights_bear_their_own_license() -> None:
    assert load_subject("lib:timm/hiera_base_224").record_ids == ("cc-by-nc-4.0",)


def test_a_library_with_slashes_is_told_from_the_name() -> None:
    subject = load_subject("lib:@mlc-ai/web-llm/Qwen2.5-3B-Instruct-q4f16_1-MLC")
    assert subject.record_ids == ("qwen-research",)


def test_hearsay_declares_nothing() -> None:
    subject = load_subject("lib:easyocr/craft_mlt_25k.pth")
    assert (subject.declared, subject.record_ids) == ((), ())


def test_hearsay_gives_way_to_the_catalog_of_models() -> None:
    assert load_subject("lib:kokoro/hexgrad/Kokoro-82M").record_ids == ("apache-2.0",)


@pytest.mark.parametrize("target", ["lib:nosuchlibrary/x", "lib:rembg"])
def test_an_unknown_library_is_a_fault(target: str) -> None:
    with pytest.raises(SourceError, match="lib:"):
        load_subject(target)


def test_the_version_is_said() -> None:
    assert "(2.0.79 (requirements.txt)) loads u2net" in load_sentence("rembg", "u2net", "2.0.79 (requirements.txt)")
