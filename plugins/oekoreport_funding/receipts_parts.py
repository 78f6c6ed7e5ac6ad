"""A list of receipts that is too long for one PDF, in parts, each of which becomes a file of its own.

Typst holds a whole document while it sets it: 190 MB for 1,000 rows of this list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from oekoreport.kit.views import Fields, View

ROWS = 1000
"""The rows of a part: some 27 pages, which Typst sets in three seconds."""

SIDES = ("receipt_groups", "income_groups")
"""The two lists by their names among the values of the paper."""

WHOLE = Fields("part", {"number": None, "of": None, "first": "", "last": "", "total": True})
"""What a paper says of parts that has none."""


NEEDED = ("draft", "sample", "date", "project", "recipient", "reference", "expenditure", "columns", "receipts_listed")
"""What a part prints besides its rows: it is not given the participants, measures and receipts of the whole project."""


class _Row(NamedTuple):
    """A row with the list and the group that it stands in; None for a group that has no row."""

    side: str
    group: View
    row: View | None


def too_long(context: Mapping[str, object]) -> bool:
    """Tell whether the lists among the values of a paper are too long for one PDF."""
    return len(_flat(context)) > ROWS


def parts(context: Mapping[str, object], name: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the name and the values of the paper itself, then those of each part.

    A group that goes on in the next part is ``continued``; ``part.total`` says that all expenditure stands by then.
    """
    rows = _flat(context)
    last_spent = max(sum(row.side == SIDES[0] for row in rows) - 1, 0)
    starts = range(0, len(rows), ROWS)
    names = [f"{name}-belegliste-{number:02}" for number in range(1, len(starts) + 1)]
    told = {"of": str(len(starts)), "first": f"{names[0]}.pdf", "last": f"{names[-1]}.pdf"}
    yield (
        name,
        {**context, **dict.fromkeys(SIDES, ()), "part": Fields("part", {**told, "number": None, "total": False})},
    )
    needed = {value: context[value] for value in NEEDED}
    for number, start in enumerate(starts, 1):
        part = Fields("part", {**told, "number": str(number), "total": start <= last_spent < start + ROWS})
        yield names[number - 1], {**needed, **_lists(rows[start : start + ROWS]), "part": part}


def _flat(context: Mapping[str, object]) -> list[_Row]:
    """Return the rows of both lists, expenditure first."""
    lists = ((side, context[side]) for side in SIDES)
    groups = ((side, group) for side, held in lists if isinstance(held, list) for group in held)
    return [_Row(side, group, row) for side, group in groups for row in _rows(group) or (None,)]


def _lists(rows: Iterable[_Row]) -> Mapping[str, object]:
    """Return both lists with these rows alone, under their groups."""
    lists: dict[str, list[View]] = {side: [] for side in SIDES}
    for (side, group), run in groupby(rows, key=lambda row: (row.side, row.group)):
        here = tuple(row.row for row in run if row.row is not None)
        continued = bool(here) and here[-1] is not _rows(group)[-1]
        values = {name: group.get(name) for name in group.names()}
        lists[side].append(Fields(group.path, {**values, "rows": here, "continued": continued}))
    return lists


def _rows(group: View) -> tuple[View, ...]:
    rows = group.get("rows")
    return rows if isinstance(rows, tuple) else ()
