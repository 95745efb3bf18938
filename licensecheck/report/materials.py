"""The pieces that a deployment still lacks, written from the terms: notices, credit lines, use restrictions, copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licensecheck.model.finding import Finding, Status
from licensecheck.model.report import TargetReport
from licensecheck.model.subject import Document
from licensecheck.model.term import Term
from licensecheck.report.markdown import code, escape
from licensecheck.report.sentence import describe, label_of, rank_of
from licensecheck.report.words import place_words
from licensecheck.text.screen import plain_line

_PASSED_ON = (
    "noncommercial",
    "research-only",
    "no-production-use",
    "acceptable-use-policy",
    "prohibited-use",
    "no-model-improvement",
    "no-competing-product",
    "territory-restriction",
)
"""The limits that terms of service pass on."""
_WANTED = (Status.ACTION, Status.REVIEW, Status.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A file to write: its name, its content, and the line of a profile that points to it (`{path}` stands for it).

    `finished` is false where a person must fill it in or put it to use before the profile may name it.
    """

    name: str
    content: str
    field: str
    use: str
    finished: bool = True
    listed: bool = False
    """True where the field of the profile takes a list."""


def make_materials(target: TargetReport) -> tuple[Material, ...]:
    """The files that the target's duties ask for; none where no duty asks for any."""
    bound = [finding for finding in target.findings if finding.status in _WANTED]
    makers = (_notice, _credit, _copies, _restrictions, _changes)
    return tuple(made for maker in makers if (made := maker(target, bound)))


def profile_lines(materials: Iterable[Material], *, folder: str) -> str:
    """The section of a profile that points to the files; those that are not finished stand as comments."""
    lines = ["# Each line is true once the file is really shipped or shown.", "materials:"]
    for material in materials:
        path = f"{folder}/{material.name}"
        quoted = "'" + path.replace("'", "''") + "'"
        line = f"{material.field}: {f'[{quoted}]' if material.listed else quoted}"
        lines.append(f"  {line}" if material.finished else f"  # {line}   # {material.use}")
    return "\n".join(lines) + "\n"


def _notice(target: TargetReport, bound: list[Finding]) -> Material | None:
    """The prescribed notices, word for word and nothing else."""
    texts = [finding.attributes.get("text") for finding in bound if finding.kind == "notice-file"]
    wanted = list(dict.fromkeys(text for text in texts if isinstance(text, str)))
    if not wanted:
        return None
    return Material(
        name="NOTICE",
        content="\n\n".join(wanted) + "\n",
        field="notice_file",
        use="Ship it beside every copy of the model.",
    )


def _credit(target: TargetReport, bound: list[Finding]) -> Material | None:
    """The prescribed lines; of alternatives the first, because one is enough."""
    lines: dict[str, None] = {}
    for finding in bound:
        texts = finding.attributes.get("texts")
        if finding.kind == "display-attribution" and isinstance(texts, tuple) and texts:
            lines[texts[0]] = None
    if not lines:
        return None
    return Material(
        name="CREDITS.txt",
        content="\n".join(lines) + "\n",
        field="credit_lines",
        use="Show these lines where the license asks for them: website, user interface, about page or documentation.",
        listed=True,
    )


def _copies(target: TargetReport, bound: list[Finding]) -> Material | None:
    """A list of the licenses that recipients must get, and the texts themselves."""
    if not any(finding.kind == "include-license" for finding in bound):
        return None
    read = {reading.path: reading for reading in target.readings}
    documents = [document for document in target.documents if document.path in read]
    if not documents:
        return None
    head = [f"- {read[d.path].identity.name or read[d.path].label} ({d.path}, sha256 {d.sha256})" for d in documents]
    listed = "\n".join(["Licenses that go with the model:", *map(plain_line, head)])
    return Material(
        name="LICENSES.txt",
        content="\n\n".join([listed, *map(_copy, documents)]),
        field="license_copy",
        use="Ship it with every copy of the model, or link to it.",
    )


def _copy(document: Document) -> str:
    rule = "=" * 72
    return f"{rule}\n{plain_line(document.path)}\n{rule}\n\n{document.text.rstrip()}\n"


def _restrictions(target: TargetReport, bound: list[Finding]) -> Material | None:
    """The limits of use in plain words, each with the passage and the section that says so."""
    if not any(finding.kind == "flow-down" for finding in bound):
        return None
    terms = [term for reading in target.readings for term in reading.terms if term.kind in _PASSED_ON]
    if not terms:
        return None
    lines = [
        f"# Use restrictions of {escape(target.name or target.target)}",
        "",
        "Put these into your terms of service, so that they bind your users. The passages hold, not the plain words.",
        "",
        *_restriction_lines(terms),
    ]
    return Material(
        name="USE-RESTRICTIONS.md",
        content="\n".join(lines) + "\n",
        field="downstream_terms",
        use="Once the terms of service pass these on.",
        finished=False,
    )


def _restriction_lines(terms: list[Term]) -> Iterator[str]:
    for term in sorted(terms, key=_order):
        yield f"- **{escape(label_of(term))}**: {escape(describe(term))}"
        for evidence in term.evidence:
            yield f"  {code(evidence.quote)} ({escape(place_words(evidence))})"


def _order(term: Term) -> tuple[int, str]:
    return rank_of(term.kind), label_of(term)


def _changes(target: TargetReport, bound: list[Finding]) -> Material | None:
    """A notice of changes with blanks."""
    if not any(finding.kind == "state-changes" for finding in bound):
        return None
    lines = [
        f"This is a changed version of {plain_line(target.name or target.target)}.",
        "",
        "Changed by: [name]",
        "Changed on: [date]",
        "What was changed: [fine-tuned, quantized, merged, pruned, ...; on which data]",
        "Files changed: [list]",
        "The licensor of the original did not make this version and does not endorse it.",
    ]
    return Material(
        name="CHANGES.txt",
        content="\n".join(lines) + "\n",
        field="change_notice",
        use="Once the blanks are filled in and it is shipped with the changed files.",
        finished=False,
    )
