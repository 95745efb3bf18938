from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.subject import Role, Subject
from licensecheck.errors import SourceError
from licensecheck.models.files import SourceSettings, role_of
from licensecheck.models.target import load_subject

COMMIT = "a" * 40


def lay(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def roles(subject: Subject) -> dict[str, Role]:
    return {document.path: document.role for document in subject.documents}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("LICENSE", "license"),
        ("LICENCE.md", "license"),
        ("COPYING", "license"),
        ("LICENSE-2.0.txt", "license"),
        ("Foo_Research_License.pdf", "license"),
        ("LICENSE-MODEL", "license"),
        ("MODEL_LICENSE", "license"),
        ("LICENSE-CODE", "code-license"),
        ("CODE_LICENSE.txt", "code-license"),
        ("LICENSE-DATA", "data-license"),
        ("USE_POLICY.md", "policy"),
        ("ACCEPTABLE_USE_POLICY.txt", "policy"),
        ("prohibited_use.md", "policy"),
        ("NOTICE", "notice"),
        ("THIRD_PARTY_NOTICES.txt", "notice"),
        ("README.md", "card"),
        ("model_card.md", "card"),
        ("模型许可协议.pdf", "license"),
    ],
)
def test_role_of_a_file_name(name: str, role: str) -> None:
    found = role_of(name)
    assert found is not None
    assert found.role == role


@pytest.mark.parametrize("name", ["train.py", "notes.md", "vocab.txt", "license.py", "config.json", "licensed.zip"])
def test_other_files_have_no_role(name: str) -> None:
    assert role_of(name) is None


def test_documents_alone_make_a_subject(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"LICENSE": "Some terms.", "USE_POLICY.md": "Be kind."})))
    assert roles(subject) == {"LICENSE": Role.LICENSE, "USE_POLICY.md": Role.POLICY}
    assert subject.card is None


def test_plain_license_beside_that_of_the_weights_is_the_codes(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"LICENSE": "For code.", "MODEL_LICENSE": "For weights."})))
    assert roles(subject) == {"LICENSE": Role.CODE_LICENSE, "MODEL_LICENSE": Role.LICENSE}


def test_empty_files_and_licenses_of_data_are_told(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"LICENSE": b"", "LICENSE-DATA": "For data."})))
    assert subject.documents == ()
    assert any("LICENSE is empty" in note for note in subject.notes)
    assert any("LICENSE-DATA" in note for note in subject.notes)


def test_license_that_cannot_be_read_is_there_all_the_same(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"LICENSE": b"\x00\x01" * 200})))
    (document,) = subject.documents
    assert document.unread is not None
    assert document.text == ""


def test_folder_of_licenses_is_looked_into(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"LICENSES/MIT.txt": "Some terms."})))
    assert roles(subject) == {"LICENSES/MIT.txt": Role.LICENSE}


def test_license_that_lies_with_the_weights_is_the_models(tmp_path: Path) -> None:
    laid = {"LICENSE": "code", "weights/LICENSE": "weights", "weights/README.md": "notes", "weights/vocab.txt": "a"}
    subject = load_subject(str(lay(tmp_path, laid)))
    assert roles(subject) == {"LICENSE": Role.CODE_LICENSE, "weights/LICENSE": Role.LICENSE}


def test_gate_text_is_a_document(tmp_path: Path) -> None:
    card = "---\nlicense: mit\nextra_gated_prompt: You agree to this.\n---\n"
    subject = load_subject(str(lay(tmp_path / "m", {"README.md": card})))
    assert roles(subject) == {"README.md": Role.CARD, "README.md (gate text)": Role.GATE}
    assert subject.availability == "gated"


@pytest.mark.parametrize(
    "prompt",
    ["Please share your contact information.", "By agreeing you accept to share your email.", "Access is free."],
)
def test_gate_that_only_asks_who_is_there_is_no_document(tmp_path: Path, prompt: str) -> None:
    card = f"---\nlicense: mit\nextra_gated_prompt: {prompt}\n---\n"
    assert roles(load_subject(str(lay(tmp_path / "m", {"README.md": card})))) == {"README.md": Role.CARD}


def test_faulty_header_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"m.gguf": b"GGUF", "README.md": "---\nlicense: mit\n---\n"})))
    assert subject.declared == ("mit",)
    assert any("m.gguf" in note for note in subject.notes)


@pytest.mark.parametrize("written", ["{}", '"""{}"""', '"{}"'])
def test_license_of_one_line_in_a_modelfile_is_a_text(tmp_path: Path, written: str) -> None:
    line = written.format("You may run the model at home, and you may not sell it.")
    subject = load_subject(str(lay(tmp_path / "m", {"Modelfile": f"FROM foo\nLICENSE {line}\n"})))
    assert any("may not sell" in document.text for document in subject.documents)
    named = load_subject(str(lay(tmp_path / "n", {"Modelfile": "FROM foo\nLICENSE Zorp Model License 2.\n"})))
    assert (named.documents, named.declared) == ((), ("Zorp Model License 2.",))


@pytest.mark.parametrize("name", ["weights/heron.keras", "zorp/heron.gguf", "heron/m.safetensors"])
def test_a_missing_file_of_weights_is_no_model_of_a_hub(name: str) -> None:
    with pytest.raises(SourceError, match=r"there is no such file"):
        load_subject(name)


def test_license_block_of_a_modelfile_is_a_document(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"Modelfile": 'FROM foo\nLICENSE """\nOne.\nTwo.\n"""\n'})))
    assert [document.role for document in subject.documents] == [Role.LICENSE]


def test_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    assert load_subject(str(tmp_path / "m")).notes == ("The folder holds no card, license, policy or header.",)


def test_name_beside_other_is_declared(tmp_path: Path) -> None:
    card = "---\nlicense: other\nlicense_name: llama3.1\n---\n"
    subject = load_subject(str(lay(tmp_path / "m", {"README.md": card})))
    assert (subject.declared, subject.record_ids) == (("llama3.1",), ("llama-3.1",))


def test_both_licenses_of_a_contradiction_are_declared(tmp_path: Path) -> None:
    card = "---\nlicense: apache-2.0\n---\nThe model weights are licensed under CC BY-NC 4.0.\n"
    subject = load_subject(str(lay(tmp_path / "m", {"README.md": card})))
    assert subject.record_ids == ("apache-2.0", "cc-by-nc-4.0")


def test_prose_alone_declares_too(tmp_path: Path) -> None:
    subject = load_subject(str(lay(tmp_path / "m", {"README.md": "# Foo\n\n- License: Apache 2.0\n"})))
    assert subject.record_ids == ("apache-2.0",)


def test_header_against_card_is_noted(tmp_path: Path) -> None:
    files = {"README.md": "---\nlicense: mit\n---\n", "Kitfile": "model:\n  license: gemma\n"}
    subject = load_subject(str(lay(tmp_path / "m", files)))
    assert set(subject.record_ids) == {"mit", "gemma"}
    assert any("Kitfile names the license 'gemma'" in note for note in subject.notes)


@pytest.mark.parametrize("inside", ["", f"snapshots/{COMMIT}"])
def test_cache_folder_gives_the_name_and_what_is_absent(tmp_path: Path, inside: str) -> None:
    root = tmp_path / "models--org--foo"
    lay(root / "snapshots" / COMMIT, {"README.md": "---\nlicense: mit\n---\n"})
    lay(root, {"refs/main": COMMIT, f".no_exist/{COMMIT}/LICENSE": b"", f".no_exist/{COMMIT}/x.bin": b""})
    subject = load_subject(str(root / inside))
    assert subject.name == "org/foo"
    assert [note for note in subject.notes if "no LICENSE" in note]


def test_model_id_is_found_in_the_cache(tmp_path: Path) -> None:
    root = tmp_path / "models--org--foo"
    lay(root / "snapshots" / COMMIT, {"README.md": "---\nlicense: mit\n---\n"})
    subject = load_subject("org/foo", settings=SourceSettings(caches=(tmp_path,)))
    assert (subject.name, subject.declared) == ("org/foo", ("mit",))


def test_model_of_old_without_an_owner_is_found_in_the_cache(tmp_path: Path) -> None:
    root = tmp_path / "models--gpt2"
    lay(root / "snapshots" / COMMIT, {"README.md": "---\nlicense: mit\n---\n"})
    subject = load_subject("gpt2", settings=SourceSettings(caches=(tmp_path,)))
    assert subject.card is not None


@pytest.mark.parametrize("revision", ["../../x", "b" * 40, "dev"])
def test_revision_that_is_not_there_gives_no_snapshot(tmp_path: Path, revision: str) -> None:
    root = tmp_path / "models--org--foo"
    lay(root / "snapshots" / COMMIT, {"README.md": "---\nlicense: mit\n---\n"})
    subject = load_subject("org/foo", settings=SourceSettings(caches=(tmp_path,), revision=revision))
    assert subject.declared == ()


def test_license_id_is_a_subject() -> None:
    subject = load_subject("Apache-2.0")
    assert (subject.record_ids, subject.documents) == (("apache-2.0",), ())


def test_unknown_model_id_is_a_subject_that_knows_nothing() -> None:
    subject = load_subject("nobody/nothing-at-all")
    assert (subject.name, subject.declared) == ("nobody/nothing-at-all", ())


@pytest.mark.parametrize("target", ["no-such-file.md", "./none/at/all", "a\0b", "x" * 5000])
def test_what_is_nothing_at_all_is_refused(target: str) -> None:
    with pytest.raises(SourceError):
        load_subject(target)


@pytest.mark.parametrize(
    ("name", "role"), [("card.md", Role.CARD), ("terms.txt", Role.LICENSE), ("USE_POLICY.md", Role.POLICY)]
)
def test_single_file_by_its_name(tmp_path: Path, name: str, role: Role) -> None:
    subject = load_subject(str(lay(tmp_path, {name: "Some words."}) / name))
    assert [document.role for document in subject.documents] == [role]


def test_single_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        load_subject(str(lay(tmp_path, {"m.gguf": b"nothing"}) / "m.gguf"))


def test_bases_are_followed_through_folders_and_circles_end(tmp_path: Path) -> None:
    lay(tmp_path / "org" / "a", {"README.md": "---\nlicense: mit\nbase_model: org/b\n---\n"})
    lay(tmp_path / "org" / "b", {"README.md": "---\nlicense: gemma\nbase_model: [org/a, org/c]\n---\n"})
    subject = load_subject(str(tmp_path / "org" / "a"))
    assert [(base.model, base.license, base.depth, base.known) for base in subject.lineage] == [
        ("org/b", "gemma", 1, True),
        ("org/c", None, 2, False),
    ]
    assert any("circle" in note for note in subject.notes)


def test_carried_terms_are_told() -> None:
    subject = load_subject("meta-llama/Llama-3.1-8B-Instruct")
    assert subject.record_ids == ("llama-3.1",)


def test_card_without_words_is_a_card_without_metadata(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("")
    subject = load_subject(str(tmp_path))
    assert subject.card is not None
    assert [issue.kind for issue in subject.card.issues] == ["no-front-matter"]
