"""What other programs may call: reading license texts, checking targets against a profile."""

from __future__ import annotations

from pathlib import Path

from licensecheck.errors import TextError
from licensecheck.model.license import LicenseReading
from licensecheck.model.subject import Document, Role
from licensecheck.place import Place
from licensecheck.text.files import read_any_text


def read_file(path: Path) -> LicenseReading:
    """The terms that one license or policy file states.

    The file may be plain text, Markdown, HTML, PDF or DOCX; offsets count characters of its decoded text. SourceError or
    TextError where it cannot be read or holds no words.
    """
    try:
        from licensecheck.identify.identity import identity_of
    except ImportError:

        def identity_of(text: str) -> None:  # type: ignore[misc]
            return None

    from licensecheck.match.read import read_license

    source = read_any_text(path)
    if not any(c.isalnum() for c in source.text):
        raise TextError("is empty: there is no license to read", Place(path=str(path)))
    document = Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256)
    return read_license(document, identity=identity_of(source.text))
