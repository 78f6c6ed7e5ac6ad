from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from oekoreport import Origin, Record, stand_in
from oekoreport.records import Assembly, assemble

FILE = "projekt.xlsx"


def income(row: int, *, file: str = FILE, sheet: str = "Einnahmen", **values: object) -> Record:
    """Return an income as a row without a key has it."""
    return Record("income", stand_in(f"{file}!{sheet}!{row}"), values, Origin(file, sheet, row, {"amount": "H"}))


def keys(assembly: Assembly) -> list[str]:
    return [income.key for income in assembly.project.incomes]


def told(assembly: Assembly) -> list[tuple[str, str]]:
    return [(str(finding.place), str(finding.message)) for finding in assembly.findings if finding.code == "DATA-COPY"]


A = {"payer": "Klinik", "date": "2024-04-15", "amount": "1.000,00"}
B = {"payer": "Schule", "date": "2024-04-15", "amount": "500,00"}


def test_a_row_keeps_its_number_when_rows_are_inserted_above_or_it_moves_to_another_file() -> None:
    (key,) = keys(assemble([income(4, **A)]))
    assert key == "#2718"
    assert keys(assemble([income(4, **B), income(5, **A)]))[1] == key
    assert keys(assemble([income(4, file="belege/e.csv", sheet="", **A)])) == [key]


def test_a_number_does_not_depend_on_how_its_row_is_typed_or_completed() -> None:
    typed: dict[str, Any] = {**A, "date": "15.04.2024", "amount": Decimal(1000), "covers": "2"}
    assert keys(assemble([income(4, **typed)])) == keys(assemble([income(4, **A)]))


def test_rows_that_share_their_telling_fields_have_longer_numbers() -> None:
    both = keys(assemble([income(4, **A, covers="1"), income(5, **A, covers="2")]))
    assert len(set(both)) == 2
    assert {key[:5] for key in both} == {"#2718"}


def test_children_and_references_follow_the_number() -> None:
    key = stand_in("belege.xlsx!Belege!4")
    at = Origin("belege.xlsx", "Belege", 4)
    records = [
        Record("allocation", f"{key}/1", {"amount": "5,00"}, at, key),
        Record("payment", f"{key}/1", {"amount": "5,00", "allocation": f"{key}/1"}, at, key),
        Record("receipt", key, {"number": "47"}, at),
    ]
    assembly = assemble(records)
    (receipt,) = assembly.project.receipts
    assert receipt.allocations[0].key == receipt.payments[0].allocation == f"{receipt.key}/1"
    assert assembly.origins.typed_key(receipt.identity) == ""
    assert assembly.origins.typed_key(receipt.allocations[0].identity) == ""
    assert assembly.origins.typed_key(("receipt", "B09")) == "B09"


def test_a_number_that_comes_back_in_a_form_is_no_key_that_somebody_typed() -> None:
    origins = assemble(
        [Record("income", "#2718", A, Origin("e.xlsx")), Record("income", "47#1", B, Origin("e.xlsx"))]
    ).origins
    assert origins.typed_key(("income", "#2718")) == ""
    assert origins.typed_key(("income", "47#1")) == "47#1"
    assert origins.made_up_keys() == {"#2718"}


def test_a_copied_row_is_not_counted_and_named_at_its_own_cell() -> None:
    assembly = assemble([income(4, **A), income(5, **B), income(6, **{**A, "date": "15.4.2024"})])
    assert [each.amount for each in assembly.project.incomes] == [Decimal(1000), Decimal(500)]
    place = "projekt.xlsx: Einnahmen, row "
    assert told(assembly) == [(f"{place}6", f"The row repeats {place}4; it is not counted again.")]


def test_a_copied_sheet_is_one_finding() -> None:
    copied = [income(row, sheet="Einnahmen (2)", **values) for row, values in ((4, A), (5, B))]
    assembly = assemble([income(4, **A), income(5, **B), *copied])
    assert len(assembly.project.incomes) == 2
    ((place, message),) = told(assembly)
    assert place == "projekt.xlsx: Einnahmen (2), row 4"
    assert message == (
        "From here on, 2 rows repeat those from projekt.xlsx: Einnahmen, row 4 on; they are not counted again."
    )


def test_a_copy_may_lack_columns_of_the_original_or_have_more() -> None:
    for more, less in ((4, 9), (9, 4)):
        records = [income(more, **A, source="third", covers="2"), income(less, **A)]
        assembly = assemble(sorted(records, key=lambda record: record.origin.row))
        assert len(assembly.project.incomes) == 1
        assert [place for place, _message in told(assembly)] == ["projekt.xlsx: Einnahmen, row 9"]


def test_rows_that_contradict_each_other_are_two() -> None:
    at = Origin("belege.csv", "", 4), Origin("belege.csv", "", 5)
    records = []
    for number, paid in enumerate(("600,00", "400,00")):
        key = stand_in(f"belege.csv!!{number}")
        records.append(Record("payment", f"{key}/1", {"amount": paid}, at[number], key))
        records.append(Record("receipt", key, {"number": "47", "payee": "A"}, at[number]))
    assembly = assemble(records)
    assert len(assembly.project.receipts) == 2
    assert told(assembly) == []


def test_a_row_without_a_key_is_a_copy_of_one_with_a_key() -> None:
    typed = replace(income(9, **A), key="E7")
    assembly = assemble([income(4, file="e.csv", sheet="", **A), typed])
    assert keys(assembly) == ["E7"]
    assert [place for place, _message in told(assembly)] == ["e.csv: row 4"]


def test_equal_rows_with_keys_of_their_own_are_two() -> None:
    assembly = assemble([replace(income(4, **A), key="E1"), replace(income(5, **A), key="E2")])
    assert keys(assembly) == ["E1", "E2"]
    assert told(assembly) == []


def test_a_copied_form_brings_nothing_twice() -> None:
    records = []
    for file in ("erhebung/klinik.xlsx", "erhebung/klinik (2).xlsx"):
        company, site = stand_in(f"{file}!Betrieb"), stand_in(f"{file}!Standorte!4")
        records += [
            Record("participant", company, {"name": "Klinik"}, Origin(file, "Betrieb")),
            Record("site", site, {"name": "Haus 1"}, Origin(file, "Standorte", 4), company),
            Record("measure", stand_in(f"{file}!Maßnahmen!4"), {"title": "LED"}, Origin(file, "Maßnahmen", 4), site),
        ]
    assembly = assemble(records)
    (participant,) = assembly.project.participants
    (house,) = participant.sites
    assert [measure.title for measure in house.measures] == ["LED"]
    assert {place.partition(":")[0] for place, _message in told(assembly)} == {"erhebung/klinik (2).xlsx"}


def test_a_form_comes_back_under_the_number_that_it_was_made_with() -> None:
    at = Origin(FILE, "Teilnehmer", 4)
    known = Record("participant", stand_in("projekt.xlsx!Teilnehmer!4"), {"name": "Klinik", "staff": "12"}, at)
    (number,) = (participant.key for participant in assemble([known]).project.participants)
    form = Origin("erhebung/klinik.xlsx", "Betrieb")
    for said in ({"certificate_name": "Klinik gGmbH"}, {"name": "Klinik", "staff": "12"}):
        assembly = assemble([known, Record("participant", number, said, form)])
        assert [participant.key for participant in assembly.project.participants] == [number]
        assert told(assembly) == []


ROWS = st.lists(
    st.fixed_dictionaries(
        {"payer": st.sampled_from("ABC"), "date": st.sampled_from(["2024-01-02", "2024-01-03"])},
        optional={"amount": st.sampled_from(["1,00", "2,00"]), "source": st.sampled_from(["third", "donation"])},
    ),
    max_size=12,
)


@given(ROWS)
def test_every_row_is_an_income_or_a_copy(rows: list[dict[str, str]]) -> None:
    assembly = assemble([income(number, **row) for number, row in enumerate(rows, 1)])
    kept = assembly.project.incomes
    assert len(kept) + len(told(assembly)) == len(rows)
    assert len({income.key for income in kept}) == len(kept)
    said = [(income.payer, income.date, income.amount, income.source) for income in kept]
    assert len(set(said)) == len(said)
    assert all(key.removeprefix("#").isdecimal() for key in keys(assembly))
