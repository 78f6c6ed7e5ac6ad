"""Python files in a project's folder are data: no command that is called there imports them."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from oekoreport.build.demo import write_demo
from oekoreport.contract.registry import Registry

PROGRAM = Path(sysconfig.get_path("scripts"), "oekoreport")
NAMES = ("multiprocessing", "pickle", "socket", "tempfile", "json", "lxml", "typst", "psutil", "sitecustomize")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with Python files in it that leave a mark where they are imported, named as what we import."""
    folder = tmp_path / "runde"
    write_demo(folder, Registry.discover())
    mark = tmp_path / "mark"
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name!r})\n", encoding="utf-8")
    (folder / "oekoreport_data").mkdir()
    (folder / "oekoreport_data" / "__init__.py").write_text(f"open({str(mark)!r}, 'a')\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("program", [[str(PROGRAM)], [sys.executable, "-m", "oekoreport"]], ids=["program", "module"])
@pytest.mark.parametrize(
    "command", [["check", "."], ["build", "."], ["batch", "..", "-j", "2"]], ids=lambda each: each[0]
)
def test_a_command_called_in_a_project_imports_nothing_from_it(
    project: Path, program: list[str], command: list[str]
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(
        [*program, *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert not (project.parent / "mark").exists(), (project.parent / "mark").read_text(encoding="utf-8")
    assert result.returncode in {0, 1}, result.stderr
    assert "Traceback" not in result.stderr
