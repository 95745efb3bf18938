"""What the wheel and the source archive carry, built by hatchling in this process, so that nothing is downloaded."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("rules", "licenses")
BEYOND = (".work", ".venv", "__pycache__", "reserve.bin")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    wheels = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    return Path(next(wheels.WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")))))


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    """The paths in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("folder", FOLDERS)
def test_wheel_carries_every_data_file(names: frozenset[str], folder: str) -> None:
    paths = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert paths
    assert [path for path in paths if f"licensecheck/_data/{path.as_posix()}" not in names] == []


def test_wheel_carries_every_module_schema_and_template(names: frozenset[str]) -> None:
    paths = [path.relative_to(ROOT) for path in (ROOT / "licensecheck").rglob("*") if path.is_file()]
    kept = [path.as_posix() for path in paths if "__pycache__" not in path.parts]
    assert {"licensecheck/py.typed", "licensecheck/catalog/schemas/detect.schema.json"} <= names
    assert [path for path in kept if path not in names] == []


def test_wheel_holds_nothing_else(names: frozenset[str]) -> None:
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"licensecheck"}
    assert [name for name in names for part in BEYOND if part in name] == []


def test_wheel_names_command_license_and_extras(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = {name.rpartition("/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(info["METADATA"]).decode()
        assert "licensecheck = licensecheck.start:main" in archive.read(info["entry_points.txt"]).decode()
    assert "License-Expression: Apache-2.0" in metadata
    assert [f"Provides-Extra: {extra}" in metadata for extra in ("pdf", "docx")] == [True] * 2
    assert "LICENSE" in info


def test_source_archive_carries_what_a_build_and_the_tests_need(tmp_path: Path) -> None:
    archives = pytest.importorskip("hatchling.builders.sdist", reason="hatchling is not installed")
    path = Path(next(archives.SdistBuilder(str(ROOT)).build(directory=str(tmp_path))))
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    roots = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "mkdocs.yml", "Makefile")
    wanted = (*roots, "rules/terms.yaml", "licensecheck/py.typed", "tests/conftest.py", "benchmarks/forms.py")
    assert [name for name in wanted if name not in names] == []
    assert [name for name in names for part in BEYOND if part in name.split("/")] == []
