"""What both bills of material say: the licenses of a model by name, and names that tools understand."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from licensecheck.load.records import find_record
from licensecheck.model.license import LicenseReading, MatchKind
from licensecheck.model.report import TargetReport
from licensecheck.model.subject import Role

_REPOSITORY = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}")
_NOT_OF_THE_MODEL = (Role.POLICY.value, Role.CODE_LICENSE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLicense:
    """A license as a bill of material names it: an SPDX id, or a name of its own and the text at hand."""

    name: str
    spdx: str | None = None
    text: str | None = None
    path: str | None = None
    sha256: str | None = None

    @property
    def expression(self) -> str:
        """The SPDX expression: the id, or a license reference made from the name."""
        return self.spdx or "LicenseRef-" + (re.sub(r"[^A-Za-z0-9.-]+", "-", self.name).strip("-") or "unnamed")


def declared_licenses(target: TargetReport) -> tuple[NamedLicense, ...]:
    """What the card declares; `other` gives way to the name that stands beside it."""
    if target.card is None:
        return ()
    listed = [name for name in target.card.licenses if name != "other" or not target.card.license_name]
    named = [target.card.license_name] if target.card.license_name else []
    return tuple(name_license(name) for name in dict.fromkeys([*listed, *named]))


def concluded_licenses(target: TargetReport) -> tuple[NamedLicense, ...]:
    """What was read: a text that was changed never bears the id of the license it was made from."""
    return tuple(dict.fromkeys(_concluded(target)))


def _concluded(target: TargetReport) -> Iterator[NamedLicense]:
    texts = {document.path: document.text for document in target.documents}
    for reading in target.readings:
        if reading.role not in _NOT_OF_THE_MODEL:
            yield _named(reading, texts.get(reading.path))


def _named(reading: LicenseReading, text: str | None) -> NamedLicense:
    identity = reading.identity
    same = identity.match is MatchKind.EXACT
    name = identity.id or f"text-{reading.sha256[:12]}"
    return NamedLicense(
        name=name if same or not identity.id else f"{name}-modified",
        spdx=_spdx_id(identity.ids.get("spdx")) if same else None,
        text=text,
        path=reading.path if text is not None else None,
        sha256=reading.sha256 if text is not None else None,
    )


def name_license(name: str) -> NamedLicense:
    """A license by any of its ids."""
    record = find_record(name)
    if record is None:
        return NamedLicense(name=name)
    return NamedLicense(name=record.id, spdx=_spdx_id(next(iter(record.ids.get("spdx", ())), None)))


def _spdx_id(found: str | None) -> str | None:
    """An id of the SPDX list; references that other lists made are none."""
    return found if found and not found.startswith("LicenseRef-") else None


def package_url(model: str) -> str | None:
    """The package URL of a Hugging Face repository; None where the name is no such id."""
    if not _REPOSITORY.fullmatch(model):
        return None
    return "pkg:huggingface/" + "/".join(quote(part, safe="") for part in model.split("/"))


def derived_uuid(data: Any) -> str:
    """A UUID made from the content, so that the same content has the same one."""
    content = json.dumps(data, ensure_ascii=True, sort_keys=True).encode()
    return str(uuid.UUID(bytes=hashlib.sha256(content).digest()[:16], version=5))
