"""Records become a project: bad fields are findings at their cell, everything else stays."""

import pickle
from datetime import date
from decimal import Decimal

import pytest

from oekoreport.findings import Finding, Severity
from oekoreport.language import Locale
from oekoreport.model.grant import Grant
from oekoreport.model.plan import ExpenditureLine
from oekoreport.records.assembly import Assembly, assemble
from oekoreport.records.record import UNREADABLE, Origin, Record
from oekoreport.units import Amount

COLUMNS = {"title": "B", "planned": "C", "planned_eligible": "D"}


def line(key: str, row: int = 2, file: str = "projekt.xlsx", parent: str = "P1", **values: object) -> Record:
    return Record("expenditure_line", key, values, Origin(file, "Ausgaben", row, COLUMNS), parent)


PLAN = Record("plan", "P1", {"remark": "first"}, Origin("projekt.xlsx", "Plan", 2))


def lines(assembly: Assembly) -> dict[str, ExpenditureLine]:
    assert assembly.project.plan is not None
    return {line.key: line for line in assembly.project.plan.expenditure}


def only(assembly: Assembly) -> Finding:
    (finding,) = assembly.findings
    return finding


def test_children_are_nested_in_the_order_of_the_sheet() -> None:
    assembly = assemble([line("2", 3, title="b"), PLAN, line("1", 2, title="a", planned="1.000 €")])
    assert list(lines(assembly)) == ["2", "1"]
    assert lines(assembly)["1"].planned == 1000
    assert assembly.findings == ()


def test_a_bad_field_is_unknown_and_the_rest_of_its_row_stays() -> None:
    assembly = assemble([PLAN, line("1", title="a", planned="viel"), line("2", 3, title="b", planned="5")])
    finding = only(assembly)
    assert (finding.code, str(finding.place), finding.found) == ("DATA-NUMBER", "projekt.xlsx: Ausgaben!C2", "viel")
    assert lines(assembly)["1"].planned is None
    assert lines(assembly)["1"].title == "a"
    assert lines(assembly)["2"].planned == 5


def test_all_bad_fields_are_reported_in_one_run() -> None:
    rows = [line(str(number), number, planned="x", planned_eligible="y") for number in range(2, 12)]
    places = [str(finding.place) for finding in assemble([PLAN, *rows]).findings]
    assert len(places) == 20
    assert places[:2] == ["projekt.xlsx: Ausgaben!C2", "projekt.xlsx: Ausgaben!D2"]


def test_a_cell_that_cannot_be_read_is_unknown_and_not_silent() -> None:
    unread = lines(assemble([PLAN, line("1", planned=UNREADABLE)]))["1"]
    assert unread.planned is None
    assert unread.stated("planned")
    assert not lines(assemble([PLAN, line("1", planned=None)]))["1"].stated("planned")


def test_an_empty_cell_takes_the_default_a_bad_one_does_not() -> None:
    records = [PLAN, line("1"), line("2", 3, input_tax_deductible="vielleicht")]
    project = assemble(records)
    assert lines(project)["1"].input_tax_deductible is False
    assert lines(project)["2"].input_tax_deductible is None


def test_the_same_key_twice_in_a_file_is_a_finding_and_both_stay() -> None:
    assembly = assemble([PLAN, line("1", title="a"), line("1", 3, title="b")])
    assert only(assembly).code == "DATA-TWICE"
    assert "projekt.xlsx: Ausgaben, row 2" in only(assembly).message
    assert {key: line.title for key, line in lines(assembly).items()} == {"1": "a", "1#2": "b"}


def test_the_same_key_twice_in_a_file_is_a_finding_whatever_other_files_say() -> None:
    records = [PLAN, line("1", 9, "a.xlsx", title="a"), line("1", 2, title="a"), line("1", 3, title="b")]
    assembly = assemble(records)
    assert [finding.code for finding in assembly.findings] == ["DATA-TWICE", "DATA-REPEATED"]
    assert list(lines(assembly)) == ["1", "1#2"]


def test_a_file_that_repeats_another_is_named_once() -> None:
    rows = [line(key, row, planned="5") for row, key in enumerate("abc", 2)]
    copies = [line(key, row, "projekt_alt.xlsx", planned="5") for row, key in enumerate("abc", 2)]
    finding = only(assemble([PLAN, *rows, *copies]))
    assert (finding.code, str(finding.place)) == ("DATA-REPEATED", "projekt_alt.xlsx")
    assert finding.message == "3 entries are identical to entries in projekt.xlsx."


def test_two_sources_complete_each_other() -> None:
    assembly = assemble([PLAN, line("1", title="a"), line("1", 9, "zweite.xlsx", planned="5", title="a")])
    assert assembly.findings == ()
    assert lines(assembly)["1"].title == "a"
    assert lines(assembly)["1"].planned == 5
    assert str(assembly.origins.place(("expenditure_line", "1"), "planned")) == "zweite.xlsx: Ausgaben!C9"
    assert str(assembly.origins.place(("expenditure_line", "1"), "title")) == "projekt.xlsx: Ausgaben!B2"


def test_what_a_further_source_cannot_say_is_unknown_and_not_merely_missing() -> None:
    assembly = assemble([PLAN, line("1", title="a"), line("1", 9, "zweite.xlsx", planned=UNREADABLE)])
    assert lines(assembly)["1"].planned is None
    assert lines(assembly)["1"].stated("planned")
    kept = assemble([PLAN, line("1", planned="5"), line("1", 9, "zweite.xlsx", planned=UNREADABLE)])
    assert lines(kept)["1"].planned == 5


def test_two_sources_that_contradict_each_other_leave_the_field_unknown() -> None:
    sources = [
        line("1", planned="5"),
        line("1", 9, "zweite.xlsx", planned="6"),
        line("1", 9, "dritte.xlsx", planned="5"),
    ]
    assembly = assemble([PLAN, *sources])
    assert lines(assembly)["1"].planned is None
    assert only(assembly).code == "DATA-CONTRADICTION"
    assert only(assembly).message == "6.00 here contradicts 5.00 at projekt.xlsx: Ausgaben!C2."
    assert str(only(assembly).place) == "zweite.xlsx: Ausgaben!C9"


def test_a_reference_to_nothing_names_the_nearest() -> None:
    income = Record("income", "1", {"income_line": "Beitrage"}, Origin("e.xlsx", "Einnahmen", 5, {"income_line": "B"}))
    target = Record("income_line", "Beitraege", {}, Origin("projekt.xlsx", "E", 2), "P1")
    assembly = assemble([PLAN, target, income])
    assert (only(assembly).code, str(only(assembly).place)) == ("DATA-REFERENCE", "e.xlsx: Einnahmen!B5")
    assert only(assembly).hint == "Did you mean “Beitraege”?"
    assert assembly.project.incomes[0].income_line is None


def test_a_child_without_its_parent_is_named() -> None:
    assembly = assemble([PLAN, line("1", parent="P2")])
    assert only(assembly).code == "DATA-PARENT"
    assert "“P2”" in only(assembly).message


def test_a_participant_with_one_site_may_stand_for_it() -> None:
    here = Origin("massnahmen.csv", row=2)
    records = [
        Record("participant", "p", {}, here),
        Record("site", "haupt", {}, here, "p"),
        Record("measure", "m", {"title": "LED"}, here, "p"),
    ]
    assert [measure.key for measure in assemble(records).project.measures()] == ["m"]
    both = assemble([*records, Record("site", "neben", {}, here, "p")])
    assert [finding.code for finding in both.findings] == ["DATA-PARENT"]


def test_unknown_kinds_and_fields_are_named() -> None:
    stray = Record("unicorn", "1", {}, Origin("a.csv", row=2))
    assembly = assemble([PLAN, stray, line("1", colour="red")])
    assert [finding.code for finding in assembly.findings] == ["DATA-KIND", "DATA-FIELD"]


def test_a_second_entry_of_a_single_kind_is_named() -> None:
    grants = [Record("grant", key, {}, Origin("projekt.xlsx", "Zuwendung", row)) for row, key in enumerate("ab", 2)]
    assembly = assemble(grants)
    assert only(assembly).code == "DATA-TWICE"
    assert assembly.project.grant is not None
    assert assembly.project.grant.key == "a"


def test_an_assembly_survives_pickling() -> None:
    assembly = assemble([PLAN, line("1", planned="x")])
    again = pickle.loads(pickle.dumps(assembly))  # noqa: S301
    assert again.project == assembly.project
    assert again.findings == assembly.findings
    assert again.origins.place(("expenditure_line", "1"), "title") == assembly.origins.place(
        ("expenditure_line", "1"), "title"
    )


def test_a_character_that_no_document_prints_is_marked_and_a_finding_at_its_cell() -> None:
    assembly = assemble([PLAN, line("1", title="Hon\x07orar\ud800 \x96 Beratung", planned="5")])
    finding = only(assembly)
    assert lines(assembly)["1"].title == "Hon\ufffdorar\ufffd \ufffd Beratung"
    assert (finding.code, finding.severity) == ("DATA-CHARACTER", Severity.WARNING)
    assert (str(finding.place), finding.found) == ("projekt.xlsx: Ausgaben!B2", "U+0007, U+D800, U+0096")
    assert finding.localize(Locale("de")) == (
        "projekt.xlsx: Ausgaben!B2  DATA-CHARACTER  „Hon\ufffdorar\ufffd \ufffd Beratung“ enthält ein Zeichen, das "
        "kein Dokument drucken kann; dafür steht nun „\ufffd“.\n"
        "  Schreiben Sie den Text an dieser Stelle neu; solche Zeichen kommen mit, wenn Text eingefügt wird."
    )


def test_of_a_long_text_only_the_place_of_such_a_character_is_told() -> None:
    text = "Anfang " * 20 + "hier\x07dort" + " Ende" * 20
    finding = only(assemble([PLAN, line("1", title=text, planned="5")]))
    assert str(finding.message) == (
        "“…Anfang Anfang Anfang Anfang Anfang hier�dort Ende Ende Ende Ende Ende Ende Ende…” contains a "
        "character that no document can print; it was replaced by “�”."
    )


def test_a_key_with_such_a_character_still_finds_its_children() -> None:
    plan = Record("plan", "P\x00", {}, Origin("projekt.xlsx", "Plan", 2))
    assembly = assemble([plan, line("1", title="a", parent="P\x00")])
    assert [(finding.code, str(finding.place)) for finding in assembly.findings] == [
        ("DATA-CHARACTER", "projekt.xlsx: Plan, row 2")
    ]
    assert lines(assembly)["1"].title == "a"


def test_the_line_breaks_of_all_programs_are_breaks_and_no_finding() -> None:
    assembly = assemble([PLAN, line("1", title="eins\r\nzwei\x0bdrei\rvier\tfünf\u00a0€ \u202eאבג\u202c 😀")])
    assert lines(assembly)["1"].title == "eins\nzwei\ndrei\nvier\tfünf\u00a0€ \u202eאבג\u202c 😀"
    assert assembly.findings == ()


def test_a_number_with_such_a_character_is_no_number() -> None:
    assembly = assemble([PLAN, line("1", title="a", planned="1\x07000")])
    assert [finding.code for finding in assembly.findings] == ["DATA-CHARACTER", "DATA-NUMBER"]
    assert lines(assembly)["1"].planned is None


def test_a_field_that_the_kind_does_not_have_is_told_and_harms_no_merging() -> None:
    other = line("1", 5, file="kopie.xlsx", title="a", colour="red", amount_="5")
    assembly = assemble([PLAN, line("1", title="a", planned="5"), other])
    assert [str(finding.message) for finding in assembly.findings if finding.code == "DATA-FIELD"] == [
        "“amount_” is not a field of expenditure_line.",
        "“colour” is not a field of expenditure_line.",
    ]
    assert lines(assembly)["1"].planned == 5


def from_json(kind: str, key: str, values: dict[str, object], parent: str = "") -> Record:
    """Return a record as an importer of the project's own JSON makes it."""
    return Record(kind, key, values, Origin("projekt.json"), parent, plain=True)


def test_what_a_program_wrote_is_read_as_the_schema_spells_it() -> None:
    project = assemble(
        [
            from_json("grant", "grant", {"period_start": "2020-04-03", "rate": "0.8", "receipts_list": "true"}),
            from_json("plan", "P1", {}),
            from_json("expenditure_line", "1", {"planned": "20000.0", "cap": "1.234"}, "P1"),
            from_json("participant", "p", {"released": True}),
            from_json("site", "s", {}, "p"),
            from_json("measure", "m", {"title": "LED"}, "s"),
            from_json("effect", "m/electricity", {"resource": "electricity", "amount": ["1200.5", "kWh"]}, "m"),
        ]
    )
    (finding,) = project.findings
    assert str(finding.message) == "“1.234” has fractions of a cent."
    ((effect,),) = (measure.effects for measure in project.project.measures())
    assert effect.amount == Amount(Decimal("1200.5"), "kWh")
    assert lines(project)["1"].planned == Decimal(20000)
    assert project.project.grant is not None
    assert project.project.grant.period_start == date(2020, 4, 3)
    assert project.project.grant.rate == Decimal("0.8")
    assert project.project.grant.receipts_list is True


def test_the_json_of_a_project_is_read_back_by_its_own_spelling() -> None:
    grant = Grant.written("g", {"rate": "80 %", "cap": "1.234,5 €", "period_start": "3.4.2020", "land": "Sachsen"})
    values = grant.model_dump(mode="json", exclude={"key"}, exclude_unset=True)
    assert values == {"land": "SN", "rate": "80", "cap": "1234.50", "period_start": "2020-04-03"}
    assert assemble([from_json("grant", "g", values)]).project.grant == grant


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("planned", "1.234,56", "“1.234,56” cannot be read."),
        ("planned", "1000000000000", "“1000000000000” is not a number."),
        ("title", 5, "“5” cannot be read."),
    ],
)
def test_what_people_write_is_none_of_a_programs_spelling(name: str, value: object, told: str) -> None:
    records = [from_json("plan", "P1", {}), from_json("expenditure_line", "1", {name: value}, "P1")]
    assert str(only(assemble(records)).message) == told


@pytest.mark.parametrize(
    ("amount", "told"),
    [(["viel", "kWh"], "“viel” cannot be read."), (["5", "MW"], "“5 MW” has no known unit.")],
)
def test_an_amount_of_a_program_has_a_number_and_a_known_unit(amount: list[str], told: str) -> None:
    parents = [from_json("participant", "p", {}), from_json("site", "s", {}, "p"), from_json("measure", "m", {}, "s")]
    effect = from_json("effect", "e", {"resource": "electricity", "amount": amount}, "m")
    assert str(only(assemble([*parents, effect])).message) == told


@pytest.mark.parametrize("value", ["3.4.2020", "1586000000", 0, 1586000000])
def test_a_day_of_a_program_is_a_day_and_no_count_of_seconds(value: object) -> None:
    finding = only(assemble([from_json("grant", "g", {"period_start": value})]))
    assert (finding.code, str(finding.message)) == ("DATA-DATE", f"“{value}” is not a date.")
    assert str(finding.hint) == "Write 2020-04-03."
