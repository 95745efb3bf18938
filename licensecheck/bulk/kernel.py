"""A row of a list checked against several profiles: the one function that every engine calls.

Rows without prose repeat each other: what the catalog and the judge say of the same metadata under the same kind of
name is kept. Metadata alone never shows that a model may be used: such a row says `metadata-only`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from licensecheck.api import Checker, load_profile
from licensecheck.bulk.schemas import Model, Raw, Schema
from licensecheck.domain.findings import Status, TargetReport
from licensecheck.domain.licenses import LicenseReading, Term
from licensecheck.domain.profile import Profile
from licensecheck.errors import LicenseCheckError, UsageError

METADATA_ONLY = "metadata-only"
"""The verdict of a row without the prose of its card."""
MAX_KEPT = 200_000
"""How many results for metadata are kept."""
MAX_SAID = 20_000
"""For how many ways of saying the same it is remembered which result they have."""
MAX_ERROR = 300
TEXTS = ("declared_license", "concluded_license", "territory", "thresholds", "base_models", "base_licenses")
LISTS = (*TEXTS, "conflicts", "issues", "questions")
"""The columns that hold several texts."""
_SILENT = frozenset(("language", "model-index", "widget", "metrics", "inference", "co2_eq_emissions", "thumbnail"))
"""Keys of metadata that no rule reads."""
_CONFLICTS = ("conflict", "contradict", "mismatch")
_WEIGHED = (Status.VIOLATION, Status.REVIEW, Status.ACTION)

Result = dict[str, Any]


class Row(NamedTuple):
    """A row that was checked: what many rows may share, and what is its own."""

    shared: Result
    id: str | None
    downloads: int | None = None
    error: str | None = None


OWN = Row._fields[1:]
"""The columns that no two rows share."""
Takes = Callable[[Model], bool]


class Kernel:
    """Checks rows against profiles by their names; made once in each worker."""

    def __init__(self, schema: Schema, profiles: Mapping[str, Profile], *, today: str | None) -> None:
        self._schema = schema
        self._profiles = dict(profiles)
        self._today = today
        self._checker = Checker()
        self._known: dict[str, Result] = {}
        self._said: dict[tuple[Any, ...], Result] = {}

    def check(self, rows: Iterable[Raw | str], *, takes: Takes | None = None) -> Iterator[Result]:
        """A result for each row that is taken, in order; a row that cannot be checked gives one with its error."""
        for row in self.rows(rows, takes=takes):
            yield {**row.shared, "id": row.id, "downloads": row.downloads, "error": row.error}

    def rows(self, rows: Iterable[Raw | str], *, takes: Takes | None = None) -> Iterator[Row]:
        """The same with what rows share apart: equal metadata give the very same object."""
        for row in rows:
            result = self._checked(row, takes)
            if result is not None:
                yield result

    def learn(self, rows: Iterable[Raw | str]) -> dict[str, Result]:
        """What rows of metadata come to, by what decides on it; for other kernels of the same run to begin with."""
        for row in self.rows(rows):
            if row.shared["read"] == "prose":
                break
        return self._known

    def begin_with(self, known: Mapping[str, Result]) -> None:
        """Take over what another kernel has learnt."""
        self._known.update(known)

    def _checked(self, row: Raw | str, takes: Takes | None) -> Row | None:
        name = None
        try:
            data = json.loads(row) if isinstance(row, str) else row
            if not isinstance(data, Mapping):
                raise ValueError("the row is not an object")
            name = data.get("id", data.get("modelId", data.get("name")))
            model = self._schema.model(data)
            if takes is not None and not takes(model):
                return None
            return Row(self._result(model), model.described.id, model.downloads)
        except (LicenseCheckError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
            return self._failed(name, fault)

    def _failed(self, name: Any, fault: Exception) -> Row:
        said = f"{type(fault).__name__}: {fault}" if not isinstance(fault, LicenseCheckError) else str(fault)
        nothing: Result = {column: [] for column in LISTS}
        nothing |= {
            "license_class": None,
            "openness": None,
            "noncommercial": None,
            "read": None,
            "gated": None,
        }
        for profile in self._profiles:
            nothing |= {f"{profile}_verdict": None, f"{profile}_license_verdict": None, f"{profile}_reasons": []}
        return Row(nothing, name if isinstance(name, str) else None, error=said[:MAX_ERROR])

    def _result(self, model: Model) -> Result:
        described = model.described
        if described.card is not None or described.files:
            return self._judge(model, is_prose=described.card is not None)
        traits = self._checker.name_traits(described.id)
        said = (*traits, described.gated, *model.said) if model.said is not None else None
        known = self._said.get(said) if said is not None else None
        if known is None:
            known = self._of_metadata(model, traits)
            if said is not None:
                if len(self._said) >= MAX_SAID:
                    self._said.clear()
                self._said[said] = known
        return known

    def _of_metadata(self, model: Model, traits: tuple[Any, ...]) -> Result:
        key = self._key(model, traits)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MAX_KEPT:
                self._known.clear()
            known = self._known[key] = self._judge(model, is_prose=False)
        return known

    def _key(self, model: Model, traits: tuple[Any, ...]) -> str:
        """What decides on a row of metadata: the keys that rules read, and what its name shows."""
        metadata = {key: value for key, value in model.described.metadata.items() if key not in _SILENT}
        said = bool(model.described.metadata)
        return json.dumps([traits, said, model.described.gated, metadata], default=str, sort_keys=True)

    def _judge(self, model: Model, *, is_prose: bool) -> Result:
        reports = self._checker.check_described(model.described, profiles=self._profiles.values(), today=self._today)
        result = _facts(reports[0], gated=model.described.gated) | {"read": "prose" if is_prose else "metadata"}
        for name, report in zip(self._profiles, reports, strict=True):
            verdict = report.verdict.value
            result[f"{name}_verdict"] = verdict if is_prose else METADATA_ONLY
            result[f"{name}_license_verdict"] = None if is_prose else verdict
            result[f"{name}_reasons"] = list(_reasons(report))
        return result


def _facts(report: TargetReport, *, gated: bool | None) -> Result:
    """What a report says of the model itself, whatever the deployment."""
    readings = [reading for reading in report.readings if reading.inherited_from is None]
    terms = [term for reading in report.readings for term in reading.terms]
    kinds = {term.kind for term in terms}
    issues = [issue.kind for issue in report.card.issues] if report.card else []
    lineage = [ancestor for ancestor in report.lineage if ancestor.depth == 1]
    known = any(reading.identity.id for reading in readings)
    return {
        "declared_license": list(report.card.licenses) if report.card else [],
        "concluded_license": list(dict.fromkeys(filter(None, map(_license, readings)))),
        "license_class": report.openness.license_class.value if report.openness.license_class else None,
        "openness": report.openness.headline,
        "thresholds": sorted({_threshold(term) for term in terms if term.kind == "scale-threshold"}),
        "territory": sorted(
            {str(code) for t in terms if t.kind == "territory-restriction" for code in _tuple(t.attributes, "excluded")}
        ),
        "noncommercial": bool(kinds & {"noncommercial", "research-only"}) if known or kinds else None,
        "base_models": [ancestor.model for ancestor in lineage],
        "base_licenses": list(dict.fromkeys(name for ancestor in lineage for name in ancestor.licenses)),
        "conflicts": [kind for kind in issues if any(word in kind for word in _CONFLICTS)],
        "issues": sorted(set(issues)),
        "questions": [question.fact.replace(f".{report.target}", "") for question in report.questions],
        "gated": gated,
    }


def _license(reading: LicenseReading) -> str | None:
    return reading.identity.id


def _threshold(term: Term) -> str:
    parts = (term.attributes.get(name) for name in ("metric", "comparison", "value", "currency"))
    return " ".join(str(part) for part in parts if part is not None)


def _tuple(attributes: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    value = attributes.get(name)
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _reasons(report: TargetReport) -> Iterator[str]:
    """The findings that keep a deployment from going ahead, worst first: status, kind, and the clause."""
    ranked = sorted(
        (finding for finding in report.findings if finding.moves_verdict and finding.status in _WEIGHED),
        key=lambda finding: _WEIGHED.index(finding.status),
    )
    seen: dict[str, None] = {}
    for finding in ranked:
        basis = finding.basis or finding.license
        seen.setdefault(f"{finding.status.value}: {finding.kind}" + (f" ({basis})" if basis else ""))
    yield from seen


def load_profiles(paths: Iterable[str]) -> dict[str, Profile]:
    """The profiles by the names of their files; without any, one that states nothing."""
    profiles: dict[str, Profile] = {}
    for path in paths:
        name = Path(path).stem
        if name in profiles:
            raise UsageError(f"{path}: another profile is called {name} too; rename one of the files")
        profiles[name] = load_profile(Path(path))
    return profiles or {"any": Profile()}
