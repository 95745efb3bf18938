"""Findings in the words of a repository: where a thing would stand and does not, and how to settle what is unknown."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.model.finding import Finding, Status
from licensecheck.model.license import LicenseReading


def message_of(finding: Finding, *, model: str, credit_files: Sequence[str]) -> str:
    """The finding's message, said of this repository where it is about what should stand there."""
    if finding.kind == "unknown-license":
        return f"{finding.message} {settle(model)}"
    if finding.status is Status.ACTION and finding.kind == "display-attribution":
        return _missing_credit(finding, credit_files)
    if finding.status is Status.ACTION and finding.kind == "include-license":
        return "no copy of its license was found in the repository"
    if finding.status is Status.ACTION and finding.kind == "notice-file":
        return "no NOTICE with the prescribed text was found in the repository"
    return finding.question if finding.status is Status.REVIEW and finding.question else finding.message


def _missing_credit(finding: Finding, files: Sequence[str]) -> str:
    texts = finding.attributes.get("texts")
    lines = texts if isinstance(texts, tuple) else ()
    wanted = " or ".join(f"'{line}'" for line in lines) or "the prescribed credit line"
    where = " or ".join(files) if files else "README or interface"
    return f"{wanted} is not in {where}"


def settle(model: str) -> str:
    """How a person settles which license an unknown model bears."""
    return (
        f"To settle it: look the license up, for example with `licensecheck check {model} --online`, and write it "
        f"under `scan: names:` in licensecheck.yaml, as `{model}: apache-2.0` or the model that this one is; "
        "or put `# licensecheck: ignore[unknown-license] reason=...` on the line."
    )


def source_of(finding: Finding, readings: Sequence[LicenseReading]) -> str | None:
    """The license and the clause, as in "Llama 3.1 license, 1.b.i"."""
    reading = next((r for r in readings if finding.license and r.identity.id == finding.license), None)
    name = reading.identity.name if reading and reading.identity.name else finding.license
    if name is None:
        return None
    clause = (finding.basis or "").removeprefix(finding.license or "").strip()
    return f"{name}, {clause}" if clause else name
