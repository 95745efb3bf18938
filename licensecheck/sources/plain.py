"""Markdown and HTML taken off a passage of a card."""

from __future__ import annotations

import re
from urllib.parse import unquote

_BADGE = re.compile(
    r"(?:!\[[^\]\n]*\]\(|<img\b[^>]*?src=[\"'])https?://img\.shields\.io/(?:badge/|static/v1\?)(?P<words>[^)\"'?\s>]*)(?:[\"'?\s][^)>]*)?[)>]"
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,2000}>")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+|\\(?=[\[\]_*#`])|[⚖️🔒]")


def plain_words(raw: str) -> str:
    """A passage without Markdown and HTML, white space folded."""
    if "img.shields.io" in raw:
        raw = _BADGE.sub(_badge_words, raw)
    text = _IMAGE.sub(" ", raw)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\g<text>", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(_EMPHASIS.sub("", text).split())


def _badge_words(found: re.Match[str]) -> str:
    words = unquote(found["words"]).replace("--", "\0").replace("__", "\1").replace("_", " ")
    parts = [part.replace("\0", "-").replace("\1", "_").strip() for part in words.removesuffix(".svg").split("-")]
    return f" {parts[0]}: {' '.join(parts[1:-1])} ." if len(parts) > 2 else " ".join(parts)
