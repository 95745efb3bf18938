"""One request as the pages see it, and how a page is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from licensecheck import __version__, api
from licensecheck.errors import LicenseCheckError, UsageError
from licensecheck.report.sentences import STATUS_WORDS, VERDICT_WORDS, label_of
from licensecheck.report.view import alike
from licensecheck.text.markup import counted, plain
from licensecheck.web.access import Access, User
from licensecheck.web.forms import REGIONS, UNITS, Typed
from licensecheck.web.jobs import REFRESH, UNDER_WAY, Jobs
from licensecheck.web.register import Register

HERE = Path(__file__).resolve().parent
DIGITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What the pages work with."""

    register: Register
    access: Access
    jobs: Jobs
    hosts: frozenset[str]
    """The values of the Host header that are answered; others may be a name that was turned to this machine."""


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
        return show_page(page, self.request, user=self.user, status=status, **values)


Page = Callable[["Call"], Response]


def as_sentence(fault: LicenseCheckError) -> str:
    text = str(fault)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def page_number(text: str) -> int:
    return int(text) if text.isdigit() and 0 < int(text) < 10**6 else 1


def typed_of(form: FormData) -> Typed:
    """What was typed into each field, in the order of the page."""
    typed: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return typed


def check_others(call: Call, product: int) -> Response:
    """Back to the product, while its open reviews are checked with the new facts."""
    if call.server.register.unsettled(product):
        call.server.jobs.add(REFRESH, str(product), by=call.user.name)
    return RedirectResponse(f"/products/{product}", 303)


def download(data: bytes, name: str, kind: str) -> Response:
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def show_page(page: str, request: Request, *, user: User | None, status: int = 200, **values: Any) -> HTMLResponse:
    text = _pages().get_template(page).render(user=user, path=request.url.path, version=__version__, **values)
    return HTMLResponse(text, status)


_VERDICTS: Mapping[str, str] = {verdict.value: words for verdict, words in VERDICT_WORDS.items()} | {"": "Not checked"}
_STATUSES: Mapping[str, str] = {status.value: words for status, words in STATUS_WORDS.items()}
JOB_WORDS = {
    "check": "Reading and checking",
    "recheck": "Checking everything again",
    "refresh": "Checking with the new facts",
    "scan": "Scanning a repository",
    "unpack": "Unpacking and reading an archive",
}
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
        _ENVIRONMENT[0].filters["alike"] = alike
        _ENVIRONMENT[0].globals |= {
            "verdict_words": _VERDICTS,
            "status_words": _STATUSES,
            "job_words": JOB_WORDS,
            "under_way": UNDER_WAY,
            "countries": api.place_names(),
            "currencies": api.currencies(),
            "regions": REGIONS,
            "units": UNITS,
            "counted": counted,
            "label_of": label_of,
            "zip": zip,
        }
    return _ENVIRONMENT[0]


def _show(value: Any) -> Any:
    if value is None:
        return ""
    return plain(value) if type(value) is str else value
