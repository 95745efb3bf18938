"""Files of many licenses: each copy is found at its place, in windows as well as by its equals."""

from __future__ import annotations

from pathlib import Path

from licensecheck.identify import passages
from licensecheck.identify.identify import identify_text
from licensecheck.text.formats import read_any_text


def license_text(shared: Path, name: str) -> str:
    """A real license text beside the checkout."""
    return read_any_text(shared / "corpus" / "licenses" / f"{name}.txt").text.strip()


def test_every_copy_of_a_license_is_found_where_it_stands(shared: Path) -> None:
    text = license_text(shared, "afl-3.0")
    found = identify_text("\n\n".join([text] * 40))
    assert [match.start for match in found.matches if match.id == "afl-3.0"] == [n * (len(text) + 2) for n in range(40)]
    assert found.exact


def test_a_changed_copy_among_others_is_told_apart(shared: Path) -> None:
    text = license_text(shared, "afl-3.0")
    changed = text.replace("royalty-free", "expensive", 1)
    found = identify_text("\n\n".join([text, text, changed, text, text]))
    assert [match.exact for match in found.matches] == [True, True, False, True, True]


def test_windows_find_what_one_look_finds(shared: Path, monkeypatch: object) -> None:
    texts = [license_text(shared, name) for name in ("afl-3.0", "apache-2.0", "agpl-3.0")]
    text = "\n\n".join([*texts, *texts])
    whole = [(match.id, match.start, match.end) for match in identify_text(text).matches]
    monkeypatch.setattr(passages, "_WINDOW", 15_000)  # type: ignore[attr-defined]
    assert [(match.id, match.start, match.end) for match in identify_text(text).matches] == whole
    assert len(whole) >= 6
