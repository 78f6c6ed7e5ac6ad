"""Charts as pictures: horizontal bars, bands of a whole, plan beside actual. Drawn by typst, the same bytes each time.

They stay legible in greyscale and carry their numbers in print; the words that stand for the picture say the same
numbers. Values decide the length of a bar alone: what is printed is given as text, rounded and marked as figures are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from oekoreport.kit.fonts import FAMILY, font_paths
from oekoreport.kit.picture import Picture
from oekoreport.kit.prose import cleaned

if TYPE_CHECKING:
    import typst

WIDTH = 160
"""The usual width in millimetres: that of a text column on A4."""

PIXELS_PER_INCH = 200

HEAD = """
#let data = json(bytes(sys.inputs.data))
#set page(width: data.width * 1mm, height: auto, margin: (x: 0.6mm, y: 1.5mm), fill: white)
#set text(font: data.font, size: 9.5pt, lang: data.language, fill: black, fallback: true)
#let dark = rgb("#1f4e3d")
#let light = rgb("#c3d3cb")
#let edge = 0.6pt + rgb("#1f4e3d")
#let columns = (columns: (auto, 1fr, auto), column-gutter: 3mm)
#let sides = (align: (right + horizon, left + horizon, right + horizon))
#let key(fill, name) = [#box(rect(width: 6mm, height: 3mm, fill: fill, stroke: edge), baseline: 0.3mm) #name #h(6mm)]
#let bar(share, fill) = if share > 0 {
  rect(width: calc.max(share, 0.4) * 1%, height: 4mm, fill: fill, stroke: edge)
} else { box(height: 4mm) }
"""

BARS = """
#grid(..columns, ..sides, row-gutter: 2.2mm,
  ..data.rows.map(row => (
    box(width: data.labels * 1mm, align(right, row.label)), bar(row.share, dark), row.text,
  )).flatten())
"""

PAIRS = """
#align(right)[#key(light, data.names.at(0))#key(dark, data.names.at(1))]
#v(-1mm)
#grid(..columns, ..sides, row-gutter: 3.4mm,
  ..data.rows.map(row => (
    box(width: data.labels * 1mm, align(right, row.label)),
    stack(spacing: 0.6mm, bar(row.first, light), bar(row.second, dark)),
    stack(spacing: 1.6mm, ..row.texts.map(text => align(right, text))),
  )).flatten())
"""

BANDS = """
#let shades = (rgb("#e9efec"), rgb("#a9c0b5"), rgb("#5f8a79"), rgb("#1f4e3d"))
#let ink = (black, black, white, white)
#let rows = data.rows.enumerate()
#grid(columns: rows.map(((n, row)) => row.share * 1fr), rows: 9mm,
  ..rows.map(((n, row)) => grid.cell(fill: shades.at(calc.rem(n, 4)), stroke: edge, align: center + horizon,
    if row.share >= 7 { text(fill: ink.at(calc.rem(n, 4)), weight: "bold", row.short) })))
#v(0.5mm)
#grid(columns: data.rows.len() * (1fr,), column-gutter: 3mm,
  ..rows.map(((n, row)) => grid(columns: (auto, 1fr), column-gutter: 1.5mm,
    rect(width: 4mm, height: 3.2mm, fill: shades.at(calc.rem(n, 4)), stroke: edge), [#row.label \\ *#row.text*])))
"""


class Bar(NamedTuple):
    """A bar: what it is of, its value (None where unknown), and the text printed for it."""

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


def bars(title: str, rows: Sequence[Bar], *, language: str, width: float = WIDTH) -> Picture:
    """Draw a horizontal bar for each row, in the order given."""
    largest = _largest(row.value for row in rows)
    drawn = [{"label": row.label, "share": _share(row.value, largest), "text": row.text} for row in rows]
    labels = _label_width(row.label for row in rows)
    alt = f"{title}: " + "; ".join(f"{row.label} {row.text}" for row in rows)
    return _picture(BARS, {"rows": drawn, "labels": labels}, alt, language, width)


def pairs(title: str, names: tuple[str, str], rows: Sequence[Pair], *, language: str, width: float = WIDTH) -> Picture:
    """Draw two bars for each row, named by ``names`` (plan, actual)."""
    largest = _largest(bar.value for row in rows for bar in (row.first, row.second))
    drawn = [
        {
            "label": row.label,
            "first": _share(row.first.value, largest),
            "second": _share(row.second.value, largest),
            "texts": [row.first.text, row.second.text],
        }
        for row in rows
    ]
    labels = _label_width(row.label for row in rows)
    told = (f"{row.label}: {names[0]} {row.first.text}, {names[1]} {row.second.text}" for row in rows)
    data = {"rows": drawn, "names": list(names), "labels": labels}
    return _picture(PAIRS, data, f"{title}: " + "; ".join(told), language, width)


def bands(title: str, rows: Sequence[Band], *, language: str, width: float = WIDTH) -> Picture:
    """Draw one bar made of bands whose shares add up to 100 per cent."""
    drawn = [{"label": row.label, "share": float(row.share or 0), "short": row.short, "text": row.text} for row in rows]
    alt = f"{title}: " + "; ".join(f"{row.label} {row.text}" for row in rows)
    return _picture(BANDS, {"rows": drawn}, alt, language, width)


def _largest(values: Iterable[Decimal | None]) -> Decimal:
    return max((value for value in values if value is not None), default=Decimal(0))


def _share(value: Decimal | None, largest: Decimal) -> float:
    """Return a bar's length in per cent of the longest; what is unknown or below zero has none."""
    if value is None or value <= 0 or largest <= 0:
        return 0.0
    return float(round(value * 100 / largest, 3))


CHARACTER = 1.75
"""Width of an average character in millimetres, at the size that charts print."""


def _label_width(labels: Iterable[str]) -> float:
    longest = max((len(label) for label in labels), default=0)
    return min(62.0, max(15.0, longest * CHARACTER))


def _picture(drawing: str, data: dict[str, object], alt: str, language: str, width: float) -> Picture:
    import typst

    whole = {**data, "width": width, "font": FAMILY, "language": language}
    content = typst.compile(
        (HEAD + drawing).encode(),
        format="png",
        ppi=PIXELS_PER_INCH,
        font_paths=_fonts(),
        sys_inputs={"data": cleaned(json.dumps(whole, ensure_ascii=False))},
    )
    return Picture(bytes(content), cleaned(alt), width)


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_paths()))
