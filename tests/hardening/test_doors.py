"""Every door through which an input comes in: refused in one line, or reported without harm."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import BYTES, CARDS, DEPTH, HEADERS, LICENSE, NAMES, PROFILES, REPOSITORY, write, write_sparse

from licensecheck.text.io import MAX_BYTES

if TYPE_CHECKING:
    from conftest import Call

GIVEN = tuple(name for name in NAMES if "\0" not in name and "\ud800" not in name and name != "-")
"""Names that a command line can hold; `-` is standard input."""
FORMATS = ("text", "json", "html", "markdown", "sarif")
READERS = ("extract", "identify", "check")
LOADS = "model = AutoModel.from_pretrained('Qwen/Qwen3-8B')\n"


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("case", BYTES)
def test_license_text(call: Call, tmp_path: Path, command: str, case: str) -> None:
    call(command, str(write(tmp_path, *BYTES[case])))


@pytest.mark.parametrize("case", BYTES)
def test_license_text_in_a_folder_and_in_comparisons(call: Call, tmp_path: Path, case: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    path = write(folder, *BYTES[case])
    assert "approved" not in call("check", str(folder)).out.splitlines()[0]
    call("diff", "mit", str(path))
    call("compare", "mit", str(path))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CARDS)
def test_card(call: Call, tmp_path: Path, case: str, form: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    write(folder, "README.md", CARDS[case])
    call("check", str(folder), "-f", form)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("command", ["materials", "bom", "compare"])
@pytest.mark.parametrize("case", CARDS)
def test_card_in_what_is_written_from_it(call: Call, tmp_path: Path, case: str, command: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    write(folder, "README.md", CARDS[case])
    call(command, str(folder), *(["mit"] if command == "compare" else []))


@pytest.mark.parametrize("case", HEADERS)
def test_header(call: Call, tmp_path: Path, case: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    path = write(folder, *HEADERS[case])
    call("check", str(path))
    call("check", str(folder))


@pytest.mark.parametrize("case", PROFILES)
def test_profile_is_refused(call: Call, tmp_path: Path, case: str) -> None:
    path = str(write(tmp_path, "acme.yaml", PROFILES[case]))
    assert call("check", "mit", "-p", path).refused
    assert call("profile", "check", "-p", path).refused
    assert call("scan", "-p", path).refused
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown"])
@pytest.mark.parametrize("name", REPOSITORY)
def test_file_of_a_repository(call: Call, tmp_path: Path, name: str, form: str) -> None:
    write(tmp_path, name, REPOSITORY[name])
    write(tmp_path, "plain.py", LOADS.encode())
    assert "Qwen/Qwen3-8B" in call("scan", "-v", "-f", form).out


@pytest.mark.parametrize("command", ["check", "materials", "bom"])
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_name_that_is_none(call: Call, command: str, name: str) -> None:
    call(command, "--", name)


@pytest.mark.parametrize(
    "command",
    [
        ("extract",), ("identify",), ("diff", "mit"), ("compare", "mit"), ("scan",), ("scan", "-p"),
        ("scan", "--baseline"), ("profile", "check"), ("profile", "new", "-o", "/dev/null/x"), ("catalog", "show"),
        ("catalog", "record"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("name", GIVEN, ids=range(len(GIVEN)))
def test_name_that_is_none_in_other_commands(call: Call, command: tuple[str, ...], name: str) -> None:
    call(*command, *([] if command[-1].startswith("-") else ["--"]), name)


@pytest.mark.parametrize("arguments", [("-p",), ("--what-if",), ("--date",), ("--revision",), ("-f",), ("--fail-on",)])
@pytest.mark.parametrize("value", ["../../x", "\x1b[2J\n", "a=b=c", "organization.x=[" + "[" * 9_000, "\udcff", ""])
def test_option_value(call: Call, arguments: tuple[str, ...], value: str) -> None:
    call("check", "mit", *arguments, value)


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("name", ["LICENSE", "LICENSE.pdf", "LICENSE.docx", "LICENSE.html", "README.md", "config.json"])
def test_file_of_100_megabytes(call: Call, tmp_path: Path, command: str, name: str) -> None:
    assert call(command, str(write_sparse(tmp_path / name))).refused


@pytest.mark.parametrize("name", ["m.gguf", "m.safetensors"])
def test_weights_of_100_megabytes(call: Call, tmp_path: Path, name: str) -> None:
    call("check", str(write_sparse(tmp_path / name)))


def test_large_files_of_a_folder_are_told(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    write_sparse(folder / "LICENSE")
    write_sparse(folder / "README.md")
    found = call("check", str(folder))
    assert "2 MB" in found.out
    assert "APPROVED" not in found.out


def test_large_files_of_a_repository_are_passed_over(call: Call, tmp_path: Path) -> None:
    write_sparse(tmp_path / "big.py")
    write_sparse(tmp_path / "big.yaml")
    write(tmp_path, "plain.py", LOADS.encode())
    assert "Qwen/Qwen3-8B" in call("scan", "-v").out


def _loop(folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)


def _ring(folder: Path) -> None:
    (folder / "LICENSE").symlink_to(folder / "README.md")
    (folder / "README.md").symlink_to(folder / "LICENSE")


def _dangling(folder: Path) -> None:
    (folder / "LICENSE").symlink_to(folder / "gone")


def _folders(folder: Path) -> None:
    for name in ("LICENSE", "README.md", "config.json", "m.gguf", "licensecheck.baseline.json"):
        (folder / name).mkdir()


def _pipe(folder: Path) -> None:
    for name in ("LICENSE", "serve.py", "m.gguf", "m.safetensors", "config.json", "Modelfile"):
        os.mkfifo(folder / name)


def _names(folder: Path) -> None:
    (folder / "a\x1b[2J\u202e.py").write_text(LOADS)
    (folder / "b\nc.py").write_text(LOADS)
    (folder / "LICENSE\x1b[2J.txt").write_text(LICENSE)
    with open(os.fsencode(folder) + b"/\xff\xfe.py", "w") as file:
        file.write(LOADS)


def _unreadable(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    for name in ("LICENSE", "README.md", "serve.py"):
        path = write(folder, name, LOADS.encode())
        path.chmod(0)


ENDLESS = ("pipe", "/dev/zero")


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("extract",),
        ("identify",),
        ("diff", "mit"),
        ("check", "mit", "-p"),
        ("scan", "--baseline"),
        ("scan", "-p"),
    ],
    ids=" ".join,
)
def test_file_without_end_is_refused(call: Call, tmp_path: Path, command: tuple[str, ...], name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert call(*command, name).refused


def test_weights_without_end_are_refused(call: Call, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "m.gguf")
    assert call("check", "m.gguf").refused


BASELINES = (b"", b"[]", b"{}", b'{"findings": 3}', b"[" * DEPTH, b"\xff\xfe\0", b'{"findings": [[]]}')
SHAPES: tuple[Callable[[Path], None], ...] = (_loop, _ring, _dangling, _folders, _pipe, _names, _unreadable)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_folder(call: Call, tmp_path: Path, shape: Callable[[Path], None], form: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    shape(folder)
    call("check", str(folder), "-f", form)
    if form != "html":
        call("scan", str(folder), "-f", form)


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_file_that_is_none(call: Call, tmp_path: Path, shape: Callable[[Path], None], command: str) -> None:
    shape(tmp_path)
    if (tmp_path / "LICENSE").is_symlink() or (tmp_path / "LICENSE").exists():
        call(command, str(tmp_path / "LICENSE"))


@pytest.mark.parametrize("case", BYTES)
def test_license_text_in_a_check_of_the_profile(call: Call, tmp_path: Path, case: str) -> None:
    call("profile", "check", str(write(tmp_path, *BYTES[case])))


@pytest.mark.parametrize("case", [case for case, (name, _) in BYTES.items() if name == "LICENSE"])
def test_standard_input(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    path = write(tmp_path, *BYTES[case])
    with path.open("rb") as file:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(file))
        call("identify", "-")


def test_standard_input_of_100_megabytes(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with write_sparse(tmp_path / "big").open("rb") as file:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(file))
        assert call("identify", "-").refused


def test_standard_input_is_never_cut_short(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with write(tmp_path, "big", LICENSE.encode() * 200_000).open("rb") as file:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(file))
        assert call("identify", "-").refused


@pytest.mark.parametrize(
    "text",
    [
        "tool = 1 # [tool.licensecheck",
        "tool.licensecheck = 1 # [tool.licensecheck",
        "[tool.licensecheck]\na = " + "9" * 5_000,
        "[tool.licensecheck]\nprofile = 1\nscan = 3",
        "[tool.licensecheck.scan]\nbaseline = [1]",
        "[tool.licensecheck.scan]\nbaseline = '../../../../dev/zero'",
        "[tool.licensecheck.scan]\nnames = 3",
        "[tool.licensecheck.scan]\nexclude = 'a'",
        "[tool.licensecheck.scan]\nfail_on = [1]",
    ],
)
def test_project_settings_that_are_none(call: Call, tmp_path: Path, text: str) -> None:
    write(tmp_path, "pyproject.toml", text.encode())
    write(tmp_path, "plain.py", LOADS.encode())
    assert call("scan").refused


@pytest.mark.parametrize("data", BASELINES)
def test_baseline_that_is_none(call: Call, tmp_path: Path, data: bytes) -> None:
    write(tmp_path, "plain.py", LOADS.encode())
    assert call("scan", "--baseline", str(write(tmp_path, "baseline.json", data))).refused


@pytest.mark.parametrize("case", PROFILES)
@pytest.mark.parametrize("name", ["licensecheck.yaml", "pyproject.toml"])
def test_profile_that_lies_in_the_folder(call: Call, tmp_path: Path, name: str, case: str) -> None:
    write(tmp_path, name, b"[tool.licensecheck.profile]\n" * (name != "licensecheck.yaml") + PROFILES[case])
    write(tmp_path, "plain.py", LOADS.encode())
    assert call("scan").refused


@pytest.mark.parametrize("output", ["gone/report.json", ".", "/dev/full", "x" * 300])
def test_output_that_cannot_be_written(call: Call, output: str) -> None:
    assert call("check", "mit", "-f", "json", "-o", output).refused


def test_failed_write_leaves_the_old_file_whole(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = write(tmp_path, "report.json", b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert call("check", "mit", "-f", "json", "-o", str(report)).refused
    assert report.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize("case", PROFILES)
def test_rule_file_has_its_faults_told(call: Call, tmp_path: Path, case: str) -> None:
    assert call("rules", "lint", str(write(tmp_path, "x.yaml", PROFILES[case]))).status == 1


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_name_of_a_rule_that_is_none(call: Call, name: str) -> None:
    assert call("rules", "show", "--", name).refused
    assert call("rules", "test", "--", name).refused
    assert call("rules", "new", "--", "conditions", name).refused
    assert call("rules", "new", "--", name, "fine-id").refused
    assert call("catalog", "show", "--", name).refused


@pytest.mark.parametrize("command", READERS)
def test_eight_megabytes_of_one_license_are_refused_at_once(call: Call, tmp_path: Path, command: str) -> None:
    path = tmp_path / "LICENSE"
    path.write_text("You may use and copy the Model, provided that this notice stays in all copies.\n\n" * 100_000)
    begun = time.process_time()
    assert call(command, str(path)).refused
    assert time.process_time() - begun < 1


APACHE = Path(__file__).parents[3] / "shared" / "gold" / "texts" / "apache-2.0.txt"


@pytest.mark.slow
@pytest.mark.skipif(not APACHE.is_file(), reason="the real texts in ../shared are not at hand")
def test_one_license_repeated_up_to_the_bound_is_read_in_ten_seconds(call: Call, tmp_path: Path) -> None:
    text = APACHE.read_bytes() + b"\n\n"
    path = tmp_path / "LICENSE"
    path.write_bytes(text * (MAX_BYTES // len(text)))
    begun = time.process_time()
    assert not call("check", str(path)).refused
    assert time.process_time() - begun < 10
