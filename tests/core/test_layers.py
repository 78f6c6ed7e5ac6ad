"""The layers in pyproject.toml hold: an import that is planted where it must not stand breaks a contract."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytest.importorskip("importlinter", reason="installed by make check")

ROOT = Path(__file__).parents[2]
LAYERS = "Each layer of the core imports only from the layers below it"
NO_PLUGIN = "The core knows no plugin"
NO_OTHER = "No plugin knows another"
DOOR = "Plugins come in by the door: oekoreport and oekoreport.kit"
NO_CIRCLE = "No circle between rooms, and none inside a room"
LINTER = Path(sysconfig.get_path("scripts"), "lint-imports")


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the code with its contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("oekoreport", "plugins"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    return tmp_path


def broken(code: Path) -> list[str]:
    """Return the names of the contracts that the code breaks."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(code), str(code / "plugins")])}
    command = [sys.executable, str(LINTER), "--no-cache"]
    result = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=False)
    names = [line.partition(" BROKEN")[0] for line in result.stdout.splitlines() if " BROKEN" in line]
    assert bool(names) == bool(result.returncode), result.stdout + result.stderr
    return names


def test_the_code_keeps_its_layers(code: Path) -> None:
    assert broken(code) == []


@pytest.mark.parametrize(
    ("contracts", "file", "planted"),
    [
        ([DOOR], "plugins/oekoreport_award/__init__.py", "import oekoreport.figures"),
        ([NO_OTHER], "plugins/oekoreport_award/__init__.py", "import oekoreport_data"),
        ([NO_PLUGIN], "oekoreport/build/__init__.py", "import oekoreport_award"),
        ([LAYERS, NO_CIRCLE], "oekoreport/units.py", "import oekoreport.model"),
        ([NO_CIRCLE], "oekoreport/figures/values.py", "import oekoreport.figures.engine"),
        ([NO_CIRCLE], "plugins/oekoreport_workbook/listing.py", "import oekoreport_workbook.exporter"),
        ([LAYERS], "oekoreport/utils.py", ""),
    ],
    ids=[
        "past the door",
        "from plugin to plugin",
        "from core to plugin",
        "upwards",
        "a circle in a room",
        "a circle in a plugin",
        "a module without a layer",
    ],
)
def test_a_planted_import_is_caught(code: Path, contracts: list[str], file: str, planted: str) -> None:
    with (code / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{planted}\n")
    assert broken(code) == contracts
