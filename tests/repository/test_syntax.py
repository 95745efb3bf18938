"""Which reader a file gets, by its name alone."""

from __future__ import annotations

import pytest

from licensecheck.repository.syntax.slot import syntax_of


@pytest.mark.parametrize(
    ("path", "syntax"),
    [
        ("deploy/values.yaml", "yaml"),
        ("deploy/compose.yml.j2", "yaml"),
        ("agents.json.multi-agent.example", "json"),
        (".env.example", "settings"),
        ("Dockerfile.gpu", "dockerfile"),
        ("models/Modelfile.coder", "modelfile"),
        ("main.tf", "hcl"),
        ("model.example", None),
        ("weights.tar.gz", None),
    ],
)
def test_name_tells_the_syntax(path: str, syntax: str | None) -> None:
    assert syntax_of(path) == syntax
