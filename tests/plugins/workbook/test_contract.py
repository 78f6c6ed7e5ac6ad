"""The workbook keeps what the core relies on in every exporter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oekoreport.testing.exporters import ExporterContract
from oekoreport_workbook.exporter import CohortWorkbook

RENDER = """
import hashlib
from oekoreport import NoOptions
from oekoreport.testing.reports import sample_report
from oekoreport_workbook.exporter import CohortWorkbook
for document in CohortWorkbook().render(sample_report(), NoOptions()):
    print(hashlib.sha256(document.content).hexdigest())
"""


class TestContract(ExporterContract):
    exporter = CohortWorkbook()


def test_processes_in_other_time_zones_with_other_hash_seeds_give_the_same_bytes() -> None:
    def digest(zone: str, seed: str) -> str:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", RENDER], env=environment, capture_output=True, text=True, check=True
        )
        return run.stdout

    assert digest("Pacific/Kiritimati", "1") == digest("America/Los_Angeles", "2")


def test_the_file_is_sound(tmp_path: Path, reference: object) -> None:
    openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    path = tmp_path / "kohorte.xlsx"
    path.write_bytes(reference.content)  # type: ignore[attr-defined]
    result = openxml_audit.OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []
