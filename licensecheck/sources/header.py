"""Which files beside a card declare licenses and base models, and what the headers of weights say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from licensecheck.sources.declaration import LONG, Header, model_id
from licensecheck.sources.gguf import GgufValue, read_gguf
from licensecheck.sources.recipes import read_adapter_config, read_config, read_kitfile, read_mlmodel, read_modelfile
from licensecheck.sources.safetensors import read_safetensors


def header_reader(name: str) -> Callable[[Path, str], Header] | None:
    """The function that reads the declarations of a file of this name, or None for a file that makes none."""
    low = name.lower()
    if low.endswith(".gguf"):
        return _read_gguf
    if low.endswith(".safetensors"):
        return _read_safetensors
    if low in ("modelfile", "ollama.modelfile") or low.endswith(".modelfile") or low.startswith("modelfile."):
        return read_modelfile
    if low in ("kitfile", "mlmodel"):
        return read_kitfile if low == "kitfile" else read_mlmodel
    if low == "adapter_config.json":
        return read_adapter_config
    return read_config if low in ("config.json", "tokenizer_config.json") else None


def _read_gguf(path: Path, shown: str) -> Header:
    found = read_gguf(path)
    named = [_string(found, "general.license"), _string(found, "general.license.name")]
    return Header(
        path=shown,
        licenses=tuple(dict.fromkeys(name for name in named if name and len(name) < LONG)),
        license_texts=tuple(name for name in named if name and len(name) >= LONG),
        license_link=_string(found, "general.license.link"),
        base_models=_gguf_bases(found),
        relation="quantized",
        name=_string(found, "general.name"),
    )


def _gguf_bases(found: Mapping[str, GgufValue]) -> tuple[str, ...]:
    count = found.get("general.base_model.count")
    bases = []
    for index in range(min(count, 100) if isinstance(count, int) else 0):
        stem = f"general.base_model.{index}."
        url = _string(found, stem + "repo_url") or _string(found, stem + "url")
        organization, name = _string(found, stem + "organization"), _string(found, stem + "name")
        named = f"{organization}/{name}".replace(" ", "-") if organization and name else name
        base = (model_id(url) if url else None) or named
        if base:
            bases.append(base)
    return tuple(dict.fromkeys(bases))


def _string(found: Mapping[str, GgufValue], key: str) -> str | None:
    value = found.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _read_safetensors(path: Path, shown: str) -> Header:
    found = {key.lower(): value.strip() for key, value in read_safetensors(path).items()}
    named = [found[key] for key in ("license", "license_name", "modelspec.license") if found.get(key)]
    base = found.get("base_model") or found.get("ss_sd_model_name")
    return Header(
        path=shown,
        licenses=tuple(name for name in dict.fromkeys(named) if len(name) < LONG),
        license_texts=tuple(name for name in dict.fromkeys(named) if len(name) >= LONG),
        base_models=(base,) if base else (),
        name=found.get("modelspec.title"),
        weak=True,
    )
