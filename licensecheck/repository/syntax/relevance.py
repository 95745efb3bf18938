"""A first look at the bytes of a file, so that only those that may name a model are parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ahocorasick_rs import BytesAhoCorasick

from licensecheck.lazy import re
from licensecheck.repository.syntax.slot import CODE

_PARTS = re.compile(r"[a-z0-9]+")
_PLAIN = (
    re.compile(rb"[\w.}-][/:][\w<{$]"),
    re.compile(rb"models--"),
    re.compile(rb"ollama "),
    re.compile(rb"model\w{0,12}[\"']?[ \t]*[=:]"),
)
_SEGMENT_OF = rb"[a-z0-9][\w.-]{0,95}"
_QUOTED_CODE = re.compile(rb"[\"'`](?:[a-z]+://?)?(" + _SEGMENT_OF + rb"/" + _SEGMENT_OF + rb")[^\s\"'`]*[\"'`]")
_TELLING_CODE = re.compile(
    rb"huggingface\.co/|hf\.co/|https?://[^\s\"'`]+\.(?:gguf|safetensors|onnx|pth?|ckpt|tflite|bin|llamafile)|ollama|whisper"
)

_IN_XML = re.compile(rb"model|llm|hugging|hf\.co|embed|tokenizer|checkpoint|lora")
"""What an XML file has, beside its addresses, that names a model."""

_QUOTED = (
    (":", r""":(?:latest|[\w.-]{0,20}\d[bm])[\w.-]{0,30}["']"""),
    ("model", r""" --?\w{0,20}model"""),
    ("model", r"""\n--?\w{0,20}model"""),
    (
        "model",
        (
            r"""model(?!_(?:type|config|revision|kwargs|class)\b)\w{0,20}"""
            r"""(?:(?:: *str)? ?= ?|["'] ?[,:] ?[\[(]?)["'][a-z]"""
        ),
    ),
    *(
        (word, rf"""{word}[\w-]{{0,24}}["'] ?,[^\n"']{{0,40}}default ?= ?["'][a-z]""")
        for word in ("model", "tokenizer")
    ),
    ("tokenizer", r"""tokenizer\w{0,20}(?:(?:: *str)? ?= ?|["'] ?[,:] ?[\[(]?)["'][a-z]"""),
    ("default", r"""\n\s*default ?= ?["'][a-z][a-z0-9]*-[\w.-]+["']"""),
    ("models--", r"""models--"""),
    ("ollama", r"""ollama"""),
    ("huggingface.co/", r"""huggingface\.co/(?!docs|datasets|papers|blog|spaces)"""),
    ("hf.co/", r"""hf\.co/(?!docs|datasets|papers|blog|spaces)"""),
    ("from_pretrained(", r"""from_pretrained\(\s*["']"""),
    ("model(", r"""model\(\s*["']"""),
    ("encoder(", r"""encoder\(\s*["']"""),
    ("transformer(", r"""transformer\(\s*["']"""),
    ("pipeline(", r"""pipeline\(\s*["']"""),
    ("pull(", r"""pull\(\s*["']"""),
    ("download(", r"""download\(\s*["']"""),
    ("alias", r"""alias ?= ?["']\w{0,30}model"""),
    ("env", r"""env ?= ?["']\w{0,30}model"""),
    ("/", r"""["'](?:hf://)?[a-z0-9][\w.-]{0,95}/(?:[\w.-]{0,95}[{%]|["'])"""),
    ("}/", r"""["']\{\w*\}/[a-z0-9]"""),
    ("%s/", r"""["']%s/[a-z0-9]"""),
    ("/", r"""\+ ?["']/[\w.-]+["']"""),
    ("whisper", r"""whisper\b"""),
    ("pipelines", r"""pipelines\b"""),
    (
        "://",
        r"""https?://[^\s"']{3,200}\.(?:safetensors|gguf|sft|ckpt|pth?|onnx|tar|tgz|zip|gz|bin|tflite|h5|nemo|pb)["'?]""",
    ),
    *(
        (f"_{each}_", rf"""["'][a-z][a-z0-9]+_{each}_\w{{0,60}}["']""")
        for each in ("asr", "base", "large", "separation")
    ),
    *((f"{each}:", rf"""["'](?:hf[_-])?{each}:[a-z0-9]""") for each in ("hf", "huggingface", "hub")),
)
"""What a Python file must have one of, in lower case, each with a part of it that is looked for first."""
_SEGMENT = r"(?:[a-z0-9][\w.-]{0,95}|<[\w -]+>)"
_QUOTED_PATH = (
    rf"""["'](?<![\w\])]\[["'])((?:[a-z][a-z0-9+]*://)?{_SEGMENT}/(?:[a-z0-9]|<\w)[\w.<>:@/-]{{0,200}})["'](?!\s*:)"""
)
"""The other thing that it may have, if that can be a model: no key, as in `logs["train/loss"]` or `{"a/b": 1}`."""
PYTHON_VALUES = tuple((needle, re.compile(each)) for needle, each in (*_QUOTED, ("/", _QUOTED_PATH)))
_PATH = re.compile(_QUOTED_PATH.encode())
_PYTHON = tuple((needle.encode(), re.compile(each.encode())) for needle, each in _QUOTED)
_MODELFILE = re.compile(rb"(?i)^[ \t]*#?[ \t]*(?:FROM|ADAPTER)\s", re.M)


_NAMED = re.compile(rb"\s*(?:\w+\s*=\s*)?[a-z_]")
"""A first argument that is a name, by position or by keyword."""


class Words:
    """Groups of words, in lower case, that are all looked for in one walk along the bytes of a file."""

    __slots__ = ("_automaton", "_groups")

    def __init__(self, groups: Mapping[str, Iterable[bytes]]) -> None:
        listed = [(word, name) for name, words in groups.items() for word in words]
        self._groups = tuple(name for _, name in listed)
        self._automaton = BytesAhoCorasick([word for word, _ in listed])

    def found_in(self, lower: bytes) -> dict[str, list[int]]:
        """For each group of which a word stands in the bytes, where such words end."""
        found: dict[str, list[int]] = {}
        for which, _, end in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            found.setdefault(self._groups[which], []).append(end)
        return found


def loader_words(names: Iterable[str]) -> tuple[bytes, ...]:
    """How the calls begin, in lower case, that load what a name stands for: `from_pretrained(chosen)`."""
    return tuple(sorted({f"{name.rsplit('.', 1)[-1].lower()}(".encode() for name in names if "*" not in name}))


def may_name_models(
    lower: bytes,
    syntax: str,
    marks: Iterable[bytes],
    may_be_model: Callable[[str], bool],
    loaders: Iterable[int] = (),
) -> bool:
    """False where a file in this syntax certainly names no model; `lower` are its bytes in lower case.

    `marks`: what detectors look for. `loaders`: where calls of Python begin that load what a name may stand for, which
    another module may hold.
    """
    if lower[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\x00" in lower[:1024]:
        return False
    if syntax == "modelfile":
        return bool(_MODELFILE.search(lower))
    if syntax == "python" and b"import" in lower and any(_NAMED.match(lower, end) for end in loaders):
        return True
    return _has_value(lower, syntax, may_be_model) and any(mark in lower for mark in marks)


def _has_value(lower: bytes, syntax: str, may_be_model: Callable[[str], bool]) -> bool:
    if syntax in CODE:
        return _TELLING_CODE.search(lower) is not None or any(
            may_be_model(found.decode("ascii", "replace")) for found in set(_QUOTED_CODE.findall(lower))
        )
    if syntax == "xml" and not _IN_XML.search(lower):
        return False
    if syntax != "python":
        return any(each.search(lower) for each in _PLAIN)
    if b'"' not in lower and b"'" not in lower:
        return False
    if any(needle in lower and each.search(lower) for needle, each in _PYTHON):
        return True
    return b"/" in lower and any(may_be_model(found.decode("ascii")) for found in set(_PATH.findall(lower)))


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
