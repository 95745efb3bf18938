"""Python followed through the modules of a repository: constants, functions and classes that are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

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
