from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from licensecheck.errors import SourceError
from licensecheck.models.sidecars import header_reader
from licensecheck.models.weights import Header, model_id, read_gguf, read_safetensors


def text(value: str, order: str = "<") -> bytes:
    data = value.encode()
    return struct.pack(order + "Q", len(data)) + data


def entry(key: str, value: str | int | list[str], order: str = "<") -> bytes:
    if isinstance(value, str):
        return text(key, order) + struct.pack(order + "I", 8) + text(value, order)
    if isinstance(value, int):
        return text(key, order) + struct.pack(order + "II", 4, value)
    items = b"".join(text(item, order) for item in value)
    return text(key, order) + struct.pack(order + "IIQ", 9, 8, len(value)) + items


def gguf(entries: dict[str, str | int | list[str]], *, order: str = "<", tail: bytes = b"weights") -> bytes:
    head = b"GGUF" + struct.pack(order + "IQQ", 3, 0, len(entries))
    return head + b"".join(entry(key, value, order) for key, value in entries.items()) + tail


def read(name: str, path: Path) -> Header:
    reader = header_reader(name)
    assert reader is not None
    return reader(path, name)


ENTRIES: dict[str, str | int | list[str]] = {
    "general.license": "apache-2.0",
    "tokenizer.ggml.tokens": ["a", "b", "c"],
    "general.base_model.count": 2,
    "general.base_model.0.repo_url": "https://huggingface.co/org/base",
    "general.base_model.1.organization": "Some Org",
    "general.base_model.1.name": "Other 7B",
}


@pytest.mark.parametrize("order", ["<", ">"])
def test_gguf_in_either_byte_order(tmp_path: Path, order: str) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(gguf(ENTRIES, order=order))
    header = read("m.gguf", path)
    assert header.licenses == ("apache-2.0",)
    assert header.base_models == ("org/base", "Some-Org/Other-7B")


def test_tokenizer_settings_hint_at_a_base(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer_config.json"
    path.write_text('{"name_or_path": "org/base"}')
    header = read("tokenizer_config.json", path)
    assert (header.base_models, header.weak) == (("org/base",), True)


def test_gguf_license_text_is_no_name(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(gguf({"general.license": "You may do this. " * 60}))
    header = read("m.gguf", path)
    assert (header.licenses, len(header.license_texts)) == ((), 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "ends within"),
        (b"GGUX" + b"\0" * 40, "not a GGUF"),
        (b"GGUF" + struct.pack("<IQQ", 77, 0, 0), "version"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 2**60), "metadata keys"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**62), "string of"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<IIQ", 9, 8, 2**61), "array of"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<IIQ", 9, 4, 2**61), "more than"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<I", 99), "not known"),
        (gguf(ENTRIES)[:60], "ends within|more than"),
    ],
)
def test_hostile_gguf_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        read_gguf(path)


def test_safetensors_metadata(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    head = json.dumps({"__metadata__": {"license": "mit", "modelspec.title": "Foo"}}).encode()
    path.write_bytes(struct.pack("<Q", len(head)) + head + b"weights")
    header = read("m.safetensors", path)
    assert (header.licenses, header.name) == (("mit",), "Foo")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a safetensors"),
        (struct.pack("<Q", 2**60), "more than"),
        (struct.pack("<Q", 4) + b"nope", "not JSON"),
    ],
)
def test_hostile_safetensors_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        read_safetensors(path)


@pytest.mark.parametrize("head", [b"[]", b"{}", b'{"__metadata__": 1}', b'{"__metadata__": {"license": 1}}'])
def test_odd_safetensors_gives_nothing(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(struct.pack("<Q", len(head)) + head)
    assert read("m.safetensors", path).licenses == ()


def test_modelfile(tmp_path: Path) -> None:
    path = tmp_path / "Modelfile"
    path.write_text('FROM hf.co/org/base:Q4_K_M\nADAPTER ./a.gguf\nLICENSE """\nOne.\nTwo.\n"""\nLICENSE mit\n')
    header = read("Modelfile", path)
    assert (header.base_models, header.relation, header.licenses) == (("org/base",), "adapter", ("mit",))
    assert header.license_texts == ("One.\nTwo.",)


def test_modelfile_from_a_local_file_names_no_base(tmp_path: Path) -> None:
    path = tmp_path / "Modelfile"
    path.write_text("FROM ./weights.gguf\n")
    assert read("Modelfile", path).base_models == ()


def test_kitfile(tmp_path: Path) -> None:
    path = tmp_path / "Kitfile"
    path.write_text("model:\n  name: foo\n  license: mit\n  path: org/base\n  parts:\n  - license: gemma\n")
    header = read("Kitfile", path)
    assert (header.licenses, header.base_models, header.name) == (("mit", "gemma"), ("org/base",), "foo")


def test_mlmodel(tmp_path: Path) -> None:
    path = tmp_path / "MLmodel"
    path.write_text("flavors:\n  transformers:\n    source_model_name: org/base\n    peft_adaptor: peft\n")
    header = read("MLmodel", path)
    assert (header.base_models, header.relation) == (("org/base",), "adapter")


@pytest.mark.parametrize(
    ("base", "named"), [("org/base", ("org/base",)), ("/home/me/base", ()), ("../base", ()), (None, ()), (3, ())]
)
def test_adapter_config(tmp_path: Path, base: object, named: tuple[str, ...]) -> None:
    path = tmp_path / "adapter_config.json"
    path.write_text(json.dumps({"base_model_name_or_path": base}))
    header = read("adapter_config.json", path)
    assert (header.base_models, header.relation) == (named, "adapter")


@pytest.mark.parametrize(("name", "data"), [("config.json", "{"), ("config.json", "[[" * 5000), ("Kitfile", "a: [")])
def test_broken_settings_are_told(tmp_path: Path, name: str, data: str) -> None:
    path = tmp_path / name
    path.write_text(data)
    with pytest.raises(SourceError):
        read(name, path)


@pytest.mark.parametrize("name", ["model.bin", "notes.txt", "tokenizer.model", "README.md"])
def test_other_files_have_no_header(name: str) -> None:
    assert header_reader(name) is None


@pytest.mark.parametrize(
    ("url", "model"),
    [
        ("https://huggingface.co/org/name", "org/name"),
        ("hf.co/org/name:Q4", "org/name"),
        ("https://huggingface.co/datasets/org/name", None),
        ("https://example.org/org/name", None),
    ],
)
def test_model_id_of_an_address(url: str, model: str | None) -> None:
    assert model_id(url) == model
