"""Where the files of a target name other licenses than its card; nothing is averaged, the stricter reading governs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from licensecheck.load.records import find_by_sha256, find_record
from licensecheck.model.subject import Card, Document, Role
from licensecheck.sources.compare import declared_licenses, names_none
from licensecheck.sources.declaration import Header
from licensecheck.sources.license_names import LicenseName, license_named, same_license

_GOVERNS = "Both are read, and the stricter governs."


def find_contradictions(card: Card | None, documents: Sequence[Document], headers: Iterable[Header]) -> Iterator[str]:
    """One sentence for each file whose license is not the one that the card declares."""
    declared = declared_licenses(card) if card is not None else ()
    for header in headers:
        for name in header.licenses:
            named = license_named(name)
            if declared and not names_none(name) and not any(same_license(named, one) for one in declared):
                yield f"{header.path} names the license {name!r}; the card declares {_list(declared)}. {_GOVERNS}"
    files = [document for document in documents if _is_license(document)]
    if not declared and len({document.role for document in files}) < 2:
        return
    texts = [(document, licenses_in(document)) for document in files]
    for document, found in texts:
        if document.role is Role.CODE_LICENSE or not declared or not found:
            continue
        if not any(same_license(one, other) for one in found for other in declared):
            yield f"{document.path} holds {_list(found)}; the card declares {_list(declared)}. {_GOVERNS}"
    yield from _code_against_weights(texts)


def _code_against_weights(texts: Sequence[tuple[Document, tuple[LicenseName, ...]]]) -> Iterator[str]:
    code = [(document, found) for document, found in texts if document.role is Role.CODE_LICENSE and found]
    weights = [(document, found) for document, found in texts if document.role is Role.LICENSE and found]
    for code_text, code_names in code:
        for text, names in weights:
            if not any(same_license(one, other) for one in code_names for other in names):
                yield (
                    f"Code and weights stand under different licenses: {code_text.path} holds {_list(code_names)}, "
                    f"{text.path} holds {_list(names)}."
                )


def licenses_in(document: Document) -> tuple[LicenseName, ...]:
    """The known licenses that a text consists of; none where no known license explains it."""
    record = find_by_sha256(document.sha256)
    if record is not None:
        return (LicenseName(text=record.id, alias=record.id, record=record),)
    from licensecheck.identify.identify import identify_text

    ids = dict.fromkeys(match.id for match in identify_text(document.text).matches)
    return tuple(LicenseName(text=name, alias=name, record=find_record(name)) for name in ids)


def _is_license(document: Document) -> bool:
    return document.role in (Role.LICENSE, Role.CODE_LICENSE) and not document.unread


def _list(names: Iterable[LicenseName]) -> str:
    return ", ".join(name.text for name in names)
