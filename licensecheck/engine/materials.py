"""Whether what recipients should get is there; a file that the profile names is looked into."""

from __future__ import annotations

from licensecheck.engine.case import Case, Fact
from licensecheck.engine.credit import holds_line, undress
from licensecheck.model.subject import Document

ENOUGH = 0.9
"""The share of a license's word triples that a copy must hold to count as one."""


def material(name: str, case: Case) -> Fact:
    """The state of one material: true, false, or not known."""
    stated = getattr(case.profile.materials, name)
    if isinstance(stated, bool):
        return Fact(value=stated)
    if stated is None:
        return Fact(value=None, ask=case.asking(f"materials.{name}"))
    if isinstance(stated, tuple):
        return Fact(value=bool(stated))
    text = case.situation.materials.get(stated)
    if text is None or not text.strip():
        return Fact(value=False, reason=f"The file {stated} is not there or is empty.")
    return _looked_into(name, stated, text, case)


def _looked_into(name: str, path: str, text: str, case: Case) -> Fact:
    if name == "license_copy":
        return _license_copy(path, text, case)
    wanted = case.term.attributes.get("text") if case.term.kind == "notice-file" else None
    if name == "notice_file" and isinstance(wanted, str):
        held = holds_line(text, wanted)
        return Fact(value=held, reason=f"{path} {'holds' if held else 'does not hold'} the prescribed notice.")
    return Fact(value=True, reason=f"{path} is there.")


def _license_copy(path: str, text: str, case: Case) -> Fact:
    """Whether the file is a copy of the license text at hand; where no text is at hand, that it is there counts."""
    document = _document(case)
    if document is None:
        return Fact(value=True, reason=f"{path} is there; no text of the license is at hand to compare it with.")
    share = overlap(document.text, text)
    held = share >= ENOUGH
    is_copy = "is" if held else "is not"
    return Fact(value=held, reason=f"{path} {is_copy} a copy of the license ({share:.0%} of its text).")


def _document(case: Case) -> Document | None:
    return next((d for d in case.situation.subject.documents if d.path == case.reading.path), None)


def overlap(text: str, copy: str) -> float:
    """The share of the word triples of a text that a copy holds."""
    wanted, held = _triples(text), _triples(copy)
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _triples(text: str) -> set[tuple[str, ...]]:
    words = undress(text).split()
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}
