"""Coverage-guided fuzzing of the parsers: only the errors of the tool may come out of any bytes.

    pip install atheris                     # Linux, in an environment that has licensecheck
    python tests/fuzz/fuzz.py DOOR -max_total_time=120 [CORPUS_FOLDER]

DOOR is text, card, profile, gguf, safetensors, scan, docx or identify. Seeds may lie in CORPUS_FOLDER; what breaks a
parser is written to the working folder as crash-*. The tests in tests/hardening need no atheris.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["licensecheck"]):
    from licensecheck.errors import LicenseCheckError
    from licensecheck.identify.identify import identify_text
    from licensecheck.load.profile import load_profile
    from licensecheck.match.read import read_license
    from licensecheck.model.subject import Document, Role
    from licensecheck.scan.read import read as read_slots
    from licensecheck.scan.slot import Origin, Setting
    from licensecheck.sources.examined import examine_card
    from licensecheck.sources.gguf import read_gguf
    from licensecheck.sources.safetensors import read_safetensors
    from licensecheck.text.decode import decode
    from licensecheck.text.files import read_any_text

SYNTAXES = (
    "yaml", "json", "settings", "pbtxt", "modelfile", "shell", "dockerfile", "makefile", "python", "markdown",
    "notebook",
)  # fmt: skip
SPOT = Path(tempfile.gettempdir()) / "licensecheck-fuzz"


def document(data: bytes, role: Role) -> Document:
    """The bytes as a document."""
    return Document(path="x", role=role, text=decode(data, path="x").text, sha256="0" * 64)


def license_text(data: bytes) -> None:
    """The text of a license."""
    read_license(document(data, Role.LICENSE))


def card(data: bytes) -> None:
    """A model card."""
    examine_card(document(data, Role.CARD), name="org/Foo")


def identified(data: bytes) -> None:
    """A text that is to be named."""
    identify_text(decode(data, path="x").text)


def slots(data: bytes) -> None:
    """A file of a repository; its first byte chooses the syntax."""
    if data:
        text = decode(data[1:], path="x").text
        list(read_slots(text, SYNTAXES[data[0] % len(SYNTAXES)], Origin(1, next(iter(Setting)), (), 0)))


def in_file(read: Callable[[Path], object]) -> Callable[[bytes], None]:
    """The reader of a path as one of bytes."""

    def reader(data: bytes) -> None:
        SPOT.write_bytes(data)
        read(SPOT)

    return reader


DOORS: dict[str, Callable[[bytes], None]] = {
    "text": license_text,
    "card": card,
    "identify": identified,
    "scan": slots,
    "profile": in_file(load_profile),
    "gguf": in_file(read_gguf),
    "safetensors": in_file(read_safetensors),
    "docx": in_file(read_any_text),
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
