"""Which facts to ask a person for, in which order, so that a profile answers what its targets need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from licensecheck.load.checks import load_knowledge
from licensecheck.model.check import Asking
from licensecheck.model.profile import Profile
from licensecheck.model.report import Report

FIRST = (
    "deployment.purpose",
    "deployment.channels",
    "organization.domicile",
    "deployment.regions",
    "deployment.modalities",
    "deployment.uses",
    "derivatives.modifies_model",
    "derivatives.trains_other_models",
)
"""What is asked where no target is named, or before anything else can be told."""


def next_asking(report: Report | None, profile: Profile, *, skipped: Iterable[str] = ()) -> Asking | None:
    """The next fact to ask for; None where nothing that a profile can hold is missing any more."""
    passed = frozenset(skipped)
    wanted = list(FIRST) if report is None else [_field(q.fact) for t in report.targets for q in t.questions]
    if report is not None and any(fact in FIRST for fact in wanted):
        wanted = [fact for fact in FIRST if fact in wanted]
    for fact in wanted:
        asking = load_knowledge().questions.get(fact)
        if asking and asking.field and asking.field not in passed and not is_stated(profile, asking.field):
            return asking
    return None


def _field(fact: str) -> str:
    """The fact of a question without the day on which a text measures it."""
    return fact.partition("@")[0]


def is_stated(profile: Profile, field: str) -> bool:
    """True where the profile holds a value for the field."""
    section, _, name = field.partition(".")
    return getattr(getattr(profile, section), name) is not None


def as_yaml(asking: Asking, answer: str) -> str:
    """What a person typed, as the YAML that the profile reader takes; lists may be typed with commas alone."""
    text = answer.strip()
    if asking.type in ("list", "countries") and not text.startswith("["):
        return "[" + ", ".join(_quoted(item) for item in text.split(",") if item.strip()) + "]"
    if asking.type == "boolean":
        return {"y": "true", "yes": "true", "n": "false", "no": "false"}.get(text.casefold(), text)
    if asking.type == "money" and not text.startswith("{"):
        return _money(text.split())
    if asking.type == "number":
        return text.replace(",", "").replace("_", "").replace("'", "")
    return _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.strip().replace("'", "''") + "'"


def _money(words: Sequence[str]) -> str:
    """`45000000 EUR` or `EUR 45,000,000` as an amount with its currency."""
    currency = next((word for word in words if word.isalpha()), "")
    amount = next((word for word in words if not word.isalpha()), "").replace(",", "")
    return f"{{amount: {amount or 'missing'}, currency: {currency or 'missing'}}}"
