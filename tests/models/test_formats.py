from __future__ import annotations

import importlib.util
import pickle
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import written

from licensecheck.errors import SourceError
from licensecheck.models.formats.flatbuffer import read_litertlm, read_task, read_tflite
from licensecheck.models.formats.protobuf import read_coreml, read_onnx
from licensecheck.models.formats.tree import Tree, pick, read_openvino
from licensecheck.models.sidecars import header_reader, metadata_places
from licensecheck.models.weights import Header

LICENSE = "CC-BY-NC-4.0"


def header(path: Path, shown: str | None = None) -> Header:
    reader = header_reader(shown or path.name)
    assert reader is not None
    return reader(path, shown or path.name)


def _write(name: str, data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return write


def _torch(name: str, entries: dict[str, bytes]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w") as archive:
            for entry, data in entries.items():
                archive.writestr(f"heron/{entry}", data)
        return folder / name

    return write


def _checkpoint(*, protocol: int = 2) -> bytes:
    """A checkpoint as programs write it: keys that come twice, values that are no strings."""
    state = {"epoch": 3, "args": {"license": None}, "license": LICENSE, "again": ["license", LICENSE]}
    return pickle.dumps(state, protocol=protocol)


def _task(folder: Path) -> Path:
    written.task(folder / "m.task", LICENSE)
    return folder / "m.task"


INFO = f'<net name="n"><layers/><rt_info><model_info><license value="{LICENSE}"/></model_info></rt_info></net>'

WRITERS = {
    "onnx": _write("m.onnx", written.onnx({"model_license": LICENSE}, weights=300)),
    "coreml": _write("m.mlmodel", written.coreml(LICENSE)),
    "tflite": _write("m.tflite", written.tflite(LICENSE)),
    "task": _task,
    "litertlm": _write("m.litertlm", written.litertlm(LICENSE)),
    "torchscript": _torch("m.torchscript", {"extra/config.txt": b'{"license": "CC-BY-NC-4.0"}', "data.pkl": b""}),
    "torchscript-text": _torch("m.ptl", {"extra/license.txt": LICENSE.encode()}),
    "checkpoint": _torch("m.pt", {"data.pkl": _checkpoint()}),
    "checkpoint-protocol-4": _torch("m.ckpt", {"data.pkl": _checkpoint(protocol=4)}),
    "openvino": _write("m.xml", INFO.encode()),
    "safetensors": _write("m.safetensors", written.safetensors({"modelspec.license": LICENSE})),
    "gguf": _write("m.gguf", written.gguf({"general.license": LICENSE})),
    "timm": _write("config.json", b'{"pretrained_cfg": {"license": "CC-BY-NC-4.0"}}'),
    "modelpack": _write("config.json", b'{"descriptor": {"licenses": ["CC-BY-NC-4.0"]}}'),
    "kaggle": _write("model-instance-metadata.json", b'{"licenseName": "CC-BY-NC-4.0"}'),
    "mlflow": _write("model_card_data.yaml", b"license: CC-BY-NC-4.0\n"),
    "citation": _write("CITATION.cff", b"license: CC-BY-NC-4.0\n"),
    "kitfile": _write("Kitfile", b"package:\n  license: CC-BY-NC-4.0\n"),
    "reuse": _write("m.safetensors.license", b"SPDX-License-Identifier: CC-BY-NC-4.0\n"),
    "setup": _write("setup.cfg", b"[metadata]\nname = heron\nlicense = CC-BY-NC-4.0\n"),
    "toml": _write("release.toml", b'license = "CC-BY-NC-4.0"\n'),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_license_is_read_from_the_header_alone(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    assert header(write(tmp_path)).licenses == (LICENSE,)


@pytest.mark.parametrize(
    "state",
    [
        {"license": 3, "name": LICENSE},
        {"licensed_by": LICENSE, "text": "license"},
        ["license", ["license", 1], {"epoch": LICENSE}],
    ],
)
def test_a_checkpoint_that_names_no_license(tmp_path: Path, state: object) -> None:
    path = _torch("m.pt", {"data.pkl": pickle.dumps(state, protocol=2)})(tmp_path)
    assert header(path).licenses == ()


def test_a_checkpoint_runs_nothing(tmp_path: Path) -> None:
    calls = b"cbuiltins\nopen\n(X\x04\x00\x00\x00madeX\x01\x00\x00\x00wtR." + _checkpoint()
    assert header(_torch("m.pt", {"data.pkl": calls})(tmp_path)).licenses == ()
    assert not Path("made").exists()


@pytest.mark.parametrize("data", [b"", b"\x80\x02}q\x00", b"\0" * 64])
def test_a_checkpoint_of_the_older_form_says_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.pth").write_bytes(data)
    assert header(tmp_path / "m.pth").licenses == ()


def test_a_torn_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "m.pt").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(SourceError, match=r"no archive of PyTorch"):
        header(tmp_path / "m.pt")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("m.onnx", read_onnx),
        ("m.mlmodel", read_coreml),
        ("m.tflite", read_tflite),
        ("m.task", read_task),
        ("m.litertlm", read_litertlm),
    ],
)
@pytest.mark.parametrize("data", [b"", b"\0" * 64, b"\xff" * 64, b"PK\x03\x04" + b"\0" * 40, b"name: heron\n" * 9])
def test_what_is_no_model_is_refused(tmp_path: Path, name: str, read: Callable[[Path], Tree], data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError):
        read(path)


@pytest.mark.parametrize(
    "made", [written.onnx({"a": "b"}), written.coreml("x"), written.tflite("x"), written.litertlm("x")]
)
def test_every_cut_of_a_header_is_refused_or_read(tmp_path: Path, made: bytes) -> None:
    readers = {b"\x08\x07": read_onnx, b"\x08\x05": read_coreml, b"LI": read_litertlm}
    read = readers.get(made[:2], read_tflite)
    path = tmp_path / "m"
    for length in range(len(made)):
        path.write_bytes(made[:length])
        with suppress(SourceError):
            assert isinstance(read(path), dict)


def test_only_the_end_of_a_long_openvino_model_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.xml"
    path.write_text('<net name="n">' + "<layer/>" * 700_000 + INFO.partition("<layers/>")[2])
    assert read_openvino(path) == {"rt_info": {"model_info": {"license": LICENSE}}}


def test_xml_of_another_kind_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pom.xml"
    path.write_text("<project><license>x</license></project>")
    assert header(path).licenses == ()


def test_licenses_within_a_pipeline_of_core_ml_are_read(tmp_path: Path) -> None:
    parts = written.field(1, written.coreml(LICENSE)) + written.field(1, written.coreml("MIT"))
    for number, pipeline in ((202, parts), (200, written.field(1, parts))):
        path = tmp_path / "m.mlmodel"
        path.write_bytes(written.coreml("") + written.field(number, pipeline))
        assert header(path).licenses == (LICENSE, "MIT")


def test_paths_pick_by_pattern_and_case_does_not_count() -> None:
    tree = {"Model": {"parts": [{"License": "mit"}, {"license": ["a", "b"]}]}}
    assert [found.value for found in pick(tree, "model/parts/*/licen[cs]e")] == ["mit", "a", "b"]


def test_flags_of_civitai_are_restrictions(tmp_path: Path) -> None:
    path = tmp_path / "x.civitai.info"
    path.write_text('{"model": {"allowCommercialUse": ["None"], "allowDerivatives": true, "allowNoCredit": false}}')
    assert [said.value.partition(":")[0] for said in header(path).limits] == ["noncommercial", "attribution"]


def test_each_place_has_a_version_and_is_read_in_a_known_format() -> None:
    assert all(place.data["of"] and place.data["seen"] in ("run", "read") for place in metadata_places())


def _has(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


@pytest.mark.skipif(not _has("onnx"), reason="needs the library onnx")
def test_file_of_the_onnx_library(tmp_path: Path) -> None:
    import onnx

    value = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([], "g", [value], [value])
    model = onnx.helper.make_model(graph)
    onnx.helper.set_model_props(model, {"model_license": LICENSE})
    onnx.save(model, str(tmp_path / "m.onnx"))
    assert header(tmp_path / "m.onnx").licenses == (LICENSE,)


@pytest.mark.skipif(not _has("gguf"), reason="needs the library gguf")
def test_file_of_the_gguf_library(tmp_path: Path) -> None:
    import gguf

    writer = gguf.GGUFWriter(str(tmp_path / "m.gguf"), "llama")
    writer.add_license("apache-2.0,mit")
    writer.add_base_model_count(1)
    writer.add_base_model_repo_url(0, "https://huggingface.co/org/base")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    found = header(tmp_path / "m.gguf")
    assert (found.licenses, found.base_models) == (("apache-2.0,mit",), ("org/base",))


@pytest.mark.skipif(not _has("openvino"), reason="needs the library openvino")
def test_file_of_the_openvino_library(tmp_path: Path) -> None:
    import openvino
    from openvino import opset13

    value = opset13.parameter([1], name="x")
    model = openvino.Model([opset13.relu(value)], [value], "heron")
    model.set_rt_info(LICENSE, ["model_info", "license"])
    openvino.save_model(model, str(tmp_path / "m.xml"))
    assert header(tmp_path / "m.xml").licenses == (LICENSE,)


@pytest.mark.skipif(not _has("coremltools"), reason="needs the library coremltools")
def test_file_of_the_coreml_library(tmp_path: Path) -> None:
    from coremltools.proto import Model_pb2

    model = Model_pb2.Model()
    model.specificationVersion = 5
    model.description.metadata.license = LICENSE
    (tmp_path / "m.mlmodel").write_bytes(model.SerializeToString())
    assert header(tmp_path / "m.mlmodel").licenses == (LICENSE,)


@pytest.mark.skipif(not _has("litert_lm_builder"), reason="needs the library litert-lm-builder")
def test_file_of_the_litert_lm_library(tmp_path: Path) -> None:
    from litert_lm_builder import litertlm_builder as made

    (tmp_path / "m.tflite").write_bytes(written.tflite("MIT"))
    bundle = made.LitertLmFileBuilder()
    bundle.add_system_metadata(made.Metadata("license", LICENSE, made.DType.STRING))
    bundle.add_tflite_model(str(tmp_path / "m.tflite"), made.TfLiteModelType.PREFILL_DECODE)
    with (tmp_path / "m.litertlm").open("wb") as file:
        bundle.build(file)
    assert header(tmp_path / "m.litertlm").licenses == (LICENSE, "MIT")


def test_the_page_of_places_lists_each_with_its_files_and_version() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "places.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    for place in metadata_places():
        (row,) = (line for line in rows if line.startswith(f"| {place.title} |"))
        assert all(expression.replace("|", "\\|") in row for expression in place.data["files"])
        assert all(key in row for role in ("license", "base", "name") for key in place.keys(role))
        assert place.data["of"] in row
