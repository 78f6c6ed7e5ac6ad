"""Errors that auditors find, each planted into the clean reference round: none stays green."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from oekoreport import Finding, Origin, Record, Severity
from oekoreport.build.demo import demo_narrative, demo_records
from oekoreport.contract.registry import Registry
from oekoreport.testing.cases import RuleCase, judged

FILE = Path(__file__).parents[1] / "cases" / "audit_errors.toml"
ERRORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["error"]
FIELDS = {"id", "title", "source", "copy", "set", "clear", "add", "drop", "files", "as_of", "finds", "as"}
WEIGHTS = {"error": Severity.ERROR, "warning": Severity.WARNING}
RULEBOOKS = Registry.discover().rulebooks


def reference_round() -> list[Record]:
    """Return the demo with a narrative: its own is read by an importer."""
    origin, text = Origin("sachbericht.md"), demo_narrative()
    sections = ("course", "results", "deviations")
    return [*demo_records(), *(Record("narrative", key, {"section": key, "text": text}, origin) for key in sections)]


ROUND = reference_round()


def as_case(error: Mapping[str, Any], base: list[Record]) -> RuleCase:
    """Return an error as a case of the rule that has to find it."""
    copies = [entry for path, key in error.get("copy", {}).items() for entry in copied(path, key, base)]
    return RuleCase(
        code=error["finds"],
        table=error["as"],
        because=error["id"],
        set={**error.get("set", {}), **dict.fromkeys(error.get("clear", ()))},
        add=(*copies, *error.get("add", ())),
        drop=tuple(error.get("drop", ())),
        files=error.get("files", {}),
        as_of=error.get("as_of"),
        message="",
        count=None,
    )


def copied(path: str, key: str, base: list[Record]) -> Iterator[dict[str, object]]:
    """Yield an object under another key, and below it what belongs to it, as entries to add."""
    kind, _slash, old = path.partition("/")
    (original,) = (record for record in base if (record.kind, record.key) == (kind, old))
    yield {"kind": kind, "key": key, "parent": original.parent, **original.values}
    for record in base:
        if record.parent == old and record.key.startswith(f"{old}/"):
            below = record.key.replace(old, key, 1)
            yield {**record.values, "kind": record.kind, "key": below, "parent": key}


def answers(case: RuleCase) -> Iterator[tuple[str, Finding]]:
    """Yield what is wrong with the changed round: whether it is an error, a warning or a question, and the finding."""
    findings, verdicts = judged(case, RULEBOOKS, ROUND)
    for finding in findings:
        yield finding.severity.name.casefold(), finding
    for verdict in verdicts:
        yield from ((finding.severity.name.casefold(), finding) for finding in verdict.open_findings)
        yield from (("undecided", finding) for finding in verdict.undecided)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["id"])
def test_an_error_that_auditors_find_is_found(error: dict[str, Any]) -> None:
    found = {(finding.code, way) for way, finding in answers(as_case(error, ROUND))}
    assert (error["finds"], error["as"]) in found, found


def test_the_round_that_they_are_planted_into_is_clean_but_for_what_is_explained() -> None:
    nothing = as_case({"id": "nothing", "finds": "", "as": ""}, ROUND)
    assert [(way, finding.code) for way, finding in answers(nothing)] == [("warning", "NRW-UNDERSPENT")]


def test_the_table_is_whole() -> None:
    assert len(ERRORS) >= 60
    assert len({error["id"] for error in ERRORS}) == len(ERRORS)
    for error in ERRORS:
        assert error.keys() <= FIELDS, error
        assert {"id", "title", "source", "finds", "as"} <= error.keys(), error
