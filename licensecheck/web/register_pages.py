"""The pages about all reviews: the register, what changed, the comparison, work in the background, and the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from licensecheck.errors import LicenseCheckError, UsageError
from licensecheck.report.compare_sheet import safe_cell
from licensecheck.web.call import DIGITS, Call, as_sentence, download, page_number
from licensecheck.web.differences import read_difference
from licensecheck.web.listing import CLASSES, PAGE, SORT_WORDS, Query
from licensecheck.web.register import Register


def register_page(call: Call) -> Response:
    """All reviews: filter, sort, search."""
    query = _query(call.request.query_params)
    rows, total = call.server.register.listing(query)
    last = max(1, -(-total // PAGE))
    if query.page > last:
        query = replace(query, page=last)
        rows, total = call.server.register.listing(query)
    return call.show(
        "register.html.j2",
        rows=rows,
        total=total,
        query=query,
        last=last,
        linked=_linked(query),
        products=call.server.register.products(),
        sorts=SORT_WORDS,
        classes=CLASSES,
    )


def _query(params: Mapping[str, str]) -> Query:
    """What the register is asked for, by the address of its page."""
    return Query(
        text=params.get("q", ""),
        verdict=params.get("verdict", ""),
        license_class=params.get("class", ""),
        state=params.get("state", ""),
        sort=params.get("sort", "updated"),
        page=page_number(params.get("page", "1")),
    )


def _linked(query: Query) -> str:
    """The same as the end of an address, without the page."""
    asked = {"q": query.text, "verdict": query.verdict, "class": query.license_class, "state": query.state}
    return urlencode({name: value for name, value in asked.items() if value} | {"sort": query.sort})


_CSV_HEAD = (
    *("Model", "Product", "Owner", "License", "Class", "Verdict", "State", "Signed by", "Signed on"),
    *("Open duties", "Open questions", "Next expiry", "Updated"),
)


def register_csv(call: Call) -> Response:
    """The register as CSV, or the part of it that was searched for."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for each in call.server.register.matching(_query(call.request.query_params)):
        review, signature = each.review, each.signature
        row = [each.target.name, each.product.name, each.product.owner, review.license, review.license_class,
               review.verdict, review.state, signature.by if signature else "",
               signature.signed.date().isoformat() if signature else "", str(review.open_duties),
               str(review.open_questions), review.next_expiry, review.updated.date().isoformat()]  # fmt: skip
        writer.writerow(map(safe_cell, row))
    return download(buffer.getvalue().encode(), "register.csv", "text/csv; charset=utf-8")


def register_bom(call: Call) -> Response:
    """All models of the register, or of the part that was searched for, as one CycloneDX bill of materials."""
    found = call.server.register.matching(_query(call.request.query_params))
    places = list(dict.fromkeys(each.target.place for each in found))
    if not places:
        raise UsageError("no model of the register was asked for")
    made = call.server.register.checker.bom(places)
    return download(made.encode(), "register.cdx.json", "application/json")


def changes_page(call: Call) -> Response:
    """What a re-check found to be another result: the list for a person."""
    rows = [
        (review, target, product, read_difference(review.changed))
        for review, target, product in call.server.register.changed_reviews()
    ]
    return call.show("changes.html.j2", rows=rows, jobs=call.server.jobs.recent())


def start_recheck(call: Call) -> Response:
    """Check everything again with today's rules and texts."""
    job = call.server.jobs.add("recheck", "", by=call.user.name)
    return RedirectResponse(f"/jobs/{job}", 303)


MAX_COMPARED = 10


def compare_page(call: Call) -> Response:
    """Up to ten candidates side by side, for the facts of a product."""
    register, params = call.server.register, call.request.query_params
    typed = params.get("targets", "").replace("\n", ",").split(",")
    targets = list(dict.fromkeys(target.strip() for target in typed if target.strip()))
    product = params.get("product", "")
    matrix, fault = None, ""
    try:
        matrix = _matrix(register, targets, product) if targets else None
    except LicenseCheckError as wrong:
        fault = as_sentence(wrong)
    return call.show(
        "compare.html.j2",
        status=400 if fault else 200,
        targets=targets,
        matrix=matrix,
        fault=fault,
        products=register.products(),
        product=product,
        most=MAX_COMPARED,
    )


def _matrix(register: Register, targets: Sequence[str], product: str) -> Any:
    if len(targets) < 2:
        raise UsageError("name two models or licenses at least")
    if len(targets) > MAX_COMPARED:
        raise UsageError(f"{len(targets)} were named, and {MAX_COMPARED} can stand side by side")
    files = [target for target in targets if Path(target).exists()]
    if files:
        raise UsageError(f"{files[0]}: name a model or a license by its id")
    known = product.isdigit() and len(product) < DIGITS
    profile = register.facts(int(product)).profile if known else None
    return register.checker.compare(targets, profile=profile, today=register.clock().date().isoformat())


def job_page(call: Call) -> Response:
    """How far a job is."""
    job = call.server.jobs.find(call.number("job"))
    if job is None:
        raise UsageError("there is no such job")
    return call.show("job.html.j2", job=job)


def cancel_job(call: Call) -> Response:
    """Stop a job."""
    call.server.jobs.cancel(call.number("job"), by=call.user.name, log=call.server.access)
    return RedirectResponse(f"/jobs/{call.number('job')}", 303)


def audit_page(call: Call) -> Response:
    """What was done, newest first."""
    page = page_number(call.request.query_params.get("page", "1"))
    entries, last = call.server.access.entries(page)
    return call.show("audit.html.j2", entries=entries, number=page, last=last)
