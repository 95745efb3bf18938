"""A first look at the bytes of a file, so that only those that may name a model are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"[a-z0-9]+")
_PLAIN = (
    re.compile(rb"[\w.}-][/:][\w<{$]"),
    re.compile(rb"models--"),
    re.compile(rb"ollama "),
    re.compile(rb"MODEL\w{0,12} ?[=:]"),
)
_PYTHON = (
    r"""["'](?:[a-z+]+://)?[A-Za-z0-9<][\w.<>-]{0,95}/[A-Za-z0-9<][\w.<>:@/-]{0,200}["']""",
    r""":(?:latest|[\w.-]{0,20}\d[bBmM])[\w.-]{0,30}["']""",
    r"""models--|huggingface\.co/|hf\.co/|ollama|\s--?\w{0,20}model""",
    r"""(?:from_pretrained|load_model|Model|Encoder|Transformer|pipeline|pull|download)\(\s*["']""",
    r"""(?i:model)\w{0,20}(?:: *str)? ?= ?["'][A-Za-z]""",
    r"""(?i:model)\w{0,20}["'], ?["'][A-Za-z]""",
    r"""(?:alias|env) ?= ?["']\w{0,30}(?i:model)""",
)
"""What a Python file must have one of: apart from one another, since the fastest searches begin with one character."""
PYTHON_VALUES = tuple(re.compile(each) for each in _PYTHON)
_QUOTED = tuple(re.compile(each.encode()) for each in _PYTHON)
_MODELFILE = re.compile(rb"(?i)^\s*#?\s*(?:FROM|ADAPTER)\s", re.M)


def may_name_models(data: bytes, syntax: str, marks: Iterable[bytes]) -> bool:
    """False where a file in this syntax certainly names no model; `marks`: what detectors look for, in lower case."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\x00" in data[:1024]:
        return False
    if syntax == "modelfile":
        return bool(_MODELFILE.search(data))
    if not any(each.search(data) for each in (_QUOTED if syntax == "python" else _PLAIN)):
        return False
    lower = data.lower()
    return any(mark in lower for mark in marks)


def marks_of(names: Iterable[str]) -> tuple[bytes, ...]:
    """What a file must have one of: the longest word of each detector's names, those inside others once."""
    words = {_mark(name.lower()) for name in names}
    kept: list[str] = ["model"]
    for word in sorted(words, key=_shortest_first):
        if len(word) > 1 and not any(each in word for each in kept):
            kept.append(word)
    return tuple(word.encode() for word in kept)


def _mark(name: str) -> str:
    """An address or file as it is; of other names the longest word."""
    return name if "/" in name else max(_PARTS.findall(name.rsplit(".", 1)[-1]), key=len, default="")


def _shortest_first(word: str) -> tuple[int, str]:
    return len(word), word
