"""All provisions that Länder share, under the codes and passages of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from oekoreport.model.recipient import LegalKind
from oekoreport.rules.provisions import books, contracts, drawdowns, grant, plan, receipts, report
from oekoreport.rules.rule import PRODUCT, Rule


class Passage(NamedTuple):
    """Where a topic stands in general conditions; a number that was inferred says so in the basis of its rules."""

    number: str
    confirmed: bool = True


def of_every_grant(prefix: str, law: str, instruments: Mapping[LegalKind, str]) -> tuple[Rule, ...]:
    """Return the rules on every grant of a Land, whoever receives it.

    Args:
        prefix: what the codes begin with, as in ``NRW-PLAN``.
        law: the Land's conditions in general, as the rules' basis.
        instruments: which conditions are attached for which kind of recipient.
    """
    notice = "Zuwendungsbescheid"
    return (
        grant.conditions_of_recipient(instruments).under(
            f"{prefix}-CONDITIONS", f"{law}: {' und '.join(instruments.values())}"
        ),
        grant.notices_make_the_grant.under(f"{prefix}-NOTICES", notice),
        grant.grant_by_rate_of_plan.under(f"{prefix}-RATE", notice),
        grant.above_the_minimum.under(f"{prefix}-MINIMUM", f"{law}: Bagatellgrenze"),
        plan.plan_is_balanced.under(f"{prefix}-PLAN", f"{law}: Finanzierungsplan"),
        plan.parts_on_lines_in_force.under(f"{prefix}-LINE", f"{law}: Finanzierungsplan"),
        plan.income_on_lines_in_force.under(f"{prefix}-INCOME", f"{law}: Finanzierungsplan"),
        plan.line_underspent.under(f"{prefix}-UNDERSPENT", PRODUCT),
        contracts.awarded_after_notice.under(f"{prefix}-START", f"{law}: vorzeitiger Maßnahmebeginn"),
        receipts.inside_approval_period.under(f"{prefix}-PERIOD", f"{notice} (Bewilligungszeitraum)"),
        receipts.paid_before_service.under(f"{prefix}-ADVANCE", f"{law}: Zahlung vor der Leistung"),
        receipts.discount_forgone.under(f"{prefix}-DISCOUNT", f"{law}: wirtschaftliche und sparsame Verwendung"),
        drawdowns.after_final_notice.under(f"{prefix}-DRAWDOWN", f"{law}: Mittelabruf"),
        drawdowns.paid_out_at_most.under(f"{prefix}-PAID-OUT", notice),
        drawdowns.settled_across_a_change.under(f"{prefix}-TRANSITION", f"{law}: Verzinsung"),
        grant.no_surplus.under(f"{prefix}-SURPLUS", f"{law}: Deckungsmittel"),
        report.report_in_time.under(f"{prefix}-REPORT-DUE", f"{notice}; §§ 187 bis 193 BGB"),
        report.receipts_list_attached.under(f"{prefix}-RECEIPTS-LIST", f"{law}: Belegliste"),
        books.books_agree.under(f"{prefix}-LEDGER", f"{law}: Übereinstimmung mit den Büchern"),
    )


def of_conditions(prefix: str, instrument: str, passages: Mapping[str, Passage]) -> tuple[Rule, ...]:
    """Return the rules of general conditions (ANBest), each under the number of its passage.

    Args:
        prefix: what the codes begin with, as in ``NRW-G-1.2``.
        instrument: the conditions' name with the Land, as in ``ANBest-G NRW``.
        passages: by topic: plan, drawdowns, procurement, information, deadline, narrative, amounts, repayment.
    """

    def code(topic: str, suffix: str = "") -> str:
        return f"{prefix}-{passages[topic].number}{suffix}"

    def basis(topic: str) -> str:
        passage = passages[topic]
        return f"{instrument} Nr. {passage.number}{'' if passage.confirmed else ' (Nummer nicht bestätigt)'}"

    return (
        plan.line_within_tolerance.under(code("plan"), basis("plan")),
        plan.total_within_plan.under(code("plan", "-TOTAL"), basis("plan")),
        drawdowns.called_for_needs.under(code("drawdowns"), basis("drawdowns")),
        drawdowns.used_in_time.under(code("drawdowns", "-USE"), basis("drawdowns")),
        contracts.award_on_record.under(code("procurement"), basis("procurement")),
        contracts.consultancy_under_contract.under(code("procurement", "-CONTRACT"), basis("procurement")),
        contracts.paid_within_contract.under(code("procurement", "-SUM"), basis("procurement")),
        report.changes_notified.under(code("information"), basis("information")),
        report.deadline_of_law.under(code("deadline"), basis("deadline")),
        report.told_in_words.under(code("narrative"), basis("narrative")),
        receipts.net_where_deducted.under(code("amounts"), basis("amounts")),
        drawdowns.nothing_to_repay.under(code("repayment"), basis("repayment")),
    )
