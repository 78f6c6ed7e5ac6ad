"""What measures save: exact sums, annual and once apart, the unquantified counted and never zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures.engine import Figures
from oekoreport.figures.results import RESULTS
from oekoreport.figures.savings import BANDS, SAVINGS
from oekoreport.figures.values import Fact, FieldRef
from oekoreport.language import Locale
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
        entry("effect", f"{key}/{resource}", key, resource=resource, amount=amount, recurrence="annual")
        for resource, amount in effects
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


def test_every_quantified_measure_lies_in_a_payback_band() -> None:
    records = [
        *measure("none", investment="0", saving="10"),
        *measure("half", investment="5", saving="10"),
        *measure("one", investment="10", saving="10"),
        *measure("three", investment="30", saving="10"),
        *measure("four", investment="40", saving="10"),
        *measure("nothing saved", investment="40", saving="0"),
        *measure("dearer", investment="40", saving="-10"),
        *measure("dearer for nothing", investment="0", saving="-10"),
        *measure("neither", investment="0", saving="0"),
        *measure("soft", quantified="nein"),
    ]
    figures = figures_of(*records)
    counts = [
        figures[f"payback.{band}"].value for band in ("base", "none", "under_1", "from_1_to_3", "over_3", "never")
    ]
    assert counts == [9, 2, 1, 2, 1, 3]
    assert figures["payback.never_share"].rounded == Decimal("33.3")
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


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-20, 20)), min_size=1))
def test_the_payback_bands_add_up(measures: list[tuple[int, int]]) -> None:
    records = [
        record
        for number, (investment, saving) in enumerate(measures)
        for record in measure(f"m{number}", investment=investment, saving=saving)
    ]
    figures = figures_of(*records)
    bands = [figures[f"payback.{band}"].value for band, _title, _within in BANDS]
    assert sum(filter(None, bands)) == figures["payback.base"].value == len(measures)


def test_a_negative_investment_is_no_investment_and_makes_its_totals_unknown() -> None:
    records = [
        Record("project", "project", {}, HERE),
        entry("participant", "p"),
        entry("site", "p", "p"),
        *measure("a", investment="1.000", saving="10"),
        *measure("b", investment="-500", saving="10"),
    ]
    assembly = assemble(records)
    (finding,) = assembly.findings
    assert finding.localize(Locale("de")) == (
        "test.csv  DATA-NEGATIVE  „−500,00“ ist negativ.\n"
        "  Schreiben Sie den Wert ohne Minuszeichen; 0, wenn es keinen gibt."
    )
    assert Figures(assembly.project, Terms({}), [RESULTS, SAVINGS])["investment.total"].value is None


def test_an_effect_that_does_not_say_whether_it_recurs_makes_its_sum_unknown() -> None:
    records = [*measure("a"), entry("effect", "a/water", "a", resource="water", amount="10 m³")]
    figures = figures_of(*records)
    assert figures["savings.water"].value is None
    assert figures["savings.water"].missing == (FieldRef("effect", "a/water", "recurrence"),)
    assert figures["savings.waste"].value == 0


@pytest.mark.parametrize(("besides", "tonnes"), [("ja", Decimal("5.365")), ("nein", Decimal("0.365")), (None, None)])
def test_co2_stated_beside_energy_counts_only_where_it_arises_besides(besides: str | None, tonnes: Decimal) -> None:
    said = {"co2_besides": besides} if besides else {}
    figures = figures_of(*measure("m", ("electricity", "1.000 kWh"), ("co2", "5 t"), **said))
    for name in ("savings.co2", "savings.co2/p", "area.co2/energy", "implemented.co2"):
        assert figures[name].value == tonnes, name


@pytest.mark.parametrize("effects", [[("co2", "5 t")], [("co2", "5 t"), ("electricity", "0 kWh")]])
def test_co2_without_energy_beside_it_counts_as_it_is_stated(effects: list[tuple[str, object]]) -> None:
    assert figures_of(*measure("m", *effects))["savings.co2"].value == 5


@pytest.mark.parametrize(
    ("said", "measures", "money", "left_out"), [(None, 1, 10, 1), ("nein", 1, 10, 1), ("ja", 2, 110, 0)]
)
def test_measures_of_a_participant_who_left_count_only_where_it_is_said(
    said: str | None, measures: int, money: int, left_out: int
) -> None:
    gone = entry("measure", "g", "gone", title="g", state="implemented", area="water", quantified="ja", saving="100")
    records = [
        *measure("stays", saving="10"),
        entry("participant", "gone", **({"measures_count": said} if said else {})),
        entry("site", "gone", "gone"),
        entry("participant_state", "gone/1", "gone", state="left", date="01.12.2024"),
        gone,
    ]
    figures = figures_of(*records)
    assert figures["measures.total"].value == figures["measures.implemented"].value == measures
    assert figures["savings.money"].value == figures["implemented.money"].value == money
    assert figures["measures.left_out"].value == left_out
    assert ("area.money/water" in figures) is (said == "ja")


def test_an_entry_that_another_one_replaced_counts_nowhere() -> None:
    figures = figures_of(
        *measure("new", saving="10"), *measure("old", saving="9", state="Durch anderen Eintrag ersetzt")
    )
    assert figures["measures.total"].value == 1
    assert figures["savings.money"].value == 10
