"""The MCP server, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp")

from licensecheck.errors import UsageError  # noqa: E402  # after the check for the extra
from licensecheck.mcp import MAX_TARGETS, Tools  # noqa: E402

PERMISSIVE = """Heron Weights License

You may use, copy, modify and distribute the weights for any purpose, provided that you keep this notice.
You may not use the weights if your products have more than 5 million monthly active users.
"""


def ask(root: Path, calls: Callable[[Any], Awaitable[Any]]) -> Any:
    """What `calls` gives with a client of a server of its own process."""
    server = mcp.StdioServerParameters(command=sys.executable, args=["-m", "licensecheck", "mcp", "--root", str(root)])

    async def run() -> Any:
        with anyio.fail_after(60):
            async with mcp.Client(server) as client:
                return await calls(client)

    return anyio.run(run)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "LICENSE").write_text(PERMISSIVE, encoding="utf-8")
    return tmp_path


def test_five_tools_that_only_read(root: Path) -> None:
    async def listed(client: Any) -> Any:
        return (await client.list_tools()).tools

    tools = ask(root, listed)
    assert [tool.name for tool in tools] == ["check", "identify", "extract", "compare", "explain"]
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools)


def test_a_client_gets_findings_with_their_clauses(root: Path) -> None:
    async def called(client: Any) -> Any:
        checked = await client.call_tool("check", {"targets": ["LICENSE"], "facts": ["deployment.purpose=commercial"]})
        extracted = await client.call_tool("extract", {"text": PERMISSIVE})
        explained = await client.call_tool("explain", {"id": "scale-threshold"})
        compared = await client.call_tool("compare", {"targets": ["mit", "apache-2.0"]})
        identified = await client.call_tool("identify", {"path": "LICENSE"})
        return checked, extracted, explained, compared, identified

    checked, extracted, explained, compared, identified = ask(root, called)
    report = checked.structured_content
    assert report["verdict"] == "needs-review"
    asked = [each for each in report["targets"][0]["findings"] if each["kind"] == "scale-threshold"]
    assert "5 million" in asked[0]["evidence"][0]["quote"]
    assert json.loads(checked.content[0].text) == report
    assert "scale-threshold" in [term["kind"] for term in extracted.structured_content["terms"]]
    assert explained.structured_content["id"] == "scale-threshold"
    assert not compared.is_error
    assert "matches" in identified.structured_content


def test_a_fault_is_told_in_one_line(root: Path) -> None:
    async def called(client: Any) -> Any:
        return await client.call_tool("check", {"targets": ["/etc/hostname"]})

    answer = ask(root, called)
    assert answer.is_error
    assert "lies outside" in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_more_targets_than_are_read_are_refused(root: Path) -> None:
    async def called(client: Any) -> Any:
        return await client.call_tool("check", {"targets": ["mit"] * (MAX_TARGETS + 1)})

    assert ask(root, called).is_error


@pytest.mark.parametrize("path", ["../x", "/etc/hosts", "link"])
def test_no_path_leads_out_of_the_root(root: Path, tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    outside = tmp_path_factory.mktemp("outside") / "LICENSE"
    outside.write_text(PERMISSIVE, encoding="utf-8")
    (root / "link").symlink_to(outside)
    with pytest.raises(UsageError, match="lies outside"):
        Tools(root).extract(path=path)


def test_a_path_or_a_text_is_wanted(root: Path) -> None:
    with pytest.raises(UsageError, match="one of them"):
        Tools(root).identify()
