"""The facts of a round, as somebody would tell them: who was paid what and when, what was saved, who came.

Nothing here knows how facts are typed or computed. A seed gives a round that no rule objects to: what one receives of
it is the same however it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from random import Random

CENT = Decimal("0.01")


def euro(amount: Decimal | int | str) -> Decimal:
    """Return an amount in euro, rounded half up to the cent."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Line:
    """A line of planned expenditure; ``eligible`` is its eligible part."""

    key: str
    title: str
    planned: Decimal = Decimal(0)
    eligible: Decimal = Decimal(0)


@dataclass
class Part:
    """A part of a receipt on a line. ``eligible`` is stated only where it is not the whole; ``type`` is the field's."""

    line: str
    type: str
    net: Decimal
    gross: Decimal
    eligible: Decimal | None = None


@dataclass
class Payment:
    """A payment in euro; ``part`` is the index of the part that it pays, None pays all parts in proportion."""

    day: date
    amount: Decimal
    part: int | None = None
    forgone: Decimal | None = None


@dataclass
class Receipt:
    """An invoice with its parts and payments."""

    key: str
    payee: str
    purpose: str
    number: str
    issued: date
    service: tuple[date, date]
    rate: int
    contract: str
    parts: list[Part]
    payments: list[Payment]

    @property
    def net(self) -> Decimal:
        """The sum of its parts without tax."""
        return sum((part.net for part in self.parts), Decimal(0))

    @property
    def gross(self) -> Decimal:
        """The sum of its parts with tax."""
        return sum((part.gross for part in self.parts), Decimal(0))


@dataclass
class Fee:
    """Money that a company paid for taking part."""

    company: str
    day: date
    amount: Decimal


@dataclass
class Effect:
    """What a measure saves in a year: resource, number and unit."""

    resource: str
    number: Decimal
    unit: str


@dataclass
class Measure:
    """A measure at a company's site."""

    company: str
    title: str
    area: str
    implemented: bool
    investment: Decimal
    saving: Decimal
    effects: list[Effect] = field(default_factory=list)


@dataclass
class Company:
    """A company with one site, and what it pays for taking part."""

    key: str
    name: str
    fee: Decimal


@dataclass
class Facts:
    """A round."""

    lines: list[Line]
    receipts: list[Receipt]
    companies: list[Company]
    fees: list[Fee]
    planned_fees: Decimal
    covered_line: str
    rate: Decimal
    granted: Decimal
    measures: list[Measure]
    workshops: list[date]
    came: dict[tuple[int, str], bool]


FIRST_DAY = date(2024, 3, 1)
COMPANIES = (("klinik", "Klinik Muster gGmbH"), ("werk", "Werk Muster GmbH & Co. KG"), ("hof", "Molkerei Muster eG"))
WORKSHOPS = [date(2024, 3, 5), date(2024, 6, 10), date(2024, 9, 9), date(2025, 2, 10)]
AREAS = ("energy", "water", "waste", "mobility")
WORK = ("Beleuchtung", "Druckluft", "Heizung", "Pumpen", "Lüftung", "Kälte", "Dämmung", "Motoren", "Steuerung")


def round_of(seed: int) -> Facts:
    """Return the round of a seed: two or three companies, three to seven receipts, four to six measures each."""
    chance = Random(seed)  # noqa: S311 - no secret
    lines = [Line("1", "Beratung"), Line("2", "Veranstaltungen"), Line("3", "Bewirtung")]
    receipts = [_receipt(chance, index) for index in range(1, chance.randint(4, 8))]
    companies = [Company(key, name, _amount(chance, 80, 240)) for key, name in COMPANIES[: chance.randint(2, 3)]]
    fees = [fee for company in companies for fee in _fees(chance, company)]
    for line in lines:
        spent = sum((part.gross for each in receipts for part in each.parts if part.line == line.key), Decimal(0))
        line.planned = _whole(spent * Decimal(chance.choice(("1", "1.04", "1.1"))) + 1)
        line.eligible = line.planned if line.key != "3" else Decimal(0)
    rate = Decimal(chance.choice(("80", "75", "62.5")))
    granted = euro(sum((line.eligible for line in lines), Decimal(0)) * rate / 100)
    received = sum((fee.amount for fee in fees), Decimal(0))
    return Facts(
        lines=lines,
        receipts=receipts,
        companies=companies,
        fees=fees,
        planned_fees=euro(received * Decimal(chance.choice(("0.9", "1", "1.1")))),
        covered_line=chance.choice(("", "3")),
        rate=rate,
        granted=granted,
        measures=[measure for company in companies for measure in _measures(chance, company)],
        workshops=WORKSHOPS,
        came={(number, company.key): True for number in range(1, 5) for company in companies},
    )


def _whole(amount: Decimal) -> Decimal:
    """Round up to a multiple of 8 euro, of which every rate here is a whole number of cents."""
    return (amount / 8).to_integral_value(ROUND_CEILING) * 8


def _amount(chance: Random, low: int, high: int) -> Decimal:
    return Decimal(chance.randint(low * 100, high * 100)) / 100


def _receipt(chance: Random, index: int) -> Receipt:
    """Return a receipt; the first is large and early, so that the payout is used up in time."""
    rate = chance.choice((19, 7)) if index > 1 else 19
    issued = FIRST_DAY + timedelta(days=chance.randint(60, 400)) if index > 1 else date(2024, 6, 30)
    kinds = chance.choice((("1",), ("1",), ("2",), ("1", "3"), ("2", "3"), ("1", "2"))) if index > 1 else ("1",)
    parts = [_part(chance, line, rate, index) for line in kinds]
    receipt = Receipt(
        key=f"B{index:02}",
        payee="Beratung Muster GmbH" if "1" in kinds else f"Haus Muster {index} GmbH",
        purpose=f"Leistung {index}",
        number=f"2024-{1000 + 7 * index}",
        issued=issued,
        service=(issued - timedelta(days=20), issued - timedelta(days=1)),
        rate=rate,
        contract="V1" if "1" in kinds else "",
        parts=parts,
        payments=[],
    )
    receipt.payments = _payments(chance, receipt)
    if len(parts) == 1 and chance.random() < 0.25:
        parts[0].eligible = euro(receipt.gross * Decimal("0.8"))
    elif len(receipt.payments) == 1 and kinds in (("1",), ("2",)) and chance.random() < 0.25:
        receipt.payments[0].forgone = euro(receipt.gross * Decimal("0.02"))
    return receipt


def _part(chance: Random, line: str, rate: int, index: int) -> Part:
    net = _amount(chance, 1500, 4000) if index == 1 else _amount(chance, 100, 900)
    gross = euro(net * (100 + rate) / 100)
    return Part(line, {"1": "consultancy", "2": "other", "3": "other"}[line], net, gross)


def _payments(chance: Random, receipt: Receipt) -> list[Payment]:
    """Pay a receipt at once, in two instalments, or each of its parts by itself."""
    day = receipt.issued + timedelta(days=chance.randint(3, 25))
    later = day + timedelta(days=chance.randint(5, 30))
    if len(receipt.parts) > 1:
        return [Payment(day, part.gross, index) for index, part in enumerate(receipt.parts)]
    if receipt.key != "B01" and chance.random() < 0.4:
        first = euro(receipt.gross * Decimal("0.4"))
        return [Payment(day, first), Payment(later, receipt.gross - first)]
    return [Payment(day, receipt.gross)]


def _fees(chance: Random, company: Company) -> list[Fee]:
    day = date(2024, 4, 1) + timedelta(days=chance.randint(0, 60))
    if chance.random() < 0.3:
        half = euro(company.fee / 2)
        return [Fee(company.key, day, half), Fee(company.key, day + timedelta(days=40), company.fee - half)]
    return [Fee(company.key, day, company.fee)]


def _measures(chance: Random, company: Company) -> list[Measure]:
    works = chance.sample(WORK, chance.randint(4, 6))
    return [
        Measure(
            company=company.key,
            title=f"{work} erneuern",
            area=chance.choice(AREAS),
            implemented=index < 3,
            investment=_amount(chance, 500, 9000),
            saving=_amount(chance, 200, 3000),
            effects=_effects(chance),
        )
        for index, work in enumerate(works)
    ]


def _effects(chance: Random) -> list[Effect]:
    offered = [
        Effect("electricity", Decimal(chance.randint(1000, 90_000)), "kWh"),
        Effect("gas_net", Decimal(chance.randint(10, 900)) / 10, "MWh"),
        Effect("gas_gross", Decimal(chance.randint(1000, 40_000)), "kWh"),
        Effect("water", Decimal(chance.randint(5, 400)), "m³"),
        Effect("waste", Decimal(chance.randint(5, 90)) / 10, "t"),
    ]
    return [offered[0], *chance.sample(offered[1:], chance.randint(0, 2))]
