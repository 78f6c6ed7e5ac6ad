"""The first sheet of a form: what belongs where and how it is typed, what the colours mean, which version it is."""

from __future__ import annotations

from collections.abc import Sequence

from oekoreport.language import Message, catalogue
from oekoreport.sheets.forms.book import FormBook
from oekoreport.sheets.forms.layout import GUIDE_SHEET, HOW_SHEET, TEMPLATE_VERSION, Layout
from oekoreport.sheets.forms.looks import GREY
from oekoreport.sheets.writer import Worksheet

_ = catalogue("oekoreport")

Lines = Sequence[tuple[Message, Message]]

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

TYPING: Lines = (
    (
        _("Columns"),
        _(
            "Columns may be moved or left empty. Do not change their headings. A column of texts of your own is left "
            "out and told; a column of numbers of your own is asked about."
        ),
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
"""How a form is filled in, whoever does it."""

DATA: Sequence[tuple[Message, Lines]] = (
    (
        _("Which file holds what"),
        (
            (
                Message("projekt.xlsx"),
                _(
                    "This workbook, once: project, grant, notices, plan, receipts, income. A second one beside it, "
                    "even a copy, is an error."
                ),
            ),
            (
                Message("erhebung/"),
                _(
                    "Forms that companies return, and tables of the consultancy. What nobody can read there is asked "
                    "about."
                ),
            ),
            (
                Message("belege/"),
                _("Invoices and other receipts as files. The sheet “Receipts” names the file of each."),
            ),
            (Message("sachbericht.docx"), _("The narrative, in Word or as sachbericht.md, below the headings given.")),
            (
                _("Other tables"),
                _(
                    "Excel (xlsx, xls), LibreOffice (ods) and CSV are read alike. A sheet is recognised by its name, "
                    "else by its headings. Recipient, grant and award are read from this workbook only."
                ),
            ),
        ),
    ),
    (
        _("Units and headings"),
        (
            (
                _("Money"),
                _(
                    "Amounts are in euro. “Investition (TEUR)” or 14,8 T€ in the cell is converted; another currency "
                    "or another addition in brackets (“Soll”) is refused."
                ),
            ),
            (
                _("Energy"),
                _(
                    "kWh, MWh, GWh and GJ are converted. For natural gas the heading says which calorific value: "
                    "“Erdgas (Hi)” or “Erdgas (Ho)”."
                ),
            ),
            (_("Per cent"), _("Write 80 % or 80. A bare 0,8 is asked about.")),
            (
                _("CO2"),
                _(
                    "CO2 is computed from energy. A column “CO2” is for savings without energy (refrigerants); beside "
                    "energy it is asked about and never added."
                ),
            ),
        ),
    ),
    (
        _("Receipts"),
        (
            (
                _("Several parts"),
                _(
                    "One row for each part, with the receipt’s key repeated. Net, tax and gross of the whole receipt "
                    "stand in its first row."
                ),
            ),
            (
                _("Several VAT rates"),
                _("Each rate is a part with its own “VAT rate of the part”; the receipt’s rate stays empty."),
            ),
            (
                _("One payment"),
                _("In the first row: it pays all parts in proportion to what is open on them."),
            ),
            (
                _("Each part paid by itself"),
                _("A payment in each part’s row: each pays its part."),
            ),
            (
                _("Several payments"),
                _("Each further payment has a row of its own with the receipt’s key, day and amount."),
            ),
            (
                _("Money that came back"),
                _("A payment with a minus sign on the same receipt. It follows the payment that it returns."),
            ),
        ),
    ),
    (
        _("A further notice"),
        (
            (
                _("Notice and terms"),
                _("A new row for the notice; its date decides what is in force, not its row."),
            ),
            (
                _("A new plan"),
                _(
                    "A new row under “Financing plans”, its lines below the old ones. Lines keep their numbers; where "
                    "a number moved, “Continues” names the old one. Receipts mean the lines of the latest plan."
                ),
            ),
            (
                _("Fees that cover a line"),
                _("It is enough that the plan’s line of income says which line of expenditure it covers."),
            ),
        ),
    ),
    (
        _("Companies"),
        (
            (
                _("Names"),
                _("Other sheets may name a company by its key or by its name, in capitals or not."),
            ),
            (
                _("Corrections"),
                _(
                    "A corrected form takes the place of the first: move the old one out of the folder. What stands in "
                    "two files must say the same, else it is an error."
                ),
            ),
            (
                _("The consultancy’s table"),
                _(
                    "A table of all measures with a column “Betrieb” is read as it is. The same measures must not "
                    "stand in the forms too."
                ),
            ),
            (
                _("Attendance"),
                _("x or ja for who came, nein for who did not. An empty cell is an open question."),
            ),
        ),
    ),
    (
        _("What is not needed"),
        (
            (
                _("A column of numbers"),
                _(
                    "If a column is asked about that you do not need, enter it under “Consents and notes” as the "
                    "question tells you. The note holds until the column changes."
                ),
            ),
            (_("Every cell"), _("“oekoreport check” ends with a balance: how many cells of each file were read.")),
        ),
    ),
)
"""How data get into a project, for the officer; the page of the documentation says the same."""


def write_guide(book: FormBook, layouts: Sequence[Layout], *, intake: bool) -> None:
    """Write the explanation, with a line for each sheet of the workbook."""
    sheet = book.sheet(GUIDE_SHEET if intake else HOW_SHEET, colour=GREY)
    sheet.portrait()
    for column, width in enumerate(WIDTHS):
        sheet.widths.fix(column, width)
    sheet.heights[0] = 30
    sheet.put(0, 0, _("Intake form") if intake else HOW_SHEET, "title")
    sheet.put(1, 0, _("Version {version} of the template", version=str(TEMPLATE_VERSION)), "hint")
    sheet.across(2, range(2), PURPOSE[intake], "body")
    row = _write_section(sheet, 4, _("How to fill it in"), TYPING)
    sheet.put(row, 0, _("Required *"), "label_required")
    sheet.put(row, 1, _("The report is incomplete without it."), "body")
    sheet.put(row + 1, 0, _("Optional"), "label")
    sheet.put(row + 1, 1, _("Only if applicable."), "body")
    row += 3
    for title, lines in () if intake else DATA:
        row = _write_section(sheet, row, title, lines) + 1
    _write_section(sheet, row, _("The sheets"), [(layout.title, layout.hint) for layout in layouts])


def _write_section(sheet: Worksheet, row: int, title: Message, lines: Lines) -> int:
    """Write a heading and its lines; return the row after them."""
    sheet.across(row, range(2), title, "group")
    for number, (name, text) in enumerate(lines, row + 1):
        sheet.put(number, 0, name, "strong")
        sheet.put(number, 1, text, "body")
    return row + len(lines) + 1
