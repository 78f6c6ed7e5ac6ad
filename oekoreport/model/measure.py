"""Measures of the environmental programme, and what each saves."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Cost, Day, Flag, Quantity, Text, YearlyMoney
from oekoreport.model.likeness import words
from oekoreport.model.noun import Noun, field
from oekoreport.model.spelling import BadValue
from oekoreport.units import BASE_UNITS, Amount

_ = catalogue("oekoreport")


SMALL_WORDS = frozenset(
    {"der", "die", "das", "den", "dem", "des", "ein", "eine", "im", "in", "am", "an", "auf", "von", "vom", "zur", "zum"}
    | {"fur", "und"}
)
"""Words by which two titles of one measure may differ, as ``words`` spells them."""


class Area(Code):
    """The area of work that a measure belongs to (Handlungsfeld)."""

    ENERGY = "energy", _("Energy and emissions")
    WATER = "water", _("Water and waste water")
    WASTE = "waste", _("Raw materials and waste")
    MOBILITY = "mobility", _("Mobility")
    PURCHASING = "purchasing", _("Purchasing")
    COMMUNICATION = "communication", _("Communication and organisation")
    BIODIVERSITY = "biodiversity", _("Biodiversity")
    SAFETY = "safety", _("Occupational safety and hazardous substances")
    OTHER = "other", _("Other")


class MeasureState(Code):
    """How far a measure is."""

    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    IMPLEMENTED = "implemented", _("Implemented")
    POSTPONED = "postponed", _("Postponed")
    DROPPED = "dropped", _("Dropped")
    SUPERSEDED = "superseded", _("Replaced by another entry")


class Resource(Code):
    """What is used or saved. Gas is told apart by the heating value that its kilowatt-hours are stated in."""

    ELECTRICITY = "electricity", _("Electricity")
    GAS_NET = "gas_net", _("Natural gas (net calorific value, Hi)")
    GAS_GROSS = "gas_gross", _("Natural gas (gross calorific value, Ho)")
    HEATING_OIL = "heating_oil", _("Heating oil")
    LPG = "lpg", _("Liquefied petroleum gas")
    DISTRICT_HEAT = "district_heat", _("District heat")
    WOOD = "wood", _("Wood")
    PELLETS = "pellets", _("Pellets")
    BIOGAS = "biogas", _("Biogas")
    DIESEL = "diesel", _("Diesel")
    PETROL = "petrol", _("Petrol")
    WATER = "water", _("Water")
    WASTE = "waste", _("Waste by weight")
    WASTE_VOLUME = "waste_volume", _("Waste by volume")
    MATERIAL = "material", _("Material")
    CO2 = "co2", _("CO2 that no energy causes (refrigerants, processes)")

    @property
    def dimension(self) -> str:
        """What its amounts measure: energy, mass or volume."""
        if self in (Resource.WATER, Resource.WASTE_VOLUME):
            return "volume"
        return "mass" if self in (Resource.WASTE, Resource.MATERIAL, Resource.CO2) else "energy"

    @property
    def unit(self) -> str:
        """The unit that its amounts are compared in."""
        return BASE_UNITS[self.dimension]


EXPECTED_UNITS = {
    "energy": _("Expected kWh, MWh or GWh."),
    "mass": _("Expected kg or t."),
    "volume": _("Expected m³ or l."),
}


def of_resource(amount: Amount | None, resource: object) -> Amount | None:
    """Return an amount that its resource can have; one whose resource is not known is taken as it is.

    Raises:
        BadValue: DATA-UNIT for 800,000 EUR of electricity.
    """
    if amount is not None and isinstance(resource, Resource) and amount.dimension != resource.dimension:
        raise BadValue(
            "DATA-UNIT",
            _("“{amount}” is not a quantity of {resource}.", amount=amount, resource=resource),
            EXPECTED_UNITS[resource.dimension],
        )
    return amount


class Recurrence(Code):
    """Whether an effect comes every year or once; the two never meet in one sum."""

    ANNUAL = "annual", _("Per year")
    ONCE = "once", _("Once")


class Effect(Noun):
    """What a measure saves of one resource (Wirkung)."""

    kind = "effect"
    label = _("Effect")
    parent = "measure"

    resource: Resource | None = field(_("Resource"), _("What is saved."), example="electricity", required=True)
    amount: Quantity = field(
        _("Quantity"),
        _("The amount saved, with its unit; use a minus sign if consumption rises."),
        example=("1200", "kWh"),
        required=True,
    )
    recurrence: Recurrence | None = field(_("Recurrence"), _("Every year, or once."), example="annual", required=True)

    @field_validator("amount")
    @classmethod
    def _unit_fits_resource(cls, amount: Amount | None, info: ValidationInfo) -> Amount | None:
        return of_resource(amount, info.data.get("resource"))


class Measure(Noun):
    """A measure of a site's environmental programme (Maßnahme)."""

    kind = "measure"
    label = _("Measure")
    parent = "site"

    title: Text = field(
        _("Measure"), _("What is done, in a few words."), example="LED-Beleuchtung in der Halle", required=True
    )
    area: Area | None = field(_("Area"), _("The area of work."), example="energy", required=True)
    state: MeasureState | None = field(_("State"), _("Implementation status."), example="implemented", required=True)
    implemented_on: Day = field(
        _("Implemented on"), _("The day it was, or will be, carried out."), example="2024-11-30", in_round=True
    )
    responsible: Text = field(
        _("Responsible"), _("Function in charge, no person's name."), example="Technische Leitung"
    )
    investment: Cost = field(
        _("Investment"), _("The one-time cost; 0 if it costs nothing."), example="12000.00", unit="EUR"
    )
    saving: YearlyMoney = field(_("Saving per year"), _("Money saved per year."), example="4300.00", unit="EUR/a")
    method: Text = field(
        _("How computed"), _("How saving and effects were computed."), example="Leistung × Betriebsstunden"
    )
    quantified: Flag = field(
        _("Quantified"),
        _("“No” if the effect cannot be quantified: the measure is then counted but not included in sums."),
        example=True,
        required=True,
    )

    co2_besides: Flag = field(
        _("CO2 besides energy"),
        _(
            "For a measure that states both energy and CO2: “Yes” if the CO2 arises besides that energy (refrigerants, "
            "processes), “No” if it is the CO2 of that energy, which is computed from the kilowatt-hours."
        ),
        example=True,
    )

    effects: tuple[Effect, ...] = ()

    @property
    def took_place(self) -> bool:
        """Whether it is implemented: the day of a measure that is planned lies ahead."""
        return self.state is MeasureState.IMPLEMENTED

    @property
    def states_co2_twice(self) -> bool:
        """Whether it states energy and CO2 that recur alike: the CO2 may be that of the energy, which is computed."""
        some = [each for each in self.effects if each.resource and (each.amount is None or each.amount.value)]
        energy = {each.recurrence for each in some if each.resource and each.resource.dimension == "energy"}
        return any(each.resource is Resource.CO2 and each.recurrence in energy for each in some)

    @property
    def wording(self) -> str:
        """What tells its title: the words without case, signs and small words, however umlauts are spelt."""
        return "".join(word for word in words(self.title or "") if word not in SMALL_WORDS)
