"""The application: which page stands at which address, who may see it, and how people sign in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from licensecheck.errors import LicenseCheckError
from licensecheck.web import product_pages, register_pages, review_pages, uploads
from licensecheck.web.access import COOKIE, LASTS, is_form_of
from licensecheck.web.call import HERE, Call, Page, Server, as_sentence, show_page
from licensecheck.web.guard import HEADERS, Guard
from licensecheck.web.jobs import REFRESH, UNDER_WAY
from licensecheck.web.register import ConflictError


def create_app(server: Server) -> Starlette:
    """The application: pages for people who are signed in, and nothing else."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        take_up(server)
        yield
        await run_in_threadpool(server.jobs.stop)
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
        exception_handlers={HTTPException: _refused, Exception: _failed},
    )


def take_up(server: Server) -> None:
    """Begin with what a stop left undone: jobs, and reviews that were not checked, or not with the newest facts."""
    waiting = server.jobs.start()
    for review in server.register.unchecked():
        if ("check", str(review)) not in waiting:
            server.jobs.add("check", str(review), by="restart")
    for product in server.register.unsettled_products():
        if (REFRESH, str(product)) not in waiting:
            server.jobs.add(REFRESH, str(product), by="restart")


def _route(server: Server, path: str, page: Page, role: str, method: str) -> Route:
    async def endpoint(request: Request) -> Response:
        user = await run_in_threadpool(server.access.user_of, request.cookies.get(COOKIE))
        if user is None:
            return RedirectResponse("/login", 303)
        if not user.may(role):
            return show_page("message.html.j2", request, user=user, status=403, message=f"This needs the role {role}.")
        form = await request.form(max_files=uploads.MAX_FILES, max_part_size=uploads.MAX_TEXT * 4)
        if method == "POST" and not is_form_of(user, form.get("csrf") if isinstance(form.get("csrf"), str) else None):  # type: ignore[arg-type]
            message = "The form was not sent from a page of this session. Load the page again."
            return show_page("message.html.j2", request, user=user, status=403, message=message)
        call = Call(request=request, form=form, user=user, server=server)
        try:
            return await run_in_threadpool(page, call)
        except ConflictError as fault:
            return call.show("message.html.j2", status=409, message=as_sentence(fault))
        except LicenseCheckError as fault:
            return call.show("message.html.j2", status=400, message=as_sentence(fault))
        finally:
            await form.close()

    return Route(path, endpoint, methods=[method], name=f"{method} {path}")


async def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    message = "There is no such page." if fault.status_code in (404, 405) else f"{fault.detail}."
    return show_page("message.html.j2", request, user=None, status=fault.status_code, message=message)


async def _failed(request: Request, _: Exception) -> Response:
    """A fault of this program: the page says so, and the terminal shows the rest."""
    message = "Something went wrong in this program; the terminal in which it runs shows what."
    answer = show_page("message.html.j2", request, user=None, status=500, message=message)
    answer.headers.update(HEADERS)
    return answer


# Signing in.


def _open_link(server: Server) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        cookie = await run_in_threadpool(server.access.use_link, request.query_params.get("token", ""))
        if cookie is None:
            message = (
                "This link has been used, or is not the one that was printed. Start the server again for a new one."
            )
            return show_page("message.html.j2", request, user=None, status=403, message=message)
        return _with_cookie(request, RedirectResponse("/", 303), cookie)

    return endpoint


def _log_in(server: Server) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        if not server.access.accounts:
            message = "Open the link that `licensecheck serve` printed in the terminal."
            return show_page("message.html.j2", request, user=None, status=403, message=message)
        if request.method == "GET":
            return show_page("login.html.j2", request, user=None)
        form = await request.form()
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        cookie = await run_in_threadpool(server.access.log_in, name, password, address=address)
        if cookie is None:
            message = "Name or password are wrong, or were wrong too often: then wait five minutes."
            return show_page("login.html.j2", request, user=None, status=403, message=message)
        return _with_cookie(request, RedirectResponse("/", 303), cookie)

    return endpoint


def _with_cookie(request: Request, response: Response, cookie: str) -> Response:
    secure = request.url.scheme == "https"  # a proxy that speaks TLS says so
    lasts = int(LASTS.total_seconds())
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", secure=secure, max_age=lasts, path="/")
    return response


def log_out(call: Call) -> Response:
    """End the session."""
    call.server.access.log_out(call.request.cookies.get(COOKIE, ""), call.user.name)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


def _job_events(server: Server) -> Callable[[Request], Any]:
    """The progress of a job as server-sent events, until it has ended."""

    async def events(number: int) -> AsyncIterator[str]:
        while True:
            job = await run_in_threadpool(server.jobs.find, number)
            if job is None:
                return
            yield f"data: {job.state} {job.done} {job.total}\n\n"
            if job.state not in UNDER_WAY:
                return
            await asyncio.sleep(0.3)

    async def endpoint(request: Request) -> Response:
        user = await run_in_threadpool(server.access.user_of, request.cookies.get(COOKIE))
        if user is None or not request.path_params["job"].isdigit():
            return Response("", 403)
        return StreamingResponse(events(int(request.path_params["job"])), media_type="text/event-stream")

    return endpoint


PAGES: tuple[tuple[str, Page, str, str], ...] = (
    ("/", register_pages.register_page, "reader", "GET"),
    ("/register.csv", register_pages.register_csv, "reader", "GET"),
    ("/register.cdx.json", register_pages.register_bom, "reader", "GET"),
    ("/changes", register_pages.changes_page, "reader", "GET"),
    ("/recheck", register_pages.start_recheck, "reviewer", "POST"),
    ("/products", product_pages.add_product, "reviewer", "POST"),
    ("/products/{product:int}", product_pages.product_page, "reader", "GET"),
    ("/products/{product:int}/facts", product_pages.save_facts, "reviewer", "POST"),
    ("/products/{product:int}/licensecheck.yaml", product_pages.facts_file, "reader", "GET"),
    ("/products/{product:int}/targets", product_pages.add_target, "reviewer", "POST"),
    ("/reviews/{review:int}", review_pages.review_page, "reader", "GET"),
    ("/reviews/{review:int}/answer", review_pages.answer, "reviewer", "POST"),
    ("/reviews/{review:int}/approve", review_pages.approve, "reviewer", "POST"),
    ("/reviews/{review:int}/assign", review_pages.assign, "reviewer", "POST"),
    ("/reviews/{review:int}/sign", review_pages.sign, "reviewer", "POST"),
    ("/reviews/{review:int}/reopen", review_pages.reopen, "reviewer", "POST"),
    ("/reviews/{review:int}/seen", review_pages.seen, "reviewer", "POST"),
    ("/reviews/{review:int}/beside", review_pages.compare, "reader", "GET"),
    ("/reviews/{review:int}/what-if", review_pages.what_if, "reader", "GET"),
    ("/reviews/{review:int}/export.{form}", review_pages.export, "reader", "GET"),
    ("/compare", register_pages.compare_page, "reader", "GET"),
    ("/jobs/{job:int}", register_pages.job_page, "reader", "GET"),
    ("/jobs/{job:int}/cancel", register_pages.cancel_job, "reviewer", "POST"),
    ("/audit", register_pages.audit_page, "admin", "GET"),
    ("/logout", log_out, "reader", "POST"),
)
"""Path, page, the role that it needs, and the method."""
