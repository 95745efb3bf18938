"""Coverage-guided fuzzing of the parsers: only the errors of the tool may come out of any bytes.

    pip install atheris                     # Linux, in an environment that has licensecheck
    python tests/fuzz/fuzz.py DOOR -max_total_time=120 [CORPUS_FOLDER]

DOOR is one of those below. Seeds may lie in CORPUS_FOLDER; what breaks a parser is written to the working folder as
crash-*, what takes long as timeout-* or slow-unit-*. The tests in tests/hardening need no atheris.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["licensecheck"]):
    from licensecheck.catalog.profile_files import load_profile
    from licensecheck.catalog.scan_settings import load_scan_settings
    from licensecheck.catalog.yaml_files import parse_yaml
    from licensecheck.domain.subject import Document, Role
    from licensecheck.errors import LicenseCheckError
    from licensecheck.identify.identify import identify_text
    from licensecheck.models.card_analysis import analyse_card
    from licensecheck.models.sidecars import header_reader
    from licensecheck.models.weights import read_gguf, read_safetensors
    from licensecheck.reading.license_text import read_license
    from licensecheck.repository.review import load_baseline
    from licensecheck.repository.syntax.slot import syntax_of
    from licensecheck.repository.walk import scan_text
    from licensecheck.text.formats import docx_text
    from licensecheck.text.io import decode
    from licensecheck.text.pdf_process import pages_text

SUFFIXES = ("yaml", "json", "py", "ipynb", "md", "sh", "toml", "tf", "pbtxt", "js", "dockerfile", "modelfile", "mk")
SCANNED = tuple(f"x.{suffix}" for suffix in SUFFIXES)
"""A name of each syntax that a scan knows."""
RECIPES = ("Modelfile", "Kitfile", "MLmodel", "adapter_config.json", "config.json")
SPOT = Path(tempfile.gettempdir()) / f"licensecheck-fuzz-{os.getpid()}"


def document(data: bytes, role: Role) -> Document:
    """The bytes as a document."""
    return Document(path="x", role=role, text=decode(data, path="x").text, sha256="0" * 64)


def license_text(data: bytes) -> None:
    """The text of a license."""
    read_license(document(data, Role.LICENSE))


def card(data: bytes) -> None:
    """A model card."""
    analyse_card(document(data, Role.CARD), name="org/Foo")


def identified(data: bytes) -> None:
    """A text that is to be named."""
    identify_text(decode(data, path="x").text)


def references(data: bytes) -> None:
    """A file of a repository; its first byte chooses the syntax."""
    if data:
        name = SCANNED[data[0] % len(SCANNED)]
        scan_text(decode(data[1:], path=name).text, name, str(syntax_of(name)))


def recipe(data: bytes) -> None:
    """A file that makes declarations; its first byte chooses which."""
    if data:
        SPOT.write_bytes(data[1:])
        reader = header_reader(RECIPES[data[0] % len(RECIPES)])
        assert reader
        reader(SPOT, "x")


def yaml(data: bytes) -> None:
    """A YAML file; what is read of it can be written out, so that no alias in it stands for billions of values."""
    len(repr(parse_yaml(decode(data, path="x").text, path="x")))


def archive(data: bytes) -> None:
    """The XML of a DOCX file, in an archive that is whole."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", data)
    docx_text(packed.getvalue(), "x")


def pdf(data: bytes) -> None:
    """A PDF file; what the library stumbles over is caught in its process, what stalls it is not."""
    with suppress(Exception):
        pages_text(data)


def whole_docx(data: bytes) -> None:
    """A DOCX file as it lies on the disk."""
    docx_text(data, "x")


def in_file(read: Callable[[Path], object], suffix: str = "") -> Callable[[bytes], None]:
    """The reader of a path as one of bytes."""
    spot = SPOT.with_suffix(suffix)

    def reader(data: bytes) -> None:
        spot.write_bytes(data)
        read(spot)

    return reader


DOORS: dict[str, Callable[[bytes], None]] = {
    "text": license_text,
    "card": card,
    "identify": identified,
    "scan": references,
    "recipe": recipe,
    "yaml": yaml,
    "profile": in_file(load_profile),
    "toml": in_file(load_profile, ".toml"),
    "settings": in_file(load_scan_settings),
    "baseline": in_file(load_baseline),
    "gguf": in_file(read_gguf),
    "safetensors": in_file(read_safetensors),
    "docx": archive,
    "zip": whole_docx,
    "pdf": pdf,
}
"""What is fuzzed, by the name on the command line."""


def main() -> None:
    """Fuzz one door until libFuzzer's limits say stop."""
    door = DOORS[sys.argv.pop(1)]

    def one_input(data: bytes) -> None:
        with suppress(LicenseCheckError):
            door(data)

    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
