"""The pieces that a deployment still lacks, written from the terms: notices, credit lines, use restrictions, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from licensecheck.domain.findings import Finding, Status, TargetReport
from licensecheck.domain.licenses import Term
from licensecheck.domain.subject import Document
from licensecheck.frozen import dataclass
from licensecheck.report.markdown import code, escape
from licensecheck.report.sentences import describe, label_of, place_words, rank_of, short_paths
from licensecheck.text.markup import plain_line

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
    """A file to write: its name, its content, and the field of a profile that points to it.

    `finished` is false where a person must fill it in or put it to use before the profile may name it.
    """

    name: str
    content: str
    field: str
    use: str
    finished: bool = True
    listed: bool = False
    """True where the field of the profile takes a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """A sort of material: the kind of duty that asks for it, and who writes it from the findings of that kind."""

    duty: str
    name: str
    field: str
    use: str
    write: Callable[[TargetReport, list[Finding]], str]
    finished: bool = True
    listed: bool = False


def make_materials(target: TargetReport) -> tuple[Material, ...]:
    """The files that the target's duties ask for; none where no duty asks for any."""
    return tuple(made for sort in _SORTS if (made := _make(sort, target)))


def _make(sort: _Sort, target: TargetReport) -> Material | None:
    asked = [finding for finding in target.findings if finding.kind == sort.duty and finding.status in _WANTED]
    content = sort.write(target, asked) if asked else ""
    if not content:
        return None
    return Material(
        name=sort.name,
        content=content + "\n",
        field=sort.field,
        use=sort.use,
        finished=sort.finished,
        listed=sort.listed,
    )


def profile_lines(materials: Iterable[Material], *, folder: str) -> str:
    """The section of a profile that points to the files; those that are not finished stand as comments."""
    lines = ["# Each line is true once the file is really shipped or shown.", "materials:"]
    for material in materials:
        path = f"{folder}/{material.name}"
        quoted = "'" + path.replace("'", "''") + "'"
        line = f"{material.field}: {f'[{quoted}]' if material.listed else quoted}"
        lines.append(f"  {line}" if material.finished else f"  # {line}   # {material.use}")
    return "\n".join(lines) + "\n"


def _notices(_: TargetReport, asked: list[Finding]) -> str:
    """The prescribed notices, word for word and nothing else."""
    texts = [finding.attributes.get("text") for finding in asked]
    return "\n\n".join(dict.fromkeys(text for text in texts if isinstance(text, str)))


def _credit_lines(_: TargetReport, asked: list[Finding]) -> str:
    """The prescribed lines; of alternatives the first, because one is enough."""
    texts = [finding.attributes.get("texts") for finding in asked]
    return "\n".join(dict.fromkeys(lines[0] for lines in texts if isinstance(lines, tuple) and lines))


def _copies(target: TargetReport, _: list[Finding]) -> str:
    """A list of the licenses that recipients must get, and the texts themselves."""
    read = {reading.path: reading for reading in target.readings}
    documents = [document for document in target.documents if document.path in read]
    if not documents:
        return ""
    head = [f"- {read[d.path].identity.heading or read[d.path].label} ({d.path}, sha256 {d.sha256})" for d in documents]
    listed = "\n".join(["Licenses that go with the model:", *map(plain_line, head)])
    return "\n\n".join([listed, *map(_copy, documents)])


def _copy(document: Document) -> str:
    rule = "=" * 72
    return f"{rule}\n{plain_line(document.path)}\n{rule}\n\n{document.text.rstrip()}"


def _restrictions(target: TargetReport, _: list[Finding]) -> str:
    """The limits of use in plain words, each with the passage and the section that says so."""
    terms = [term for reading in target.readings for term in reading.terms if term.kind in _PASSED_ON]
    if not terms:
        return ""
    lines = [
        f"# Use restrictions of {escape(target.name or target.target)}",
        "",
        "Put these into your terms of service, so that they bind your users. The passages hold, not the plain words.",
        "",
        *_restriction_lines(terms),
    ]
    return "\n".join(lines)


def _restriction_lines(terms: list[Term]) -> Iterator[str]:
    names = short_paths(evidence.path for term in terms for evidence in term.evidence)
    for term in sorted(terms, key=_order):
        yield f"- **{escape(label_of(term))}**: {escape(describe(term))}"
        for evidence in term.evidence:
            yield f"  {code(evidence.quote)} ({escape(place_words(evidence, file=names[evidence.path]))})"


def _order(term: Term) -> tuple[int, str]:
    return rank_of(term.kind), label_of(term)


def _change_notice(target: TargetReport, _: list[Finding]) -> str:
    """A notice of changes with blanks."""
    lines = [
        f"This is a changed version of {plain_line(target.name or target.target)}.",
        "",
        "Changed by: [name]",
        "Changed on: [date]",
        "What was changed: [fine-tuned, quantized, merged, pruned, ...; on which data]",
        "Files changed: [list]",
        "The licensor of the original did not make this version and does not endorse it.",
    ]
    return "\n".join(lines)


_SORTS = (
    _Sort(
        duty="notice-file",
        name="NOTICE",
        field="notice_file",
        use="Ship it beside every copy of the model.",
        write=_notices,
    ),
    _Sort(
        duty="display-attribution",
        name="CREDITS.txt",
        field="credit_lines",
        use="Show these lines where the license asks for them: website, user interface, about page or documentation.",
        write=_credit_lines,
        listed=True,
    ),
    _Sort(
        duty="include-license",
        name="LICENSES.txt",
        field="license_copy",
        use="Ship it with every copy of the model, or link to it.",
        write=_copies,
    ),
    _Sort(
        duty="flow-down",
        name="USE-RESTRICTIONS.md",
        field="downstream_terms",
        use="Once the terms of service pass these on.",
        write=_restrictions,
        finished=False,
    ),
    _Sort(
        duty="state-changes",
        name="CHANGES.txt",
        field="change_notice",
        use="Once the blanks are filled in and it is shipped with the changed files.",
        write=_change_notice,
        finished=False,
    ),
)
"""The materials in the order in which they are offered."""
