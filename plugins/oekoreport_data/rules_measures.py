"""Do measures say what they save, and is it plausible?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oekoreport import (
    PRODUCT,
    Amount,
    Case,
    FieldRef,
    Issue,
    Measure,
    MeasureState,
    NotApplicable,
    Participant,
    Recurrence,
    Resource,
    Severity,
    Site,
    TermsInRule,
    Undecided,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_data")

PROGRAMME = (MeasureState.PLANNED, MeasureState.IMPLEMENTED)
LEAST_CARBON, MOST_CARBON = Decimal("0.10"), Decimal("0.65")
"""kg CO2 per kWh: published rounds lie between 0.15 and 0.44; those far above had effects that no energy causes."""


def _measures(case: Case) -> Iterator[Measure]:
    return case.project.measures()


@rule("CORE-EFFECT", _("Quantified measures have an effect"), basis=PRODUCT, each=_measures)
def effect_of_quantified(measure: Measure, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A measure of the programme that is marked as quantified states a saving or an effect.

    Why: payback and totals rest on quantified measures; one without numbers would count as a saving of nothing.
    Fails: a planned measure, quantified, with neither saving nor effect.
    Passes: the same with a saving of 500 EUR a year, or marked as not quantified.
    """
    if need(measure, "state") not in PROGRAMME or not need(measure, "quantified"):
        raise NotApplicable
    if measure.effects:
        return
    if measure.saving is None and measure.stated("saving"):
        need(measure, "saving")
    if measure.saving is None:
        yield Issue(
            _("“{title}” is marked as quantified, but states neither saving nor effect.", title=measure.called),
            "quantified",
            hint=_("Enter what it saves, or mark it as not quantified."),
        )


@rule("CORE-UNQUANTIFIED", _("Measures not quantified have no numbers"), basis=PRODUCT, each=_measures)
def numbers_of_unquantified(measure: Measure, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A measure that is marked as not quantified states neither saving nor effect.

    Why: such measures are counted and never summed, so what they state would be lost from all totals without a word.
    Fails: a measure, not quantified, with a saving of 500 EUR a year.
    Passes: a measure, not quantified, without saving and effects.
    """
    if need(measure, "quantified"):
        raise NotApplicable
    if measure.saving or measure.effects:
        yield Issue(
            _("“{title}” is marked as not quantified, but states what it saves.", title=measure.called),
            "quantified",
            hint=_("Mark it as quantified, or delete saving and effects."),
        )


@rule(
    "CORE-CO2",
    _("CO2 savings match the energy saved"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: case.project.participants,
)
def carbon_per_energy(participant: Participant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A participant saves between 0.10 and 0.65 kg of CO2 per kilowatt-hour of energy, and no CO2 is counted twice.

    Why: every energy carrier but wood lies in this band; outside of it, a unit or an effect is often wrong. CO2 that a
    measure states beside its energy may be that of the energy, which is computed: the measure says whether it is.
    Fails: 1,000 kWh of electricity and 5 t of CO2 besides, from refrigerants.
    Passes: 1,000 kWh of electricity at 0.365 kg/kWh; nothing is judged where no energy is saved.
    """
    _ask_for_co2_besides(participant)
    energy = case.figure(f"savings.energy/{participant.key}")
    carbon = case.figure(f"savings.co2/{participant.key}")
    if energy <= 0:
        raise NotApplicable
    ratio = carbon * 1000 / energy
    if not LEAST_CARBON <= ratio <= MOST_CARBON:
        yield Issue(
            _(
                "“{name}”: {ratio} kg of CO2 per kilowatt-hour saved is unusual.",
                name=participant.called,
                ratio=ratio.quantize(Decimal("0.01")),
            ),
            expected=_("between {least} and {most} kg/kWh", least=LEAST_CARBON, most=MOST_CARBON),
            hint=_("Check units and energy carriers of the effects; if the value is right, explain it in the report."),
        )


def _ask_for_co2_besides(participant: Participant) -> None:
    open_ = [
        measure
        for measure in participant.measures()
        if measure.state in (*PROGRAMME, None) and measure.quantified is not False
        if measure.states_co2_twice and measure.co2_besides is None
    ]
    if open_:
        raise Undecided(
            _(
                "“{name}” states both energy and CO2 for: {titles}. Enter “Yes” as “CO2 besides energy” if the CO2 "
                "comes on top (refrigerants, processes), “No” if it is that of the energy; until then the CO2 saved "
                "is unknown.",
                name=participant.called,
                titles=tuple(measure.called for measure in open_),
            ),
            FieldRef("measure", open_[0].key, "co2_besides"),
        )


@rule(
    "CORE-BASELINE",
    _("Savings do not exceed consumption"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: [site for person in case.project.participants if person.contributes for site in person.sites],
)
def saving_within_baseline(site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A site saves no more of a resource in a year than its latest inventory says it uses.

    Why: more cannot be saved; mostly the unit of the saving or of the consumption is wrong.
    Fails: 30,000 kWh of electricity saved, 20,000 kWh used.
    Passes: 5,000 kWh of electricity saved, 20,000 kWh used; a resource that the inventory leaves out is not judged.
    """
    baseline = max(site.baselines, key=lambda baseline: baseline.year or 0, default=None)
    used = {entry.resource: entry for entry in baseline.consumptions if entry.resource} if baseline else {}
    saved = _saved_by_resource(site)
    comparable = [resource for resource in used if resource in saved]
    if not comparable:
        raise NotApplicable
    for resource in comparable:
        entry = used[resource]
        consumption = need(entry, "amount").base()
        if saved[resource] > consumption:
            yield Issue(
                _(
                    "“{site}”, {resource}: {saved} saved in a year, but only {used} used.",
                    site=site.called,
                    resource=resource,
                    saved=Amount(saved[resource], resource.unit),
                    used=Amount(consumption, resource.unit),
                ),
                "amount",
                at=entry,
                hint=_("Check the units of the measures' effects and of the consumption."),
            )


def _saved_by_resource(site: Site) -> dict[Resource, Decimal]:
    """Return what the programme saves in a year, in base units."""
    saved: dict[Resource, Decimal] = {}
    for measure in site.standing_measures:
        if need(measure, "state") in PROGRAMME:
            for effect in measure.effects:
                if need(effect, "recurrence") is Recurrence.ANNUAL:
                    resource = need(effect, "resource")
                    saved[resource] = saved.get(resource, Decimal(0)) + need(effect, "amount").base()
    return saved
