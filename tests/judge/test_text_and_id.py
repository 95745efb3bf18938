"""The same license by its text and by its id gives the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from licensecheck.catalog.profile_files import load_profile
from licensecheck.catalog.records import find_by_sha256, find_record
from licensecheck.checking import check_targets
from licensecheck.domain.licenses import Record

SHARED = Path(__file__).resolve().parents[3] / "shared"
PROFILES = tuple(sorted((SHARED / "cases" / "_profiles").glob("*.yaml")))[:5]
CORPUS = tuple(sorted((SHARED / "corpus" / "licenses").glob("*.txt")))


def known_texts() -> Iterator[tuple[Path, Record]]:
    """The gold texts of which the catalog has a record."""
    for path in sorted((SHARED / "gold" / "texts").glob("*.txt")):
        record = find_by_sha256(sha256(path.read_bytes()).hexdigest())
        if record is not None:
            yield path, record


def lay_out(path: Path, record: Record, root: Path, policies: dict[str, Path]) -> str:
    """A folder with the text, and with the policy that it incorporates."""
    folder = root / record.id
    folder.mkdir()
    (folder / "LICENSE").write_bytes(path.read_bytes())
    for name in record.incorporates:
        part = find_record(name)
        text = next((policies[digest] for digest in part.sha256 if digest in policies), None) if part else None
        if text is not None:
            (folder / "USE_POLICY.md").write_bytes(text.read_bytes())
    return str(folder)


@pytest.mark.skipif(not PROFILES, reason="the real texts in ../shared are not at hand")
def test_known_license_gives_one_verdict_by_text_and_by_id(tmp_path: Path) -> None:
    policies = {sha256(path.read_bytes()).hexdigest(): path for path in CORPUS}
    known = list(known_texts())
    folders = [lay_out(path, record, tmp_path, policies) for path, record in known]
    differing = []
    for profile in map(load_profile, PROFILES):
        by_text = check_targets(folders, profile, today="2026-11-30").targets
        by_id = check_targets([record.id for _, record in known], profile, today="2026-11-30").targets
        pairs = zip(known, by_text, by_id, strict=True)
        differing += [(record.id, a.verdict, b.verdict) for (_, record), a, b in pairs if a.verdict is not b.verdict]
    assert len(known) >= 50
    assert differing == []
