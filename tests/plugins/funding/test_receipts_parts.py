"""A list of receipts that is too long for one PDF comes in parts, with every row once and each sum where it belongs."""

from __future__ import annotations

from typing import Any

import pytest

from oekoreport.kit.views import Fields
from oekoreport_funding import receipts_parts


def group(key: str, rows: int) -> Fields:
    return Fields(
        "expenditure_line", {"key": key, "rows": tuple(Fields("row", {"key": f"{key}-{n}"}) for n in range(rows))}
    )


def context(*spent: int, income: int) -> dict[str, object]:
    values: dict[str, object] = dict.fromkeys(receipts_parts.NEEDED)
    return {
        **values,
        "measures": "all",
        "receipt_groups": [group(f"{number}", rows) for number, rows in enumerate(spent, 1)],
        "income_groups": [group("E1", income)],
    }


def shown(values: dict[str, Any]) -> list[tuple[str, int, bool]]:
    groups = [*values["receipt_groups"], *values["income_groups"]]
    return [(each.get("key"), len(each.get("rows")), each.get("continued")) for each in groups]


def test_rows_fill_the_parts_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts_parts, "ROWS", 10)
    (name, paper), *parts = receipts_parts.parts(context(4, 0, 17, income=3), "nachweis")
    assert (name, shown(paper), paper["measures"]) == ("nachweis", [], "all")
    assert [name for name, _values in parts] == [f"nachweis-belegliste-0{number}" for number in (1, 2, 3)]
    assert [shown(values) for _name, values in parts] == [
        [("1", 4, False), ("2", 0, False), ("3", 5, True)],
        [("3", 10, True)],
        [("3", 2, False), ("E1", 3, False)],
    ]
    told: list[Any] = [values["part"] for _name, values in parts]
    assert [(part.get("number"), part.get("of"), part.get("total")) for part in told] == [
        ("1", "3", False),
        ("2", "3", False),
        ("3", "3", True),
    ]
    assert all("measures" not in values for _name, values in parts)


@pytest.mark.parametrize(("rows", "long"), [(999, False), (1000, True)])
def test_a_thousand_rows_fit_into_the_report(rows: int, long: bool) -> None:  # noqa: FBT001 - a case
    assert receipts_parts.too_long(context(rows, income=1)) is long
