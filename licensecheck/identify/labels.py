"""What a known text is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Label:
    """What a known text is called: the record's id, and its name at SPDX, Hugging Face and ScanCode ("" for none)."""

    id: str
    name: str
    version: str = ""
    spdx: str = ""
    hf: str = ""
    scancode: str = ""

    @property
    def ids(self) -> dict[str, str]:
        """Its identifiers by scheme, those that it has."""
        named = {"spdx": self.spdx, "hf": self.hf, "scancode": self.scancode}
        return {scheme: name for scheme, name in named.items() if name}
