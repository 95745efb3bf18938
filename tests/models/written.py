"""Small writers of model files: protobuf, flat buffers, GGUF and safetensors with nothing but metadata in them."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path


def gguf(entries: dict[str, str | int | list[str]]) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value.encode())) + value.encode()

    def item(value: str | int | list[str]) -> bytes:
        if isinstance(value, str):
            return struct.pack("<I", 8) + text(value)
        if isinstance(value, int):
            return struct.pack("<II", 4, value)
        return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(text(one) for one in value)

    head = b"GGUF" + struct.pack("<IQQ", 3, 0, len(entries))
    return head + b"".join(text(key) + item(value) for key, value in entries.items())


def safetensors(metadata: dict[str, str]) -> bytes:
    head = json.dumps({"__metadata__": metadata}).encode()
    return struct.pack("<Q", len(head)) + head


def field(number: int, value: bytes | str) -> bytes:
    """One protobuf field of a run of bytes."""
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(number: int) -> bytes:
    data = b""
    while number > 0x7F:
        data += bytes((number & 0x7F | 0x80,))
        number >>= 7
    return data + bytes((number,))


def onnx(properties: dict[str, str], *, weights: int = 0) -> bytes:
    graph = field(2, "g") + field(5, b"\0" * weights)
    pairs = b"".join(field(14, field(1, key) + field(2, value)) for key, value in properties.items())
    return b"\x08\x07" + field(2, "writer") + field(7, graph) + pairs


def coreml(license_name: str) -> bytes:
    return b"\x08\x05" + field(2, field(100, field(3, "Wader") + field(4, license_name)))


def table(fields: dict[int, bytes], *, at: int) -> tuple[bytes, int]:
    """A flat-buffer table that will stand at `at`: its vtable in front, the offset of the table itself after."""
    size = 2 * (max(fields) + 1)
    vtable_length = 4 + size
    place, slots = 4, []
    for index in range(max(fields) + 1):
        slots.append(place if index in fields else 0)
        place += 4 if index in fields else 0
    vtable = struct.pack("<HH", vtable_length, place) + b"".join(struct.pack("<H", slot) for slot in slots)
    body = struct.pack("<i", vtable_length) + b"".join(fields[index] for index in sorted(fields))
    return vtable + body, at + vtable_length


def metadata_buffer(license_name: str) -> bytes:
    """A ModelMetadata with nothing but a license."""
    whole, place = table({5: struct.pack("<I", 4)}, at=8)
    string = struct.pack("<I", len(license_name)) + license_name.encode() + b"\0"
    return struct.pack("<I", place) + b"M001" + whole + string


def tflite(license_name: str) -> bytes:
    """A model with one buffer, which holds the metadata, and the entry that names it; offsets only point forward."""
    metadata = metadata_buffer(license_name)
    root, model = table({4: b"BBBB", 6: b"MMMM"}, at=8)
    buffers = 8 + len(root)
    entries = buffers + 8
    buffer, buffer_place = table({0: b"DDDD"}, at=entries + 8)
    entry, entry_place = table({0: b"NNNN", 1: struct.pack("<I", 0)}, at=entries + 8 + len(buffer))
    data = entries + 8 + len(buffer) + len(entry)
    name = data + 4 + len(metadata)
    root = root.replace(b"BBBB", _offset(buffers, model + 4)).replace(b"MMMM", _offset(entries, model + 8))
    buffer = buffer.replace(b"DDDD", _offset(data, buffer_place + 4))
    entry = entry.replace(b"NNNN", _offset(name, entry_place + 4))
    lists = struct.pack("<I", 1) + _offset(buffer_place, buffers + 4)
    lists += struct.pack("<I", 1) + _offset(entry_place, entries + 4)
    tail = struct.pack("<I", len(metadata)) + metadata + struct.pack("<I", 15) + b"TFLITE_METADATA\0"
    return struct.pack("<I", model) + b"TFL3" + root + lists + buffer + entry + tail


def litertlm(license_name: str) -> bytes:
    """A LiteRT-LM bundle without sections, whose header says a license for the file as a whole."""
    root, root_place = table({0: b"SSSS"}, at=4)
    system, system_place = table({0: b"LLLL"}, at=4 + len(root))
    entries = 4 + len(root) + len(system)
    pair, pair_place = table({0: b"KKKK", 1: struct.pack("<I", 9), 2: b"VVVV"}, at=entries + 8)
    value, value_place = table({0: struct.pack("<I", 4)}, at=entries + 8 + len(pair))
    key = entries + 8 + len(pair) + len(value) + 4 + len(license_name) + 1
    root = root.replace(b"SSSS", _offset(system_place, root_place + 4))
    system = system.replace(b"LLLL", _offset(entries, system_place + 4))
    pair = pair.replace(b"KKKK", _offset(key, pair_place + 4)).replace(b"VVVV", _offset(value_place, pair_place + 12))
    lists = struct.pack("<I", 1) + _offset(pair_place, entries + 4)
    said = struct.pack("<I", len(license_name)) + license_name.encode() + b"\0"
    header = struct.pack("<I", root_place) + root + system + lists + pair + value + said
    header += struct.pack("<I", 7) + b"license\0"
    return b"LITERTLM" + struct.pack("<IIIIQ", 1, 5, 0, 0, 32 + len(header)) + header


def _offset(target: int, position: int) -> bytes:
    return struct.pack("<I", target - position)


def task(path: Path, license_name: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("model.tflite", tflite(license_name))


def layered(folder: Path, layers: dict[str, bytes], *, config: tuple[str, bytes]) -> Path:
    """A store of Ollama with one model; the path of its manifest."""

    def put(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        (folder / "blobs").mkdir(parents=True, exist_ok=True)
        (folder / "blobs" / f"sha256-{digest}").write_bytes(data)
        return f"sha256:{digest}"

    manifest = {
        "schemaVersion": 2,
        "config": {"mediaType": config[0], "digest": put(config[1])},
        "layers": [{"mediaType": kind, "digest": put(data)} for kind, data in layers.items()],
    }
    path = folder / "manifests" / "registry.ollama.ai" / "library" / "heron" / "9b"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(manifest))
    return path
