"""The built wheel, installed into an empty environment, does the main job."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path) -> str:
    # No setting of the test run may leak in: the environment has only what the wheel brings.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OEKOREPORT"))}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_code_catalogues_data_and_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    expected = {
        "oekoreport/py.typed",
        "oekoreport/locale/de.mo",
        "oekoreport/law/reference/emission_factors.toml",
        "oekoreport/templates/funding/verwendungsnachweis.docx",
        "oekoreport/templates/award/urkunde.typ",
        "oekoreport/templates/demo/receipt.csv",
        "oekoreport_nrw/locale/de.mo",
        "oekoreport_nrw/packs/anbest-g-2022.toml",
    }
    assert expected <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "docs/")) or name.endswith((".po", ".pyc"))]


def test_the_wheel_runs_the_demo_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / SCRIPTS / "python"
    constraints = ROOT / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel, cwd=tmp_path)
    run(environment / SCRIPTS / "oekoreport", "demo", "runde", cwd=tmp_path)
    made = {path.name for path in (tmp_path / "runde" / "out").rglob("*") if path.is_file()}
    assert {"manifest.json", "verwendungsnachweis.docx", "kohorte.xlsx", "urkundenregister.docx"} <= made
    assert len([name for name in made if name.endswith(".pdf") and name.startswith("KS-")]) == 13
