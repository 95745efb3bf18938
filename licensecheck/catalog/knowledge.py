"""Which rules, records and model entries come from where, for reports."""

from __future__ import annotations

from licensecheck.catalog.catalog import Overlay, current, load_catalog, per_catalog
from licensecheck.catalog.model_entries import overlay_models
from licensecheck.catalog.overlays import overlay_files, overlay_records
from licensecheck.domain.findings import KnowledgeSource


@per_catalog
def knowledge_sources() -> tuple[KnowledgeSource, ...]:
    """What each overlay of the catalog in use adds and retires; read once."""
    return tuple(_source(overlay) for overlay in current().overlays)


def _source(overlay: Overlay) -> KnowledgeSource:
    with load_catalog([overlay]).active():
        rules = [overlay_files("rules", f"{folder}/**/*.yaml") for folder in ("detect", "check")]
        records = overlay_records()
        models = overlay_models()
    return KnowledgeSource(
        source=overlay.source or str(overlay.rules or overlay.licenses or overlay.models),
        rules=tuple(str(data["id"]) for files in rules for data in files.data.values()),
        licenses=tuple(str(record["id"]) for record in records.ordered),
        models=sum(len(index["entries"]) for index in models),
        retired=tuple(sorted({name for files in rules for name in files.retired} | set(records.retired))),
    )
