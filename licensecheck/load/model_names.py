"""The name of a model as people write it, taken apart: where it comes from, whose it is, and what was done to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HUB = re.compile(
    r"^(?:(?:hf|huggingface|modelscope)://"
    r"|(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn)/)(?:models/)?",
    re.IGNORECASE,
)
_REGISTRY = re.compile(r"^(?:ollama://)?(?:library/)?", re.IGNORECASE)
_CACHE = re.compile(r"(?:^|/)models--([^/]+?)--([^/]+)(?:/|$)")
_JOINED = re.compile(r"^([^/]+?)--([^/]+)$")
_REVISION = re.compile(r"(?<=.)@(?:[\w./-]+)$")
_CONVERSION = re.compile(
    r"[-_.](?:i1-)?(?:gguf|ggml|awq|gptq|exl[23]|mlx|onnx|openvino|hqq|aqlm|imatrix|bnb|nf4|fp4|nvfp4|mxfp4|fp8|bf16|fp16|f16|int[48]"
    r"|[2-8]-?bits?|[2-8]\.?\d*bpw|w\d+a\d+|quantized|dynamic|kv|iq?[1-8]_\w+|q[1-8](?:_\w+)?|q[48]f16|g\d+|gs?\d+|marlin|sharded|unsloth"
    r"|qat|int4|int8|uint4|sym|inc|autoround|text-only|mirror|no-?gate|ungated)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelName:
    """A model name in lower case: `owner` and `base` of a hub id, `tag` of a local name (`llama3.2:1b`).

    `text` is the name as it was written, without the address around it.
    """

    owner: str | None
    base: str
    tag: str | None = None
    text: str = ""

    @property
    def key(self) -> str:
        """The name as it stands in the index."""
        text = f"{self.owner}/{self.base}" if self.owner else self.base
        return f"{text}:{self.tag}" if self.tag else text


def parse_model_name(text: str) -> ModelName:
    """The parts of a model name, hub address, cache folder or local name."""
    name = _REVISION.sub("", _repository(text.strip()))
    path, _, tag = name.lower().partition(":")
    owner, _, base = path.rpartition("/")
    return ModelName(owner=owner or None, base=base, tag=tag or None, text=name)


def _repository(text: str) -> str:
    """The name without the address or path around it; of a hub address the owner and the name that follow it."""
    cached = _CACHE.search(text) or _JOINED.search(text)
    if cached and cached[1] != "models":
        return f"{cached[1]}/{cached[2]}"
    on_hub = _HUB.match(text)
    if on_hub:
        return "/".join(text[on_hub.end() :].strip("/").split("/")[:2])
    return _REGISTRY.sub("", text).strip("/")


def without_conversion(base: str) -> str:
    """The name without what quantizers and converters append: `-GGUF`, `-AWQ`, `-bnb-4bit`, `.Q4_K_M.gguf`."""
    before = ""
    while base != before:
        before, base = base, _CONVERSION.sub("", base)
    return base
