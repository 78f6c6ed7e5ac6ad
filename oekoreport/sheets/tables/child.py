"""A program of its own: reads a binary workbook and writes its cells as JSON.

It is started by ``legacy`` and may die of any file. It imports nothing of oekoreport.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime, time, timedelta

MEMORY = 800_000_000
"""Bytes of addresses: with the process that waits for it, it stays below a gigabyte."""

SECONDS = 7


def limit_resources() -> None:
    """Bound memory and processor time where the system can, and leave no core file."""
    if sys.platform == "win32":
        return
    import resource

    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, allowed))


def restored(text: str) -> str:
    """Return the text that UTF-16 read byte by byte was, as some writers store it in XLS; any other as it is."""
    if "\0" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-16-le")
    except UnicodeError:
        return text.replace("\0", "")


def encode(value: object) -> object:
    """Return a cell as JSON knows it."""
    if value == "":
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return restored(value)
    if isinstance(value, int | float):
        return ["n", f"{value:.15g}"]
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()] if value.time() == time() else ["t", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["c", value.isoformat()]
    if isinstance(value, timedelta):
        return ["s", value.total_seconds()]
    return str(value)


def read(file: str, max_cells: int, max_filled: int) -> dict[str, object]:
    """Return the sheets, or what stood in the way."""
    import python_calamine as calamine

    sheets: list[object] = []
    try:
        with calamine.CalamineWorkbook.from_path(file) as workbook:
            for metadata in workbook.sheets_metadata:
                if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_name(metadata.name)
                row, column = sheet.end or (0, 0)
                if (row + 1) * (column + 1) > max_cells:
                    return {"too_large": [metadata.name, (row + 1) * (column + 1)]}
                before: list[object] = [None] * (sheet.start or (0, 0))[1]
                rows = []
                for values in sheet.iter_rows():
                    cells = [encode(value) for value in values]
                    max_filled -= len(cells) - cells.count(None)
                    if max_filled < 0:
                        return {"too_many": metadata.name}
                    rows.append(before + cells)
                sheets.append([metadata.name, rows])
    except calamine.PasswordError:
        return {"password": True}
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent names it
        return {"error": str(error)}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of Rust is no Exception
            raise
        return {"error": str(error)}
    return {"sheets": sheets}


if __name__ == "__main__":
    limit_resources()
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the process ends
    answer = read(sys.argv[1], *map(int, sys.argv[2:]))
    sys.stdout.buffer.write(json.dumps(answer).encode())
