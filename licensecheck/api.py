"""What other programs may call: read a license text, tell which license it is, check targets against a profile.

    from licensecheck import api
    report = api.check(["path/to/model"], profile="licensecheck.yaml", today="2026-11-20")
    print(report.verdict)

Nothing here prints, reads the clock or asks the network, unless the settings handed in say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from licensecheck.catalog.profile_files import load_profile
from licensecheck.checking import check_targets
from licensecheck.domain.findings import Report
from licensecheck.domain.licenses import LicenseReading
from licensecheck.domain.profile import Profile
from licensecheck.domain.subject import Document, Role
from licensecheck.errors import Place, TextError
from licensecheck.identify.identify import Identification, identify_text, identity_of
from licensecheck.models.files import SourceSettings
from licensecheck.text.formats import read_any_text
from licensecheck.text.io import SourceText


def check(
    targets: Iterable[str],
    *,
    profile: str | Path | Profile | None = None,
    today: str | None = None,
    settings: SourceSettings | None = None,
) -> Report:
    """The report on model folders, cards, license texts, license ids or model ids.

    `profile` is a profile or its file; `today` (ISO 8601) decides whether approvals have run out. SourceError where a
    target cannot be found, ProfileError where the profile is faulty.
    """
    facts = load_profile(Path(profile)) if isinstance(profile, (str, Path)) else profile or Profile()
    return check_targets(targets, facts, settings=settings, today=today)


def read_file(path: Path) -> LicenseReading:
    """The terms that one license or policy file states.

    The file may be plain text, Markdown, HTML, PDF or DOCX; offsets count characters of its decoded text. SourceError
    or TextError where it cannot be read or holds no words.
    """
    return read_with_text(path)[0]


def read_with_text(path: Path) -> tuple[LicenseReading, str]:
    """The same with the text that was read: a second look at the file could see another one."""
    from licensecheck.reading.license_text import read_license

    source = _text_of(path)
    document = Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256)
    return read_license(document, identity=identity_of(source.text)), source.text


def identify_file(path: Path) -> Identification:
    """Which known licenses a file holds, and what in it none of them explains."""
    return identify_text(_text_of(path).text)


def _text_of(path: Path) -> SourceText:
    source = read_any_text(path)
    if not any(c.isalnum() for c in source.text):
        raise TextError("is empty: there is no license to read", Place(path=str(path)))
    return source
