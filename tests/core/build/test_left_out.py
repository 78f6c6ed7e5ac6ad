"""Numbers that are left out keep documents drafts until somebody says that they are not needed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from oekoreport import Finding, Message, Origin, Place, Record, Report, Verdict, numbers_left_out
from oekoreport.build.examination import examine
from oekoreport.build.intake import Intake
from oekoreport.contract import Registry
from oekoreport.records import Balance, assemble
from oekoreport.testing.round import clean_round

HEAD = "Erdgas [kWh/a]"
SUBJECT = "erhebung/x.xlsx!Maßnahmen!Erdgas [kWh/a] (3, Σ 45.300)"
NUMBERS = (Decimal("45000.00"), Decimal(299), Decimal(1))


def question(*numbers: Decimal) -> Finding:
    place = Place("erhebung/x.xlsx", "Maßnahmen", "F", 4)
    return numbers_left_out(place, HEAD, numbers, Message("It is not read."), Message("Write “Erdgas (Hi)”."))


def examined(asked: Finding, **said: str) -> Report:
    waiver = {"rule": "DATA-LEFT-OUT", "waiver_kind": "note", "reason": "Nicht benötigt", "granted_by": "Amt", **said}
    waivers = [Record("waiver", "V1", waiver, Origin("projekt.xlsx"))] if said else []
    assembly = assemble([*clean_round(), *waivers], [asked])
    return examine(Intake(Path("project"), assembly, 1, Balance()), Registry.discover())


def verdict(report: Report, code: str) -> Verdict:
    return next(verdict for verdict in report.verdicts if verdict.code == code)


def test_the_question_prints_the_answer_ready_to_copy() -> None:
    asked = question(*NUMBERS)
    assert asked.question
    assert asked.subject == ("column", SUBJECT)
    assert asked.hint == (
        "Write “Erdgas (Hi)”. If it is not needed, enter in the sheet “Waivers”: rule DATA-LEFT-OUT, "
        f"subject “{SUBJECT}”, kind “Internal note”."
    )


def test_without_an_answer_documents_are_drafts() -> None:
    report = examined(question(*NUMBERS))
    assert report.draft
    assert verdict(report, "DATA").blocks


@pytest.mark.parametrize("subject", [SUBJECT, f"  {SUBJECT.replace(' ', '  ')}"])
def test_not_needed_is_shown_as_waived(subject: str) -> None:
    report = examined(question(*NUMBERS), subject=subject)
    assert not report.draft
    assert [finding.waived_by for finding in verdict(report, "DATA").findings] == ["V1"]
    assert verdict(report, "CORE-WAIVER").findings == ()


def test_it_holds_until_the_columns_content_changes() -> None:
    report = examined(question(*NUMBERS, Decimal(700)), subject=SUBJECT)
    assert report.draft
    (told,) = verdict(report, "CORE-WAIVER").findings
    now = SUBJECT.replace("(3, Σ 45.300)", "(4, Σ 46.000)")
    assert told.hint == f"The column has changed. If it is still not needed, the subject is now “{now}”."


def test_a_waiver_without_a_subject_answers_nothing() -> None:
    report = examined(question(*NUMBERS), reason="Alles egal")
    assert report.draft
    (told,) = verdict(report, "CORE-WAIVER").findings
    assert told.hint == "No such column is left out: copy the subject from the question, or delete the waiver."


def test_an_answer_that_has_expired_is_none() -> None:
    assert examined(question(*NUMBERS), subject=SUBJECT, expires="2020-01-01").draft


def test_no_other_question_of_reading_is_waived() -> None:
    asked = Finding(
        "DATA-CLAIMED", question(*NUMBERS).severity, Message("Which?"), subject=("column", "a"), question=True
    )
    assert examined(asked, rule="DATA-CLAIMED", subject="a").draft
