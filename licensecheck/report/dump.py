"""JSON that reads back as it was and harms no terminal on the way."""

from __future__ import annotations

import json
import re
from typing import Any

from licensecheck.text.screen import UNSAFE


def dump_json(data: Any, *, indent: int | None = None) -> str:
    """The data as JSON in which control characters, overrides of direction and lone surrogates stand as escapes."""
    return UNSAFE.sub(_escape, json.dumps(data, ensure_ascii=False, indent=indent))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
