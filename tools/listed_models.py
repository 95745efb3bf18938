"""Rewrite the lists of models by id: `python tools/listed_models.py [--mirrors FOLDER] [NAME...]`.

Outside CI. Each table of `licenses/listed/` comes from one package or repository at a pinned version, which its first
line names: the ids that it lists, the license that it declares for each (nothing where it declares none), and the model
that each was made from, as far as it says. Facts alone; what a declared name means is settled by `catalog build`.

Packages are fetched with the ordinary clients and read without importing them. Repositories are taken from a folder of
clones named `owner+name/repo` (`--mirrors`), else cloned at the commit that is given.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from packages import fetch, files

LISTED = Path(__file__).resolve().parent.parent / "licenses" / "listed"
COLUMNS = "id\tlicense\tbase"
_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_ON_HUB = re.compile(r"(?:huggingface\.co|hf\.co)/([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)")
_NO_MODELS = (
    "datasets/",
    "spaces/",
    "docs/",
    "blog/",
    "collections/",
    "papers/",
    "models/",
    "organizations/",
    "api/",
    "settings/",
    "join/",
    "new/",
    "tasks/",
    "learn/",
    "chat/",
)
_PLACEHOLDER = re.compile(r"(?:org|owner|user(?:name)?|namespace|repo|path|example|(?:your|my)[-_]\w*)/", re.I)
"""Owners that stand for any owner in a page of instructions."""
_CLOSED = frozenset(("proprietary", "not specified", "multiple", "unknown", "none"))
"""What a list says where it gives no license."""
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a list comes from: a package of an ecosystem, or a repository (`git`) at a commit; and what reads it."""

    ecosystem: str
    name: str
    version: str
    date: str
    read: Callable[[dict[str, str]], Iterable[Row]]
    suffixes: tuple[str, ...]


def mteb(texts: dict[str, str]) -> Iterator[Row]:
    """Every `ModelMeta` whose weights are open."""
    for call in _calls(texts, "ModelMeta"):
        given = _literals(call)
        name = given.get("name")
        if isinstance(name, str) and given.get("open_weights") is not False:
            yield name, _said(given.get("license")), _one(given.get("adapted_from"))


def timm(texts: dict[str, str]) -> Iterator[Row]:
    """Every pretrained configuration that lies on the hub; one without a license of its own has that of its file."""
    for text in texts.values():
        tree = ast.parse(text)
        functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        for table in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
            for key, value in zip(table.keys, table.values, strict=True):
                if not (isinstance(key, ast.Constant) and isinstance(value, ast.Call)):
                    continue
                given = _literals(value)
                home = given.get("hf_hub_id")
                if isinstance(home, str) and home:
                    name = home + str(key.value) if home.endswith("/") else home
                    own = value.func.id if isinstance(value.func, ast.Name) else ""
                    yield name, _said(given["license"] if "license" in given else _default_license(own, functions)), ""


def _default_license(name: str, functions: dict[str, ast.FunctionDef], depth: int = 4) -> str | None:
    """The license in the data that a function makes, or that a function which it calls makes."""
    function = functions.get(name)
    if function is None or not depth:
        return None
    for table in (node for node in ast.walk(function) if isinstance(node, ast.Dict)):
        for key, value in zip(table.keys, table.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "license" and isinstance(value, ast.Constant):
                return str(value.value)
    called = (
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    found = (_default_license(one, functions, depth - 1) for one in called if one != name)
    return next((license_ for license_ in found if license_), None)


def fastembed(texts: dict[str, str]) -> Iterator[Row]:
    """Every description of a model: its name, and the repository that its file is loaded from."""
    kinds = ("DenseModelDescription", "SparseModelDescription", "BaseModelDescription")
    for call in (call for kind in kinds for call in _calls(texts, kind)):
        given = _literals(call)
        name = given.get("model")
        if isinstance(name, str) and _ID.fullmatch(name):
            yield name, _said(given.get("license")), ""


def bfcl(texts: dict[str, str]) -> Iterator[Row]:
    """Every model of the leaderboard whose name is one of the hub."""
    for call in _calls(texts, "ModelConfig"):
        given = _literals(call)
        name, url = given.get("model_name"), given.get("url")
        if isinstance(name, str) and _ID.fullmatch(name) and isinstance(url, str) and name.lower() in url.lower():
            yield name, _said(given.get("license")), ""


def localai(texts: dict[str, str]) -> Iterator[Row]:
    """Every entry of the gallery: the repositories on the hub that it names, and the license that it declares."""
    for text in texts.values():
        for entry in yaml.safe_load(text):
            for url in entry.get("urls") or ():
                for name in _on_hub(str(url)):
                    yield name, _said(entry.get("license")), ""


def xinference(texts: dict[str, str]) -> Iterator[Row]:
    """Every repository on the hub that a model specification loads; quantizations by each of their names."""
    for text in texts.values():
        data = json.loads(text)
        for entry in data if isinstance(data, list) else [data]:
            yield from ((name, "", "") for name in _hub_sources(entry))


def _hub_sources(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        place = data.get("huggingface")
        name = place.get("model_id") if isinstance(place, dict) else None
        if isinstance(name, str):
            kinds = place.get("quantizations") or ()
            yield from (name.replace("{quantization}", str(kind)) for kind in kinds) if "{" in name else (name,)
        for value in data.values():
            yield from _hub_sources(value)
    elif isinstance(data, list):
        for value in data:
            yield from _hub_sources(value)


def unsloth(texts: dict[str, str]) -> Iterator[Row]:
    """Every copy that the library loads in place of another model, which is its base."""
    for text in texts.values():
        for table in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Dict)):
            for key, value in zip(table.keys, table.values, strict=True):
                names = _strings(key) + _strings(value)
                names = [name for name in names if _ID.fullmatch(name)]
                first = next((name for name in names if not name.lower().startswith("unsloth/")), "")
                yield from ((name, "", "" if name == first else first) for name in names)


def _strings(node: ast.AST | None) -> list[str]:
    found = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)] if node else []
    return [text for text in found if isinstance(text, str)]


def linked(texts: dict[str, str]) -> Iterator[Row]:
    """Every model of the hub that a page links to."""
    for text in texts.values():
        yield from ((name, "", "") for name in _on_hub(text))


def served(texts: dict[str, str]) -> Iterator[Row]:
    """Every model of the hub that a page links to or serves by a command."""
    command = re.compile(r"vllm serve ([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)")
    for text in texts.values():
        yield from ((name, "", "") for name in (*_on_hub(text), *command.findall(text)))


def tabled(texts: dict[str, str]) -> Iterator[Row]:
    """Every model of the hub that a table of a page names in code, links to or serves."""
    quoted = re.compile(r"`\s?([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)\s?`")
    command = re.compile(r"(?:-hf|vllm serve|--model-path)\s+([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)")
    for text in texts.values():
        rows = "\n".join(line for line in text.splitlines() if line.lstrip().startswith("|"))
        yield from ((name, "", "") for name in (*quoted.findall(rows), *_on_hub(rows), *command.findall(text)))


def registry(texts: dict[str, str]) -> Iterator[Row]:
    """Every name of the hub that stands as a value in the file: `hf-hub` ids of pretrained configurations."""
    for text in texts.values():
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            name = _literals(call).get("hf_hub")
            if isinstance(name, str) and _ID.fullmatch(name.strip("/")):
                yield name.strip("/"), "", ""


def quoted(texts: dict[str, str]) -> Iterator[Row]:
    """Every string of the program that is the id of a model of an owner whom one of the other lists names."""
    lists = (path.read_text(encoding="utf-8") for path in LISTED.glob("*.tsv") if path.stem != "sglang")
    owners = {line.partition("/")[0].lower() for text in lists for line in text.splitlines()[2:] if "/" in line}
    for text in texts.values():
        for node in ast.walk(ast.parse(text)):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and _ID.fullmatch(value) and value[-1].isalnum():
                yield from [(value, "", "")] if value.partition("/")[0].lower() in owners else []


def _calls(texts: dict[str, str], name: str) -> Iterator[ast.Call]:
    for text in texts.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def _literals(call: ast.Call) -> dict[str, Any]:
    """The keyword arguments that are plain data."""
    given: dict[str, Any] = {}
    for part in call.keywords:
        if part.arg is None:
            continue
        try:
            given[part.arg] = ast.literal_eval(part.value)
        except (ValueError, TypeError):
            continue
    return given


def _on_hub(text: str) -> list[str]:
    return [name.rstrip(".") for name in _ON_HUB.findall(text) if not (name + "/").startswith(_NO_MODELS)]


def _said(value: object) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if text.lower() in _CLOSED else text


def _one(value: object) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


SOURCES: dict[str, Source] = {
    "bfcl": Source(
        ecosystem="pypi",
        name="bfcl-eval",
        version="2026.3.23",
        date="2026-03-23",
        read=bfcl,
        suffixes=("constants/model_config.py",),
    ),
    "fastembed": Source(
        ecosystem="pypi", name="fastembed", version="0.9.1", date="2026-10", read=fastembed, suffixes=(".py",)
    ),
    "localai": Source(
        ecosystem="git",
        name="mudler/LocalAI",
        version="82c191afa",
        date="2026-08-22",
        read=localai,
        suffixes=("gallery/index.yaml",),
    ),
    "llama-cpp": Source(
        ecosystem="sdist",
        name="llama-cpp-python",
        version="0.3.36",
        date="2026-10",
        read=tabled,
        suffixes=("llama.cpp/docs/multimodal.md", "llama.cpp/docs/function-calling.md"),
    ),
    "mteb": Source(
        ecosystem="pypi",
        name="mteb",
        version="2.26.24",
        date="2026-10",
        read=mteb,
        suffixes=("_models.py", "_model.py", ".py"),
    ),
    "open-clip": Source(
        ecosystem="pypi",
        name="open-clip-torch",
        version="3.3.0",
        date="2026-02",
        read=registry,
        suffixes=("open_clip/pretrained.py",),
    ),
    "sglang": Source(ecosystem="pypi", name="sglang", version="0.5.23", date="2026-10", read=quoted, suffixes=(".py",)),
    "tei": Source(
        ecosystem="git",
        name="huggingface/text-embeddings-inference",
        version="0d124dc",
        date="2026-07-24",
        read=linked,
        suffixes=("docs/source/en/supported_models.md", "README.md"),
    ),
    "tgi": Source(
        ecosystem="git",
        name="huggingface/text-generation-inference",
        version="db931fcf",
        date="2026-01-08",
        read=linked,
        suffixes=("docs/source/supported_models.md",),
    ),
    "timm": Source(ecosystem="pypi", name="timm", version="1.0.31", date="2026-11", read=timm, suffixes=(".py",)),
    "unsloth": Source(
        ecosystem="pypi",
        name="unsloth",
        version="2026.10.9",
        date="2026-10",
        read=unsloth,
        suffixes=("unsloth/models/mapper.py",),
    ),
    "vllm": Source(ecosystem="sdist", name="vllm", version="0.33.0", date="2026-11", read=tabled, suffixes=(".md",)),
    "vllm-recipes": Source(
        ecosystem="git",
        name="vllm-project/recipes",
        version="8959cf6",
        date="2026-08-21",
        read=served,
        suffixes=(".md",),
    ),
    "xinference": Source(
        ecosystem="pypi", name="xinference", version="4.1.0", date="2026-10", read=xinference, suffixes=(".json",)
    ),
}


def main() -> int:
    """Rewrite the lists that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a list of SOURCES")
    parser.add_argument("--mirrors", type=Path, help="clones of repositories, as owner+name/repo")
    parser.add_argument("--keep", type=Path, help="keep the packages in this folder, and take them from there")
    options = parser.parse_args()
    LISTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.names or SOURCES:
            source = SOURCES[name]
            texts = _texts(source, options.keep or Path(temporary), options.mirrors)
            rows = merged(source.read(texts))
            head = f"# {source.name} {source.version}, {source.date}; written by tools/listed_models.py"
            text = "\n".join([head, COLUMNS, *("\t".join(row) for row in rows)]) + "\n"
            (LISTED / f"{name}.tsv").write_text(text, encoding="utf-8")
            stated = sum(bool(row[1]) for row in rows)
            print(f"{name}: {len(rows)} ids, {stated} with a license, from {source.name} {source.version}")
    return 0


def merged(rows: Iterable[Row]) -> list[Row]:
    """The rows by id, sorted; what a list says twice and not alike is given with `|` between."""
    found: dict[str, tuple[str, list[str], list[str]]] = {}
    for name, license_, base in rows:
        if name.endswith((".git", ".md")) or "\t" in name or _PLACEHOLDER.match(name):
            continue
        _, licenses, bases = found.setdefault(name.lower(), (name, [], []))
        licenses += [license_] if license_ and license_ not in licenses else []
        bases += [base] if base and base not in bases and base.lower() != name.lower() else []
    return [(name, " | ".join(licenses), " ".join(bases)) for _, (name, licenses, bases) in sorted(found.items())]


def _texts(source: Source, folder: Path, mirrors: Path | None) -> dict[str, str]:
    """The files of a source whose paths end as it says, by path."""
    if source.ecosystem != "git":
        archive = fetch(source.ecosystem, source.name, source.version, folder)
        if archive is None:
            raise SystemExit(f"{source.name} {source.version}: could not be fetched")
        own = _folder_of(source.name)
        return {path: text for path, text in files(archive) if text and path.endswith(source.suffixes) and own in path}
    home = mirrors / source.name.replace("/", "+") / "repo" if mirrors else folder / source.name.replace("/", "+")
    if not home.is_dir():
        url = f"https://github.com/{source.name}"
        subprocess.run(["git", "clone", "--quiet", "--filter=blob:none", "--bare", url, str(home)], check=True)
    listing = _git(home, "ls-tree", "-r", "--name-only", source.version)
    return {
        path: _git(home, "show", f"{source.version}:{path}")
        for path in listing.splitlines()
        if path.endswith(source.suffixes)
    }


def _folder_of(name: str) -> str:
    """The folder of a package's files that hold its list."""
    return {
        "mteb": "mteb/models/model_implementations/",
        "timm": "timm/models/",
        "vllm": "docs/models/",
        "xinference": "xinference/model/",
    }.get(name, "")


def _git(home: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(home), *words], check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
