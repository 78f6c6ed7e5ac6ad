"""What measures save: exact sums, annual and once apart, the unquantified counted and never zero."""

from decimal import Decimal

import pytest

from oekoreport.figures.engine import Figures
from oekoreport.figures.results import RESULTS
from oekoreport.figures.savings import SAVINGS
from oekoreport.figures.values import Fact, FieldRef
from oekoreport.law import Terms
from oekoreport.law.reference.emission_factors import emission_factors, find_factor
from oekoreport.model.measure import Resource
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE, Origin, Record

UBA = "UBA CLIMATE CHANGE 16/2026"
HERE = Origin("test.csv")


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, HERE, parent)


def figures_of(*records: Record, **project: object) -> Figures:
    chosen = {"factor_edition": UBA, "factor_year": 2020, "factor_scope": "direct"} | project
    base = [Record("project", "project", chosen, HERE), entry("participant", "p"), entry("site", "p", "p")]
    return Figures(assemble([*base, *records]).project, Terms({}), [RESULTS, SAVINGS])


def measure(key: str, *effects: tuple[str, object], **values: object) -> list[Record]:
    stated = {"title": key, "state": "implemented", "area": "energy", "quantified": "ja"} | values
    saved = [
        entry("effect", f"{key}/{resource}", key, resource=resource, amount=amount) for resource, amount in effects
    ]
    return [entry("measure", key, "p", **stated), *saved]


def test_energy_is_summed_in_net_calorific_value() -> None:
    figures = figures_of(*measure("m", ("electricity", "1 MWh"), ("gas_gross", "1.000 kWh"), ("diesel", "100 kWh")))
    assert figures["savings.electricity"].value == 1000
    assert figures["savings.heat"].value == 903
    assert figures["savings.fuel"].value == 100
    assert figures["savings.energy"].value == 2003


def test_co2_takes_the_factor_of_the_chosen_edition_year_and_scope() -> None:
    records = measure("m", ("electricity", "1.000 kWh"), ("gas_net", "1.000 kWh"))
    assert figures_of(*records)["savings.co2"].value == Decimal("0.5659")
    assert figures_of(*records, factor_scope="upstream")["savings.co2"].value == Decimal("0.636")
    basis = figures_of(*records)["savings.co2/p"].basis
    assert {fact.status for fact in basis if isinstance(fact, Fact)} == {"secondary", "confirmed"}


@pytest.mark.parametrize("choice", [{"factor_year": 2031}, {"factor_edition": "UBA 1/1999"}, {"factor_scope": None}])
def test_co2_is_unknown_where_no_factor_is_dated_so(choice: dict[str, object]) -> None:
    figures = figures_of(*measure("m", ("electricity", "1 kWh")), **choice)
    assert figures["savings.co2"].value is None
    assert figures["savings.energy"].value == 1


def test_only_the_programme_counts_and_only_what_comes_every_year() -> None:
    records = [
        *measure("a", ("water", "10 m³"), saving="100"),
        *measure("b", ("water", "20 m³"), saving="200", state="planned"),
        *measure("c", ("water", "40 m³"), saving="400", state="idea"),
    ]
    records.append(entry("effect", "a/once", "a", resource="water", amount="80 m³", recurrence="once"))
    figures = figures_of(*records)
    assert figures["savings.water"].value == 30
    assert figures["savings.money"].value == 300
    assert figures["implemented.water"].value == 10
    assert figures["measures.programme"].value == 2


def test_waste_by_volume_never_meets_waste_by_weight() -> None:
    figures = figures_of(*measure("m", ("waste", "500 kg"), ("waste_volume", "3 m³")))
    assert figures["savings.waste"].value == Decimal("0.5")
    assert figures["savings.waste_volume"].value == 3


def test_a_cell_that_cannot_be_read_makes_its_totals_unknown_and_no_others() -> None:
    figures = figures_of(*measure("m", ("water", UNREADABLE), ("waste", "1 t"), saving="abc"))
    for name in ("savings.water/p", "savings.water", "area.water/energy", "savings.money", "payback.base"):
        assert figures[name].value is None, name
    assert figures["savings.waste"].value == 1


def test_an_unknown_state_leaves_open_whether_a_measure_counts() -> None:
    figures = figures_of(*measure("m", ("water", "1 m³"), state="fertig"))
    assert figures["savings.water"].value is None
    assert figures["measures.implemented"].value is None
    assert figures["measures.total"].value == 1


def test_payback_bands_count_quantified_measures_with_investment_and_saving() -> None:
    records = [
        *measure("none", investment="0", saving="10"),
        *measure("half", investment="5", saving="10"),
        *measure("one", investment="10", saving="10"),
        *measure("three", investment="30", saving="10"),
        *measure("four", investment="40", saving="10"),
        *measure("soft", quantified="nein"),
    ]
    figures = figures_of(*records)
    counts = [figures[f"payback.{band}"].value for band in ("base", "none", "under_1", "from_1_to_3", "over_3")]
    assert counts == [5, 1, 1, 2, 1]
    assert figures["payback.from_1_to_3_share"].rounded == 40
    assert figures["measures.unquantified"].value == 1


@pytest.mark.parametrize("left_out", ["saving", "investment"])
def test_what_a_quantified_measure_leaves_empty_is_unknown_and_not_zero(left_out: str) -> None:
    stated = {"saving": "10", "investment": "5"}
    del stated[left_out]
    figures = figures_of(*measure("m", **stated), *measure("n", saving="1", investment="1"))
    name = {"saving": "savings.money", "investment": "investment.total"}[left_out]
    assert figures[name].missing == (FieldRef("measure", "m", left_out),)
    assert figures["payback.base"].value is None


def test_an_investment_counts_even_where_the_effect_cannot_be_put_in_numbers() -> None:
    records = [*measure("soft", quantified="nein", investment="700"), *measure("none", quantified="nein")]
    assert figures_of(*records)["investment.total"].value == 700


@pytest.mark.parametrize("field", ["state", "area", "quantified"])
def test_an_unreadable_code_makes_every_count_and_sum_unknown_that_leans_on_it(field: str) -> None:
    figures = figures_of(*measure("m", saving="10", investment="5", **{field: "vielleicht"}))
    leaning = {"state": "savings.money", "area": "area.measures/energy", "quantified": "savings.money"}
    if field != "area":
        assert figures[leaning[field]].value is None
        assert figures["measures.programme_quantified"].value is None
    else:
        assert "area.measures/energy" not in figures


def test_a_bad_participant_harms_only_its_own_figures_and_the_totals() -> None:
    other = [entry("participant", "q"), entry("site", "q", "q"), entry("measure", "n", "q", title="n", state="x")]
    figures = figures_of(*measure("m", ("water", "1 m³")), *other)
    assert figures["savings.water/p"].value == 1
    assert figures["savings.water/q"].value is None
    assert figures["savings.water"].value is None


def test_factors_are_dated_sourced_and_never_taken_from_a_neighbour() -> None:
    assert all(factor.source and factor.status for factor in emission_factors())
    factor = find_factor("electricity", "direct", UBA, 2020)
    assert factor is not None
    assert factor.value == Decimal("0.365")
    assert find_factor("electricity", "direct", "UBA CLIMATE CHANGE 13/2020", 2020) is None
    assert find_factor("district_heat", "direct", UBA, 2020) is None
    assert {factor.resource for factor in emission_factors()} <= {"gas", *Resource}
