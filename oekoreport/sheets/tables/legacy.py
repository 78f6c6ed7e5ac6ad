"""XLS and XLSB: the old binary formats, read by calamine in a child process.

A damaged or hostile file of these formats can make calamine panic, loop or abort the whole process (a looping sector
chain does), and no cheap check before it finds them all. These files are rare, so each may cost a process of its own,
with limits on time and, where the system has them, on memory. Errors and formulas never calculated cannot be told apart
from empty cells in them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from oekoreport.language import catalogue
from oekoreport.model.spelling import time_text
from oekoreport.package import PasswordProtected
from oekoreport.places import Place
from oekoreport.records import Source
from oekoreport.scratch import scratch
from oekoreport.sheets.tables.book import MAX_CELLS, Book, Cell, Sheet, duration_text, text_cell
from oekoreport.sheets.tables.errors import LegacyBinary, SheetTooLarge
from oekoreport.sheets.tables.room import too_many_filled

_ = catalogue("oekoreport")

SECONDS = 30
MAX_FILLED = 1_500_000
"""So many cells of a file may hold something: they come as text, and take twice as much as others."""

ENCRYPTED = ("Codepage", "password")
"""What calamine says of an encrypted XLS that it does not take for one: it reads a code page that does not exist."""

READER = Path(__file__).with_name("child.py")


def read_legacy(source: Source, suffix: str) -> Book:
    """Read a workbook of an old binary format; ``suffix`` says of which (``.xls``, ``.xlsb``).

    Raises:
        PasswordProtected: it opens with a password only.
        SheetTooLarge: a sheet claims too many cells.
        LegacyBinary: the reader failed.
        SystemRefusal: the system gives no temporary folder.
    """
    place = Place(source.name)
    with scratch("legacy") as folder:
        # calamine tells the format by the name, and says more of what is wrong than when it has to guess.
        copy = folder / f"book{suffix}"
        copy.write_bytes(source.content)
        answer = _ask_child(copy, place)
    match answer:
        case {"password": True}:
            raise PasswordProtected(place)
        case {"error": str(reason)} if any(sign in reason for sign in ENCRYPTED):
            raise PasswordProtected(place)
        case {"error": str(reason)}:
            raise LegacyBinary(place, _("its contents contradict each other.")) from ValueError(reason)
        case {"too_large": [str(name), int(cells)]}:
            raise SheetTooLarge(Place(source.name, name), cells, MAX_CELLS)
        case {"too_many": str(name)}:
            raise too_many_filled(Place(source.name, name), MAX_FILLED)
    sheets = tuple(Sheet(name, [[_cell(value) for value in row] for row in rows]) for name, rows in answer["sheets"])
    return Book(source.name, sheets, judged=False)


def _ask_child(file: Path, place: Place) -> dict[str, Any]:
    try:
        child = subprocess.run(  # noqa: S603 - our own reader
            # -P: the folder of the script holds modules that would hide others
            [sys.executable, "-P", str(READER), str(file), str(MAX_CELLS), str(MAX_FILLED)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        answer: dict[str, Any] = json.loads(child.stdout)
    except subprocess.TimeoutExpired as error:
        raise LegacyBinary(place, _("it takes longer than {seconds} seconds.", seconds=SECONDS)) from error
    except ValueError as error:
        raise LegacyBinary(place, _("the reader broke off.")) from error
    return answer


def _cell(value: object) -> Cell:
    """Turn what the child wrote into a cell: text and flags as they are, the rest as pairs of kind and text."""
    match value:
        case ["n", str(text)]:
            return Decimal(text)
        case ["d", str(text)]:
            return date.fromisoformat(text)
        case ["t", str(text)]:
            return datetime.fromisoformat(text)
        case ["c", str(text)]:
            return time_text(time.fromisoformat(text))
        case ["s", float(seconds)]:
            return duration_text(timedelta(seconds=seconds))
        case str():
            return text_cell(value)
        case None | bool():
            return value
    return str(value)
