"""Rows for measuring `licensecheck bulk`, made from the cards of the corpus: python -m benchmarks.bulk_rows OUT ROWS.

`--prose` puts the whole cards into them (`--once`: each card once, so that no two rows are alike), else the rows have
the form of a dump of hub statistics. Owners, names, tags and downloads vary, drawn by a fixed seed; the cards
themselves are other people's and stay out of the project.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from licensecheck.models.front_matter import split_front_matter

CARDS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "cards"
GROUP = 10_000
"""Rows in a row group."""
PROSE_GROUP = 1_000
SUFFIXES = ("", "-v2", "-GGUF", "-AWQ", "-merged", "-lora", "-4bit", "-chat")


def rows(count: int, *, prose: bool, once: bool = False, cards: Path = CARDS) -> Iterator[dict[str, Any]]:
    """As many rows, the same in each run; `once` takes each card once, and there are no more."""
    draw = random.Random(7)
    texts = [(path.stem, path.read_text("utf-8", "replace")) for path in sorted(cards.glob("*.md"))]
    heads = [_plain(split_front_matter(text).values) for _, text in texts]
    for number in range(min(count, len(texts)) if once else count):
        at = number if once else draw.randrange(len(texts))
        name = f"owner{draw.randrange(count // 4 + 1)}/{texts[at][0].rpartition('__')[2]}{draw.choice(SUFFIXES)}"
        name = f"{name}-{number}"
        downloads = int(10 ** draw.uniform(0, 6))
        if prose:
            yield {"modelId": name, "card": f"{texts[at][1]}\n\nBuild {number}.\n", "downloads": downloads}
            continue
        tags = ["region:us", f"arxiv:{draw.randrange(10**8):08}"]
        yield {"id": name, "cardData": json.dumps(heads[at]), "tags": tags, "downloads": downloads}


def _plain(values: Any) -> Any:
    return json.loads(json.dumps(values, default=str))


def main() -> None:
    """Write the file that the command line asks for."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--prose", action="store_true")
    parser.add_argument("--once", action="store_true")
    given = parser.parse_args()
    group = PROSE_GROUP if given.prose else GROUP
    made = rows(given.rows, prose=given.prose, once=given.once)
    first = [next(made)]
    schema = pa.Table.from_pylist(first).schema
    with ParquetWriter(given.out, schema) as writer:
        batch = first
        for row in made:
            batch.append(row)
            if len(batch) == group:
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                batch = []
        if batch:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


if __name__ == "__main__":
    main()
