"""How many model cards a second are read and checked."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import cpu_seconds


def measure_cards(shared: Path) -> dict[str, object]:
    """Cards a second of one core: read alone, and checked against an empty profile, everything loaded."""
    from licensecheck.checking import check_targets
    from licensecheck.domain.profile import Profile
    from licensecheck.models.target import load_subject

    cards = sorted(str(path) for path in (shared / "corpus" / "cards").glob("*.md"))
    profile = Profile()

    def read_all() -> None:
        for card in cards:
            load_subject(card)

    def check_all() -> None:
        for card in cards:
            check_targets((card,), profile, today="2026-01-01")

    check_all()
    read, checked = cpu_seconds(read_all, runs=2), cpu_seconds(check_all, runs=2)
    size = sum(Path(card).stat().st_size for card in cards)
    return {
        "cards": len(cards),
        "read_per_second": round(len(cards) / read),
        "checked_per_second": round(len(cards) / checked),
        "mb": round(size / 1e6, 1),
    }
