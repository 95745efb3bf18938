"""What must hold whatever the license and the deployment: nothing unknown approves, nothing stricter helps."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from licensecheck.catalog.profile_files import parse_profile
from licensecheck.domain.findings import Status, TargetReport
from licensecheck.domain.licenses import Term
from licensecheck.domain.subject import Subject
from licensecheck.judge.evaluate import evaluate

from .building import make_reading, make_term

LIMIT: dict[str, Any] = {
    "metric": "monthly-active-users",
    "value": 1000,
    "includes_affiliates": True,
    "consequence": "separate-license",
    "details": {"operator": "gt"},
}
TERMS: tuple[Term, ...] = (
    make_term("include-license"),
    make_term("retain-notices"),
    make_term("notice-file", text="A notice"),
    make_term("display-attribution", texts=("Built with Zorp",), required=True),
    make_term("model-naming", text="Zorp", position="prefix"),
    make_term("state-changes"),
    make_term("flow-down"),
    make_term("same-license", scope="work"),
    make_term("disclose-source", network=True),
    make_term("disclose-risks"),
    make_term("register", triggers=["commercial-use"]),
    make_term("use-latest-version"),
    make_term("noncommercial"),
    make_term("research-only"),
    make_term("no-production-use"),
    make_term("no-model-improvement"),
    make_term("no-hosting"),
    make_term("no-distribution"),
    make_term("no-derivatives"),
    make_term("no-competing-product"),
    make_term("excluded-users", details={"who": "commercial-entities"}),
    make_term("acceptable-use-policy", url="https://example.com/policy"),
    make_term("prohibited-use", category="military"),
    make_term("prohibited-use", category="undisclosed-ai"),
    make_term("prohibited-use", category="unlicensed-profession", provisos=["unlicensed"]),
    make_term("territory-restriction", excluded=("EU",), scope="multimodal", details={"where": "use"}),
    make_term("scale-threshold", **LIMIT),
    make_term("governing-law", jurisdiction="CN"),
)
FLAG = st.booleans()
FACTS = st.fixed_dictionaries(
    {
        "organization.domicile": st.sampled_from(["DE", "US", "NO"]),
        "organization.monthly_active_users": st.sampled_from([10, 1000, 2000]),
        "deployment.purpose": st.sampled_from(["commercial", "internal", "research", "personal"]),
        "deployment.channels": st.lists(
            st.sampled_from(["hosted-api", "product", "weights", "on-device", "internal"]), min_size=1, unique=True
        ),
        "deployment.regions": st.sampled_from([["DE"], ["US"]]),
        "deployment.modalities": st.sampled_from([["text"], ["image"]]),
        "deployment.uses": st.sampled_from([["travel tips"], ["drone targeting"], ["diagnosis of patients"]]),
        "derivatives.modifies_model": FLAG,
        "derivatives.trains_other_models": FLAG,
        "derivatives.trained_model_released": FLAG,
        "derivatives.model_name": st.sampled_from(["Zorp-X", "Other"]),
        "derivatives.license": st.sampled_from(["zorp-1.0", "mit"]),
        "materials.license_copy": FLAG,
        "materials.notice_file": FLAG,
        "materials.credit_lines": st.sampled_from([[], ["Built with Zorp"]]),
        "materials.change_notice": FLAG,
        "materials.downstream_terms": FLAG,
        "materials.source_offered": FLAG,
        "materials.ai_disclosure": FLAG,
        "materials.registered": st.sampled_from([[], ["zorp-1.0"]]),
        "materials.use_latest_version": FLAG,
        "materials.notices_kept": FLAG,
        "materials.risks_disclosed": FLAG,
    }
)
CHOSEN = st.lists(st.sampled_from(range(len(TERMS))), min_size=1, max_size=5, unique=True)
SUBJECT = Subject(target="t")


def _agree(facts: dict[str, Any]) -> bool:
    """False for a profile that contradicts itself: of a model that is released or not, of notices that are kept."""
    inside = facts["deployment.channels"] == ["internal"]
    made = facts["derivatives.modifies_model"] or facts["derivatives.trains_other_models"]
    released = facts["derivatives.trained_model_released"]
    handed_over = facts["derivatives.modifies_model"] and "weights" in facts["deployment.channels"] and not released
    dropped = facts["materials.notice_file"] and not facts["materials.notices_kept"]
    return not ((inside or not made) and released) and not handed_over and not dropped


CONSISTENT = FACTS.filter(_agree)


def _check(terms: list[Term], facts: dict[str, Any]) -> TargetReport:
    data: dict[str, Any] = {}
    for path, value in facts.items():
        section, _, field = path.partition(".")
        data.setdefault(section, {})[field] = value
    profile = parse_profile(data, path="p.yaml")
    return evaluate(SUBJECT, [make_reading(*terms)], profile, today="2026-11-20")


def _violated(report: TargetReport) -> set[tuple[str, Any]]:
    return {(f.kind, f.attributes.get("category")) for f in report.findings if f.status is Status.VIOLATION}


@given(chosen=CHOSEN, facts=CONSISTENT, data=st.data())
@settings(max_examples=150, deadline=None)
def test_unknown_fact_never_approves(chosen: list[int], facts: dict[str, Any], data: st.DataObject) -> None:
    terms = [TERMS[i] for i in chosen]
    blank = data.draw(st.sampled_from(sorted(facts)))
    without = {name: value for name, value in facts.items() if name != blank}
    if _check(terms, without).verdict.level == 0:
        assert _check(terms, facts).verdict.level == 0, blank


@given(chosen=CHOSEN, facts=FACTS, data=st.data())
@settings(max_examples=150, deadline=None)
def test_added_fact_lifts_no_violation(chosen: list[int], facts: dict[str, Any], data: st.DataObject) -> None:
    terms = [TERMS[i] for i in chosen]
    kept = data.draw(st.sets(st.sampled_from(sorted(facts))))
    fewer = {name: value for name, value in facts.items() if name in kept}
    assert _violated(_check(terms, fewer)) <= _violated(_check(terms, facts))


HANDED_ON_UNDER_MIT: dict[str, Any] = {
    "derivatives.modifies_model": True,
    "derivatives.trains_other_models": False,
    "derivatives.trained_model_released": True,
    "derivatives.license": "mit",
    "materials.downstream_terms": False,
    "organization.domicile": "DE",
    "organization.monthly_active_users": 10,
    "deployment.purpose": "commercial",
    "deployment.channels": ["weights"],
    "deployment.regions": ["DE"],
    "deployment.modalities": ["text"],
    "deployment.uses": ["travel tips"],
    "derivatives.model_name": "Zorp-X",
    "materials.credit_lines": [],
    "materials.registered": [],
}
"""A derivative under MIT, whose recipients are bound to nothing else."""


@given(chosen=CHOSEN, facts=FACTS, extra=st.sampled_from(TERMS))
@example(chosen=[22], facts=HANDED_ON_UNDER_MIT, extra=TERMS[6])
@settings(max_examples=150, deadline=None)
def test_stricter_license_is_never_better(chosen: list[int], facts: dict[str, Any], extra: Term) -> None:
    terms = [TERMS[i] for i in chosen]
    assert _check([*terms, extra], facts).verdict.level >= _check(terms, facts).verdict.level


@given(chosen=CHOSEN, facts=FACTS, seed=st.integers())
@settings(max_examples=80, deadline=None)
def test_order_of_terms_does_not_matter(chosen: list[int], facts: dict[str, Any], seed: int) -> None:
    terms = [TERMS[i] for i in chosen]
    shuffled = terms.copy()
    random.Random(seed).shuffle(shuffled)
    assert _check(shuffled, facts).findings == _check(terms, facts).findings


@given(chosen=CHOSEN)
@settings(max_examples=40, deadline=None)
def test_empty_profile_is_never_approved_by_a_license_with_conditions(chosen: list[int]) -> None:
    terms = [TERMS[i] for i in chosen if TERMS[i].kind != "governing-law"]
    assert not terms or _check(terms, {}).verdict.level > 0
