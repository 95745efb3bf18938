"""What reading a license costs by the length of its text."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import cpu_seconds, process_cost

LENGTHS = (2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 400_000, 700_000, 1_000_000)
WORDS = 3_000
"""The length of a long license."""
_CHILD = (
    "import sys; from pathlib import Path; from benchmarks.extraction import joined_texts, read; "
    "read(joined_texts(Path(sys.argv[1]))[:int(sys.argv[2])])"
)


def joined_texts(shared: Path) -> str:
    """The real license texts in one, ordered by the hash of their names so that no family stands together."""
    import hashlib

    def by_hash(path: Path) -> str:
        return hashlib.sha256(path.name.encode()).hexdigest()

    paths = sorted((shared / "corpus" / "licenses").glob("*.txt"), key=by_hash)
    return "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)


def read(text: str) -> int:
    """How many terms the text states."""
    from licensecheck.domain.subject import Document, Role
    from licensecheck.reading.license_text import read_license

    return len(read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="0" * 64)).terms)


def measure_extraction(shared: Path) -> dict[str, object]:
    """Milliseconds by length, rules loaded; and time and memory of a new process for one license and for 1 MB."""
    text = joined_texts(shared)
    license_text = " ".join(text.split(" ")[:WORDS])
    # Before anything is loaded here: a child counts the memory of the process that starts it as its own.
    cold = {str(length): _cold(shared, length) for length in (len(license_text), LENGTHS[-1])}
    read("You may use it.")
    points = []
    for length in LENGTHS:
        part = text[:length]
        runs = 5 if length <= 50_000 else 2
        cost = cpu_seconds(lambda part=part: read(part), runs=runs)
        points.append({"characters": length, "words": len(part.split()), "ms": round(cost * 1000, 1)})
    return {
        "points": points,
        "growth": round(_slope(points), 2),
        "license_ms": round(cpu_seconds(lambda: read(license_text), runs=5) * 1000, 1),
        "cold": cold,
    }


def _cold(shared: Path, length: int) -> dict[str, float]:
    cost = process_cost([sys.executable, "-c", _CHILD, str(shared), str(length)], runs=2)
    return {"cpu_s": round(cost.cpu, 2), "peak_mb": round(cost.peak_mb)}


def _slope(points: list[dict[str, float]]) -> float:
    """The exponent of growth over the upper half: 1 is linear, 2 is quadratic."""
    from math import log

    upper = points[len(points) // 2 :]
    xs, ys = [log(p["characters"]) for p in upper], [log(p["ms"]) for p in upper]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    across = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return across / sum((x - mean_x) ** 2 for x in xs)
