"""The state of a site at the beginning: what it uses in a year."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from oekoreport.language import catalogue
from oekoreport.model.fields import Money, Size, Use, Year, YearlyMoney
from oekoreport.model.measure import Resource, of_resource
from oekoreport.model.noun import Noun, field
from oekoreport.units import Amount

_ = catalogue("oekoreport")


class Consumption(Noun):
    """What a site uses of one resource in the baseline's year."""

    kind = "consumption"
    label = _("Consumption")
    parent = "baseline"

    resource: Resource | None = field(_("Resource"), _("What is used."), example="electricity", required=True)
    amount: Use = field(
        _("Quantity"), _("The amount in the year, with its unit."), example=("250000", "kWh"), required=True
    )
    cost: YearlyMoney = field(_("Cost"), _("Its cost in the year."), example="55000.00", unit="EUR")

    @field_validator("amount")
    @classmethod
    def _unit_fits_resource(cls, amount: Amount | None, info: ValidationInfo) -> Amount | None:
        return of_resource(amount, info.data.get("resource"))


class Baseline(Noun):
    """The inventory of a site (Bestandsaufnahme) for one year."""

    kind = "baseline"
    label = _("Baseline")
    parent = "site"
    told_apart_by = ("year",)

    year: Year = field(_("Year"), _("The year of the figures."), example=2023, required=True, happened=True)
    turnover: Money = field(_("Turnover"), _("Turnover in that year."), example="12000000.00", unit="EUR")
    staff: Size = field(_("Staff"), _("Staff in full-time equivalents in that year."), example=120, unit="FTE")
    area: Size = field(_("Floor area"), _("Heated floor area."), example=3500, unit="m²")

    consumptions: tuple[Consumption, ...] = ()
