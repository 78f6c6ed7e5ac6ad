"""This product: the whole cohort workbook. Model and figures, which all exporters share, are there before the clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cohort import cohort
from timing import answer

from oekoreport import NoOptions
from oekoreport_workbook.exporter import CohortWorkbook

report = cohort()
for name in report.figures:
    report.figures[name]


def work(_folder: Path, _kind: str) -> Iterator[bytes]:
    for document in CohortWorkbook().render(report, NoOptions()):
        yield document.content


answer(work, "xlsx")
