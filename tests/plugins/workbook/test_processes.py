"""A workbook's bytes are those of its report, whatever the process built before."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from oekoreport.build.demo import demo_records
from oekoreport.sheets.forms import project_workbook
from oekoreport.testing.round import clean_round

RENDER = """
import hashlib, sys
from oekoreport import NoOptions
from oekoreport.testing.reports import hostile_report, sample_report
from oekoreport_workbook.exporter import CohortWorkbook
for name in sys.argv[1:]:
    report = {"sample": sample_report, "hostile": hostile_report}[name]()
    for document in CohortWorkbook().render(report, NoOptions()):
        print(hashlib.sha256(document.content).hexdigest())
"""


def digests(*reports: str) -> Sequence[str]:
    """Return the digests of the workbooks of these reports, built one after another in a new process."""
    command = [sys.executable, "-c", RENDER, *reports]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_workbook_is_the_same_before_and_after_another() -> None:
    sample, hostile = digests("sample"), digests("hostile")
    assert digests("sample", "hostile", "sample", "hostile") == [*sample, *hostile, *sample, *hostile]


def test_a_batch_gives_each_project_the_bytes_that_a_build_of_its_own_gives(tmp_path: Path) -> None:
    rounds = {"a": demo_records(), "b": clean_round(), "c": demo_records()}
    for name, records in rounds.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "projekt.xlsx").write_bytes(project_workbook(records))

    def build(*arguments: object) -> None:
        command = [sys.executable, "-m", "oekoreport", *map(str, arguments), "-e", "workbook"]
        subprocess.run(command, capture_output=True, check=False)  # its answer is 1 where documents are drafts

    def workbook(name: str) -> bytes:
        return (tmp_path / name / "out" / "kohorte.xlsx").read_bytes()

    build("batch", "-j", "1", tmp_path)
    together = {name: workbook(name) for name in rounds}
    for name in rounds:
        shutil.rmtree(tmp_path / name / "out")
        build("build", tmp_path / name)
        assert workbook(name) == together[name], name
