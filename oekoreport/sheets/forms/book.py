"""A workbook of forms while it is written: formats, cells that refuse nothing silently, drop-downs, print set-up.

The same contents give the same bytes: the date of creation is fixed, and XlsxWriter gives all parts of the archive one
constant date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from textwrap import wrap
from typing import Any

from oekoreport.errors import OekoreportError
from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place, column_letters
from oekoreport.sheets.forms.values import Written

_ = catalogue("oekoreport")

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, and spreadsheets know no time zones
GREEN, PALE, AMBER, GREY, LINE = "#1F5C45", "#E8F1EC", "#FFF3CF", "#595959", "#BFCFC7"
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
EDGE = {"border": 1, "border_color": LINE}
STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_color": GREEN, "valign": "vcenter"},
    "hint": {"font_color": GREY, "italic": True, "valign": "vcenter"},
    "body": {"text_wrap": True},
    "strong": {"bold": True, "text_wrap": True, "font_color": GREEN},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": GREEN, "text_wrap": True, "valign": "vcenter", **EDGE},
    "head_required": {
        "bold": True,
        "font_color": "#000000",
        "bg_color": "#F2B705",
        "text_wrap": True,
        "valign": "vcenter",
        **EDGE,
    },
    "group": {"bold": True, "font_color": GREEN, "bg_color": PALE, "align": "center", **EDGE},
    "label": {"bg_color": PALE, "text_wrap": True, **EDGE},
    "label_required": {"bg_color": AMBER, "bold": True, "text_wrap": True, **EDGE},
    "note": {"font_color": GREY, "text_wrap": True, "indent": 1, **EDGE},
    "tick": {"num_format": "@", "align": "center", **EDGE},
}
NUMBER_FORMATS = {
    "text": "@",
    "choice": "@",
    "date": "dd.mm.yyyy",
    "money": "#,##0.00",
    "percent": '0.00" %"',
    "integer": "0",
    "number": "General",
    "energy": "#,##0",
    "quantity": "#,##0.00",
}
"""What a column of values looks like, by its role."""

PAGE_WIDTH = 190
"""So many characters side by side are still legible on a landscape page."""

LONGEST_TEXT = 32_767

LINE_HEIGHT = 15
TALLEST = 300
"""Heights of rows, in points."""

LETTERS = 1.05
"""So many letters fit into a unit of width, also in bold and where another font stands in for Calibri."""


def _value_look(role: str) -> dict[str, object]:
    """Return the look of a cell by the role of its values; ``-entry`` is one of a form, where all stand to the left."""
    name, _dash, entry = role.partition("-")
    words = name in ("text", "choice")
    look: dict[str, object] = {**EDGE, "num_format": NUMBER_FORMATS[name], "text_wrap": name == "text"}
    if entry or words:
        look |= {"align": "left", "indent": 1}
    return look


Offered = Mapping[tuple[str, str], Mapping[str, Message | str]]
"""Choices of fields that the model leaves open: by kind and field, what may be written, and what each is called."""


class CellRefused(OekoreportError):
    """A value that a spreadsheet cannot hold: it would be cut or dropped without a word."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The value does not fit into a spreadsheet cell."),
            place=place,
            hint=_("A cell holds {limit} characters, a sheet 1,048,576 rows. Shorten the text.", limit=LONGEST_TEXT),
        )


class FormBook:
    """Writes sheets; ``close`` returns the workbook's bytes."""

    def __init__(
        self, locale: Locale, file: str, properties: dict[str, str], title: str, offered: Offered | None = None
    ) -> None:
        from xlsxwriter import Workbook

        self.locale = locale
        self.offered = offered or {}
        self.file = file
        self._buffer = BytesIO()
        self._book: Any = Workbook(self._buffer, {"in_memory": True, "strings_to_formulas": False})
        self._book.set_properties({"title": title, "created": CREATED, "author": "oekoreport", "comments": ""})
        for name, value in properties.items():
            self._book.set_custom_property(name, value)
        self._formats: dict[str, Any] = {}
        self._lists: list[tuple[str, ...]] = []
        self._formulas: dict[tuple[str, ...], str] = {}

    def sheet(self, name: str, *, colour: str = GREEN) -> FormSheet:
        """Add a sheet."""
        sheet = self._book.add_worksheet(name)
        sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&8&F – &A&R&8&P / &N")
        return FormSheet(self, sheet, name)

    def format(self, style: str) -> Any:
        """Return a format by the name of a style, or by a role of values."""
        if style not in self._formats:
            look = STYLES.get(style) or _value_look(style)
            self._formats[style] = self._book.add_format({**FONT, **look})
        return self._formats[style]

    def choices(self, texts: Sequence[str], titles: Sequence[str] = ()) -> str:
        """Return the formula of a list of choices; it is written to the sheet of lists when the book is closed.

        ``titles`` say what each choice is called; they stand beside it.
        """
        key = tuple(texts)
        if key not in self._formulas:
            column = column_letters(len(self._lists))
            name = self.locale.show(_("Lists"))
            self._formulas[key] = f"='{name}'!${column}$2:${column}${len(key) + 1}"
            self._lists.append(key)
            if titles:
                self._lists.append(tuple(titles))
        return self._formulas[key]

    def close(self) -> bytes:
        """Write the lists, finish the workbook and return its bytes."""
        if self._lists:
            lists = self.sheet(self.locale.show(_("Lists")), colour=GREY)
            lists.put(0, 0, self.locale.show(_("The choices of the drop-downs; do not change.")), "hint")
            for column, texts in enumerate(self._lists):
                for row, text in enumerate(texts, 1):
                    lists.put(row, column, text, "choice")
                lists.width(column, max((len(text) for text in texts), default=0) + 4)
            lists.hide()
        self._book.close()
        return self._buffer.getvalue()


class FormSheet:
    """One sheet of a workbook of forms. Rows and columns count from 0, as XlsxWriter counts."""

    def __init__(self, book: FormBook, sheet: Any, name: str) -> None:
        self.book = book
        self.name = name
        self._sheet = sheet

    def put(self, row: int, column: int, value: Written, style: str) -> None:
        """Write a value, text always as text.

        Raises:
            CellRefused: the cell cannot hold it.
        """
        look = self.book.format(style)
        match value:
            case None:
                code = self._sheet.write_blank(row, column, None, look)
            case str():
                # an empty string is written as a blank cell, and XlsxWriter's answer for it is 0 too
                code = self._sheet.write_string(row, column, value.replace("\r\n", "\n"), look)
            case Decimal():
                code = self._sheet.write_number(row, column, float(value), look)
            case _:
                code = self._sheet.write_datetime(row, column, value, self.book.format(_date_style(style)))
        if code:
            raise CellRefused(Place(self.book.file, self.name, column_letters(column), row + 1))

    def note(self, row: int, column: int, text: str) -> None:
        """Attach a note that shows when the mouse rests on the cell."""
        lines = sum(1 + len(line) // 44 for line in text.splitlines())
        options = {"author": "oekoreport", "width": 300, "height": 18 + 17 * lines, "font_size": 9, "color": "#FFFDF2"}
        self._sheet.write_comment(row, column, text, options)

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
        self._sheet.data_validation(rows[0], column, rows[1], column, options)

    def merge(self, row: int, first: int, last: int, text: str, style: str) -> None:
        """Write a text across columns."""
        if last > first:
            self._sheet.merge_range(row, first, row, last, text, self.book.format(style))
        else:
            self.put(row, first, text, style)

    def width(self, column: int, width: float, style: str | None = None) -> None:
        """Set the width of a column in characters, and the look of its cells that nothing is written in."""
        self._sheet.set_column(column, column, width, self.book.format(style) if style else None)

    def height(self, row: int, height: float) -> None:
        """Set the height of a row in points."""
        self._sheet.set_row(row, height)

    def fit(self, row: int, *cells: tuple[str, float]) -> None:
        """Set the height of a row so that its texts, each with the width that it has, are seen whole.

        Spreadsheet programs fit rows while people type; rows that were written by a program stay as low as one line.
        """
        lines = max((line_count(text, width) for text, width in cells), default=1)
        if lines > 1:
            self.height(row, min(LINE_HEIGHT * lines + 2, TALLEST))

    def print_wide(self, last_row: int, last_column: int, width: float) -> None:
        """Print up to a cell; a sheet wider than a page goes over several, the first column on each."""
        self._sheet.print_area(0, 0, last_row, last_column)
        self._sheet.repeat_columns(0)
        self._sheet.fit_to_pages(max(1, round(width / PAGE_WIDTH)), 0)

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns to the left in view."""
        self._sheet.freeze_panes(row, column)

    def filter(self, row: int, last_row: int, last_column: int) -> None:
        """Offer filters in a row of heads."""
        self._sheet.autofilter(row, 0, last_row, last_column)

    def repeat(self, first: int, last: int) -> None:
        """Print rows again on every page."""
        self._sheet.repeat_rows(first, last)

    def portrait(self) -> None:
        """Print upright."""
        self._sheet.set_portrait()

    def hide(self) -> None:
        """Take the sheet out of view."""
        self._sheet.hide()


def _date_style(style: str) -> str:
    """Return the style of a day in a column of another role: a number there would look like one."""
    return style if style.startswith("date") else "date-entry" if style.endswith("-entry") else "date"


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of this width; a word that is too long begins a line."""
    letters = max(1, int(width * LETTERS) - 1)
    lines = text.splitlines() or [""]
    parts = [part for line in lines for part in wrap(line, letters, break_long_words=False, break_on_hyphens=False)]
    return sum(-(-len(part) // letters) for part in parts) + sum(not line.strip() for line in lines)


@cache
def role_widths() -> dict[str, float]:
    """Return the usual width of a column by the role of its values."""
    return {
        "text": 26,
        "choice": 14,
        "date": 12,
        "money": 14,
        "percent": 10,
        "integer": 9,
        "number": 11,
        "energy": 13,
        "quantity": 13,
    }


def shown(locale: Locale, *messages: Message | str) -> str:
    """Return messages in the form's language, a line each."""
    return "\n".join(locale.show(message) for message in messages)
