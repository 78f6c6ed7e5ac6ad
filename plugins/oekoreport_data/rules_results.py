"""Are results told apart that must not meet: yearly and one-time, tonnes and cubic metres, counted and not counted?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    PRODUCT,
    Case,
    Issue,
    Measure,
    MeasureState,
    NotApplicable,
    Project,
    Recurrence,
    Resource,
    Severity,
    TermsInRule,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_data")

PROGRAMME = (MeasureState.PLANNED, MeasureState.IMPLEMENTED)


def _with_effects(case: Case) -> list[Measure]:
    return [measure for measure in case.project.measures() if measure.effects and measure.state in PROGRAMME]


@rule(
    "CORE-ONCE",
    _("Yearly savings have yearly effects"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=_with_effects,
)
def yearly_saving_of_yearly_effects(measure: Measure, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A measure that saves money every year does not have one-time effects only.

    Why: what is saved once belongs in no yearly total; here either the saving or the effects are of the other kind.
    Fails: 5 t of waste once, 500 EUR saved every year.
    Passes: 5 t of waste every year, 500 EUR saved every year; 5 t once and no yearly saving.
    """
    if not measure.stated("saving"):
        raise NotApplicable
    saving = need(measure, "saving")
    if saving and all(need(effect, "recurrence") is Recurrence.ONCE for effect in measure.effects):
        yield Issue(
            _(
                "“{title}” saves money every year, but all its effects are one-time.",
                title=measure.called,
            ),
            "saving",
            hint=_("Mark the effects as yearly, or remove the saving from the yearly ones."),
        )


@rule(
    "CORE-WASTE", _("Waste is counted in a single unit"), basis=PRODUCT, severity=Severity.WARNING, each=_with_effects
)
def waste_in_one_unit(measure: Measure, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A measure states its waste in tonnes or in cubic metres, not in both.

    Why: the two are added up apart, and the report prints both; the same waste would be counted twice.
    Fails: 2 t and 8 m³ of waste of one measure.
    Passes: 8 m³ of waste: it is in the total of cubic metres and not in that of tonnes.
    """
    resources = {need(effect, "resource") for effect in measure.effects}
    if not resources & {Resource.WASTE, Resource.WASTE_VOLUME}:
        raise NotApplicable
    if {Resource.WASTE, Resource.WASTE_VOLUME} <= resources:
        yield Issue(
            _("“{title}” states waste both in tonnes and in cubic metres.", title=measure.called),
            hint=_("Keep the one that was measured; add a note if they are different kinds of waste."),
        )


@rule("CORE-PAYBACK", _("Payback times are known"), basis=PRODUCT, severity=Severity.WARNING)
def payback_of_enough_measures(project: Project, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Quantified measures state investment and saving, and at least half of them pay for themselves.

    Why: the report prints the shares of payback times, and with one measure unknown they are unknown; a round most of
    whose measures never pay has savings left out, or has something to explain.
    Fails: a quantified measure without an investment; 40 quantified measures, 15 of them with a yearly saving.
    Passes: 40 quantified measures, 30 with a yearly saving, 0 entered as the investment where there was none.
    """
    programme = [measure for measure in project.measures() if measure.quantified and measure.state in PROGRAMME]
    lacking = [measure for measure in programme if measure.investment is None or measure.saving is None]
    if lacking:
        first = lacking[0]
        yield Issue(
            _(
                "{lacking} of {quantified} quantified measures lack investment or saving: payback times are unknown.",
                lacking=len(lacking),
                quantified=len(programme),
            ),
            "investment" if first.investment is None else "saving",
            at=first,
            hint=_("Enter both; 0 if there is none."),
        )
        return
    if not programme:
        raise NotApplicable
    paying = case.figure("payback.base") - case.figure("payback.never")
    if paying * 2 < len(programme):
        yield Issue(
            _(
                "Only {paying} of {quantified} quantified measures save what they cost.",
                paying=paying,
                quantified=len(programme),
            ),
            hint=_("Check their savings; if they are right, explain in the report why most measures do not pay."),
        )
