"""The sheets of forms by their shape: heads with notes, drop-downs, formats, and the rows that are filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from oekoreport.language import Locale, catalogue
from oekoreport.model import KINDS
from oekoreport.model.codes import Code
from oekoreport.places import column_letters
from oekoreport.sheets.forms.book import FormBook, put, shown
from oekoreport.sheets.forms.layout import (
    CHOICES_SHEET,
    KEY,
    PARENT,
    PREFILLED_SHEET,
    Column,
    Layout,
    ResourceColumn,
    Shape,
    columns,
    resource_title,
)
from oekoreport.sheets.forms.looks import LOOKS, VALUES
from oekoreport.sheets.forms.values import Written, as_cell
from oekoreport.sheets.writer import PAGE_WIDTH, Worksheet
from oekoreport.sheets.writer.heights import line_count
from oekoreport.units import UNITS, Amount

_ = catalogue("oekoreport")

Row = Mapping[Column | ResourceColumn, Written]
Head = Column | ResourceColumn

SPARE_ROWS = 40
"""Empty rows with borders below the data."""

SPARE_PRINTED = 5
"""How many empty rows are printed on a sheet without entries; after entries they would only fill pages."""

WIDEST_CHOICE = 36.0

CHECKED_ROWS = 2000
"""Rows that drop-downs reach to."""

FORM_HEAD = 2
FORM_FIRST = 3
FORM_HEADS = (_("Field"), _("Entry"), _("Explanation"))
FORM_WIDTHS = (34, 46, 70)


def head_row(layout: Layout) -> int:
    """Return the index of the row of heads (from 0); sheets of several kinds have a row of groups above."""
    return 3 if layout.shape is Shape.RECEIPTS else 2


def title_of(head: Head, layout: Layout, locale: Locale) -> str:
    """Return a column's heading: title, unit, and an asterisk if the field is required."""
    if isinstance(head, ResourceColumn):
        return locale.show(resource_title(head, yearly=layout.kind == "measure"))
    unit = f" ({head.attribute.unit})" if head.attribute and head.attribute.unit else ""
    return f"{locale.show(head.title)}{unit}{' *' if head.required else ''}"


def role(head: Head) -> str:
    """Return what kind of values a column holds, for its format and width."""
    if isinstance(head, ResourceColumn):
        return "money" if head.cost else ("energy" if UNITS[head.unit].dimension == "energy" else "quantity")
    if head.attribute is None or head.refers:
        return "choice"
    kind = head.attribute.type
    if kind is bool or (isinstance(kind, type) and issubclass(kind, Code)):
        return "choice"
    by_unit = {"EUR": "money", "EUR/a": "money", "%": "percent"}
    if kind is Decimal:
        return by_unit.get(head.attribute.unit, "number")
    names: dict[Any, str] = {int: "integer", Amount: "text", str: "text"}
    return names.get(kind, "date")


def write_table(
    book: FormBook, layout: Layout, heads: Sequence[Head], rows: Sequence[Row], keys: Mapping[str, str]
) -> None:
    """Write a table: title and hint, heads with notes, rows, empty rows, drop-downs.

    Args:
        book: where it is written.
        layout: which sheet it is.
        heads: its columns in order.
        rows: values by column.
        keys: by kind, the formula of the range that holds its keys.
    """
    sheet = book.sheet(layout.title)
    _write_top(sheet, layout)
    head = head_row(layout)
    if layout.shape is Shape.RECEIPTS:
        _write_groups(sheet, heads, head - 1)
    last = head + len(rows) + SPARE_ROWS
    _write_heads(book, sheet, layout, heads)
    for index, column in enumerate(heads):
        _offer(book, sheet, (head + 1, max(last, CHECKED_ROWS)), index, column, keys)
    for number, row in enumerate([*rows, *[{}] * SPARE_ROWS], head + 1):
        for index, column in enumerate(heads):
            put(sheet, number, index, row.get(column), role(column))
    sheet.freeze(head + 1, 1)
    sheet.filter(head, last, len(heads) - 1)
    sheet.repeat(head, head)
    pages = max(1, round(sheet.widths.of(range(len(heads))) / PAGE_WIDTH))
    sheet.print_wide(head + (len(rows) or SPARE_PRINTED), len(heads) - 1, pages)


def _write_heads(book: FormBook, sheet: Worksheet, layout: Layout, heads: Sequence[Head]) -> None:
    """Write the row of heads, each with its note, in columns as wide as their values and heads demand."""
    row, lines = head_row(layout), 1
    for index, head in enumerate(heads):
        title = title_of(head, layout, sheet.locale)
        sheet.widths.fix(index, _width(head, title, sheet.locale))
        look = "head_required" if isinstance(head, Column) and head.required else "head"
        sheet.put(row, index, title, look)
        sheet.note(row, index, _note_of(book, head))
        lines = max(lines, line_count(title, LOOKS.letters_in(look, sheet.widths[index])))
    sheet.heights[row] = 6 + LOOKS.line * lines


def _width(head: Head, title: str, locale: Locale) -> float:
    """Return a column's width: by its values, and so that no choice is cut and no word of its head broken."""
    width, _look = VALUES[role(head)]
    if isinstance(head, Column):
        width = 48.0 if head.field in LONG_TEXTS else width
        width = max([width, *(min(len(choice) + 4.0, WIDEST_CHOICE) for choice in _choices(head, locale))])
    return max(width, max(len(word) for word in title.split()) + 3)


def _write_top(sheet: Worksheet, layout: Layout) -> None:
    sheet.heights[0] = 26
    sheet.put(0, 0, layout.title, "title")
    sheet.put(1, 0, layout.hint, "hint")


def _write_groups(sheet: Worksheet, heads: Sequence[Head], row: int) -> None:
    kinds = [head.kind for head in heads if isinstance(head, Column)]
    for kind in dict.fromkeys(kinds):
        first = kinds.index(kind)
        sheet.across(row, range(first, first + kinds.count(kind)), KINDS[kind].label, "group")


def _note_of(book: FormBook, head: Head) -> str:
    offered = book.offered.get((head.kind, head.field), {}) if isinstance(head, Column) else {}
    note = _("The sheet “{sheet}” explains each entry that is offered.", sheet=CHOICES_SHEET)
    return shown(book.locale, _note(head, book.locale), *([note] if any(offered.values()) else []))


LONG_TEXTS = frozenset({"text", "purpose", "reason", "method", "title", "subject", "reply"})


def _note(head: Head, locale: Locale) -> str:
    if isinstance(head, ResourceColumn):
        return shown(
            locale,
            _("Its cost in the year.")
            if head.cost
            else _("A number in {unit}, or a text with its own unit: 1.200 MWh.", unit=head.unit),
        )
    if head.field == KEY:
        label = KINDS[head.kind].label
        return shown(
            locale, _("A short name of your own that other sheets refer to; unique for each {label}.", label=label)
        )
    if head.attribute is None:
        return shown(locale, _("The key of the entry that this row belongs to ({label}).", label=head.title))
    lines = [head.attribute.description]
    if head.refers:
        lines.append(_("Write its key ({label}).", label=KINDS[head.refers].label))
    if head.attribute.unit:
        lines.append(_("Unit: {unit}", unit=head.attribute.unit))
    lines.append(_("Example: {example}", example=example(head, locale)))
    return shown(locale, *lines)


def example(column: Column, locale: Locale) -> str:
    """Return a field's example as a person would type it."""
    attribute = column.attribute
    if attribute is None or attribute.example is None:
        return ""
    noun = KINDS[column.kind].model_validate({"key": "-", column.field: attribute.example})
    cell = as_cell(getattr(noun, column.field), locale)
    if isinstance(cell, Decimal) and cell == cell.to_integral_value() and role(column) != "money":
        return f"{cell.to_integral_value():f}"  # a year has no group marks
    return locale.show(cell)


def _offer(  # noqa: PLR0913 - where, which field, and what it may refer to
    book: FormBook, sheet: Worksheet, rows: tuple[int, int], index: int, head: Head, keys: Mapping[str, str]
) -> None:
    if isinstance(head, ResourceColumn) or head.field == KEY:
        return
    locale = book.locale
    title = locale.show(head.title)
    if head.refers:
        if source := keys.get(head.refers):
            text = locale.show(_("There is no such entry yet. Keep it?"))
            sheet.allow(rows, index, source, strict=False, title=title, text=text)
    elif offered := book.offered.get((head.kind, head.field)):
        text = locale.show(_("It is not in the list. Keep it?"))
        sheet.allow(rows, index, book.choices(list(offered)), strict=False, title=title, text=text)
    elif choices := _choices(head, locale):
        text = locale.show(_("Choose an entry from the list."))
        sheet.allow(rows, index, book.choices(choices), strict=True, title=title, text=text)


def _choices(head: Column, locale: Locale) -> list[str]:
    kind = head.attribute.type if head.attribute else None
    if kind is bool:
        return [locale.show(True), locale.show(False)]  # noqa: FBT003 - the words for yes and no
    if isinstance(kind, type) and issubclass(kind, Code):
        return [member.localize(locale) for member in kind]
    return []


def key_range(layout: Layout, locale: Locale) -> str:
    """Return the formula of the cells that hold a sheet's keys."""
    name = locale.show(layout.title)
    index = next(number for number, column in enumerate(columns(layout)) if column.field == KEY)
    letter = column_letters(index)
    first = head_row(layout) + 2
    return f"='{name}'!${letter}${first}:${letter}${CHECKED_ROWS}"


def write_form(book: FormBook, layout: Layout, values: Row, keys: Mapping[str, str]) -> None:
    """Write a form: a row for each field with title, value and explanation."""
    locale = book.locale
    sheet = book.sheet(layout.title)
    sheet.portrait()
    _write_top(sheet, layout)
    for index, (text, width) in enumerate(zip(FORM_HEADS, FORM_WIDTHS, strict=True)):
        sheet.widths.fix(index, width)
        sheet.put(FORM_HEAD, index, text, "head")
    heads = [column for column in columns(layout) if column.field != PARENT]
    for row, head in enumerate(heads, FORM_FIRST):
        sheet.put(row, 0, title_of(head, layout, locale), "label_required" if head.required else "label")
        put(sheet, row, 1, values.get(head), f"{role(head)}-entry")
        sheet.put(row, 2, _note(head, locale).replace("\n", " · "), "note")
        _offer(book, sheet, (row, row), 1, head, keys)
    sheet.freeze(FORM_FIRST, 0)
    sheet.repeat(FORM_HEAD, FORM_HEAD)


def write_prefilled(book: FormBook, cells: Sequence[tuple[Column, str, Written]]) -> None:
    """Remember what was filled in beforehand, in a hidden sheet: the column, the key, and the cell as written."""
    sheet = book.sheet(PREFILLED_SHEET)
    for row, (head, key, value) in enumerate(cells):
        for column, text in enumerate((head.kind, key, head.field)):
            put(sheet, row, column, text, "text")
        put(sheet, row, 3, value, role(head))
    sheet.hide()


def write_matrix(
    book: FormBook,
    layout: Layout,
    head: Column,
    workshops: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Written]],
) -> None:
    """Write a matrix: the first column names the participant, each further one is headed by a workshop's key.

    Args:
        book: where it is written.
        layout: which sheet it is.
        head: the first column.
        workshops: key and description of each workshop.
        rows: the participant's key, then a cell for each workshop.
    """
    locale = book.locale
    sheet = book.sheet(layout.title)
    _write_top(sheet, layout)
    row = head_row(layout)
    sheet.put(row, 0, title_of(head, layout, locale), "head_required")
    sheet.note(row, 0, locale.show(_("The participant's key. Each further column is headed by a workshop's key.")))
    sheet.widths.fix(0, 26)
    spare, text = max(len(workshops), 8), locale.show(_("Choose an entry from the list."))
    choices = book.choices(("x", locale.show(False), "online"))  # noqa: FBT003 - the word for no
    last = row + len(rows) + (0 if rows else SPARE_ROWS)
    for index in range(1, spare + 1):
        key, description = workshops[index - 1] if index <= len(workshops) else ("", "")
        sheet.put(row, index, key, "head")
        if description:
            sheet.note(row, index, description)
        sheet.widths.fix(index, max(9, len(key) + 3))
        sheet.allow((row + 1, last + SPARE_ROWS), index, choices, strict=True, title=key, text=text)
    for number in range(row + 1, last + 1):
        cells = rows[number - row - 1] if number - row <= len(rows) else ()
        for index in range(spare + 1):
            put(sheet, number, index, cells[index] if index < len(cells) else None, "tick" if index else "choice")
    sheet.freeze(row + 1, 1)
    sheet.repeat(row, row)
