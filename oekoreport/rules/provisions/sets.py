"""All provisions that Länder share, under the codes and passages of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from oekoreport.law import Citation, Instrument
from oekoreport.rules import PRODUCT, Rule
from oekoreport.rules.provisions import books, contracts, drawdowns, grant, plan, receipts, report
from oekoreport.rules.provisions.provision import Provision


def of_every_grant(prefix: str, law: str, instruments: Sequence[Instrument]) -> tuple[Rule, ...]:
    """Return the rules on every grant of a Land, whoever receives it.

    Args:
        prefix: what the codes begin with, as in ``NRW-PLAN``.
        law: the Land's conditions in general, as the rules' basis.
        instruments: the Land's general conditions, each with the kind of recipient that it is for.
    """
    notice = "Zuwendungsbescheid"
    return (
        grant.conditions_of_recipient(instruments).under(
            f"{prefix}-CONDITIONS", f"{law}: {' und '.join(each.name for each in instruments)}"
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


def of_conditions(prefix: str, law: str, numbers: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return the rules of general conditions (ANBest), each citing its topic in the edition in force.

    Args:
        prefix: what the codes begin with, as in ``NRW-G-1.2``.
        law: the conditions' name with the Land, as in ``ANBest-G NRW``.
        numbers: by topic, the number that the codes bear; it stays when a later edition has another.
    """

    def under(provision: Provision, topic: str, suffix: str = "") -> Rule:
        return provision.under(f"{prefix}-{numbers[topic]}{suffix}", Citation(law, "conditions", topic))

    return (
        under(plan.line_within_tolerance, "plan"),
        under(plan.total_within_plan, "plan", "-TOTAL"),
        under(drawdowns.called_for_needs, "drawdowns"),
        under(drawdowns.used_in_time, "drawdowns", "-USE"),
        under(contracts.award_on_record, "procurement"),
        under(contracts.procedure_fits_amount, "procurement", "-PROCEDURE"),
        under(contracts.direct_orders_not_split, "procurement", "-SPLIT"),
        under(contracts.large_orders_have_contract, "procurement", "-ORDERS"),
        under(contracts.consultancy_under_contract, "procurement", "-CONTRACT"),
        under(contracts.paid_within_contract, "procurement", "-SUM"),
        under(report.changes_notified, "information"),
        under(report.deadline_of_law, "deadline"),
        under(report.told_in_words, "narrative"),
        under(receipts.net_where_deducted, "amounts"),
        under(drawdowns.nothing_to_repay, "repayment"),
    )
