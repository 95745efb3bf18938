"""Which files beside a card declare licenses and base models, and what the headers of weights say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.yaml_files import parse_yaml
from licensecheck.errors import LicenseCheckError, Place, SourceError
from licensecheck.models.weights import LONG, GgufValue, Header, model_id, read_gguf, read_safetensors
from licensecheck.text.io import decode, read_bytes

# The declarations of packaging recipes and configurations: Modelfile, Kitfile, MLmodel, settings of libraries.


_INSTRUCTION = re.compile(
    r'^[ \t]*(FROM|LICENSE|ADAPTER)[ \t]+(?:"""([\S\s]*?)"""|"((?:[^"\n])*)"|([^\r\n]*))', re.M | re.I
)


def read_modelfile(path: Path, shown: str) -> Header:
    """The base, the adapter and the license blocks of an Ollama Modelfile."""
    text = decode(read_bytes(path), path=shown).text
    bases, licenses, adapter = [], [], False
    for found in _INSTRUCTION.finditer(text):
        word, value = found[1].upper(), next((part for part in found.groups()[1:] if part is not None), "").strip()
        if word == "LICENSE" and value:
            licenses.append(value)
        elif word == "FROM" and value:
            bases.append(value)
        adapter = adapter or word == "ADAPTER"
    return Header(
        path=shown,
        licenses=tuple(name for name in licenses if len(name) < LONG and "\n" not in name),
        license_texts=tuple(text for text in licenses if len(text) >= LONG or "\n" in text),
        base_models=tuple(model_id(base) or base for base in bases if not _is_path(base)),
        relation="adapter" if adapter else None,
    )


def read_kitfile(path: Path, shown: str) -> Header:
    """The license and the base of the model that a Kitfile packs."""
    model = _mapping(_yaml(path, shown).get("model"))
    license_name, base = model.get("license"), model.get("path")
    parts = [part.get("license") for part in model.get("parts") or () if isinstance(part, dict)]
    return Header(
        path=shown,
        licenses=tuple(dict.fromkeys(name for name in (license_name, *parts) if isinstance(name, str) and name)),
        base_models=(base,) if isinstance(base, str) and not _is_path(base) else (),
        name=model.get("name") if isinstance(model.get("name"), str) else None,
    )


def read_mlmodel(path: Path, shown: str) -> Header:
    """The source model of an MLflow model."""
    flavor = _mapping(_mapping(_yaml(path, shown).get("flavors")).get("transformers"))
    base = flavor.get("source_model_name")
    relation = "adapter" if flavor.get("peft_adaptor") else None
    return Header(path=shown, base_models=(base,) if isinstance(base, str) else (), relation=relation)


def read_adapter_config(path: Path, shown: str) -> Header:
    """The base model of an adapter."""
    base = _json(path, shown).get("base_model_name_or_path")
    return Header(path=shown, base_models=_named(base), relation="adapter")


def read_config(path: Path, shown: str) -> Header:
    """What a configuration says of where it came from: a weak sign of a base model."""
    found = _json(path, shown)
    base, license_name = found.get("_name_or_path") or found.get("name_or_path"), found.get("license")
    return Header(
        path=shown,
        licenses=(license_name,) if isinstance(license_name, str) and license_name.strip() else (),
        base_models=tuple(name for name in _named(base) if name.count("/") == 1),
        weak=True,
    )


def _named(base: Any) -> tuple[str, ...]:
    return (base.strip(),) if isinstance(base, str) and base.strip() and not _is_path(base) else ()


def _is_path(value: str) -> bool:
    return (
        value.startswith((".", "/", "~", "\\"))
        or bool(re.match(r"^[A-Za-z]:[\\/]", value))
        or value.endswith((".gguf", ".bin", ".safetensors", ".pt"))
    )


def _yaml(path: Path, shown: str) -> dict[str, Any]:
    text = decode(read_bytes(path), path=shown).text
    return _mapping(parse_yaml(text, path=shown, error=SourceError))


def _json(path: Path, shown: str) -> dict[str, Any]:
    text = decode(read_bytes(path), path=shown).text
    try:
        return _mapping(json.loads(text))
    except (ValueError, RecursionError):
        fault: LicenseCheckError = SourceError("is no JSON", Place(path=shown))
        raise fault from None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


# Which files beside a card declare licenses and base models, and what the headers of weights say.


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
