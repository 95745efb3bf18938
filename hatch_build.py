"""Build hook: the files that are opened fast (rules, records, model catalog) are made from YAML at build time.

The built files are not kept in git. An editable install writes them beside their sources, a wheel carries them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Writes the JSON files of `rules/` and `licenses/` before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the data for a wheel or an editable install; an sdist carries the YAML files alone."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from licensecheck.catalog.build import write_catalog
            from licensecheck.catalog.built_data import write_built
            from licensecheck.catalog.digests import write_digests
            from licensecheck.models.cues import write_cues
            from licensecheck.reading.compiled import write_compiled
        finally:
            sys.path.remove(str(root))
        write_catalog(root / "licenses")
        write_built()
        write_compiled()
        write_cues()
        write_digests()
