"""What a bulk run found, in counts: licenses, classes, conflicts, bases, verdicts, by models and by downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from licensecheck.bulk.outputs import read_parts
from licensecheck.frozen import dataclass
from licensecheck.text.markup import counted

MOST = 12
"""How many entries of a table are shown."""
TABLES = {
    "declared_license": "Declared licenses",
    "license_class": "License classes",
    "conflicts": "Conflicts",
    "issues": "Issues of cards",
    "base_models": "Base models",
    "territory": "Territories without rights",
}
"""The columns that are counted, and what the tables are called."""
NONE = "(none)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """An entry of a table: how many models have it, and how often these were downloaded."""

    name: str
    models: int
    downloads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run in counts; `tables` hold all entries, the most frequent first."""

    models: int
    downloads: int
    errors: int
    metadata_only: int
    tables: Mapping[str, tuple[Count, ...]]


def summarize(folder: Path) -> Summary:
    """The counts of a run, read a part at a time."""
    models: dict[str, Counter[str]] = {}
    weights: dict[str, Counter[str]] = {}
    total = loads = errors = bare = 0
    for table in read_parts(folder):
        downloads = [count or 0 for count in table.column("downloads").to_pylist()]
        for name, title in _titles(table.column_names).items():
            values = table.column(name).to_pylist()
            _count(values, downloads, models.setdefault(title, Counter()), weights.setdefault(title, Counter()))
        total += table.num_rows
        loads += sum(downloads)
        errors += sum(error is not None for error in table.column("error").to_pylist())
        bare += table.column("read").to_pylist().count("metadata")
    tables = {
        title: tuple(Count(name=name, models=n, downloads=weights[title][name]) for name, n in _ordered(counts))
        for title, counts in models.items()
    }
    return Summary(models=total, downloads=loads, errors=errors, metadata_only=bare, tables=tables)


def _titles(columns: Iterable[str]) -> dict[str, str]:
    """The columns that are counted, verdicts among them, and what their tables are called."""
    verdicts = [name for name in columns if name.endswith("_verdict") and not name.endswith("_license_verdict")]
    return TABLES | {name: f"Verdicts for {name.removesuffix('_verdict')}" for name in verdicts}


def _count(values: Iterable[Any], downloads: Iterable[int], models: Counter[str], weights: Counter[str]) -> None:
    for value, weight in zip(values, downloads, strict=True):
        for name in (value or [NONE]) if isinstance(value, list) else [value or NONE]:
            models[name] += 1
            weights[name] += weight


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=_by_count)


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def render_text(summary: Summary) -> str:
    """The summary for a terminal."""
    return "\n".join(_text_lines(summary)) + "\n"


def _text_lines(summary: Summary) -> Iterator[str]:
    yield f"{counted(summary.models, 'model')}, {counted(summary.downloads, 'download')}"
    yield f"{summary.metadata_only:,} without the prose of a card, {summary.errors:,} with an error"
    for title, counts in summary.tables.items():
        yield f"\n{title}"
        for each in counts[:MOST]:
            yield f"  {each.name[:48]:48} {each.models:>12,} {each.models / max(summary.models, 1):>7.1%}"
        if len(counts) > MOST:
            yield f"  and {len(counts) - MOST:,} more"


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;width:100%}td{padding:.15em .5em;vertical-align:middle}"
    "td.n{text-align:right;white-space:nowrap}svg{display:block}h2{margin-top:2em}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}}"
)


def render_html(summary: Summary) -> str:
    """The summary as a page without scripts; bars show models above and downloads below."""
    told = (
        f"{counted(summary.models, 'model')}, {counted(summary.downloads, 'download')}; "
        f"{summary.metadata_only:,} without the prose of a "
        f"card, {summary.errors:,} with an error. Bars: share of models (blue), of downloads (orange)."
    )
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Licenses of a list of models</title>',
        f"<style>{_STYLE}</style></head><body><h1>Licenses of a list of models</h1>",
        f"<p>{told}</p>",
    ]
    for title, counts in summary.tables.items():
        parts.append(f"<h2>{escape(title)}</h2><table>")
        parts += [_html_row(each, summary) for each in counts[:MOST]]
        more = f"<p>and {len(counts) - MOST:,} more</p>" if len(counts) > MOST else ""
        parts.append(f"</table>{more}")
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _html_row(each: Count, summary: Summary) -> str:
    models = 300 * each.models / max(summary.models, 1)
    loads = 300 * each.downloads / max(summary.downloads, 1)
    name = escape(each.name)
    return (
        f'<tr><td>{name}</td><td><svg width="300" height="14" role="img" aria-label="{name}">'
        f'<rect width="{models:.1f}" height="6" fill="#3b6fb6"/>'
        f'<rect y="8" width="{loads:.1f}" height="6" fill="#d98324"/></svg></td>'
        f'<td class="n">{each.models:,}</td><td class="n">{each.downloads:,}</td></tr>'
    )
