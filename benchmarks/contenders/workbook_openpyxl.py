"""A plain script on openpyxl, in its mode for large files: the same cells of the largest sheets, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from cohort import cells_of_engine
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from timing import answer

sheets = cells_of_engine()
WRAPPED = Alignment(wrap_text=True)


def work(_folder: Path, _kind: str) -> Iterator[bytes]:
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([formatted(sheet, value) for value in row])
    buffer = BytesIO()
    workbook.save(buffer)
    yield buffer.getvalue()


def formatted(sheet: object, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # “=1+1” is a text here
        cell.alignment = WRAPPED
    else:
        cell.number_format = "#,##0.00" if isinstance(value, int | float) else "dd.mm.yyyy"
    return cell


answer(work, "xlsx")
