"""Running the examples of check rules and of trades: a made-up term and profile, and what the judge makes of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from licensecheck.catalog.built_data import load_data
from licensecheck.catalog.check_rules import check_files, load_check, load_knowledge, trade_files
from licensecheck.catalog.profile_files import parse_profile
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.domain.findings import Status
from licensecheck.domain.licenses import Evidence, Identity, LicenseClass, LicenseReading, MatchKind, Term
from licensecheck.domain.profile import Profile
from licensecheck.domain.rules import CheckRule, Trial
from licensecheck.domain.subject import Subject
from licensecheck.judge.case import Situation
from licensecheck.judge.evaluate import evaluate
from licensecheck.judge.judge import judge_by
from licensecheck.judge.licensing import apply_approvals

LICENSE = "license:"
"""A fact `license:<id>` says which license the made-up text is."""
CLASS = "class:"
"""A fact `class:<class>` says of which class the made-up text is."""
ALSO = "also:"
"""A fact `also:<kind>` says that the made-up text states such a term too."""


def try_checks(rule_ids: Container[str]) -> Trial:
    """The trial of the check rules of these ids, or of all where none is named."""
    loaded = [load_check(path) for path in check_files() if not rule_ids or path.stem in rule_ids]
    runs = [(rule, example, try_check(rule, example)) for rule, examples in loaded for example in examples]
    wrong = [(rule, example, fault) for rule, example, fault in runs if bool(fault) != ("gap" in example)]
    faults = [f"{rule.id}: {example['name']}: {fault or 'the gap is closed'}" for rule, example, fault in wrong]
    return Trial(rules=len(loaded), examples=len(runs), faults=tuple(faults))


def try_check(rule: CheckRule, example: Mapping[str, Any]) -> str | None:
    """What is wrong with an example of a check rule; None where it shows what it says."""
    term = _term(rule, example.get("term", {}))
    situation = _situation(term, example.get("facts", ()), parse_profile(example["profile"], path="example"))
    finding = judge_by(rule, term, situation.readings[0], situation)
    cleared = apply_approvals(finding, situation.readings[0], situation) if finding else None
    status = cleared.status.value if cleared else "none"
    return None if status == example["expect"] else f"gives {status}, expected {example['expect']}"


def _term(rule: CheckRule, data: Mapping[str, Any]) -> Term:
    return Term(
        kind=data.get("kind", rule.terms[0]),
        attributes={k: tuple(v) if isinstance(v, list) else v for k, v in data.get("attributes", {}).items()},
        triggers=tuple(data.get("triggers", ())),
        provisos=tuple(data.get("provisos", ())),
        details=data.get("details", {}),
        evidence=_passage(data.get("quote")),
    )


def _passage(quote: str | None) -> tuple[Evidence, ...]:
    return (Evidence(path="LICENSE", quote=quote, start=0, end=len(quote), line=1),) if quote else ()


def _situation(term: Term, facts: Iterable[str], profile: Profile) -> Situation:
    names = tuple(facts)
    license_id = _named(names, LICENSE)
    license_class = _named(names, CLASS)
    others = tuple(Term(kind=name.removeprefix(ALSO)) for name in names if name.startswith(ALSO))
    reading = LicenseReading(
        path="LICENSE",
        sha256="",
        identity=Identity(match=MatchKind.EXACT if license_id else MatchKind.UNKNOWN, id=license_id),
        license_class=LicenseClass(license_class) if license_class else None,
        terms=(term, *others),
        facts=frozenset(names),
    )
    subject = Subject(target="example")
    return Situation(subject=subject, readings=(reading,), profile=profile, knowledge=load_knowledge())


def _named(names: Iterable[str], prefix: str) -> str | None:
    return next((name.removeprefix(prefix) for name in names if name.startswith(prefix)), None)


# Examples of the trades: uses that are known to be harmless, and uses that are asked about.


def try_purposes(names: Container[str]) -> Trial:
    """The trial of the examples of the trades of these names, or of all; a trade counts as a rule."""
    files = [path for path in trade_files() if not names or path.stem in names]
    trades = {path.stem: load_yaml(path, name=path.name)["examples"] for path in files}
    runs = [
        (name, use, _is_asked(use), expected == "asked")
        for name, examples in trades.items()
        for expected, uses in examples.items()
        for use in uses
    ]
    faults = [
        f"{name}: {use}: {'is asked about' if asked else 'passes'}" for name, use, asked, due in runs if asked != due
    ]
    return Trial(rules=len(trades), examples=len(runs), faults=tuple(faults))


def _is_asked(use: str) -> bool:
    """True where the use is asked about, or barred, under a text that bans all that can be banned."""
    categories = load_data("terms.yaml")["prohibited_use_categories"]
    terms = tuple(Term(kind="prohibited-use", attributes={"category": category}) for category in categories)
    reading = LicenseReading(
        path="LICENSE", sha256="", identity=Identity(match=MatchKind.UNKNOWN), license_class=None, terms=terms
    )
    profile = parse_profile({"version": 1, "deployment": {"uses": [use]}}, path="example")
    report = evaluate(Subject(target="example"), (reading,), profile)
    return any(f.question_fact == f"use.{use}" or f.status is Status.VIOLATION for f in report.findings)
