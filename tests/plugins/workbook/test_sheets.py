"""What a reader finds on the sheets of the reference round."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from oekoreport import (
    Finding,
    Locale,
    Message,
    Outcome,
    Parameter,
    Place,
    Presence,
    Report,
    Severity,
    Status,
    Verdict,
)
from oekoreport.testing.reports import report_of, sample_report
from oekoreport_workbook.looks import DEEP

if TYPE_CHECKING:
    from tests.plugins.workbook.conftest import Changes, Reading
else:
    Changes = Reading = Any

SHEETS = [
    "Übersicht",
    "Teilnehmer",
    "Maßnahmen",
    "Einsparungen",
    "Handlungsfelder",
    "Teilnahme",
    "Workshops",
    "Kennzahlen",
    "Bestandsaufnahme",
    "Verbrauch",
    "Soll-Ist",
    "Belege",
    "Prüfergebnis",
    "Feststellungen",
    "Herkunft",
    "Gelesene Dateien",
]


def test_each_question_has_its_sheet(reference: Reading) -> None:
    assert reference.values.sheetnames == SHEETS


def test_the_overview_shows_the_published_outcome_and_the_settlement(reference: Reading) -> None:
    shown = {row[4]: row[5] for row in reference.rows("Übersicht") if row[4]}
    assert shown["Kosteneinsparung pro Jahr"] == 242_162
    assert shown["Energieeinsparung pro Jahr"] == 2_600_000
    assert shown["CO2-Einsparung pro Jahr"] == pytest.approx(636, abs=0.5)
    assert shown["Vermiedener Abfall pro Jahr"] == 20
    assert shown["Wassereinsparung pro Jahr"] == 5_490
    assert shown["Rechnerisch zustehende Zuwendung"] == 19_040.67


def test_the_overview_says_whose_round_it_is(reference: Reading) -> None:
    assert reference.row("Übersicht", "Zuwendungsempfänger")[1] == "Kreis Soest"
    assert reference.row("Übersicht", "Bewilligungszeitraum")[1] == "17.02.2020 bis 31.07.2021"


def test_charts_are_fed_from_the_cells_beside_them_and_described_in_words(reference: Reading) -> None:
    import io
    import re
    import zipfile

    with zipfile.ZipFile(io.BytesIO(reference.content)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) == 3
    assert all("'Übersicht'!" in chart or "Übersicht!" in chart for chart in charts)
    descriptions = re.findall(r'descr="([^"]+)"', drawing)
    assert len(descriptions) == 3
    assert all(text.startswith("Balkendiagramm") for text in descriptions)


def test_a_chart_is_left_out_where_a_value_is_unknown(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("measure", "infineon/1"): {"saving": "sehr viel"}})
    notes = [cell for row in reading.rows("Übersicht") for cell in row if str(cell).startswith("Kein Diagramm")]
    assert len(notes) == 2  # savings by area, and payback; plan and actual stands


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_says_that_the_data_are_samples_and_prints_on_the_width_of_a_page(
    reference: Reading, sheet: str
) -> None:
    worksheet = reference.formulas[sheet]
    assert any("MUSTERDATEN" in str(row[0]) for row in reference.rows(sheet)[:4])
    assert "MUSTERDATEN" in str(worksheet.oddFooter.center.text)
    assert "Seite &P von &N" in str(worksheet.oddFooter.right.text).replace("&[Page]", "&P").replace("&[Pages]", "&N")
    assert worksheet.page_setup.fitToWidth in (None, 1)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("sheet", SHEETS[1:])
def test_lists_keep_their_heads_in_sight_and_repeat_them_on_paper(reference: Reading, sheet: str) -> None:
    worksheet = reference.formulas[sheet]
    assert worksheet.freeze_panes is not None
    assert worksheet.print_title_rows is not None
    assert worksheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("sheet", [name for name in SHEETS[1:] if name not in ("Handlungsfelder", "Soll-Ist")])
def test_a_list_that_may_be_long_repeats_its_own_head_and_no_other_follows_it(reference: Reading, sheet: str) -> None:
    worksheet = reference.formulas[sheet]
    first, last = str(worksheet.print_title_rows).replace("$", "").split(":")
    heads = [cells[0].row for cells in worksheet.iter_rows() if cells[0].fill.fgColor.rgb == f"FF{DEEP[1:]}"]
    assert first == last == str(heads[-1])


def test_participants_have_a_row_each_with_fees_attendance_and_certificate(reference: Reading) -> None:
    row = reference.row("Teilnehmer", "Bau- und Wohnungsgenossenschaft Lippstadt", 1)
    assert "Nachgerückt 14.05.2020" in str(row[7])
    assert row[reference.column("Teilnehmer", "Beitrag eingegangen")] == 2500
    assert row[reference.column("Teilnehmer", "Teilnahmequote")] == 100
    assert row[reference.column("Teilnehmer", "Urkunde Nr.")] == "KS-2021-12"
    total = reference.row("Teilnehmer", "Insgesamt")
    assert total[reference.column("Teilnehmer", "Beitrag geschuldet")] == 31_250


def test_measures_are_a_table_with_filters_and_a_column_for_each_resource(reference: Reading) -> None:
    table = reference.formulas["Maßnahmen"].tables["measures"]
    assert table.autoFilter is not None
    row = reference.row("Maßnahmen", "infineon/1")
    assert row[reference.column("Maßnahmen", "Strom, kWh/a")] == 68_000
    assert row[reference.column("Maßnahmen", "Wasser, m³/a")] is None
    assert row[reference.column("Maßnahmen", "Investition")] == 4800
    assert row[reference.column("Maßnahmen", "Umsetzung am")] == datetime(2020, 7, 31)  # noqa: DTZ001 - as a cell has it


def test_measures_count_what_is_not_quantified_and_leave_its_cells_empty(reference: Reading) -> None:
    head = reference.column("Maßnahmen", "Quantifiziert")
    saving = reference.column("Maßnahmen", "Einsparung pro Jahr")
    silent = [row for row in reference.rows("Maßnahmen") if row[head] == "nein"]
    assert len(silent) == 17
    assert all(row[saving] is None for row in silent)


def test_an_annual_effect_and_one_that_comes_once_stand_in_columns_of_their_own(
    changed: Callable[[Changes], Reading],
) -> None:
    reading = changed({("effect", "infineon/2/electricity"): {"recurrence": "once"}})
    row = reading.row("Maßnahmen", "infineon/2")
    assert row[reading.column("Maßnahmen", "Strom, kWh, einmalig")] == 52_000
    assert row[reading.column("Maßnahmen", "Strom, kWh/a")] is None


def test_attendance_is_a_matrix_of_marks(reference: Reading, changed: Callable[[Changes], Reading]) -> None:
    late = reference.row("Teilnahme", "Ford Center Soest")
    assert late[1:9] == ["?", *["x"] * 7]
    assert late[9] == 7
    away = changed({("attendance", "W2/kbs"): {"present": "nein"}})
    assert away.row("Teilnahme", "Kommunale Betriebe Soest AöR")[1:4] == ["x", "–", "x"]
    assert away.row("Teilnahme", "Anwesend")[1:4] == [11, 12, 13]


def test_an_entry_on_a_workshop_that_was_not_held_stands_in_brackets_and_counts_for_nobody(
    changed: Callable[[Changes], Reading],
) -> None:
    reading = changed({("workshop", "W3"): {"state": "cancelled"}})
    row = reading.row("Teilnahme", "Quality Hotel Lippstadt")
    assert row[1:5] == ["x", "x", "(x)", "x"]
    assert row[9] == 7


def test_key_figures_have_a_row_for_each_site(reference: Reading) -> None:
    row = reference.row("Kennzahlen", "LWL-Klinik Warstein")
    electricity = sample_report().figures["baseline.electricity/lwl-warstein"].value
    assert electricity is not None
    assert row[reference.column("Kennzahlen", "Strom, kWh/a")] == float(electricity)


def test_a_key_figure_is_blank_where_nobody_asked_and_unknown_where_it_cannot_be_read(
    changed: Callable[[Changes], Reading],
) -> None:
    silent = changed({("baseline", "lwl-warstein/2019"): {"area": None}})
    per_area = silent.column("Kennzahlen", "Energie je Fläche, kWh/m²")
    assert silent.row("Kennzahlen", "LWL-Klinik Warstein")[per_area] is None
    misread = changed({("baseline", "lwl-warstein/2019"): {"area": "groß"}})
    assert misread.row("Kennzahlen", "LWL-Klinik Warstein")[per_area] == "[unbekannt]"


def test_plan_and_actual_stand_line_by_line_with_deviation_and_settlement(reference: Reading) -> None:
    line = reference.row("Soll-Ist", "Veranstaltungen", 1)
    assert line[2:6] == [2500, 1500, 1820.7, 1500]
    assert line[6] == pytest.approx(-679.3)
    assert line[7] == pytest.approx(-27.172)
    assert reference.row("Soll-Ist", "Insgesamt")[2:6] == [60_000, 25_000, 59_428.54, 23_800.84]
    assert reference.row("Soll-Ist", "Rechnerisch zustehende Zuwendung", 1)[2] == 19_040.67
    assert reference.row("Soll-Ist", "Zuwendung des Landes", 1, after="Einnahmen")[4] == 19_040.67


def test_overruns_are_marked_by_a_sign_beside_the_colour(reference: Reading) -> None:
    (deviation, rate) = reference.formulas["Soll-Ist"].conditional_formatting
    for marked in (deviation, rate):
        (rule,) = marked.rules
        assert (rule.operator, rule.formula) == ("greaterThan", ["0"])
        assert "▲" in rule.dxf.numFmt.formatCode


def test_receipts_have_a_row_for_each_part_with_real_dates_and_money(reference: Reading) -> None:
    sheet = reference.formulas["Belege"]
    rows = [row for row in sheet.iter_rows(min_row=5) if str(row[0].value).startswith("B09")]
    assert len(rows) == 3
    paid = reference.column("Belege", "Gezahlt am")
    assert [row[paid].value.date() for row in rows] == [date(2020, 7, 14), date(2020, 7, 14), date(2020, 7, 28)]
    assert rows[0][paid].number_format == "dd.mm.yyyy"
    spent = rows[0][reference.column("Belege", "Ausgegeben")]
    assert spent.value == 4165
    assert '#,##0.00" €"' in spent.number_format
    assert sheet.tables["receipts"].totalsRowCount == 1


def test_verdicts_and_findings_are_told_in_signs_and_words(rendered: Callable[[Report], Reading]) -> None:
    reading = rendered(replace(sample_report(), verdicts=verdicts()))
    results = {row[0]: row for row in reading.rows("Prüfergebnis") if row[0] in ("T-1", "T-2", "T-3", "T-4") and row[5]}
    assert [results[code][1] for code in ("T-1", "T-2", "T-3", "T-4")] == [
        "✓ erfüllt",
        "✗ nicht erfüllt",
        "? nicht prüfbar",
        "– nicht einschlägig",
    ]
    assert results["T-2"][4] == "Tolerance (nicht bestätigt)"
    assert results["T-2"][8:11] == [2, 1, 0]
    finding = reading.row("Feststellungen", "T-2")
    assert finding[1:5] == ["Fehler", "Line 3 is exceeded.", "projekt.xlsx: Plan!F12", "Explain it."]
    assert "ENTWURF · MUSTERDATEN" in [row[0] for row in reading.rows("Übersicht")]


def test_origins_lead_down_to_cells_and_facts(reference: Reading) -> None:
    row = reference.row("Herkunft", "savings.co2/infineon")
    assert row[1:3] == ["CO2-Einsparung pro Jahr", "Teilnehmer infineon"]
    assert row[5] == "effect.csv: D2:D4; D7:D9"
    assert "0,435\u00a0kg/kWh" in str(row[6])
    assert row[8] is None
    digests = reference.row("Gelesene Dateien", "projekt.xlsx")
    assert digests[1] == hashlib.sha256(b"").hexdigest()


def test_every_figure_has_its_origin(reference: Reading) -> None:
    names = {row[0] for row in reference.rows("Herkunft")}
    assert set(sample_report().figures) <= names


def test_what_is_missing_is_named_with_its_cell(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("measure", "infineon/1"): {"saving": "sehr viel"}})
    row = reading.row("Herkunft", "savings.money")
    assert row[3] == "[unbekannt]"
    assert row[8] == "Einsparung pro Jahr (Maßnahme infineon/1), measure.csv: I2"


def test_a_reader_of_english_gets_english(rendered: Callable[[Report], Reading]) -> None:
    reading = rendered(replace(sample_report(), locale=Locale("en")))
    assert reading.values.sheetnames[:3] == ["Overview", "Participants", "Measures"]
    assert reading.row("Overview", "Approval period")[1] == "2020-02-17 to 2021-07-31"


def test_a_project_of_which_nothing_is_known_still_has_all_its_sheets(rendered: Callable[[Report], Reading]) -> None:
    reading = rendered(report_of([]))
    assert reading.values.sheetnames == SHEETS
    assert reading.row("Übersicht", "Zuwendungsempfänger")[1] == "[unbekannt]"
    assert reading.row("Maßnahmen", "keine Einträge")[1] is None


def verdicts() -> tuple[Verdict, ...]:
    """Return a verdict of each outcome, with a finding, a waived one, an open question, and an unsure fact."""
    place = Place("projekt.xlsx", "Plan", "F", 12)
    failed = Finding(
        "T-2",
        Severity.ERROR,
        Message("Line 3 is exceeded."),
        place,
        ("expenditure_line", "3"),
        hint=Message("Explain it."),
    )
    waived = Finding("T-2", Severity.WARNING, Message("Line 4 is under plan."), waived_by="W1")
    opened = Finding("T-3", Severity.ERROR, Message("No date."), Place("projekt.xlsx", "Plan"))
    unsure = Parameter(
        "tolerance", "Tolerance", Presence.VALUE, Decimal(20), "%", "law", "1.2", Status.UNCONFIRMED, "pack"
    )
    head = ("test", "basis 1.2", Severity.ERROR)
    return (
        Verdict("T-1", Message("Sums agree"), *head, Outcome.PASSED, 4),
        Verdict("T-2", Message("Lines are kept"), *head, Outcome.FAILED, 4, (failed, waived), (), (unsure,)),
        Verdict("T-3", Message("Paid in time"), *head, Outcome.UNDECIDED, 4, (), (opened,)),
        Verdict("T-4", Message("For private recipients"), *head, Outcome.NOT_APPLICABLE, 0),
    )


def test_an_area_whose_measures_are_not_quantified_has_an_investment_all_the_same(reference: Reading) -> None:
    head, *rows = [row for row in reference.rows("Handlungsfelder") if isinstance(row[0], str) and row[1] is not None]
    investment = head.index("Investition")
    biodiversity = next(row for row in rows if row[0] == "Biodiversität")
    assert (biodiversity[investment], biodiversity[investment + 1]) == (4500, "–")


def test_the_settlement_shows_the_base_that_the_rate_is_of(reference: Reading) -> None:
    steps = {str(row[1]): row[2] for row in reference.rows("Soll-Ist") if row[2] is not None}
    base, rate, due = (
        steps[name] for name in ("Bemessungsgrundlage der Zuwendung", "Fördersatz", "Rechnerisch zustehende Zuwendung")
    )
    assert (base, rate, due) == (23_800.84, 80, 19_040.67)
    assert steps["Freie Deckungsmittel"] == 0
