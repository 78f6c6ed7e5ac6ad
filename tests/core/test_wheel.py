"""The built wheel, installed into an empty environment, does the main job."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


PROXIES = {name: value for name, value in os.environ.items() if name.upper().endswith("_PROXY")}
"""How this machine reaches its registry; whoever prints a PDF in this process closes that way."""


def run(*command: str | Path, cwd: Path) -> str:
    # No setting of the test run may leak in: the environment has only what the wheel brings.
    own = ("PYTHON", "OEKOREPORT", "HTTPS_PROXY", "NO_PROXY")
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith(own)} | PROXIES
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def build(source: Path, folder: Path) -> None:
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source, cwd=folder)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
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
    install = (python, "-m", "pip", "install", "--quiet", "--no-deps")
    run(
        *install,
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--requirement",
        ROOT / "requirements" / "run.txt",
        cwd=tmp_path,
    )
    run(*install, wheel, cwd=tmp_path)
    run(python, "-m", "pip", "check", cwd=tmp_path)
    run(environment / SCRIPTS / "oekoreport", "demo", "runde", cwd=tmp_path)
    made = {path.name for path in (tmp_path / "runde" / "out").rglob("*") if path.is_file()}
    assert {"manifest.json", "verwendungsnachweis.docx", "kohorte.xlsx", "urkundenregister.docx"} <= made
    assert len([name for name in made if name.endswith(".pdf") and name.startswith("KS-")]) == 13


def test_another_place_hour_user_and_locale_build_the_same_bytes(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel and the archive of the sources; what is built from that archive is the same wheel again."""
    first, again = wheel.parent, tmp_path / "again"
    (archive,) = first.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(tmp_path / "elsewhere", filter="data")
    (source,) = (tmp_path / "elsewhere").iterdir()
    (source / "PKG-INFO").unlink()  # which the archive alone has
    for path in source.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(path.stat().st_mode & 0o700)
    again.mkdir()
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")
    mask = os.umask(0o077)
    try:
        build(source, again)
    finally:
        os.umask(mask)
    assert digests(again) == digests(first)
