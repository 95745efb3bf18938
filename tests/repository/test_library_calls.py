"""Weights that a library loads when nobody names them: calls, commands and scripts, by the installed version."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.domain.repository import Reference, ReferenceRole
from licensecheck.repository.library_calls import Name, constant_of, python_calls
from licensecheck.repository.library_commands import command_calls
from licensecheck.repository.library_loads import calls_in, library_references
from licensecheck.repository.library_scripts import package_of, script_calls
from licensecheck.repository.run import Request, run_scan
from licensecheck.repository.syntax.slot import syntax_of

OPTION = """
import argparse
from ultralytics import YOLO
parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="yolov8s.pt")
YOLO(parser.parse_args().weights)
"""


def loads(tmp_path: Path, files: dict[str, str]) -> list[Reference]:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    calls = [call for name, text in files.items() for call in calls_in(text, name, syntax_of(name) or "")]
    return list(library_references(tmp_path, sorted(files), calls))


def weights(tmp_path: Path, text: str, name: str = "app.py") -> list[str]:
    return [f"{each.library}/{each.model}" for each in loads(tmp_path, {name: text})]


@pytest.mark.parametrize(
    "text",
    [
        "from rembg import remove as cut\ncut(b'')",
        "import rembg as r\nr.remove(b'')",
        "import importlib\nr = importlib.import_module('rembg')\nr.remove(b'')",
        "from functools import partial\nfrom rembg import remove\nf = partial(remove, only_mask=True)",
        "from rembg import remove\nwith pool() as p:\n    done = list(p.map(remove, photos))",
        "from rembg import *\nremove(b'')",
        "try:\n    import rembg\nexcept ImportError:\n    rembg = None\nrembg.remove(b'')",
    ],
    ids=["from-as", "import-as", "import_module", "partial", "map", "star", "guarded"],
)
def test_a_call_is_found_however_it_is_imported(tmp_path: Path, text: str) -> None:
    assert weights(tmp_path, text) == ["rembg/bria-rmbg"]


@pytest.mark.parametrize(
    "text",
    [
        OPTION,
        "import os\nfrom ultralytics import YOLO\nYOLO(os.environ.get('W', 'yolov8s.pt'))",
        "from ultralytics import YOLO\nclass D:\n  N = 'yolov8s.pt'\n  def __init__(self):\n    YOLO(self.N)",
        "from ultralytics import YOLO\ndef make(name):\n    return YOLO(name)\nmake('yolov8s.pt')",
        "from ultralytics import YOLO\nKEYS = dict(model='yolov8s.pt')\nYOLO(**KEYS)",
        "from ultralytics import YOLO\nclass M(YOLO):\n  def __init__(self):\n    super().__init__('yolov8s.pt')",
    ],
    ids=["argparse", "environment", "class-constant", "parameter", "spread", "subclass"],
)
def test_a_name_is_followed_to_where_it_stands(tmp_path: Path, text: str) -> None:
    assert "ultralytics/yolov8s.pt" in weights(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "YOLO = 'you only launch once'\ndef remove(items):\n    return items\nremove([YOLO])",
        "import typing\nif typing.TYPE_CHECKING:\n    from rembg import remove\ndef f(remove):\n    remove(b'')",
        "from ultralytics import YOLO\nYOLO('runs/best.pt')",
        "import timm\ntimm.create_model('convnextv2_tiny', pretrained=False)",
        "from torchvision.models import vit_h_14\nvit_h_14(weights=None)",
        "from rembg import remove\nremove(b'', session=given)",
        "# from rembg import remove; remove(b'')\nx = 1",
    ],
    ids=["own-names", "types-only", "own-file", "no-weights", "weights-none", "session-given", "comment"],
)
def test_what_loads_no_weights_of_the_library_is_silent(tmp_path: Path, text: str) -> None:
    assert weights(tmp_path, text) == []


def test_an_unknown_name_is_asked_for(tmp_path: Path) -> None:
    assert weights(tmp_path, "import timm\ntimm.create_model('somenet_9', pretrained=True)") == ["timm/somenet_9"]


def test_a_constant_of_another_module_is_read_there(tmp_path: Path) -> None:
    files = {
        "a/settings.py": 'NET = "hiera_base_224"\n',
        "a/build.py": "import timm\nfrom a import settings\ntimm.create_model(settings.NET, pretrained=True)\n",
    }
    assert [each.model for each in loads(tmp_path, files)] == ["hiera_base_224.mae_in1k_ft_in1k"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("requirements.txt", "rembg[cpu]==2.0.79\n", "u2net"),
        ("requirements.txt", "rembg<2.0.80\n", "u2net"),
        ("requirements.txt", "rembg>=2.0.60\n", "bria-rmbg"),
        ("uv.lock", '[[package]]\nname = "rembg"\nversion = "2.0.79"\n', "u2net"),
        ("Dockerfile", "FROM python\nRUN pip install rembg==2.0.79\n", "u2net"),
        ("environment.yml", "dependencies:\n  - rembg=2.0.79\n", "u2net"),
    ],
)
def test_the_installed_version_decides(tmp_path: Path, name: str, text: str, expected: str) -> None:
    files = {"app.py": "import rembg\nrembg.new_session()\n", name: text}
    assert [each.model for each in loads(tmp_path, files)] == [expected]


def test_a_lock_file_comes_before_a_range(tmp_path: Path) -> None:
    files = {
        "app.py": "import rembg\nrembg.new_session()\n",
        "pyproject.toml": '[project]\ndependencies = ["rembg>=2.0.60,<2.0.80"]\n',
        "poetry.lock": '[[package]]\nname = "rembg"\nversion = "2.0.83"\n',
    }
    found = loads(tmp_path, files)
    assert (found[0].model, found[0].pinned) == ("bria-rmbg", "2.0.83 (poetry.lock)")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("run.sh", 'pip install rembg\nrembg i "$1" out.png\n', "rembg/bria-rmbg"),
        (
            "run.sh",
            "M=your_tts\ntts --text x \\\n  --model_name tts_models/multilingual/multi-dataset/$M\n",
            "your_tts",
        ),
        ("Makefile", "live:\n\tyolo predict model=yolo11n.pt source=0\n", "ultralytics/yolo11n.pt"),
        ("Dockerfile", 'ENTRYPOINT ["whisperx", "--language", "de"]\n', "VOXPOPULI_ASR_BASE_10K_DE"),
        ("Dockerfile", "RUN python -m spacy download el_core_news_sm\n", "spacy/el_core_news_sm"),
        ("ci.yml", "steps:\n  - run: comet-score -s a --model Unbabel/XCOMET-XL\n", "Unbabel/XCOMET-XL"),
        ("job.py", "import subprocess\nsubprocess.run(['rembg', 'i', 'a.png'])\n", "rembg/bria-rmbg"),
    ],
)
def test_a_command_is_read_where_it_is_written(tmp_path: Path, name: str, text: str, expected: str) -> None:
    assert any(each.endswith(expected) for each in weights(tmp_path, text, name))


def test_a_command_that_is_commented_out_is_none() -> None:
    assert not list(command_calls("# rembg i a b\n", "run.sh"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('import { removeBackground as cut } from "rembg-webgpu";\ncut(u);', "briaai/RMBG-1.4"),
        ('const r = require("rembg-webgpu");\nr.removeBackground(u);', "briaai/RMBG-1.4"),
        ('const r = await import("rembg-webgpu");\nr.removeBackground(u);', "briaai/RMBG-1.4"),
        ('import { pipeline } from "@huggingface/transformers";\npipeline("ner");', "token-classification"),
        ('import { useLLM, QWEN2_5_3B } from "react-native-executorch";\nuseLLM({model: QWEN2_5_3B});', "QWEN2_5_3B"),
    ],
)
def test_a_script_is_read_by_its_imports(tmp_path: Path, text: str, expected: str) -> None:
    assert [each.model for each in loads(tmp_path, {"a.ts": text})] == [expected]


def test_an_import_of_types_loads_nothing() -> None:
    text = 'import type { models } from "react-native-executorch";\nexport type R = typeof models.llm;\n'
    assert script_calls(text, "a.ts", frozenset({"react-native-executorch"})) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@mlc-ai/web-llm/lib", ("@mlc-ai/web-llm", None)),
        ("https://cdn.example/npm/rembg-webgpu@0.2.1/+esm", ("rembg-webgpu", "0.2.1")),
        ("npm:kokoro-js@1.2.1", ("kokoro-js", "1.2.1")),
    ],
)
def test_the_package_of_an_address(source: str, expected: tuple[str, str | None]) -> None:
    assert package_of(source) == expected


def test_a_notebook_is_one_program(tmp_path: Path) -> None:
    first = '{"cell_type": "code", "source": ["from ultralytics import YOLO\\n"]}'
    second = '{"cell_type": "code", "source": [\n"net = YOLO(\'yolo11n.pt\')\\n"]}'
    cells = f'{{"cells": [{first},\n{second}]}}'
    found = loads(tmp_path, {"n.ipynb": cells})
    assert [(each.model, each.line) for each in found] == [("yolo11n.pt", 3)]


def test_a_part_that_is_not_known_is_a_star() -> None:
    calls = python_calls("import timm\ndef f(s):\n    timm.create_model(f'net_{s}')", "a.py", frozenset({"timm"}))
    assert calls[0].given[0] == ("net_*",)


def test_a_name_of_another_module_is_kept() -> None:
    calls = python_calls("import timm\nimport conf\ntimm.create_model(conf.NET)", "a.py", frozenset({"timm"}))
    assert calls[0].given[0] == (Name("conf.NET"),)


def test_constants_are_read_without_running_the_module() -> None:
    assert constant_of("class C:\n    NET = 'a'\n", "C.NET") == ("a",)


def test_the_scan_says_what_the_call_loads_and_under_which_license(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from ultralytics import YOLO\nYOLO()\n")
    (tmp_path / "licensecheck.yaml").write_text(
        "version: 1\ndeployment: {purpose: commercial}\npolicy: {deny_licenses: [agpl-3.0]}\n"
    )
    review = run_scan(Request(paths=(str(tmp_path),))).review
    assert review.verdict.value == "denied"
    barred = next(item for item in review.findings if item.finding.kind == "policy")
    assert "loads yolo26n.pt, which is under agpl-3.0" in barred.message
    assert "no version is pinned" in barred.message
    loaded = [each for each in review.references if each.role is ReferenceRole.LOAD]
    assert [(each.library, each.model) for each in loaded] == [("ultralytics", "yolo26n.pt")]


@pytest.mark.parametrize(
    "text",
    [
        "import somenets as sn\nnet = sn.Unet('r34', encoder_weights='imagenet')",
        "from somenets import build\nnet = build('x', pretrained=True)",
        "from somenets import Speaker\nnet = Speaker.from_pretrained()",
    ],
    ids=["imagenet", "pretrained", "from_pretrained"],
)
def test_a_library_that_nobody_listed_is_asked_for_where_it_says_that_it_loads(tmp_path: Path, text: str) -> None:
    assert [each.library for each in loads(tmp_path, {"app.py": text})] == ["somenets"]


def test_a_module_of_the_repository_is_no_library(tmp_path: Path) -> None:
    files = {"somenets/__init__.py": "", "app.py": "from somenets import build\nbuild(pretrained=True)"}
    assert loads(tmp_path, files) == []


def test_a_method_of_what_a_call_gave_is_found_however_long_the_chain(tmp_path: Path) -> None:
    text = "import chromadb\nc = chromadb.Client()\nd = c.create_collection('x')\nd.add()\nr = d.query()\n"
    assert weights(tmp_path, text) == ["chromadb/all-MiniLM-L6-v2"]


def test_the_scripts_of_a_page_are_read(tmp_path: Path) -> None:
    script = 'import { removeBackground } from "https://cdn.example/npm/rembg-webgpu@0.2.1/+esm";\nremoveBackground(u);'
    (tmp_path / "index.html").write_text(f"<h1>Cut</h1>\n<script type=module>\n{script}\n</script>\n")
    review = run_scan(Request(paths=(str(tmp_path),))).review
    found = [(each.model, each.line, each.pinned) for each in review.references if each.library]
    assert found == [("briaai/RMBG-1.4", 4, "0.2.1 (index.html)")]


def test_an_id_of_a_hub_that_stands_in_the_code_is_no_default_of_the_library(tmp_path: Path) -> None:
    text = "from fastembed import TextEmbedding\nTextEmbedding('jinaai/jina-embeddings-v3')\nTextEmbedding()\n"
    found = loads(tmp_path, {"app.py": text})
    assert [(each.model, each.library, each.listed_by) for each in found] == [
        ("jinaai/jina-embeddings-v3", None, "fastembed"),
        ("BAAI/bge-small-en-v1.5", "fastembed", None),
    ]
