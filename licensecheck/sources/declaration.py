"""What one file beside a card declares, in one shape for headers, configurations and packaging recipes."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG = 400
"""From this many characters on a license entry is a license text, not a name."""
_MODEL_URL = re.compile(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+?)(?:/|$|:)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The declarations of one file: license names, license texts, a link, base models, and the relation to them.

    `weak` marks base models that the file names in passing only (the path a configuration was loaded from).
    """

    path: str
    licenses: tuple[str, ...] = ()
    license_texts: tuple[str, ...] = ()
    license_link: str | None = None
    base_models: tuple[str, ...] = ()
    relation: str | None = None
    name: str | None = None
    weak: bool = False


def model_id(url: str) -> str | None:
    """The model id in an address of the hub, or None."""
    found = _MODEL_URL.match(url.strip())
    return found[1] if found and not found[1].startswith(("datasets/", "spaces/", "docs/", "blog/")) else None
