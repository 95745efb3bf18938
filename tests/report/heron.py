"""A report made by hand on an invented model under an invented license, with evidence that stands in its text."""

from __future__ import annotations

from typing import Any

from licensecheck.domain.findings import Criterion, Finding, Openness, Question, Report, Status, TargetReport, Verdict
from licensecheck.domain.licenses import (
    Disposition,
    Evidence,
    Identity,
    LedgerLine,
    LicenseClass,
    LicenseReading,
    MatchKind,
    Term,
)
from licensecheck.domain.profile import Deployment, Materials, Organization, Profile
from licensecheck.domain.subject import Ancestor, Card, CardIssue, Disclosure, Document, Role

LICENSE_TEXT = """HERON 9 COMMUNITY TERMS
Released 2 March 2025

1. Rights
Everybody gets a worldwide and royalty-free right to use, copy and change Heron 9.

2. Passing it on
a. Hand out these terms together with every copy of Heron 9, and show the line "Hatched by Heron" on a page.
b. Put a text file named Notice beside every copy, which reads "Heron 9 comes from Wader Labs under its terms."
c. A model that was made from Heron 9 bears a name that starts with Heron.

3. Large users
Whoever counts more than 500,000,000 people a month on the release day, sister companies included,
asks Wader Labs for a separate license.

4. Manners
Heron 9 is not to be used for weapons, nor to spy on people. The policy at https://wader.example/manners holds too.

5. Odds and ends
The birds on the cover were drawn by hand.

6. No promises
Heron 9 comes as it is; Wader Labs promises nothing.
The law of Denmark applies.
"""
PATH = "heron-9/LICENSE"
SHA = "5f" * 32


def quote(
    text: str, *, section: str | None = None, path: str = PATH, within: str = LICENSE_TEXT
) -> tuple[Evidence, ...]:
    """The passage as evidence, where it stands in the license."""
    start = within.index(text)
    line = within.count("\n", 0, start) + 1
    return (Evidence(path=path, quote=text, start=start, end=start + len(text), line=line, section=section),)


def term(kind: str, passage: str, section: str, /, *, triggers: tuple[str, ...] = (), **attributes: Any) -> Term:
    return Term(
        kind=kind, attributes=attributes, evidence=quote(passage, section=section), triggers=triggers, rule=kind
    )


TERMS = (
    term(
        "copyright-grant",
        "worldwide and royalty-free right to use, copy and change Heron 9",
        "1",
        rights=("modify", "reproduce", "use"),
        qualities=("royalty-free", "worldwide"),
    ),
    term("include-license", "Hand out these terms together with every copy", "2.a", triggers=("distribute-model",)),
    term(
        "display-attribution",
        'show the line "Hatched by Heron" on a page',
        "2.a",
        triggers=("distribute-model",),
        texts=("Hatched by Heron",),
        required=True,
    ),
    term(
        "notice-file",
        "Put a text file named Notice beside every copy, which reads",
        "2.b",
        triggers=("distribute-model",),
        text="Heron 9 comes from Wader Labs under its terms.",
    ),
    term("model-naming", "bears a name that starts with Heron", "2.c", text="Heron", position="prefix"),
    term(
        "scale-threshold",
        "more than 500,000,000 people a month on the release day, sister companies included",
        "3",
        metric="monthly-active-users",
        value=500000000,
        currency=None,
        includes_affiliates=True,
        commercial_only=None,
        measured_on="2025-03-02",
        consequence="separate-license",
    ),
    term("prohibited-use", "not to be used for weapons", "4", category="weapons"),
    term("prohibited-use", "not to be used for weapons, nor to spy on people", "4", category="surveillance-biometrics"),
    term(
        "acceptable-use-policy",
        "The policy at https://wader.example/manners holds too",
        "4",
        url="https://wader.example/manners",
    ),
    term("warranty-disclaimer", "Heron 9 comes as it is", "6"),
    term("governing-law", "The law of Denmark applies", "6", jurisdiction="DK"),
)


def finding(index: int, status: Status, message: str, **more: Any) -> Finding:
    """A finding on one of the terms."""
    found = TERMS[index]
    return Finding(
        kind=found.kind,
        attributes=found.attributes,
        status=status,
        message=message,
        license="heron-9",
        evidence=found.evidence,
        basis=f"heron-9 {found.evidence[0].section}",
        rule=f"{found.kind}-check",
        **more,
    )


FINDINGS = (
    finding(
        5,
        Status.REVIEW,
        "The license limits how large a user may be, and no size is given.",
        question="How many monthly active users did the group have before 2025-03-02?",
        limit="Above 500,000,000 monthly active users on 2025-03-02 the verdict is denied.",
    ),
    finding(
        7,
        Status.VIOLATION,
        "The use 'staff tracking' falls under surveillance, which the license forbids.",
        remedy="Drop the use, or ask Wader Labs for its leave.",
    ),
    finding(
        1,
        Status.ACTION,
        "Recipients must get the license; no copy is known to go with the product.",
        remedy="Put a copy of the license beside the weights.",
    ),
    finding(
        2, Status.ACTION, "The license asks for a displayed line; none was found.", remedy='Show "Hatched by Heron".'
    ),
    finding(3, Status.ACTION, "The license asks for a notice file; none was found.", remedy="Add the file Notice."),
    finding(6, Status.MET, "Weapons are ruled out for this deployment."),
    finding(4, Status.NOT_APPLICABLE, "No model is made from it."),
    finding(8, Status.WAIVED, "Cleared by Legal until 2027-01-31: policy read."),
    finding(0, Status.MET, "The license grants these rights.", moves_verdict=False, group="grant"),
    finding(9, Status.MET, "The work comes without warranty.", moves_verdict=False, group="legal"),
    finding(10, Status.MET, "The law of Denmark governs the license.", moves_verdict=False, group="legal"),
)

READING = LicenseReading(
    path=PATH,
    sha256=SHA,
    identity=Identity(
        match=MatchKind.MODIFIED, id="heron-9", name="Heron 9 Community Terms", version="9", coverage=0.97
    ),
    license_class=LicenseClass.USE_RESTRICTED,
    terms=TERMS,
    ledger=tuple(
        LedgerLine(evidence=evidence, disposition=Disposition.UNREAD, force="statement")
        for evidence in quote("The birds on the cover were drawn by hand.", section="5")
    ),
)

OPENNESS = Openness(
    license_class=LicenseClass.USE_RESTRICTED,
    open_source=False,
    open_weight=True,
    headline="Open-weight, not open source: the license limits who may use the model and for what.",
    reasons=("Size limit (3)", "Prohibited uses (4)"),
    osd=(
        Criterion(
            id="osd-5",
            title="No discrimination against persons or groups",
            status="not-met",
            message="Large users need a separate license.",
            evidence=TERMS[5].evidence,
            basis="heron-9 3",
        ),
        Criterion(
            id="osd-6",
            title="No discrimination against fields of endeavor",
            status="not-met",
            message="Weapons and spying are ruled out.",
            evidence=TERMS[6].evidence,
            basis="heron-9 4",
        ),
    ),
    osaid=(
        Criterion(id="osaid-data", title="Data information", status="not-known", message="The card does not say."),
        Criterion(
            id="osaid-parameters", title="Parameters", status="not-met", message="Not under OSD-conforming terms."
        ),
    ),
    mof_class=None,
    mof_missing=("technical report",),
    release="public",
    claim="open source",
)

CARD = Card(
    path="heron-9/README.md",
    licenses=("other",),
    license_name="heron-9",
    license_link="LICENSE",
    base_models=("wader/Heron-9-Base",),
    relation="finetune",
    title="Heron 9",
    tags=("text-generation",),
    modalities=("text",),
    datasets=("wader/pond",),
    issues=(CardIssue(kind="claims-open-source", message="The card says open source; the license is not.", line=7),),
)

TARGET = TargetReport(
    target="heron-9",
    name="wader/Heron-9",
    verdict=Verdict.DENIED,
    findings=FINDINGS,
    openness=OPENNESS,
    readings=(READING,),
    documents=(Document(path=PATH, role=Role.LICENSE, text=LICENSE_TEXT, sha256=SHA),),
    card=CARD,
    lineage=(
        Ancestor(
            model="wader/Heron-9-Base", relation="finetune", license="heron-9", declared_in="README.md", known=True
        ),
        Ancestor(model="marsh/Reed-1", relation="merge", license=None, depth=2),
    ),
    disclosures=(
        Disclosure(topic="training-data", status="not-disclosed", message="The card does not name the training data."),
        Disclosure(
            topic="evaluation", status="disclosed", message="The card shows evaluations.", quotes=("Pond-Bench 71.2",)
        ),
    ),
    questions=(
        Question(
            fact="organization.monthly_active_users",
            decides=("scale-threshold",),
            text="How many monthly active users did the group have before 2025-03-02?",
        ),
    ),
    notes=("The policy at https://wader.example/manners is not at hand.",),
)

PROFILE = Profile(
    organization=Organization(name="Example AG", domicile="DE"),
    deployment=Deployment(
        product="Example Assistant", purpose="commercial", channels=("product",), regions=("DE", "FR")
    ),
    materials=Materials(credit_lines=()),
    path="acme.yaml",
)


def make_report(*targets: TargetReport) -> Report:
    """A report on the invented model, or on these targets."""
    chosen = targets or (TARGET,)
    worst = max((target.verdict for target in chosen), key=lambda verdict: verdict.level)
    return Report(
        verdict=worst,
        targets=chosen,
        profile=PROFILE,
        tool_version="0.0.0",
        data_version="2026-11-01",
        date="2026-11-20",
    )


def make_other(name: str, *terms: Term, source: str = "text", verdict: Verdict = Verdict.APPROVED) -> TargetReport:
    """A target under another license with these terms and no findings."""
    reading = LicenseReading(
        path=f"{name}/LICENSE",
        sha256="a0" * 32,
        identity=Identity(match=MatchKind.EXACT, id=name, name=f"{name} terms", coverage=1.0),
        license_class=LicenseClass.OPEN,
        terms=terms,
        source=source,
    )
    openness = Openness(license_class=LicenseClass.OPEN, open_source=None, open_weight=True, headline="Open-weight.")
    return TargetReport(target=name, name=None, verdict=verdict, findings=(), openness=openness, readings=(reading,))


def make_trio() -> tuple[TargetReport, ...]:
    """The invented model, one under a short license, and one whose license record nobody has read."""
    copy = Term(kind="include-license", clause="4", triggers=("distribute-copies",))
    warranty = Term(kind="warranty-disclaimer", clause="7")
    return TARGET, make_other("plover-1", copy, warranty), make_other("stilt-2", source="record")
