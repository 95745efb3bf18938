"""What the pages do: keep products and facts, check targets, record decisions, sign and re-check. No page computes."""

from __future__ import annotations

import datetime
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select, update

from licensecheck import api
from licensecheck.domain.findings import Assigned, Question, SignOff
from licensecheck.domain.repository import ReferenceRole
from licensecheck.errors import LicenseCheckError, UsageError
from licensecheck.report.sentences import decided_by, finding_key
from licensecheck.text.markup import counted
from licensecheck.web.access import Access, User
from licensecheck.web.database import Connection, Database
from licensecheck.web.differences import Difference, compare_texts, pack_difference
from licensecheck.web.forms import Typed, Wanted, fact_fields, read_fact, words_for
from licensecheck.web.listing import LIGHT, PAGE, Listed, Query, lines_of, listed_of, reviews_of, unsettled_of
from licensecheck.web.scans import scan_words, scanned, target_in
from licensecheck.web.tables import Assignment, Export, Product, ProfileVersion, Review, Signature, Target

EXPORTS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats in which a signed review is frozen."""
_CACHED = 64
_OTHERS = 50
"""How many reviews are offered to be put beside one."""
_NAMED = 4
"""How many clauses of a question are named."""
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
        profile = replace(api.parse_profile_text(version.content, name="facts"), sealed=True)
        return Facts(number=version.number, content=version.content, profile=profile)

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
        self._unsettle(work, product_id)
        log.log(work, user.name, "facts", f"product {product_id}, version {number}: {reason}")
        return number

    def _unsettle(self, work: Connection, product_id: int) -> None:
        """Take the verdicts of open reviews back, until each has been checked with the new facts."""
        targets = select(Target.id).where(Target.product_id == product_id)
        open_ones = (Review.target_id.in_(targets), Review.state == "open", Review.listed.is_(True))
        work.execute(update(Review).where(*open_ones).values(verdict=""))

    def answer(self, user: User, product_id: int, name: str, typed: Typed, *, expected: int, log: Access) -> int:
        """Set one fact, as typed under `value`; UsageError or ProfileError where it cannot be read."""
        facts = self.facts(product_id)
        field = fact_fields(facts.profile).get(name)
        if field is None:
            raise UsageError(f"{name}: not a fact that a product can state")
        changed = read_fact(facts.profile, field, typed, name="value")
        content = (
            _with_settings(api.render_profile(changed), facts.content) if changed != facts.profile else facts.content
        )
        reason = f"{name}: {words_for(fact_fields(changed)[name])}"
        return self.save_facts(user, product_id, content, expected=expected, reason=reason, log=log)

    def state(self, user: User, product_id: int, profile: api.Profile, *, expected: int, log: Access) -> int:
        """Keep the facts of a form; what else the file holds, such as the settings of scans, stays in it."""
        facts = self.facts(product_id)
        if profile == facts.profile:
            return facts.number
        was, now = fact_fields(facts.profile), fact_fields(profile)
        changed = [f"{name}: {words_for(now[name])}" for name in now if now[name] != was[name]]
        more = f" and {len(changed) - 4} more" if len(changed) > 4 else ""
        content = _with_settings(api.render_profile(profile), facts.content)
        reason = "; ".join(changed[:4]) + more
        return self.save_facts(user, product_id, content, expected=expected, reason=reason, log=log)

    def wanted(self, product_id: int) -> dict[str, list[Wanted]]:
        """For each field, what the answer decides in the open reviews of the product, as these were last checked."""
        asked: dict[str, list[Wanted]] = {}
        askings = api.askings()
        with self.database.reading() as found:
            rows = found.execute(
                reviews_of(select(Review.id, Target.name, Review.report), Query(), light=False).where(
                    Target.product_id == product_id, Review.state == "open", Review.report != ""
                )
            ).all()
        for review, model, report in rows:
            for question, clauses in _questions(json.loads(report)):
                asking = askings.get(question.fact.partition("@")[0])
                field = asking.field if asking and asking.field else question.fact.partition("@")[0]
                each = Wanted(review=review, model=model, decides=decided_by(question), clauses=clauses)
                asked.setdefault(field, []).append(each)
        return asked

    def unchecked(self) -> list[int]:
        """The reviews that have not been checked yet."""
        with self.database.reading() as found:
            return list(found.scalars(select(Review.id).where(Review.checked_with == 0).order_by(Review.id)).all())

    def unsettled(self, product_id: int) -> list[int]:
        """The open reviews of a product that are still to be checked with its newest facts."""
        with self.database.reading() as found:
            wanted = unsettled_of(select(Review.id)).where(Target.product_id == product_id)
            return list(found.scalars(wanted.order_by(Review.id)).all())

    def unsettled_products(self) -> list[int]:
        """The products that have such reviews."""
        with self.database.reading() as found:
            return list(found.scalars(unsettled_of(select(Target.product_id).distinct())).all())

    # -- targets and reviews

    def add_target(self, user: User, product_id: int, kind: str, name: str, place: str, log: Access) -> int:
        """A target with an open review; the id of the review."""
        with self.database.transaction() as work:
            _found(work.get(Product, product_id), "product", product_id)
            known = work.scalar(select(Review.id).join(Target).where(Target.place == place, Target.kind == "files"))
            if known is not None and kind == "files":
                return known  # a job that a stop interrupted is done anew, and its files have a review already
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
        found = scanned(self.checker, place, tick)
        if found is None:
            return "Cancelled."
        with self.database.reading() as rows:
            known = set(rows.scalars(select(Target.place).where(Target.product_id == product_id)).all())
        models = dict.fromkeys(
            each.model for each in found.references if each.role is ReferenceRole.LOAD and each.model
        )
        added: list[int] = []
        for at, model in enumerate(models):
            target = target_in(place, model)
            if target is not None and target not in known and tick(at, len(models)):
                added.append(self.add_target(user, product_id, "scan", model, target, log))
                self.show(added[-1])
        return scan_words(found, len(models), len(added))

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
        profile = replace(facts.profile, sha256=hashlib.sha256(facts.content.encode()).hexdigest())
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
            changed = pack_difference(compare_texts(review.report, text)) if review.checked_with else ""
            review.changed = changed or review.changed
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
            log.log(work, user.name, "assigned", f"review {review_id}, {finding}: {owner.strip()} {due}".strip())

    def approve(
        self, user: User, review_id: int, finding: str, *, reason: str, expires: str, expected: int, log: Access
    ) -> int:
        """Record an approval of one finding, bound to the hash of its text; it becomes part of the facts."""
        if not reason.strip():
            raise UsageError("an approval needs a reason")
        shown = self.show(review_id)
        approval = approval_for(shown.report, finding, reason=reason.strip(), by=user.name, expires=expires or None)
        profile = replace(shown.facts.profile, approvals=(*shown.facts.profile.approvals, approval))
        content = _with_settings(api.render_profile(profile), shown.facts.content)
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
        now = self.clock()
        if not role.strip():
            raise UsageError("name the role in which you sign")
        sign_off = SignOff(by=user.name, role=role.strip(), at=now.strftime("%Y-%m-%d %H:%M"), facts=expected)
        report = replace(shown.report, sign_off=sign_off, assigned=_assigned(shown))
        made = {form: self.checker.render(report, form) for form in EXPORTS}
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
                signed=now,
                facts_version=expected,
                sha256=digest,
            )
            work.add(signature)
            work.flush()
            work.add_all(Export(signature_id=signature.id, form=form, content=data) for form, data in frozen.items())
            review.state, review.updated, review.changed = "signed", now, ""
            review.report = frozen["json"].decode()
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
        shown = self.show(review_id)
        made = self.checker.render(replace(shown.report, assigned=_assigned(shown)), form)
        return made.encode() if isinstance(made, str) else made

    # -- the register

    def listing(self, query: Query) -> tuple[Sequence[Listed], int]:
        """One page of the register, and how many reviews there are in all."""
        count = reviews_of(select(func.count(Review.id)), query, light=False)
        with self.database.reading() as found:
            total = found.scalar(count) or 0
            rows = found.execute(lines_of(query).limit(PAGE).offset((max(query.page, 1) - 1) * PAGE)).all()
        return [listed_of(row) for row in rows], total

    def matching(self, query: Query) -> Sequence[Listed]:
        """All lines of the register that a query asks for, on whichever page."""
        with self.database.reading() as found:
            return [listed_of(row) for row in found.execute(lines_of(query)).all()]

    def everything(self, product_id: int | None = None) -> Sequence[tuple[Review, Target, Product]]:
        """Every listed review, or those of one product, without their reports."""
        wanted = reviews_of(select(Review, Target, Product), Query())
        if product_id is not None:
            wanted = wanted.where(Target.product_id == product_id)
        with self.database.reading() as found:
            rows = found.execute(wanted.order_by(Review.id)).all()
        return [(row[0], row[1], row[2]) for row in rows]

    def recheck(self, user: User, tick: Callable[[int, int], bool], log: Access) -> tuple[int, int]:
        """Check every listed review with today's rules and texts; how many of how many changed.

        `tick` says whether to go on.
        """
        rows = self.everything()
        changed = 0
        with self._lock:
            self._reports.clear()
        for at, (review, target, product) in enumerate(rows):
            if not tick(at, len(rows)):
                return changed, at
            changed += self._recheck_one(review, target, product)
        tick(len(rows), len(rows))
        with self.database.transaction() as work:
            log.log(work, user.name, "re-check", f"{counted(len(rows), 'review')}, {changed} changed")
        return changed, len(rows)

    def _recheck_one(self, review: Review, target: Target, product: Product) -> int:
        """Check one review anew; what changed before and nobody has seen yet stays on the list."""
        facts = self.facts(product.id)
        with self.database.reading() as found:
            old = _found(found.get(Review, review.id), "review", review.id).report
        try:
            report = self._report(review, target, facts)
            text = str(self.checker.render(report, "json"))
            changed = pack_difference(compare_texts(old, text)) if old else ""
        except LicenseCheckError as fault:
            report, text = None, ""
            lost = Difference(before=review.verdict, after="", details=(f"cannot be checked any more: {fault}",))
            changed = pack_difference(lost)
        with self.database.transaction() as work:
            kept = _found(work.get(Review, review.id), "review", review.id)
            kept.changed = changed or kept.changed
            if report is not None and kept.state == "open":
                summarise(kept, report, text)
                kept.checked_with = facts.number
        return int(bool(changed))

    def refresh(self, product_id: int, tick: Callable[[int, int], bool]) -> int:
        """Check the open reviews of a product with its newest facts; how many have another result for it."""
        waiting = self.unsettled(product_id)
        changed = 0
        for at, number in enumerate(waiting):
            if not tick(at, len(waiting)):
                break
            with self.database.reading() as found:
                review, target, product = self._review(found, number)
            if review.state == "open":
                changed += self._recheck_one(review, target, product)
        return changed

    def seen(self, user: User, review_id: int, log: Access) -> None:
        """A person has seen what changed: the review leaves the list."""
        with self.database.transaction() as work:
            review = _found(work.get(Review, review_id), "review", review_id)
            if review.changed:
                review.changed = ""
                log.log(work, user.name, "seen", f"review {review_id}: what changed")

    def shown_at_once(self, review_id: int) -> None:
        """Take a review off the list whose own answer changed it, since its page says what that did."""
        with self.database.transaction() as work:
            work.execute(update(Review).where(Review.id == review_id).values(changed=""))

    def since(self, review_id: int, number: int) -> Difference | None:
        """What differs between the report with an earlier version of the facts and the newest; None where nothing."""
        shown = self.show(review_id)
        if shown.signature is not None or not 0 < number < shown.facts.number:
            return None
        earlier = self._report(shown.review, shown.target, self.facts(shown.product.id, number))
        texts = (str(self.checker.render(report, "json")) for report in (earlier, shown.report))
        return compare_texts(*texts)

    def compare_reviews(self, first: int, second: int) -> tuple[Shown, Shown, Difference]:
        """Two reviews with what differs from the first to the second."""
        one, other = self.show(first), self.show(second)
        texts = [self.export(each.review.id, "json").decode() for each in (one, other)]
        return one, other, compare_texts(*texts)

    def others(self, shown: Shown) -> Sequence[tuple[Review, Target, Product]]:
        """The reviews that stand beside one: earlier and later ones of its target, and others of its product."""
        wanted = (
            select(Review, Target, Product)
            .select_from(Review)
            .join(Target, Review.target_id == Target.id)
            .join(Product, Target.product_id == Product.id)
            .where(Review.id != shown.review.id, Target.product_id == shown.product.id)
            .options(*LIGHT)
        )
        with self.database.reading() as found:
            rows = found.execute(wanted.order_by(Target.id != shown.target.id, Review.id.desc()).limit(_OTHERS)).all()
        return [(row[0], row[1], row[2]) for row in rows]

    def changed_reviews(self) -> Sequence[tuple[Review, Target, Product]]:
        """The reviews whose last check gave another result than the one before: what needs a person."""
        with self.database.reading() as found:
            rows = found.execute(
                reviews_of(select(Review, Target, Product), Query()).where(Review.changed != "").order_by(Review.id)
            ).all()
        return [(row[0], row[1], row[2]) for row in rows]


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


def key_of(finding: api.Finding) -> str:
    """What names a finding in forms and from one report to the next: its license, kind, and category or metric."""
    return "|".join(finding_key(finding))


def _assigned(shown: Shown) -> tuple[Assigned, ...]:
    found = []
    for key, each in sorted(shown.assignments.items()):
        license_name, kind, about = (*key.split("|"), "", "")[:3]
        found.append(Assigned(finding=(license_name, kind, about), owner=each.owner, due=each.due))
    return tuple(found)


def _questions(report: Mapping[str, Any]) -> Iterator[tuple[Question, str]]:
    """The questions of a report as JSON, each with the clauses on which it rests."""
    for target in report["targets"]:
        for each in target["questions"]:
            asked = Question(fact=each["fact"], text=each["text"], decides=tuple(each["decides"]))
            hanging = [f for f in target["findings"] if f.get("question") == asked.text]
            clauses = list(dict.fromkeys(f["basis"] for f in hanging if f.get("basis")))
            more = f" and {len(clauses) - _NAMED} more" if len(clauses) > _NAMED else ""
            yield asked, ", ".join(clauses[:_NAMED]) + more


def _with_settings(content: str, old: str) -> str:
    """The facts with the section `scan` of the file before, which is for another command, kept as it was."""
    kept: list[str] = []
    for line in old.splitlines():
        if line.startswith("scan:") or (kept and (not line or line[0] in " \t#-")):
            kept.append(line)
        elif kept:
            break
    return content + "\n".join(kept).rstrip() + "\n" if kept else content


def approval_for(report: api.Report, key: str, *, reason: str, by: str, expires: str | None) -> api.Approval:
    """An approval of one finding, by its key, bound to the hash of the text that it rests on."""
    for view in api.views(report):
        for finding in view.findings:
            if key_of(finding) == key:
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


def _found(thing: Row | None, what: str, number: int) -> Row:
    if thing is None:
        raise UsageError(f"there is no {what} {number}")
    return thing
