"""The pages of a product: its facts, and the targets that are added to it."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from licensecheck.errors import UsageError
from licensecheck.web import uploads
from licensecheck.web.call import Call, check_others, download, typed_of
from licensecheck.web.differences import read_difference
from licensecheck.web.forms import fact_form, read_facts


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
    return call.show(
        "product.html.j2",
        product=product,
        facts=facts,
        form=fact_form(facts.profile, register.wanted(product.id)),
        history=register.history(product.id),
        reviews=[(each, read_difference(each[0].changed)) for each in register.everything(product.id)],
    )


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
        profile = read_facts(register.facts(product).profile, typed_of(call.form))
        register.state(call.user, product, profile, expected=expected, log=call.server.access)
        return check_others(call, product)
    register.save_facts(call.user, product, content, expected=expected, reason=reason, log=call.server.access)
    return check_others(call, product)


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
    return download(facts.content.encode(), "licensecheck.yaml", "application/yaml")


def add_target(call: Call) -> Response:
    """Add what is to be reviewed: an id, a pasted text, files or a zip, or what a repository loads."""
    register, product = call.server.register, call.number("product")
    register.product(product)
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
        place, name = str(path), call.text("name").strip() or (given[0].filename or "upload").removesuffix(".zip")
        if kind == "repository" and path.is_file() and not uploads.is_archive(path):
            raise UsageError("hand in the repository as one zip, or all its files")
        if uploads.is_archive(path):
            asked = json.dumps({"product": product, "kind": kind, "name": name, "archive": place})
            return RedirectResponse(f"/jobs/{call.server.jobs.add('unpack', asked, by=call.user.name)}", 303)
        if kind == "repository":
            return RedirectResponse(
                f"/jobs/{call.server.jobs.add('scan', f'{product} {path}', by=call.user.name)}", 303
            )
    review = register.add_target(call.user, product, kind or "files", name, place, call.server.access)
    job = call.server.jobs.add("check", str(review), by=call.user.name)
    return RedirectResponse(f"/jobs/{job}", 303)
