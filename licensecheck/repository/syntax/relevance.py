"""A first look at the bytes of a file, so that only those that may name a model are parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_PARTS = re.compile(r"[a-z0-9]+")
_PLAIN = (
    re.compile(rb"[\w.}-][/:][\w<{$]"),
    re.compile(rb"models--"),
    re.compile(rb"ollama "),
    re.compile(rb"model\w{0,12} ?[=:]"),
)
_QUOTED = (
    r""":(?:latest|[\w.-]{0,20}\d[bm])[\w.-]{0,30}["']""",
    r""" --?\w{0,20}model""",
    r"""\n--?\w{0,20}model""",
    r"""model(?!_(?:type|config|revision|kwargs|class)\b)\w{0,20}(?:(?:: *str)? ?= ?|["'] ?[,:] ?)["'][a-z]""",
    r"""models--""",
    r"""ollama""",
    r"""huggingface\.co/(?!docs|datasets|papers|blog|spaces)""",
    r"""hf\.co/(?!docs|datasets|papers|blog|spaces)""",
    r"""from_pretrained\(\s*["']""",
    r"""model\(\s*["']""",
    r"""encoder\(\s*["']""",
    r"""transformer\(\s*["']""",
    r"""pipeline\(\s*["']""",
    r"""pull\(\s*["']""",
    r"""download\(\s*["']""",
    r"""alias ?= ?["']\w{0,30}model""",
    r"""env ?= ?["']\w{0,30}model""",
)
"""What a Python file must have one of, in lower case: a pattern each, since searches that begin plainly are fast."""
_SEGMENT = r"(?:[a-z0-9][\w.-]{0,95}|<[\w -]+>)"
_QUOTED_PATH = (
    rf"""(?<![\w\])]\[)["']((?:[a-z][a-z0-9+]*://)?{_SEGMENT}/(?:[a-z0-9]|<\w)[\w.<>:@/-]{{0,200}})["'](?!\s*:)"""
)
"""The other thing that it may have, if that can be a model: no key, as in `logs["train/loss"]` or `{"a/b": 1}`."""
PYTHON_VALUES = tuple(re.compile(each) for each in (*_QUOTED, _QUOTED_PATH))
_PATH = re.compile(_QUOTED_PATH.encode())
_PYTHON = tuple(re.compile(each.encode()) for each in _QUOTED)
_MODELFILE = re.compile(rb"(?i)^[ \t]*#?[ \t]*(?:FROM|ADAPTER)\s", re.M)


def may_name_models(data: bytes, syntax: str, marks: Iterable[bytes], may_be_model: Callable[[str], bool]) -> bool:
    """False where a file in this syntax certainly names no model; `marks`: what detectors look for, in lower case."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\x00" in data[:1024]:
        return False
    if syntax == "modelfile":
        return bool(_MODELFILE.search(data))
    lower = data.lower()
    return _has_value(lower, syntax, may_be_model) and any(mark in lower for mark in marks)


def _has_value(lower: bytes, syntax: str, may_be_model: Callable[[str], bool]) -> bool:
    if syntax != "python":
        return any(each.search(lower) for each in _PLAIN)
    if any(each.search(lower) for each in _PYTHON):
        return True
    return any(may_be_model(found.decode("ascii")) for found in set(_PATH.findall(lower)))


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
