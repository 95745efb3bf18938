"""What other programs call; the command line, the web pages and bulk runs use nothing else.

    from licensecheck import Checker

    report = Checker().check(["path/to/model"], profile="licensecheck.yaml", today="2026-11-20")
    print(report.verdict.value)

A `Checker` carries a catalog (the built-in rules and records, and folders of the user's own) and the places where
models are looked for. The functions of this module are those of a `Checker` with the defaults of the command line.
Nothing here prints or reads the clock, and the network is used only where the settings that are handed in say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from licensecheck.catalog.catalog import BUILT_IN, Catalog, Overlay, load_catalog
from licensecheck.catalog.profile_files import change_profile, load_profile, render_profile
from licensecheck.domain.findings import Finding, Report, Status, TargetReport, Verdict
from licensecheck.domain.licenses import Evidence, LicenseReading, Term
from licensecheck.domain.profile import Approval, Profile
from licensecheck.errors import LicenseCheckError, TextError, UsageError
from licensecheck.frozen import dataclass, replace
from licensecheck.models.environment import local_settings
from licensecheck.models.files import HubSettings, SourceSettings

if TYPE_CHECKING:
    from licensecheck.catalog.explanations import Explanation
    from licensecheck.domain.findings import Against, Changes
    from licensecheck.domain.rules import Asking
    from licensecheck.identify.identify import Identification
    from licensecheck.models.described import Described
    from licensecheck.report.compare_matrix import Matrix
    from licensecheck.report.diff_changes import Comparison, Side
    from licensecheck.report.identification import Identified
    from licensecheck.report.materials import Material
    from licensecheck.report.view import TargetView
    from licensecheck.repository.run import Outcome, Request
    from licensecheck.text.io import SourceText

__all__ = [
    "REPORT_FORMATS",
    "Approval",
    "Catalog",
    "Checker",
    "Evidence",
    "Finding",
    "HubSettings",
    "LicenseCheckError",
    "LicenseReading",
    "Overlay",
    "Profile",
    "Report",
    "SourceSettings",
    "Status",
    "Supposed",
    "TargetReport",
    "Term",
    "Verdict",
    "answer_as_yaml",
    "askings",
    "bom",
    "categories",
    "change_profile",
    "check",
    "compare",
    "compare_reports",
    "currencies",
    "diff",
    "explain",
    "extract",
    "identify",
    "load_catalog",
    "load_profile",
    "local_settings",
    "materials",
    "parse_profile_text",
    "place_names",
    "render",
    "render_profile",
    "scan",
    "views",
    "what_if",
]

REPORT_FORMATS = {
    "text": "text:render",
    "json": "json:render",
    "html": "html:render",
    "markdown": "markdown:render",
    "sarif": "sarif:render",
    "memo": "memo:render",
    "docx": "docx:render",
    "csv": "register:render_csv",
    "xlsx": "register:render_xlsx",
}
"""The formats of `render`: module and function below `licensecheck.report`; docx and xlsx are bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A check under other facts: both reports, and what differs between them."""

    before: Report
    after: Report
    changes: Changes


class Checker:
    """Checks, reads and compares licenses and models with one catalog.

    `settings` says where models are looked for: the hub cache of this machine unless given, never the network.
    """

    def __init__(self, catalog: Catalog = BUILT_IN, *, settings: SourceSettings | None = None) -> None:
        self.catalog = catalog
        self._settings = settings

    @property
    def settings(self) -> SourceSettings:
        """Where models are looked for."""
        return self._settings if self._settings is not None else local_settings()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with self.catalog.active():
            yield

    def check(
        self,
        targets: Iterable[str],
        *,
        profile: str | Path | Profile | None = None,
        today: str | None = None,
        strict: bool = False,
    ) -> Report:
        """The report on model folders, cards, license texts, license ids or model ids.

        `profile` is a profile or its file; None states nothing, so that every fact that matters is asked for. `today`
        (ISO 8601) decides whether approvals have run out; without it none with an expiry counts. `strict`: nothing
        modified, unread or unknown is approved. SourceError where a
        target cannot be found, ProfileError where the profile is faulty.
        """
        from licensecheck.checking import check_targets

        with self._answering():
            facts = _profile(profile)
            return check_targets(targets, facts, settings=self.settings, today=today, strict=strict)

    def check_described(
        self, described: Described, *, profiles: Iterable[Profile], today: str | None = None
    ) -> tuple[TargetReport, ...]:
        """The reports on a model that a row of a list describes, one for each profile; nothing else is looked up."""
        from licensecheck.checking import check_described

        with self._answering():
            return check_described(described, profiles, today=today)

    def name_traits(self, model: str) -> tuple[Any, ...]:
        """What the name of a model may add to what its metadata says; equal traits give equal reports."""
        from licensecheck.models.described import name_traits

        with self._answering():
            return name_traits(model)

    def what_if(
        self,
        targets: Iterable[str],
        changes: Iterable[str],
        *,
        profile: str | Path | Profile | None = None,
        today: str | None = None,
    ) -> Supposed:
        """What changes in the report where profile fields had other values (`organization.employees=500`)."""
        from licensecheck.judge.what_if import compare_reports, suppose

        named = tuple(targets)
        with self._answering():
            facts = _profile(profile)
            before = self.check(named, profile=facts, today=today)
            after = self.check(named, profile=suppose(facts, changes), today=today)
            return Supposed(before=before, after=after, changes=compare_reports(before, after))

    def extract(self, path: str | Path, *, identify: bool = True) -> LicenseReading:
        """The terms that one license or policy file states.

        The file may be plain text, Markdown, HTML, PDF or DOCX; offsets count characters of its decoded text.
        With `identify` off the text is not compared with known licenses.
        SourceError or TextError where it cannot be read or holds no words.
        """
        return self.extract_source(_text_of(path), identify=identify)

    def extract_source(self, source: SourceText, *, identify: bool = True) -> LicenseReading:
        """The same of a text at hand."""
        with self._answering():
            return self._read(source, identify=identify)

    def _read(self, source: SourceText, *, identify: bool = True) -> LicenseReading:
        from licensecheck.checking import identity_of_document
        from licensecheck.domain.subject import Document, Role
        from licensecheck.reading.license_text import read_license

        document = Document(path=source.path, role=Role.LICENSE, text=source.text, sha256=source.sha256)
        return read_license(document, identity=identity_of_document(document) if identify else None)

    def identify(self, path: str | Path) -> Identification:
        """Which known licenses a file holds, and what in it none of them explains."""
        from licensecheck.identify.identify import identify_source

        with self._answering():
            return identify_source(_text_of(path))

    def identify_source(self, source: SourceText, *, added_terms: bool = False) -> Identified:
        """The same of a text at hand, with what is needed to show it; `added_terms` reads what was added."""
        from licensecheck.identify.identify import identify_source
        from licensecheck.report.identification import Identified

        with self._answering():
            found = identify_source(source)
            terms = None
            if added_terms and found.matches:
                stated = self._read(source).terms if found.extra else ()
                terms = tuple(term for term in stated if any(_meets(quote, found.extra) for quote in term.evidence))
            return Identified(path=source.path, text=source.text, found=found, terms=terms)

    def compare(
        self,
        targets: Iterable[str],
        *,
        profile: str | Path | Profile | None = None,
        others: Iterable[str | Path | Profile] = (),
        today: str | None = None,
    ) -> Matrix:
        """Two targets or more side by side, a row a term; with a profile also verdicts and what a move costs.

        `others` are further profiles, each of which adds a row of verdicts.
        """
        from licensecheck.report.buyers import buyer_answers
        from licensecheck.report.compare_matrix import build_matrix, make_columns, verdict_words

        named = tuple(targets)
        if len(named) < 2:
            raise UsageError("compare takes two targets or more")
        with self._answering():
            facts = _profile(profile)
            report = self.check(named, profile=facts, today=today)
            matrix = build_matrix(report.targets, judged=facts.path is not None or isinstance(profile, Profile))
            plain = self.check(named, profile=Profile(), today=today)
            answers = tuple((answer.question, answer.cells) for answer in buyer_answers(plain.targets))
            verdicts = [(_name_of(facts), tuple(map(verdict_words, matrix.columns)))]
            for other in others:
                stated = _profile(other)
                judged = self.check(named, profile=stated, today=today)
                cells = tuple(map(verdict_words, make_columns(judged.targets, judged=True)))
                verdicts.append((_name_of(stated), cells))
            return replace(matrix, answers=answers, verdicts=tuple(verdicts) if len(verdicts) > 1 else ())

    def diff(self, old: str, new: str) -> Comparison:
        """What changed between two licenses, each a file or the id of a record: terms first, then clauses."""
        from licensecheck.report.diff_changes import compare_sides

        with self._answering():
            return compare_sides(self._side(old), self._side(new))

    def _side(self, name: str) -> Side:
        import os

        from licensecheck.catalog.records import find_record
        from licensecheck.checking import read_record
        from licensecheck.report.diff_changes import Side

        if os.path.exists(name):
            source = _text_of(name)
            return Side(name=name, reading=self._read(source), text=source.text)
        record = find_record(name)
        if record is None:
            raise UsageError(f"{name}: not a file, nor a license that the catalog knows")
        if record.is_family:
            versions = ", ".join(version.id for version in record.versions)
            raise UsageError(f"{name} stands for several versions; name one of: {versions}")
        return Side(name=record.id, reading=read_record(record))

    def scan(self, request: Request, *, progress: Callable[[int], Callable[[], None]] | None = None) -> Outcome:
        """Every model that a repository refers to, and a check of each; see `licensecheck.repository.run.Request`."""
        from licensecheck.repository.run import run_scan

        with self._answering():
            return run_scan(request, progress=progress)

    def explain(self, name: str) -> Explanation:
        """What a kind of term, a rule, a license, a card issue, a finding, a status or a verdict means.

        UsageError with the nearest names where nothing is called so.
        """
        from licensecheck.catalog.explanations import find_explanation

        with self._answering():
            return find_explanation(name)

    def materials(
        self, target: str, *, profile: str | Path | Profile | None = None, today: str | None = None
    ) -> tuple[Material, ...]:
        """The notices, credit lines and copies that the licenses of a target ask for and that are missing."""
        from licensecheck.report.materials import make_materials

        with self._answering():
            return make_materials(self.check([target], profile=profile, today=today).targets[0])

    def bom(self, targets: Iterable[str], *, form: str = "cyclonedx", today: str | None = None) -> str:
        """A bill of materials of models and their licenses: CycloneDX (`cyclonedx`) or SPDX (`spdx`)."""
        from licensecheck.report import bom as formats

        if form not in ("cyclonedx", "spdx"):
            raise UsageError(f"{form}: not a format of bills of materials; use cyclonedx or spdx")
        with self._answering():
            report = self.check(targets, profile=Profile(), today=today)
            return formats.render_cyclonedx(report) if form == "cyclonedx" else formats.render_spdx(report)

    def against(self, report: Report, earlier: str | Path) -> Report:
        """The report with what is new, closed or changed since an earlier one, kept as JSON (`Report.against`)."""
        from licensecheck.report.against import compare_with

        with self._answering():
            return compare_with(report, Path(earlier))

    def render(self, report: Report, form: str = "text", **options: Any) -> str | bytes:
        """The report in one of `REPORT_FORMATS`; `options` are those of the format (text: width, colour, full)."""
        import importlib

        if form not in REPORT_FORMATS:
            raise UsageError(f"{form}: not a report format; use one of {', '.join(REPORT_FORMATS)}")
        with self._answering():
            module, _, name = REPORT_FORMATS[form].partition(":")
            render = getattr(importlib.import_module(f"licensecheck.report.{module}"), name)
            rendered: str | bytes = render(report, **options)
            return rendered


def check(
    targets: Iterable[str],
    *,
    profile: str | Path | Profile | None = None,
    today: str | None = None,
    settings: SourceSettings | None = None,
) -> Report:
    """`Checker.check` with the built-in catalog."""
    return Checker(settings=settings).check(targets, profile=profile, today=today)


def what_if(
    targets: Iterable[str],
    changes: Iterable[str],
    *,
    profile: str | Path | Profile | None = None,
    today: str | None = None,
) -> Supposed:
    """`Checker.what_if` with the built-in catalog."""
    return Checker().what_if(targets, changes, profile=profile, today=today)


def extract(path: str | Path) -> LicenseReading:
    """`Checker.extract` with the built-in catalog."""
    return Checker().extract(path)


def identify(path: str | Path) -> Identification:
    """`Checker.identify` with the built-in catalog."""
    return Checker().identify(path)


def _name_of(profile: Profile) -> str:
    """What to call a profile: its product, else its file."""
    return profile.deployment.product or Path(profile.path or "no profile").name


def compare(
    targets: Iterable[str],
    *,
    profile: str | Path | Profile | None = None,
    others: Iterable[str | Path | Profile] = (),
    today: str | None = None,
) -> Matrix:
    """`Checker.compare` with the built-in catalog."""
    return Checker().compare(targets, profile=profile, others=others, today=today)


def diff(old: str, new: str) -> Comparison:
    """`Checker.diff` with the built-in catalog."""
    return Checker().diff(old, new)


def scan(*paths: str, profile: str | None = None, today: str | None = None) -> Outcome:
    """`Checker.scan` of folders or files with the built-in catalog; the working folder where none is named."""
    from licensecheck.repository.run import Request

    return Checker().scan(Request(paths=paths, profile=profile, today=today))


def explain(name: str) -> Explanation:
    """`Checker.explain` with the built-in catalog."""
    return Checker().explain(name)


def materials(
    target: str, *, profile: str | Path | Profile | None = None, today: str | None = None
) -> tuple[Material, ...]:
    """`Checker.materials` with the built-in catalog."""
    return Checker().materials(target, profile=profile, today=today)


def bom(targets: Iterable[str], *, form: str = "cyclonedx", today: str | None = None) -> str:
    """`Checker.bom` with the built-in catalog."""
    return Checker().bom(targets, form=form, today=today)


def render(report: Report, form: str = "text", **options: Any) -> str | bytes:
    """`Checker.render` with the built-in catalog."""
    return Checker().render(report, form, **options)


def views(report: Report) -> tuple[TargetView, ...]:
    """The report as its readers see it: for each target the sections of rows in the order in which they are read."""
    from licensecheck.report.view import view_target

    return tuple(view_target(target, report.profile) for target in report.targets)


def compare_reports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Against:
    """What differs between two reports, both as the data of their JSON."""
    from licensecheck.report.against import compare_data

    return compare_data(old, new)


def parse_profile_text(text: str, *, name: str = "profile") -> Profile:
    """The profile that YAML text states; ProfileError or Faults with lines where it cannot be used."""
    from licensecheck.catalog.profile_files import profile_of_text

    return profile_of_text(text, Path(name))


def askings() -> Mapping[str, Asking]:
    """How each fact of a profile is asked for, by the field that holds the answer."""
    from licensecheck.catalog.check_rules import load_knowledge

    questions = load_knowledge().questions
    found = {asking.field: asking for asking in questions.values() if asking.field}
    return found | {field: questions[field] for field in found if field in questions}


def place_names(codes: Iterable[str] | None = None) -> Mapping[str, str]:
    """The name of each country by its ISO 3166-1 code, or of the codes given, ordered by name."""
    from licensecheck.catalog.phrasing import country_codes, place_name

    named = {code: place_name(code) for code in (country_codes() if codes is None else codes)}
    return dict(sorted(named.items(), key=lambda each: (each[1], each[0])))


def currencies() -> tuple[str, ...]:
    """The codes (ISO 4217) of the currencies that can be compared, in the order of the project's list."""
    from licensecheck.catalog.built_data import load_data

    return tuple(load_data("currencies.yaml")["usd_per_unit"])


def categories() -> Mapping[str, str]:
    """What each category of prohibited use takes in, in plain words, by its name."""
    from licensecheck.catalog.built_data import load_data

    return dict(load_data("terms.yaml")["prohibited_use_categories"])


def answer_as_yaml(field: str, answer: str) -> str:
    """What a person typed as the answer for a field, as the YAML that profiles hold; an empty answer is not known."""
    from licensecheck.judge.what_if import as_yaml

    if not answer.strip():
        return "null"
    asking = askings().get(field)
    return as_yaml(asking, answer) if asking else answer


def _profile(given: str | Path | Profile | None) -> Profile:
    return load_profile(Path(given)) if isinstance(given, (str, Path)) else given or Profile()


def _text_of(path: str | Path) -> SourceText:
    from licensecheck.errors import Place
    from licensecheck.text.formats import read_any_text

    source = read_any_text(Path(path))
    if not any(c.isalnum() for c in source.text):
        raise TextError("is empty: there is no license to read", Place(path=str(path)))
    return source


def _meets(quote: Evidence, spans: Iterable[tuple[int, int]]) -> bool:
    return any(quote.start < end and start < quote.end for start, end in spans)
