from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from oekoreport import KINDS, Locale, Origin, Record, attributes
from oekoreport.sheets.forms import intake_form, intake_forms, project_workbook
from oekoreport.sheets.forms.layout import LAYOUTS, columns, layout_of
from oekoreport.sheets.forms.sheets import example
from oekoreport.sheets.tables.heads import head_table
from oekoreport.sheets.writer import CellRefused

NOWHERE = Origin("")
GERMAN = Locale("de")


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_there_is_a_sheet_for_each_kind_and_a_column_for_each_field() -> None:
    book = opened(project_workbook())
    for layout in LAYOUTS[:-5]:
        sheet = book[GERMAN.show(layout.title)]
        texts = {str(cell.value).split(" (")[0].removesuffix(" *") for row in sheet.iter_rows() for cell in row}
        if layout.kind == "attendance":
            continue  # a matrix: its columns are workshops
        for attribute in attributes(KINDS[layout.kind]):
            assert GERMAN.show(attribute.title).split(" (")[0] in texts, (layout.kind, attribute.name)


def test_names_of_sheets_are_short_and_all_different() -> None:
    for language in ("de", "en"):
        names = [Locale(language).show(layout.title) for layout in LAYOUTS]
        assert max(map(len, names)) <= 31
        assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_the_columns_of_a_sheet_have_different_heads(layout: Any) -> None:
    for language in ("de", "en"):
        titles = [Locale(language).show(column.title).casefold() for column in columns(layout)]
        assert len(set(titles)) == len(titles)
        table = head_table(layout)
        assert [table[title.rstrip(":")] for title in titles] == list(columns(layout))


def test_required_columns_are_marked_and_heads_explained() -> None:
    sheet = opened(project_workbook())["Teilnehmer"]
    heads = {cell.value: cell for cell in sheet[3]}
    assert "Name *" in heads
    assert heads["Name *"].fill.start_color.rgb != heads["Rechtsform"].fill.start_color.rgb
    assert "Klinik Muster gGmbH" in heads["Name *"].comment.text
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.print_title_rows == "$3:$3"


def test_codes_and_references_have_drop_downs() -> None:
    book = opened(project_workbook())
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["Standorte"].data_validations.dataValidation}
    assert rules == {"B4": "'Teilnehmer'!$A$4:$A$2000"}
    states = [rule for rule in book["Verlauf"].data_validations.dataValidation if "Listen" in rule.formula1]
    assert len(states) == 1
    choices = [cell.value for (cell,) in book["Listen"][states[0].formula1.split("!")[1].replace("$", "")]]
    assert choices == [member.localize(GERMAN) for member in attributes(KINDS["participant_state"])[0].type]
    assert book["Listen"].sheet_state == "hidden"


def test_the_first_sheet_explains_and_names_the_version() -> None:
    book = opened(project_workbook())
    assert book.sheetnames[0] == "So kommen Ihre Daten hinein"
    texts = [str(cell.value) for row in book["So kommen Ihre Daten hinein"].iter_rows() for cell in row if cell.value]
    assert any("1" in text and "Version" in text for text in texts)
    assert book.custom_doc_props["oekoreport-template"].value == "project 1"


def test_the_same_records_give_the_same_bytes() -> None:
    records = [Record("site", "s", {"name": "Müller & Söhne"}, NOWHERE, "werk")]
    assert project_workbook(records) == project_workbook(records)
    assert intake_form("werk", records) == intake_form("werk", records)


def test_values_are_what_they_are_dates_numbers_and_text_that_is_no_formula() -> None:
    records = [
        Record(
            "participant",
            "werk",
            {"name": "=1+1", "staff": "12,5", "agreed_on": "3.4.2020", "fee": "2.500 €", "policy": "x"},
            NOWHERE,
        )
    ]
    sheet = opened(project_workbook(records))["Teilnehmer"]
    cells = {
        str(head.value).split(" (")[0].removesuffix(" *"): cell for head, cell in zip(sheet[3], sheet[4], strict=True)
    }
    assert cells["Name"].value == "=1+1"
    assert cells["Name"].data_type == "s"
    assert cells["Beschäftigte"].value == 12.5
    assert cells["Vereinbarung vom"].value.date() == date(2020, 4, 3)
    assert cells["Teilnahmebeitrag"].value == 2500
    assert cells["Teilnahmebeitrag"].number_format == "#,##0.00"


def test_what_the_model_cannot_read_is_written_as_it_is() -> None:
    records = [Record("income", "e1", {"amount": "etwa 100", "date": "Mai"}, NOWHERE)]
    sheet = opened(project_workbook(records))["Einnahmen"]
    assert {"etwa 100", "Mai"} <= {cell.value for cell in sheet[4]}


def test_a_number_beyond_fifteen_digits_is_kept_as_text() -> None:
    records = [Record("participant", "w", {"staff": Decimal("12345678901.2345678")}, NOWHERE)]
    sheet = opened(project_workbook(records))["Teilnehmer"]
    assert "12345678901,2345678" in {cell.value for cell in sheet[4]}


def test_a_text_that_no_cell_can_hold_is_refused_with_its_place() -> None:
    records = [Record("site", "s", {"name": "x" * 32_768}, NOWHERE, "werk")]
    with pytest.raises(CellRefused) as error:
        project_workbook(records)
    assert error.value.localize(Locale("en")) == (
        "projekt.xlsx: Standorte!C4: The value does not fit into a spreadsheet cell.\nA cell can hold 32,767 "
        "characters, a sheet 1,048,576 rows. Shorten the text."
    )


def test_kinds_that_live_elsewhere_are_left_out() -> None:
    records = [
        Record("measure", "m", {"title": "LED"}, NOWHERE, "s"),
        Record("effect", "m/electricity", {"resource": "electricity", "amount": "5 kWh"}, NOWHERE, "m"),
    ]
    names = opened(project_workbook(records, without=("measure", "baseline"))).sheetnames
    assert GERMAN.show(layout_of("measure").title) not in names
    assert GERMAN.show(layout_of("effect").title) not in names


def test_there_is_an_intake_form_for_each_participant() -> None:
    records = [Record("participant", key, {"name": key}, NOWHERE) for key in ("klinik", "schule")]
    assert [document.name for document in intake_forms(records)] == [
        ("erhebung", "klinik.xlsx"),
        ("erhebung", "schule.xlsx"),
    ]


def test_forms_are_valid_for_excel(tmp_path: Any) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    records = [Record("workshop", "W1", {"number": 1, "date": date(2020, 3, 5)}, NOWHERE)]
    path = tmp_path / "projekt.xlsx"
    path.write_bytes(project_workbook(records))
    assert [str(error) for error in audit.OpenXmlValidator().validate(path).errors] == []


def test_rows_are_as_high_as_their_texts_are_long() -> None:
    reason = "Anlage zum Zuwendungsbescheid; durch den Änderungsbescheid nicht verändert"
    book = opened(project_workbook([Record("plan", "p", {"remark": reason}, NOWHERE)]))
    assert book["Finanzierungspläne"].row_dimensions[4].height >= 4 * 15
    guide = book["So kommen Ihre Daten hinein"]
    long = [row[1] for row in guide.iter_rows(max_col=2) if row[1].value and len(str(row[1].value)) > 110]
    assert long
    assert all(guide.row_dimensions[cell.row].height >= 30 for cell in long)
    form = book["Zuwendung"]
    explained = [row[2] for row in form.iter_rows(min_row=4, max_col=3) if len(str(row[2].value)) > 80]
    assert explained
    assert all(form.row_dimensions[cell.row].height >= 30 for cell in explained)


def test_no_page_is_printed_for_empty_rows_behind_entries() -> None:
    plan = [Record("plan", f"p{number}", {}, NOWHERE) for number in range(7)]
    assert opened(project_workbook(plan))["Finanzierungspläne"].print_area.endswith("$10")
    assert opened(project_workbook())["Finanzierungspläne"].print_area.endswith("$8")


def test_examples_of_years_and_counts_have_no_group_marks() -> None:
    book = opened(project_workbook())
    texts = [str(cell.value) for row in book["Vorhaben"].iter_rows(min_col=3, max_col=3) for cell in row]
    texts += [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert any("Beispiel: 2024" in text for text in texts)
    assert not any("2.024" in text for text in texts)


def test_open_fields_may_be_offered_choices_with_what_they_are_called() -> None:
    choices = {("term", "parameter"): {"line_tolerance": "Überschreitung je Ansatz", "report_months": "Frist"}}
    book = opened(project_workbook(choices=choices))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["Festlegungen"].data_validations.dataValidation}
    rule = rules["C4"]
    assert rule.errorStyle == "warning"
    sheet, _mark, cells = rule.formula1.partition("!")
    assert sheet.strip("'") == "Listen"
    names = [cell.value for (cell,) in book["Listen"][cells.replace("$", "")]]
    assert names == ["line_tolerance", "report_months"]
    explained = [[cell.value for cell in row] for row in book["Auswahl"].iter_rows(min_row=4, max_col=2)]
    assert explained == [
        ["Blatt „Festlegungen“, Spalte „Parameter“", None],
        ["line_tolerance", "Überschreitung je Ansatz"],
        ["report_months", "Frist"],
    ]
    assert "Auswahl" in book["Festlegungen"]["C3"].comment.text
    assert book["Auswahl"].sheet_state == "visible"


def test_the_example_of_an_amount_is_written_with_its_unit() -> None:
    (column,) = [column for column in columns(layout_of("effect")) if column.field == "amount"]
    assert example(column, Locale("de")) == "1200 kWh"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_the_examples_of_a_sheet_are_read_back_as_they_are(layout: Any) -> None:
    for column in columns(layout):
        if column.attribute and not column.refers and column.attribute.example is not None:
            read = column.attribute.read(example(column, Locale("de")))
            noun = KINDS[column.kind].model_validate({"key": "x", column.field: column.attribute.example})
            assert read == getattr(noun, column.field)
