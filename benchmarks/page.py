"""The tables of docs/benchmarks.md from the results; the words around them stand in the page and are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Cell = str | float | int


def table(head: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """A Markdown table whose first column is text and whose others are figures."""
    names = list(head)
    lines = [f"| {' | '.join(names)} |", "| --- |" + " ---: |" * (len(names) - 1)]
    lines.extend(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)
    return "\n".join(lines)


def page_parts(results: Mapping[str, Any]) -> dict[str, str]:
    """Each marked part of the page with its new text."""
    return {
        "machine": _machine(results),
        "start": _starting(results["starting"]),
        "extract": _extract(results["extract"]),
        "cards": _cards(results["cards"]),
        "naming": _naming(results["naming"]),
    }


def replace_parts(page: str, parts: Mapping[str, str]) -> str:
    """The page with what stands between the marks of each part replaced."""
    for name, text in parts.items():
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = page.partition(start)
        page = f"{before}{start}\n\n{text}\n\n{end}{rest.partition(end)[2]}"
    return page


def _machine(results: Mapping[str, Any]) -> str:
    machine = results["machine"]
    libraries = ", ".join(f"{name} {number}" for name, number in machine["libraries"].items())
    return (
        f"Run on {results['date']} with licensecheck {results['version']}, Python {machine['python']},\n{libraries};\n"
        f"{machine['processor']}, {machine['cores']} cores, {machine['system']}. "
        f"Load of the machine when the run began: {machine['load']}."
    )


def _starting(rows: list[Mapping[str, Any]]) -> str:
    check = next(row["cpu_s"] for row in rows if row["what"] == "check a model id")
    head = ("command", "processor s", "passed s", "peak MB", "ratio to `check` of an id")
    return table(head, (_starting_row(row, check) for row in rows))


def _starting_row(row: Mapping[str, Any], check: float) -> tuple[Cell, ...]:
    name = f"{row['tool']}: {row['what']}"
    return name, f"{row['cpu_s']:.2f}", f"{row['wall_s']:.2f}", row["peak_mb"], f"{row['cpu_s'] / check:.1f}"


def _extract(extract: Mapping[str, Any]) -> str:
    if "skipped" in extract:
        return f"Not run: {extract['skipped']}."
    points = extract["points"]
    rows = ((f"{p['characters']:,}", f"{p['words']:,}", p["ms"], _per_kilobyte(p)) for p in points)
    cold = "; ".join(
        f"{int(length):,} characters {cost['cpu_s']} s and {cost['peak_mb']} MB"
        for length, cost in extract["cold"].items()
    )
    return (
        table(("characters", "words", "ms", "ms per thousand characters"), rows)
        + f"\n\nOver the upper half the cost grows with the length to the power of {extract['growth']} (1 is linear).\n"
        + f"A license of 3,000 words takes {extract['license_ms']} ms once the rules are loaded.\n"
        + f"A new process with everything that it loads: {cold}."
    )


def _per_kilobyte(point: Mapping[str, float]) -> float:
    return round(point["ms"] / point["characters"] * 1000, 2)


def _cards(cards: Mapping[str, Any]) -> str:
    if "skipped" in cards:
        return f"Not run: {cards['skipped']}."
    rows = (("read", cards["read_per_second"]), ("read and checked", cards["checked_per_second"]))
    return f"{cards['cards']} real cards, {cards['mb']} MB, one core:\n\n" + table(("", "cards a second"), rows)


def _naming(naming: Mapping[str, Any]) -> str:
    if "skipped" in naming:
        return f"Not run: {naming['skipped']}."
    columns = {
        "licensecheck": naming["licensecheck"],
        "licensecheck, ScanCode's texts": naming["licensecheck_same_texts"],
        "ScanCode 32.5": naming["scancode"],
    }
    rates = {name: column.get("rates", {}) for name, column in columns.items()}
    forms = list(naming["licensecheck"]["rates"])
    rows = ((form, *(_rate(rates[name].get(form)) for name in columns)) for form in forms)
    speed = table(("speed, one core", "texts a second", "MB a second"), _speeds(naming))
    return table(("form", *columns), rows) + "\n\n" + speed


def _speeds(naming: Mapping[str, Any]) -> Iterable[tuple[Cell, ...]]:
    for name, key in (("licensecheck", "licensecheck"), ("ScanCode 32.5", "scancode")):
        if "texts_per_second" in naming[key]:
            yield name, naming[key]["texts_per_second"], naming[key]["mb_per_second"]


def _rate(rate: Mapping[str, float] | None) -> str:
    return f"{100 * rate['right']:.1f} % of {rate['texts']}" if rate else "not run"
