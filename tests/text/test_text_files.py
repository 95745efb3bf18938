"""Text out of PDF and DOCX: all of it or a clear refusal, whatever the file is made of."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest
from packed import WORD, docx_of, pdf_of, show

from licensecheck.errors import TextError
from licensecheck.text import formats as files
from licensecheck.text import formats as pdf
from licensecheck.text.formats import read_any_text, text_of

QUICK = 5.0
"""Seconds within which a hostile file is done with; without the bounds these take minutes or all memory."""


def paragraphs(data: bytes) -> list[str]:
    return text_of(data, path="x").text.split("\n\n")


def body(xml: str) -> bytes:
    """A DOCX with this body."""
    return docx_of(f'<w:document xmlns:w="{WORD}"><w:body>{xml}</w:body></w:document>'.encode())


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_document_of_word_is_read_in_its_order() -> None:
    document, packed = docx.Document(), io.BytesIO()
    document.add_heading("Use", level=1)
    document.add_paragraph("You may use it.\tAlways.")
    document.add_paragraph("for peace", style="List Bullet")
    document.add_table(1, 2).rows[0].cells[1].text = "in a table"
    document.add_paragraph("The end.")
    document.save(packed)
    assert paragraphs(packed.getvalue()) == [
        "# Use", "You may use it.\tAlways.", "- for peace", "in a table", "The end.",
    ]  # fmt: skip


def test_words_that_were_struck_out_are_not_read() -> None:
    struck = "<w:p><w:r><w:t>You may</w:t></w:r><w:del><w:r><w:t> not</w:t></w:r></w:del></w:p>"
    assert paragraphs(body(struck)) == ["You may"]


def test_a_box_is_read_once_though_it_stands_there_for_old_programs_too() -> None:
    box = f"<w:r><w:pict>{said('in a box')}</w:pict><w:Fallback>{said('in a box')}</w:Fallback></w:r>"
    assert paragraphs(body(f"<w:p>{box}</w:p>")) == ["in a box"]


@pytest.mark.parametrize(
    "xml",
    [
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
        "<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 20_000 + "</w:tbl>",
        "<w:p/>" * 1_000_000,
        "<w:p>" * 50_000 + "</w:p>" * 50_000,
    ],
    ids=["a cell over two billion columns", "cells merged downwards", "empty paragraphs", "nested paragraphs"],
)
def test_a_small_document_takes_no_long_time(xml: str) -> None:
    begun = time.process_time()
    assert paragraphs(body(xml + said("You may use it.")))[-1] == "You may use it."
    assert time.process_time() - begun < QUICK


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (b"<a>" + b" " * 40_000_000 + b"</a>", "more than 16 MB"),
        (b'<!DOCTYPE a [<!ENTITY e "ha">]><a>&e;</a>', "cannot be read"),
        (b"<a><b></a>", "cannot be read"),
        (b"", "cannot be read"),
    ],
    ids=["bomb", "entities", "broken", "empty"],
)
def test_a_hostile_document_is_refused(xml: bytes, message: str) -> None:
    with pytest.raises(TextError, match=message):
        text_of(docx_of(xml), path="x")


def test_an_archive_that_lies_about_its_sizes_unpacks_no_further() -> None:
    honest = docx_of(b"<a>" + b" " * 40_000_000 + b"</a>")
    size = (40_000_007).to_bytes(4, "little")
    assert size in honest
    with pytest.raises(TextError):
        text_of(honest.replace(size, (100).to_bytes(4, "little")), path="x")


def test_paths_in_an_archive_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO(body(said("You may use it.")))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("../outside.txt", b"x")
        archive.writestr("/tmp/licensecheck-outside.txt", b"x")
    assert paragraphs(packed.getvalue()) == ["You may use it."]
    assert not (tmp_path.parent / "outside.txt").exists()
    assert not Path("/tmp/licensecheck-outside.txt").exists()


def test_the_pages_of_a_pdf_are_read_in_their_order() -> None:
    assert paragraphs(pdf_of([show("You may use it."), show("Not for war.")])) == ["You may use it.", "Not for war."]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf_of([show("a")] * 401), "401 pages, more than the 400"),
        (pdf_of([b" " * 300_000_000]), "cannot be read"),
        (b"%PDF-1.7\n", "cannot be read"),
    ],
    ids=["pages", "bomb", "broken"],
)
def test_a_hostile_pdf_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(TextError, match=message):
        text_of(data, path="x")


def test_a_pdf_that_stalls_its_reader_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 2)
    begun = time.monotonic()
    with pytest.raises(TextError, match="takes more than 2 seconds"):
        text_of(pdf_of([show("You may use it. ") * 1_000_000]), path="x")
    assert time.monotonic() - begun < 2 + QUICK


def test_a_reader_that_is_taken_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_RUN", "import os, signal; {path!r}; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(TextError, match="its reader crashed"):
        text_of(pdf_of([show("a")]), path="x")


def test_what_the_library_says_of_a_faulty_pdf_reaches_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "LICENSE.pdf"
    path.write_bytes(pdf_of([show("You may use it.")]).replace(b"startxref\n", b"startxref\n7"))
    done = subprocess.run([sys.executable, "-m", "licensecheck", "extract", str(path)], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_text_and_hash_are_of_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, reads = tmp_path / "x", []

    def read(name: Path) -> bytes:
        reads.append(name)
        return f"You may use it {len(reads)}.".encode()

    monkeypatch.setattr(files, "read_bytes", read)
    source = read_any_text(path)
    assert source == text_of(b"You may use it 1.", path=str(path))
