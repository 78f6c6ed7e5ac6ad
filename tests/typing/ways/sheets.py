"""Ways of arranging sheets and files."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.typing.facts import Facts
from tests.typing.folder import Cell, Folder, Sheet
from tests.typing.way import asked, either, same

TABLES = ("Belege", "Einnahmen", "Maßnahmen", "Teilnehmer", "Ausgabenansätze", "Standorte", "Teilnahmen")


def mixed(name: str) -> Random:
    """Return what shuffles a sheet, the same way each time."""
    return Random(name)  # noqa: S311 - no secret


@same
def columns_in_another_order(folder: Folder, _facts: Facts) -> None:
    """Move columns about."""
    for name in TABLES:
        if name != "Teilnahmen":
            mixed(name).shuffle(folder.sheet(name).heads)


@same
def rows_in_another_order(folder: Folder, _facts: Facts) -> None:
    """Sort sheets by some other column."""
    for name in ("Einnahmen", "Maßnahmen", "Teilnehmer", "Ausgabenansätze", "Standorte", "Teilnahmen"):
        mixed(name).shuffle(folder.sheet(name).rows)


@same
def a_title_above_the_heads(folder: Folder, _facts: Facts) -> None:
    """Type a title above the heads, and leave a row empty."""
    for name in TABLES:
        folder.sheet(name).above = [[f"{name} der Runde"], ["Stand: 15.09.2025"], []]


@same
def empty_rows_between(folder: Folder, _facts: Facts) -> None:
    """Leave rows empty between entries."""
    for name in ("Einnahmen", "Maßnahmen", "Belege"):
        sheet = folder.sheet(name)
        sheet.rows = [each for row in sheet.rows for each in (row, {})]


@same
def heads_in_capitals(folder: Folder, _facts: Facts) -> None:
    """Type heads in capitals, with a colon."""
    for name in ("Einnahmen", "Belege", "Maßnahmen"):
        sheet = folder.sheet(name)
        for head in list(sheet.heads):
            sheet.rename(head, f"{head.upper()}:" if "(" not in head else head)


@same
def names_of_sheets_without_umlauts(folder: Folder, _facts: Facts) -> None:
    """Name sheets without umlauts."""
    for sheet in folder.files["projekt.xlsx"]:
        sheet.name = sheet.name.replace("ß", "ss").replace("ä", "ae").replace("ü", "ue").replace("ö", "oe")


@same
def a_column_of_remarks(folder: Folder, _facts: Facts) -> None:
    """Add a column with remarks of one's own."""
    sheet = folder.sheet("Einnahmen")
    sheet.heads.append("Bemerkung der Kasse")
    sheet.rows[0]["Bemerkung der Kasse"] = "bar eingezahlt"


@asked("DATA-LEFT-OUT")
def a_column_of_numbers_that_nobody_knows(folder: Folder, _facts: Facts) -> None:
    """Add a column with numbers of one's own."""
    sheet = folder.sheet("Maßnahmen")
    sheet.heads.append("Kälte [kWh/a]")
    for index, row in enumerate(sheet.rows):
        row["Kälte [kWh/a]"] = Decimal(1000 + index)


@same
def running_numbers(folder: Folder, _facts: Facts) -> None:
    """Number the rows in a column of one's own."""
    sheet = folder.sheet("Maßnahmen")
    sheet.heads.insert(0, "lfd. Nr.")
    for number, row in enumerate(sheet.rows, 1):
        row["lfd. Nr."] = number


@same
def a_total_below(folder: Folder, _facts: Facts) -> None:
    """Add a row with the total."""
    sheet = folder.sheet("Einnahmen")
    sheet.rows.append({"Schlüssel": "Summe", "Betrag": sum((row["Betrag"] for row in sheet.rows), Decimal(0))})


@same
def subtotals_with_a_company(folder: Folder, facts: Facts) -> None:
    """Add a row with the total of a company below its measures."""
    sheet = folder.sheet("Maßnahmen")
    company = facts.companies[0]
    own = [row for row in sheet.rows if row["Standort"] == f"{company.key}-1"]
    total = {
        "Standort": f"{company.key}-1",
        "Maßnahme": f"Summe {company.name}",
        **{head: sum((row[head] for row in own), Decimal(0)) for head in ("Investition", "Einsparung pro Jahr")},
        "Strom (kWh/a)": sum((row.get("Strom (kWh/a)", Decimal(0)) for row in own), Decimal(0)),
    }
    sheet.rows.insert(sheet.rows.index(own[-1]) + 1, {**own[-1], **dict.fromkeys(own[-1]), **total, "Schlüssel": None})


@same
def carried_forward(folder: Folder, _facts: Facts) -> None:
    """Carry the sum of fees forward in the middle of the list."""
    sheet = folder.sheet("Einnahmen")
    first = sheet.rows[0]
    carried = {**first, "Schlüssel": None, "Einzahler": "Übertrag", "Betrag": first["Betrag"]}
    if "Einzahler" not in sheet.heads:
        sheet.heads.append("Einzahler")
    sheet.rows.insert(1, carried)


@asked("DATA-APPEARANCE")
def a_row_struck_through(folder: Folder, _facts: Facts) -> None:
    """Strike a fee through instead of deleting it."""
    sheet = folder.sheet("Einnahmen")
    struck = {head: Cell(value, struck=True) for head, value in sheet.rows[0].items() if value is not None}
    sheet.rows.append({**struck, "Schlüssel": Cell("F98", struck=True)})


@asked("DATA-APPEARANCE")
def a_row_filtered_out(folder: Folder, _facts: Facts) -> None:
    """Hide a fee that does not count by a filter."""
    sheet = folder.sheet("Einnahmen")
    sheet.rows.append({**sheet.rows[0], "Schlüssel": "F98"})
    sheet.hidden_rows.add(len(sheet.rows) - 1)


@asked("DATA-APPEARANCE")
def a_hidden_sheet_with_more_fees(folder: Folder, _facts: Facts) -> None:
    """Keep a hidden sheet with fees of another round."""
    sheet = folder.sheet("Einnahmen")
    rows = [{**row, "Schlüssel": f"A{number}"} for number, row in enumerate(sheet.rows)]
    folder.files["projekt.xlsx"].append(Sheet("Einnahmen alt", list(sheet.heads), rows, hidden=True))


@asked("DATA-UNIT")
def thousands_said_above_the_heads(folder: Folder, _facts: Facts) -> None:
    """Type fees in thousands, and say so above the heads."""
    sheet = folder.sheet("Einnahmen")
    sheet.change("Betrag", lambda amount: amount / 1000)
    sheet.above = [["Alle Beträge in TEUR"], []]


@same
def thousands_said_above_the_heads_and_in_them(folder: Folder, _facts: Facts) -> None:
    """Type fees in thousands, and say so above the heads and in them."""
    thousands_said_above_the_heads(folder, _facts)
    folder.sheet("Einnahmen").rename("Betrag", "Betrag (TEUR)")


@asked("DATA-UNIT")
def megawatt_hours_said_above_the_heads(folder: Folder, _facts: Facts) -> None:
    """Say above the heads that all energies are in MWh."""
    sheet = folder.sheet("Maßnahmen")
    sheet.change("Strom (kWh/a)", lambda amount: amount / 1000)
    sheet.rename("Strom (kWh/a)", "Strom")
    sheet.above = [["Energien in MWh"]]


@same
def euro_said_above_the_heads(folder: Folder, _facts: Facts) -> None:
    """Say above the heads what everybody takes for granted."""
    folder.sheet("Einnahmen").above = [["Alle Beträge in Euro"]]


@asked("DATA-SHEET")
def a_sheet_of_planned_fees(folder: Folder, _facts: Facts) -> None:
    """Add a sheet of the fees that were planned."""
    sheet = folder.sheet("Einnahmen")
    rows = [{**row, "Schlüssel": f"P{number}"} for number, row in enumerate(sheet.rows)]
    folder.files["projekt.xlsx"].append(Sheet("Einnahmen Plan", list(sheet.heads), rows))


@asked("DATA-SHEET")
def an_old_table_below(folder: Folder, _facts: Facts) -> None:
    """Keep the fees of last year below those of this round."""
    sheet = folder.sheet("Einnahmen")
    rows = [[row.get(head) for head in sheet.heads] for row in sheet.rows]
    sheet.below = [[], ["Vorjahr 2023"], list(sheet.heads), *([f"A{row[0]}", *row[1:]] for row in rows)]


@asked("DATA-SECOND-TABLE")
def visits_beside_the_drawdowns(folder: Folder, _facts: Facts) -> None:
    """Type the visits on the right of the drawdowns, in one sheet."""
    sheet, visits = folder.sheet("Mittelabrufe"), folder.take("Vor-Ort-Termine")
    for row, visit in zip(sheet.rows, visits.rows, strict=False):
        row.update(visit)
    sheet.rows += visits.rows[len(sheet.rows) :]
    sheet.heads += visits.heads


@either
def a_second_table_below(folder: Folder, _facts: Facts) -> None:
    """Begin a second table with other columns below the first one."""
    sheet = folder.sheet("Einnahmen")
    sheet.below = [[], ["Noch offen"], ["Betrag", "Teilnehmer", "Frist"], [Decimal("99.50"), "klinik", "bald"]]


def _as(folder: Folder, ending: str) -> None:
    folder.files = {name.replace(".xlsx", ending): sheets for name, sheets in folder.files.items()}


@same
def open_document(folder: Folder, _facts: Facts) -> None:
    """Keep the project in LibreOffice's own format."""
    _as(folder, ".ods")


@same
def a_csv_for_each_sheet(folder: Folder, _facts: Facts) -> None:
    """Export each sheet as CSV."""
    sheets = folder.files.pop("projekt.xlsx")
    folder.files |= {f"{sheet.name}.csv": [sheet] for sheet in sheets}


@same
def a_csv_with_points(folder: Folder, _facts: Facts) -> None:
    """Have the cashier's program write decimals with a point."""
    sheet = folder.take("Einnahmen")
    sheet.change("Betrag", lambda amount: f"{amount:.2f}")
    folder.files["einnahmen.csv"] = [sheet]


@asked("DATA-SHEET")
def a_workbook_of_which_nothing_is_known(folder: Folder, _facts: Facts) -> None:
    """Receive a workbook in which a company wrote what came to its mind."""
    folder.files["erhebung/rueckmeldung.xlsx"] = [
        Sheet("Tabelle1", ["Was wir getan haben", "gespart"], [{"Was wir getan haben": "Licht", "gespart": 1200}])
    ]


@same
def a_note_in_a_text_file(folder: Folder, _facts: Facts) -> None:
    """Receive a note as a text file."""
    folder.texts["notiz.txt"] = "Bitte 1.200 kWh nachtragen."


@asked("DATA-SHEET")
def bank_account_of_a_company(folder: Folder, _facts: Facts) -> None:
    """Receive a company's address and bank account for its invoice."""
    entry = {"Telefon": "0123 456", "IBAN": "DE02120300000000202051", "Kreditinstitut": "Musterbank"}
    folder.files["erhebung/rechnungsdaten.xlsx"] = [Sheet("Tabelle1", list(entry), [entry], form=True)]
