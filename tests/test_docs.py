"""What the README and the pages say can be followed: links lead somewhere, commands and options exist."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import click
import pytest

from licensecheck.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
GENERATED = ("docs/reference/", "docs/benchmark-", "docs/llama-4-report.png")
"""What a command writes: a link to it is not followed where it has not been written."""
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^ *```(?:sh|console|text)?\n(.*?)^ *```", re.M | re.S)
CALL = re.compile(r"^\$?\s*(?:\.venv/bin/)?licensecheck\s+([^#|>\n]*)", re.M)
PLACEHOLDER = re.compile(r"[A-Z_]+|\.\.\.")


def links_of(page: Path) -> list[str]:
    """The relative links of a page, those in code left out."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    return [link for link in LINK.findall(prose) if "://" not in link and not link.startswith(("mailto:", "#"))]


def calls_of(page: Path) -> list[str]:
    """The calls of licensecheck in the code blocks of a page, each on one line."""
    blocks = CODE.findall(page.read_text(encoding="utf-8"))
    return [call.strip() for block in blocks for call in CALL.findall(block.replace("\\\n", " "))]


def anchors_of(page: Path) -> set[str]:
    """The anchors of the headings of a page."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for link in links_of(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve()
        if target.exists():
            assert not anchor or anchor in anchors_of(target), link
        else:
            assert target.relative_to(ROOT).as_posix().startswith(GENERATED), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_calls_name_commands_and_options_that_exist(page: Path) -> None:
    for call in calls_of(page):
        _check_options(call)


def _check_options(call: str) -> None:
    """Fail where a call names a command or an option that is none."""
    words = [word for word in shlex.split(call) if not PLACEHOLDER.fullmatch(word)]
    command, rest = _command(words)
    known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
    for word in rest:
        flag = word.partition("=")[0]
        assert not re.match(r"--?[a-z]", flag) or flag in known | {"-h", "--help", "--version"}, call


def _command(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the first words name, and the words behind it."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        if found is None and getattr(command, "default", None):
            return command.commands[command.default], words
        assert found is not None, words
        command, words = found, words[1:]
    return command, words


def test_every_command_stands_in_the_readme_or_the_reference() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in COMMANDS if name not in text] == []


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    assert named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.M)] == []


def test_every_page_stands_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if page.parent.name == "docs" and page.name not in navigation] == []


def _fields(schema: Any, *, defs: Any, path: str = "") -> Iterator[str]:
    """The dotted names of all fields of a JSON Schema; what it refers to is followed."""
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}{name}"
        yield from _fields(inner, defs=defs, path=f"{path}{name}.")
    for inner in (schema.get("items"), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if isinstance(inner, dict):
            yield from _fields(inner, defs=defs, path=path)


@pytest.mark.parametrize(("schema", "page"), [("profile", "profile.md"), ("report", "json-report.md")])
def test_every_field_of_a_schema_stands_on_its_page(schema: str, page: str) -> None:
    data = json.loads((ROOT / f"licensecheck/catalog/schemas/{schema}.schema.json").read_text(encoding="utf-8"))
    words = set(re.findall(r"\w+", (ROOT / "docs" / page).read_text(encoding="utf-8")))
    assert [name for name in _fields(data, defs=data.get("$defs")) if name.rpartition(".")[2] not in words] == []


def test_the_architecture_names_packages_and_modules_that_exist() -> None:
    table = re.findall(r"^\| (`.*?) \|", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.M)
    named = {name for row in table for name in re.findall(r"`(\w+)`", row)}
    parts = {path.stem for path in (ROOT / "licensecheck").iterdir() if path.is_dir() or path.suffix == ".py"}
    assert named == parts - {"__init__", "__main__", "__pycache__", "_data"}


def _leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words by which it is called."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for word in command.list_commands(context):
        found = command.get_command(context, word)
        assert found is not None
        yield from _leaves(found, f"{name} {word}")


LEAVES = dict(_leaves(cli, "licensecheck"))


TAKING = [name for name, leaf in LEAVES.items() if any(isinstance(param, click.Argument) for param in leaf.params)]


@pytest.mark.parametrize("name", TAKING)
def test_help_shows_calls_that_can_be_made(name: str) -> None:
    calls = [
        line.strip() for line in (LEAVES[name].help or "").splitlines() if line.strip().startswith("licensecheck ")
    ]
    short = name.removesuffix(" run")  # a command of a group that need not be named
    assert any(f"{call} ".startswith((f"{name} ", f"{short} ")) for call in calls)
    for call in calls:
        _check_options(call.removeprefix("licensecheck "))


class _Links(HTMLParser):
    """The links and anchors of one page of the site."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down ids, and what is linked or loaded."""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            if name in ("href", "src") and value:
                self.links.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, _Links]:
    """Every page of the site as it is built, with its links and anchors."""
    pytest.importorskip("mkdocs", reason="the site needs mkdocs-material")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {}
    for path in folder.rglob("*.html"):
        pages[path] = _Links()
        pages[path].feed(path.read_text(encoding="utf-8"))
    return pages


def test_links_of_the_site_lead_to_pages_and_anchors(site: dict[Path, _Links]) -> None:
    root = min(site, key=lambda path: len(path.parts)).parent
    dead = [
        f"{page.relative_to(root)}: {link}" for page in site for link in site[page].links if _is_dead(link, page, site)
    ]
    assert (root / "index.html") in site
    assert dead == []


def _is_dead(link: str, page: Path, site: dict[Path, _Links]) -> bool:
    """True for a link inside the site to what is not there; the page of errors links from the root."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or page.name == "404.html":
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    target = target / "index.html" if target.is_dir() else target
    if not target.exists():
        return True
    return bool(parts.fragment) and target in site and unquote(parts.fragment) not in site[target].anchors


def test_the_site_loads_nothing_from_elsewhere(site: dict[Path, _Links]) -> None:
    elsewhere = {urlsplit(link).netloc for page in site.values() for link in page.links}
    assert elsewhere - {""} <= {"squidfunk.github.io"}
