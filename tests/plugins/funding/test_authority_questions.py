"""The letter to the authority: what law and notice leave open, asked once, and gone when the answers are entered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from oekoreport.build.demo import demo_records
from oekoreport.contract import Registry
from oekoreport.contract.hookspecs import NoOptions
from oekoreport.law import Parameter, Presence, Status
from oekoreport.model.notice import Term
from oekoreport.records.record import Origin, Record
from oekoreport.report.report import Report
from oekoreport.testing import ExporterContract
from oekoreport.testing.reports import hostile_report, report_of
from oekoreport_funding.authority_questions import AuthorityQuestions

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = "anfrage-bewilligungsbehoerde.docx"

SILENT = ("brochure_cap", "contributions_reduce_base", "line_tolerance", "report_months")
"""Terms of the demo's notice: without them the tolerance is not confirmed, and the others are unknown."""

MONEY = (
    "Rechnerisch zustehende Zuwendung",
    "Eigenanteil",
    "Restanspruch",
    "Zurückzufordernder Betrag",
    "Zu erhebende Zinsen",
)
"""What the fall of the grant ends in."""

NOTHING_FOUND = "Im Zuwendungsbescheid und in den uns zugänglichen Texten haben wir dazu keine Regelung gefunden."
CLAIM = "Bis zu Ihrer Antwort nehmen wir an: Der Erstattungsanspruch entsteht am Tag der letzten Auszahlung."
UNSEEN = "ANBest-G NRW (vor dem 10.06.2020), Nr. {}: Den Wortlaut konnten wir nicht einsehen."


OPEN = {"reduction_threshold": "500", "use_in_proportion": "ja"}
"""What the demo asks the authority, with an answer."""


def term(parameter: str, value: str) -> Record:
    values = {"parameter": parameter, "value": value}
    return Record("term", f"ZB1/{parameter}", values, Origin("projekt.xlsx", "Festlegungen", 20), "ZB1")


def without(names: Collection[str]) -> list[Record]:
    """Return the demo as it were if its notice had settled what it leaves open, and had not set these parameters."""
    kept = [each for each in demo_records() if each.kind != "term" or str(each.values["parameter"]) not in names]
    return [*kept, *(term(name, value) for name, value in OPEN.items())]


def letter(report: Report) -> docx.document.Document | None:
    """Return the letter; None where there is none."""
    documents = list(AuthorityQuestions().render(report, NoOptions()))
    assert [each.name for each in documents] in ([], [(NAME,)])
    return docx.Document(BytesIO(documents[0].content)) if documents else None


def made(report: Report) -> docx.document.Document:
    document = letter(report)
    assert document is not None
    return document


def rows(document: docx.document.Document) -> list[list[str]]:
    """Return the rows below the head of the table of questions; merged cells count once."""
    for table in document.tables:
        caption = table._tbl.tblPr.find(f"{W}tblCaption")
        if caption is not None and caption.get(f"{W}val") == "Fragen":
            return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows][1:]
    pytest.fail("there is no table of questions")


def words(document: docx.document.Document) -> str:
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


class TestAuthorityQuestions(ExporterContract):
    exporter = AuthorityQuestions()
    records = (term("report_months", ""),)


def test_questions_are_numbered_through_and_grouped_by_what_they_are_about() -> None:
    told = rows(made(report_of(without(SILENT))))
    assert [row[0] for row in told] == [
        "Ausgaben und Finanzierungsplan",
        "1",
        "2",
        "3",
        "Nachweis und Fristen",
        "4",
    ]


def test_a_question_says_why_it_is_asked_what_hangs_on_it_and_what_is_gone_by_meanwhile() -> None:
    told = {row[0]: row[1:] for row in rows(made(report_of(without(SILENT)))) if len(row) > 1}
    assert [told["3"][0].split("\n"), told["4"][0].split("\n")] == [
        [
            "Um wie viel Prozent darf ein Einzelansatz überschritten werden, wenn andere Ansätze es ausgleichen?",
            f"Davon hängen ab: {', '.join(MONEY)}.",
            f"{UNSEEN.format('1.2')} Bis zu Ihrer Antwort legen wir zugrunde: 20\u00a0%.",
        ],
        [
            "Innerhalb welcher Frist nach Ende des Bewilligungszeitraums ist der Verwendungsnachweis vorzulegen?",
            f"{UNSEEN.format('7.1')} Bis zu Ihrer Antwort bleibt dieser Punkt offen.",
        ],
    ]
    assert [told[number][1] for number in "34"] == [
        "%\n☐ keine Regelung",
        "Monate\n☐ keine Regelung",
    ]
    assert [told[number][1] for number in "12"] == ["☐ ja     ☐ nein", "EUR\n☐ keine Regelung"]


PRIVATE_IN_SACHSEN: dict[str, dict[str, object]] = {
    "grant": {"land": "SN", "guideline": None, "guideline_edition": None},
    "notice": {"conditions": "ANBest-P", "date": "2025-06-01"},
    "recipient": {"legal_kind": "private"},
}


def test_a_text_that_was_read_and_does_not_settle_it_is_told_from_one_that_nobody_read() -> None:
    records = [
        replace(each, values={**each.values, **PRIVATE_IN_SACHSEN.get(each.kind, {})}) for each in without(SILENT)
    ]
    told = rows(made(report_of(records)))
    question = next(row[1].split("\n") for row in told if row[1:] and "abgerufene Mittel" in row[1])
    assert question[0] == "Innerhalb welcher Frist nach der Auszahlung sind abgerufene Mittel zu verwenden?"
    assert question[-1].startswith("ANBest-P Sachsen")
    assert ": Der Text regelt diesen Punkt nicht abschließend. Bis zu Ihrer Antwort " in question[-1]


ASSUMED = Parameter(
    "claim_day", "Der Anspruch entsteht mit der letzten Auszahlung", Presence.VALUE, "ja", status=Status.ASSUMED
)
"""What the program assumes, and the notice could settle."""


@pytest.mark.parametrize(
    ("assumed", "question"),
    [
        (ASSUMED, "Trifft unsere Annahme zu?"),
        (replace(ASSUMED, settled_by="Feld", question="Wann entsteht der Anspruch?"), "Wann entsteht der Anspruch?"),
        (replace(ASSUMED, settled_by="Feld"), None),
    ],
)
def test_an_assumption_is_asked_for_unless_a_field_alone_settles_it(assumed: Parameter, question: str | None) -> None:
    report = report_of(without(()))
    verdict = replace(report.verdicts[0], leaned_on=(assumed,))
    found = letter(replace(report, verdicts=(verdict, *report.verdicts[1:])))
    if question is None:
        assert found is None
        return
    assert found is not None
    assert rows(found)[1][1].split("\n") == [
        question,
        f"{NOTHING_FOUND} Bis zu Ihrer Antwort nehmen wir an: Der Anspruch entsteht mit der letzten Auszahlung.",
    ]


def test_a_repayment_asks_for_what_is_not_recalled_and_for_the_day_of_the_claim() -> None:
    more = {"drawdown": {"2": {"amount": "15000,00"}}}
    records = [
        replace(each, values={**each.values, **more.get(each.kind, {}).get(each.key, {})}) for each in without(())
    ]
    told = rows(made(report_of(records)))
    assert told[0] == ["Verzinsung und Erstattung"]
    assert [row[1].split("\n")[0] for row in told[1:]] == [
        "Unter welchem Betrag wird von einer Rückforderung abgesehen?",
        "An welchem Tag entsteht der Erstattungsanspruch, ab dem Zinsen zu zahlen sind?",
    ]
    assert told[2][1].split("\n")[1:] == [
        "Davon hängen ab: Zu erhebende Zinsen.",
        f"{NOTHING_FOUND} {CLAIM}",
    ]


def test_it_has_sender_addressee_reference_and_day_and_nothing_internal() -> None:
    report = report_of(without(SILENT))
    text = words(made(report))
    for each in (
        "Kreis Soest",
        "Ministerium für Umwelt",
        "vom 17.02.2020, Az. VII-0-00.00-2020/00",
        "Soest, 29.10.2021",
    ):
        assert each in text
    assert "Der Verwendungsnachweis ist am 02.11.2021 fällig." in text
    internal = {verdict.code for verdict in report.verdicts} | {"xlsx", "Festlegungen", "☒", "[unbekannt]"}
    assert [each for each in internal if each in text] == []
    assert "ist am 02.11.2021 fällig" not in words(made(replace(report, date=date(2021, 11, 3))))


def test_a_draft_says_so() -> None:
    document = made(hostile_report((term("report_months", ""),)))
    assert all("ENTWURF" in "".join(p.text for p in section.header.paragraphs) for section in document.sections)


def test_the_demo_asks_what_its_notice_leaves_open() -> None:
    told = rows(made(report_of(demo_records())))
    assert [row[0] for row in told] == ["Ausgaben und Finanzierungsplan", "1", "Auszahlung und Verwendung", "2"]
    question, answer = told[1][1:]
    assert question.split("\n") == [
        "Bis zu welchem Betrag bleibt die Zuwendung unverändert, wenn Ausgaben sinken oder Deckungsmittel steigen?",
        f"Davon hängen ab: {', '.join(MONEY)}.",
        f"{UNSEEN.format('2.2')} Bis zu Ihrer Antwort rechnen wir ohne eine solche Regelung.",
    ]
    assert answer == "EUR\n☐ keine Regelung"
    assert told[3][1].split("\n")[0] == (
        "Dürfen Anteil oder Festbetrag nur anteilig mit den anderen vorgesehenen Mitteln in Anspruch genommen werden?"
    )


def test_with_the_answers_entered_as_terms_the_letter_is_gone_and_the_list_shorter() -> None:
    asked = report_of(without(SILENT))
    assert set(SILENT) <= {each.parameter.name for each in asked.unsure()}
    some = [term("report_months", "3"), term("contributions_reduce_base", "ja"), term("brochure_cap", "keine")]
    left = rows(made(report_of([*without(SILENT), *some])))
    assert [row[0] for row in left] == ["Ausgaben und Finanzierungsplan", "1"]
    answered = report_of([*without(SILENT), *some, term("line_tolerance", "20")])
    assert not set(SILENT) & {each.parameter.name for each in answered.unsure()}
    assert letter(answered) is None


def test_what_others_than_the_authority_settle_is_not_asked() -> None:
    report = report_of(without(SILENT))
    criteria = [
        each.parameter for each in report.unsure() if each.parameter.pack == "ÖKOPROFIT-Kriterien (Voreinstellung)"
    ]
    assert criteria
    text = words(made(report))
    assert [each.title for each in criteria if str(each.title) in text] == []
    assert {report.locale.show(each.settling) for each in criteria} == {
        'In templates/award/criteria.toml des Projektordners eintragen, mit Quelle und status = "confirmed".'
    }


def test_every_parameter_that_a_notice_or_a_guideline_sets_has_its_question() -> None:
    packs = [pack for book in Registry.discover().rulebooks for pack in book.packs]
    asked = {
        name: parameter
        for pack in packs
        if pack.level in ("conditions", "guideline")
        for name, parameter in pack.parameters.items()
    }
    assert len(asked) > 40
    assert [name for name, parameter in asked.items() if not parameter.question] == []
    assert all(str(parameter.question).endswith("?") for parameter in asked.values())


def test_a_notice_sets_a_parameter_under_the_title_that_status_shows() -> None:
    terms = report_of(demo_records()).terms
    read = [terms.set_by(Term(key="x", parameter=str(each.title), value="keine")).name for each in terms]
    assert read == [each.name for each in terms]


def test_rows_do_not_break_and_word_opens_it_without_repair(tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    report = report_of(without(SILENT))
    for table in made(report).tables:
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
    (document,) = AuthorityQuestions().render(report, NoOptions())
    path = tmp_path / NAME
    path.write_bytes(document.content)
    result = openxml_audit.OpenXmlValidator().validate(path)
    assert result.is_valid, [str(error) for error in result.errors][:5]
