"""Rewrite the tables that age, one from one pinned package: `python tools/tables.py [NAME...]`.

Outside CI. Each table below `tools/tables/` begins with the package and version that its rows come from; to bring one
up to date, raise the version in `SOURCES` and run this. `tests/test_tables.py` says where code and table part.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from packages import fetch, files, text_of

TABLES = Path(__file__).resolve().parent / "tables"
Row = tuple[str, ...]


def spdx_ids(folder: Path, version: str) -> Iterable[Row]:
    """Every SPDX license id: its name, whether it is marked as approved by the OSI, whether deprecated."""
    listed = json.loads(text_of("npm", "spdx-license-list", version, "/spdx.json", folder))
    ids = json.loads(text_of("npm", "spdx-license-ids", SPDX_IDS, "/index.json", folder))
    old = json.loads(text_of("npm", "spdx-license-ids", SPDX_IDS, "/deprecated.json", folder))
    for name in sorted({*ids, *old, *listed}):
        entry = listed.get(name, {})
        yield name, entry.get("name", ""), _flag(entry.get("osiApproved")), _flag(name in old)


def hub_licenses(folder: Path, version: str) -> Iterable[Row]:
    """Every license identifier of the hub that its own client lists."""
    text = text_of("npm", "@huggingface/hub", version, "src/types/public.ts", folder)
    union = re.search(r"type License\s*=(.*?);", text, re.S)
    if union is None:
        raise SystemExit(f"@huggingface/hub {version}: has no type License")
    return [(name,) for name in sorted(set(re.findall(r'"([^"]+)"', union[1])))]


_AI = re.compile(
    r"(?<![a-z])(?:rail|openrail|llama|gemma|qwen|tongyi|deepseek|falcon|bloom|bigscience|bigcode|stabilityai|stable|flux"
    r"|mistral|grok|glm|chatglm|yi|internlm|baichuan|hunyuan|kimi|minimax|exaone|modelgo|openmdw|model"
    r"|ai2|aimv2|amlr|alphafold|nvidia-open-model|llm)(?![a-z])"
)
"""Words in the keys of licenses of models."""


def scancode_ai(folder: Path, version: str) -> Iterable[Row]:
    """The ScanCode keys that have a word of AI models in them: SPDX key, category, whether deprecated."""
    data = json.loads(text_of("pypi", "license-expression", version, "scancode-licensedb-index.json", folder))
    for entry in sorted(data, key=_key):
        if _AI.search(entry["license_key"]):
            spdx = entry.get("spdx_license_key") or ""
            yield entry["license_key"], spdx, entry.get("category") or "", _flag(entry.get("is_deprecated"))


def scancode_keys(folder: Path, version: str) -> Iterable[Row]:
    """Every ScanCode key: the names of the texts in the package."""
    archive = fetch("pypi", "scancode-toolkit", version, folder)
    if archive is None:
        raise SystemExit(f"scancode-toolkit {version}: could not be fetched")
    found = (re.search(r"licensedcode/data/licenses/([^/]+)\.LICENSE$", name) for name, _ in files(archive))
    return [(key,) for key in sorted({hit[1] for hit in found if hit})]


def _key(entry: dict[str, str]) -> str:
    return entry["license_key"]


def transformers_tasks(folder: Path, version: str) -> Iterable[Row]:
    """The default model of every task of `transformers.pipeline`; nothing for a task that has none."""
    text = text_of("pypi", "transformers", version, "transformers/pipelines/__init__.py", folder)
    start = text.index("SUPPORTED_TASKS = {")
    body = text[start : text.index("\n}\n", start)]
    heads = [(found[1], found.end()) for found in re.finditer(r'^    "([\w-]+)": \{', body, re.M)]
    for (task, begin), (_, end) in zip(heads, [*heads[1:], ("", len(body))], strict=True):
        models = re.findall(r'"([\w.-]+/[\w.-]+)"\s*,\s*"([0-9a-f]{7,40})"', body[begin:end])
        yield task, *(models[0] if models else ("", ""))


def _flag(value: object) -> str:
    return "yes" if value else "no"


SPDX_IDS = "3.0.24"
SOURCES: dict[str, tuple[str, str, Row, Callable[[Path, str], Iterable[Row]]]] = {
    "spdx-ids": ("spdx-license-list", "6.12.0", ("id", "name", "osi", "deprecated"), spdx_ids),
    "hub-licenses": ("@huggingface/hub", "2.17.5", ("id",), hub_licenses),
    "scancode-ai": ("license-expression", "30.4.4", ("key", "spdx", "category", "deprecated"), scancode_ai),
    "scancode-keys": ("scancode-toolkit", "32.5.0", ("key",), scancode_keys),
    "transformers-tasks": ("transformers", "5.24.0", ("task", "model", "revision"), transformers_tasks),
}
"""For each table the package, the version, the columns, and what reads it."""


def main() -> int:
    """Rewrite the tables that are named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or SOURCES:
            package, version, columns, read = SOURCES[name]
            rows = list(read(Path(folder), version))
            also = f", spdx-license-ids {SPDX_IDS}" if name == "spdx-ids" else ""
            lines = [f"# {package} {version}{also}; written by tools/tables.py", "\t".join(columns)]
            lines += ["\t".join(row) for row in rows]
            (TABLES / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            print(f"{name}: {len(rows)} rows from {package} {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
