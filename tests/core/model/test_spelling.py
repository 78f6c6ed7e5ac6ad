"""Values that nobody types are refused at once: they were made to keep a reader busy, or to fill its memory."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from oekoreport.model.money import read_money, read_yearly_money
from oekoreport.model.spelling import (
    BadValue,
    read_amount,
    read_day,
    read_flag,
    read_number,
    read_percent,
    read_text,
)

READERS = (read_amount, read_day, read_flag, read_number, read_percent, read_money, read_yearly_money)


@pytest.mark.parametrize("value", ["1e999999999", "-1e999999999", "1e-999999999", "NaN", "Infinity"])
def test_numbers_of_a_billion_digits_are_not_written_out(value: str) -> None:
    assert len(read_text(Decimal(value)) or "") <= len(value) + 2
    if "e-" not in value:
        with pytest.raises(BadValue, match="is not a number"):
            read_number(Decimal(value))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("unit", ["1", " ", "1 ", "1.", "123.", "\u00a0", "\t", "v. ", "%"])
def test_long_texts_are_refused_in_one_go(read: Callable[[object], object], unit: str) -> None:
    with pytest.raises(BadValue):
        read(f"1{unit * 100_000}x")
