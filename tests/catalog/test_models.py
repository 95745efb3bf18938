"""Model names resolve to license records by stated means, and an unknown name stays unknown."""

from __future__ import annotations

import pytest

from licensecheck.catalog.model_entries import find_model
from licensecheck.catalog.records import built_index, find_record
from licensecheck.domain.licenses import Availability, Resolution


@pytest.mark.parametrize(
    ("name", "licenses"),
    [
        ("meta-llama/Llama-4-Scout-17B-16E-Instruct", ("llama-4",)),
        ("meta-llama/Llama-3.1-8B-Instruct", ("llama-3.1",)),
        ("codellama/CodeLlama-7b-hf", ("llama-2",)),
        ("Qwen/Qwen2.5-7B-Instruct", ("apache-2.0",)),
        ("Qwen/Qwen2.5-3B-Instruct", ("qwen-research-2024-09-19",)),
        ("Qwen/Qwen2.5-72B-Instruct", ("qwen-2024",)),
        ("Qwen/Qwen3-8B", ("apache-2.0",)),
        ("deepseek-ai/DeepSeek-V3", ("deepseek-la-1.0",)),
        ("deepseek-ai/DeepSeek-V3-0324", ("mit",)),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ("mit", "llama-3.1")),
        ("google/gemma-3-1b-it", ("gemma",)),
        ("google/gemma-4-31b-it", ("apache-2.0",)),
        ("mistralai/Mistral-7B-v0.1", ("apache-2.0",)),
        ("mistralai/Ministral-8B-Instruct-2410", ("mistral-research-0.1",)),
        ("mistralai/Codestral-22B-v0.1", ("mistral-non-production-0.1",)),
        ("tiiuae/falcon-40b-instruct", ("apache-2.0",)),
        ("tiiuae/falcon-180B", ("falcon-180b-1.0",)),
        ("upstage/SOLAR-10.7B-Instruct-v1.0", ("cc-by-nc-4.0",)),
        ("facebook/opt-125m", ("opt-175b",)),
        ("bert-base-uncased", ("apache-2.0",)),
        ("TinyLlama/TinyLlama-1.1B-Chat-v1.0", ("apache-2.0",)),
        ("openlm-research/open_llama_3b", ("apache-2.0",)),
    ],
)
def test_a_listed_model_is_known_for_certain(name: str, licenses: tuple[str, ...]) -> None:
    entry = find_model(name)
    assert entry is not None
    assert (entry.licenses, entry.certain, entry.resolved) == (licenses, True, Resolution.EXACT)


@pytest.mark.parametrize(
    ("name", "licenses", "base"),
    [
        ("NousResearch/Llama-2-7b-hf", "llama-2", "meta-llama/Llama-2-7b-hf"),
        ("hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M", "llama-3.2", "meta-llama/Llama-3.2-1B-Instruct"),
        ("bartowski/Qwen_Qwen3-4B-GGUF", "apache-2.0", "Qwen/Qwen3-4B"),
        ("unsloth/Meta-Llama-3.1-70B-Instruct-bnb-4bit", "llama-3.1", "meta-llama/Meta-Llama-3.1-70B-Instruct"),
        ("TheBloke/Mistral-7B-Instruct-v0.2-AWQ", "apache-2.0", "mistralai/Mistral-7B-Instruct-v0.2"),
        ("RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w8a8", "llama-3.1", "meta-llama/Meta-Llama-3.1-8B-Instruct"),
    ],
)
def test_a_known_mirror_passes_the_license_on(name: str, licenses: str, base: str) -> None:
    entry = find_model(name)
    assert entry is not None
    assert (entry.licenses, entry.bases, entry.certain) == ((licenses,), (base,), True)


def test_a_copy_of_a_gated_model_is_not_gated_itself() -> None:
    entry = find_model("NousResearch/Llama-2-7b-hf")
    assert entry is not None
    assert (entry.availability, [way.name for way in entry.channels]) == (Availability.PUBLIC, ["re-upload"])


def test_a_repeated_name_of_an_unknown_uploader_gives_the_base_and_no_license() -> None:
    entry = find_model("somebody/Llama-2-7b-hf")
    assert entry is not None
    assert (entry.licenses, entry.bases, entry.certain) == ((), ("meta-llama/Llama-2-7b-hf",), False)


def test_a_bare_name_of_a_listed_model_is_not_certain() -> None:
    entry = find_model("Meta-Llama-3.1-8B-Instruct")
    assert entry is not None
    assert (entry.licenses, entry.certain) == ((), False)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("somebody/my-llama-finetune", "llama"),
        ("somebody/Llama-3.2-8X3B-MOE", "llama-3.2"),
        ("x/flux-dev-lora", "flux-dev"),
    ],
)
def test_a_word_in_a_name_gives_a_family_and_no_license(name: str, family: str) -> None:
    entry = find_model(name)
    assert entry is not None
    assert (entry.resolved, entry.made_from, entry.licenses) == (Resolution.DERIVATIVE, family, ())
    assert not entry.certain


@pytest.mark.parametrize(
    "name", ["org/model", "my-model", "", "someone/open_llama_tune", "someone/ollama-proxy", "/", ":"]
)
def test_an_unknown_name_stays_unknown(name: str) -> None:
    assert find_model(name) is None


@pytest.mark.parametrize(
    "name", ["gpt-4o", "openai/gpt-4o-mini", "claude-3-5-sonnet-latest", "gemini-2.5-pro", "grok-3"]
)
def test_a_service_has_nothing_to_license(name: str) -> None:
    entry = find_model(name)
    assert entry is not None
    assert (entry.availability, entry.licenses, entry.nothing_to_license) == (Availability.API_ONLY, (), True)
    assert [way.binds for way in entry.channels] == [("provider",)]


@pytest.mark.parametrize(
    "name", ["meta-llama/Llama-4-Behemoth", "Llama-4-Maverick-03-26-Experimental", "llama-4-reasoning"]
)
def test_a_model_that_was_never_released_has_nothing_to_license(name: str) -> None:
    entry = find_model(name)
    assert entry is not None
    assert (entry.availability, entry.nothing_to_license) == (Availability.ANNOUNCED, True)
    assert entry.note


@pytest.mark.parametrize(
    ("name", "license_id", "binds"),
    [
        ("meta-llama/Llama-3.1-8B", "llama-3.1", ("license",)),
        ("bedrock/us.meta.llama3-1-8b-instruct-v1:0", "llama-3.1", ("license", "provider")),
        ("us.meta.llama4-scout-17b-instruct-v1:0", "llama-4", ("license", "provider")),
        ("databricks-meta-llama-3-3-70b-instruct", "llama-3.3", ("license", "provider")),
        ("openrouter/meta-llama/llama-3.1-8b-instruct:free", "llama-3.1", ("provider", "license")),
        ("ollama/llama3.2:1b", "llama-3.2", ("license",)),
    ],
)
def test_the_way_a_model_is_got_says_what_binds(name: str, license_id: str, binds: tuple[str, ...]) -> None:
    entry = find_model(name)
    assert entry is not None
    assert (entry.licenses, entry.channels[0].binds) == ((license_id,), binds)


@pytest.mark.parametrize(
    ("name", "licenses"),
    [
        ("llama3.2:1b", ("llama-3.2",)),
        ("llama4:scout", ("llama-4",)),
        ("qwen2.5:3b", ("qwen-research-2024-09-19",)),
        ("qwen2.5:7b-instruct-q4_K_M", ("apache-2.0",)),
        ("qwen2.5:72b", ("qwen-2024",)),
        ("deepseek-r1:70b", ("mit", "llama-3.3")),
        ("gemma:2b", ("gemma",)),
    ],
)
def test_local_names_are_resolved_by_their_tag(name: str, licenses: tuple[str, ...]) -> None:
    entry = find_model(name)
    assert entry is not None
    assert entry.licenses == licenses


def test_a_license_without_its_version_is_said_to_be_a_family() -> None:
    entry = find_model("google/gemma-7b")
    assert entry is not None
    assert (entry.licenses, entry.license_is_family) == (("gemma",), True)


def test_bases_of_listed_models_are_in_the_catalog() -> None:
    entries = (built_index().find("model", name)[1] for name in built_index().keys("model"))
    missing = {base for entry in entries for base in entry.get("base", ()) if find_model(base) is None}
    assert missing == set()


def test_families_that_words_point_to_are_records() -> None:
    families = built_index().find("models", "families")
    assert [record for record, _ in families if record and find_record(record) is None] == []
