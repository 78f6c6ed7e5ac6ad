"""The grant: who gives it, how it is computed, and what must lie in which period."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Flag, Money, Percent, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class Land(Code):
    """The Land whose law applies, by its short code (ISO 3166-2:DE); DE is the federation itself."""

    BW = "BW", _("Baden-Württemberg")
    BY = "BY", _("Bavaria")
    BE = "BE", _("Berlin")
    BB = "BB", _("Brandenburg")
    HB = "HB", _("Bremen")
    HH = "HH", _("Hamburg")
    HE = "HE", _("Hesse")
    MV = "MV", _("Mecklenburg-Western Pomerania")
    NI = "NI", _("Lower Saxony")
    NW = "NW", _("North Rhine-Westphalia")
    RP = "RP", _("Rhineland-Palatinate")
    SL = "SL", _("Saarland")
    SN = "SN", _("Saxony")
    ST = "ST", _("Saxony-Anhalt")
    SH = "SH", _("Schleswig-Holstein")
    TH = "TH", _("Thuringia")
    DE = "DE", _("Federation")


class FinancingType(Code):
    """How the grant follows the expenditure (Finanzierungsart)."""

    SHARE = "share", _("Share financing")
    GAP = "gap", _("Gap financing")
    FIXED = "fixed", _("Fixed-amount financing")
    FULL = "full", _("Full financing")


class ReductionMethod(Code):
    """How a share is reduced when eligible expenditure falls: by the rate, or in proportion to the plan."""

    RATE = "rate", _("By the rate")
    PRO_RATA = "pro_rata", _("Pro rata")


class PeriodTest(Code):
    """What has to lie in the approval period."""

    SERVICE = "service", _("Service")
    PAYMENT = "payment", _("Payment")
    BOTH = "both", _("Service and payment")


class DeadlineKind(Code):
    """A Frist moves off weekends and holidays, a Termin does not."""

    PERIOD = "period", _("Time limit (moves off weekends and holidays)")
    DAY = "day", _("Fixed day")


class Grant(Noun):
    """The grant (Zuwendung) as the notices in force fix it."""

    kind = "grant"
    label = _("Grant")

    authority: Text = field(
        _("Granting authority"), _("Who decided on the grant."), example="Ministerium Muster", required=True
    )
    authority_address: Text = field(
        _("Authority's address"), _("Address for the report."), example="Musterplatz 1, 12345 Musterstadt"
    )
    land: Land | None = field(_("Land"), _("The Land whose law applies."), example="NW", required=True)
    paying_agency: Text = field(
        _("Paying agency"), _("The agency that pays out, if it is not the authority."), example="NRW.BANK"
    )
    guideline: Text = field(
        _("Funding guideline"), _("The guideline named in the notice."), example="Richtlinie ÖKOPROFIT", required=True
    )
    guideline_edition: Text = field(
        _("Edition of the guideline"), _("Date or edition that the notice names."), example="2020-06-12"
    )
    financing_type: FinancingType | None = field(
        _("Type of financing"), _("How the grant follows the expenditure."), example="share", required=True
    )
    rate: Percent = field(
        _("Rate"), _("Share of the eligible expenditure that the grant covers."), example=80, unit="%"
    )
    cap: Money = field(
        _("Maximum"), _("The maximum amount of the grant."), example="20000.00", unit="EUR", required=True
    )
    reduction_method: ReductionMethod | None = field(
        _("Reduction"),
        _("How the grant changes if eligible expenditure falls; empty if the notice does not say."),
        example="rate",
    )
    period_start: Day = field(
        _("Approval period from"), _("First day of the approval period."), example="2024-02-12", required=True
    )
    period_end: Day = field(
        _("Approval period to"),
        _("Last day of the approval period, amendments included."),
        example="2025-07-31",
        required=True,
    )
    period_test: PeriodTest | None = field(
        _("Must fall within the period"),
        _("What must fall within the approval period."),
        example="service",
        required=True,
    )
    last_payment: Day = field(
        _("Last payment date"), _("The last day on which payments count, if the notice sets one."), example="2025-09-30"
    )
    early_start: Day = field(
        _("Early start allowed from"),
        _("The day from which the project could start before the notice."),
        example="2024-01-15",
    )
    report_due: Day = field(
        _("Report due"),
        _("The day the report on the use of the grant is due, as set by the notice."),
        example="2025-10-31",
        required=True,
    )
    report_due_kind: DeadlineKind | None = field(
        _("Kind of deadline"), _("Whether the day moves off weekends and holidays."), example="period", required=True
    )
    submitted_on: Day = field(
        _("Report submitted on"),
        _("The day on which the report was submitted; receipts are kept from then on."),
        example="2025-10-24",
        happened=True,
    )
    claim_on: Day = field(
        _("Repayment claim from"),
        _(
            "The day from which a repayment bears interest, as set by the authority; if empty, that of the last "
            "payout is assumed."
        ),
        example="2025-08-01",
    )
    repaid_on: Day = field(_("Repaid on"), _("When the repayment was made."), example="2025-11-15", happened=True)
    receipts_list: Flag = field(
        _("List of receipts"), _("Whether the notice asks for a list of receipts (Belegliste)."), example=True
    )
