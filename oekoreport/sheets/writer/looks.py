"""How the cells of a workbook look: the palette that whoever writes one hands in, and the formats made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oekoreport.language import Locale


@dataclass(frozen=True, slots=True)
class Looks:
    """A palette. Properties are those of XlsxWriter's formats: ``{"bold": True, "num_format": "0"}``.

    Args:
        font: the default of the workbook, part of every look.
        cells: the properties of each look by its name.
        day: the number format of days, in whatever look they stand.
        unknown: what is laid over a look where the value is unknown.
        letters: how many letters stand in the width of 100 digits, by which columns are measured.
        bold_letters: the same of bold letters.
        inset: the letters that borders and indents take from each line.
        line: the height of a line in points; a row of several lines has ``air`` points more and at most ``tallest``.
    """

    font: Mapping[str, object]
    cells: Mapping[str, Mapping[str, object]]
    day: str
    unknown: Mapping[str, object] = field(default_factory=dict)
    letters: int = 100
    bold_letters: int = 100
    inset: int = 0
    line: int = 15
    air: int = 2
    tallest: int = 409

    def letters_of(self, look: str) -> int:
        """Return how many characters of a look fit in the width of 100 digits."""
        return self.bold_letters if "bold" in self.cells[look] else self.letters

    def letters_in(self, look: str, width: float) -> int:
        """Return how many characters of a look fit in a width."""
        return max(1, int(width * self.letters_of(look)) // 100 - self.inset)


class Formats:
    """The formats of one workbook, each made once. What XlsxWriter gets is a copy: it writes into what it is given."""

    def __init__(self, native: Any, looks: Looks, locale: Locale) -> None:
        self.looks = looks
        self.locale = locale
        self.numbers = {name: str(look["num_format"]) for name, look in looks.cells.items() if "num_format" in look}
        self.wrapping = {name: looks.letters_of(name) for name, look in looks.cells.items() if look.get("text_wrap")}
        self._native = native
        self._made: dict[tuple[str, str, bool], Any] = {}

    def of(self, look: str, number: str = "", *, unknown: bool = False) -> Any:
        """Return the format of a look; ``number`` replaces the number format that it has."""
        key = (look, number, unknown)
        if key not in self._made:
            looks = self.looks
            properties = {**looks.font, **looks.cells[look], **(looks.unknown if unknown else {})}
            self._made[key] = self._native.add_format(properties | ({"num_format": number} if number else {}))
        return self._made[key]

    def overlay(self, properties: Mapping[str, object]) -> Any:
        """Return a format for conditions, which is laid over that of the cell."""
        return self._native.add_format(dict(properties))
