"""Ways of typing amounts and days, in whichever sheet they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests.typing.facts import Facts
from tests.typing.folder import Cell, Folder, german, with_format
from tests.typing.way import asked, same

AMOUNTS = {
    "Belege": ("Netto", "Umsatzsteuer", "Brutto", "Teilbetrag netto", "Teilbetrag brutto", "Gezahlt"),
    "Einnahmen": ("Betrag",),
    "Ausgabenansätze": ("Geplant insgesamt", "Davon zuwendungsfähig"),
    "Maßnahmen": ("Investition", "Einsparung pro Jahr"),
}
DAYS = {"Belege": ("Rechnungsdatum", "Leistung von", "Leistung bis", "Gezahlt am"), "Einnahmen": ("Eingegangen am",)}


def amounts(folder: Folder, to: Callable[[Decimal], Any]) -> None:
    """Type every amount in euro in another way."""
    for name, heads in AMOUNTS.items():
        for head in heads:
            folder.sheet(name).change(head, to)


def days(folder: Folder, to: Callable[[date], Any]) -> None:
    """Type every day of receipts and fees in another way."""
    for name, heads in DAYS.items():
        for head in heads:
            folder.sheet(name).change(head, to)


def grouped(amount: Decimal, mark: str = ".") -> str:
    """Return an amount with a mark between thousands: 1.234,56."""
    return f"{amount:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", mark)


@same
def amounts_as_german_text(folder: Folder, _facts: Facts) -> None:
    """Type amounts as 1.234,56 €."""
    amounts(folder, lambda amount: f"{grouped(amount)} €")


@same
def amounts_as_plain_text(folder: Folder, _facts: Facts) -> None:
    """Type amounts as 1234,56 into cells of text."""
    amounts(folder, german)


@same
def amounts_with_the_currency_before(folder: Folder, _facts: Facts) -> None:
    """Type amounts as EUR 1.234,56."""
    amounts(folder, lambda amount: f"EUR {grouped(amount)}")


@same
def amounts_grouped_by_spaces(folder: Folder, _facts: Facts) -> None:
    """Type amounts as 1 234,56 with a space that does not break."""
    amounts(folder, lambda amount: grouped(amount, "\u00a0"))


@same
def amounts_in_the_format_of_euro(folder: Folder, _facts: Facts) -> None:
    """Format amounts as euro."""
    amounts(folder, lambda amount: with_format(amount, "#,##0.00\\ [$€-407]"))


@same
def amounts_shown_rounded(folder: Folder, _facts: Facts) -> None:
    """Show amounts without cents; the cells hold them."""
    amounts(folder, lambda amount: with_format(amount, "#,##0"))


@same
def amounts_from_formulas(folder: Folder, _facts: Facts) -> None:
    """Have Excel add amounts; the file holds what it computed."""
    amounts(folder, lambda amount: Cell(amount, formula=f"={amount}+0"))


@asked("DATA-UNCALCULATED")
def amounts_never_computed(folder: Folder, _facts: Facts) -> None:
    """Have another program write formulas that none has computed."""
    sheet = folder.sheet("Einnahmen")
    sheet.rows[0]["Betrag"] = Cell(None, formula="=SUM(A90:A91)")


@same
def amounts_in_thousands_by_their_head(folder: Folder, _facts: Facts) -> None:
    """Type fees in thousands, and say so in the head."""
    sheet = folder.sheet("Einnahmen")
    sheet.change("Betrag", lambda amount: amount / 1000)
    sheet.rename("Betrag", "Betrag (TEUR)")


@same
def investments_in_thousands_by_their_head(folder: Folder, _facts: Facts) -> None:
    """Type investments in thousands, and say so in the head without brackets."""
    sheet = folder.sheet("Maßnahmen")
    sheet.change("Investition", lambda amount: amount / 1000)
    sheet.rename("Investition", "Investition in T€")


@same
def amounts_in_thousands_by_their_format(folder: Folder, _facts: Facts) -> None:
    """Type fees in thousands, and let the number format say so."""
    folder.sheet("Einnahmen").change("Betrag", lambda amount: with_format(amount / 1000, '0.00000" T€"'))


@same
def amounts_in_thousands_in_words(folder: Folder, _facts: Facts) -> None:
    """Type fees as 0,125 TEUR."""
    folder.sheet("Einnahmen").change("Betrag", lambda amount: f"{german(amount / 1000)} TEUR")


@asked("DATA-LEFT-OUT")
def amounts_in_francs_by_their_head(folder: Folder, _facts: Facts) -> None:
    """Say in the head that amounts are francs."""
    folder.sheet("Einnahmen").rename("Betrag", "Betrag (CHF)")


@asked("DATA-CURRENCY")
def amounts_in_francs_by_their_format(folder: Folder, _facts: Facts) -> None:
    """Let the number format say that amounts are francs."""
    folder.sheet("Belege").change("Gezahlt", lambda amount: with_format(amount, '"CHF" #,##0.00'))


@asked("DATA-LEFT-OUT")
def planned_payments(folder: Folder, _facts: Facts) -> None:
    """Say in the head that payments are what was to be paid."""
    folder.sheet("Belege").rename("Gezahlt", "Gezahlt (Soll)")


@asked("DATA-MONEY", "DATA-NUMBER")
def amounts_with_an_english_comma(folder: Folder, _facts: Facts) -> None:
    """Type 2,500 for two and a half thousand into a cell of text."""
    folder.sheet("Maßnahmen").rows[0]["Investition"] = "2,500"


@asked("DATA-NUMBER")
def two_amounts_in_a_cell(folder: Folder, _facts: Facts) -> None:
    """Type two amounts into a cell, one below the other."""
    folder.sheet("Maßnahmen").rows[0]["Investition"] = "9 000\n5 800"


@asked("DATA-NUMBER")
def numbers_with_a_gap(folder: Folder, _facts: Facts) -> None:
    """Type two numbers into a cell with a space between them."""
    folder.sheet("Einnahmen").rows[0]["Betrag"] = "90 80"


@asked("DATA-UNIT")
def an_amount_to_be_looked_up(folder: Folder, _facts: Facts) -> None:
    """Type that an amount is not known yet."""
    folder.sheet("Einnahmen").rows[0]["Betrag"] = "ca. 120"


@asked("DATA-UNIT")
def amounts_shown_in_brackets(folder: Folder, _facts: Facts) -> None:
    """Show an amount in brackets, as accountants show what is to be taken off."""
    folder.sheet("Einnahmen").change("Betrag", lambda amount: with_format(amount, "(#,##0.00)"))


@same
def days_as_german_text(folder: Folder, _facts: Facts) -> None:
    """Type days as 03.04.2024."""
    days(folder, german)


@same
def days_in_words(folder: Folder, _facts: Facts) -> None:
    """Type days as 3. April 2024."""
    names = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    days(folder, lambda day: f"{day.day}. {names.split()[day.month - 1]} {day.year}")


@same
def days_as_programs_write_them(folder: Folder, _facts: Facts) -> None:
    """Type days as 2024-04-03."""
    days(folder, lambda day: f"{day:%Y-%m-%d}")


@asked("DATA-DATE")
def days_with_short_years(folder: Folder, _facts: Facts) -> None:
    """Type days as 3.4.24."""
    days(folder, lambda day: f"{day.day}.{day.month}.{day:%y}")


@asked("DATA-NUMBER-FORMAT")
def days_as_excel_keeps_a_month(folder: Folder, _facts: Facts) -> None:
    """Type Mai 2024 where a day belongs: Excel keeps the first of May, and shows „Mai 24“."""
    folder.sheet("Einnahmen").change("Eingegangen am", lambda day: with_format(day.replace(day=1), "mmm\\ yy"))


@asked("DATA-NUMBER-FORMAT")
def days_as_excel_keeps_them_without_a_year(folder: Folder, _facts: Facts) -> None:
    """Type 3.4. without a year: Excel keeps one, and does not show it."""
    folder.sheet("Belege").change("Gezahlt am", lambda day: with_format(day, "d/\\ mmm"))


@same
def days_with_their_weekday(folder: Folder, _facts: Facts) -> None:
    """Format days in full: Mittwoch, 3. April 2024."""
    days(folder, lambda day: with_format(day, "[$-407]dddd, d. mmmm yyyy;@"))


@same
def keys_with_spaces_behind(folder: Folder, _facts: Facts) -> None:
    """Leave a space behind keys."""
    folder.sheet("Teilnehmer").change("Schlüssel", lambda key: f"{key} ")
    folder.sheet("Belege").change("Ausgabenansatz", lambda key: f" {key}")


@same
def keys_in_capitals(folder: Folder, _facts: Facts) -> None:
    """Type the keys of companies in capitals where they are referred to."""
    folder.sheet("Einnahmen").change("Teilnehmer", str.upper)
    folder.sheet("Standorte").change("Teilnehmer", str.capitalize)


@same
def choices_in_small_letters(folder: Folder, _facts: Facts) -> None:
    """Type the choices of drop-downs in small letters."""
    for name, head in (("Maßnahmen", "Status"), ("Maßnahmen", "Handlungsfeld"), ("Belege", "Art")):
        folder.sheet(name).change(head, str.lower)


@same
def ticks_as_flags(folder: Folder, _facts: Facts) -> None:
    """Tick cells instead of typing ja."""
    folder.sheet("Maßnahmen").change("Quantifiziert", lambda _yes: True)
    folder.sheet("Teilnehmer").change("Umweltteam", lambda _yes: "x")
