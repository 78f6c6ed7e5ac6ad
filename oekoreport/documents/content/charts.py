"""Charts: horizontal bars, bands of a whole, plan beside actual. Typst draws them, in a PDF itself or as a picture.

They stay legible in greyscale and print their numbers; the alternative text states the same
numbers. A value only sets the length of its bar; its number is passed as text, rounded and marked as figures are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from oekoreport.characters import marked
from oekoreport.documents.content.picture import Picture
from oekoreport.documents.pdf import LIBRARY, font_paths

if TYPE_CHECKING:
    import typst

WIDTH = 160
"""The usual width in millimetres: that of a text column on A4."""

PIXELS_PER_INCH = 200


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the data that ``charts.typ`` draws, its alternative text, its width in millimetres."""

    drawing: str
    data: Mapping[str, object]
    alt: str
    language: str
    width: float

    def plain(self) -> dict[str, object]:
        """Return the chart as a Typst template is given it."""
        return {**self.data, "drawing": self.drawing, "alt": marked(self.alt), "width": self.width}

    def picture(self) -> Picture:
        """Return the chart as a picture, for documents that cannot draw."""
        import typst

        content = typst.compile(
            LIBRARY / "picture.typ",
            root=LIBRARY,
            format="png",
            ppi=PIXELS_PER_INCH,
            font_paths=_fonts(),
            sys_inputs={"chart": marked(json.dumps(self.plain(), ensure_ascii=False)), "language": self.language},
        )
        return Picture(bytes(content), marked(self.alt), self.width)


LONGEST_LABEL = 160
"""Longer labels are cut in the chart and its alternative text; the table next to it has them whole."""


class Bar(NamedTuple):
    """A bar: its label, its value (None if unknown), and the text printed for the value."""

    label: str
    value: Decimal | None
    text: str


class Pair(NamedTuple):
    """Two bars of one thing, plan and actual."""

    label: str
    first: Bar
    second: Bar


class Band(NamedTuple):
    """A part of a whole: its share in per cent, the text of the share, and the whole text printed for it."""

    label: str
    share: Decimal | None
    short: str
    text: str


def bars(title: str, rows: Sequence[Bar], *, language: str, width: float = WIDTH) -> Chart:
    """Draw a horizontal bar for each row, in the order given."""
    largest = _largest(row.value for row in rows)
    drawn = [{"label": _short(row.label), "share": _share(row.value, largest), "text": row.text} for row in rows]
    labels = _label_width(row.label for row in rows)
    alt = f"{title}: " + "; ".join(f"{_short(row.label)} {row.text}" for row in rows)
    return Chart("bars", {"rows": drawn, "labels": labels}, alt, language, width)


def pairs(title: str, names: tuple[str, str], rows: Sequence[Pair], *, language: str, width: float = WIDTH) -> Chart:
    """Draw two bars for each row, named by ``names`` (plan, actual)."""
    largest = _largest(bar.value for row in rows for bar in (row.first, row.second))
    drawn = [
        {
            "label": _short(row.label),
            "first": _share(row.first.value, largest),
            "second": _share(row.second.value, largest),
            "texts": [row.first.text, row.second.text],
        }
        for row in rows
    ]
    labels = _label_width(row.label for row in rows)
    told = (f"{_short(row.label)}: {names[0]} {row.first.text}, {names[1]} {row.second.text}" for row in rows)
    data = {"rows": drawn, "names": list(names), "labels": labels}
    return Chart("pairs", data, f"{title}: " + "; ".join(told), language, width)


def bands(title: str, rows: Sequence[Band], *, language: str, width: float = WIDTH) -> Chart:
    """Draw one bar made of bands whose shares add up to 100 per cent."""
    drawn = [
        {"label": _short(row.label), "share": float(row.share or 0), "short": row.short, "text": row.text}
        for row in rows
    ]
    alt = f"{title}: " + "; ".join(f"{_short(row.label)} {row.text}" for row in rows)
    return Chart("bands", {"rows": drawn}, alt, language, width)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL]}…"


def _largest(values: Iterable[Decimal | None]) -> Decimal:
    return max((value for value in values if value is not None), default=Decimal(0))


def _share(value: Decimal | None, largest: Decimal) -> float:
    """Return a bar's length in per cent of the longest; unknown and negative values have length 0."""
    if value is None or value <= 0 or largest <= 0:
        return 0.0
    return float(round(value * 100 / largest, 3))


CHARACTER = 1.75
"""Width of an average character in millimetres, at the size that charts print."""


def _label_width(labels: Iterable[str]) -> float:
    longest = max((len(label) for label in labels), default=0)
    return min(62.0, max(15.0, longest * CHARACTER))


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_paths()))
