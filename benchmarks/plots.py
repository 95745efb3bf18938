"""Draws the plots of docs/benchmarks.md from the results. Run by an interpreter that has matplotlib.

    python benchmarks/plots.py benchmarks/results/latest.json docs
    python benchmarks/plots.py benchmarks/results/bulk-growth.jsonl docs

The same results give the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "licensecheck", "svg.fonttype": "none", "font.size": 10})
from matplotlib import pyplot  # noqa: E402 -- the backend has to be chosen first

BLUE, GREY = "#1f5fa8", "#9aa3ad"


def main() -> None:
    """Draw what the results hold."""
    folder = Path(sys.argv[2])
    if sys.argv[1].endswith(".jsonl"):
        lines = Path(sys.argv[1]).read_text().splitlines()
        draw_growth([json.loads(line) for line in lines], folder / "benchmark-bulk.svg")
        return
    results = json.loads(Path(sys.argv[1]).read_text())
    if "points" in results["extract"]:
        draw_extract(results["extract"], folder / "benchmark-extract.svg")
    draw_starting(results["starting"], folder / "benchmark-start.svg")
    if "licensecheck" in results["naming"]:
        draw_naming(results["naming"], folder / "benchmark-identify.svg")


def draw_extract(extract: dict[str, Any], path: Path) -> None:
    """Milliseconds by length, with the line that the longest text gives."""
    xs = [point["characters"] / 1000 for point in extract["points"]]
    ys = [point["ms"] for point in extract["points"]]
    figure, axes = pyplot.subplots(figsize=(7, 3.6))
    axes.plot([0, xs[-1]], [0, ys[-1]], color=GREY, linewidth=1, label="a straight line")
    axes.plot(xs, ys, "o", color=BLUE, markersize=5, label="measured")
    axes.set_xlabel("length of the text, thousand characters")
    axes.set_ylabel("ms of processor time")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    save(figure, axes, path)


def draw_growth(rows: list[dict[str, Any]], path: Path) -> None:
    """Processor seconds of bulk runs by rows, beside the line through the first and the last run."""
    xs, ys = [row["rows"] / 1000 for row in rows], [row["cpu_s"] for row in rows]
    figure, axes = pyplot.subplots(figsize=(7, 3.2))
    axes.plot([xs[0], xs[-1]], [ys[0], ys[-1]], color=GREY, linewidth=1, label="a straight line")
    axes.plot(xs, ys, "o", color=BLUE, markersize=5, label="measured")
    axes.set_xlabel("thousand rows of metadata")
    axes.set_ylabel("s of processor time, all processes")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, loc="lower right")
    save(figure, axes, path)


def draw_starting(rows: list[dict[str, Any]], path: Path) -> None:
    """Processor time of a new process, a bar for each command."""
    rows = [row for row in rows if row["tool"] != "Python"][::-1]
    names = [f"{row['tool']}: {row['what']}" for row in rows]
    colours = [BLUE if row["tool"] == "licensecheck" else GREY for row in rows]
    figure, axes = pyplot.subplots(figsize=(8, 0.36 * len(rows) + 0.9))
    bars = axes.barh(names, [row["cpu_s"] for row in rows], color=colours)
    axes.bar_label(bars, labels=[f"{row['cpu_s']:.2f}" for row in rows], padding=3)
    axes.set_xscale("log")
    axes.set_xlim(right=max(row["cpu_s"] for row in rows) * 2)
    axes.set_xlabel("seconds of processor time (logarithmic)")
    save(figure, axes, path)


def draw_naming(naming: dict[str, Any], path: Path) -> None:
    """The share named right in each form, for both tools on the same texts."""
    own, theirs = naming["licensecheck_same_texts"]["rates"], naming["scancode"].get("rates", {})
    forms = [form for form in own if form in theirs] or list(own)
    figure, axes = pyplot.subplots(figsize=(7, 3.2))
    places = range(len(forms))
    axes.bar([x - 0.2 for x in places], [100 * own[f]["right"] for f in forms], 0.4, color=BLUE, label="licensecheck")
    if theirs:
        heights = [100 * theirs[form]["right"] for form in forms]
        axes.bar([x + 0.2 for x in places], heights, 0.4, color=GREY, label="ScanCode 32.5")
    axes.set_xticks(list(places), forms)
    axes.set_ylabel("named right, %")
    axes.set_ylim(0, 118)
    axes.legend(frameon=False, ncols=2, loc="upper right")
    save(figure, axes, path)


def save(figure: Any, axes: Any, path: Path) -> None:
    """Write the figure without a date, and free it."""
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": "licensecheck"}, facecolor="white")
    text = "\n".join(line.rstrip() for line in path.read_text().splitlines())
    path.write_text(text + "\n", newline="\n")
    pyplot.close(figure)


if __name__ == "__main__":
    main()
