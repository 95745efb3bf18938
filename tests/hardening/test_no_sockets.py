"""No command opens a socket without `--online`: each runs in a process that leaves at the first attempt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GUARD = """
import os, sys
def no_sockets(event, given):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        sys.stderr.write("opened " + event)
        sys.stderr.flush()
        os._exit(99)
sys.addaudithook(no_sockets)
from licensecheck.cli.main import run
sys.exit(run(sys.argv[1:]))
"""
LICENSE = "Heron License\n\nYou may use the weights. You may not sell them.\n"
COMMANDS = (
    "check mit",
    "check meta-llama/Llama-3.1-8B-Instruct",
    "check nobody/unknown-model-7b",
    "check lib:rembg/bria-rmbg",
    "check . --strict",
    "scan .",
    "extract LICENSE",
    "identify LICENSE",
    "compare mit apache-2.0",
    "diff mit apache-2.0",
    "explain scale-threshold",
    "bom meta-llama/Llama-3.1-8B-Instruct",
    "catalog models llama3.2:1b",
    "catalog verify",
)


def guarded(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", GUARD, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", COMMANDS)
def test_no_socket_is_opened(tmp_path: Path, arguments: str) -> None:
    (tmp_path / "LICENSE").write_text(LICENSE)
    (tmp_path / "app.py").write_text("from ultralytics import YOLO\nYOLO()\n")
    done = guarded(arguments.split(), tmp_path)
    assert done.returncode in (0, 1), done.stderr


def test_the_guard_sees_a_socket(tmp_path: Path) -> None:
    done = guarded(["check", "nobody/unknown-model-7b", "--online"], tmp_path)
    assert (done.returncode, "opened socket." in done.stderr) == (99, True)
