from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.repository import ReferenceRole
from licensecheck.repository.run import Request, run_scan
from licensecheck.text.io import place_in_repository

CARD = "---\nlicense: cc-by-nc-4.0\n---\n# Heron\n"


def lay(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.mark.parametrize("name", ["models/nc", "./models/nc", "../models/nc"])
def test_model_folder_that_is_loaded_by_its_path_is_checked(tmp_path: Path, name: str) -> None:
    code = f'm = AutoModel.from_pretrained("{name}")\n'
    lay(tmp_path, {"app/serve.py": f"from transformers import AutoModel\n{code}", "models/nc/README.md": CARD})
    (target,) = run_scan(Request(paths=(str(tmp_path),))).review.targets
    assert [reading.identity.id for reading in target.report.readings] == ["cc-by-nc-4.0"]


@pytest.mark.parametrize("name", ["models/none", "/etc", "../../outside", "app"])
def test_path_that_is_no_model_folder_of_the_repository_stays_local(tmp_path: Path, name: str) -> None:
    code = f'from transformers import AutoModel\nm = AutoModel.from_pretrained("{name}")\n'
    lay(tmp_path / "repo", {"app/serve.py": code})
    lay(tmp_path, {"outside/README.md": CARD})
    references = run_scan(Request(paths=(str(tmp_path / "repo"),))).review.references
    assert ReferenceRole.LOAD not in {r.role for r in references if r.model != "app"}


def test_place_of_a_path_is_seen_from_the_root_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert place_in_repository(tmp_path / "repo" / "a" / "b") == "a/b"
    assert place_in_repository(tmp_path / "repo") == ""
