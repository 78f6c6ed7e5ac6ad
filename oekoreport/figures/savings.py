"""What the measures save: money, energy, CO2, water, waste; by participant, by area of work, and how soon it pays.

Sums are over the environmental programme (measures implemented or planned) and over effects that come every year. A
measure that is not quantified is counted, never summed as zero. Energy is in net calorific value (Hi).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.results import PROGRAMME, participants
from oekoreport.figures.values import ZERO, Fact, FieldRef, Value, count, fact, read, total, unknown, unread
from oekoreport.language import Message, catalogue
from oekoreport.law.reference.emission_factors import NET_PER_GROSS, find_factor
from oekoreport.model import Project
from oekoreport.model.measure import Area, Effect, Measure, MeasureState, Recurrence, Resource
from oekoreport.model.participant import Participant

_ = catalogue("oekoreport")

SAVINGS = Chapter()

FUELS = (Resource.DIESEL, Resource.PETROL)
KG_PER_TONNE = 1000


def is_heat(resource: Resource) -> bool:
    """Tell whether a resource is energy for heat: neither electricity nor fuel."""
    return resource.dimension == "energy" and resource is not Resource.ELECTRICITY and resource not in FUELS


# --- one effect ------------------------------------------------------------------------------------------------------


def saved_energy(effect: Effect) -> Value:
    """Return an effect on energy in kWh, natural gas converted to net calorific value."""
    amount = read(effect, "amount")
    if effect.resource is Resource.GAS_GROSS:
        return amount * fact(
            Fact(_("Ratio of net to gross calorific value"), NET_PER_GROSS, "", "3.2508 / 3.6", "confirmed")
        )
    return amount


def saved_co2(effect: Effect, measure: Measure, project: Project) -> Value:
    """Return what an effect saves in tonnes of CO2; zero for water, waste and material: no official factors.

    CO2 that is stated beside energy counts only where the measure says that it arises besides that energy.
    """
    if effect.resource is None:
        return unknown(FieldRef("effect", effect.key, "resource"))
    if effect.resource is Resource.CO2:
        return _stated_co2(effect, measure)
    if effect.resource.dimension != "energy":
        return ZERO
    return saved_energy(effect) * emission_factor(effect.resource, project) / KG_PER_TONNE


def _stated_co2(effect: Effect, measure: Measure) -> Value:
    if measure.states_co2_twice and measure.co2_besides is None:
        return unknown(FieldRef("measure", measure.key, "co2_besides"))
    return ZERO if measure.states_co2_twice and not measure.co2_besides else read(effect, "amount")


def emission_factor(resource: Resource, project: Project) -> Value:
    """Return the emission factor that the project chose for a resource, in kg CO2 per kWh; unknown if there is none."""
    chosen = (project.factor_scope, project.factor_edition, project.factor_year)
    for name, value in zip(("factor_scope", "factor_edition", "factor_year"), chosen, strict=True):
        if value is None:
            return unknown(FieldRef("project", project.key, name))
    scope, edition, year = chosen
    name = "gas" if resource in (Resource.GAS_NET, Resource.GAS_GROSS) else resource.value
    factor = find_factor(name, str(scope), str(edition), year or 0)
    if factor is None:
        return unknown(
            FieldRef("project", project.key, "factor_edition"),
            _(
                "no emission factor for {resource} in {edition}, {year}, {scope}",
                resource=resource,
                edition=edition,
                year=str(year),
                scope=scope,
            ),
        )
    title = _("Emission factor of {resource} ({edition})", resource=resource, edition=factor.edition)
    return fact(Fact(title, factor.value, "kg/kWh", factor.source, factor.status))


# --- sums over measures ----------------------------------------------------------------------------------------------


def effects(measures: Iterable[Measure]) -> Iterator[tuple[Effect, Measure]]:
    """Yield the effects that come every year, each with its measure; one whose recurrence is unknown is among them."""
    for measure in measures:
        for effect in measure.effects:
            if effect.recurrence is not Recurrence.ONCE:
                yield effect, measure


def sum_effects(
    measures: Iterable[Measure], of: Callable[[Resource], bool], value: Callable[[Effect, Measure], Value]
) -> Value:
    """Sum the yearly effects on the resources that pass ``of``; unknown where a resource or recurrence is."""
    counted = (each for each in effects(measures) if each[0].resource is None or of(each[0].resource))
    return total(_counted(effect, measure, value) for effect, measure in counted)


def _counted(effect: Effect, measure: Measure, value: Callable[[Effect, Measure], Value]) -> Value:
    for name in ("resource", "recurrence"):
        if getattr(effect, name) is None:
            return unknown(FieldRef("effect", effect.key, name))
    return value(effect, measure)


def sum_field(measures: Iterable[Measure], name: str) -> Value:
    """Sum a field of measures: one that is quantified has to state it, one that is not adds what it states."""
    return total(_stated(measure, name) for measure in measures)


def _stated(measure: Measure, name: str) -> Value:
    if measure.quantified or measure.stated(name):
        return read(measure, name)
    return ZERO


def in_programme(measures: Iterable[Measure], states: tuple[MeasureState, ...] = PROGRAMME) -> list[Measure]:
    """Return the measures in these states; one whose state is unknown is among them, so that it makes sums unknown."""
    return [measure for measure in measures if measure.state in states or measure.state is None]


def _saved(amount: str, measures: list[Measure], project: Project) -> Value:
    """Return one of the sums by its name, over measures; only investment counts where a measure is not quantified."""
    if missing := unread(measures, "state", "quantified"):
        return unknown(*missing)
    if amount == "investment":
        return sum_field(measures, amount)
    measures = [measure for measure in measures if measure.quantified]
    if amount == "saving":
        return sum_field(measures, amount)
    if amount == "co2":
        return sum_effects(measures, lambda _resource: True, partial(saved_co2, project=project))
    return sum_effects(measures, RESOURCES[amount], lambda effect, _measure: saved_energy(effect))


RESOURCES: dict[str, Callable[[Resource], bool]] = {
    "energy": lambda resource: resource.dimension == "energy",
    "electricity": lambda resource: resource is Resource.ELECTRICITY,
    "heat": is_heat,
    "fuel": lambda resource: resource in FUELS,
    "water": lambda resource: resource is Resource.WATER,
    "waste": lambda resource: resource is Resource.WASTE,
    "waste_volume": lambda resource: resource is Resource.WASTE_VOLUME,
    "material": lambda resource: resource is Resource.MATERIAL,
}

SUMS: dict[str, tuple[str, str, Message, int]] = {
    "savings.money": ("saving", "EUR/a", _("Money saved per year"), 0),
    "savings.energy": ("energy", "kWh/a", _("Energy saved per year"), 0),
    "savings.electricity": ("electricity", "kWh/a", _("Electricity saved per year"), 0),
    "savings.heat": ("heat", "kWh/a", _("Heat saved per year"), 0),
    "savings.fuel": ("fuel", "kWh/a", _("Fuel saved per year"), 0),
    "savings.co2": ("co2", "t/a", _("CO2 saved per year"), 1),
    "savings.water": ("water", "m³/a", _("Water saved per year"), 0),
    "savings.waste": ("waste", "t/a", _("Waste avoided per year"), 1),
    "savings.waste_volume": ("waste_volume", "m³/a", _("Waste avoided per year, by volume"), 1),
    "savings.material": ("material", "t/a", _("Material saved per year"), 1),
    "investment.total": ("investment", "EUR", _("Investment"), 0),
}
"""The sums by name: what is summed, its unit, its title, and the decimals that documents print."""

SHORT = {
    "savings.money": "money",
    "investment.total": "investment",
    "savings.energy": "energy",
    "savings.co2": "co2",
    "savings.water": "water",
    "savings.waste": "waste",
}
"""The sums that there are of the measures implemented and of each area of work too, with their names there."""


def _saved_by(figures: Figures, participant: Participant, amount: str) -> Value:
    return _saved(amount, in_programme(participant.measures()), figures.project)


def _implemented(figures: Figures, amount: str) -> Value:
    return _saved(amount, in_programme(figures.project.measures(), (MeasureState.IMPLEMENTED,)), figures.project)


for _name, (_amount, _unit, _title, _places) in SUMS.items():
    SAVINGS.figure(
        _name, _unit, _title, each=participants, places=_places, how=_("Sum over the environmental programme")
    )(partial(_saved_by, amount=_amount))
    _how = _("Sum over the participants")
    SAVINGS.sum(_name, _unit, _title, of=_name, each=participants, places=_places, how=_how)
    if _name in SHORT:
        SAVINGS.figure(
            f"implemented.{SHORT[_name]}", _unit, _title, places=_places, how=_("Sum over the measures implemented")
        )(partial(_implemented, amount=_amount))


# --- by area of work -------------------------------------------------------------------------------------------------


class AreaOfWork(NamedTuple):
    """An area that has measures, as the key of figures."""

    key: str


def areas(project: Project) -> list[AreaOfWork]:
    """Return the areas of work that measures of the programme belong to, in the order of the model."""
    present = {measure.area for measure in in_programme(project.measures())}
    return [AreaOfWork(area.value) for area in Area if area in present]


def _of_area(project: Project, area: AreaOfWork) -> list[Measure]:
    return [measure for measure in in_programme(project.measures()) if measure.area in (area.key, None)]


def _area_sum(figures: Figures, area: AreaOfWork, amount: str) -> Value:
    measures = _of_area(figures.project, area)
    missing = unread(measures, "area")
    return unknown(*missing) if missing else _saved(amount, measures, figures.project)


for _name, _short in SHORT.items():
    _amount, _unit, _title, _places = SUMS[_name]
    SAVINGS.figure(f"area.{_short}", _unit, _title, each=areas, places=_places)(partial(_area_sum, amount=_amount))


def _area_count(figures: Figures, area: AreaOfWork, name: str) -> Value:
    """Count the measures of an area for which the named field is not "no"; unknown where state, area or field is."""
    measures = _of_area(figures.project, area)
    missing = unread(measures, "state", "area", name)
    return unknown(*missing) if missing else count((measure, name) for measure in measures if getattr(measure, name))


for _short, _title, _field in (
    ("measures", _("Measures of the environmental programme"), "area"),
    ("quantified", _("Measures quantified"), "quantified"),
):
    SAVINGS.figure(f"area.{_short}", "", _title, each=areas)(partial(_area_count, name=_field))


# --- payback ---------------------------------------------------------------------------------------------------------


NEVER = Decimal("Infinity")
"""The payback time of a measure that does not save what it cost."""


def payback(investment: Decimal, saving: Decimal) -> Decimal:
    """Return after how many years a measure has paid for itself: 0 without investment, ``NEVER`` where it does not."""
    if saving < 0:
        return NEVER
    if investment == 0:
        return Decimal(0)
    return investment / saving if saving else NEVER


def _count_payback(figures: Figures, within: Callable[[Decimal], bool]) -> Value:
    """Count the quantified measures of the programme whose payback time lies within a band; every one lies in one."""
    programme = in_programme(figures.project.measures())
    if missing := unread(programme, "state", "quantified"):
        return unknown(*missing)
    measures = [measure for measure in programme if measure.quantified]
    if missing := unread(measures, "investment", "saving"):
        return unknown(*missing)
    return count(
        (measure, "saving")
        for measure in measures
        if measure.investment is not None
        and measure.saving is not None
        and within(payback(measure.investment, measure.saving))
    )


BANDS: tuple[tuple[str, Message, Callable[[Decimal], bool]], ...] = (
    ("none", _("Without investment"), lambda years: years == 0),
    ("under_1", _("Pays within 1 year"), lambda years: 0 < years < 1),
    ("from_1_to_3", _("Pays within 1 to 3 years"), lambda years: 1 <= years <= 3),  # noqa: PLR2004 - the band's own bound
    ("over_3", _("Pays after more than 3 years"), lambda years: 3 < years < NEVER),  # noqa: PLR2004 - the band's own bound
    ("never", _("Does not pay"), lambda years: years == NEVER),
)


def _share_of_band(figures: Figures, band: str) -> Value:
    return figures.value(f"payback.{band}") * 100 / figures.value("payback.base")


SAVINGS.figure(
    "payback.base",
    "",
    _("Measures with investment and saving"),
    how=_("Quantified measures of the programme; each of them lies in one of the bands"),
)(partial(_count_payback, within=lambda _years: True))

for _band, _title, _within in BANDS:
    SAVINGS.figure(f"payback.{_band}", "", _title)(partial(_count_payback, within=_within))
    SAVINGS.figure(f"payback.{_band}_share", "%", _title, places=1)(partial(_share_of_band, band=_band))
