"""Python followed through the modules of a repository: constants, functions and classes that are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.repository import walk
from licensecheck.repository.walk import scan_all


def loads(folder: Path, files: dict[str, str]) -> list[str]:
    """What is loaded, as `path:line model`."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    found = scan_all(folder, sorted(files)).references
    return [f"{each.path}:{each.line} {each.model}" for each in found if each.role.value == "load"]


@pytest.mark.parametrize(
    ("place", "written", "used"),
    [
        ("app/names.py", "from app.names import CHOSEN", "CHOSEN"),
        ("app/names.py", "from .names import CHOSEN as it", "it"),
        ("app/names.py", "from app import names", "names.CHOSEN"),
        ("src/lib/names.py", "import lib.names", "lib.names.CHOSEN"),
    ],
)
def test_constant_of_another_module_is_loaded_where_it_stands(
    tmp_path: Path, place: str, written: str, used: str
) -> None:
    files = {
        place: 'CHOSEN = "acme-labs/falcon"\n',
        "app/serve.py": f"{written}\nm = AutoModel.from_pretrained({used})\n",
    }
    assert loads(tmp_path, files) == [f"{place}:1 acme-labs/falcon"]


def test_class_of_another_module_hands_its_argument_to_a_loader(tmp_path: Path) -> None:
    files = {
        "embed.py": (
            "class Embedder:\n    def __init__(self, version, device=None):\n        self.version = version\n"
            "    def start(self):\n        self.net = AutoModel.from_pretrained(self.version)\n"
        ),
        "run.py": 'from embed import Embedder\ne = Embedder("acme-labs/falcon", device=0)\n',
    }
    assert loads(tmp_path, files) == ["run.py:2 acme-labs/falcon"]


def test_modules_that_import_each_other_end(tmp_path: Path) -> None:
    files = {
        "a.py": "from b import NAME\nm = AutoModel.from_pretrained(NAME)\n",
        "b.py": "from a import NAME\n",
    }
    assert loads(tmp_path, files) == []


def test_functions_that_say_nothing_are_passed_over_and_the_others_followed(tmp_path: Path) -> None:
    idle = "".join(
        f"def step_{n}(value):\n    '''A step\nat the margin.'''\n    return value + {n}\n\n\n" for n in range(80)
    )
    files = {
        "run.py": (
            f"from names import LAST\n\n\n{idle}def load(name):\n    return AutoModel.from_pretrained(name)\n\n\n"
            "def main():\n    first = load('acme-labs/falcon')\n    return first, load(LAST)\n"
        ),
        "names.py": "LAST = 'acme-labs/last'\n",
    }
    assert loads(tmp_path, files) == ["names.py:1 acme-labs/last", f"run.py:{4 + 80 * 6 + 5} acme-labs/falcon"]


def test_copies_of_a_text_are_read_by_what_lies_beside_each(tmp_path: Path) -> None:
    code = "from .names import CHOSEN\nm = AutoModel.from_pretrained(CHOSEN)\n"
    files = {f"{folder}/serve.py": code for folder in ("a", "b", "c")}
    files |= {f"{folder}/names.py": f'CHOSEN = "acme-labs/{folder}"\n' for folder in ("a", "b")}
    assert loads(tmp_path, files) == ["a/names.py:1 acme-labs/a", "b/names.py:1 acme-labs/b"]


def test_copies_of_a_program_take_the_role_that_each_manifest_gives(tmp_path: Path) -> None:
    code = 'const model = "acme-labs/falcon";\n'
    files = {"asks/a.ts": code, "asks/package.json": '{"dependencies": {"openai": "1"}}'}
    files |= {"runs/a.ts": code, "runs/package.json": '{"dependencies": {"@huggingface/transformers": "3"}}'}
    assert loads(tmp_path, files) == ["runs/a.ts:1 acme-labs/falcon"]


def test_copies_of_settings_are_read_by_their_names(tmp_path: Path) -> None:
    text = "services:\n  app:\n    command: vllm serve acme-labs/falcon\n"
    files = {f"{name}.yaml": text for name in ("compose", "compose-b", "other")}
    apart = [each for name, one in files.items() for each in loads(tmp_path / name, {name: one})]
    assert loads(tmp_path / "all", files) == sorted(apart)
    assert len(apart) == 3


@pytest.mark.parametrize("much", [0, 10**12])
def test_several_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, much: int) -> None:
    files = {f"{i}/serve.yaml": f"model: acme-labs/falcon-{i}\n" for i in range(30)}
    alone = loads(tmp_path, files)
    monkeypatch.setattr(walk, "FIRST", 5)
    monkeypatch.setattr(walk, "MUCH", much)
    monkeypatch.setattr(walk, "CHUNK", 4)
    ticks: list[int] = []
    found = walk.scan_all(tmp_path, sorted(files), workers=2, tick=lambda: ticks.append(1))
    assert [f"{each.path}:{each.line} {each.model}" for each in found.references] == alone
    assert (len(alone), len(ticks), found.files) == (30, 30, 30)
