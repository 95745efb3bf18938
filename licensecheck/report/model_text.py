"""What the catalog knows of a model, for the terminal."""

from __future__ import annotations

from licensecheck.model.record import ModelEntry


def render_model(entry: ModelEntry | None, *, asked: str, names: dict[str, str]) -> str:
    """What the catalog knows of one model name; `names` gives the names of the licenses."""
    if entry is None:
        return f"{asked}: not in the catalog; its license is not known\n"
    lines = [f"{asked}: {entry.model}" if entry.model != asked else asked]
    lines += [f"  {label:<12} {value}" for label, value in _model_facts(entry, names) if value]
    return "\n".join(lines) + "\n"


def _model_facts(entry: ModelEntry, names: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("resolved", f"{entry.resolved.value}, {'certain' if entry.certain else 'not certain'}"),
        ("license", _licenses(entry, names)),
        ("made from", ", ".join(entry.bases) or (f"a model under {entry.made_from}" if entry.made_from else "")),
        ("relation", entry.relation or ""),
        ("modalities", ", ".join(entry.modalities or ())),
        ("available", entry.availability.value if entry.availability else ""),
        ("got by", "; ".join(f"{way.name} (binds: {' and '.join(way.binds)})" for way in entry.channels)),
        ("since", entry.since or ""),
        ("note", entry.note or ""),
    ]


def _licenses(entry: ModelEntry, names: dict[str, str]) -> str:
    if entry.nothing_to_license:
        return "none: there is nothing to license"
    if not entry.licenses:
        return "not known"
    shown = " and ".join(f"{id_} ({names[id_]})" for id_ in entry.licenses)
    return f"{shown}; which version is not said" if entry.license_is_family else shown
