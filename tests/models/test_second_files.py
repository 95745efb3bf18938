from __future__ import annotations

from pathlib import Path

import pytest
import written

from licensecheck.domain.subject import Role, Subject
from licensecheck.models.license_values import names_in
from licensecheck.models.target import load_subject
from licensecheck.models.term_sentences import term_sentences

CARD = "---\nlicense: mit\n---\n# Sparrow\n\nTrained from scratch.\n"
BAN = "The weights are for research. Commercial use is forbidden.\n"
CHINESE = "# 麻雀\n\n这是一个小模型。\n\n本模型仅供研究，禁止商业用途。\n"


def lay(folder: Path, files: dict[str, str | bytes]) -> Subject:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_subject(str(folder))


def model(folder: Path, files: dict[str, str | bytes], *, card: str = CARD) -> Subject:
    return lay(folder / "sparrow", {"README.md": card, **files})


@pytest.mark.parametrize(
    "name",
    ["ADDENDUM.md", "docs/LICENSE", "original/LICENSE", "LEGAL.md", "AGREEMENT.txt", "LICENSE.model", "LICENSE.weights",
     "TERMS", "notes.txt", "a/b/c/conditions.txt", "LICENSE.json", "model.safetensors.license"],
)  # fmt: skip
def test_second_file_that_binds_is_a_document(tmp_path: Path, name: str) -> None:
    subject = model(tmp_path, {name: BAN})
    assert {d.role for d in subject.documents if d.path == name} & {Role.LICENSE, Role.POLICY}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CHANGELOG.md", "# Changes\n\n- 1.1: no commercial use any more\n"),
        ("vocab.txt", "commercial\nonly\n"),
        ("requirements.txt", "torch\n"),
        ("usage.txt", "Install torch first. Use only float16 on old cards.\n"),
        ("third_party/x/LICENSE", BAN),
        ("data/LICENSE", BAN),
        ("README.md.license", "SPDX-License-Identifier: CC0-1.0\n"),
    ],
)
def test_file_that_does_not_bind_the_model_is_no_document(tmp_path: Path, name: str, text: str) -> None:
    subject = model(tmp_path, {name: text})
    assert [d.path for d in subject.documents] == ["README.md"]
    assert subject.doubts == ()


@pytest.mark.parametrize(
    "words",
    ["Use is governed by TERMS.txt.", "See [the policy](docs/USE_POLICY.md).", "Read `AGREEMENT.pdf` first."],
)
def test_file_of_terms_that_the_card_names_and_nobody_has_is_asked_for(tmp_path: Path, words: str) -> None:
    (doubt,) = model(tmp_path, {}, card=f"{CARD}\n{words}\n").doubts
    assert doubt.kind == "unread-file"
    assert "line 8" in doubt.message


@pytest.mark.parametrize(
    "words",
    ["See LICENSE.md.", "See [the license](LICENSE).", "Read INSTALL.txt.", "```\ncp TERMS.txt .\n```",
     "[Terms](https://zorp.example/TERMS.md)"],
)  # fmt: skip
def test_other_files_that_the_card_names_are_not_asked_for(tmp_path: Path, words: str) -> None:
    assert model(tmp_path, {}, card=f"{CARD}\n{words}\n").doubts == ()


def test_named_file_that_lies_in_the_folder_is_not_asked_for(tmp_path: Path) -> None:
    subject = model(tmp_path, {"docs/TERMS.txt": BAN}, card=f"{CARD}\nUse is governed by TERMS.txt.\n")
    assert "unread-file" not in {doubt.kind for doubt in subject.doubts}


def test_card_in_the_answer_of_ngc_is_read(tmp_path: Path) -> None:
    said = '{"model": {"name": "sparrow", "description": "# Sparrow\\n\\n## License\\n\\nCC BY-NC 4.0\\n"}}'
    assert "cc-by-nc-4.0" in model(tmp_path, {"ngc.json": said}).declared


def test_card_in_another_language_that_forbids_is_asked_for(tmp_path: Path) -> None:
    (doubt,) = model(tmp_path, {"README_zh.md": CHINESE}).doubts
    assert "商业用途" in doubt.evidence[0].quote


def test_card_in_another_language_that_forbids_nothing_asks_nothing(tmp_path: Path) -> None:
    assert model(tmp_path, {"README_zh.md": CHINESE.partition("本")[0]}).doubts == ()


def test_terms_are_told_from_notes_by_their_sentences() -> None:
    assert term_sentences(BAN).are_the_text
    assert not term_sentences("We trained on 8 cards. The rate must not exceed 1e-4.").found


def test_header_of_every_shard_and_subfolder_counts(tmp_path: Path) -> None:
    shards: dict[str, str | bytes] = {f"m-{i}.safetensors": written.safetensors({"format": "pt"}) for i in range(6)}
    shards["unet/x.safetensors"] = written.safetensors({"license": "gemma"})
    shards["m-6.safetensors"] = written.safetensors({"license": "cc-by-nc-4.0"})
    assert set(model(tmp_path, shards).record_ids) == {"mit", "gemma", "cc-by-nc-4.0"}


def test_unknown_license_of_a_header_is_a_question(tmp_path: Path) -> None:
    (doubt,) = model(tmp_path, {"m.gguf": written.gguf({"general.license.name": "Sparrow NC license"})}).doubts
    assert (doubt.kind, "general.license.name" in doubt.message) == ("unknown-license", True)


@pytest.mark.parametrize(
    "entries",
    [
        {"general.name": "Meta Llama 3.1 8B Instruct"},
        {"general.basename": "gemma-2"},
        {"general.architecture": "gemma3"},
        {"general.source.url": "https://huggingface.co/google/gemma-2-9b-it"},
        {"general.repo_url": "https://huggingface.co/google/gemma-2-9b-it"},
        {"general.tags": ["base_model:google/gemma-2-9b-it"]},
        {"general.base_model.0.repo_url": "https://huggingface.co/google/gemma-2-9b-it"},
    ],
)
def test_header_shows_a_base(tmp_path: Path, entries: dict[str, str | int | list[str]]) -> None:
    subject = model(tmp_path, {"m.gguf": written.gguf({"general.license": "mit", **entries})})
    assert subject.lineage or [doubt.kind for doubt in subject.doubts] == ["unknown-base"]


def test_names_of_an_own_model_show_none(tmp_path: Path) -> None:
    entries: dict[str, str | int | list[str]] = {
        "general.name": "Sparrow 1B",
        "general.architecture": "llama",
        "general.tags": ["llama", "mit", "text-generation"],
        "general.source.url": "https://huggingface.co/acme/sparrow",
    }
    subject = model(tmp_path, {"m.gguf": written.gguf(entries)})
    assert (subject.lineage, subject.doubts) == ((), ())


def test_header_that_contradicts_the_card_is_a_question(tmp_path: Path) -> None:
    subject = model(tmp_path, {"m.gguf": written.gguf({"general.license": "gemma"})})
    assert "prose-conflict" in {doubt.kind for doubt in subject.doubts}


def test_two_free_licenses_are_none(tmp_path: Path) -> None:
    assert model(tmp_path, {"m.gguf": written.gguf({"general.license": "apache-2.0"})}).doubts == ()


def test_sentence_in_place_of_a_license_is_none(tmp_path: Path) -> None:
    subject = model(tmp_path, {"LICENSE.txt": "A license file could not be found for the 'acme/x' repository.\n"})
    assert [d.path for d in subject.documents] == ["README.md"]


def test_code_gives_no_license_to_the_weights_that_it_loads(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"LICENSE": BAN, "load.py": 'm = AutoModel.from_pretrained("acme/owl")\n'}
    (doubt,) = model(tmp_path, files, card="# Code\n").doubts
    assert (doubt.kind, "acme/owl" in doubt.message) == ("unknown-license", True)


def test_store_of_ollama(tmp_path: Path) -> None:
    layers = {"application/vnd.ollama.image.license": BAN.encode()}
    path = written.layered(tmp_path / "models", layers, config=("application/json", b"{}"))
    for target in (tmp_path, tmp_path / "models", path):
        assert [d.path for d in load_subject(str(target)).documents] == ["heron:9b (license)"]


def test_weights_given_directly_are_no_license_text(tmp_path: Path) -> None:
    path = tmp_path / "m.pt"
    path.write_bytes(b"weights of a kind that nobody reads")
    assert load_subject(str(path)).documents == ()


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("apache-2.0,mit", ("apache-2.0", "mit")),
        ("https://creativecommons.org/licenses/by-nc/4.0/legalcode", ("cc-by-nc-4.0",)),
        ("https://spdx.org/licenses/MIT.html", ("mit",)),
        ("Attribution-NonCommercial 4.0 International (CC BY-NC 4.0)", ("CC BY-NC 4.0",)),
        ("CC0: Public Domain", ("cc0-1.0",)),
        ("No use, at all, by anyone", ("No use, at all, by anyone",)),
    ],
)
def test_value_of_a_license_key(value: str, names: tuple[str, ...]) -> None:
    assert names_in(value) == names


def test_architecture_is_of_no_account_where_the_base_is_known(tmp_path: Path) -> None:
    card = "---\nlicense: apache-2.0\nbase_model: Qwen/Qwen3-8B\n---\n# Sparrow\n"
    header = written.gguf({"general.architecture": "flux"})
    assert model(tmp_path, {"m.gguf": header}, card=card).doubts == ()


def test_readme_is_the_card_where_another_lies_beside_it(tmp_path: Path) -> None:
    subject = model(tmp_path, {"MODEL_CARD.md": "# Sparrow\n\nA small bird.\n"})
    assert subject.card is not None
    assert subject.card.licenses == ("mit",)


@pytest.mark.parametrize(
    "text",
    [
        "Das Modell darf auch kommerziell genutzt werden, die Lizenz ist MIT.",
        "Коммерческое использование разрешено лицензией MIT.",
        "本モデルは MIT ライセンスで、商用利用が可能です。",
        "Modellen har MIT-licensen och kommersiell användning är tillåten.",
    ],
)
def test_a_permission_in_another_language_asks_nothing(tmp_path: Path, text: str) -> None:
    assert model(tmp_path, {"README_xx.md": f"# Sparrow\n\n{text}\n"}).doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "Kommerzielle Nutzung ist untersagt.",
        "Коммерческое использование запрещено.",
        "商用利用は禁止です。",
        "Kommersiell användning är förbjuden.",
        "Komertziala debekatuta dago: komertzial erabilera.",
    ],
)
def test_a_ban_in_another_language_is_asked_for(tmp_path: Path, text: str) -> None:
    assert model(tmp_path, {"README_xx.md": f"# Sparrow\n\n{text}\n"}).doubts


def test_tag_that_names_models_is_no_license(tmp_path: Path) -> None:
    entries: dict[str, str | int | list[str]] = {
        "general.license": "llama3.1",
        "general.tags": ["llama-3", "cc-by-nc-4.0"],
    }
    assert model(tmp_path, {"m.gguf": written.gguf(entries)}).record_ids == ("mit", "llama-3.1", "cc-by-nc-4.0")
