from __future__ import annotations

from decimal import Decimal

from oekoreport.sheets.writer.numbers import exact


def test_a_spreadsheet_keeps_fifteen_digits() -> None:
    assert exact(Decimal("999999999999.999"))
    assert not exact(Decimal("9999999999999.999"))
