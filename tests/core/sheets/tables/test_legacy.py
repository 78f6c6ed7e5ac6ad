from __future__ import annotations

import pytest

from oekoreport import Source
from oekoreport.sheets.tables import read_tables
from oekoreport.system import SystemRefusal

OLD_BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)


def test_without_a_temporary_folder_the_system_is_at_fault_and_not_the_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", "/nowhere/at/all")
    with pytest.raises(SystemRefusal):
        read_tables(Source("mappe.xls", OLD_BINARY))
