"""A first look at the bytes of a file, so that only those that may name a model are parsed."""

from __future__ import annotations

import re

_WORD = re.compile(
    rb"(?i)model|hugg?ing|hf[_.:-]|\bhf\b|repo|ollama|checkpoint|tokenizer|adapter|nvcr\.io|pretrained|uri|url|storage|"
    rb"\bkit\b|preset|lora|whisper|transformer"
)
_VALUE = re.compile(rb"[\w.}-][/:][\w<{$]|models--")
_QUOTED = re.compile(
    rb"""["'](?:[a-z+]+://)?[A-Za-z0-9<][\w.<>-]{0,95}(?:/[A-Za-z0-9<][\w.<>:@/-]{0,200}|:[\w.-]{1,64})["']|models--|huggingface\.co/|hf\.co/"""
    rb"""|\s--?\w*model|(?:from_pretrained|load_model|Model|Encoder|Transformer|pipeline|pull|download)\(\s*["'\w]"""
)
PYTHON_VALUE = re.compile(_QUOTED.pattern.decode())
"""The same for one line of decoded text."""
_MODELFILE = re.compile(rb"(?i)^\s*#?\s*(?:FROM|ADAPTER)\s", re.M)
_SCHEMA = re.compile(rb"^kind:\s*[\"']?CustomResourceDefinition", re.M)
"""A schema describes settings and holds none; its prose is full of samples."""
_VALUES = {"python": _QUOTED, "modelfile": _MODELFILE}


def may_name_models(data: bytes, syntax: str) -> bool:
    """False where a file in this syntax certainly names no model."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\x00" in data[:1024]:
        return False
    if syntax == "modelfile":
        return bool(_MODELFILE.search(data))
    if syntax == "yaml" and _SCHEMA.search(data):
        return False
    return bool(_WORD.search(data)) and bool(_VALUES.get(syntax, _VALUE).search(data))
