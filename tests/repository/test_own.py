"""A model that a repository makes is not taken for one that it loads from elsewhere."""

from __future__ import annotations

from pathlib import Path

from licensecheck.domain.repository import ReferenceRole
from licensecheck.repository.walk import scan_all


def test_model_created_in_the_repository_is_a_client_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "build.sh").write_text("ollama create falcon-coder -f Modelfile\n")
    (tmp_path / "try.sh").write_text("ollama run falcon-coder\nollama run falcon:7b\n")
    (tmp_path / "Modelfile").write_text("FROM falcon:7b\n")
    found = scan_all(tmp_path, ["Modelfile", "build.sh", "try.sh"]).references
    roles = {(each.path, each.line): each.role for each in found}
    assert roles == {
        ("Modelfile", 1): ReferenceRole.LOAD,
        ("build.sh", 1): ReferenceRole.OUTPUT,
        ("try.sh", 1): ReferenceRole.CLIENT,
        ("try.sh", 2): ReferenceRole.LOAD,
    }
