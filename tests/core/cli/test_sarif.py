"""``oekoreport check --format sarif``: a log that viewers of checkers' results can read."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result

from oekoreport.cli.verdicts_sarif import verdicts_sarif
from oekoreport.contract.registry import Registry
from oekoreport.language import Locale
from oekoreport.testing.reports import hostile_report, sample_report

Call = Callable[..., Result]

LONG = "A title that is longer than anybody would ever read aloud"
HEAD = "project;project;;title={title};reference_date=2021-06-30\n"


@pytest.fixture
def log(call: Call, folder: Path, schemas: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Write a project, check it, and return the run of its log."""

    def log(title: str, *lines: str, code: int = 0, lang: str = "en") -> dict[str, Any]:
        (folder / "projekt.lines").write_text(HEAD.format(title=title) + "\n".join(lines), encoding="utf-8")
        result = call("--lang", lang, "check", folder, "--format", "sarif")
        assert result.exit_code == code
        assert result.stdout.isascii()
        data = json.loads(result.stdout)
        jsonschema.validate(data, schemas["check --format sarif"])
        return dict(data["runs"][0])

    return log


def test_a_clean_project_has_rules_and_no_result(log: Callable[..., dict[str, Any]], folder: Path) -> None:
    run = log("A round", "participant;k;;staff=3")
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]
    rule = next(rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "TINY-TITLE")
    assert rule["help"]["text"] == "Every project is called something."
    assert (rule["properties"]["outcome"], rule["properties"]["evaluated"]) == ("passed", 1)
    counts = run["properties"]["counts"]
    assert (counts["evaluated"], counts["rules"], counts["objects"]) == (3, 3, 4)
    (artifact,) = run["artifacts"]
    content = (folder / "projekt.lines").read_bytes()
    assert artifact["hashes"]["sha-256"] == hashlib.sha256(content).hexdigest()


def test_an_error_has_its_file_line_object_and_way_out(log: Callable[..., dict[str, Any]]) -> None:
    (result,) = log("wrong", code=1)["results"]
    assert (result["ruleId"], result["level"]) == ("TINY-TITLE", "error")
    assert result["message"]["text"] == "The title is wrong. Call it right."
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "projekt.lines", "uriBaseId": "PROJECT"},
        "region": {"startLine": 1},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "project/project", "kind": "object"}]


def test_an_open_question_is_an_error_and_says_what_it_is(log: Callable[..., dict[str, Any]]) -> None:
    run = log("undecided", code=1)
    (result,) = run["results"]
    assert (result["level"], result["properties"]["undecided"]) == ("error", True)
    assert run["properties"]["counts"]["undecided"] == 1


def test_a_waived_finding_is_suppressed_with_its_reason(log: Callable[..., dict[str, Any]]) -> None:
    run = log(LONG, "waiver;Z1;;rule=TINY-LENGTH;waiver_kind=note;reason=It is a quotation;granted_by=Head")
    (result,) = run["results"]
    (suppression,) = result["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "It is a quotation; Head"
    assert suppression["properties"] == {"waiver": "Z1", "kind": "note", "title": "Internal note"}


def test_a_warning_keeps_its_level_and_its_rule_names_what_it_leans_on(log: Callable[..., dict[str, Any]]) -> None:
    run = log(LONG)
    (result,) = run["results"]
    assert result["level"] == "warning"
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "TINY-LENGTH"
    assert rule["properties"]["leanedOn"] == [{"name": "tiny.length", "status": "unconfirmed", "source": "hearsay"}]


def test_what_could_not_be_read_has_a_rule_too(log: Callable[..., dict[str, Any]]) -> None:
    run = log("A round", "participant;k;;staff=many", code=1)
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_texts_are_in_the_language_that_is_asked_for(log: Callable[..., dict[str, Any]]) -> None:
    assert log("A round")["language"] == "en-US"
    german = log("A round", lang="de")
    assert german["language"] == german["tool"]["driver"]["language"] == "de-DE"
    assert german["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "Alle Angaben sind lesbar"


@pytest.mark.parametrize("report", [sample_report, hostile_report])
def test_the_reference_round_and_a_hostile_one(report: Callable[[], Any], schemas: dict[str, Any]) -> None:
    made = report()
    data = json.loads(verdicts_sarif(made, Registry.discover().rulebooks, Locale("de")))
    jsonschema.validate(data, schemas["check --format sarif"])
    (run,) = data["runs"]
    assert len(run["results"]) == len(made.findings())
    assert sum("suppressions" in result for result in run["results"]) == run["properties"]["counts"]["waived"] > 0
    cells = [
        logical["fullyQualifiedName"]
        for result in run["results"]
        for location in result["locations"]
        for logical in location.get("logicalLocations", ())
        if logical["kind"] == "cell"
    ]
    assert cells
    rules = run["tool"]["driver"]["rules"]
    unwritten = [rule["id"] for rule in rules if "Warum: " not in rule.get("help", {}).get("text", "")]
    assert [code for code in unwritten if not code.startswith("DATA")] == []
