"""This engine: the whole cohort workbook. The model is read before the clock starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cohort import cohort
from timing import answer

from oekoreport import NoOptions
from oekoreport_workbook.exporter import CohortWorkbook

report = cohort()


def work(_folder: Path, _kind: str) -> Iterator[bytes]:
    for document in CohortWorkbook().render(report, NoOptions()):
        yield document.content


answer(work, "xlsx")
