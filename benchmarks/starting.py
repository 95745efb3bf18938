"""What a new process costs: the commands of licensecheck as installed, beside its neighbours."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import process_cost
from benchmarks.neighbours import environment
from benchmarks.scan import lay_out

MODEL = "Qwen/Qwen3-8B"
CARD = "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Heron 8B\n\nA model of our own sentences.\n"
TEXT = "You may use, copy and share the model. You may not sell it. Keep this notice in all copies.\n"


def measure_starting() -> list[dict[str, object]]:
    """Each command with the least processor time, time and memory of five new processes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "card").mkdir()
        (folder / "card" / "README.md").write_text(CARD)
        (folder / "card" / "config.json").write_text('{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}')
        (folder / "card" / "model.safetensors").write_bytes(b"\2\0\0\0\0\0\0\0{}")
        (folder / "LICENSE").write_text(TEXT)
        (folder / "repository").mkdir()
        lay_out(folder / "repository", 1500)
        return [_row(tool, what, command, folder) for tool, what, command in _commands(folder)]


def _row(tool: str, what: str, command: list[str], folder: Path) -> dict[str, object]:
    cwd = folder / "repository" if command[1:2] == ["scan"] and tool == "licensecheck" else folder
    cost = process_cost(command, cwd=cwd, runs=2 if tool == "ScanCode 32.5" else 5)
    figures = {"cpu_s": round(cost.cpu, 3), "wall_s": round(cost.wall, 3), "peak_mb": round(cost.peak_mb)}
    return {"tool": tool, "what": what, **figures}


def _commands(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    yield "Python", "an interpreter that does nothing", [sys.executable, "-c", "pass"]
    yield "click", "import click, what every command pays", [sys.executable, "-c", "import click"]
    yield from _own_commands(str(Path(sys.executable).parent / "licensecheck"), folder / "repository")
    other = environment("lcc")
    if other is not None:
        yield "license-compliance-checker 2.0", "--help", [str(other / "lcc"), "--help"]
        yield "license-compliance-checker 2.0", "scan a folder with a card", [str(other / "lcc"), "scan", "card"]
    other = environment("scancode")
    if other is not None:
        command = [str(other / "scancode"), "--license", "--quiet", "--json", str(folder / "out.json"), "LICENSE"]
        yield "ScanCode 32.5", "name one license text", command


def _own_commands(tool: str, repository: Path) -> Iterator[tuple[str, str, list[str]]]:
    yield "licensecheck", "--help", [tool, "--help"]
    yield "licensecheck", "check a model id", [tool, "check", MODEL]
    yield "licensecheck", "check a folder with a card", [tool, "check", "card"]
    yield "licensecheck", "identify one license text", [tool, "identify", "LICENSE"]
    yield "licensecheck", "extract one license text", [tool, "extract", "LICENSE"]
    changed = sorted(path.relative_to(repository).as_posix() for path in repository.glob("*/*.*"))
    yield "licensecheck", "scan 50 changed files", [tool, "scan", *changed[:25], *changed[-25:]]
    yield "licensecheck", "scan 1,500 files", [tool, "scan"]
