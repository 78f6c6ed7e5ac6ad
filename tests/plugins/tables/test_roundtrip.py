"""What is filled into a form comes back from it as it was: every kind, and hostile text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from oekoreport import KINDS, Amount, Attribute, Code, Finding, Noun, Origin, Project, Record, Source, attributes
from oekoreport.records import assemble
from oekoreport.sheets.forms import intake_form, project_workbook
from oekoreport_tables.importer import TablesImporter

NOWHERE = Origin("")
ROW_KINDS = ("allocation", "payment", "effect", "consumption", "attendance")
"""Kinds whose keys are made from their rows."""


def read_back(name: str, content: bytes) -> list[Record]:
    items = list(TablesImporter().read(Source(name, content)))
    assert [item for item in items if isinstance(item, Finding)] == []
    return [item for item in items if isinstance(item, Record)]


def meaning(records: Iterable[Record]) -> dict[tuple[str, str], tuple[str, Noun]]:
    """Return what records say, after validation: parent and noun by kind and key."""
    return {
        (record.kind, record.key): (
            record.parent,
            KINDS[record.kind].written(
                record.key, {name: value for name, value in record.values.items() if value not in (None, "")}
            ),
        )
        for record in records
        if record.values or record.kind != "project"  # a workbook always speaks of a project, if only to say nothing
    }


def value_of(attribute: Attribute, number: int) -> object:
    """Return a value of a field's type, another for each number."""
    kind = attribute.type
    if kind is date:
        return date(2020, 1, 1 + number % 28)
    if kind is bool:
        return number % 2 == 0
    if kind is int:
        return 2000 + number
    if kind is Decimal:
        return Decimal(number * 100 + 5) + Decimal("0.25")
    if isinstance(kind, type) and issubclass(kind, Code):
        return list(kind)[number % len(kind)].value
    return f"{attribute.name} {number}"


def record_of(kind: str, number: int) -> Record:
    noun = KINDS[kind]
    parent = "" if noun.parent == "project" else f"{noun.parent}{number}"
    key = kind if kind in ("project", "recipient", "grant", "award") else f"{kind}{number}"
    values = {
        attribute.name: value_of(attribute, number) for attribute in attributes(noun) if attribute.type is not Amount
    }
    return Record(kind, key, values, NOWHERE, parent)


def every_kind() -> list[Record]:
    records = [record_of(kind, number) for kind in KINDS if kind not in ROW_KINDS for number in (1, 2)]
    records = [
        record for record in records if record.key[-1] != "2" or record.kind not in ("recipient", "grant", "award")
    ]
    seen = {(record.kind, record.key): record for record in records}
    records = list(seen.values())
    for number in (1, 2):
        receipt, measure, baseline = f"receipt{number}", f"measure{number}", f"baseline{number}"
        part = {"line": "1", "amount": Decimal("5.50"), "participant": "participant1", "reason": "Grund"}
        paid = {"date": date(2020, 3, 4), "amount": Decimal("5.50"), "advance": False}
        records += [
            Record("allocation", f"{receipt}/1", part, NOWHERE, receipt),
            Record("allocation", f"{receipt}/2", part, NOWHERE, receipt),
            Record("payment", f"{receipt}/1", {**paid, "allocation": f"{receipt}/2"}, NOWHERE, receipt),
            Record("payment", f"{receipt}/2", {**paid, "allocation": f"{receipt}/1"}, NOWHERE, receipt),
            Record("payment", f"{receipt}/3", paid, NOWHERE, receipt),
            Record(
                "effect",
                f"{measure}/gas_net",
                {"resource": "gas_net", "amount": Amount(Decimal("1.5"), "MWh")},
                NOWHERE,
                measure,
            ),
            Record("effect", f"{measure}/waste", {"resource": "waste", "amount": "-0,5 t"}, NOWHERE, measure),
            Record(
                "effect",
                f"{measure}/water/once",
                {"resource": "water", "amount": "7 m³", "recurrence": "once"},
                NOWHERE,
                measure,
            ),
            Record(
                "consumption",
                f"{baseline}/electricity",
                {"resource": "electricity", "amount": Amount(Decimal(1200), "kWh"), "cost": Decimal("99.90")},
                NOWHERE,
                baseline,
            ),
            Record("consumption", "anders", {"resource": "water", "amount": "3 m³"}, NOWHERE, baseline)
            if number == 1
            else Record("consumption", f"{baseline}/wood", {"resource": "wood", "cost": Decimal(5)}, NOWHERE, baseline),
            Record(
                "attendance",
                f"workshop{number}/participant1",
                {"participant": "participant1", "present": number == 1},
                NOWHERE,
                f"workshop{number}",
            ),
        ]
    return records


def test_every_kind_comes_back() -> None:
    records = every_kind()
    assert {record.kind for record in records} == set(KINDS)
    assert meaning(read_back("projekt.xlsx", project_workbook(records))) == meaning(records)


def test_every_kind_comes_back_from_a_workbook_in_english() -> None:
    records = every_kind()
    assert meaning(read_back("projekt.xlsx", project_workbook(records, language="en"))) == meaning(records)


def example_of(attribute: Attribute) -> object:
    return (
        Decimal(attribute.example)
        if attribute.type is Decimal and isinstance(attribute.example, str)
        else attribute.example
    )


def test_the_example_of_every_field_is_one_that_it_takes() -> None:
    records = [
        Record(
            kind,
            kind,
            {attribute.name: example_of(attribute) for attribute in attributes(noun)},
            NOWHERE,
            "" if noun.parent == "project" else noun.parent,
        )
        for kind, noun in KINDS.items()
        if kind not in ROW_KINDS
    ]
    assert meaning(read_back("projekt.xlsx", project_workbook(records))) == meaning(records)


def test_an_intake_form_holds_what_belongs_to_its_participant() -> None:
    records = every_kind()
    records = [
        Record(record.kind, record.key, record.values, record.origin, record.parent)
        for record in records
        if record.kind in ("participant", "site", "baseline", "measure", "consumption", "effect")
    ]
    back = meaning(read_back("erhebung/participant1.xlsx", intake_form("participant1", records)))
    expected = {
        identity: said for identity, said in meaning(records).items() if "1" in identity[1] or identity[1] == "anders"
    }
    for kind in ("participant", "site"):  # left as they were filled in, they say nothing that the project does not
        parent, _said = expected[kind, f"{kind}1"]
        expected[kind, f"{kind}1"] = (parent, KINDS[kind](key=f"{kind}1"))
    assert back == expected


def test_an_empty_form_holds_nothing() -> None:
    assert [(record.kind, record.values) for record in read_back("projekt.xlsx", project_workbook())] == [
        ("project", {})
    ]
    assert read_back("erhebung/neu.xlsx", intake_form("neu")) == []


texts = (
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], exclude_characters="\ufffe\uffff"
        ),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(bool)
)
money = st.decimals(-(10**11), 10**11, places=2)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@settings(max_examples=25)
@given(st.lists(st.tuples(texts, money, days, st.booleans()), min_size=1, max_size=6))
def test_any_text_amount_and_day_comes_back(rows: list[tuple[str, Decimal, date, bool]]) -> None:
    records = [
        record
        for number, (text, amount, day, flag) in enumerate(rows)
        for record in (
            Record("income", f"e{number}", {"payer": text, "amount": amount, "date": day}, NOWHERE),
            Record("publication", f"p{number}", {"medium": text, "date": day, "funding_notice": flag}, NOWHERE),
            Record("receipt", f"B{number}", {"payee": text, "gross": amount, "issued_on": day}, NOWHERE),
            Record("allocation", f"B{number}/1", {"reason": text, "amount": amount}, NOWHERE, f"B{number}"),
            Record("site", f"s{number}", {"name": text}, NOWHERE, "werk"),
        )
    ]
    assert meaning(read_back("projekt.xlsx", project_workbook(records))) == meaning(records)


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["electricity", "gas_net", "diesel"]),
            st.decimals(-(10**9), 10**9, places=3),
            st.sampled_from(["kWh", "MWh"]),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda effect: effect[0],
    )
)
def test_any_effect_comes_back(effects: list[tuple[str, Decimal, str]]) -> None:
    records = [Record("measure", "m", {"title": "LED"}, NOWHERE, "werk")]
    records += [
        Record("effect", f"m/{resource}", {"resource": resource, "amount": Amount(value, unit)}, NOWHERE, "m")
        for resource, value, unit in effects
    ]
    assert meaning(read_back("projekt.xlsx", project_workbook(records))) == meaning(records)


def two_plans() -> list[Record]:
    """Return two financing plans that number their lines alike; line 1 of the first goes on as line 2."""
    lines = {("P1", "1"): "", ("P1", "2"): "", ("P2", "1"): "neu", ("P2", "2"): "1"}
    plans = [
        Record(kind, key, values, NOWHERE)
        for kind, key, values in (
            ("notice", "N1", {"date": date(2020, 2, 1)}),
            ("notice", "N2", {"date": date(2020, 9, 1)}),
            ("plan", "P1", {"notice": "N1"}),
            ("plan", "P2", {"notice": "N2"}),
        )
    ]
    rows = [
        Record("expenditure_line", key, {"title": f"{plan}, {key}", "continues": before}, NOWHERE, plan)
        for (plan, key), before in lines.items()
    ]
    return [*plans, *rows, Record("income_line", "E1", {"title": "Beiträge", "covers": "2"}, NOWHERE, "P1")]


def test_two_plans_that_number_their_lines_alike_come_back() -> None:
    def assembled(records: Iterable[Record]) -> Project:
        assembly = assemble(records)
        assert assembly.findings == ()
        return assembly.project

    project = assembled(two_plans())
    assert assembled(read_back("projekt.xlsx", project_workbook(two_plans()))).plans == project.plans
    assert [line.continues for line in project.plans[1].expenditure] == [None, "P1/1"]


def test_a_line_of_the_only_plan_need_not_name_it() -> None:
    records = [
        Record("plan", "P1", {"remark": "x"}, NOWHERE),
        Record("expenditure_line", "1", {"title": "Honorar"}, NOWHERE),
    ]
    project = assemble(read_back("projekt.xlsx", project_workbook(records))).project
    assert [line.title for line in project.plans[0].expenditure] == ["Honorar"]
