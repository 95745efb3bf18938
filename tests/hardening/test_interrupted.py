"""A program that is killed in the middle of a write leaves the old file whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

KILLED = """
import os, signal, sys
original = os.{call}

def killed(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

os.{call} = killed
from licensecheck.cli.main import run
run(sys.argv[1:])
"""
CALLS = {
    "report": ("check", "mit", "-f", "json", "-o", "{old}"),
    "baseline": ("scan", ".", "--baseline", "{old}", "--write-baseline"),
    "record": ("catalog", "record", "LICENSE", "-o", "{old}"),
    "bill of materials": ("bom", "mit", "-o", "{old}"),
    "workbook": ("compare", "mit", "apache-2.0", "-f", "xlsx", "-o", "{old}"),
}


@pytest.mark.parametrize("killed_at", ["chmod", "replace"])
@pytest.mark.parametrize("arguments", CALLS.values(), ids=CALLS)
def test_a_killed_write_leaves_the_old_file(tmp_path: Path, arguments: tuple[str, ...], killed_at: str) -> None:
    old = tmp_path / "old"
    old.write_text("old")
    (tmp_path / "LICENSE").write_text("You may not use the Model for military purposes.\n")
    (tmp_path / "serve.py").write_text('pipeline = pipeline(model="meta-llama/Llama-3.1-8B-Instruct")\n')
    call = [argument.format(old=old) for argument in arguments]
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(call=killed_at), *call], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert old.read_text() == "old"
