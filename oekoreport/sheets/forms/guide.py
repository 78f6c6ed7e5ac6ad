"""The first sheet of a form: what it is, how it is filled in, what the colours mean, which version it is."""

from __future__ import annotations

from collections.abc import Sequence

from oekoreport.language import Message, catalogue
from oekoreport.sheets.forms.book import FormBook
from oekoreport.sheets.forms.layout import TEMPLATE_VERSION, Layout
from oekoreport.sheets.forms.looks import GREY
from oekoreport.sheets.writer import Worksheet

_ = catalogue("oekoreport")

PURPOSE = {
    False: _(
        "This workbook holds the data for the funding report, the cohort spreadsheet and the certificates. "
        "Fill in what you have; “oekoreport check” names missing or wrong entries with their cells."
    ),
    True: _(
        "Please fill in this form for your company or institution and send it back. Known data are already "
        "filled in: correct them if they are wrong."
    ),
}
WIDTHS = (28, 88)
RULES = (
    (
        _("Columns"),
        _("Columns may be moved or left empty. Do not change their headings; columns of your own are ignored."),
    ),
    (
        _("Keys"),
        _(
            "The key is a short name of your own (klinik, B09). Other sheets refer to it; if you leave it empty, "
            "the program assigns one."
        ),
    ),
    (_("Numbers"), _("Write numbers as usual: 1.234,56. Another unit may be written with the number: 1.200 MWh.")),
    (_("Dates"), _("Write dates with day, month and the full year: 03.04.2020.")),
    (_("Unknown values"), _("Leave unknown cells empty; write 0 only if the value is zero.")),
    (_("Formulas"), _("Formulas are read with the value that they show; a formula that failed is reported.")),
)


def write_guide(book: FormBook, layouts: Sequence[Layout], *, intake: bool) -> None:
    """Write the explanation, with a line for each sheet of the workbook."""
    sheet = book.sheet(_("Guide"), colour=GREY)
    sheet.portrait()
    for column, width in enumerate(WIDTHS):
        sheet.widths.fix(column, width)
    sheet.heights[0] = 30
    sheet.put(0, 0, _("Intake form") if intake else _("Project workbook"), "title")
    sheet.put(1, 0, _("Version {version} of the template", version=str(TEMPLATE_VERSION)), "hint")
    sheet.across(2, range(2), PURPOSE[intake], "body")
    row = _write_section(sheet, 4, _("How to fill it in"), RULES)
    sheet.put(row, 0, _("Required *"), "label_required")
    sheet.put(row, 1, _("The report is incomplete without it."), "body")
    sheet.put(row + 1, 0, _("Optional"), "label")
    sheet.put(row + 1, 1, _("Only if applicable."), "body")
    _write_section(sheet, row + 3, _("The sheets"), [(layout.title, layout.hint) for layout in layouts])


def _write_section(sheet: Worksheet, row: int, title: Message, lines: Sequence[tuple[Message, Message]]) -> int:
    """Write a heading and its lines; return the row after them."""
    sheet.across(row, range(2), title, "group")
    for number, (name, text) in enumerate(lines, row + 1):
        sheet.put(number, 0, name, "strong")
        sheet.put(number, 1, text, "body")
    return row + len(lines) + 1
