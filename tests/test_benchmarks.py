"""The benchmark is fair: its contenders in Python make documents of the same text from the same template and data."""

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("material")
    code = "import material, pathlib, sys; material.write(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=environment())
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(FOLDER), *sys.path))}


def made(folder: Path, script: str) -> tuple[list[str], list[list[str]]]:
    """Return the paragraphs and rows of the last report that a contender makes."""
    command = [sys.executable, str(FOLDER / "contenders" / script), str(folder), "report"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment())
    answer = json.loads(done.stdout)
    assert answer["documents"] == 10
    assert answer["seconds"] > 0
    document = docx.Document(str(folder / f"report-{Path(script).stem}.docx"))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows[:20]]
    assert len(document.tables[0].rows) == 2001
    return [paragraph.text for paragraph in document.paragraphs], rows


def test_engine_and_docxtpl_make_the_same_report(material: Path) -> None:
    ours = made(material, "engine.py")
    assert ours == made(material, "docxtpl_plain.py")
    assert ours[0] == ["Abschlussbericht 9 & Belege"]
    assert ours[1][1] == ["1", "Druckluft: Leckagen < 5 % & Abwärme 1", "Energie", "137,50 €"]
