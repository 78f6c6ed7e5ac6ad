from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from oekoreport import Source, SourceError
from oekoreport.sheets.tables import read_tables
from oekoreport.sheets.tables.child import read
from oekoreport.system import SystemRefusal

OLD_BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)


def test_without_a_temporary_folder_the_system_is_at_fault_and_not_the_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", "/nowhere/at/all")
    with pytest.raises(SystemRefusal):
        read_tables(Source("mappe.xls", OLD_BINARY))


def test_the_reader_of_old_formats_stops_at_more_filled_cells_than_come_through(tmp_path: Path) -> None:
    file = tmp_path / "mappe.xlsx"  # to calamine all formats are alike
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Blatt")
        for row in range(4):
            sheet.write_string(row, 1, "x")
    assert read(str(file), 100, 4) == {"sheets": [["Blatt", [[None, "x"]] * 4]]}
    assert read(str(file), 100, 3) == {"too_many": "Blatt"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no process bound its own memory")
def test_a_chain_of_sectors_that_goes_in_a_circle_ends_with_its_reader() -> None:
    """The sector table names itself as the next one, without end."""
    sectors = struct.pack("<4I", 1, 0, 0, 0) + struct.pack("<5I", 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = OLD_BINARY[:8] + bytes(16) + struct.pack("<3H2H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(8) + sectors
    content = head.ljust(76, b"\0") + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + bytes(2048)
    with pytest.raises(SourceError) as raised:
        read_tables(Source("mappe.xls", content))
    assert str(raised.value.place) == "mappe.xls"
