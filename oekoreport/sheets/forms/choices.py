"""The sheet of choices: what drop-downs offer that the model leaves open, each with what it means."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model import KINDS
from oekoreport.sheets.forms.book import FormBook
from oekoreport.sheets.forms.layout import CHOICES_SHEET, layout_of
from oekoreport.sheets.forms.looks import GREY

_ = catalogue("oekoreport")

WIDTHS = (66, 60)


def write_choices(book: FormBook) -> None:
    """Write a section for each field whose choices need an explanation; no sheet where there is none."""
    explained = {place: choices for place, choices in book.offered.items() if any(choices.values())}
    if not explained:
        return
    sheet = book.sheet(CHOICES_SHEET, colour=GREY)
    sheet.portrait()
    for column, width in enumerate(WIDTHS):
        sheet.widths.fix(column, width)
    sheet.heights[0] = 30
    sheet.put(0, 0, _("What can be chosen"), "title")
    sheet.across(
        1, range(2), _("The drop-downs of the other sheets offer these entries; this sheet is not read."), "hint"
    )
    row = 3
    for (kind, name), choices in explained.items():
        title = KINDS[kind].described()[name].title
        head = _("Sheet “{sheet}”, column “{column}”", sheet=layout_of(kind).title, column=title)
        sheet.across(row, range(2), head, "group")
        for number, (choice, meaning) in enumerate(choices.items(), row + 1):
            sheet.put(number, 0, choice, "strong")
            sheet.put(number, 1, meaning, "body")
        row += len(choices) + 2
