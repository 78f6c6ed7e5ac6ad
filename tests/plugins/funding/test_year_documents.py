"""Interim report, drawdown request and payout overview as the authority reads them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from oekoreport.build.demo import demo_records
from oekoreport.build.examination import examine
from oekoreport.build.intake import Intake
from oekoreport.build.manifest import Order
from oekoreport.build.pipeline import exporters_of
from oekoreport.contract import Registry
from oekoreport.contract.hookspecs import Exporter
from oekoreport.errors import OekoreportError
from oekoreport.language import Locale
from oekoreport.records import Assembly, Balance
from oekoreport.records.record import Origin, Record
from oekoreport.report.report import Document, Report
from oekoreport.testing.reports import hostile_report, report_of, sample_report
from oekoreport_funding.drawdown_request import DrawdownRequest
from oekoreport_funding.interim_report import InterimReport
from oekoreport_funding.payout_overview import PayoutOverview

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALL: tuple[Exporter[Any], ...] = (InterimReport(), DrawdownRequest(), PayoutOverview())


def made(exporter: Exporter[Any], report: Report, **options: str) -> dict[str, bytes]:
    documents: Iterable[Document] = exporter.render(report, exporter.options.model_validate(options))
    return {"/".join(document.name): document.content for document in documents}


def opened(content: bytes) -> "docx.document.Document":
    return docx.Document(BytesIO(content))


def table(document: "docx.document.Document", name: str) -> list[list[str]]:
    """Return the rows of a table by the words that stand for it; merged cells count once."""
    for found in document.tables:
        caption = found._tbl.tblPr.find(f"{W}tblCaption")
        if caption is not None and caption.get(f"{W}val") == name:
            return [[cell.text for cell in dict.fromkeys(row.cells)] for row in found.rows]
    pytest.fail(f"there is no table “{name}”")


def text(document: "docx.document.Document") -> str:
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for found in document.tables for row in found.rows for cell in row.cells]
    for section in document.sections:
        parts += [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    return "\n".join(parts)


def with_records(*records: Record, change: Callable[[Record], Record] = lambda record: record) -> Report:
    return report_of([*(change(record) for record in demo_records()), *records])


def setting(kind: str, key: str, **values: object) -> Callable[[Record], Record]:
    def change(record: Record) -> Record:
        here = record.kind == kind and record.key == key
        return replace(record, values={**record.values, **values}) if here else record

    return change


def added(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, Origin("projekt.xlsx", "Blatt", 2), parent)


# --- interim report --------------------------------------------------------------------------------------------------


def interim(report: Report) -> "docx.document.Document":
    ((name, content),) = made(InterimReport(), report, asked_for="true").items()
    assert name == "zwischennachweis-2020.docx"
    return opened(content)


def test_the_interim_report_stands_at_the_end_of_the_year() -> None:
    document = interim(sample_report())
    assert table(document, "Ausgaben")[2:] == [
        ["1  Beratung: Workshops, Prüfung", "18.500,00", "18.500,00", "8.518,00", "8.518,00"],
        ["2  Einzelberatung (durch Teilnahmebeiträge gedeckt)", "30.000,00", "0,00", "14.680,00", "0,00"],
        ["3  Öffentlichkeitsarbeit, Broschüre", "5.000,00", "5.000,00", "1.955,80", "1.955,80"],
        ["4  Veranstaltungen", "2.500,00", "1.500,00", "833,00", "833,00"],
        ["5  Lizenz- und Nutzungsgebühren", "4.000,00", "0,00", "2.728,00", "0,00"],
        ["Insgesamt", "60.000,00", "25.000,00", "28.714,80", "11.306,80"],
    ]
    assert table(document, "Einnahmen")[1:] == [
        ["Teilnahmebeiträge der Betriebe und Einrichtungen", "30.000,00", "31.250,00"],
        ["Zuwendung des Landes", "20.000,00", "9.000,00"],
        ["Eigenmittel des Kreises", "10.000,00", "–"],
        ["Insgesamt lt. Zuwendungsbescheid", "60.000,00", ""],
        ["davon eingegangen, außer der Zuwendung", "", "31.250,00"],
    ]
    assert table(document, "Zuwendungsbescheide")[-1] == ["bis 31.12.2020 ausgezahlt", "9.000,00"]


def test_what_came_after_the_year_is_not_told() -> None:
    document = interim(sample_report())
    workshops = table(document, "Gemeinsame Workshops im Berichtszeitraum")
    assert [row[0] for row in workshops[1:]] == ["1", "2", "3", "4", "5", "6"]
    members = table(document, "Teilnehmende Betriebe und Einrichtungen")
    assert members[1][3] == "Gestartet (05.03.2020)"
    assert "Ausgezeichnet" not in text(document)
    assert "30.06.2021" not in text(document)


def test_the_narrative_of_the_year_stands_in_its_report_alone() -> None:
    told = {"course": "Sechs Workshops fanden statt.", "outlook": "Es folgen zwei Workshops."}
    records = [
        added("narrative", f"interim-2020/{section}", section=section, text=words, report="interim", year=2020)
        for section, words in told.items()
    ]
    other = added("narrative", "course", section="course", text="Das steht im Verwendungsnachweis.")
    report = with_records(*records, other)
    words = text(interim(report))
    assert all(each in words for each in told.values())
    assert "4. Ausblick auf das Folgejahr" in words
    assert "Das steht im Verwendungsnachweis." not in words
    assert "[unbekannt]" in words  # the interim results are not told yet


def test_only_years_that_ended_within_the_period_have_a_report() -> None:
    def names(report: Report) -> list[str]:
        return list(made(InterimReport(), report, asked_for="true"))

    report = sample_report()
    assert names(replace(report, date=date(2020, 12, 31))) == []
    assert names(replace(report, date=None)) == []
    assert names(replace(report, date=date(2023, 1, 1))) == ["zwischennachweis-2020.docx"]
    longer = with_records(change=setting("grant", "grant", period_end="2022-07-31"))
    assert names(replace(longer, date=date(2022, 1, 1))) == ["zwischennachweis-2020.docx", "zwischennachweis-2021.docx"]


def test_nobody_gets_an_interim_report_that_neither_notice_nor_narrative_wants() -> None:
    assert made(InterimReport(), sample_report()) == {}
    told = added("narrative", "i", section="course", text="Sechs Workshops.", report="interim", year="2020")
    assert list(made(InterimReport(), with_records(told))) == ["zwischennachweis-2020.docx"]
    of_another_year = replace(told, values={**told.values, "year": "2019"})
    assert made(InterimReport(), with_records(of_another_year)) == {}
    wanted = added("term", "ZB1/z", "ZB1", parameter="interim_report", value="ja")
    assert list(made(InterimReport(), with_records(wanted))) == ["zwischennachweis-2020.docx"]
    later = added("notice", "AB2", notice_kind="amendment", date="2021-03-01", amount="0")
    wanted_later = replace(wanted, parent="AB2")
    assert made(InterimReport(), with_records(later, wanted_later)) == {}


def test_a_year_may_be_asked_for_by_its_exporter_name() -> None:
    chosen = exporters_of(Order(("interim-report",)), Registry.discover())
    assert [options for _exporter, options in chosen] == [InterimReport.options(asked_for=True)]
    everything = {exporter.name: options for exporter, options in exporters_of(Order(), Registry.discover())}
    assert everything["interim-report"] == InterimReport.options()


def test_one_year_can_be_asked_for_and_one_without_a_report_is_named() -> None:
    assert list(made(InterimReport(), sample_report(), year="2020")) == ["zwischennachweis-2020.docx"]
    with pytest.raises(OekoreportError) as caught:
        made(InterimReport(), sample_report(), year="2021")
    assert caught.value.localize(Locale("de")) == (
        "Für 2021 gibt es keinen Zwischennachweis.\n"
        "Jahre, die im Bewilligungszeitraum und vor dem Stichtag geendet haben: 2020"
    )


# --- drawdown request ------------------------------------------------------------------------------------------------


def test_each_call_is_a_letter_with_its_need_by_line() -> None:
    letters = made(DrawdownRequest(), sample_report())
    assert list(letters) == ["mittelabrufe/mittelabruf-1.docx", "mittelabrufe/mittelabruf-2.docx"]
    first, second = (opened(content) for content in letters.values())
    assert table(first, "Angeforderter Betrag")[1:] == [
        ["Bewilligte Zuwendung", "20.000,00"],
        ["Bisher wurden keine Mittel abgerufen.", "–"],
        ["Hiermit angeforderter Betrag", "9.000,00"],
    ]
    assert table(second, "Angeforderter Betrag")[2:] == [
        ["Mittelabruf Nr. 1 vom 15.09.2020, ausgezahlt am 30.09.2020", "9.000,00"],
        ["Hiermit angeforderter Betrag", "10.040,67"],
    ]
    assert table(second, "Bedarf nach Einzelansätzen")[1:] == [
        ["1", "Beratung: Workshops, Prüfung", "18.500,00", "6.511,20"],
        ["3", "Öffentlichkeitsarbeit, Broschüre", "5.000,00", "2.989,47"],
        ["4", "Veranstaltungen", "1.500,00", "540,00"],
        ["Angeforderter Betrag", "10.040,67"],
    ]
    assert "Soest, 12.07.2021" in text(second)
    assert "26.07.2021" not in text(second)  # nobody knows at the call when the money comes


def test_the_declaration_names_the_window_of_the_law_in_force() -> None:
    def declared(report: Report) -> str:
        return text(opened(made(DrawdownRequest(), report)["mittelabrufe/mittelabruf-1.docx"]))

    term = added("term", "ZB1/w", "ZB1", parameter="drawdown_window_months", value="3")
    assert "innerhalb von 3 Monaten nach der Auszahlung" in declared(with_records(term))
    term = added("term", "ZB1/w", "ZB1", parameter="drawdown_window_months", value="1")
    assert "innerhalb von einem Monat nach der Auszahlung" in declared(with_records(term))
    months = added("term", "ZB1/w", "ZB1", parameter="drawdown_window_months", value="keine")
    weeks = added("term", "ZB1/v", "ZB1", parameter="drawdown_window_weeks", value="6")
    assert "innerhalb von 6 Wochen nach der Auszahlung" in declared(with_records(months, weeks))
    assert "(Verwendungsfrist)" not in declared(with_records(months))
    nobody = added("term", "ZB1/w", "ZB1", parameter="drawdown_window_months", value="")
    assert "innerhalb der im Bescheid bestimmten Frist nach der Auszahlung" in declared(with_records(nobody))


def test_a_letter_does_not_speak_of_notices_that_were_still_to_come() -> None:
    first, second = (
        text(opened(made(DrawdownRequest(), sample_report())[f"mittelabrufe/mittelabruf-{number}.docx"]))
        for number in (1, 2)
    )
    assert "15.12.2020" not in first
    assert "15.12.2020" in second


def test_the_letter_goes_to_who_pays_and_names_the_account() -> None:
    def change(record: Record) -> Record:
        record = setting("grant", "grant", paying_agency="NRW.BANK")(record)
        return setting("recipient", "recipient", iban="DE00 0000 0000 0000 0000 00", bank="Sparkasse (Muster)")(record)

    document = opened(made(DrawdownRequest(), with_records(change=change))["mittelabrufe/mittelabruf-1.docx"])
    head = table(document, "Kopf: Zuwendungsempfänger, Ort und Datum, Empfänger des Schreibens")
    assert head[1][0].startswith("An\nNRW.BANK")
    assert "Düsseldorf" not in head[1][0]
    account = dict(table(document, "Bankverbindung"))
    assert (account["Kreditinstitut"], account["IBAN"]) == ("Sparkasse (Muster)", "DE00 0000 0000 0000 0000 00")


def test_nothing_is_declared_beforehand() -> None:
    for exporter in ALL:
        for content in made(exporter, sample_report()).values():
            assert "☒" not in text(opened(content))


# --- payout overview -------------------------------------------------------------------------------------------------


def overview(report: Report) -> "docx.document.Document":
    return opened(made(PayoutOverview(), report)["auszahlungsuebersicht.docx"])


def test_each_payout_stands_with_its_window_and_use() -> None:
    document = overview(sample_report())
    rows = table(document, "Auszahlungen und ihre Verwendung")
    assert rows[1][:6] == ["1", "2020", "15.09.2020", "30.09.2020", "9.000,00", "30.11.2020"]
    assert rows[1][6:] == ["17.11.2020", "9.000,00", "0,00", "0,00", "0,00"]
    assert rows[2][5:9] == ["26.09.2021", "28.07.2021", "10.040,67", "0,00"]
    assert rows[3] == ["Insgesamt", "19.040,67", "", "19.040,67", "0,00", "0,00", "0,00"]
    assert table(document, "Stand der Zuwendung")[1] == [
        "20.000,00",
        "19.040,67",
        "959,33",
        "19.040,67",
        "0,00",
        "0,00",
    ]


def test_a_payout_that_is_not_used_up_has_no_day_of_use() -> None:
    report = with_records(change=setting("drawdown", "2", paid_on="2021-07-29", amount="12000"))
    row = table(overview(report), "Auszahlungen und ihre Verwendung")[2]
    assert row[6] == "–"
    assert row[9] == "1.959,33"


def test_a_payout_after_the_window_was_lifted_has_none() -> None:
    lifted = added("term", "AB2/w", "AB2", parameter="drawdown_window_months", value="keine")
    notice = {"notice_kind": "amendment", "date": "2021-03-01", "reference": "AB2", "final_on": "2021-03-04"}
    document = overview(with_records(added("notice", "AB2", amount="0", **notice), lifted))
    rows = table(document, "Auszahlungen und ihre Verwendung")
    assert [row[5] for row in rows[1:3]] == ["30.11.2020", "keine Frist"]
    assert [row[8] for row in rows[1:3]] == ["0,00", "0,00"]


def test_without_a_payout_there_is_neither_overview_nor_letter() -> None:
    report = report_of(record for record in demo_records() if record.kind not in ("drawdown", "need"))
    assert made(PayoutOverview(), report) == made(DrawdownRequest(), report) == {}


# --- a second plan ----------------------------------------------------------------------------------------------------

AMOUNTS = {"1": ("20.000,00", "20.000,00"), "2": ("30.000,00", "0,00"), "3": ("3.500,00", "3.500,00")}
"""What the amended plan of 2021 has by line, in total and eligible: it numbers its lines like the first one."""


def amended(*more: Record) -> Report:
    """Return the reference round with an amendment of 1.3.2021: another plan, 500 more, a window of three months."""
    notice = {"notice_kind": "amendment", "date": "2021-03-01", "reference": "AB2", "final_on": "2021-03-04"}
    lines = [
        added("expenditure_line", key, "FP2", title=f"Ansatz {key} neu", planned=planned, planned_eligible=eligible)
        for key, (planned, eligible) in AMOUNTS.items()
    ]
    return with_records(
        added("notice", "AB2", amount="500,00", **notice),
        added("term", "AB2/1", "AB2", parameter="drawdown_window_months", value="3"),
        added("plan", "FP2", notice="AB2"),
        added("income_line", "E1", "FP2", title="Beiträge neu", source="third", planned="33500"),
        added("income_line", "E2", "FP2", title="Land neu", source="grant", planned="20000"),
        *lines,
        added("expenditure_line", "6", "FP2", title="Tagung", planned="500", planned_eligible="500", continues="4"),
        added("expenditure_line", "7", "FP2", title="Lizenz", planned="500", planned_eligible="0", continues="5"),
        *more,
    )


def test_the_interim_report_of_a_year_has_the_plan_and_the_notices_of_its_end() -> None:
    before, after = interim(sample_report()), interim(amended())
    for name in ("Ausgaben", "Einnahmen", "Zuwendungsbescheide"):
        assert table(after, name) == table(before, name)
    assert not any(words in text(after) for words in ("Ansatz 1 neu", "Beiträge neu", "01.03.2021"))


def test_the_figures_of_a_year_are_those_that_its_report_prints() -> None:
    figures = amended().figures
    lines = [name for name in figures if name.startswith("year_line.spent/")]
    assert lines == [
        f"year_line.spent/{year}/{key}" for year, keys in (("2020", "12345"), ("2021", "12367")) for key in keys
    ]
    assert [figures[f"year_line.{name}/2020/5"].value for name in ("spent", "eligible")] == [Decimal("2728.00"), 0]
    assert figures["year_line.spent/2021/7"].value == figures["line.spent/7"].value
    assert figures["year.eligible/2020"].value == Decimal("11306.80")
    assert figures["year_income.received/2020/E1"].value == 31250


def test_the_interim_report_shows_what_stood_on_a_line_that_only_a_later_plan_has() -> None:
    early = [
        added("receipt", "F1", receipt_kind="invoice", issued_on="2020-06-01"),
        added("allocation", "F1/1", "F1", line="8", amount="250,00"),
        added("payment", "F1/1", "F1", date="2020-07-01", amount="250,00"),
    ]
    line = added("expenditure_line", "8", "FP2", title="Film", planned="250", planned_eligible="250")
    rows = table(interim(amended(line, *early)), "Ausgaben")[2:]
    assert rows[5] == ["FP2/8  Film", "0,00", "0,00", "250,00", "0,00"]
    assert rows[6] == ["Insgesamt", "60.000,00", "25.000,00", "28.964,80", "11.306,80"]


def test_a_letter_has_the_plan_the_grant_and_the_window_of_its_day() -> None:
    letters = made(DrawdownRequest(), amended())
    first, second = (opened(letters[f"mittelabrufe/mittelabruf-{number}.docx"]) for number in (1, 2))
    assert table(first, "Angeforderter Betrag")[1] == ["Bewilligte Zuwendung", "20.000,00"]
    assert table(second, "Angeforderter Betrag")[1] == ["Bewilligte Zuwendung", "20.500,00"]
    assert table(first, "Bedarf nach Einzelansätzen")[1][:3] == ["1", "Beratung: Workshops, Prüfung", "18.500,00"]
    assert table(second, "Bedarf nach Einzelansätzen")[1][:3] == ["1", "Ansatz 1 neu", "20.000,00"]
    assert table(second, "Bedarf nach Einzelansätzen")[3][:3] == ["6", "Tagung", "500,00"]
    assert "innerhalb von 2 Monaten" in text(first)
    assert "innerhalb von 3 Monaten" in text(second)


def test_each_payout_has_the_window_of_its_own_day() -> None:
    document = overview(amended())
    rows = table(document, "Auszahlungen und ihre Verwendung")
    assert [row[5] for row in rows[1:3]] == ["30.11.2020", "26.10.2021"]
    assert "innerhalb von 2 Monaten, später von 3 Monaten nach der Auszahlung" in text(document)


def test_a_build_as_of_a_day_knows_no_later_notice() -> None:
    report = amended()
    assembly = Assembly(report.project, report.origins, ())
    then = examine(Intake(Path("project"), assembly, 0, Balance()), Registry.discover(), date(2021, 2, 28))
    assert then.figures["settlement.granted"].value == 20000
    assert then.figures["line.planned/1"].value == 18500
    assert str(then.origins.place(("expenditure_line", "1"))) == "expenditure_line.csv: row 2"


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exporter", ALL, ids=lambda exporter: exporter.name)
def test_drafts_and_samples_say_so_and_nothing_internal_stands_in_it(exporter: Exporter[Any]) -> None:
    draft = hostile_report()
    internal = {verdict.code for verdict in draft.verdicts} | {"xlsx", "Feststellung", "prüfungssicher"}
    for content in made(exporter, draft).values():
        document = opened(content)
        heads = ["\n".join(p.text for p in section.header.paragraphs) for section in document.sections]
        assert all("ENTWURF" in head and "MUSTERDATEN" in head for head in heads)
        assert not [word for word in internal if word in text(document)]


@pytest.mark.parametrize("exporter", ALL, ids=lambda exporter: exporter.name)
def test_rows_do_not_break_and_word_opens_it_without_repair(exporter: Exporter[Any], tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    for report in (sample_report(), hostile_report()):
        for name, content in made(exporter, report).items():
            for found in opened(content).tables:
                assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in found.rows)
            path = tmp_path / Path(name).name
            path.write_bytes(content)
            result = openxml_audit.OpenXmlValidator().validate(path)
            assert result.is_valid, [str(error) for error in result.errors][:5]


def test_a_budget_year_that_nobody_stated_is_a_dash_and_not_unknown() -> None:
    report = with_records(change=setting("drawdown", "1", budget_year=None))
    (overview,) = made(PayoutOverview(), report).values()
    assert "[unbekannt]" not in text(opened(overview))
    first, *_others = made(DrawdownRequest(), report).values()
    assert "[unbekannt]" not in text(opened(first))
