"""``oekoreport status``: what is due, what is open, what is missing, as of a day that is never today's."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result

Call = Callable[..., Result]

ROUND = """\
project;project;;title=A round;reference_date=2021-06-30;planned_workshops=2
grant;grant;;land=NW;financing_type=share;rate=80;cap=1000;period_start=2020-02-01;period_end=2021-07-31\
;report_due=2021-10-31;report_due_kind=period;last_payment=2021-06-20
notice;N;;notice_kind=grant;date=2020-01-20;amount=1000
term;T;N;parameter=drawdown_window_months;value=2
plan;P;;notice=N
expenditure_line;1;P;title=Beratung;planned=1250;planned_eligible=1250
participant;klinik;;name=Klinik Muster;fee=500;fee_due=2021-06-01
participant;werk;;name=Werk Muster;fee=500;fee_due=2021-08-01
site;klinik/1;klinik;name=Klinik
decision;klinik/1/1;klinik/1;decision=awarded;valid_until=2022-06-30
measure;klinik/1/m;klinik/1;title=Licht
income;E;;source=third;participant=klinik;date=2021-05-01;amount=200
drawdown;1;;requested_on=2021-05-01;paid_on=2021-05-15;amount=400
receipt;B1;;payee=Beratung;purpose=Teilrechnung;service_from=2021-05-01;service_to=2021-05-31
allocation;B1/1;B1;line=1;amount=300
payment;B1/1;B1;date=2021-06-01;amount=300
receipt;B2;;payee=Druckerei;purpose=Flyer
workshop;1;;number=1;date=2021-04-01;topic=Energie;state=held
workshop;2;;number=2;date=2021-07-02;topic=Wasser;state=planned
narrative;course;;section=course;text=Es begann.
narrative;interim-2020/results;;section=results;text=Noch nichts.;report=interim;year=2020
confirmation;c;;text=Alles stimmt.
waiver;Z1;;rule=TINY-TITLE;waiver_kind=note;reason=So;expires=2021-07-15
"""


@pytest.fixture
def busy(folder: Path) -> Path:
    """A round in the middle of things."""
    (folder / "projekt.lines").write_text(ROUND, encoding="utf-8")
    return folder


def told(output: str) -> list[list[str]]:
    """Return the lines as their columns: what stands at least two spaces apart."""
    return [[part.strip() for part in line.split("  ") if part.strip()] for line in output.splitlines()]


def test_deadlines_stand_in_the_order_of_days_with_what_is_left(call: Call, busy: Path) -> None:
    result = call("status", busy)
    assert result.exit_code == 0
    lines = told(result.stdout)
    start = lines.index(["Deadlines"])
    assert lines[start + 1 : start + 10] == [
        ["2021-06-20", "10 days ago", "Last day for payments"],
        ["2021-07-15", "in 15 days", "Use of drawdown 1, not used: 160.00\u00a0€"],
        ["2021-07-15", "in 15 days", "Waiver Z1 expires"],
        ["2021-07-31", "in 31 days", "End of the approval period"],
        ["2021-11-02", "in 125 days", "Proof of use due, per the notice 2021-10-31: 2021-10-31 is a Sunday,"],
        ["2021-11-01 is All Saints' Day (holiday in North Rhine-Westphalia); a time"],
        ["limit ends on the next working day (§ 193 BGB)"],
        ["2022-06-30", "in 365 days", "Certificates expire (1)"],
        ["[unknown]", "End of retention of receipts"],
    ]


def test_a_drawdown_without_a_time_limit_has_no_deadline(call: Call, busy: Path) -> None:
    lifted = ROUND.replace("drawdown_window_months;value=2", "drawdown_window_months;value=none")
    (busy / "projekt.lines").write_text(lifted, encoding="utf-8")
    assert "Use of drawdown 1" not in call("status", busy).stdout


def test_a_report_that_was_submitted_is_settled_and_says_when(call: Call, busy: Path) -> None:
    def proof(submitted: str, *options: str) -> dict[str, Any]:
        lines = ROUND.replace("report_due_kind=period", f"report_due_kind=period;submitted_on={submitted}")
        (busy / "projekt.lines").write_text(lines, encoding="utf-8")
        deadlines = json.loads(call("status", busy, "--format", "json", *options).stdout)["deadlines"]
        return next(each for each in deadlines if each["kind"] == "report")

    assert proof("2021-06-29") | {"title": ""} == {
        "kind": "report",
        "title": "",
        "date": "2021-11-02",
        "days_left": 125,
        "settled": True,
        "note": "submitted on 2021-06-29",
    }
    late = proof("2021-11-03", "--as-of", "2022-01-01")
    assert (late["settled"], late["note"]) == (True, "submitted late, on 2021-11-03")
    before = proof("2021-11-03", "--as-of", "2021-11-02")
    assert (before["settled"], before["note"][:23]) == (False, "per the notice 2021-10-")


def test_days_are_counted_from_the_day_that_is_given(call: Call, busy: Path) -> None:
    lines = told(call("status", busy, "--as-of", "2021-07-16").stdout)
    assert ["As of 2021-07-16"] in lines
    assert ["2021-07-15", "yesterday", "Waiver Z1 expires"] in lines
    assert ["2021-07-31", "in 15 days", "End of the approval period"] in lines
    assert ["2021-07-31", "today", "End of the approval period"] in told(
        call("status", busy, "--as-of", "2021-07-31").stdout
    )


def test_without_a_day_nothing_is_counted(call: Call, busy: Path) -> None:
    (busy / "projekt.lines").write_text(ROUND.replace("reference_date=2021-06-30;", ""), encoding="utf-8")
    lines = told(call("status", busy).stdout)
    assert ["As of [unknown]"] in lines
    assert ["2021-07-31", "End of the approval period"] in lines


def test_what_is_open_stands_with_its_name(call: Call, busy: Path) -> None:
    lines = told(call("status", busy).stdout)
    assert ["Granted but not drawn down", "600.00\u00a0€"] in lines
    assert ["Klinik Muster", "300.00\u00a0€", "due on 2021-06-01"] in lines
    assert ["Werk Muster", "500.00\u00a0€", "due on 2021-08-01"] in lines
    assert ["2021-07-02", "Wasser", "Planned"] in lines
    assert ["B2", "Druckerei", "Flyer"] in lines
    assert ["Werk Muster", "no intake form"] in lines
    assert ["Confirmation: Alles stimmt."] in lines


SMALL = """\
project;project;;title=A round;reference_date=2021-06-30
notice;N;;notice_kind=grant;date=2020-01-20
"""


def test_a_legal_value_that_is_not_confirmed_stands_with_what_hangs_on_it_and_how_to_settle_it(
    call: Call, folder: Path
) -> None:
    (folder / "projekt.lines").write_text(SMALL, encoding="utf-8")
    lines = told(call("status", folder).stdout)
    start = lines.index(["Legal values that are not confirmed (1)"])
    assert lines[start + 1 : start + 5] == [
        ["Longest title: 30, unconfirmed"],
        ["Source", "Tiny law: hearsay"],
        ["Based on it", "TINY-LENGTH"],
        ["To settle", "Enter it in the sheet “Terms” under this title: a text, or “none”."],
    ]


def test_once_the_notice_has_settled_it_there_is_nothing_to_tell(call: Call, folder: Path) -> None:
    settled = f"{SMALL}term;T;N;parameter=tiny.length;value=none\n"
    (folder / "projekt.lines").write_text(settled, encoding="utf-8")
    output = call("status", folder).stdout
    assert "Receipts without payment, Legal values that are not confirmed" in output
    assert "Longest title" not in output


def test_an_interim_report_does_not_tell_the_final_one(call: Call, busy: Path) -> None:
    missing = [line[0] for line in told(call("status", busy).stdout) if line and line[0].startswith("Narrative: ")]
    assert "Narrative: Results and effects" in missing
    assert "Narrative: Course of the project" not in missing


def test_a_form_that_nobody_filled_in_is_told_from_none(call: Call, busy: Path) -> None:
    (busy / "erhebung").mkdir()
    (busy / "erhebung" / "werk.xlsx").write_bytes(b"not read by the tiny plugin")
    assert ["Werk Muster", "intake form not filled in yet"] in told(call("status", busy).stdout)


def test_questions_without_an_answer_share_a_line(call: Call, folder: Path) -> None:
    (folder / "projekt.lines").write_text("project;project;;title=A round;reference_date=2021-06-30\n")
    lines = call("status", folder).stdout.splitlines()
    none = "None: Open fees, Missing from participants, Workshops not held, Receipts without payment"
    assert none in lines
    assert "Open fees" not in lines


def test_german_fits_a_pipe_of_a_hundred_columns(call: Call, busy: Path) -> None:
    output = call("--lang", "de", "status", busy).stdout
    assert "Frist für Mittelabruf 1, nicht verwendet: 160,00\u00a0€" in output
    assert "Stichtag: 30.06.2021" in output
    tables = [line for line in output.splitlines() if "  " in line]
    assert max(map(len, tables)) <= 100


def test_what_keeps_documents_drafts_is_named(call: Call, folder: Path) -> None:
    (folder / "projekt.lines").write_text("project;project;;title=wrong;reference_date=2021-06-30\n")
    result = call("status", folder)
    assert result.exit_code == 0
    assert "Documents are drafts. Still open: TINY-TITLE" in result.stdout


def test_json_is_as_documented(call: Call, busy: Path, schemas: dict[str, Any]) -> None:
    result = call("status", busy, "--format", "json")
    assert result.stdout.isascii()
    data = json.loads(result.stdout)
    jsonschema.validate(data, schemas["status --format json"])
    assert data["reference_date"] == "2021-06-30"
    assert [(each["kind"], each["date"], each["days_left"]) for each in data["deadlines"]][:2] == [
        ("payment", "2021-06-20", -10),
        ("use", "2021-07-15", 15),
    ]
    assert data["deadlines"][-1]["date"] is None
    assert {each["figure"]: each["value"] for each in data["grant"]}["settlement.uncalled"] == "600.00"
    assert [(each["participant"], each["open"]) for each in data["open_fees"]] == [
        ("klinik", "300.00"),
        ("werk", "500.00"),
    ]
    assert data["intake"] == [{"participant": "werk", "name": "Werk Muster", "lacks": "form"}]
    listed = {each["name"]: each for each in data["unconfirmed"]}
    assumed, unsure = listed["report_submitted_on"], listed["tiny.length"]
    assert (assumed["status"], assumed["value"]) == ("assumed", "2021-11-02")
    assert [each["figure"] for each in assumed["figures"]] == ["deadline.retention_until"]
    assert (unsure["status"], unsure["value"]) == ("unconfirmed", "30")
    assert (unsure["rules"], unsure["open"], unsure["figures"]) == (["TINY-LENGTH"], [], [])
    assert unsure["takes"] == "a text"


def test_nothing_is_known_of_an_empty_project_and_nothing_is_zero(call: Call, folder: Path) -> None:
    (folder / "projekt.lines").write_text("project;project;;title=A round\n")
    data = json.loads(call("status", folder, "--format", "json").stdout)
    assert [each["date"] for each in data["deadlines"]] == [None, None]
    assert data["reference_date"] is None
