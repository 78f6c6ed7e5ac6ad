"""The facts of a round typed once, as the project workbook asks for them: all other ways of typing start from here."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.typing.facts import Facts, Measure, Receipt
from tests.typing.folder import Folder, Row, Sheet

REST = tomllib.loads(Path(__file__).with_name("rest.toml").read_text(encoding="utf-8"))["sheet"]
PROJECT = "projekt.xlsx"

TYPES = {"consultancy": "Beratung und Prüfung", "other": "Sonstiges"}
AREAS = {
    "energy": "Energie und Emissionen",
    "water": "Wasser und Abwasser",
    "waste": "Rohstoffe und Abfall",
    "mobility": "Mobilität",
}
RESOURCES = {
    "electricity": "Strom (kWh/a)",
    "gas_net": "Erdgas (Heizwert, Hi) (kWh/a)",
    "gas_gross": "Erdgas (Brennwert, Ho) (kWh/a)",
    "water": "Wasser (m³/a)",
    "waste": "Abfall nach Gewicht (t/a)",
}
BASE = {"MWh": Decimal(1000)}


def typed(facts: Facts) -> Folder:
    """Return the folder with one workbook that holds the facts."""
    folder = Folder()
    folder.files[PROJECT] = [
        *_rest(facts),
        _grant(facts),
        _expenditure_lines(facts),
        _income_lines(facts),
        _contracts(facts),
        _participants(facts),
        _workshops(facts),
        _attendances(facts),
        _measures(facts),
        _receipts(facts),
        _incomes(facts),
        _ledger(facts),
    ]
    return folder


def table(name: str, rows: list[Row]) -> Sheet:
    """Return a sheet whose heads are those that its rows name, in their order."""
    return Sheet(name, list(dict.fromkeys(head for row in rows for head in row)), rows)


def _rest(facts: Facts) -> Iterator[Sheet]:
    for sheet in REST:
        if sheet.get("form"):
            entry = {head: value for head, value in sheet.items() if head not in ("name", "form")}
            yield Sheet(sheet["name"], list(entry), [entry], form=True)
        else:
            yield table(sheet["name"], [each for row in sheet["rows"] for each in _for_companies(row, facts)])


def _for_companies(row: Row, facts: Facts) -> Iterator[Row]:
    """Yield a row once, or for each company where it names one."""
    if not any(isinstance(value, str) and "{key}" in value for value in row.values()):
        yield {head: facts.granted if value == "{granted}" else value for head, value in row.items()}
        return
    for company in facts.companies:
        yield {head: value.format(key=company.key) if isinstance(value, str) else value for head, value in row.items()}


def _grant(facts: Facts) -> Sheet:
    entry: Row = {
        "Bewilligungsbehörde": "Ministerium Muster",
        "Land": "Nordrhein-Westfalen",
        "Förderrichtlinie": "Richtlinie ÖKOPROFIT",
        "Finanzierungsart": "Anteilfinanzierung",
        "Fördersatz": f"{facts.rate} %".replace(".", ","),
        "Höchstbetrag": facts.granted,
        "Ermäßigung": "Nach dem Fördersatz",
        "Bewilligungszeitraum von": date(2024, 2, 12),
        "Bewilligungszeitraum bis": date(2025, 7, 31),
        "Im Zeitraum erforderlich": "Leistung und Zahlung",
        "Verwendungsnachweis fällig am": date(2025, 10, 31),
        "Art der Frist": "Frist (verschiebt sich bei Wochenende und Feiertag)",
        "Belegliste": "ja",
    }
    return Sheet("Zuwendung", list(entry), [entry], form=True)


def _expenditure_lines(facts: Facts) -> Sheet:
    return table(
        "Ausgabenansätze",
        [
            {
                "Schlüssel": line.key,
                "Finanzierungsplan": "P1",
                "Bezeichnung": line.title,
                "Geplant insgesamt": line.planned,
                "Davon zuwendungsfähig": line.eligible,
            }
            for line in facts.lines
        ],
    )


def _income_lines(facts: Facts) -> Sheet:
    planned = sum((line.planned for line in facts.lines), Decimal(0))
    lines = [
        ("E1", "Beiträge der Betriebe", "Leistungen Dritter", facts.planned_fees, facts.covered_line or None),
        ("E2", "Zuwendung des Landes", "Zuwendung des Landes", facts.granted, None),
        ("E3", "Eigenmittel", "Eigenanteil", planned - facts.planned_fees - facts.granted, None),
    ]
    heads = ("Schlüssel", "Bezeichnung", "Art", "Geplant", "Deckt Ausgabenansatz")
    return table(
        "Einnahmenansätze", [{"Finanzierungsplan": "P1", **dict(zip(heads, line, strict=True))} for line in lines]
    )


def _contracts(facts: Facts) -> Sheet:
    net = sum((receipt.net for receipt in facts.receipts if receipt.contract), Decimal(0))
    return table(
        "Aufträge",
        [
            {
                "Schlüssel": "V1",
                "Gegenstand": "Beratung",
                "Ausgabenansatz": "1",
                "Auftragnehmer": "Beratung Muster GmbH",
                "Vergabeverfahren": "Verhandlungsvergabe",
                "Angebote": 3,
                "Vergabevermerk": "ja",
                "Auftrag erteilt am": date(2024, 2, 24),
                "Auftragssumme netto": net,
            }
        ],
    )


def _participants(facts: Facts) -> Sheet:
    same = {"Kommune": "Musterstadt", "Beschäftigte": 100, "Vereinbarung vom": date(2024, 1, 20)}
    done = dict.fromkeys(("Umweltleitlinien", "Umweltteam", "Rechtscheck", "Freigabe der Zahlen"), "ja")
    return table(
        "Teilnehmer",
        [
            {"Schlüssel": company.key, "Name": company.name, **same, "Teilnahmebeitrag": company.fee, **done}
            for company in facts.companies
        ],
    )


def _workshops(facts: Facts) -> Sheet:
    same = {"Thema": "Energie", "Status": "Durchgeführt", "Format": "Vor Ort"}
    return table(
        "Workshops",
        [
            {"Schlüssel": f"W{number}", "Nummer": number, "Datum": day, **same}
            for number, day in enumerate(facts.workshops, 1)
        ],
    )


def _attendances(facts: Facts) -> Sheet:
    numbers = range(1, len(facts.workshops) + 1)
    return table(
        "Teilnahmen",
        [
            {
                "Teilnehmer": company.key,
                **{f"W{number}": "x" if facts.came[number, company.key] else "nein" for number in numbers},
            }
            for company in facts.companies
        ],
    )


def _measures(facts: Facts) -> Sheet:
    return table("Maßnahmen", [measure_row(measure, number) for number, measure in enumerate(facts.measures, 1)])


def measure_row(measure: Measure, number: int) -> Row:
    """Return a measure as a row of the sheet Maßnahmen."""
    return {
        "Schlüssel": f"M{number}",
        "Standort": f"{measure.company}-1",
        "Maßnahme": measure.title,
        "Handlungsfeld": AREAS[measure.area],
        "Status": "Umgesetzt" if measure.implemented else "Geplant",
        "Umsetzung am": date(2024, 11, 30) if measure.implemented else date(2026, 3, 31),
        "Investition": measure.investment,
        "Einsparung pro Jahr": measure.saving,
        "Quantifiziert": "ja",
        **{RESOURCES[each.resource]: each.number * BASE.get(each.unit, Decimal(1)) for each in measure.effects},
    }


def _receipts(facts: Facts) -> Sheet:
    return table("Belege", [row for receipt in facts.receipts for row in receipt_rows(receipt)])


def receipt_rows(receipt: Receipt) -> list[Row]:
    """Return a receipt as rows of the sheet Belege: a row for each part and each payment."""
    count = max(len(receipt.parts), len(receipt.payments))
    rows: list[Row] = [{"Beleg": receipt.key} for _row in range(count)]
    rows[0] |= {
        "Art": "Rechnung",
        "Rechnungsempfänger": "Kreis Muster",
        "Zahlungsempfänger": receipt.payee,
        "Zahlungsgrund": receipt.purpose,
        "Rechnungsnummer": receipt.number,
        "Rechnungsdatum": receipt.issued,
        "Leistung von": receipt.service[0],
        "Leistung bis": receipt.service[1],
        "Umsatzsteuerfall": "Umsatzsteuer ausgewiesen",
        "Umsatzsteuersatz": f"{receipt.rate} %",
        "Netto": receipt.net,
        "Umsatzsteuer": receipt.gross - receipt.net,
        "Brutto": receipt.gross,
        "Auftrag": receipt.contract or None,
    }
    for row, part in zip(rows, receipt.parts, strict=False):
        row |= {
            "Ausgabenansatz": part.line,
            "Kostenart": TYPES[part.type],
            "Teilbetrag netto": part.net,
            "Teilbetrag brutto": part.gross,
            "Davon zuwendungsfähig": part.eligible,
            "Grund": None if part.eligible is None else "Bewirtung",
        }
    for row, payment in zip(rows, receipt.payments, strict=False):
        row |= {"Gezahlt am": payment.day, "Gezahlt": payment.amount, "Skonto nicht genutzt": payment.forgone}
    return rows


def _incomes(facts: Facts) -> Sheet:
    rows: list[Row] = [
        {
            "Schlüssel": f"F{number}",
            "Art": "Leistungen Dritter",
            "Einnahmenansatz": "E1",
            "Teilnehmer": fee.company,
            "Deckt Ausgabenansatz": facts.covered_line or None,
            "Eingegangen am": fee.day,
            "Betrag": fee.amount,
        }
        for number, fee in enumerate(facts.fees, 1)
    ]
    return table("Einnahmen", rows)


def _ledger(facts: Facts) -> Sheet:
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for receipt in facts.receipts:
        for payment in receipt.payments:
            sums["Ausgaben", payment.day.year] += payment.amount
    for fee in facts.fees:
        sums["Einnahmen", fee.day.year] += fee.amount
    sums["Einnahmen", 2024] += 500
    return table(
        "Kassenabstimmung",
        [
            {"Haushaltsstelle": "56.01", "Buchungsseite": side, "Jahr": year, "Summe": amount}
            for (side, year), amount in sorted(sums.items())
        ],
    )
