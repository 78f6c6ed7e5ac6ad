"""How people spell the values of fields: ``1.234,56 €``, ``3.4.2020``, ``1.200 MWh``, in German.

What could mean two things is refused, never guessed. Typed values pass as a spreadsheet's cell would: a flag, a day,
a number with fifteen digits. None is unknown.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

from oekoreport.cldr import MONTHS, SHORT_MONTHS
from oekoreport.language import LANGUAGES, Message, catalogue
from oekoreport.units import Amount, unit_named

_ = catalogue("oekoreport")


class BadValue(ValueError):  # a ValueError, as pydantic expects of a validator; the reader meets a finding
    """A value that a field cannot take: the finding's code, what is wrong, and the way out."""

    def __init__(self, code: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


SPACE = r"[ \u00a0\u2009\u202f]"
"""What may stand between groups of three digits. No line break: what stands on two lines is two numbers."""

GROUPING = re.compile(rf"(?<=\d){SPACE}(?=\d{{3}}(?!\d))")
GERMAN_NUMBER = re.compile(rf"[+-]?{SPACE}?(\d{{1,3}}(\.\d{{3}})+|\d{{1,3}}({SPACE}\d{{3}})+|\d+)(,\d+)?")
PERCENT = re.compile(r"(?<!\s)\s*(%|Prozent|v\.\s?H\.)$", re.IGNORECASE)
LARGEST = Decimal("1e12")
LONGEST = 400
"""Numbers of more digits before or behind the decimal mark are not written out: 1e999999999 has a billion of them."""


def read_number(value: object) -> Decimal | None:
    """Read a number. Text is German (1.234,56); floats carry the 15 digits that a spreadsheet carries.

    Raises:
        BadValue: DATA-NUMBER where it is no number, or could be two.
    """
    if value is None or isinstance(value, Decimal):
        number = value
    elif isinstance(value, bool):
        raise _no_number(_as_text(value))
    elif isinstance(value, int):
        number = Decimal(value)
    elif isinstance(value, float):
        number = Decimal(f"{value:.15g}")
    elif isinstance(value, str):
        number = _read_number_text(value)
    else:
        raise _no_number(_as_text(value))
    return sane(number)


def sane(number: Decimal | None) -> Decimal | None:
    """Return a number that something in a project can have: finite, and below a trillion.

    Raises:
        BadValue: DATA-NUMBER for any other.
    """
    if number is None or (number.is_finite() and -LARGEST < number < LARGEST):
        return number
    raise _no_number(_as_text(number))


def _read_number_text(value: str) -> Decimal | None:
    text = value.strip().replace("\u2212", "-").replace("\u2013", "-")
    if not text:
        return None
    if not GERMAN_NUMBER.fullmatch(text):
        raise _no_number(value.strip())
    return Decimal(re.sub(rf"\.|{SPACE}", "", text).replace(",", "."))


def _no_number(text: str) -> BadValue:
    if re.fullmatch(r"[+-]?[\d,]*\d\.\d+", text):
        return BadValue(
            "DATA-NUMBER",
            _("“{text}” is ambiguous.", text=text),
            _("Write the number with a decimal comma: 1.234,56."),
        )
    return BadValue("DATA-NUMBER", _("“{text}” is not a number.", text=text), _("Write a number such as 1.234,56."))


def read_percent(value: object) -> Decimal | None:
    """Read percentage points: 80 and “80 %” are 80. A number between 0 and 1 could be either and is refused."""
    bare = PERCENT.sub("", value.strip()) if isinstance(value, str) else value
    number = read_number(bare)
    marked = isinstance(value, str) and bare != value.strip()
    if number is not None and not marked and 0 < abs(number) < 1:
        raise BadValue(
            "DATA-PERCENT",
            _("“{number}” is ambiguous: a fraction or a percentage.", number=number),
            _("Write the per cent sign: 80 %."),
        )
    return number


def read_integer(value: object) -> int | None:
    """Read a whole number."""
    number = read_number(value)
    if number is None:
        return None
    if number != int(number):
        raise BadValue("DATA-NUMBER", _("“{number}” is not a whole number.", number=number))
    return int(number)


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Between them lie all years that a project can mean; a year beyond was mistyped, or written with two digits."""


def read_year(value: object) -> int | None:
    """Read a year with its four digits: 23 is refused, for it is summed and compared as the year 23.

    Raises:
        BadValue: DATA-NUMBER where it is no whole number, DATA-DATE where it is no year of our time.
    """
    return sensible_year(read_integer(value))


def sensible_day(day: date | None) -> date | None:
    """Return a day that a project can mean; months are counted from it, and the calendar ends with the year 9999.

    Raises:
        BadValue: DATA-DATE for one of another century.
    """
    if day is None or FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    told = _("{day} lies in no year that a project can mean.", day=day)
    raise BadValue("DATA-DATE", told, _("Write day, month and the full year: 03.04.2020."))


def sensible_year(year: int | None) -> int | None:
    """Return a year that a project can mean.

    Raises:
        BadValue: DATA-DATE for any other.
    """
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return year
    raise BadValue("DATA-DATE", _("“{text}” is not a year.", text=str(year)), _("Write the full year: 2023."))


TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?"
"""What programs write behind a day; no time zone, with which it could be another day."""

GERMAN_DAY = re.compile(rf"(\d{{1,2}})\.\s*(\d{{1,2}})\.\s*(\d{{4}}){TIME}")
ISO_DAY = re.compile(rf"(\d{{4}})([-/.])(\d{{2}})\2(\d{{2}}){TIME}")
NAMED_DAY = re.compile(r"(\d{1,2})\.?\s*([^\W\d]+)\.?\s*(\d{4})")


def read_day(value: object) -> date | None:
    """Read a day: a date, 3.4.2020, 3. April 2020 or 2020-04-03, a time of day left aside.

    Days without a full year are refused, and 03/04/2020, which is another day in America.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else _as_text(value)
    if not text:
        return None
    if isinstance(value, str):
        try:
            if parts := _day_parts(text):
                return date(*parts)
        except ValueError:
            pass
    raise BadValue(
        "DATA-DATE",
        _("“{text}” is not a date.", text=text),
        _("Write day, month and the full year: 03.04.2020."),
    )


def _day_parts(text: str) -> tuple[int, int, int] | None:
    if match := GERMAN_DAY.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := ISO_DAY.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if (match := NAMED_DAY.fullmatch(text)) and (month := _months().get(match[2].casefold())):
        return int(match[3]), month, int(match[1])
    return None


@cache
def _months() -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for names in (MONTHS[language], SHORT_MONTHS[language])
        for number, name in enumerate(names, start=1)
    }


TRUE = frozenset({"ja", "yes", "x", "wahr", "true", "1", "j", "y", "✓", "✔", "☑", "√"})
FALSE = frozenset({"nein", "no", "-", "–", "—", "falsch", "false", "0", "n", "☐"})


def read_flag(value: object) -> bool | None:
    """Read yes or no: ja, nein, x, or a ticked cell."""
    if value is None or isinstance(value, bool):
        return value
    text = _as_text(value).strip().casefold()
    if not text:
        return None
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise BadValue("DATA-FLAG", _("“{text}” is neither yes nor no.", text=_as_text(value)), _("Write ja or nein."))


def read_text(value: object) -> str | None:
    """Read a text; a number in a text cell (a postcode, a file number) is kept digit by digit."""
    if value is None:
        return None
    return _as_text(value).strip() or None


def _as_text(value: object) -> str:
    """Return a typed value as German text: ja, 03.04.2020, 12:00; numbers digit by digit."""
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")
    match value:
        case bool():
            return "ja" if value else "nein"
        case Decimal() if value.is_finite() and abs(value.adjusted()) <= LONGEST:
            return f"{value.to_integral() if value == value.to_integral() else value.normalize():f}"
        case datetime():
            return _day_text(value) + (f" {time_text(value.time())}" if value.time() != time() else "")
        case date():
            return _day_text(value)
        case time():
            return time_text(value)
    return str(value)


def _day_text(day: date) -> str:
    return f"{day:%d.%m.}{day.year:04}"


def time_text(moment: time) -> str:
    """Return a time of day as a cell shows it: 12:00; seconds only where there are any."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


AMOUNT = re.compile(r"([+-]?[\d.,\s\u00a0\u2009\u202f]*\d)\s*(\D.*)?", re.DOTALL)


def read_amount(value: object) -> Amount | None:
    """Read a number with its unit: “1.200 MWh”. Years are left aside: whether it recurs is a field of its own."""
    if value is None or isinstance(value, Amount):
        return value
    text = _as_text(value).strip()
    if not text:
        return None
    match = AMOUNT.fullmatch(text)
    number = read_number(match[1]) if match else None
    if number is None:
        raise BadValue(
            "DATA-NUMBER",
            _("“{text}” is not an amount.", text=text),
            _("Write a number and its unit: 1.200 MWh."),
        )
    unit = unit_named(match[2] or "") if match else None
    if unit is None:
        raise BadValue(
            "DATA-UNIT",
            _("“{text}” has no known unit.", text=text),
            _("Write one of: kWh, MWh, GWh, t, kg, m³, l."),
        )
    return Amount(number, unit.symbol)
