"""What the pages do: keep products and facts, check targets, record decisions, sign and re-check. No page computes."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer

from licensecheck import api
from licensecheck.domain.repository import ReferenceRole
from licensecheck.domain.repository import Review as Repository
from licensecheck.errors import LicenseCheckError, UsageError
from licensecheck.web.access import Access, User
from licensecheck.web.database import Connection, Database
from licensecheck.web.tables import Assignment, Export, Product, ProfileVersion, Review, Signature, Target

EXPORTS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats in which a signed review is frozen."""
PAGE = 50
SORTS = {"model": Target.name, "product": Product.name, "verdict": Review.verdict, "updated": Review.updated.desc(),
         "expiry": Review.next_expiry, "duties": Review.open_duties.desc()}  # fmt: skip
"""How the register can be sorted."""
_CACHED = 64
_SCAN_STEP = 50
"""After how many files of a scan its progress is told."""
_LIGHT = (defer(Review.report, raiseload=True),)
"""Lists do without the reports, which are long."""
Row = TypeVar("Row")


class ConflictError(LicenseCheckError):
    """Somebody else has changed the same thing since the page was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A product's facts: the number of the version, its YAML and what it states."""

    number: int
    content: str
    profile: api.Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A review with all that its page shows."""

    review: Review
    target: Target
    product: Product
    facts: Facts
    report: api.Report
    assignments: dict[str, Assignment]
    signature: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What the register is asked for."""

    text: str = ""
    verdict: str = ""
    state: str = ""
    sort: str = "updated"
    page: int = 1


class Register:
    """The register of products, facts and reviews. Every change is one transaction with its line in the audit log."""

    def __init__(
        self, database: Database, folder: Path, *, checker: api.Checker, clock: Callable[[], datetime.datetime]
    ) -> None:
        self.database = database
        self.folder = folder
        self.checker = checker
        self.clock = clock
        self._reports: dict[tuple[int, int], api.Report] = {}
        self._lock = threading.Lock()

    # -- products and facts

    def products(self) -> Sequence[Product]:
        """All products, by name."""
        with self.database.reading() as found:
            return found.scalars(select(Product).order_by(func.lower(Product.name))).all()

    def product(self, product_id: int) -> Product:
        """One product; UsageError where there is none."""
        with self.database.reading() as found:
            return _found(found.get(Product, product_id), "product", product_id)

    def add_product(self, user: User, name: str, owner: str, log: Access) -> int:
        """A new product with an empty profile."""
        if not name.strip():
            raise UsageError("the product needs a name")
        with self.database.transaction() as work:
            if work.scalar(select(Product).where(func.lower(Product.name) == name.strip().lower())):
                raise UsageError(f"there is a product called {name.strip()} already")
            product = Product(name=name.strip(), owner=owner.strip(), created=self.clock())
            work.add(product)
            work.flush()
            profile = api.change_profile(api.Profile(), "deployment.product", json.dumps(name.strip()))
            content = api.render_profile(profile)
            work.add(
                ProfileVersion(
                    product_id=product.id,
                    number=1,
                    content=content,
                    by=user.name,
                    created=self.clock(),
                    reason="product added",
                )
            )
            log.log(work, user.name, "product added", product.name)
            return product.id

    def facts(self, product_id: int, number: int | None = None) -> Facts:
        """The newest facts of a product, or an earlier version."""
        with self.database.reading() as found:
            return self._facts(found, product_id, number)

    def _facts(self, found: Connection, product_id: int, number: int | None = None) -> Facts:
        wanted = select(ProfileVersion).where(ProfileVersion.product_id == product_id)
        if number is not None:
            wanted = wanted.where(ProfileVersion.number == number)
        version = found.scalar(wanted.order_by(ProfileVersion.number.desc()).limit(1))
        version = _found(version, "version of facts", number or product_id)
        return Facts(
            number=version.number,
            content=version.content,
            profile=api.parse_profile_text(version.content, name="facts"),
        )

    def history(self, product_id: int) -> Sequence[ProfileVersion]:
        """Every version of a product's facts, newest first."""
        wanted = select(ProfileVersion).where(ProfileVersion.product_id == product_id)
        with self.database.reading() as found:
            return found.scalars(wanted.order_by(ProfileVersion.number.desc())).all()

    def save_facts(self, user: User, product_id: int, content: str, *, expected: int, reason: str, log: Access) -> int:
        """Keep another version of the facts; ConflictError where somebody else has saved one since `expected`."""
        api.parse_profile_text(content, name="facts")
        with self.database.transaction() as work:
            return self._save(work, user, product_id, content, expected=expected, reason=reason, log=log)

    def _save(
        self, work: Connection, user: User, product_id: int, content: str, *, expected: int, reason: str, log: Access
    ) -> int:
        newest = self._facts(work, product_id)
        if newest.number != expected:
            last = work.scalar(
                select(ProfileVersion).where(
                    ProfileVersion.product_id == product_id, ProfileVersion.number == newest.number
                )
            )
            who = f"{last.by}: {last.reason}" if last else "somebody"
            raise ConflictError(
                f"the facts have been changed since you opened this page ({who}); look at them, then answer"
            )
        if newest.content == content:
            return newest.number
        number = newest.number + 1
        work.add(
            ProfileVersion(
                product_id=product_id,
                number=number,
                content=content,
                by=user.name,
                created=self.clock(),
                reason=reason,
            )
        )
        log.log(work, user.name, "facts", f"product {product_id}, version {number}: {reason}")
        return number

    def answer(self, user: User, product_id: int, field: str, value: str, *, expected: int, log: Access) -> int:
        """Set one fact, as typed; ProfileError where it cannot be read."""
        facts = self.facts(product_id)
        changed = api.change_profile(facts.profile, field, api.answer_as_yaml(field, value))
        content = api.render_profile(changed)
        return self.save_facts(
            user, product_id, content, expected=expected, reason=f"{field}: {value or 'not known'}", log=log
        )

    # -- targets and reviews

    def add_target(self, user: User, product_id: int, kind: str, name: str, place: str, log: Access) -> int:
        """A target with an open review; the id of the review."""
        with self.database.transaction() as work:
            _found(work.get(Product, product_id), "product", product_id)
            target = Target(product_id=product_id, kind=kind, name=name[:300], place=place, created=self.clock())
            work.add(target)
            work.flush()
            review = Review(target_id=target.id, created=self.clock(), updated=self.clock())
            work.add(review)
            work.flush()
            log.log(work, user.name, "target added", f"review {review.id}: {kind} {name}")
            return review.id

    def scan_repository(
        self, user: User, product_id: int, place: Path, tick: Callable[[int, int], bool], log: Access
    ) -> str:
        """Scan the files of a repository, and open a review for each model that they load; in words, what came of it.

        A model that the product has already gets no second review. `tick` says whether to go on.
        """
        scanned = _scanned(self.checker, place, tick)
        if scanned is None:
            return "Cancelled."
        with self.database.reading() as found:
            known = set(found.scalars(select(Target.place).where(Target.product_id == product_id)).all())
        models = dict.fromkeys(
            each.model for each in scanned.references if each.role is ReferenceRole.LOAD and each.model
        )
        added: list[int] = []
        for at, model in enumerate(models):
            target = _target_in(place, model)
            if target is not None and target not in known and tick(at, len(models)):
                added.append(self.add_target(user, product_id, "scan", model, target, log))
                self.show(added[-1])
        return _scan_words(scanned, len(models), len(added))

    def show(self, review_id: int) -> Shown:
        """A review with its report, made anew where the facts have changed."""
        with self.database.reading() as found:
            review, target, product = self._review(found, review_id)
            signature = found.scalar(select(Signature).where(Signature.review_id == review_id))
            facts = self._facts(found, product.id, signature.facts_version if signature else None)
            assigned = found.scalars(select(Assignment).where(Assignment.review_id == review_id)).all()
        report = self._report(review, target, facts)
        if signature is None and review.checked_with != facts.number:
            review = self._keep(review_id, report, facts)
        return Shown(
            review=review,
            target=target,
            product=product,
            facts=facts,
            report=report,
            assignments={each.finding: each for each in assigned},
            signature=signature,
        )

    def _review(self, found: Connection, review_id: int) -> tuple[Review, Target, Product]:
        review = _found(found.get(Review, review_id), "review", review_id)
        target = _found(found.get(Target, review.target_id), "target", review.target_id)
        return review, target, _found(found.get(Product, target.product_id), "product", target.product_id)

    def _report(self, review: Review, target: Target, facts: Facts) -> api.Report:
        key = (review.id, facts.number)
        with self._lock:
            cached = self._reports.get(key)
        if cached is not None:
            return cached
        profile = replace(facts.profile, path=None, sha256=hashlib.sha256(facts.content.encode()).hexdigest())
        report = self.checker.check([target.place], profile=profile, today=self.clock().date().isoformat())
        report = replace(report, targets=tuple(replace(each, name=each.name or target.name) for each in report.targets))
        with self._lock:
            if len(self._reports) >= _CACHED:
                self._reports.clear()
            self._reports[key] = report
        return report

    def _keep(self, review_id: int, report: api.Report, facts: Facts) -> Review:
        """Put the newest report into the register, with what changed since the one before."""
        with self.database.transaction() as work:
            review = _found(work.get(Review, review_id), "review", review_id)
            if review.checked_with > facts.number:
                return review
            text = str(self.checker.render(report, "json"))
            review.changed = _what_changed(review.report, text) if review.report else ""
            summarise(review, report, text)
            review.checked_with, review.updated = facts.number, self.clock()
            work.flush()
            work.expunge(review)
            return review

    def assign(self, user: User, review_id: int, finding: str, owner: str, due: str, log: Access) -> None:
        """Say who does what of a review until when."""
        if due:
            try:
                datetime.date.fromisoformat(due)
            except ValueError:
                raise UsageError(f"{due}: not a day; write it as 2026-06-30") from None
        with self.database.transaction() as work:
            self._open_review(work, review_id)
            each = work.scalar(
                select(Assignment).where(Assignment.review_id == review_id, Assignment.finding == finding)
            )
            if each is None:
                each = Assignment(review_id=review_id, finding=finding, owner=owner)
                work.add(each)
            each.owner, each.due = owner.strip(), due
            log.log(work, user.name, "assigned", f"review {review_id}, {finding}: {owner} {due}".strip())

    def approve(
        self, user: User, review_id: int, finding: str, *, reason: str, expires: str, expected: int, log: Access
    ) -> int:
        """Record an approval of one finding, bound to the hash of its text; it becomes part of the facts."""
        if not reason.strip():
            raise UsageError("an approval needs a reason")
        shown = self.show(review_id)
        approval = approval_for(shown.report, finding, reason=reason.strip(), by=user.name, expires=expires or None)
        profile = replace(shown.facts.profile, approvals=(*shown.facts.profile.approvals, approval))
        content = api.render_profile(profile)
        api.parse_profile_text(content, name="facts")
        with self.database.transaction() as work:
            self._open_review(work, review_id)
            why = f"approved {approval.kind} of {approval.license[:19]}: {reason.strip()}"
            return self._save(work, user, shown.product.id, content, expected=expected, reason=why, log=log)

    def _open_review(self, work: Connection, review_id: int) -> Review:
        review = _found(work.get(Review, review_id), "review", review_id)
        if review.state != "open":
            raise ConflictError("the review is signed; open it again to change it")
        return review

    # -- signing

    def sign(self, user: User, review_id: int, role: str, *, expected: int, log: Access) -> Signature:
        """Freeze the review: every export as bytes, with the facts, the hashes and the decisions they rest on."""
        shown = self.show(review_id)
        if shown.facts.number != expected:
            raise ConflictError(
                "the facts have been changed since you opened this page; read the report again, then sign"
            )
        made = {form: self.checker.render(shown.report, form) for form in EXPORTS}
        frozen = {form: data.encode() if isinstance(data, str) else data for form, data in made.items()}
        digest = hashlib.sha256(frozen["json"]).hexdigest()
        with self.database.transaction() as work:
            review = self._open_review(work, review_id)
            if self._facts(work, shown.product.id).number != expected:
                raise ConflictError("the facts have been changed while you signed; read the report again, then sign")
            signature = Signature(
                review_id=review_id,
                by=user.name,
                role=role.strip(),
                signed=self.clock(),
                facts_version=expected,
                sha256=digest,
            )
            work.add(signature)
            work.flush()
            work.add_all(Export(signature_id=signature.id, form=form, content=data) for form, data in frozen.items())
            review.state, review.updated = "signed", self.clock()
            log.log(work, user.name, "signed", f"review {review_id}, sha256:{digest}")
            work.flush()
            work.expunge(signature)
            return signature

    def reopen(self, user: User, review_id: int, log: Access) -> int:
        """A new open review of the same target beside the signed one, which stays as it is; the id of the new one."""
        with self.database.transaction() as work:
            old = _found(work.get(Review, review_id), "review", review_id)
            if old.state != "signed" or not old.listed:
                raise ConflictError("the review is open already, or has a successor")
            old.listed = False
            review = Review(target_id=old.target_id, created=self.clock(), updated=self.clock(), report=old.report)
            work.add(review)
            work.flush()
            log.log(work, user.name, "opened again", f"review {review.id} after {review_id}")
            return review.id

    def export(self, review_id: int, form: str) -> bytes:
        """A signed review in one format, as it was signed; of an open one as it stands."""
        if form not in EXPORTS:
            raise UsageError(f"{form}: not a format; use one of {', '.join(EXPORTS)}")
        with self.database.reading() as found:
            signature = found.scalar(select(Signature).where(Signature.review_id == review_id))
            if signature is not None:
                kept = found.scalar(select(Export).where(Export.signature_id == signature.id, Export.form == form))
                return _found(kept, "export", review_id).content
        made = self.checker.render(self.show(review_id).report, form)
        return made.encode() if isinstance(made, str) else made

    # -- the register

    def listing(self, query: Query) -> tuple[Sequence[tuple[Review, Target, Product]], int]:
        """One page of the register, and how many reviews there are in all."""
        wanted = _where(select(Review, Target, Product), query)
        count = _where(select(func.count(Review.id)), query, light=False)
        order = SORTS.get(query.sort, SORTS["updated"])
        with self.database.reading() as found:
            total = found.scalar(count) or 0
            rows = found.execute(
                wanted.order_by(order, Review.id).limit(PAGE).offset((max(query.page, 1) - 1) * PAGE)
            ).all()
        return [(row[0], row[1], row[2]) for row in rows], total

    def everything(self, product_id: int | None = None) -> Sequence[tuple[Review, Target, Product]]:
        """Every listed review, or those of one product, without their reports."""
        wanted = _where(select(Review, Target, Product), Query())
        if product_id is not None:
            wanted = wanted.where(Target.product_id == product_id)
        with self.database.reading() as found:
            rows = found.execute(wanted.order_by(Review.id)).all()
        return [(row[0], row[1], row[2]) for row in rows]

    def recheck(self, user: User, tick: Callable[[int, int], bool], log: Access) -> int:
        """Check every listed review with today's rules and texts; how many changed. `tick` says whether to go on."""
        rows = self.everything()
        changed = 0
        with self._lock:
            self._reports.clear()
        for at, (review, target, product) in enumerate(rows):
            if not tick(at, len(rows)):
                return changed
            changed += self._recheck_one(review, target, product)
        tick(len(rows), len(rows))
        with self.database.transaction() as work:
            log.log(work, user.name, "re-check", f"{len(rows)} reviews, {changed} changed")
        return changed

    def _recheck_one(self, review: Review, target: Target, product: Product) -> int:
        facts = self.facts(product.id)
        with self.database.reading() as found:
            old = _found(found.get(Review, review.id), "review", review.id).report
        try:
            report = self._report(review, target, facts)
            text = str(self.checker.render(report, "json"))
            changed = _what_changed(old, text) if old else ""
        except LicenseCheckError as fault:
            report, text, changed = None, "", f"cannot be checked any more: {fault}"
        with self.database.transaction() as work:
            kept = _found(work.get(Review, review.id), "review", review.id)
            kept.changed = changed
            if report is not None and kept.state == "open":
                summarise(kept, report, text)
                kept.checked_with = facts.number
        return int(bool(changed))

    def changed_reviews(self) -> Sequence[tuple[Review, Target, Product]]:
        """The reviews whose last check gave another result than the one before: what needs a person."""
        with self.database.reading() as found:
            rows = found.execute(
                _where(select(Review, Target, Product), Query()).where(Review.changed != "").order_by(Review.id)
            ).all()
        return [(row[0], row[1], row[2]) for row in rows]


def _scanned(checker: api.Checker, place: Path, tick: Callable[[int, int], bool]) -> Repository | None:
    """What a scan of the folder found; None where it was cancelled."""
    from licensecheck.repository.run import Request  # loads the readers of repositories, which few requests need

    goes_on = True

    def progress(total: int) -> Callable[[], None]:
        done = itertools.count(1)

        def one() -> None:
            nonlocal goes_on
            number = next(done)
            if number % _SCAN_STEP == 0 or number == total:
                goes_on = tick(number, total)
            if not goes_on:
                raise UsageError("the scan was cancelled")

        return one

    try:
        return checker.scan(Request(paths=(str(place),)), progress=progress).review
    except UsageError:
        if goes_on:
            raise
        return None


def _target_in(place: Path, model: str) -> str | None:
    """A model folder of the repository, or an id; None for a path of the server's own, which no upload may name."""
    local = place / model
    if local.exists() and local.resolve().is_relative_to(place.resolve()):
        return str(local)
    return None if Path(model).exists() or local.exists() else model


def _scan_words(review: Repository, models: int, added: int) -> str:
    unread = [each for each in review.skipped if each.kind.may_load]
    parts = [f"{review.files} files read, {models} models loaded, {added} reviews opened"]
    if models > added:
        parts.append(f"{models - added} had a review already, or name a path outside the repository")
    if unread:
        named = ", ".join(each.path for each in unread[:5])
        parts.append(f"{len(unread)} files may load models and were not read, such as {named}")
    if not models:
        parts.append("no model was found, which does not show that none is used")
    return "; ".join(parts) + "."


def summarise(review: Review, report: api.Report, text: str) -> None:
    """Put into the review what the register shows of its report."""
    target = report.targets[0]
    findings = target.findings
    license_class = target.openness.license_class
    review.report, review.verdict = text, report.verdict.value
    review.license_class = license_class.value if license_class else ""
    review.license = ", ".join(dict.fromkeys(reading.label for reading in target.readings))
    review.open_duties = sum(finding.status is api.Status.ACTION for finding in findings)
    review.open_questions = len(target.questions) or sum(f.status is api.Status.REVIEW for f in findings)
    review.next_expiry = min((each.expires for each in report.profile.approvals if each.expires), default="")


def finding_key(finding: api.Finding) -> str:
    """What names a finding from one report to the next: its license, its kind, and what it is about."""
    return f"{finding.license or ''}|{finding.kind}|{finding.about}"


def approval_for(report: api.Report, key: str, *, reason: str, by: str, expires: str | None) -> api.Approval:
    """An approval of one finding, by its key, bound to the hash of the text that it rests on."""
    for view in api.views(report):
        for finding in view.findings:
            if finding_key(finding) == key:
                hashes = {reading.label: reading.sha256 for reading in view.report.readings if reading.source == "text"}
                digest = hashes.get(finding.license or "")
                named = f"sha256:{digest}" if digest else finding.license
                if not named:
                    raise UsageError("this finding rests on no text or license that an approval could name")
                category = finding.attributes.get("category")
                clauses = finding.attributes.get("clauses")
                return api.Approval(
                    license=named,
                    kind=finding.kind,
                    category=category if isinstance(category, str) else None,
                    reason=reason,
                    by=by,
                    expires=expires,
                    clauses=tuple(map(str, clauses)) if isinstance(clauses, tuple) else (),
                )
    raise UsageError("the report has no such finding any more; read it again")


def _what_changed(old: str, new: str) -> str:
    """In words, what differs between two reports; nothing where they say the same."""
    against = api.compare_reports(json.loads(old), json.loads(new))
    if not against.changes and against.verdict.value == json.loads(new)["verdict"]:
        return ""
    now = json.loads(new)["verdict"]
    verdict = f"Verdict from {against.verdict.value} to {now}. " if against.verdict.value != now else ""
    parts = [f"{change.label} {_STEP[change.since.value]}" for change in against.changes[:6]]
    more = f" and {len(against.changes) - 6} more" if len(against.changes) > 6 else ""
    because = f" Because of: {'; '.join(against.details[:4])}." if against.details else ""
    return f"{verdict}{', '.join(parts)}{more}.{because}"


_STEP = {"new": "is new", "closed": "is closed", "changed": "changed"}


def _where(wanted: Any, query: Query, *, light: bool = True) -> Any:
    """The reviews that a query asks for, without their reports."""
    wanted = (
        wanted.select_from(Review)
        .join(Target, Review.target_id == Target.id)
        .join(Product, Target.product_id == Product.id)
        .where(Review.listed.is_(True))
    )
    wanted = wanted.options(*_LIGHT) if light else wanted
    if query.text:
        like = f"%{query.text.lower()}%"
        names = (Target.name, Product.name, Review.license, Review.owner, Product.owner)
        wanted = wanted.where(or_(*(func.lower(name).like(like) for name in names)))
    if query.verdict:
        wanted = wanted.where(Review.verdict == query.verdict)
    if query.state:
        wanted = wanted.where(Review.state == query.state)
    return wanted


def _found(thing: Row | None, what: str, number: int) -> Row:
    if thing is None:
        raise UsageError(f"there is no {what} {number}")
    return thing
