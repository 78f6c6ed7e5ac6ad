"""Ways of typing receipts, payments, fees, plans and notices."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.typing.facts import Facts
from tests.typing.folder import Cell, Folder, Row, Sheet, with_format
from tests.typing.typed import table
from tests.typing.way import NotHere, asked, either, same

PAYMENT = ("Gezahlt am", "Gezahlt", "Skonto gezogen", "Skonto nicht genutzt", "Vorauszahlung")


def first_row(rows: list[Row], *heads: str) -> Row:
    """Return the first row in which all of these columns are filled."""
    found = next((row for row in rows if all(row.get(head) is not None for head in heads)), None)
    if found is None:
        raise NotHere
    return found


def receipts_of(sheet: Sheet) -> dict[str, list[Row]]:
    """Return the rows of each receipt by its key."""
    found: dict[str, list[Row]] = {}
    for row in sheet.rows:
        found.setdefault(row["Beleg"], []).append(row)
    return found


def in_parts(folder: Folder) -> list[Row]:
    """Return the rows of the first receipt with several parts, each of which has its payment."""
    for rows in receipts_of(folder.sheet("Belege")).values():
        if len(rows) > 1 and all(row.get("Ausgabenansatz") for row in rows):
            return rows
    raise NotHere


def move_payment(sheet: Sheet, row: Row) -> None:
    """Give a row's payment a row of its own, below the receipt's last one."""
    payment = {head: row.pop(head) for head in PAYMENT if row.get(head) is not None}
    last = max(index for index, each in enumerate(sheet.rows) if each["Beleg"] == row["Beleg"])
    sheet.rows.insert(last + 1, {"Beleg": row["Beleg"], **payment})


# --- payments --------------------------------------------------------------------------------------------------------


@same
def payments_in_rows_of_their_own(folder: Folder, _facts: Facts) -> None:
    """Type every payment of a receipt with one part into a row of its own."""
    sheet = folder.sheet("Belege")
    for rows in receipts_of(sheet).values():
        if sum(row.get("Ausgabenansatz") is not None for row in rows) == 1:
            for row in rows:
                move_payment(sheet, row)


@same
def payments_on_a_sheet_of_their_own(folder: Folder, _facts: Facts) -> None:
    """Type the payments on the sheet for payments, each with the part that it pays."""
    sheet = folder.sheet("Belege")
    rows: list[Row] = []
    for key, receipt in receipts_of(sheet).items():
        parts = [row for row in receipt if row.get("Ausgabenansatz")]
        for number, row in enumerate(receipt, 1):
            payment = {head: row.pop(head) for head in PAYMENT if row.get(head) is not None}
            if payment:
                paid = {"Bezahlter Teil": f"{key}/{number}"} if len(parts) > 1 else {}
                rows.append({"Schlüssel": f"Z{len(rows) + 1}", "Beleg": key, **paid, **payment})
    sheet.rows = [row for row in sheet.rows if len(row) > 1]
    folder.files["projekt.xlsx"].append(table("Zahlungen", rows))


@same
def one_payment_of_all_parts(folder: Folder, _facts: Facts) -> None:
    """Pay a receipt of several parts at once, in its first row."""
    rows = in_parts(folder)
    rows[0]["Gezahlt"] = sum((row["Gezahlt"] for row in rows), Decimal(0))
    for row in rows[1:]:
        del row["Gezahlt am"], row["Gezahlt"]


@same
def instalments_in_the_rows_of_parts(folder: Folder, _facts: Facts) -> None:
    """Pay a receipt of several parts in instalments, each in the next free row, whatever the part there is."""
    rows = in_parts(folder)
    whole = sum((row["Gezahlt"] for row in rows), Decimal(0))
    rows[0]["Gezahlt"] = rows[0]["Teilbetrag brutto"] + 10
    rows[1]["Gezahlt"] = whole - rows[0]["Gezahlt"]


@same
def a_part_in_its_row_and_the_rest_below(folder: Folder, _facts: Facts) -> None:
    """Type some of a receipt's payment in its first row, and the rest in a row of its own."""
    rows = in_parts(folder)
    whole = sum((row["Gezahlt"] for row in rows), Decimal(0))
    day = rows[0]["Gezahlt am"]
    for row in rows[1:]:
        del row["Gezahlt am"], row["Gezahlt"]
    rows[0]["Gezahlt"] = rows[0]["Teilbetrag brutto"] - 100
    sheet = folder.sheet("Belege")
    last = max(index for index, each in enumerate(sheet.rows) if each["Beleg"] == rows[0]["Beleg"])
    rest = {"Beleg": rows[0]["Beleg"], "Gezahlt am": day, "Gezahlt": whole - rows[0]["Gezahlt"]}
    sheet.rows.insert(last + 1, rest)


@asked("DATA-PAYS")
def only_the_first_part_to_the_cent(folder: Folder, _facts: Facts) -> None:
    """Type one payment that is the first part to the cent, and forget the others."""
    for row in in_parts(folder)[1:]:
        del row["Gezahlt am"], row["Gezahlt"]


@same
def discount_forgone_in_a_row_of_its_own(folder: Folder, _facts: Facts) -> None:
    """Type a payment with the discount that was forgone below its receipt."""
    sheet = folder.sheet("Belege")
    move_payment(sheet, first_row(sheet.rows, "Skonto nicht genutzt"))


@same
def receipts_without_keys(folder: Folder, _facts: Facts) -> None:
    """Leave the column of keys blank where each receipt is one row."""
    sheet = folder.sheet("Belege")
    for rows in receipts_of(sheet).values():
        if len(rows) == 1:
            del rows[0]["Beleg"]


@either
def receipt_keys_differ_in_case(folder: Folder, _facts: Facts) -> None:
    """Type the key of a receipt's further rows in small letters, with a space behind it."""
    rows = in_parts(folder)
    for row in rows[1:]:
        row["Beleg"] = f"{row['Beleg'].lower()} "


@asked("DATA-KEY")
def a_remark_below_the_receipts(folder: Folder, _facts: Facts) -> None:
    """Leave a remark below the receipts."""
    folder.sheet("Belege").rows.append({"Zahlungsgrund": "Alle Rechnungen geprüft"})


@same
def a_total_in_the_purpose(folder: Folder, _facts: Facts) -> None:
    """Write the sum of all payments below the receipts, and “Summe” where the purpose stands."""
    sheet = folder.sheet("Belege")
    paid = sum((row["Gezahlt"] for row in sheet.rows if row.get("Gezahlt")), Decimal(0))
    sheet.rows.append({"Zahlungsgrund": "Summe", "Gezahlt": paid})


@asked("DATA-KEY")
def receipt_key_only_in_its_first_row(folder: Folder, _facts: Facts) -> None:
    """Leave the receipt's key out in the rows of its further parts."""
    for row in in_parts(folder)[1:]:
        del row["Beleg"]


@asked("DATA-KEY")
def receipt_key_merged_over_its_rows(folder: Folder, _facts: Facts) -> None:
    """Merge the cells of a receipt's key."""
    for row in in_parts(folder)[1:]:
        del row["Beleg"]
    folder.sheet("Belege").merged.add("Beleg")


@same
def the_receipt_repeated_in_each_row(folder: Folder, _facts: Facts) -> None:
    """Repeat what stands in a receipt's first row in all of them."""
    rows = in_parts(folder)
    for row in rows[1:]:
        for head in ("Art", "Rechnungsempfänger", "Zahlungsempfänger", "Rechnungsnummer", "Rechnungsdatum"):
            row[head] = rows[0][head]


@asked("CORE-ELIGIBLE")
def more_eligible_than_paid(folder: Folder, _facts: Facts) -> None:
    """Slip on a key: the eligible part of a receipt is a hundred times as large."""
    row = first_row(folder.sheet("Belege").rows, "Gezahlt")
    row["Davon zuwendungsfähig"] = Decimal(999_999)


@asked("CORE-ELIGIBLE")
def less_than_nothing_eligible(folder: Folder, _facts: Facts) -> None:
    """Type a minus sign before the eligible part of a receipt."""
    first_row(folder.sheet("Belege").rows, "Gezahlt")["Davon zuwendungsfähig"] = Decimal(-5)


# --- things typed twice ----------------------------------------------------------------------------------------------


@asked("CORE-RECEIPT-TWICE")
def the_same_invoice_with_other_signs(folder: Folder, _facts: Facts) -> None:
    """Type an invoice a second time, its number with spaces."""
    sheet = folder.sheet("Belege")
    (rows,) = [rows for rows in receipts_of(sheet).values() if rows[0]["Beleg"] == "B01"]
    number = rows[0]["Rechnungsnummer"].replace("-", " - ")
    sheet.rows += [{**row, "Beleg": "B99", "Rechnungsnummer": number} for row in rows]


@asked("CORE-RECEIPT-TWICE")
def a_receipt_without_key_copied(folder: Folder, _facts: Facts) -> None:
    """Leave a receipt's key blank, and copy its row."""
    sheet = folder.sheet("Belege")
    row = next(rows[0] for rows in receipts_of(sheet).values() if len(rows) == 1)
    del row["Beleg"]
    sheet.rows.insert(sheet.rows.index(row) + 1, dict(row))


def without_keys(sheet: Sheet) -> Sheet:
    """Take the column of keys out of a sheet."""
    for row in sheet.rows:
        row.pop("Schlüssel", None)
    sheet.heads.remove("Schlüssel")
    return sheet


@asked("DATA-COPY")
def a_fee_without_key_copied(folder: Folder, _facts: Facts) -> None:
    """Leave the keys of fees blank, and copy a row."""
    sheet = without_keys(folder.sheet("Einnahmen"))
    sheet.rows.append(dict(sheet.rows[0]))


@asked("DATA-COPY")
def the_sheet_of_fees_copied(folder: Folder, _facts: Facts) -> None:
    """Keep a copy of the sheet of fees, as Excel names it."""
    sheet = without_keys(folder.sheet("Einnahmen"))
    folder.files["projekt.xlsx"].append(Sheet("Einnahmen (2)", list(sheet.heads), [dict(row) for row in sheet.rows]))


@asked("DATA-COPY")
def the_sheet_of_fees_copied_and_hidden(folder: Folder, facts: Facts) -> None:
    """Keep a hidden copy of the sheet of fees."""
    the_sheet_of_fees_copied(folder, facts)
    folder.files["projekt.xlsx"][-1].hidden = True


@asked("DATA-COPY")
def fees_in_a_csv_beside_the_sheet(folder: Folder, _facts: Facts) -> None:
    """Leave the cashier's list of fees beside the workbook."""
    sheet = without_keys(folder.sheet("Einnahmen"))
    folder.files["einnahmen.csv"] = [Sheet("", list(sheet.heads), [dict(row) for row in sheet.rows])]


@same
def fees_in_a_csv_instead(folder: Folder, _facts: Facts) -> None:
    """Have the fees in the cashier's list alone."""
    sheet = folder.take("Einnahmen")
    folder.files["einnahmen.csv"] = [sheet]


@same
def fees_without_keys(folder: Folder, _facts: Facts) -> None:
    """Leave the keys of fees blank."""
    without_keys(folder.sheet("Einnahmen"))


@asked("DATA-SECOND-PROJECT")
def a_second_project_workbook(folder: Folder, _facts: Facts) -> None:
    """Leave a copy of the workbook that a synchronising program made."""
    folder.files["projekt-PC17.xlsx"] = folder.copy().files["projekt.xlsx"]


@asked("DATA-SECOND-PROJECT")
def a_backup_of_the_workbook(folder: Folder, _facts: Facts) -> None:
    """Leave a copy of the workbook, without keys, in a folder for backups."""
    for name in ("Einnahmen",):
        without_keys(folder.sheet(name))
    folder.files["sicherung/projekt (2).xlsx"] = folder.copy().files["projekt.xlsx"]


# --- fees and lines --------------------------------------------------------------------------------------------------


@asked("CORE-REQUIRED")
def a_payment_under_another_key(folder: Folder, _facts: Facts) -> None:
    """Mistype the key of a receipt where its second instalment stands: that is a receipt with a payment alone."""
    rows = next((rows for rows in receipts_of(folder.sheet("Belege")).values() if "Ausgabenansatz" not in rows[-1]), [])
    if not rows:
        raise NotHere
    rows[-1]["Beleg"] += "x"


@same
def what_a_fee_covers_left_to_the_plan(folder: Folder, _facts: Facts) -> None:
    """Leave blank what each fee covers: the plan says it."""
    for row in folder.sheet("Einnahmen").rows:
        row.pop("Deckt Ausgabenansatz", None)


@asked("CORE-COVERS")
def a_fee_covers_another_line_than_the_plan_says(folder: Folder, facts: Facts) -> None:
    """Type that fees cover a line, where the plan's own line of income says another."""
    if not facts.covered_line:
        raise NotHere
    folder.sheet("Einnahmen").rows[0]["Deckt Ausgabenansatz"] = "2"


@same
def the_payer_by_name(folder: Folder, facts: Facts) -> None:
    """Type a company's name instead of its key."""
    names = {company.key: company.name for company in facts.companies}
    folder.sheet("Einnahmen").change("Teilnehmer", lambda key: names[key])


@same
def a_line_by_number(folder: Folder, _facts: Facts) -> None:
    """Have the numbers of lines as numbers, not as text."""
    folder.sheet("Belege").change("Ausgabenansatz", int)
    folder.sheet("Ausgabenansätze").change("Schlüssel", int)


@same
def a_line_by_its_title(folder: Folder, facts: Facts) -> None:
    """Type the title of a line instead of its number."""
    titles = {line.key: line.title for line in facts.lines}
    folder.sheet("Belege").change("Ausgabenansatz", lambda key: titles[key])


# --- notices and plans -----------------------------------------------------------------------------------------------


PLANNED = ("Geplant insgesamt", "Davon zuwendungsfähig", "Geplant")


def amend(folder: Folder, facts: Facts, *, above: bool) -> None:
    """Add a notice and a plan before those in force, numbered alike, at their place or out of order."""
    notices, plans = folder.sheet("Bescheide"), folder.sheet("Finanzierungspläne")
    terms = folder.sheet("Festlegungen")
    week = timedelta(days=7)
    days = {head: notices.rows[0][head] - week for head in ("Datum", "Bestandskräftig seit")}
    first = {**notices.rows[0], **days, "Schlüssel": "ZB0", "Betrag": facts.granted - 8}
    notices.rows[0] |= {"Art": "Änderungsbescheid", "Betrag": Decimal(8)}
    older = {"Bescheid": "ZB0", "Parameter": "line_tolerance", "Wert": "5 %", "Fundstelle": "II Nr. 2"}
    plan = {"Schlüssel": "P0", "Genehmigt durch": "ZB0"}
    for sheet, row in ((notices, first), (terms, older), (plans, plan)):
        sheet.rows.insert(0 if above else len(sheet.rows), row)
    for name in ("Ausgabenansätze", "Einnahmenansätze"):
        sheet = folder.sheet(name)
        copies: list[Row] = [{**row, "Finanzierungsplan": "P0"} for row in sheet.rows]
        for copy in copies:
            copy |= {head: copy[head] - 1 for head in PLANNED if copy.get(head)}
        sheet.rows = [*copies, *sheet.rows] if above else [*sheet.rows, *copies]


@same
def an_older_plan_numbered_alike(folder: Folder, facts: Facts) -> None:
    """Keep the plan and the terms of the first notice above those of the amendment, its lines numbered alike."""
    amend(folder, facts, above=True)


@same
def an_older_notice_further_down(folder: Folder, facts: Facts) -> None:
    """Type the first notice, its plan and its terms below the amendment's."""
    amend(folder, facts, above=False)


# --- per cent --------------------------------------------------------------------------------------------------------


@same
def per_cent_as_a_formatted_fraction(folder: Folder, facts: Facts) -> None:
    """Type 80 % into Excel, which stores 0.8 with the format 0 %."""
    folder.sheet("Zuwendung").rows[0]["Fördersatz"] = with_format(facts.rate / 100, "0%")
    for row in folder.sheet("Belege").rows:
        if row.get("Umsatzsteuersatz"):
            row["Umsatzsteuersatz"] = with_format(Decimal(str(row["Umsatzsteuersatz"]).split()[0]) / 100, "0.00%")


@same
def per_cent_as_a_number(folder: Folder, facts: Facts) -> None:
    """Type 80 without a sign."""
    folder.sheet("Zuwendung").rows[0]["Fördersatz"] = facts.rate


@asked("DATA-PERCENT")
def per_cent_as_a_bare_fraction(folder: Folder, facts: Facts) -> None:
    """Type 0,8 without a sign."""
    folder.sheet("Zuwendung").rows[0]["Fördersatz"] = facts.rate / 100


@same
def a_term_by_its_german_title(folder: Folder, _facts: Facts) -> None:
    """Choose the notice's tolerance by the title that the drop-down offers."""
    row = next(row for row in folder.sheet("Festlegungen").rows if row["Parameter"] == "line_tolerance")
    row["Parameter"] = "Zulässige Überschreitung eines Einzelansatzes"


@same
def a_term_in_per_cent_formatted(folder: Folder, _facts: Facts) -> None:
    """Type the notice's tolerance as 20 % into Excel."""
    row = next(row for row in folder.sheet("Festlegungen").rows if row["Parameter"] == "line_tolerance")
    row["Wert"] = with_format(Decimal("0.2"), "0 %")


@asked("CORE-TERM")
def a_term_as_a_bare_fraction(folder: Folder, _facts: Facts) -> None:
    """Type the notice's tolerance as 0,2."""
    row = next(row for row in folder.sheet("Festlegungen").rows if row["Parameter"] == "line_tolerance")
    row["Wert"] = "0,2"


@asked("DATA-UNIT")
def half_of_a_receipt_eligible_in_per_cent(folder: Folder, _facts: Facts) -> None:
    """Type 80 % where the eligible amount belongs."""
    row = first_row(folder.sheet("Belege").rows, "Davon zuwendungsfähig")
    row["Davon zuwendungsfähig"] = Cell(Decimal("0.8"), shown="0%")
