"""A record shows in its ledger what each version added, dropped and changed."""

from __future__ import annotations

from licensecheck.domain.licenses import Record, Term, Version
from licensecheck.report.reference_pages import render_record


def _threshold(value: int) -> Term:
    return Term(kind="scale-threshold", attributes={"metric": "users", "value": value}, clause="2")


def _territory(*excluded: str) -> Term:
    return Term(kind="territory-restriction", attributes={"excluded": excluded})


def _shown(old: tuple[Term, ...] | None, new: tuple[Term, ...]) -> str:
    first = Record(id="heron-1", name="Heron 1", family="heron", terms=old)
    second = Record(id="heron-2", name="Heron 2", family="heron", terms=new)
    ledger = Record(id="heron", name="Heron", family="heron", versions=(Version(id="heron-1"), Version(id="heron-2")))
    return render_record(second, family=ledger, versions={"heron-1": first, "heron-2": second})


def test_a_changed_number_is_shown_old_and_new() -> None:
    assert "changed: scale-threshold users (value 100 → 300)" in _shown((_threshold(100),), (_threshold(300),))


def test_a_changed_set_shows_what_came_and_went() -> None:
    assert "territory-restriction (excluded +GB -KR)" in _shown((_territory("EU", "KR"),), (_territory("EU", "GB"),))


def test_new_and_dropped_terms_are_named() -> None:
    shown = _shown((Term(kind="noncommercial"),), (Term(kind="model-naming"),))
    assert "new: model-naming; gone: noncommercial" in shown


def test_many_prohibited_uses_are_counted() -> None:
    uses = tuple(Term(kind="prohibited-use", attributes={"category": name}) for name in ("a", "b", "c", "d", "e"))
    assert "new: 5 prohibited uses" in _shown((), uses)


def test_nothing_is_said_of_changes_against_an_unread_text() -> None:
    assert "new:" not in _shown(None, (Term(kind="noncommercial"),))


def test_terms_stand_with_their_clause() -> None:
    assert "scale-threshold          [2]        metric: users; value: 300" in _shown((), (_threshold(300),))
