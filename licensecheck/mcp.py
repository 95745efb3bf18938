"""`licensecheck mcp`: the clauses behind an answer for assistants, over the Model Context Protocol on standard input.

Five tools with the results of `licensecheck.api`. They read and never write, ask no network, read files below one
folder only, and bound what they take and give.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from licensecheck import __version__
from licensecheck.api import Checker
from licensecheck.catalog.catalog import BUILT_IN, Catalog
from licensecheck.catalog.profile_files import load_profile
from licensecheck.domain.profile import Profile
from licensecheck.errors import LicenseCheckError, UsageError
from licensecheck.models.environment import local_settings

if TYPE_CHECKING:
    from licensecheck.text.io import SourceText

MAX_TARGETS = 20
MAX_TEXT = 400_000
"""Characters of a text that is handed over instead of a path; no license in use comes near it."""
MAX_ANSWER = 600_000
"""Characters of an answer; a longer one is refused, with what to ask for instead."""
MAX_FACTS = 100

INSTRUCTIONS = (
    "Answers what the license of an AI model or library weights allows, asks and forbids, from the license's own "
    "clauses. Quote the evidence of a finding; never answer for a status of review: it is a question to a person. "
    "'approved' holds for the stated facts only. Nothing here asks a network."
)

Targets = Annotated[
    list[str],
    Field(
        min_length=1,
        max_length=MAX_TARGETS,
        description="Model folders or files below the root, model ids, license ids, or lib:LIBRARY/NAME.",
    ),
]
Facts = Annotated[
    list[str],
    Field(max_length=MAX_FACTS, description="Profile fields, as deployment.purpose=commercial."),
]
Given = Annotated[str | None, Field(description="A profile file below the root.")]
File = Annotated[str | None, Field(description="A license or policy file below the root.")]
Text = Annotated[str | None, Field(max_length=MAX_TEXT, description="The text itself, instead of a file.")]
Params = ParamSpec("Params")


class Tools:
    """What the tools do, without the protocol: each gives plain data as the JSON reports have it."""

    def __init__(self, root: Path, catalog: Catalog = BUILT_IN) -> None:
        self._root = root.resolve()
        self._checker = Checker(catalog, settings=local_settings(online=False))

    def check(
        self, targets: Targets, profile: Given = None, facts: Facts | None = None, date: str | None = None
    ) -> dict[str, Any]:
        """Whether a deployment of models or licenses may go ahead: verdict and findings, each with its clause.

        Without a profile and facts every fact is unknown, and the answer asks for those that matter.
        """
        named = [self._target(target) for target in targets]
        report = self._checker.check(named, profile=self._profile(profile, facts or []), today=date)
        return _data(self._checker.render(report, "json"))

    def identify(self, path: File = None, text: Text = None) -> dict[str, Any]:
        """Which known licenses a text consists of, whether it was changed, and what none of them explains."""
        from licensecheck.report.identification import render_json

        return _data(render_json(self._checker.identify_source(self._text(path, text))))

    def extract(self, path: File = None, text: Text = None) -> dict[str, Any]:
        """The terms that a license or policy text states, each with the passage it comes from."""
        from licensecheck.report.extraction import render_json

        return _data(render_json(self._checker.extract_source(self._text(path, text))))

    def compare(self, targets: Targets, profile: Given = None, facts: Facts | None = None) -> dict[str, Any]:
        """Models or licenses side by side, a row a term; with a profile or facts also the verdicts."""
        from licensecheck.report.compare_formats import render_json

        stated = self._profile(profile, facts or []) if profile or facts else None
        return _data(render_json(self._checker.compare([self._target(each) for each in targets], profile=stated)))

    def explain(self, id: Annotated[str, Field(max_length=200)]) -> dict[str, Any]:
        """What a kind of term, a rule, a license, a card issue, a finding, a status or a verdict means."""
        return asdict(self._checker.explain(id))

    def _profile(self, path: str | None, facts: list[str]) -> Profile:
        from licensecheck.judge.what_if import suppose

        return suppose(load_profile(self._below(path)) if path else Profile(), facts)

    def _target(self, target: str) -> str:
        """A target as it is checked: a path below the root, or a name that is no path."""
        if (self._root / target).exists() or target.startswith((".", "/", "~", "\\")):
            return str(self._below(target))
        return target

    def _below(self, path: str) -> Path:
        """The path, which must lie below the root, wherever links lead."""
        found = (self._root / path).resolve()
        if not found.is_relative_to(self._root):
            raise UsageError(f"{path}: lies outside {self._root}, of which this server reads alone")
        return found

    def _text(self, path: str | None, text: str | None) -> SourceText:
        from licensecheck.text.formats import read_any_text, text_of

        if (path is None) == (text is None):
            raise UsageError("give a path or a text, one of them")
        if text is not None:
            return text_of(text.encode(), path="the text")
        return read_any_text(self._below(str(path)))


def _data(rendered: str | bytes) -> dict[str, Any]:
    """The JSON of a report as plain data; UsageError where it is too long to hand over."""
    if len(rendered) > MAX_ANSWER:
        raise UsageError(
            f"the answer has more than {MAX_ANSWER:,} characters: ask for fewer targets, or a smaller file"
        )
    data: dict[str, Any] = json.loads(rendered)
    return data


def make_server(root: Path, catalog: Catalog = BUILT_IN) -> MCPServer[Any]:
    """The server with its tools."""

    def told(function: Callable[Params, dict[str, Any]]) -> Callable[Params, dict[str, Any]]:
        """The function, what is wrong with a call or an input told to the assistant in one line."""

        @wraps(function)
        def tool(*args: Params.args, **kwargs: Params.kwargs) -> dict[str, Any]:
            try:
                return function(*args, **kwargs)
            except LicenseCheckError as error:
                raise ToolError(str(error)) from None

        return tool

    tools = Tools(root, catalog)
    server: MCPServer[Any] = MCPServer(
        "licensecheck", version=__version__, instructions=INSTRUCTIONS, log_level="ERROR"
    )
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for function in (tools.check, tools.identify, tools.extract, tools.compare, tools.explain):
        server.tool(annotations=reads)(told(function))
    return server


def serve(root: Path, catalog: Catalog = BUILT_IN) -> None:
    """Answer on standard input and output until the client leaves."""
    make_server(root, catalog).run("stdio")
