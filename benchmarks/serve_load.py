"""Fifty readers and five reviewers on one server: no error, no lost update, and how long a page takes.

    python -m benchmarks.serve_load --seconds 60 --reviews 10000

Starts the server on 127.0.0.1 in a temporary folder, fills its register, and stops by itself.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
from sqlalchemy import create_engine, insert

from licensecheck.web.serve import utc_now
from licensecheck.web.tables import Product, Review, Target
from tools.served import served

READERS, REVIEWERS = 50, 5
PAUSE = 3.0
"""Seconds that a reader looks at a page."""


def fill(folder: Path, reviews: int) -> None:
    """Put products, targets and reviews into the register, as checks would."""
    engine = create_engine(f"sqlite:///{folder / 'register.sqlite'}")
    now, verdicts = utc_now(), ("approved", "conditional", "needs-review", "denied")
    with engine.begin() as work:
        work.execute(insert(Product), [{"name": f"Product {n}", "owner": "Ada", "created": now} for n in range(100)])
        targets = [
            {"product_id": n % 100 + 1, "kind": "id", "name": f"owner/model-{n}", "place": "mit", "created": now}
            for n in range(reviews)
        ]
        work.execute(insert(Target), targets)
        rows = [
            {
                "target_id": n + 1,
                "state": "signed",
                "verdict": verdicts[n % 4],
                "license": "mit",
                "license_class": "open",
                "created": now,
                "updated": now,
                "report": "{}",
                "checked_with": 1,
            }
            for n in range(reviews)
        ]
        work.execute(insert(Review), rows)
    engine.dispose()


def main() -> None:
    """Run the load and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reviews", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        with served(folder) as server, httpx.Client(base_url=server.origin, timeout=30) as client:
            client.get(server.link)
            fill(folder, options.reviews)
            print(json.dumps(load(client, server.origin, options.seconds), indent=1))


def load(client: httpx.Client, base: str, seconds: float) -> dict[str, object]:
    """The figures: pages read, their times, errors, and answers confirmed against answers kept."""
    cookies = dict(client.cookies)
    secret = re.search(r'name="csrf" value="(\w+)"', client.get("/").text)
    assert secret
    client.post("/products", data={"csrf": secret[1], "name": "Under load"})
    number = max(map(int, re.findall(r"/products/(\d+)", client.get("/").text)))
    times: list[float] = []
    errors: list[str] = []
    confirmed = [0] * REVIEWERS
    end = time.monotonic() + seconds

    def read(at: int) -> None:
        with httpx.Client(base_url=base, cookies=cookies, timeout=30) as reader:
            while time.monotonic() < end:
                start = time.monotonic()
                answer = reader.get(f"/?q=model-{at}&page=1")
                times.append(time.monotonic() - start)
                if answer.status_code != 200:
                    errors.append(f"read: {answer.status_code}")
                time.sleep(PAUSE)

    def review(at: int) -> None:
        with httpx.Client(base_url=base, cookies=cookies, timeout=30) as writer:
            while time.monotonic() < end:
                page = writer.get(f"/products/{number}").text
                version = re.search(r'name="version" value="(\d+)"', page)
                assert version
                yaml = f"version: 1\norganization: {{employees: {version[1]}, name: reviewer {at}}}\n"
                form = {"csrf": secret[1], "version": version[1], "yaml": yaml}
                answer = writer.post(f"/products/{number}/facts", data=form)
                confirmed[at] += answer.status_code == 303
                if answer.status_code not in (303, 409):
                    errors.append(f"write: {answer.status_code}")

    threads = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    threads += [threading.Thread(target=review, args=(n,)) for n in range(REVIEWERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = re.search(r"Facts version (\d+)", client.get(f"/products/{number}").text)
    assert kept
    alone = sorted(_timed(client) for _ in range(15))
    return {
        "pages read": len(times),
        "median seconds under load": round(statistics.median(times), 3),
        "median seconds alone": round(statistics.median(alone), 3),
        "errors": len(errors),
        "answers confirmed": sum(confirmed),
        "answers kept": int(kept[1]) - 1,
    }


def _timed(client: httpx.Client) -> float:
    start = time.monotonic()
    client.get("/?q=model-77")
    return time.monotonic() - start


if __name__ == "__main__":
    main()
