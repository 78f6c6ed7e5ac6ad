"""Number formats: what a cell shows of its number, where that is more than the number or euro.

A person who typed 27,6 into a cell formatted as ``0.0" MWh"`` sees megawatt-hours, and means them. So such a number is
read as the German text that the cell shows („27,6 MWh“), with all its digits: rounding changes how a number looks, not
what it says. Readers of text then judge it like any other. The codes are those of the files (ECMA-376, 18.8.31), which
are English whatever the program's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from oekoreport.sheets.tables.book import Cell, Disguised, ShownText

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<digits>[0#?]+)|(?P<point>\.)|(?P<comma>,)|(?P<exponent>E[+-])|(?P<percent>%)"
    r"|(?P<date>[ymdhs]+|AM/PM|A/P)|(?P<text>@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
LITERALS = ("quoted", "escaped", "currency", "percent", "other")
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
EURO = re.compile(r"€|EUR(?:O\b)?", re.IGNORECASE)
GENERAL = "General"
PLACEHOLDERS = "0#?"
NUMBER_OF_DAY = re.compile(r"(?<!d)d{1,2}(?!d)")
MINUS = str.maketrans("", "", "-\u2212()")
"""What shows in the section of negative numbers that they are; brackets are an accountant's minus."""

POSITIVE, NEGATIVE, ZERO = range(3)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the sections of a format; the second is for negative numbers, the third for zero.

    Attributes:
        before: the text before the digits, or all of it where there are none.
        pattern: the digits, and what stands between them; ``General`` for as many as there are.
        after: the text behind the digits.
        scale: the power of ten that the number is shown with: 2 for per cent, -3 for thousands.
        condition: for which numbers it is (``>=1000``), where it says so.
        colored: whether it has a colour, which many formats tell negative numbers by.
    """

    before: str
    pattern: str
    after: str
    scale: int = 0
    condition: str = ""
    colored: bool = False

    @property
    def has_words(self) -> bool:
        """Whether it shows a text besides the number, other than euro."""
        return has_words(self.before + self.after)

    @property
    def is_bare(self) -> bool:
        """Whether it shows digits and nothing else but euro."""
        return bool(self.pattern) and not (self.has_words or self.scale or self.is_mask)

    @property
    def is_mask(self) -> bool:
        """Whether other signs stand between the digits, as in a file number: ``0000-000``."""
        return self.pattern != GENERAL and bool(self.pattern.strip(f"{PLACEHOLDERS},."))

    @property
    def is_dash(self) -> bool:
        """Whether it shows a dash or nothing, as is usual for zero."""
        text = EURO.sub("", self.before + self.after)
        return not self.pattern.strip("?") and not text.strip(" \u00a0\u202f-\u2212\u2013")

    @property
    def zeros(self) -> int:
        """How many digits it shows at least before the decimal mark."""
        return self.pattern.partition(".")[0].count("0")

    @property
    def shows_minus(self) -> bool:
        """Whether it tells in some way that a number is negative."""
        return self.colored or any(sign in self.before + self.after for sign in "-\u2212(")

    def without_minus(self) -> Section:
        """Return the section without the signs of a minus."""
        return replace(self, before=without_minus(self.before), after=without_minus(self.after))

    def holds(self, number: Decimal) -> bool:
        """Tell whether its condition is true of a number."""
        match = CONDITION.match(self.condition)
        if match is None:
            return True
        limit = Decimal(match[2])
        return (match[1] != "<>" and "=" in match[1] and number == limit) or (
            ("<" in match[1] and number < limit) or (">" in match[1] and number > limit)
        )

    def show(self, number: Decimal) -> Cell:
        """Return a number as the section shows it."""
        if not self.pattern:
            text = self.before.strip()
            return ShownText(text) if text else Disguised(number, "")
        if self.is_bare and len(f"{abs(number):.0f}") >= self.zeros:
            return number
        value = number.scaleb(self.scale)
        if self.is_mask and value != value.to_integral():
            return Disguised(number, "")
        digits = _masked(value, self.pattern) if self.is_mask else german(value, self.pattern)
        text = f"{self.before}{digits}{self.after}".strip()
        if self.scale < 0 and not self.has_words:
            return Disguised(number, text) if number else number
        return ShownText(text)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format of which at least one section shows more than the number, or less."""

    sections: tuple[Section, ...]

    def show(self, number: Decimal) -> Cell:
        """Return a number as the cell shows it: itself, a text with all its digits, or what disguises it."""
        conditional = any(section.condition for section in self.sections)
        index = self._conditional(number) if conditional else self._signed(number)
        section = self.sections[index]
        if not number and section.is_dash:
            return number
        if index == NEGATIVE and not conditional and section.pattern and not section.shows_minus:
            return Disguised(number, german(abs(number), section.pattern))
        return (section.without_minus() if number < 0 else section).show(number)

    def _signed(self, number: Decimal) -> int:
        index = NEGATIVE if number < 0 else POSITIVE if number else ZERO
        return index if index < len(self.sections) else POSITIVE

    def _conditional(self, number: Decimal) -> int:
        last = len(self.sections) - 1
        return next((index for index, section in enumerate(self.sections) if section.holds(number)), last)

    @property
    def is_plain(self) -> bool:
        """Whether all that it ever shows is the number."""
        return all(self.show(number) is number for number in SAMPLES)


SAMPLES = tuple(map(Decimal, ("0", "1", "-1", "0.5", "-0.5", "123456.789", "-123456.789", "1e11", "-1e11")))


def german(number: Decimal, pattern: str = "") -> str:
    """Return a number in German with all its digits, and with the zeros and groups that a pattern asks for."""
    whole, _point, decimals = pattern.partition(".")
    left, _point, right = f"{abs(number):f}".partition(".")
    left = left.zfill(whole.count("0"))
    right = right.rstrip("0").ljust(decimals.count("0"), "0")
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", left)
    sign = "-" if number < 0 else ""
    return f"{sign}{left},{right}" if right else f"{sign}{left}"


def without_minus(text: str) -> str:
    """Return the text beside a number without the signs of a minus."""
    return text.translate(MINUS)


def has_words(text: str) -> bool:
    """Tell whether the text beside a number says more than its sign and euro."""
    return bool(EURO.sub("", text).strip(" \u00a0\u202f+"))


def _masked(number: Decimal, pattern: str) -> str:
    """Return a whole number with its digits in the places of a pattern; what is over goes before the first."""
    digits = list(f"{abs(number):.0f}")
    shown = ""
    for sign in reversed(pattern):
        if sign not in PLACEHOLDERS:
            shown = sign + shown if digits or "0" in pattern else shown
        elif digits or sign == "0":
            shown = (digits.pop() if digits else "0") + shown
    return ("-" if number < 0 else "") + "".join(digits) + shown


@lru_cache(maxsize=1000)
def number_format(code: str) -> NumberFormat | None:
    """Return the format of a code; None where all that it shows is the number, euro, a day or a time."""
    sections = list(_sections(code))
    if not code or None in sections:
        return None
    made = NumberFormat(tuple(section for section in sections[: ZERO + 1] if section is not None))
    return None if not made.sections or made.is_plain else made


def _sections(code: str) -> Iterator[Section | None]:
    """Yield the sections of a code, but for that of texts; None for one that shows a day or a time."""
    tokens: list[re.Match[str]] = []
    for match in TOKEN.finditer(f"{code.removesuffix(';')};"):
        if match.lastgroup != "end":
            tokens.append(match)
            continue
        if not any(token.lastgroup == "text" for token in tokens):
            yield _section(tokens)
        tokens = []


@lru_cache(maxsize=1000)
def shows_part_of_a_day(code: str) -> bool:
    """Tell whether a code shows of a day its year, month or weekday alone, or leaves the year away."""
    shown = " ".join(match["date"] or "" for match in TOKEN.finditer(code.partition(";")[0])).casefold()
    letters = set(shown) - {" "}
    whole = letters == {*"ymd"} and NUMBER_OF_DAY.search(shown) is not None
    return bool(letters) and letters <= {*"ymd"} and not whole


def _section(tokens: Sequence[re.Match[str]]) -> Section | None:
    kinds = [token.lastgroup or "" for token in tokens]
    brackets = [token["bracket"] for token in tokens if token["bracket"] is not None]
    if "date" in kinds or any(map(ELAPSED.fullmatch, brackets)):
        return None
    first = next((index for index, kind in enumerate(kinds) if kind in ("general", "digits", "point")), len(kinds))
    last = next((index for index in reversed(range(first, len(kinds))) if kinds[index] in ("general", "digits")), first)
    while last < len(kinds) and kinds[last] in ("general", "digits", "comma", "point"):
        last += 1
    pattern, thousands = _pattern(tokens[first:last])
    conditions = [text for text in brackets if CONDITION.match(text)]
    return Section(
        "".join(map(_literal, tokens[:first])),
        pattern,
        "".join(map(_literal, tokens[last:])),
        2 * kinds.count("percent") - 3 * thousands,
        "".join(conditions[:1]),
        len(conditions) < len(brackets),
    )


def _pattern(tokens: Sequence[re.Match[str]]) -> tuple[str, int]:
    """Return what places digits, and how many thousands are left away, as commas behind the digits say."""
    kinds = {token.lastgroup for token in tokens}
    text = "".join(_literal(token) or token[0] for token in tokens if token.lastgroup).replace("\u00a0", " ")
    if "general" in kinds or "exponent" in kinds or "/" in text:  # fractions too show the number
        return GENERAL, 0
    whole, point, decimals = text.replace(" ", "").partition(".")
    bare = (whole.rstrip(","), decimals.rstrip(","))
    return point.join(bare) if point else bare[0], len(whole + decimals) - sum(map(len, bare))


def _literal(token: re.Match[str]) -> str:
    kind = token.lastgroup or ""
    if kind not in LITERALS:
        return ""
    return token[kind]
