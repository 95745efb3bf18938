"""Output on terminals of other encodings and on full disks: no internal fault, no traceback, no half file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FORMATS = ("text", "json", "html", "markdown", "sarif", "memo", "csv")
FULL = Path("/dev/full")


def run(*args: str, encoding: str = "utf-8", **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "licensecheck", *args]
    return subprocess.run(
        command, env={**os.environ, "PYTHONIOENCODING": encoding}, stderr=subprocess.PIPE, check=False, **options
    )  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("form", FORMATS)
def test_no_format_fails_on_the_encoding_of_a_terminal(form: str, encoding: str) -> None:
    done = run("check", "llama-4", "-f", form, "--fail-on", "never", encoding=encoding, stdout=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
    if form in ("json", "sarif"):
        json.loads(done.stdout.decode("utf-8"))


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_told_in_one_line(form: str) -> None:
    with FULL.open("wb") as full:
        done = run("check", "llama-4", "-f", form, "--fail-on", "never", stdout=full)
    assert done.returncode == 2
    assert done.stderr == b"licensecheck: the output cannot be written: No space left on device\n"
