"""What the README and the pages say can be followed: links lead somewhere, commands and options exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

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
