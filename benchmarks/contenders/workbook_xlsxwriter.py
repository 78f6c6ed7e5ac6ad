"""A plain script on xlsxwriter: the same cells of the largest sheets, no widths, charts, tables or sums."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import xlsxwriter
from cohort import cells_of_engine
from timing import answer

sheets = cells_of_engine()


def work(_folder: Path, _kind: str) -> Iterator[bytes]:
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    text = workbook.add_format({"text_wrap": True, "bottom": 1})
    number = workbook.add_format({"num_format": "#,##0.00", "bottom": 1})
    day = workbook.add_format({"num_format": "dd.mm.yyyy", "bottom": 1})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, text)
                elif isinstance(cell, int | float):
                    sheet.write_number(row, column, cell, number)
                else:
                    sheet.write_datetime(row, column, cell, day)
    workbook.close()
    yield buffer.getvalue()


answer(work, "xlsx")
