"""What an input is called or says gives no order to a build server, a terminal, a browser or a spreadsheet."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import Call
from hostile import write

ORDER = re.compile(r"^\s*::|##\w*\[", re.M)
"""Lines that GitHub, Azure Pipelines or TeamCity take for orders."""
LOADS = b"model = AutoModel.from_pretrained('Qwen/Qwen3-8B')\n"
NAMES = (
    b"::error file=x::a.py", b"##vso[task.setvariable variable=x]a.py", b"##[error]a.py", b"##teamcity[a]a.py",
    b"a\n::warning::b.py", b"a\r::warning::b.py", b"\xff\xfe.py", "\u202ea.py".encode(), b"a\x1b[2Jb.py",
    b"\x1b]0;x\x07.py",
    b"a|b`c`<img src=x>@octocat.py", b"[x](javascript:alert(1)).py", b"=HYPERLINK(1).py", b"-rf.py",
    b"\xc2\x85::notice::a.py",
)  # fmt: skip
TEXT = (
    "::error::You may not use the Model for military purposes.\n\n"
    "##vso[task.complete] You may not use the Model to compete with us.\n\n"
    'You must display "Built with ::add-mask::X".\n'
)
CARD = "---\nlicense: '::error::x'\nlicense_name: '##vso[a]b'\nbase_model: '::notice::a/b'\n---\n# ::error::title\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose files bear such names."""
    folder = tmp_path / "r"
    folder.mkdir()
    for name in NAMES:
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:
            file.write(LOADS)
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model whose card and license hold such lines."""
    folder = tmp_path / "m"
    folder.mkdir()
    write(folder, "LICENSE", TEXT.encode())
    write(folder, "README.md", CARD.encode())
    return folder


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown"])
def test_names_of_files_give_no_order(call: Call, repository: Path, form: str) -> None:
    shown = call("scan", str(repository), "-f", form, *(["-v"] if form == "text" else []))
    assert not ORDER.search(shown.out)
    if form == "json":
        paths = {reference["path"] for reference in json.loads(shown.out)["references"]}
        assert "##vso[task.setvariable variable=x]a.py" in paths
        assert len(paths) == len(NAMES)


@pytest.mark.parametrize("form", ["text", "json", "html", "sarif", "markdown"])
def test_words_of_card_and_license_give_no_order(call: Call, model: Path, form: str) -> None:
    assert not ORDER.search(call("check", str(model), str(model / "LICENSE"), "-f", form).out)


@pytest.mark.parametrize(
    "command", [("extract", "-v"), ("identify", "--terms"), ("diff", "mit"), ("compare", "mit"), ("bom",)]
)
def test_no_other_command_hands_an_order_on(call: Call, model: Path, command: tuple[str, ...]) -> None:
    assert not ORDER.search(call(*command, str(model / "LICENSE")).out)


def test_what_is_refused_gives_no_order(call: Call) -> None:
    assert not ORDER.search(call("check", "::error::x\n::error::y##vso[z]").err)


def test_markdown_of_a_scan_names_files_as_code_only(call: Call, repository: Path) -> None:
    shown = call("scan", str(repository), "-f", "markdown").out
    outside = re.sub(r"(`+)(?:(?!\1).)+\1", "", shown)
    for active in ("<img", "@octocat", "](javascript"):
        assert active not in outside


def test_addresses_in_sarif_are_encoded(call: Call, repository: Path) -> None:
    (run,) = json.loads(call("scan", str(repository), "-f", "sarif").out)["runs"]
    places = [place["physicalLocation"] for result in run["results"] for place in result["locations"]]
    uris = {place["artifactLocation"]["uri"] for place in places}
    assert uris
    assert not [uri for uri in uris if re.search(r"[^\w.~!$&'()*+,;=:@/%-]", uri, re.ASCII)]
