"""The reference round in a plain workbook, as somebody would type it who never saw the form, and five other ways."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from oekoreport.build.demo import write_demo
from oekoreport.contract import Registry
from tests.typing.facts import Company, Facts, Line
from tests.typing.folder import Folder, Row, Sheet

FORMS = ("Vorhaben", "Zuwendungsempfänger", "Zuwendung", "Auszeichnung")
GATHERED = ("Maßnahmen", "Bestandsaufnahmen")
"""The sheets that stand in the companies' forms; here they are one sheet of the project's workbook."""

WAYS_OF_THE_DEMO = {
    "in a hurry, as text": (
        "amounts_as_german_text",
        "days_as_german_text",
        "keys_with_spaces_behind",
        "choices_in_small_letters",
        "heads_in_capitals",
        "empty_rows_between",
    ),
    "with Excel's formats": (
        "amounts_in_the_format_of_euro",
        "electricity_with_its_unit_in_the_format",
        "per_cent_as_a_formatted_fraction",
        "a_title_above_the_heads",
        "columns_in_another_order",
    ),
    "by names, in the consultant's table": (
        "a_consultants_table",
        "the_payer_by_name",
        "attendance_by_names_and_days",
        "what_a_fee_covers_left_to_the_plan",
    ),
    "as the cashier exports it": (
        "payments_in_rows_of_their_own",
        "fees_without_keys",
        "days_as_programs_write_them",
        "a_csv_for_each_sheet",
    ),
    "after an amendment, in LibreOffice": (
        "an_older_notice_further_down",
        "rows_in_another_order",
        "amounts_in_thousands_by_their_head",
        "open_document",
    ),
}


def demo(root: Path) -> tuple[Folder, Facts]:
    """Return the reference round as a folder with one workbook of bare heads, and who takes part in it."""
    write_demo(root, Registry.discover())
    folder = Folder()
    books = [openpyxl.load_workbook(BytesIO(path.read_bytes())) for path in sorted(root.rglob("*.xlsx"))]
    project = next(book for book in books if "Vorhaben" in book.sheetnames)
    sheets = [_sheet(page) for page in project if page.sheet_state == "visible" and page.title not in NO_DATA]
    for name in GATHERED:
        parts = [_sheet(book[name]) for book in books if name in book.sheetnames]
        heads = dict.fromkeys(head for part in parts for head in part.heads)
        sheets.append(Sheet(name, list(heads), [row for part in parts for row in part.rows]))
    folder.files["projekt.xlsx"] = [sheet for sheet in sheets if sheet.rows]
    folder.texts = {path.name: path.read_text(encoding="utf-8") for path in root.glob("*.md")}
    for sheet in folder.files["projekt.xlsx"]:
        sheet.heads = [head for head in sheet.heads if any(row.get(head) is not None for row in sheet.rows)]
    return folder, _facts(folder)


NO_DATA = ("So kommen Ihre Daten hinein", "Auswahl")


def _sheet(page: Any) -> Sheet:
    rows = [[_value(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    if page.title in FORMS:
        entry = {_bare(row[0]): row[1] for row in rows[3:] if row[0] and row[1] is not None}
        return Sheet(page.title, list(entry), [entry], form=True)
    start = 3 if page.title == "Belege" else 2
    heads = [_bare(head) for head in rows[start] if head]
    entries = [dict(zip(heads, row, strict=False)) for row in rows[start + 1 :]]
    kept: list[Row] = [{head: value for head, value in entry.items() if value is not None} for entry in entries]
    return Sheet(page.title, heads, [entry for entry in kept if entry])


def _bare(head: str) -> str:
    """Return a head without its star, and without the unit that everybody takes for granted."""
    return head.removesuffix(" *").removesuffix(" (EUR)").removesuffix(" (EUR/a)").removesuffix(" (%)")


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return Decimal(f"{value:.15g}") if isinstance(value, int | float) and not isinstance(value, bool) else value


def _facts(folder: Folder) -> Facts:
    """Return as much of the round as ways of typing ask for."""
    companies = [Company(row["Schlüssel"], row["Name"], Decimal(0)) for row in folder.sheet("Teilnehmer").rows]
    return Facts(
        lines=[Line(row["Schlüssel"], row["Bezeichnung"]) for row in folder.sheet("Ausgabenansätze").rows],
        receipts=[],
        companies=companies,
        fees=[],
        planned_fees=Decimal(0),
        covered_line="2",
        rate=Decimal(80),
        granted=Decimal(20_000),
        measures=[],
        workshops=[row["Datum"] for row in folder.sheet("Workshops").rows],
        came={},
    )
