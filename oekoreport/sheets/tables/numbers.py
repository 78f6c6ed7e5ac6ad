"""How the texts of a file spell numbers: proven over all of them, so that 1.234 is not guessed.

In CSV all numbers are texts, in workbooks those that were typed or pasted as text. Numbers with a decimal comma stay
text, which is read as German; those with a decimal point are read here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from oekoreport.language import Message, catalogue
from oekoreport.model.spelling import GROUPING, BadValue

_ = catalogue("oekoreport")


class DecimalMark(Enum):
    """What the numbers of a file are written with."""

    COMMA = "comma"
    POINT = "point"
    MIXED = "mixed"


SURE_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|(\d{4,}|0),\d+)")
SURE_POINT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+\.\d+|(\d{1,3}(,\d{3}){2,})|\d+\.(\d{1,2}|\d{4,})|(\d{4,}|0)\.\d+)")
EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
COMMA_THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
ENGLISH = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
POINT_PROOF = re.compile(r"[+-]?(\d{4,}\.\d+|0\.\d{3}|\d{1,3}(,\d{3})+\.\d+)")
MANY_POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}")
COMMA_GROUPS = re.compile(r"[+-]?(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})")
PARTS = re.compile(r"([^\d+\-]*+)([+-]?\d[\d.,\s]*)((?:[^\d]|(?<=m)[23])*)", re.IGNORECASE)
"""A number between the words beside it; the digits of m² and m³ belong to the unit."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The decimal and grouping marks that a table's numbers prove.

    Attributes:
        mark: what decimals are written with.
        asks: whether a number could be another one with a decimal point, and nothing proves that it is not.
        pointed: the columns that prove themselves that their points are decimal.
        grouped: whether commas stand between thousands.
    """

    mark: DecimalMark = DecimalMark.COMMA
    pointed: frozenset[Hashable] = frozenset()
    grouped: bool = False
    asks: bool = False

    @property
    def are_german(self) -> bool:
        """Whether all are to be read as German."""
        return self.mark is DecimalMark.COMMA and not self.asks

    @classmethod
    def of(cls, columns: Mapping[Hashable, Sequence[str]]) -> Numbers:
        """Return what the texts in the columns of numbers prove; a column is known by whatever names it."""
        texts = [text for column in columns.values() for text in column]
        pointed = frozenset(name for name, column in columns.items() if proves_points(column))
        mark = decimal_mark(texts)
        proven = any(SURE_COMMA.fullmatch(_bare(text)) for text in texts)
        asks = not proven and any(COMMA_THOUSAND.fullmatch(_bare(text)) for text in texts)
        return cls(mark, pointed, proves_comma_groups(texts), asks)

    def read(self, text: str, column: Hashable) -> Decimal | str:
        """Return the number of a text with a decimal point, in German if it has a unit; any other text as it is.

        Raises:
            BadValue: DATA-NUMBER, the text is one number with a point and another with a comma, and nothing proves
                which is meant.
        """
        if self.mark is DecimalMark.POINT:
            proven = column in self.pointed if "." in text else self.grouped
            if not proven and could_be_thousands(text):
                raise _two_ways(_("“{text}” is ambiguous: other numbers in this file have a decimal point.", text=text))
            return _in_german(text)
        if self.mark is DecimalMark.MIXED and is_ambiguous(text):
            raise _two_ways(
                _("“{text}” is ambiguous: this file has decimals with a comma and with a point.", text=text)
            )
        if self.asks and COMMA_THOUSAND.fullmatch(_bare(text)):
            raise _two_ways(_("“{text}” is ambiguous: no other number in this file shows its decimal mark.", text=text))
        return text


def _in_german(text: str) -> Decimal | str:
    """Return the number of a text with a decimal point; in German where a unit follows; other texts as they are."""
    match = PARTS.fullmatch(text.strip())
    number = read_english(_bare(text))
    if match is None or number is None:
        return text
    before, _number, after = match.groups()
    german = f"{number:f}".replace(".", ",")
    return f"{before}{german} {after}".strip() if (before + after).strip() else number


def _two_ways(message: Message) -> BadValue:
    return BadValue("DATA-NUMBER", message, _("Write all numbers of the file with a decimal comma: 1.234,56."))


def decimal_mark(texts: Iterable[str]) -> DecimalMark:
    """Tell from all numbers of a file which mark it writes decimals with; without evidence it is German."""
    comma = point = False
    for text in texts:
        number = _bare(text)
        comma = comma or SURE_COMMA.fullmatch(number) is not None
        point = point or SURE_POINT.fullmatch(number) is not None
    if comma and point:
        return DecimalMark.MIXED
    return DecimalMark.POINT if point else DecimalMark.COMMA


def is_ambiguous(text: str) -> bool:
    """Tell whether a text is one number with a comma and another with a point (1.234, 1,234)."""
    return EITHER.fullmatch(_bare(text)) is not None


def could_be_thousands(text: str) -> bool:
    """Tell whether a text in a file with decimal points could have thousands points, or a decimal comma, all the same.

    One hand-typed ``3.5`` among German numbers makes a file look like one with points: 68.000, 1.234.567, 1,234.
    """
    return is_ambiguous(text) or POINT_GROUPS.fullmatch(_bare(text)) is not None


def proves_points(texts: Iterable[str]) -> bool:
    """Tell whether the numbers of a column prove that their points are decimal: 1234.50 or 0.125, and no 1.234.567."""
    numbers = [_bare(text) for text in texts]
    return any(map(POINT_PROOF.fullmatch, numbers)) and not any(map(MANY_POINTS.fullmatch, numbers))


def proves_comma_groups(texts: Iterable[str]) -> bool:
    """Tell whether the numbers of a file prove that it has commas between thousands: 1,234.50 or 1,234,567."""
    return any(COMMA_GROUPS.fullmatch(_bare(text)) for text in texts)


def _bare(text: str) -> str:
    """Return a number without its unit, and without spaces between its groups."""
    match = PARTS.fullmatch(text.strip())
    return GROUPING.sub("", match[2].strip()) if match else text.strip()


def read_english(text: str) -> Decimal | None:
    """Return the number of a text with decimal point and commas between thousands; None if it is no such number."""
    number = text.strip()
    return Decimal(number.replace(",", "")) if ENGLISH.fullmatch(number) else None
