"""Do the recipient's books agree with what was entered?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oekoreport.language import Message, catalogue
from oekoreport.model.ledger import LedgerControl, LedgerSide
from oekoreport.rules import Case, Issue, TermsInRule, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.units import euro

_ = catalogue("oekoreport")


def _first_of_side_and_year(case: Case) -> Iterator[LedgerControl]:
    """Yield one total for each side and year: several budget codes of one year are judged together."""
    seen = set()
    for control in case.project.ledger_controls:
        which = (control.side, control.year)
        if which not in seen or None in which:
            seen.add(which)
            yield control


@provision(_("The books agree with the receipts"), each=_first_of_side_and_year)
def books_agree(control: LedgerControl, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The total in the recipient's books is what was entered for that year, by the day of payment.

    Expenditure is all payments on receipts; income is all other income and the drawdowns paid out.

    Why: the signatory confirms that the report agrees with the books; any difference is an error.
    Fails: books 28,700.00, payments of the year 28,714.80.
    Passes: books 28,714.80, payments of the year 28,714.80; several budget codes of a year are added up.
    """
    side, year = need(control, "side"), need(control, "year")
    controls = [
        other for other in case.project.ledger_controls if (need(other, "side"), need(other, "year")) == (side, year)
    ]
    booked = sum((need(other, "total") for other in controls), Decimal(0))
    entered = _paid_in(year, case) if side is LedgerSide.EXPENDITURE else _received_in(year, case)
    if booked != entered:
        yield Issue(
            _(
                "{side} {year}: {booked} in the books, {entered} entered; difference {difference}.",
                side=side,
                year=str(year),
                booked=euro(booked),
                entered=euro(entered),
                difference=euro(booked - entered),
            ),
            "total",
            expected=Message("{amount}", amount=euro(entered)),
            found=Message("{amount}", amount=euro(booked)),
            hint=_("Compare the postings of the year with the payments entered, one by one."),
        )


def _paid_in(year: int, case: Case) -> Decimal:
    payments = [payment for receipt in case.project.receipts for payment in receipt.payments]
    return sum((need(payment, "amount") for payment in payments if need(payment, "date").year == year), Decimal(0))


def _received_in(year: int, case: Case) -> Decimal:
    others = sum(
        (need(income, "amount") for income in case.project.incomes if need(income, "date").year == year), Decimal(0)
    )
    drawdowns = case.project.drawdowns
    return others + sum(
        (need(drawdown, "amount") for drawdown in drawdowns if need(drawdown, "paid_on").year == year), Decimal(0)
    )
