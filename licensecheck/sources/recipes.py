"""The declarations of packaging recipes and configurations: Modelfile, Kitfile, MLmodel, settings of libraries."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from licensecheck.errors import LicenseCheckError, SourceError
from licensecheck.load.yamlfile import parse_yaml
from licensecheck.place import Place
from licensecheck.sources.declaration import LONG, Header, model_id
from licensecheck.text.decode import decode
from licensecheck.text.regular import read_bytes

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
