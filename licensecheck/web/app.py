"""The pages of the register: each reads a form, calls the register, and shows what came of it."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licensecheck import __version__, api
from licensecheck.errors import LicenseCheckError, UsageError
from licensecheck.report.compare_sheet import safe_cell
from licensecheck.report.reviewed import right_lines
from licensecheck.report.sentences import STATUS_WORDS, VERDICT_WORDS
from licensecheck.text.markup import plain
from licensecheck.web import uploads
from licensecheck.web.access import COOKIE, Access, User, is_form_of
from licensecheck.web.forms import fact_fields, read_facts
from licensecheck.web.jobs import Jobs
from licensecheck.web.register import EXPORTS, PAGE, SORTS, ConflictError, Query, Register, finding_key
from licensecheck.web.what_if import flip_points, suppose_sizes

HERE = Path(__file__).resolve().parent
MAX_BODY = uploads.MAX_BYTES + 1024**2
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What the pages work with."""

    register: Register
    access: Access
    jobs: Jobs
    hosts: frozenset[str]
    """The values of the Host header that are answered; others may be a name that was turned to this machine."""


class Guard:
    """Refuses foreign hosts and too large bodies, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        length = headers.get(b"content-length", b"0")
        if host not in self.hosts:
            await Response("this server does not answer to that name\n", 421)(scope, receive, send)
            return
        if not length.isdigit() or int(length) > MAX_BODY:
            await Response("more than this server takes\n", 413)(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                static = scope["path"].startswith("/static/")
                for name, value in HEADERS.items():
                    if name.encode() not in given:
                        shown = "public, max-age=3600" if static and name == "cache-control" else value
                        message["headers"].append((name.encode(), shown.encode()))
            await send(message)

        await self.app(scope, receive, guarded)


Page = Callable[["Call"], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request with its form, who sends it, and the server."""

    request: Request
    form: FormData
    user: User
    server: Server

    def text(self, name: str) -> str:
        """A field of the form, empty where it is missing."""
        value = self.form.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """A whole number of the form or of the path."""
        value = self.request.path_params.get(name, self.text(name))
        try:
            return int(value)
        except ValueError:
            raise UsageError(f"{name}: a number is expected") from None

    def show(self, page: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The page filled in."""
        return _html(page, self.request, user=self.user, status=status, **values)


def create_app(server: Server) -> Starlette:
    """The application: pages for people who are signed in, and nothing else."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        server.jobs.start()
        yield
        server.jobs.stop()
        server.register.database.close()

    routes = [
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Route("/open", _open_link(server)),
        Route("/login", _log_in(server), methods=["GET", "POST"]),
        Route("/jobs/{job}/events", _job_events(server)),
        *(_route(server, *each) for each in PAGES),
    ]
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Guard, hosts=server.hosts)],
        exception_handlers={404: _not_found},
    )


def _route(server: Server, path: str, page: Page, role: str, method: str) -> Route:
    async def endpoint(request: Request) -> Response:
        user = await run_in_threadpool(server.access.user_of, request.cookies.get(COOKIE))
        if user is None:
            return RedirectResponse("/login", 303)
        if not user.may(role):
            return _html("message.html.j2", request, user=user, status=403, message=f"This needs the role {role}.")
        form = await request.form(max_files=uploads.MAX_FILES, max_part_size=uploads.MAX_TEXT * 4)
        if method == "POST" and not is_form_of(user, form.get("csrf") if isinstance(form.get("csrf"), str) else None):  # type: ignore[arg-type]
            message = "The form was not sent from a page of this session. Load the page again."
            return _html("message.html.j2", request, user=user, status=403, message=message)
        call = Call(request=request, form=form, user=user, server=server)
        try:
            return await run_in_threadpool(page, call)
        except ConflictError as fault:
            return call.show("message.html.j2", status=409, message=_sentence(fault))
        except LicenseCheckError as fault:
            return call.show("message.html.j2", status=400, message=_sentence(fault))
        finally:
            await form.close()

    return Route(path, endpoint, methods=[method], name=f"{method} {path}")


def _sentence(fault: LicenseCheckError) -> str:
    text = str(fault)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


async def _not_found(request: Request, _: Exception) -> Response:
    return _html("message.html.j2", request, user=None, status=404, message="There is no such page.")


# -- signing in


def _open_link(server: Server) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        cookie = await run_in_threadpool(server.access.use_link, request.query_params.get("token", ""))
        if cookie is None:
            message = (
                "This link has been used, or is not the one that was printed. Start the server again for a new one."
            )
            return _html("message.html.j2", request, user=None, status=403, message=message)
        return _with_cookie(RedirectResponse("/", 303), cookie)

    return endpoint


def _log_in(server: Server) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        if not server.access.accounts:
            message = "Open the link that `licensecheck serve` printed in the terminal."
            return _html("message.html.j2", request, user=None, status=403, message=message)
        if request.method == "GET":
            return _html("login.html.j2", request, user=None)
        form = await request.form()
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        cookie = await run_in_threadpool(server.access.log_in, name, password, address=address)
        if cookie is None:
            message = "Name or password are wrong, or were wrong too often: then wait five minutes."
            return _html("login.html.j2", request, user=None, status=403, message=message)
        return _with_cookie(RedirectResponse("/", 303), cookie)

    return endpoint


def _with_cookie(response: Response, cookie: str) -> Response:
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", max_age=12 * 3600, path="/")
    return response


def log_out(call: Call) -> Response:
    """End the session."""
    call.server.access.log_out(call.request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


# -- the register


def register_page(call: Call) -> Response:
    """All reviews: filter, sort, search."""
    params = call.request.query_params
    query = Query(
        text=params.get("q", ""),
        verdict=params.get("verdict", ""),
        state=params.get("state", ""),
        sort=params.get("sort", "updated"),
        page=_page(params.get("page", "1")),
    )
    rows, total = call.server.register.listing(query)
    products = call.server.register.products()
    last = max(1, -(-total // PAGE))
    return call.show(
        "register.html.j2", rows=rows, total=total, query=query, last=last, products=products, sorts=list(SORTS)
    )


def _page(text: str) -> int:
    return int(text) if text.isdigit() and 0 < int(text) < 10**6 else 1


_CSV_HEAD = (
    *("Model", "Product", "Owner", "License", "Class", "Verdict", "State"),
    *("Open duties", "Open questions", "Next expiry", "Updated"),
)


def register_csv(call: Call) -> Response:
    """The register as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for review, target, product in call.server.register.everything():
        row = [target.name, product.name, review.owner or product.owner, review.license, review.license_class,
               review.verdict, review.state, str(review.open_duties), str(review.open_questions), review.next_expiry,
               review.updated.date().isoformat()]  # fmt: skip
        writer.writerow(map(safe_cell, row))
    return _download(buffer.getvalue().encode(), "register.csv", "text/csv; charset=utf-8")


def register_bom(call: Call) -> Response:
    """All models of the register as one CycloneDX bill of materials."""
    places = list(dict.fromkeys(target.place for _, target, _ in call.server.register.everything()))
    if not places:
        raise UsageError("the register holds no model yet")
    made = call.server.register.checker.bom(places)
    return _download(made.encode(), "register.cdx.json", "application/json")


def changes_page(call: Call) -> Response:
    """What a re-check found to be another result: the list for a person."""
    return call.show("changes.html.j2", rows=call.server.register.changed_reviews(), jobs=call.server.jobs.recent())


def start_recheck(call: Call) -> Response:
    """Check everything again with today's rules and texts."""
    job = call.server.jobs.add("recheck", "", by=call.user.name)
    return RedirectResponse(f"/jobs/{job}", 303)


# -- products and facts


def add_product(call: Call) -> Response:
    """A new product."""
    register, access = call.server.register, call.server.access
    product = register.add_product(call.user, call.text("name"), call.text("owner"), access)
    return RedirectResponse(f"/products/{product}", 303)


def product_page(call: Call) -> Response:
    """A product: its facts, its history, and where a target is added."""
    register = call.server.register
    product = register.product(call.number("product"))
    facts = register.facts(product.id)
    wanted = _asked_by(register, product.id)
    return call.show(
        "product.html.j2",
        product=product,
        facts=facts,
        fields=fact_fields(facts.profile, wanted),
        countries=api.place_names(),
        history=register.history(product.id)[:20],
        reviews=register.everything(product.id),
    )


def _asked_by(register: Register, product: int) -> dict[str, list[str]]:
    """For each field, what the answer decides in the open reviews of the product."""
    wanted: dict[str, list[str]] = {}
    for review, _, _ in register.everything(product):
        if review.state == "open" and review.checked_with:
            for view in api.views(register.show(review.id).report):
                for question, decides in view.pending:
                    wanted.setdefault(question.fact.partition("@")[0], []).append(f"{view.title}: {decides}")
    return wanted


def save_facts(call: Call) -> Response:
    """Keep the facts of the form, or the YAML that was handed in."""
    register = call.server.register
    product = call.number("product")
    expected = call.number("version")
    upload = call.form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        content, reason = _decode(upload.file.read(uploads.MAX_TEXT + 1)), f"imported {upload.filename}"
    elif call.text("yaml"):
        content, reason = call.text("yaml").replace("\r\n", "\n"), "edited as YAML"
    else:
        profile = read_facts(register.facts(product).profile, _typed(call.form))
        content, reason = api.render_profile(profile), "facts stated"
    register.save_facts(call.user, product, content, expected=expected, reason=reason, log=call.server.access)
    return RedirectResponse(f"/products/{product}", 303)


def _typed(form: FormData) -> dict[str, str]:
    """What was typed into each field; boxes that are ticked under one name are joined by commas."""
    typed: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return {name: ", ".join(filter(None, values)) if len(values) > 1 else values[0] for name, values in typed.items()}


def _decode(data: bytes) -> str:
    if len(data) > uploads.MAX_TEXT:
        raise UsageError("the file is too large for a profile")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("the file is not UTF-8 text") from None


def facts_file(call: Call) -> Response:
    """The facts as the file that the command line reads."""
    facts = call.server.register.facts(call.number("product"))
    return _download(facts.content.encode(), "licensecheck.yaml", "application/yaml")


def add_target(call: Call) -> Response:
    """Add what is to be reviewed: an id, a pasted text, files or a zip, or what a repository loads."""
    register, product = call.server.register, call.number("product")
    kind = call.text("kind")
    if kind == "id":
        place = name = call.text("id").strip()
        if not place or Path(place).exists():
            raise UsageError("name a model or a license by its id, such as meta-llama/Llama-3.1-8B-Instruct")
    elif kind == "text":
        path = uploads.keep_text(call.text("text"), call.text("filename") or "LICENSE", register.folder)
        place, name = str(path), call.text("name").strip() or path.name
    else:
        given = [each for each in call.form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        path = uploads.keep_files(((each.filename or "file", each.file) for each in given), register.folder)
        if kind == "repository":
            if not path.is_dir():
                raise UsageError("hand in the repository as one zip, or all its files")
            job = call.server.jobs.add("scan", f"{product} {path}", by=call.user.name)
            return RedirectResponse(f"/jobs/{job}", 303)
        place, name = str(path), call.text("name").strip() or (given[0].filename or "upload")
    review = register.add_target(call.user, product, kind or "files", name, place, call.server.access)
    job = call.server.jobs.add("check", str(review), by=call.user.name)
    return RedirectResponse(f"/jobs/{job}", 303)


# -- one review


def review_page(call: Call) -> Response:
    """The report, live: each finding with its clause, and where to answer, assign, approve and sign."""
    shown = call.server.register.show(call.number("review"))
    return call.show("review.html.j2", **_review_values(shown), said=call.request.query_params.get("said", ""))


def _review_values(shown: Any) -> dict[str, Any]:
    (view,) = api.views(shown.report)
    rows = list(view.rows)
    keys = {row.key: finding_key(finding) for row, finding in zip(rows, view.findings, strict=True)}
    return {
        "shown": shown,
        "view": view,
        "keys": keys,
        "askings": api.askings(),
        "countries": api.place_names(),
        "exports": list(EXPORTS),
        "flips": flip_points(shown.report),
        "rights": right_lines(shown.report.targets[0]),
        "texts": [document for document in shown.report.targets[0].documents if document.text],
    }


def answer(call: Call) -> Response:
    """Answer a question; the verdict changes at once, and the page says what changed it."""
    register, review = call.server.register, call.number("review")
    before = register.show(review)
    field = call.text("field").partition("@")[0]
    register.answer(
        call.user,
        before.product.id,
        field,
        _typed(call.form).get("value", ""),
        expected=call.number("version"),
        log=call.server.access,
    )
    return _back_to(register, review, before)


def approve(call: Call) -> Response:
    """Record an approval of a finding."""
    register, review = call.server.register, call.number("review")
    before = register.show(review)
    register.approve(
        call.user,
        review,
        call.text("finding"),
        reason=call.text("reason"),
        expires=call.text("expires"),
        expected=call.number("version"),
        log=call.server.access,
    )
    return _back_to(register, review, before)


def _back_to(register: Register, review: int, before: Any) -> Response:
    after = register.show(review)
    was, now = before.report.verdict, after.report.verdict
    words = f"The verdict is still: {VERDICT_WORDS[now].lower()}."
    if was is not now:
        words = f"The verdict changed from {VERDICT_WORDS[was].lower()} to {VERDICT_WORDS[now].lower()}."
    return RedirectResponse(f"/reviews/{review}?said={quote(words)}", 303)


def assign(call: Call) -> Response:
    """Say who does a duty until when."""
    review = call.number("review")
    call.server.register.assign(
        call.user, review, call.text("finding"), call.text("owner"), call.text("due"), call.server.access
    )
    return RedirectResponse(f"/reviews/{review}?said={quote('Assigned.')}", 303)


def sign(call: Call) -> Response:
    """Freeze the review."""
    review = call.number("review")
    call.server.register.sign(
        call.user, review, call.text("role"), expected=call.number("version"), log=call.server.access
    )
    return RedirectResponse(f"/reviews/{review}?said={quote('Signed. The exports below stay as they are.')}", 303)


def reopen(call: Call) -> Response:
    """A new review beside a signed one."""
    review = call.server.register.reopen(call.user, call.number("review"), call.server.access)
    return RedirectResponse(f"/reviews/{review}", 303)


def export(call: Call) -> Response:
    """The review as a file."""
    form = str(call.request.path_params["form"])
    review = call.number("review")
    return _download(call.server.register.export(review, form), f"review-{review}.{form}", EXPORTS.get(form, ""))


def what_if(call: Call) -> Response:
    """What another size would change, as a part of the page."""
    shown = call.server.register.show(call.number("review"))
    found = suppose_sizes(call.server.register.checker, shown, dict(call.request.query_params))
    return call.show("what_if.html.j2", found=found, flips=flip_points(shown.report))


def compare_page(call: Call) -> Response:
    """Up to ten candidates side by side, for the facts of a product."""
    register = call.server.register
    ids = [part.strip() for part in call.request.query_params.get("targets", "").replace("\n", ",").split(",")]
    targets = [target for target in dict.fromkeys(ids) if target and not Path(target).exists()][:10]
    product = call.request.query_params.get("product", "")
    matrix = None
    if len(targets) >= 2:
        profile = register.facts(int(product)).profile if product.isdigit() else None
        matrix = register.checker.compare(targets, profile=profile, today=register.clock().date().isoformat())
    return call.show("compare.html.j2", targets=targets, matrix=matrix, products=register.products(), product=product)


# -- jobs and the log


def job_page(call: Call) -> Response:
    """How far a job is."""
    job = call.server.jobs.find(call.number("job"))
    if job is None:
        raise UsageError("there is no such job")
    return call.show("job.html.j2", job=job)


def cancel_job(call: Call) -> Response:
    """Stop a job."""
    call.server.jobs.cancel(call.number("job"))
    return RedirectResponse(f"/jobs/{call.number('job')}", 303)


def _job_events(server: Server) -> Callable[[Request], Any]:
    """The progress of a job as server-sent events, until it has ended."""

    async def events(number: int) -> AsyncIterator[str]:
        while True:
            job = await run_in_threadpool(server.jobs.find, number)
            if job is None:
                return
            yield f"data: {job.state} {job.done} {job.total}\n\n"
            if job.state not in ("waiting", "running"):
                return
            await asyncio.sleep(0.3)

    async def endpoint(request: Request) -> Response:
        user = await run_in_threadpool(server.access.user_of, request.cookies.get(COOKIE))
        if user is None or not request.path_params["job"].isdigit():
            return Response("", 403)
        return StreamingResponse(events(int(request.path_params["job"])), media_type="text/event-stream")

    return endpoint


def audit_page(call: Call) -> Response:
    """What was done, newest first."""
    from sqlalchemy import select

    from licensecheck.web.tables import AuditEntry

    with call.server.register.database.reading() as found:
        entries = found.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(200)).all()
    return call.show("audit.html.j2", entries=entries)


PAGES: tuple[tuple[str, Page, str, str], ...] = (
    ("/", register_page, "reader", "GET"),
    ("/register.csv", register_csv, "reader", "GET"),
    ("/register.cdx.json", register_bom, "reader", "GET"),
    ("/changes", changes_page, "reader", "GET"),
    ("/recheck", start_recheck, "reviewer", "POST"),
    ("/products", add_product, "reviewer", "POST"),
    ("/products/{product:int}", product_page, "reader", "GET"),
    ("/products/{product:int}/facts", save_facts, "reviewer", "POST"),
    ("/products/{product:int}/licensecheck.yaml", facts_file, "reader", "GET"),
    ("/products/{product:int}/targets", add_target, "reviewer", "POST"),
    ("/reviews/{review:int}", review_page, "reader", "GET"),
    ("/reviews/{review:int}/answer", answer, "reviewer", "POST"),
    ("/reviews/{review:int}/approve", approve, "reviewer", "POST"),
    ("/reviews/{review:int}/assign", assign, "reviewer", "POST"),
    ("/reviews/{review:int}/sign", sign, "reviewer", "POST"),
    ("/reviews/{review:int}/reopen", reopen, "reviewer", "POST"),
    ("/reviews/{review:int}/what-if", what_if, "reader", "GET"),
    ("/reviews/{review:int}/export.{form}", export, "reader", "GET"),
    ("/compare", compare_page, "reader", "GET"),
    ("/jobs/{job:int}", job_page, "reader", "GET"),
    ("/jobs/{job:int}/cancel", cancel_job, "reviewer", "POST"),
    ("/audit", audit_page, "admin", "GET"),
    ("/logout", log_out, "reader", "POST"),
)
"""Path, page, the role that it needs, and the method."""


def _download(data: bytes, name: str, kind: str) -> Response:
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _html(page: str, request: Request, *, user: User | None, status: int = 200, **values: Any) -> HTMLResponse:
    text = _pages().get_template(page).render(
        user=user, path=request.url.path, version=__version__, verdict_words=_VERDICTS, status_words=_STATUSES, **values
    )  # fmt: skip
    return HTMLResponse(text, status)


_VERDICTS: Mapping[str, str] = {verdict.value: words for verdict, words in VERDICT_WORDS.items()} | {"": "Not checked"}
_STATUSES: Mapping[str, str] = {status.value: words for status, words in STATUS_WORDS.items()}
_ENVIRONMENT: list[jinja2.Environment] = []


def _pages() -> jinja2.Environment:
    if not _ENVIRONMENT:
        _ENVIRONMENT.append(
            jinja2.Environment(
                loader=jinja2.FileSystemLoader(HERE / "pages"),
                autoescape=True,
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                finalize=_show,
            )
        )
    return _ENVIRONMENT[0]


def _show(value: Any) -> Any:
    if value is None:
        return ""
    return plain(value) if type(value) is str else value
