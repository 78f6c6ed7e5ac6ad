"""The page for plugin authors: its files are laid out as it says, and its test and its plugin run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "first-exporter.md"
FILE = re.compile(r"<!-- file: (?P<name>\S+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)


@pytest.fixture
def distribution(tmp_path: Path) -> Path:
    """Lay out the page's files, with the entry point where an installer would put it."""
    for match in FILE.finditer(PAGE.read_text(encoding="utf-8")):
        path = tmp_path / match["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match["text"], encoding="utf-8")
    info = tmp_path / "oekoreport_listing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: oekoreport-listing\nVersion: 1.0\n")
    points = (tmp_path / "pyproject.toml").read_text().split("[project.entry-points.oekoreport]\n")[1]
    (info / "entry_points.txt").write_text("[oekoreport]\n" + points.replace('"', ""))
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(folder), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_pages_own_test_passes(distribution: Path) -> None:
    result = run(distribution, "pytest", "-q", "-p", "no:cacheprovider", "test_listing.py")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "passed" in result.stdout


def test_build_runs_the_pages_exporter(distribution: Path, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    listed = run(distribution, "oekoreport", "plugin", "list")
    assert "listing" in listed.stdout
    assert run(distribution, "oekoreport", "demo", str(demo)).returncode == 0
    built = run(distribution, "oekoreport", "build", str(demo), "-e", "listing")
    assert built.returncode == 0, built.stdout + built.stderr
    text = (demo / "out" / "teilnehmer.txt").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 13
    assert re.search(r"^FrieslandCampina Kievit: [\d.]+\u00a0kWh/a$", text, re.MULTILINE)
