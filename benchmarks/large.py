"""A large honest round, as a folder that `oekoreport build` reads: receipts, participants with measures, by number.

    PYTHONPATH=. .venv/bin/python benchmarks/large.py FOLDER --receipts 20000 --participants 513 --measures 5000

The same numbers give the same folder. It is the first round of `tests/typing` with more of everything, typed into one
workbook, so that no check fails and nothing is asked.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.typing.facts import FIRST_DAY, WORK, Company, Effect, Facts, Fee, Measure, Part, Payment, Receipt, euro
from tests.typing.facts import round_of as small_round
from tests.typing.typed import typed

SEED = 1
VAT = Decimal("1.19")


def large_round(receipts: int, participants: int, measures: int) -> Facts:
    """Return the facts of a round with so many receipts, participants and measures."""
    facts, chance = small_round(SEED), Random(SEED)  # noqa: S311 - no secret
    facts.receipts += [_receipt(chance, number) for number in range(len(facts.receipts), receipts)]
    for number in range(len(facts.companies), participants):
        company = Company(f"p{number:04}", f"Gesellschaft für Galvanik & Söhne Nr. {number} mbH", Decimal(120))
        facts.companies.append(company)
        facts.fees.append(Fee(company.key, FIRST_DAY + timedelta(days=number % 90), company.fee))
        facts.came |= {(workshop, company.key): True for workshop in range(1, len(facts.workshops) + 1)}
    keys = [company.key for company in facts.companies]
    facts.measures += [_measure(keys[number % len(keys)], number) for number in range(len(facts.measures), measures)]
    _plan(facts)
    return facts


def _receipt(chance: Random, number: int) -> Receipt:
    net = Decimal(chance.randint(1000, 90_000)) / 100
    gross = euro(net * VAT)
    issued = FIRST_DAY + timedelta(days=chance.randint(60, 400))
    return Receipt(
        key=f"B{number:06}",
        payee=f"Haus Muster {number} GmbH",
        purpose=f"Leistung {number}",
        number=f"R{number}-{chance.randint(10_000, 99_999)}",
        issued=issued,
        service=(issued - timedelta(days=20), issued - timedelta(days=1)),
        rate=19,
        contract="",
        parts=[Part("2", "other", net, gross)],
        payments=[Payment(issued + timedelta(days=9), gross)],
    )


def _measure(company: str, number: int) -> Measure:
    return Measure(
        company=company,
        title=f"{WORK[number % len(WORK)]} in Abschnitt {number} erneuern",
        area="energy",
        implemented=number % 3 > 0,
        investment=Decimal(1000 + number * 37 % 9000),
        saving=Decimal(250 + number * 137 % 900),
        effects=[Effect("electricity", Decimal(1000 + number), "kWh")],
    )


def _plan(facts: Facts) -> None:
    """Plan what was spent and what came in, so that nothing is over or left."""
    for line in facts.lines:
        spent = sum((part.gross for each in facts.receipts for part in each.parts if part.line == line.key), Decimal(0))
        line.planned = (spent / 8).to_integral_value() * 8 + 8
        line.eligible = Decimal(0) if line.key == "3" else line.planned
    facts.granted = euro(sum((line.eligible for line in facts.lines), Decimal(0)) * facts.rate / 100)
    facts.planned_fees = sum((fee.amount for fee in facts.fees), Decimal(0))


def main() -> None:
    """Write the folder that the command line asks for."""
    asked = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--receipts", type=int, default=20_000)
    asked.add_argument("--participants", type=int, default=513)
    asked.add_argument("--measures", type=int, default=5_000)
    chosen = asked.parse_args()
    typed(large_round(chosen.receipts, chosen.participants, chosen.measures)).write(chosen.folder)


if __name__ == "__main__":
    main()
