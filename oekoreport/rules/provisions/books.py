"""Do the recipient's books agree with what was entered?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from oekoreport.language import Message, catalogue
from oekoreport.model import Noun, Project
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
    entered = _entered(side, year, case.project)
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


def _entered(side: LedgerSide, year: int, project: Project) -> Decimal:
    """Return what was paid on receipts in a year, or what was received otherwise and paid out of the grant."""
    if side is LedgerSide.EXPENDITURE:
        return _of_year(year, "date", (payment for receipt in project.receipts for payment in receipt.payments))
    return _of_year(year, "date", project.incomes) + _of_year(year, "paid_on", project.drawdowns)


def _of_year(year: int, day: str, nouns: Iterable[Noun]) -> Decimal:
    return sum((need(noun, "amount") for noun in nouns if need(noun, day).year == year), Decimal(0))
