from __future__ import annotations

from pathlib import Path

from licensecheck.models.target import load_subject


def lay(folder: Path, files: dict[str, str]) -> str:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return str(folder)


def test_license_file_against_card(corpus: Path, tmp_path: Path) -> None:
    text = (corpus / "corpus" / "models" / "Llama-3.2-3B" / "LICENSE").read_text(encoding="utf-8")
    folder = lay(tmp_path / "m", {"LICENSE": text, "README.md": "---\nlicense: apache-2.0\n---\n"})
    notes = [note for note in load_subject(folder).notes if "the card declares apache-2.0" in note]
    assert len(notes) == 1
    assert notes[0].startswith("LICENSE holds llama-3.2")


def test_license_file_that_agrees_is_no_contradiction(corpus: Path, tmp_path: Path) -> None:
    text = (corpus / "corpus" / "models" / "Llama-3.2-3B" / "LICENSE").read_text(encoding="utf-8")
    folder = lay(tmp_path / "m", {"LICENSE": text, "README.md": "---\nlicense: llama3.2\n---\n"})
    assert load_subject(folder).notes == ()


def test_code_against_weights(corpus: Path) -> None:
    notes = load_subject(str(corpus / "corpus" / "models" / "DeepSeek-V3")).notes
    assert any(note.startswith("Code and weights stand under different licenses") for note in notes)


def test_text_that_no_license_explains_contradicts_nothing(tmp_path: Path) -> None:
    folder = lay(tmp_path / "m", {"LICENSE": "Ask us.", "README.md": "---\nlicense: apache-2.0\n---\n"})
    assert load_subject(folder).notes == ()
