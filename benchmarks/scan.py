"""How long `licensecheck scan` takes from a cold start: 50 changed files, and a repository of 1,500.

    python benchmarks/scan.py [FOLDER]

FOLDER is a checkout to scan whole; without one, a repository of our own sentences is laid out. Each figure is the best
of five runs of a new process, with everything that a hook pays for: interpreter, rules, catalog, checks. The second
figure is the time of the processors, which says more where the machine has other things to do.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
PROFILE = "version: 1\ndeployment: {purpose: commercial, channels: [hosted-api]}\n"
SERVE = "model: {model}\nmax-model-len: 8192\n" + "".join(f"option-{i}: {i}\n" for i in range(40))
CODE = "import os\n\n\n" + "".join(f"def step_{i}(value: int) -> int:\n    return value + {i}\n\n\n" for i in range(60))
LOADS = 'MODEL = "{model}"\nmodel = AutoModel.from_pretrained(MODEL)\n'
MODELS = ("Qwen/Qwen3-8B", "meta-llama/Llama-3.1-8B-Instruct", "google/gemma-7b", "mistralai/Mistral-7B-v0.1")


def lay_out(folder: Path, files: int) -> None:
    """A repository of which one file in four loads a model."""
    (folder / "licensecheck.yaml").write_text(PROFILE)
    for i in range(files):
        model = MODELS[i % len(MODELS)]
        if i % 4 == 0:
            text, name = SERVE.format(model=model), f"deploy/{i}.yaml"
        elif i % 4 == 1:
            text, name = CODE + (LOADS.format(model=model) if i % 8 == 1 else ""), f"src/{i}.py"
        else:
            text, name = CODE, f"src/{i}.py"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)


def best(folder: Path, *arguments: str) -> str:
    """The shortest of some runs, and the least time of the processors, in seconds."""
    times, works = [], []
    for _ in range(RUNS):
        start, used = time.perf_counter(), _work()
        command = [sys.executable, "-m", "licensecheck", "scan", *arguments]
        subprocess.run(command, cwd=folder, check=False, capture_output=True)
        times.append(time.perf_counter() - start)
        works.append(_work() - used)
    return f"{min(times):.2f} s ({min(works):.2f} s of processors)"


def _work() -> float:
    """The time that the processors have given to the processes started here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, 1500)
        changed = sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.suffix in (".py", ".yaml")
        )
        print(f"50 changed files    {best(folder, *changed[:25], *changed[-25:])}")
        print(f"1,500 files         {best(folder)}")
    if len(sys.argv) > 1:
        print(f"{sys.argv[1]}  {best(Path(sys.argv[1]))}")


if __name__ == "__main__":
    main()
