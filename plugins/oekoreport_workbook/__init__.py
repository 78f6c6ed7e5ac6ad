"""The cohort spreadsheet: everything that is known of a round, in one workbook."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Exporter, NoOptions, hookimpl
from oekoreport_workbook.exporter import CohortWorkbook


@hookimpl
def oekoreport_exporters() -> Iterable[Exporter[NoOptions]]:
    """Return the one exporter that this plugin brings."""
    return [CohortWorkbook()]
