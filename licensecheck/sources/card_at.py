"""The cards of base models that lie at hand: in a folder beside the target, or in a cache of the hub."""

from __future__ import annotations

from pathlib import Path

from licensecheck.errors import LicenseCheckError, SourceError
from licensecheck.sources.cache import find_snapshot
from licensecheck.sources.card import read_card
from licensecheck.sources.frontmatter import split_front_matter
from licensecheck.sources.known import known_model
from licensecheck.sources.lineage import Declared
from licensecheck.sources.model_name import is_repository_id, looks_like_model_id
from licensecheck.sources.settings import HubSettings, SourceSettings
from licensecheck.text.decode import read_text


class CardFinder:
    """Finds the card of a base model near the folder of the target and in the caches."""

    def __init__(self, folder: Path | None, settings: SourceSettings) -> None:
        self._folder = folder.absolute() if folder is not None else None
        self._settings = settings
        self.notes: list[str] = []

    def find(self, model: str) -> Declared | None:
        """What the card of a model declares, or None where none is at hand."""
        if not looks_like_model_id(model) and not (is_repository_id(model) and known_model(model)):
            return None
        for path in self._places(model):
            found = _declared(path, model)
            if found is not None:
                return found
        return None

    def _places(self, model: str) -> list[Path]:
        owner, _, name = model.rpartition("/")
        folders = []
        if self._folder is not None:
            above = self._folder.parent
            folders = [above.parent / owner / name, above / name]
            folders = [folder for folder in folders if folder != self._folder]
        for cache in self._settings.caches:
            snapshot = find_snapshot(model, cache)
            if snapshot is not None:
                folders.append(snapshot.folder)
        if self._settings.hub is not None and not any((folder / "README.md").is_file() for folder in folders):
            fetched = self._fetched(model, self._settings.hub)
            folders += [fetched] if fetched is not None else []
        return [folder / "README.md" for folder in folders]

    def _fetched(self, model: str, hub: HubSettings) -> Path | None:
        """The folder of a base model fetched from the hub; one that cannot be had stays unknown, with a note."""
        from licensecheck.sources.hub import fetch_model

        try:
            return fetch_model(model, hub)
        except SourceError as error:
            self.notes.append(f"The base model {model} could not be fetched: {error.message}.")
            return None


def _declared(path: Path, model: str) -> Declared | None:
    try:
        if not path.is_file():
            return None
        text = read_text(path).text
    except (LicenseCheckError, OSError):
        return None
    from licensecheck.sources.examined import declared_names

    card = read_card(split_front_matter(text), path=str(path), name=model)
    return Declared(licenses=declared_names(card), base_models=card.base_models, relation=card.relation, path=str(path))
