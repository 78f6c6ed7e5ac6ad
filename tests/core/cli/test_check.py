"""``oekoreport check``: verdicts and findings on the screen and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
from click.testing import Result

from oekoreport.cli.session import ScreenLocale
from oekoreport.language import Message

Call = Callable[..., Result]

LONG = "A title that is longer than anybody would ever read aloud"


def retitle(folder: Path, title: str, *lines: str) -> None:
    text = f"project;project;;title={title};reference_date=2021-06-30\n"
    (folder / "projekt.lines").write_text("\n".join((text.strip(), *lines)))


def test_a_clean_project(call: Call, folder: Path) -> None:
    result = call("check", folder)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert ["TINY-TITLE", "The", "title", "is", "right", "passed", "1", "–"] in [line.split() for line in lines]
    assert "Tiny rules" in lines
    assert "3 of 3 rules evaluated on 4 objects" in lines
    assert "passed: 3 · failed: 0 · not applicable: 0 · undecided: 0" in lines
    assert result.stderr == ""


def test_an_error_has_place_code_and_way_out(call: Call, folder: Path) -> None:
    retitle(folder, "wrong")
    result = call("check", folder)
    assert result.exit_code == 1
    assert "Errors (1)\nprojekt.lines: line 1  TINY-TITLE  The title is wrong.\n  Call it right.\n" in result.stdout
    assert "Documents are marked as drafts as long as there are errors or open questions." in result.stdout


def test_an_open_question_counts_like_an_error(call: Call, folder: Path) -> None:
    retitle(folder, "undecided")
    result = call("check", folder)
    assert result.exit_code == 1
    assert "Open questions (1)\nprojekt.lines: line 1  TINY-TITLE  Nobody knows.\n" in result.stdout


def test_a_warning_keeps_the_exit_code_clean_and_leans_on_what_is_unsure(call: Call, folder: Path) -> None:
    retitle(folder, LONG)
    result = call("check", folder)
    assert result.exit_code == 0
    assert f"TINY-LENGTH  The title has {len(LONG)} letters.\n" in result.stdout
    assert "Longest title: 30, unconfirmed  TINY-LENGTH\n" in result.stdout
    assert "warnings: 1" in result.stdout


def test_errors_come_before_warnings(call: Call, folder: Path) -> None:
    retitle(folder, LONG, "participant;k;;staff=many")
    output = call("check", folder).stdout
    assert output.index("Errors (1)") < output.index("projekt.lines: line 2") < output.index("Warnings (1)")


def test_a_waived_finding_stays_in_sight(call: Call, folder: Path) -> None:
    retitle(folder, LONG, "waiver;Z1;;rule=TINY-LENGTH;waiver_kind=note;reason=It is a quotation")
    output = call("check", folder).stdout
    assert "Waived (1)\n" in output
    assert "(waived by Z1)" in output
    assert "waived: 1" in output
    assert ["TINY-LENGTH", "The", "title", "is", "short", "passed", "1", "–", "(1)"] in [
        line.split() for line in output.splitlines()
    ]


def test_a_table_fits_its_pipe_and_hides_no_word(call: Call, folder: Path) -> None:
    for language in ("de", "en"):
        table = call("--lang", language, "check", folder).stdout.split("TINY-LENGTH")[0]
        assert max(len(line) for line in table.splitlines()) <= 100
        assert "…" not in table


def test_a_finding_is_one_line_in_a_pipe_however_long(call: Call, folder: Path) -> None:
    long = "x" * 300
    retitle(folder, "A round", f"participant;k;;staff={long}")
    assert any(long in line and "DATA" in line for line in call("check", folder).stdout.splitlines())


def test_german(call: Call, folder: Path) -> None:
    retitle(folder, "undecided")
    output = call("--lang", "de", "check", folder).stdout
    assert "nicht prüfbar" in output
    assert "Offene Fragen (1)" in output
    assert "projekt.lines: Zeile 1" in output


def test_it_ends_with_what_cells_were_taken_for(call: Call, folder: Path) -> None:
    retitle(folder, "The title", "# later", "# never")
    lines = call("check", folder).stdout.splitlines()
    head = lines.index("What cells were taken for") + 1
    assert lines[head].split() == ["File", "Titles", "Heads", "Labels", "Texts", "Data", "Left", "out", "Total"]
    assert lines[head + 2].split() == ["projekt.lines", "–", "–", "–", "–", "2", "2", "4"]
    assert lines[-1] == "Cells: 4 · data: 2 · left out: 2 · files: 1"


def test_an_importer_that_yields_something_else_is_named(call: Call, folder: Path) -> None:
    (folder / "more.lines").write_text("nothing")
    output = call("check", folder).stdout
    assert "more.lines  DATA-FILE  The importer lines failed: TypeError: str is no Record, Finding or Cells\n" in output


def test_json_is_as_documented(call: Call, folder: Path, schemas: dict[str, Any]) -> None:
    retitle(
        folder, LONG, "participant;k;;staff=many", "#", "waiver;Z1;;rule=TINY-LENGTH;waiver_kind=note;reason=Quotation"
    )
    result = call("check", folder, "--format", "json")
    assert result.exit_code == 1
    assert result.stdout.isascii()
    data = json.loads(result.stdout)
    jsonschema.validate(data, schemas["check --format json"])
    assert data["counts"]["failed"] == 1
    assert (data["counts"]["evaluated"], data["counts"]["rules"]) == (3, 3)
    assert data["project"] == LONG
    bad, waived = data["findings"]
    assert bad["place"] == {
        "text": "projekt.lines: line 2",
        "file": "projekt.lines",
        "sheet": None,
        "column": None,
        "row": None,
        "line": 2,
        "heading": None,
        "paragraph": None,
    }
    assert bad["subject"] == {"kind": "participant", "key": "k"}
    assert waived["waived_by"] == "Z1"
    empty = {"title": 0, "head": 0, "label": 0, "note": 0}
    assert data["balance"] == [{"file": "projekt.lines", "cells": 7, **empty, "field": 6, "left_out": 1}]
    (left,) = data["left_out"]
    assert (left["place"]["text"], left["cells"], left["reason"]) == (
        "projekt.lines: line 3",
        1,
        "A comment is not read.",
    )
    assert [each["name"] for each in data["verdicts"][-1]["leaned_on"]] == ["tiny.length"]


def test_as_of_sets_the_reference_date(call: Call, folder: Path) -> None:
    for text in ("2022-01-31", "31.01.2022"):
        data = json.loads(call("check", folder, "--format", "json", "--as-of", text).stdout)
        assert data["reference_date"] == "2022-01-31"
    result = call("check", folder, "--as-of", "tomorrow")
    assert result.exit_code == 2
    assert "“tomorrow” is not a date." in result.stderr


# --- one rule --------------------------------------------------------------------------------------------------------


def test_a_rule_is_explained_without_a_project(call: Call) -> None:
    result = call("check", "--explain", "tiny-length")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "TINY-LENGTH  The title is short",
        "Tiny rules · Warning",
        "Basis: Plausibility check of this program, not a legal rule",
        "",
        "Titles fit on a cover.",
        "",
        "Published cases (1)",
        "Court of Tinyland, Report 2020, No. 3 (from a secondary source) (521.90\u00a0€)",
        "  Ein Titel passte nicht auf den Umschlag.",
        "  Report 2020",
    ]


def test_a_rule_is_explained_on_a_project(call: Call, folder: Path) -> None:
    retitle(folder, LONG)
    result = call("check", folder, "--explain", "TINY-LENGTH")
    assert result.exit_code == 0
    assert "Outcome: failed (1 judged, 1 open)\n" in result.stdout
    assert "Terms used (1)\nLongest title: 30 (hearsay; unconfirmed)\n" in result.stdout


def test_a_rule_without_a_published_case_says_so(call: Call) -> None:
    assert call("check", "--explain", "TINY-TITLE").stdout.endswith("\nNo published case is known.\n")


def test_a_rule_that_nobody_has_is_an_error(call: Call) -> None:
    result = call("check", "--explain", "TINY-LENGHT")
    assert result.exit_code == 2
    assert "There is no rule “TINY-LENGHT”." in result.stderr
    assert "Did you mean TINY-LENGTH, TINY-TITLE?" in result.stderr


def test_a_rule_is_not_explained_to_programs(call: Call) -> None:
    result = call("check", "--explain", "TINY-TITLE", "--format", "json")
    assert result.exit_code == 2
    assert "--explain prints text only." in result.stderr


def test_a_check_needs_a_folder(call: Call) -> None:
    result = call("check")
    assert result.exit_code == 2
    assert "Which project should be checked?" in result.stderr


def test_the_json_names_the_published_cases(call: Call, folder: Path) -> None:
    verdicts = {each["code"]: each for each in json.loads(call("check", folder, "--format", "json").stdout)["verdicts"]}
    assert verdicts["TINY-TITLE"]["cases"] == []
    assert verdicts["TINY-LENGTH"]["cases"] == [
        {
            "body": "Court of Tinyland",
            "report": "Report 2020, No. 3",
            "year": 2020,
            "land": None,
            "happened": "Ein Titel passte nicht auf den Umschlag.",
            "amount": "521.90",
            "source": "Report 2020",
            "status": "secondary",
        }
    ]


def test_the_name_of_a_file_stays_in_its_line(call: Call, folder: Path) -> None:
    (folder / "a\nErrors (0)\u2028\x1b[2J.lines").write_text("participant;k;;staff=many\n")
    output = call("check", folder).stdout
    assert "\na\ufffdErrors (0)\ufffd\ufffd[2J.lines: line 1  " in output


def test_a_value_in_a_message_stays_in_its_line() -> None:
    inner = Message("Lines\nof our own about {name}", name="a\nb")
    message = Message("{names}: {inner}", names=("Belege\r\nErrors (0)\n", "c"), inner=inner)
    assert ScreenLocale("en").show(message) == "Belege Errors (0) , c: Lines\nof our own about a b"


def test_of_a_cell_that_would_fill_the_screen_a_message_has_the_beginning() -> None:
    shown = ScreenLocale("en").show(Message("“{text}” is not a number.", text="x" * 32_767))
    assert shown == f"“{'x' * 1000}…” is not a number."
