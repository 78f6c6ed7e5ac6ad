"""One sheet: cells that are written safely, columns and rows as large as what they hold, and its print set-up.

XlsxWriter tells of what it cut or dropped by a return value alone; here that is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from oekoreport.errors import OekoreportError
from oekoreport.figures import UNKNOWN, WITHHELD, Figure
from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place, column_letters
from oekoreport.sheets.writer.heights import Heights
from oekoreport.sheets.writer.looks import Formats
from oekoreport.sheets.writer.numbers import FIRST_DAY, exact, figure_format, number_format
from oekoreport.sheets.writer.texts import LONGEST, held, is_plain, too_long
from oekoreport.sheets.writer.widths import Widths

_ = catalogue("oekoreport")

BLANK = ""
"""A cell that has nothing to say, unlike one whose value is unknown."""

MOST_ROWS = 1_048_576
"""The rows of a sheet."""

A4 = 9
A3 = 8
"""A size of paper, by XlsxWriter's numbers."""

PAGE_WIDTH = 190
"""So many characters side by side are still legible on a landscape A4 page."""

NOTE_LINE = 44
"""The number of characters in a line of a note."""


class Live(NamedTuple):
    """A formula that restates a figure; ``{row}`` in it is the number of its own row.

    The figure's value is written beside it for readers who do not compute. Where the figure is unknown, the mark stands
    alone: a formula would sum what is left.
    """

    formula: str
    figure: Figure


class CellRefused(OekoreportError):
    """A value that a spreadsheet cannot hold: it would be cut or dropped without a word."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The value does not fit into a spreadsheet cell."),
            place=place,
            hint=_("A cell can hold {limit} characters, a sheet 1,048,576 rows. Shorten the text.", limit=LONGEST),
        )


class Worksheet:
    """A sheet of a workbook. Rows and columns count from 0; ``row`` is the next free row for whoever writes from above.

    Args:
        native: the sheet of XlsxWriter.
        place: file and sheet, for errors.
        formats: those of the workbook.
        whole: refuse a text that is longer than a cell; otherwise it is cut, with a note.
    """

    def __init__(self, native: Any, place: Place, formats: Formats, *, whole: bool) -> None:
        self.name = place.sheet
        self.locale: Locale = formats.locale
        self.row = 0
        self.widths = Widths()
        self.heights = Heights(formats.looks)
        self.notes: dict[Message, Message] = {}
        self._native = native
        self._place = place
        self._formats = formats
        self._whole = whole
        self._stretched: dict[int, str] = {}
        self._largest = A4

    # --- cells --------------------------------------------------------------------------------------------------------

    def put(  # noqa: PLR0913 - a cell's place, value and look
        self, row: int, column: int, value: object, look: str = "text", number: str = "", *, wide: bool = True
    ) -> None:
        """Write a value: numbers and days as such, all else as text, None as the mark for unknown.

        ``number`` is the number format, if not the look's. ``wide`` False keeps the column from growing for a text that
        runs over its neighbours.

        Raises:
            CellRefused: the cell cannot hold it.
        """
        match value:
            case str() if type(value) is str and value != BLANK:  # most cells, so it is asked first
                self._text(row, column, value, look, wide=wide)
            case None | Message() if value in (None, UNKNOWN):
                self._text(row, column, self.locale.show(UNKNOWN), look, unknown=True, wide=wide)
            case Figure():
                self._figure(row, column, value, look, number)
            case Decimal() | int() if not isinstance(value, bool):
                self._number(row, column, Decimal(value), look, number)
            case date() if value >= FIRST_DAY:
                day = self._formats.of(look, self._formats.looks.day)
                self._demand(row, column, self._native.write_datetime(row, column, value, day))
                if wide:
                    self.widths.widen(column, len("00.00.0000"))
            case str() if value == BLANK:
                self._demand(row, column, self._native.write_blank(row, column, None, self._formats.of(look)))
            case Live():
                self._figure(row, column, value.figure, look, number, value.formula.replace("{row}", str(row + 1)))
            case float():
                self._demand(row, column, self._native.write_number(row, column, value, self._formats.of(look, number)))
            case _:
                self._text(row, column, self.locale.show(value), look, wide=wide)

    def across(self, row: int, columns: range, value: object, look: str) -> None:
        """Write a value into columns merged to one cell, which grows in height and widens none of them."""
        if len(columns) > 1:
            style = self._formats.of(look)
            self._demand(row, columns[0], self._native.merge_range(row, columns[0], row, columns[-1], "", style))
        self.put(row, columns[0], value, look, wide=False)
        if look in self._formats.wrapping:
            self.heights.take_across(row, columns, self.locale.show(UNKNOWN if value is None else value), look)

    def stretch(self, row: int, look: str) -> None:
        """Give the cells of a row behind the first a look, as far as the sheet goes in the end."""
        self._stretched[row] = look

    def _figure(  # noqa: PLR0913 - as put
        self, row: int, column: int, figure: Figure, look: str, number: str, formula: str = ""
    ) -> None:
        if figure.day is not None:
            self.put(row, column, figure.day, look)
            return
        if figure.value is None or figure.rounded is None or not exact(figure.rounded):
            self.put(row, column, WITHHELD if figure.withheld else figure.rounded, look)
            return
        shown = figure_format(self.locale.language, figure)
        style = self._formats.of(look, number or shown)
        if formula:
            value = float(f"{float(figure.value):.16G}")
            self._demand(row, column, self._native.write_formula(row, column, formula, style, value))
        else:
            self._demand(row, column, self._native.write_number(row, column, figure.value, style))
        if self.widths.exceeds(column, shown, figure.value):
            self.widths.widen(column, len(figure.localize(self.locale)))

    def _number(self, row: int, column: int, value: Decimal, look: str, number: str) -> None:
        if not exact(value):
            self._text(row, column, self.locale.number(value), look)
            return
        number = number or self._formats.numbers.get(look, "")
        places = 0 if number else max(0, -int(value.normalize().as_tuple().exponent))
        style = self._formats.of(look, number or number_format(self.locale.language, places=places))
        self._demand(row, column, self._native.write_number(row, column, value, style))
        if self.widths.exceeds(column, "", value):
            self.widths.widen(column, len(self.locale.number(value, 2)) + 2)

    def _text(  # noqa: PLR0913 - as put
        self, row: int, column: int, text: str, look: str, *, unknown: bool = False, wide: bool = True
    ) -> None:
        if not is_plain(text):
            text = self._held(row, column, text)
        style = self._formats.of(look, unknown=unknown)
        self._demand(row, column, self._native.write_string(row, column, text, style))
        if wide:
            self.widths.take(column, text)
        if (letters := self._formats.wrapping.get(look)) and not self._fits(column, text, letters):
            self.heights.take(row, range(column, column + 1), text, look)

    def _held(self, row: int, column: int, text: str) -> str:
        """Return the part of a text that fits a cell; its note is kept once per sheet, however often it occurs."""
        if self._whole and too_long(text):
            raise self._refused(row, column)
        text, notes = held(text)
        for note in notes:
            place = {"sheet": self.name, "cell": f"{column_letters(column)}{row + 1}", "note": note}
            self.notes.setdefault(note, _("Sheet “{sheet}”, cell {cell}: {note}.", **place))
        return text

    def _fits(self, column: int, text: str, letters: int) -> bool:
        """Tell whether a text takes one line in its column, however wide that may still become."""
        room = int(self.widths[column] * letters) // 100 - self._formats.looks.inset
        return len(text) <= room and "\n" not in text

    def _demand(self, row: int, column: int, answer: int | None) -> None:
        """Refuse to go on where XlsxWriter says that it cut or dropped something.

        Raises:
            CellRefused: it did.
        """
        if answer:
            raise self._refused(row, column)

    def _refused(self, row: int, column: int) -> CellRefused:
        return CellRefused(self._place._replace(column=column_letters(column), row=row + 1))

    # --- over cells ---------------------------------------------------------------------------------------------------

    def note(self, row: int, column: int, text: str) -> None:
        """Attach a note that shows when the mouse rests on the cell."""
        lines = sum(1 + len(line) // NOTE_LINE for line in text.splitlines())
        options = {"author": "oekoreport", "width": 300, "height": 18 + 17 * lines, "font_size": 9, "color": "#FFFDF2"}
        self._demand(row, column, self._native.write_comment(row, column, text, options))

    def allow(  # noqa: PLR0913 - a drop-down is these parts
        self, rows: tuple[int, int], column: int, source: str, *, strict: bool, title: str, text: str
    ) -> None:
        """Offer a list in a range of rows; strict refuses what is not in it, otherwise Excel asks."""
        options = {
            "validate": "list",
            "source": source,
            "error_type": "stop" if strict else "warning",
            "error_title": title[:32],
            "error_message": text[:255],
        }
        self._demand(rows[0], column, self._native.data_validation(rows[0], column, rows[1], column, options))

    def table(self, rows: tuple[int, int], name: str, columns: Sequence[Mapping[str, str]], *, total: bool) -> None:
        """Make a range from column A on an Excel table with filters; ``total`` says that its last row holds totals.

        ``columns`` are those of XlsxWriter's tables, each with the name of a look as its ``header_format``.
        """
        parts = [{**column, "header_format": self._formats.of(column["header_format"])} for column in columns]
        options = {"name": name, "style": None, "total_row": total, "description": self.name, "columns": parts}
        self._demand(rows[0], 0, self._native.add_table(rows[0], 0, rows[1], len(columns) - 1, options))

    def place_chart(self, row: int, column: int, chart: Any, options: Mapping[str, object]) -> None:
        """Place a chart of ``Workbook.chart`` with its upper left corner in a cell."""
        self._demand(row, column, self._native.insert_chart(row, column, chart, dict(options)))

    def condition(
        self, rows: tuple[int, int], column: int, rule: Mapping[str, object], overlay: Mapping[str, object]
    ) -> None:
        """Lay a look over the cells of a range that a rule holds for (XlsxWriter's ``criteria`` and ``value``)."""
        options = {**rule, "format": self._formats.overlay(overlay)}
        self._demand(rows[0], column, self._native.conditional_format(rows[0], column, rows[1], column, options))

    def filter(self, row: int, last_row: int, last_column: int) -> None:
        """Offer filters in a row of heads."""
        self._demand(row, 0, self._native.autofilter(row, 0, last_row, last_column))

    # --- on screen and on paper ---------------------------------------------------------------------------------------

    def set_up(self, footer: str, *, side: float, top: float, bottom: float, largest: int = A4) -> None:
        """Print on landscape A4, as wide as a page, with margins in inches; no grid is shown.

        A sheet too wide to be legible on A4 is printed on the largest paper allowed.
        """
        self._largest = largest
        self._native.hide_gridlines(2)
        self._native.set_landscape()
        self._native.fit_to_pages(1, 0)
        self._native.set_margins(left=side, right=side, top=top, bottom=bottom)
        self._native.set_footer(footer)

    def portrait(self, pages: int = 0) -> None:
        """Print upright, on so many pages; as many as it takes if 0."""
        self._native.set_portrait()
        self._native.fit_to_pages(1, pages)

    def print_wide(self, last_row: int, last_column: int, pages: int) -> None:
        """Print up to a cell, so many pages wide, the first column on each."""
        self._native.print_area(0, 0, last_row, last_column)
        self._native.repeat_columns(0)
        self._native.fit_to_pages(pages, 0)

    def repeat(self, first: int, last: int) -> None:
        """Print these rows at the head of every page."""
        self._native.repeat_rows(first, last)

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns to the left of a cell in view."""
        self._native.freeze_panes(row, column)

    def colour(self, colour: str) -> None:
        """Give the sheet's tab a colour."""
        self._native.set_tab_color(colour)

    def accept_numbers_as_text(self) -> None:
        """Keep Excel from flagging keys such as "1": they are names and no numbers."""
        self._native.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})

    def hide(self) -> None:
        self._native.hide()

    def pixels(self, columns: range) -> int:
        """Return how wide columns are by what they hold so far."""
        return sum(int(self.widths[column]) * 7 + 5 for column in columns)

    def finish(self) -> None:
        """Set widths and heights by what the sheet holds now."""
        for column in self.widths.columns:
            self._native.set_column(column, column, self.widths[column])
        self._native.set_paper(self._largest if self.widths.of(self.widths.columns) > PAGE_WIDTH else A4)
        for row, points in self.heights.each(self.widths):
            self._native.set_row(row, points)
        for row, look in self._stretched.items():
            for column in self.widths.columns[1:]:
                self.put(row, column, BLANK, look)
