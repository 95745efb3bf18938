"""Files that nobody would write in good faith, laid out in a folder."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

LICENSE = "You may use the Model. You may not use the Model for military purposes.\n"
ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12)
)
DEPTH = 60_000
SPARSE = 100 * 1024 * 1024


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _docx_bomb() -> bytes:
    """A document of 300 MB in 300 kB."""
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": start + b" " * 300_000_000})


def _docx_entities() -> bytes:
    """A document whose XML defines entities that grow when they are resolved."""
    rows = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    xml = f'<!DOCTYPE d [<!ENTITY e0 "ha">{rows}]><d>&e9;</d>'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


BYTES: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "no byte": ("LICENSE", b""),
    "blanks": ("LICENSE", b" \n\t\r\n"),
    "random": ("LICENSE", bytes((i * 7919 + (i >> 3)) % 256 for i in range(50_000))),
    "NUL bytes": ("LICENSE", b"You may\0not use\0the Model.\n"),
    "only NUL": ("LICENSE", b"\0" * 5_000),
    "lone surrogates": ("LICENSE", "You may not use \ud800 it \udfff.\n".encode(errors="surrogatepass")),
    "UTF-16 cut short": ("LICENSE", b"\xff\xfeY\0o\0u\0 \0m"),
    "directions overridden": ("LICENSE", "You may \u202enot\u202c use it for \u2066military\u2069 purposes.".encode()),
    "terminal escapes": ("LICENSE", b"You may not \x1b[2J\x1b]0;owned\x07 use the Model for weapons.\x9b31m\n"),
    "one line": ("LICENSE", LICENSE.replace("\n", " ").encode() * 3_000),
    "brackets": ("LICENSE", b"(" * DEPTH),
    "tags": ("LICENSE.html", b"<div>" * DEPTH + b"You may use it." + b"</div>" * DEPTH),
    "lists": ("LICENSE.md", b"".join(b" " * i + b"- x\n" for i in range(1_000))),
    "broken PDF": ("LICENSE.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\nxref\n0 99999\n"),
    "PDF of nothing": ("LICENSE.pdf", b"%PDF-1.4\n"),
    "text named PDF": ("LICENSE.pdf", LICENSE.encode()),
    "zip bomb": ("LICENSE.docx", _docx_bomb),
    "entities": ("LICENSE.docx", _docx_entities),
    "empty archive": ("LICENSE.docx", lambda: _zip({})),
    "archive that leads out": ("LICENSE.docx", lambda: _zip({"../../etc/passwd": b"x", "word/document.xml": b"<a/>"})),
    "text named DOCX": ("LICENSE.docx", b"PK\x03\x04 no archive at all"),
}
"""Hostile license texts: what they are, their file name and their bytes."""
CARDS: dict[str, bytes] = {
    "aliases": f"---\nlicense: mit\n{ALIAS_BOMB}---\n# A\n".encode(),
    "deep lists": b"---\nlicense: " + b"[" * DEPTH + b"\n---\n# A\n",
    "deep blocks": b"---\n" + b"".join(b" " * i + b"a:\n" for i in range(2_000)) + b"---\n# A\n",
    "tag that runs code": b"---\nlicense: !!python/object/apply:os.system ['touch owned']\n---\n# A\n",
    "no end": b"---\nlicense: mit\n" + b"a: b\n" * 20_000,
    "escapes": '---\nlicense: "mit\\e[2J"\nlicense_name: \'\u202ecba\'\nbase_model: "a/b\\e[31m"\n---\n\x1b'.encode(),
    "markup": b"---\nlicense: mit\nbase_model: '<script>alert(1)</script>/x'\n---\n# <img src=x onerror=alert(1)>\n",
    "paths": b"---\nlicense: other\nlicense_link: ../../../../etc/passwd\nbase_model: ../../etc/passwd\n---\n# A\n",
    "numbers": b"---\nlicense: 1e999\nbase_model: 0x" + b"f" * 9_000 + b"\ntags: " + b"9" * 9_000 + b"\n---\n# A\n",
    "dates": b"---\nlicense: 9999-99-99\nbase_model: 2025-13-45 99:99:99\n---\n# A\n",
    "keys": b"---\n? [a, b]\n: c\n{a: b}: d\nlicense: {a: [b]}\n---\n# A\n",
    "merge": b"---\n<<: [1, 2]\nlicense: mit\n---\n# A\n",
    "surrogates": "---\nlicense: mit\nlicense_name: \ud800\n---\n# \udfff\n".encode(errors="surrogatepass"),
    "NUL": b"---\nlicense: mit\0\n---\n\0",
    "table": b"---\nlicense: mit\n---\n" + b"|" * DEPTH + b"\n|" + b"-|" * 5_000 + b"\n",
}
"""Hostile model cards."""
HEADERS: dict[str, tuple[str, bytes]] = {
    "GGUF of one word": ("m.gguf", b"GGUF"),
    "GGUF of many keys": ("m.gguf", b"GGUF" + struct.pack("<IQQ", 3, 2**63, 2**63)),
    "GGUF of a long string": ("m.gguf", b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**64 - 1)),
    "GGUF of a long array": (
        "m.gguf",
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 8, 2**63),
    ),
    "GGUF of arrays in arrays": (
        "m.gguf",
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 50_000,
    ),
    "safetensors past the end": ("m.safetensors", struct.pack("<Q", 2**63) + b"{}"),
    "safetensors of nothing": ("m.safetensors", struct.pack("<Q", 0)),
    "safetensors of brackets": ("m.safetensors", struct.pack("<Q", DEPTH) + b"[" * DEPTH),
    "safetensors of odd metadata": (
        "m.safetensors",
        struct.pack("<Q", 44) + json.dumps({"__metadata__": {"license": ["\x1b[2J"]}}).encode().ljust(44),
    ),
}
"""Weight files with hostile headers."""
PROFILES: dict[str, bytes] = {
    "aliases": ALIAS_BOMB.encode(),
    "a list": b"- version: 1\n",
    "a word": b"yes\n",
    "deep": b"a: " + b"{a: " * DEPTH,
    "no YAML": b"version: 1\n\tdeployment: [}\n",
    "two documents": b"version: 1\n---\nversion: 1\n",
    "tag that runs code": b"version: !!python/object/apply:os.system ['touch owned']\n",
    "sections of other kinds": b"version: 1\norganization: 7\ndeployment: [a]\napprovals: x\npolicy: 3\n",
    "values of other kinds": b"version: 1\norganization: {monthly_active_users: -.inf}\ndeployment: {uses: {a: b}}\n",
    "keys that are no words": b"? [1, 2]\n: 3\n",
    "escapes": b'version: 1\n"\\e[2J": 1\n',
    "binary": bytes(range(256)),
    "dates": b"version: 1\norganization: {founded: 9999-99-99}\n",
}
"""Profiles that cannot be used."""
REPOSITORY: dict[str, bytes] = {
    "bomb.yaml": ALIAS_BOMB.encode() + b"model: meta-llama/Llama-3.1-8B-Instruct\n",
    "deep.yaml": b"model: " + b"[" * DEPTH,
    "deep.json": b'{"model": ' * DEPTH,
    "deep.py": b"x = " + b"(" * 20_000 + b"'a/b'" + b")" * 20_000 + b"\nAutoModel.from_pretrained(x)\n",
    "broken.ipynb": b'{"cells": [{"cell_type": "code", "source": ["AutoModel.from_pretrained(\\"a/b',
    "odd.ipynb": b'{"cells": [1, null, {"source": {"a": 1}}, {"cell_type": "code", "source": 7}]}',
    "list.ipynb": b"[]",
    "deep.ipynb": b'{"cells": ' + b"[" * DEPTH,
    "nul.py": b"AutoModel.from_pretrained('a/b\0c')\n",
    "bytes.py": bytes(range(256)),
    "escape.py": "AutoModel.from_pretrained('a/b\\x1b[2J\u202e')\n".encode(),
    "paths.py": b"AutoModel.from_pretrained('../../etc/passwd')\nAutoModel.from_pretrained('models--..--x')\n",
    "surrogates.md": "`vllm serve a/\ud800b`\n".encode(errors="surrogatepass"),
    "empty.toml": b"",
    "anchor.yaml": b"&\na: &\nb: & !\n- &",
    "broken.toml": b"[model\nname = ",
    "run.sh": b"vllm serve $(" * 5_000 + b"\n" + b"'" * 9_001,
    "Dockerfile": b"RUN " + b"\\\n" * 9_000 + b"vllm serve a/b\n",
}
"""Files of a hostile repository."""
NAMES = (
    "../../etc/passwd",
    "models--..--x",
    "models--../..--etc",
    "..",
    "a/..",
    "../x",
    "a/b/../../c",
    "/dev/zero",
    "/dev/stdin/x",
    "C:\\x\\y",
    "a\x00b",
    "a/\ud800",
    "\x1b[2J",
    "\u202ea/b",
    "a\nb",
    "%2e%2e/x",
    "x" * 5_000,
    "a/" + "b" * 5_000,
    "https://example.org/a/b",
    "file:///etc/passwd",
    "~root/x",
    "$(id)",
    "sha256:" + "0" * 64,
    "-",
    "",
    " ",
)
"""Names that are given as targets and are none."""


def write(folder: Path, name: str, data: bytes | Callable[[], bytes]) -> Path:
    """The path of a file with these bytes in the folder."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data())
    return path


def write_sparse(path: Path) -> Path:
    """A file of 100 MB that takes no room."""
    with path.open("wb") as file:
        file.truncate(SPARSE)
    return path
