"""The styles of an XLSX workbook, as far as they change what a cell says: number formats, and text struck through."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from oekoreport.language import catalogue
from oekoreport.package import Element, Package
from oekoreport.places import Place
from oekoreport.sheets.tables.errors import TooMuch
from oekoreport.sheets.tables.formats import NumberFormat, number_format, shows_part_of_a_day

_ = catalogue("oekoreport")

BUILT_IN = {9: "0%", 10: "0.00%", 16: "d-mmm", 17: "mmm-yy"}
"""The formats that files name by number only and that show more than a number or a time, or less than a day."""

LOCAL = frozenset({5, 6, 7, 8, 41, 42, 43, 44})
"""Formats that Excel shows in the currency of the computer, whatever the file says."""

OFF = ("0", "false")

MOST_FORMATS = 5_000
"""So many number formats a workbook may have; Excel lets it have 250."""

MOST_STYLES = 100_000
"""So many styles cells may have; Excel lets a workbook have 65,490."""

LONGEST_FORMAT = 1_000
"""So many characters a number format may have; Excel lets it have 255."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles, by the number that cells name them with, that are more than looks.

    Attributes:
        formats: those whose number format shows more than a number.
        struck: those whose font is struck through.
        days_in_part: those that show only a part of a day.
    """

    formats: Mapping[int, NumberFormat] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    days_in_part: frozenset[int] = frozenset()

    @property
    def telling(self) -> frozenset[int]:
        """All of them."""
        return self.struck.union(self.formats, self.days_in_part)


def styles_of(package: Package, workbook: str) -> Styles:
    """Return the styles of a workbook; none where it has none.

    Raises:
        SourceError: as ``Package.tree``, or ``TooMuch``.
    """
    part = next((each.target for each in package.relations(workbook).values() if each.kind == "styles"), "")
    if part not in package:
        return Styles()
    root = package.tree(part)
    own = {_number(each, "numFmtId"): str(each.get("formatCode", "")) for each in root.iter("{*}numFmt")}
    codes = BUILT_IN | own
    struck = {number for number, font in enumerate(root.iterfind("{*}fonts/{*}font")) if is_struck(font)}
    cells = list(root.iterfind("{*}cellXfs/{*}xf"))
    _demand_few(own.values(), len(cells), package.place)
    made = {number: _format(codes, _number(each, "numFmtId")) for number, each in enumerate(cells)}
    return Styles(
        {number: each for number, each in made.items() if each is not None},
        frozenset(number for number, each in enumerate(cells) if _number(each, "fontId") in struck),
        frozenset(n for n, each in enumerate(cells) if shows_part_of_a_day(codes.get(_number(each, "numFmtId"), ""))),
    )


def _demand_few(codes: Collection[str], styles: int, place: Place) -> None:
    """Refuse a workbook with more styles than any program writes, or with longer formats."""
    if len(codes) > MOST_FORMATS:
        raise TooMuch(place, _("The workbook has more than {limit} number formats.", limit=MOST_FORMATS))
    if styles > MOST_STYLES:
        raise TooMuch(place, _("The workbook has more than {limit} cell styles.", limit=MOST_STYLES))
    if max(map(len, codes), default=0) > LONGEST_FORMAT:
        raise TooMuch(place, _("A number format has more than {limit} characters.", limit=LONGEST_FORMAT))


def _format(codes: Mapping[int, str], number: int) -> NumberFormat | None:
    return None if number in LOCAL else number_format(codes.get(number, ""))


def _number(element: Element, name: str) -> int:
    text = str(element.get(name, ""))
    return int(text) if text.isascii() and text.isdecimal() else 0


def is_struck(font: Element) -> bool:
    """Tell whether a font, or the properties of a run of text, say that it is struck through."""
    return any(mark.get("val", "1") not in OFF for mark in font.iterfind("{*}strike"))
