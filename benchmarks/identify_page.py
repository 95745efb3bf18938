"""The figures of identification as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def render_results(data: dict[str, Any]) -> str:
    """What was measured: the costs, the forms, the small edits."""
    lines = ["# Identifying license texts", "", *_costs(data), "", *_forms(data["results"])]
    lines += ["", *_speeds(data["texts_of_8_kb_per_second"]), "", *_edits(data["edits"])]
    return "\n".join(lines) + "\n"


def _costs(data: dict[str, Any]) -> Iterator[str]:
    machine, start, prose, other = (data[name] for name in ("machine", "start", "prose", "other_source"))
    yield f"{machine['processor']}, Python {machine['python']}, load {machine['load']}; one core, least of some runs."
    yield ""
    yield f"- `licensecheck identify FILE` as a whole: {start['identify_s']} s, {start['peak_mb']} MB, of which the"
    yield f"  processor works {start['identify_cpu_s']} s; an interpreter that does nothing: {start['interpreter_s']} s"
    yield f"- memory after all texts below: {data['peak_memory_mb']} MB; index: {data['index_bytes']:,} bytes"
    yield f"- prose without a license: {prose['named']} of {prose['files']} files named as one"
    if other:
        yield f"- texts of another source than the index: {other['named']} % of {other['n']} named"


def _forms(results: dict[str, Any]) -> Iterator[str]:
    """Of each form the share in which the license was named first, and named at all."""
    yield "In %: named first, named at all; of two in one file both. `clause shown`: 95 % of the words of an inserted"
    yield "clause; `tight`: and at most ten words more."
    yield ""
    yield "| tool | texts | form | n | first | named | clause shown | tight | texts/s |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for tool, sets in results.items():
        for name, forms in sets.items():
            for form, row in forms.items():
                cells = [row["n"], row["first"], row["named"], row.get("clause_shown", ""), row.get("tight", "")]
                yield f"| {tool} | {name} | {form} | {' | '.join(map(str, cells))} | {row['texts_per_second']} |"


def _speeds(speeds: dict[str, int]) -> Iterator[str]:
    yield from ("Texts of 8 kB a second, once loaded:", "", "| form | texts/s |", "|---|---|")
    yield from (f"| {form} | {speed} |" for form, speed in speeds.items())


def _edits(edits: dict[str, dict[str, int]]) -> Iterator[str]:
    yield "Small edits of texts that are a license to the letter. One may stay exact where it makes another published"
    yield "wording of the license, or stands in a place for names."
    yield ""
    yield from ("| edit | texts | still called exact | edit not shown |", "|---|---|---|---|")
    for name, row in edits.items():
        yield f"| {name} | {row['texts']} | {row['exact']} | {row['nothing_shown']} |"
