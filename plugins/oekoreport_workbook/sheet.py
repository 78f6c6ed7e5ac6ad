"""One sheet: cells that are written safely and as wide as what they hold, and its print set-up.

The library beneath tells of what it cut or dropped by a return value alone; here that is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oekoreport import UNKNOWN, Figure, Locale, Message, OekoreportError, catalogue, column_letters
from oekoreport.kit.characters import marked
from oekoreport_workbook.styles import LOOKS, day_format, figure_format, number_format
from oekoreport_workbook.texts import held, is_plain

if TYPE_CHECKING:
    from oekoreport_workbook.book import Book

_ = catalogue("oekoreport_workbook")

A3, A4 = 8, 9
MOST_ROWS = 1_048_576
EXACT_DIGITS = 15
NARROWEST, WIDEST = 5, 30
"""Widths of columns in characters; a wider text breaks into lines unless its column allows more."""

PADDING = 2
GAP = 3
A_LOT = 190
"""A sheet of more characters than this is printed on A3: on A4 nobody could read it."""

LETTERS, BOLD_LETTERS = 95, 88
"""How many letters, and bold ones, stand where 100 digits do: a column's width is counted in digits."""

WRAPPING = {name: BOLD_LETTERS if "bold" in look else LETTERS for name, look in LOOKS.items() if "text_wrap" in look}
"""The looks whose texts break into lines, each with how many of its letters stand where 100 digits do."""

POINTS_A_LINE = 13
HIGHEST = 409
"""The most points that a row can be high."""

RUNNING_TITLE = 80
"""What a page's foot shows of a title; the sheet itself shows all of it."""

FIRST_DAY = date(1900, 3, 1)
"""Days before it are no days to a spreadsheet (and it believes in a 29 February 1900): they are written as text."""

BLANK = ""
"""A cell that has nothing to say, unlike one whose value is unknown."""


class CellRefusedError(OekoreportError):
    """A cell that a spreadsheet cannot hold."""

    def __init__(self, sheet: str, cell: str, reason: Message) -> None:
        super().__init__(
            _("Sheet “{sheet}”, cell {cell}: {reason}", sheet=sheet, cell=cell, reason=reason),
            hint=_("Shorten or divide what the sources hold there."),
        )


class TooManyRowsError(OekoreportError):
    """A list that is longer than a sheet."""

    def __init__(self, sheet: str, count: int) -> None:
        super().__init__(
            _(
                "Sheet “{sheet}”: {count} entries do not fit; a sheet has {most} rows.",
                sheet=sheet,
                count=count,
                most=MOST_ROWS,
            ),
            hint=_("Divide the round into several projects, or build the other documents alone: -e NAME."),
        )


OUTSIDE = -1
"""What the library answers where it dropped a cell."""


class Sheet:
    """A sheet with a cursor: ``row`` is the next free row, counted from 0."""

    def __init__(self, book: Book, worksheet: Any, name: str) -> None:
        self.book = book
        self.name = name
        self.row = 0
        self.columns = 1
        self._worksheet = worksheet
        self._widths: dict[int, int] = {}
        self._ranges: dict[tuple[int, str], tuple[Decimal, Decimal]] = {}
        self._caps: dict[int, int] = {}
        self._heights: dict[int, float] = {}
        self._room: dict[int, int] = {}
        self._wrapped: dict[int, list[tuple[range, str, int]]] = {}
        self._banner_rows: list[int] = []
        self._section_rows: list[int] = []

    @property
    def locale(self) -> Locale:
        """The language of the workbook."""
        return self.book.locale

    # --- cells --------------------------------------------------------------------------------------------------------

    def put(  # noqa: PLR0913 - a cell's place, value and look
        self, row: int, column: int, value: object, look: str = "text", number: str = "", *, wide: bool = True
    ) -> None:
        """Write a value: numbers and days as such, all else as text, None as the mark for unknown.

        ``wide`` False keeps the column from growing for a text that runs over its neighbours.
        """
        match value:
            case None:
                self._unknown(row, column, look, wide=wide)
            case Figure():
                self._figure(row, column, value, look, number)
            case Decimal() | int() if not isinstance(value, bool):
                self._number(row, column, Decimal(value), look, number)
            case date() if value >= FIRST_DAY:
                style = self.book.style(look, day_format(self.locale.language))
                self._check(row, column, self._worksheet.write_datetime(row, column, value, style))
                self._widen(column, len("00.00.0000"))
            case str() if value == BLANK:
                self._check(row, column, self._worksheet.write_blank(row, column, None, self.book.style(look)))
            case str() if value == UNKNOWN:
                self._unknown(row, column, look, wide=wide)
            case _:
                self._text(row, column, self.locale.show(value), look, wide=wide)

    def _unknown(self, row: int, column: int, look: str, *, wide: bool) -> None:
        self._text(row, column, self.locale.show(UNKNOWN), look, unknown=True, wide=wide)

    def _figure(self, row: int, column: int, figure: Figure, look: str, number: str) -> None:
        if figure.day is not None:
            self.put(row, column, figure.day, look)
        elif figure.value is None or figure.rounded is None or not exact(figure.rounded):
            self.put(row, column, figure.rounded, look)
        else:
            style = self.book.style(look, number or figure_format(self.locale.language, figure))
            self._check(row, column, self._worksheet.write_number(row, column, figure.value, style))
            self._widen_for_figure(column, figure)

    def _number(self, row: int, column: int, value: Decimal, look: str, number: str) -> None:
        if not exact(value):
            self._text(row, column, self.locale.number(value), look)
            return
        places = 0 if number else max(0, -int(value.normalize().as_tuple().exponent))
        style = self.book.style(look, number or number_format(self.locale.language, places=places))
        self._check(row, column, self._worksheet.write_number(row, column, value, style))
        if self._exceeds(column, "", value):
            self._widen(column, len(self.locale.number(value, 2)) + 2)

    def _text(  # noqa: PLR0913 - as put
        self, row: int, column: int, text: str, look: str, *, unknown: bool = False, wide: bool = True
    ) -> None:
        if not is_plain(text):
            text, notes = held(text)
            for note in notes:
                self.book.note(self.name, f"{column_letters(column)}{row + 1}", note)
        style = self.book.style(look, unknown=unknown)
        self._check(row, column, self._worksheet.write_string(row, column, text, style))
        width = self._widths.get(column, 0)
        if wide and width < len(text) and width < (most := self._caps.get(column, WIDEST)):
            self._widen(column, min(max(map(len, text.splitlines()), default=0), most))
        if look in WRAPPING and not self._fits(column, text, WRAPPING[look]):
            self._wrapped.setdefault(row, []).append((range(column, column + 1), text, WRAPPING[look]))

    def _fits(self, column: int, text: str, share: int) -> bool:
        """Tell whether a text takes one line in its column, however wide that may still become."""
        return len(text) <= (self._widths.get(column, 0) + PADDING) * share // 100 and "\n" not in text

    def across(self, row: int, columns: range, value: object, look: str) -> None:
        """Write a value into columns merged to one cell, which grows in height and widens none of them."""
        style = self.book.style(look)
        self._check(row, columns[0], self._worksheet.merge_range(row, columns[0], row, columns[-1], "", style))
        self.put(row, columns[0], value, look, wide=False)
        self._wrapped[row] = [(columns, self.locale.show(UNKNOWN if value is None else value), WRAPPING[look])]

    def formula(  # noqa: PLR0913 - as put
        self, row: int, column: int, formula: str, figure: Figure, look: str = "number", number: str = ""
    ) -> None:
        """Write a live formula that restates a known figure, with the figure's value for readers who do not compute.

        The mark for unknown stands where the figure is unknown: a formula would sum what is left.
        """
        if figure.value is None or figure.rounded is None or not exact(figure.rounded):
            self.put(row, column, figure, look)
            return
        style = self.book.style(look, number or figure_format(self.locale.language, figure))
        value = f"{float(figure.value):.16G}"
        self._check(row, column, self._worksheet.write_formula(row, column, formula, style, float(value)))
        self._widen_for_figure(column, figure)

    def _check(self, row: int, column: int, answer: int) -> None:
        """Refuse to go on where the library says that it cut or dropped something.

        Raises:
            CellRefusedError: it did.
        """
        if not answer:
            return
        reason = _("the library refused it ({answer}).", answer=answer)
        if answer == OUTSIDE:
            reason = _("the sheet has no such row or column.")
        raise CellRefusedError(self.name, f"{column_letters(column)}{row + 1}", reason)

    def _settle(self, row: int, answer: int) -> None:
        """Refuse to go on where the library left out a table, a chart or a condition.

        Raises:
            CellRefusedError: it did.
        """
        if answer:
            raise CellRefusedError(self.name, str(row + 1), _("the library refused it ({answer}).", answer=answer))

    def _widen_for_figure(self, column: int, figure: Figure) -> None:
        if figure.value is not None and self._exceeds(
            column, figure_format(self.locale.language, figure), figure.value
        ):
            self._widen(column, len(figure.localize(self.locale)))

    def _exceeds(self, column: int, number: str, value: Decimal) -> bool:
        """Tell whether a number lies beyond those of its format in a column: one between them is no wider than they."""
        low, high = self._ranges.get((column, number), (value, value))
        if low <= value <= high and (column, number) in self._ranges:
            return False
        self._ranges[column, number] = min(low, value), max(high, value)
        return True

    def _widen(self, column: int, characters: int) -> None:
        self._widths[column] = max(self._widths.get(column, 0), characters)
        self.columns = max(self.columns, column + 1)

    def widen(self, column: int, characters: int) -> None:
        """Make a column at least so many characters wide."""
        self._widen(column, characters)

    def cap(self, column: int, characters: int) -> None:
        """Let texts widen a column up to so many characters."""
        self._caps[column] = max(self._caps.get(column, 0), characters)

    def heighten(self, row: int, lines: int) -> None:
        """Give a row room for so many lines beside those of its texts."""
        self._room[row] = lines

    def demand_room(self, rows: int) -> None:
        """Demand that so many entries fit below the cursor, with head and total: writing them all takes long.

        Raises:
            TooManyRowsError: they do not.
        """
        if self.row + rows + 2 > MOST_ROWS:
            raise TooManyRowsError(self.name, rows)

    # --- parts of a sheet ---------------------------------------------------------------------------------------------

    def open(self, title: Message, note: Message | None) -> None:
        """Write title, project, reference date and banner."""
        report = self.book.report
        self._worksheet.hide_gridlines(2)
        self._worksheet.set_landscape()
        self._worksheet.fit_to_pages(1, 0)
        self.height(0, 28)
        self.put(0, 0, title, "title", wide=False)
        day = _("reference date {day}", day=report.date) if report.date else _("no reference date")
        subtitle = Message("{project} · {day}", project=report.project.title or UNKNOWN, day=day)
        self.put(1, 0, subtitle, "subtitle", wide=False)
        self.row = 2
        if banner := self.book.banner():
            self.height(2, 20)
            self.put(2, 0, banner, "banner", wide=False)
            self._banner_rows.append(2)
            self.row = 3
        if note:
            self.put(self.row, 0, note, "subtitle", wide=False)
            self.row += 1
        self.row += 1

    def section(self, title: Message) -> None:
        """Write the heading of a part, with a rule over the sheet's width."""
        self.put(self.row, 0, title, "section", wide=False)
        self._section_rows.append(self.row)
        self.row += 1

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = points

    def add_table(
        self, first: int, last: int, columns: Sequence[Mapping[str, object]], options: Mapping[str, object]
    ) -> None:
        """Make a range an Excel table, with filters and a name."""
        answer = self._worksheet.add_table(first, 0, last, len(columns) - 1, {**options, "columns": columns})
        self._settle(first, answer)

    def place_chart(self, row: int, column: int, chart: Any, options: dict[str, object]) -> None:
        """Place a chart with its upper left corner in a cell."""
        self._settle(row, self._worksheet.insert_chart(row, column, chart, options))

    def condition(self, first: int, last: int, columns: tuple[int, int], options: dict[str, object]) -> None:
        """Lay a conditional format over a range."""
        start, end = columns
        self._settle(first, self._worksheet.conditional_format(first, start, last, end, options))

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns left of a cell in sight."""
        self._worksheet.freeze_panes(row, column)

    def repeat(self, first: int, last: int) -> None:
        """Print these rows at the head of every page."""
        self._worksheet.repeat_rows(first, last)

    # --- at the end ---------------------------------------------------------------------------------------------------

    def portrait(self) -> None:
        """Print on upright paper, all on one page."""
        self._worksheet.set_portrait()
        self._worksheet.fit_to_pages(1, 1)

    def finish(self) -> None:
        """Set widths, heights and what all pages have in common."""
        widths = {column: self._width(column) for column in range(self.columns)}
        for column, width in widths.items():
            self._worksheet.set_column(column, column, width)
        self._set_heights(widths)
        for rows, look in ((self._banner_rows, "banner_rest"), (self._section_rows, "section_rest")):
            for row in rows:
                for column in range(1, self.columns):
                    self._check(row, column, self._worksheet.write_blank(row, column, None, self.book.style(look)))
        self._worksheet.set_paper(A3 if sum(widths.values()) > A_LOT else A4)
        self._worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self._worksheet.set_footer(self._footer())
        # Keys such as "1" are names and no numbers; Excel would flag each of them.
        self._worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})

    def _width(self, column: int) -> int:
        return max(self._widths[column] + PADDING, NARROWEST) if column in self._widths else GAP

    def pixels(self, columns: range) -> int:
        """Return how wide columns are by what they hold so far."""
        return sum(self._width(column) * 7 + 5 for column in columns)

    def _set_heights(self, widths: dict[int, int]) -> None:
        """Set the height of every row whose texts break: not every program does that by itself when it opens a file."""
        for row in self._wrapped.keys() | self._room.keys():
            lines = self._room.get(row, 0) + max(
                (
                    _lines(text, sum(widths.get(column, NARROWEST) for column in columns) * share // 100)
                    for columns, text, share in self._wrapped.get(row, ())
                ),
                default=1,
            )
            if lines > 1 and row not in self._heights:
                self._heights[row] = min(POINTS_A_LINE * lines + 3, HIGHEST)
        for row, points in self._heights.items():
            self._worksheet.set_row(row, points)

    def _footer(self) -> str:
        title = running_text(self.book.report.project.title or "")
        banner = self.book.banner()
        page = _("Page {page} of {pages}", page="&P", pages="&N")
        return f"&L&9 {title}&C&9 {banner}&R&9 {self.name} · {self.locale.show(page)}"


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in so many characters."""
    return sum(_broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: int) -> int:
    """Return the lines of a paragraph: it breaks at spaces, after hyphens of words, and long words anywhere."""
    lines, start = 1, 0
    while len(line) - start > width:
        space = line.rfind(" ", start + 1, start + width + 1)
        hyphen = line.rfind("-", start + 1, start + width)
        if not (line[hyphen - 1].isalpha() and line[hyphen + 1].isalpha()):  # a number or a day stays whole
            hyphen = -1
        end = max(space, hyphen) + 1
        start = end or start + width
        lines += 1
    return lines


def exact(value: Decimal) -> bool:
    """Tell whether a spreadsheet's number keeps all digits of a value."""
    return len(value.normalize().as_tuple().digits) <= EXACT_DIGITS


def running_text(text: str) -> str:
    """Return a text for a page's foot: shortened, its ampersands kept from being codes.

    The library takes any "&G" for a picture, a doubled ampersand before a G too; a word joiner parts the two.
    """
    text = marked(text)
    if len(text) > RUNNING_TITLE:
        text = f"{text[: RUNNING_TITLE - 1]}…"
    return " ".join(text.split()).replace("&", "&&").replace("&G", "&\u2060G").replace("&[", "&\u2060[")
