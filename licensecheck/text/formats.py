"""The text of a file by its form: as it is, or taken out of a PDF or a DOCX."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from typing import Protocol

from licensecheck.errors import Place, TextError
from licensecheck.lazy import sha256, subprocess, zipfile
from licensecheck.text.io import SourceText, decode, read_bytes

# The text of a DOCX file, from its XML alone: no style, picture or field is opened, and nothing is built in memory.


MAX_XML = 16_000_000
"""How many bytes the XML of a document may unpack to; license texts need below 2 MB."""
_BODY = "word/document.xml"
_STYLES = "word/styles.xml"
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback"})
"""Text that was struck out, and what only older programs show in place of what stands beside it."""


def docx_text(data: bytes, path: str) -> str:
    """Paragraphs, those in tables and boxes too, in the order of the document; list items get a bullet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _Styles()
            if _STYLES in archive.namelist():
                _parse(_unpacked(archive, _STYLES, path), styles)
            words = _Words(styles.names)
            _parse(_unpacked(archive, _BODY, path), words)
    except TextError:
        raise
    except Exception as fault:  # zipfile, zlib and expat each have their own
        raise TextError(f"is a DOCX that cannot be read ({type(fault).__name__})", Place(path=path)) from None
    return "\n\n".join(words.blocks)


def _unpacked(archive: zipfile.ZipFile, name: str, path: str) -> bytes:
    with archive.open(name) as file:
        data = file.read(MAX_XML + 1)
    if len(data) > MAX_XML:
        fault = f"is a DOCX that unpacks to more than {MAX_XML // 1_000_000} MB, too large to read"
        raise TextError(fault, Place(path=path))
    return data


class _Reader(Protocol):
    """What is told of the XML as it is read; tags and attributes come without their name spaces."""

    def opened(self, tag: str, attributes: dict[str, str]) -> None: ...

    def closed(self, tag: str) -> None: ...

    def said(self, text: str) -> None: ...


class _Styles:
    """The names of the styles by the ids under which paragraphs use them."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._id = ""

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._id = attributes.get("styleId", "")
        elif tag == "name":
            self.names.setdefault(self._id, attributes.get("val", "").lower())

    def closed(self, tag: str) -> None:
        pass

    def said(self, text: str) -> None:
        pass


class _Words:
    """Collects the paragraphs; those of a text box, which stand within another, come before it."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.blocks: list[str] = []
        self._styles = styles
        self._open: list[list[str]] = []
        self._runs = self._texts = self._left_out = 0

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "p":
            self._open.append([""])
        elif tag == "pStyle" and self._open:
            self._open[-1][0] = self._mark(attributes.get("val", ""))
        elif tag in _BLANKS and self._runs:
            self._say(_BLANKS[tag])
        self._count(tag, 1)

    def closed(self, tag: str) -> None:
        self._count(tag, -1)
        if tag == "p":
            block = "".join(self._open.pop())
            if block.strip("#- \t\n"):
                self.blocks.append(block)

    def said(self, text: str) -> None:
        if self._texts:
            self._say(text)

    def _count(self, tag: str, step: int) -> None:
        self._runs += step * (tag == "r")
        self._texts += step * (tag == "t")
        self._left_out += step * (tag in _LEFT_OUT)

    def _say(self, text: str) -> None:
        if self._open and not self._left_out:
            self._open[-1].append(text)

    def _mark(self, style: str) -> str:
        name = self._styles.get(style, style.lower())
        return "# " if name.startswith("heading") else "- " if name.startswith("list") else ""


def _parse(xml: bytes, reader: _Reader) -> None:
    """Tell a reader of each element and text of an XML file; a document type, which can define bombs, is refused."""

    def opened(tag: str, attributes: dict[str, str]) -> None:
        reader.opened(_local(tag), {_local(name): value for name, value in attributes.items()})

    def closed(tag: str) -> None:
        reader.closed(_local(tag))

    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = reader.said
    parser.Parse(xml, True)


def _refuse(*_: object) -> None:
    raise ValueError("a document type is defined")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


# The text of a PDF file, taken out in a process of its own: the library that does it can be stalled by its input.


MAX_SECONDS = 60
"""How long the text of one file may take; real licenses take a few seconds."""
REFUSED = 3
"""Exit status of the process where its output is the reason why there is no text."""
_RUN = "import sys; sys.path[:] = {path!r}; from licensecheck.text.pdf_process import main; main()"


def pdf_text(data: bytes, path: str) -> str:
    """The text of all pages; TextError where the file is locked, faulty, too large or takes too long."""
    if importlib.util.find_spec("pypdf") is None:
        raise _fault("is a PDF file; to read it install the extra: pip install 'model-licensecheck[pdf]'", path)
    command = [sys.executable, "-c", _RUN.format(path=sys.path)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired:
        raise _fault(f"is a PDF whose text takes more than {MAX_SECONDS} seconds to take out", path) from None
    text = done.stdout.decode("utf-8", "surrogatepass")
    if done.returncode == REFUSED:
        raise _fault(text, path)
    if done.returncode:
        raise _fault("is a PDF that cannot be read: its reader crashed", path)
    return text


def _fault(message: str, path: str) -> TextError:
    return TextError(message, Place(path=path))


# The text of a file by its form: as it is, or taken out of a PDF or a DOCX.


def read_any_text(path: Path, *, name: str | None = None) -> SourceText:
    """The text of a license file. Offsets in a PDF or DOCX count characters of the text taken out of it."""
    return text_of(read_bytes(path), path=name or str(path))


def text_of(data: bytes, *, path: str) -> SourceText:
    """The text that the bytes of a file hold; `path` is the one to show."""
    if data.startswith(b"%PDF-"):
        return _packed(pdf_text(data, path), data, path)
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return _packed(docx_text(data, path), data, path)
    return decode(data, path=path)


def _packed(text: str, data: bytes, path: str) -> SourceText:
    return SourceText(path=path, text=text, sha256=sha256(data).hexdigest())
