"""From a reference to what is known of the model that it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from licensecheck.load.records import find_record
from licensecheck.model.reference import Reference
from licensecheck.model.subject import Subject
from licensecheck.review.weights import SYNTAX
from licensecheck.sources.known import known_model
from licensecheck.sources.pile import Pile, read_header
from licensecheck.sources.settings import SourceSettings


def subject_of(reference: Reference, names: Mapping[str, str], root: Path) -> Subject:
    """What the catalog, and the header of weights, know of a model; `names` says what names of this repository mean."""
    asked = names.get(reference.model) or names.get(reference.name or "") or reference.name or reference.model
    entry = known_model(asked)
    record = find_record(asked) if entry is None and "/" not in asked and asked in names.values() else None
    if record is not None:
        return Subject(target=reference.model, name=reference.model, declared=(asked,), record_ids=(record.id,))
    name = entry.model if entry is not None and entry.certain else asked
    pile = Pile(name=name, folder=None, settings=SourceSettings())
    if reference.syntax == SYNTAX:
        read_header(pile, root / reference.path, reference.path)
    pile.add_catalog(entry)
    return pile.subject(asked)
