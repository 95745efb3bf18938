"""What a person does on the pages of a server in this process: send forms, wait for work, add a review."""

from __future__ import annotations

import re
import time
from typing import Any

from starlette.testclient import TestClient

from licensecheck.web.call import Server
from licensecheck.web.jobs import UNDER_WAY

HOST = "http://127.0.0.1:8765"


def csrf_of(client: TestClient) -> str:
    """The secret of the session's forms, as a page carries it."""
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/").text)
    assert found
    return found[1]


def post(client: TestClient, path: str, **values: Any) -> Any:
    """Send a form as a page of the session would."""
    files = values.pop("files", None)
    return client.post(path, data={"csrf": csrf_of(client), **values}, files=files)


def wait_for(server: Server, job: int) -> Any:
    """The job when it has ended."""
    for _ in range(200):
        found = server.jobs.find(job)
        if found is not None and found.state not in UNDER_WAY:
            return found
        time.sleep(0.05)
    raise AssertionError(f"job {job} did not end")


def product_of(answer: Any) -> int:
    """The number of the product to whose page a form leads."""
    return int(re.fullmatch(r"/products/(\d+)", answer.headers["location"])[1])  # type: ignore[index]


def job_of(answer: Any) -> int:
    """The number of the job that a form began."""
    return int(re.fullmatch(r"/jobs/(\d+)", answer.headers["location"])[1])  # type: ignore[index]


def review_of(job: Any) -> int:
    """The number of the review that a job opened."""
    return int(re.fullmatch(r"/reviews/(\d+)", job.link)[1])  # type: ignore[index]


def add_review(client: TestClient, server: Server, target: str = "llama-4", product: str = "Assistant") -> int:
    """A product with a reviewed target; the id of the review."""
    made = post(client, "/products", name=product, owner="Ada")
    job = post(client, f"/products/{product_of(made)}/targets", kind="id", id=target)
    done = wait_for(server, job_of(job))
    assert done.state == "done", done.message
    return review_of(done)
