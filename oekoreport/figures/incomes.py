"""Income by line of the plan, and the fees of participants: what was planned, received and is still open."""

from __future__ import annotations

from functools import partial

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.expenditure import no_plan
from oekoreport.figures.results import participants
from oekoreport.figures.settlement import income_lines
from oekoreport.figures.values import ZERO, FieldRef, Value, read, total, unknown
from oekoreport.language import catalogue
from oekoreport.model.income import Income
from oekoreport.model.participant import Participant
from oekoreport.model.plan import FundingSource, IncomeLine

_ = catalogue("oekoreport")

INCOMES = Chapter()


# --- income by line --------------------------------------------------------------------------------------------------


@INCOMES.figure("income_line.planned", "EUR", _("Planned"), each=income_lines)
def _income_planned(_figures: Figures, line: IncomeLine) -> Value:
    return read(line, "planned")


@INCOMES.figure(
    "income_line.received",
    "EUR",
    _("Received"),
    each=income_lines,
    how=_("Money received; for the grant the amount due, for own funds the rest"),
)
def _income_received(figures: Figures, line: IncomeLine) -> Value:
    match line.source:
        case None:
            return unknown(FieldRef(line.kind, line.key, "source"))
        case FundingSource.GRANT:
            return figures.value("settlement.grant_due")
        case FundingSource.OWN:
            return figures.value("settlement.own_funds")
    return total(_if_of(income, line) for income in figures.project.incomes)


def _if_of(income: Income, line: IncomeLine) -> Value:
    if income.income_line is None:
        return unknown(FieldRef(income.kind, income.key, "income_line"))
    return read(income, "amount") if income.income_line == line.key else ZERO


@INCOMES.figure("income.deviation", "EUR", _("Deviation from the plan"))
def _income_deviation(figures: Figures) -> Value:
    return figures.value("income.received") - figures.value("income.planned")


def _share(figures: Figures, line: IncomeLine, name: str) -> Value:
    return figures.value(f"income_line.{name}/{line.key}") * 100 / figures.value(f"income.{name}")


for _name, _title in (("planned", _("Income planned")), ("received", _("Income"))):
    _how = _("Sum over the lines")
    INCOMES.sum(
        f"income.{_name}", "EUR", _title, of=f"income_line.{_name}", each=income_lines, how=_how, lacking=no_plan
    )
    INCOMES.figure(f"income_line.{_name}_share", "%", _("Share of the whole"), each=income_lines, places=2)(
        partial(_share, name=_name)
    )


# --- fees ------------------------------------------------------------------------------------------------------------


@INCOMES.figure("fees.owed", "EUR", _("Fee owed"), each=participants)
def _fee_owed(_figures: Figures, participant: Participant) -> Value:
    return read(participant, "fee")


@INCOMES.figure("fees.received", "EUR", _("Fee received"), each=participants)
def _fee_received(figures: Figures, participant: Participant) -> Value:
    unread = [
        FieldRef(income.kind, income.key, "participant")
        for income in figures.project.incomes
        if income.participant is None and income.stated("participant")
    ]
    if unread:
        return unknown(*unread)
    return total(read(income, "amount") for income in figures.project.incomes if income.participant == participant.key)


@INCOMES.figure("fees.open", "EUR", _("Fee open"), each=participants)
def _fee_open(figures: Figures, participant: Participant) -> Value:
    return figures.value(f"fees.owed/{participant.key}") - figures.value(f"fees.received/{participant.key}")


for _name, _title in (("owed", _("Fees owed")), ("received", _("Fees received")), ("open", _("Fees open"))):
    _how = _("Sum over the participants")
    INCOMES.sum(f"fees.{_name}", "EUR", _title, of=f"fees.{_name}", each=participants, how=_how)
