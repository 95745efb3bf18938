"""What other machines run: the hooks of pre-commit, the action, and the examples of pipelines."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_each_hook_says_its_stages_and_is_run_once() -> None:
    hooks = load(".pre-commit-hooks.yaml")
    assert all(hook["stages"] and hook["require_serial"] for hook in hooks)
    assert {hook["id"] for hook in hooks if not hook.get("pass_filenames", True)} == {
        "licensecheck",
        "licensecheck-repo",
    }


def test_example_names_hooks_that_exist() -> None:
    known = {hook["id"] for hook in load(".pre-commit-hooks.yaml")}
    asked = {hook["id"] for repo in load("examples/pre-commit-config.yaml")["repos"] for hook in repo["hooks"]}
    assert asked <= known


@pytest.mark.parametrize("name", ["action.yml", "examples/github-actions.yml"])
def test_foreign_actions_are_pinned_by_hash(name: str) -> None:
    used = re.findall(r"uses: (\S+)", (ROOT / name).read_text("utf-8"))
    assert used
    assert [each for each in used if not each.startswith("./") and not re.search(r"@[0-9a-f]{40}$", each)] == []


@pytest.mark.parametrize("name", ["action.yml", "examples/github-actions.yml", "examples/gitlab-ci.yml"])
def test_nothing_is_installed_by_a_name(name: str) -> None:
    installed = re.findall(r"pip\S* install (?:--\S+ )*(\S+)", (ROOT / name).read_text("utf-8"))
    assert [each for each in installed if not each.startswith(('"$', '"git+'))] == []


def test_zizmor_finds_nothing() -> None:
    beside = Path(sys.executable).parent / "zizmor"
    program = str(beside) if beside.exists() else shutil.which("zizmor")
    if program is None:
        pytest.skip("zizmor is not installed")
    files = [str(ROOT / "action.yml"), str(ROOT / "examples" / "github-actions.yml")]
    done = subprocess.run([program, "--offline", "--quiet", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
