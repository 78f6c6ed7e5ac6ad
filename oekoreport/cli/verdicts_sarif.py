"""Verdicts as SARIF 2.1.0, the format in which checkers hand their results to other programs.

A result is a finding or an open question. An open question has level ``error`` like what failed, because a viewer that
files it away as informative would show green where nobody judged; it has ``warning`` where its worst answer would only
warn. ``properties.undecided`` tells findings and questions apart. What a waiver covers is a suppressed result with the
waiver's reason. Rules that passed have no result: what they came to is in their own properties. Files are named
relative to the project's folder, cells as logical locations.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from oekoreport.cli.sarif import LEVELS, driver, language_of, log
from oekoreport.cli.verdicts import counts, judged
from oekoreport.findings import Finding
from oekoreport.language import Locale
from oekoreport.model.waiver import Waiver
from oekoreport.places import Place
from oekoreport.report import Report
from oekoreport.rules import Rule, Rulebook, Verdict

PROJECT = "PROJECT"
"""What files are relative to: the project's folder, wherever it lies."""


def verdicts_sarif(report: Report, rulebooks: tuple[Rulebook, ...], locale: Locale) -> str:
    """Return the log with its one run."""
    return log(_run(report, rulebooks, locale))


def _run(report: Report, rulebooks: tuple[Rulebook, ...], locale: Locale) -> dict[str, Any]:
    rules = _rules(report, rulebooks, locale)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    waivers = {waiver.key: waiver for waiver in report.project.waivers}
    return {
        "tool": {
            "driver": driver(rules, locale),
            "extensions": [{"name": name, "version": version} for name, version in report.versions.items()],
        },
        "language": language_of(locale),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {PROJECT: {"description": {"text": report.project.called}}},
        "invocations": [{"executionSuccessful": True, "exitCode": int(report.draft)}],
        "artifacts": [
            {"location": _artifact(name), "hashes": {"sha-256": sha256}} for name, sha256 in report.inputs.items()
        ],
        "results": [
            _result(finding, index, waivers, locale, undecided=undecided) for finding, undecided in judged(report)
        ],
        "properties": {
            "referenceDate": report.date.isoformat() if report.date else None,
            "draft": report.draft,
            "counts": dict(counts(report)),
        },
    }


# --- rules -----------------------------------------------------------------------------------------------------------


def _rules(report: Report, rulebooks: tuple[Rulebook, ...], locale: Locale) -> list[dict[str, Any]]:
    """Return a descriptor for each verdict, then one for each further code that findings on reading bear."""
    known = {rule.code: rule for book in rulebooks for rule in book.rules}
    described = [_rule(verdict, known.get(verdict.code), locale) for verdict in report.verdicts]
    judged = {verdict.code for verdict in report.verdicts}
    further = dict.fromkeys(finding.code for finding in report.findings() if finding.code not in judged)
    return [*described, *({"id": code} for code in further)]


def _rule(verdict: Verdict, rule: Rule | None, locale: Locale) -> dict[str, Any]:
    """Return a rule with its docstring as help, and what it came to as properties."""
    help_text = {"help": {"text": locale.show(rule.documentation)}} if rule and rule.documentation else {}
    return {
        "id": verdict.code,
        "shortDescription": {"text": locale.show(verdict.title)},
        **help_text,
        "defaultConfiguration": {"level": LEVELS[verdict.severity]},
        "properties": {
            "rulebook": verdict.rulebook,
            "basis": locale.show(verdict.basis),
            "outcome": verdict.outcome.value,
            "evaluated": verdict.evaluated,
            "leanedOn": [
                {"name": each.name, "status": each.certainty, "source": locale.show(each.source)}
                for each in verdict.leaned_on
            ],
        },
    }


# --- results ---------------------------------------------------------------------------------------------------------


def _result(
    finding: Finding, index: Mapping[str, int], waivers: Mapping[str, Waiver], locale: Locale, *, undecided: bool
) -> dict[str, Any]:
    texts = {
        name: locale.show(value)
        for name in ("expected", "found", "basis", "hint")
        if (value := getattr(finding, name)) is not None
    }
    locations = [_location(finding, locale)] if finding.place or finding.subject else []
    waiver = waivers.get(finding.waived_by or "")
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": "error" if finding.question else LEVELS[finding.severity],
        "message": {"text": " ".join((locale.show(finding.message), *([texts["hint"]] if "hint" in texts else [])))},
        "locations": locations,
        **({"occurrenceCount": finding.number} if finding.number > 1 else {}),
        **({"suppressions": [_suppression(waiver, locale)]} if waiver else {}),
        "properties": {"undecided": undecided, **texts},
    }


def _suppression(waiver: Waiver, locale: Locale) -> dict[str, Any]:
    """Return a waiver as SARIF has it: accepted outside of the data, with reason, reference and who decided."""
    told = (waiver.reason, waiver.reference, waiver.granted_by)
    return {
        "kind": "external",
        "status": "accepted",
        "justification": "; ".join(text for text in told if text),
        "properties": {
            "waiver": waiver.key,
            "kind": None if waiver.waiver_kind is None else waiver.waiver_kind.value,
            "title": "" if waiver.waiver_kind is None else locale.show(waiver.waiver_kind),
        },
    }


def _location(finding: Finding, locale: Locale) -> dict[str, Any]:
    logical = [*_cells(finding.place), *_subject(finding.subject)]
    return {
        **({"physicalLocation": _physical(finding.place)} if finding.place else {}),
        **({"logicalLocations": logical} if logical else {}),
        **({"message": {"text": locale.show(finding.place)}} if finding.place else {}),
    }


def _physical(place: Place) -> dict[str, Any]:
    region = {"region": {"startLine": place.line}} if place.line else {}
    return {"artifactLocation": _artifact(place.file), **region}


def _artifact(name: str) -> dict[str, str]:
    return {"uri": quote(os.fsencode(name)), "uriBaseId": PROJECT}


def _cells(place: Place | None) -> list[dict[str, str]]:
    """Return the cell that a place names, as ``Sheet!F12``; a file without sheets has none."""
    if place is None or not (place.sheet or place.cell):
        return []
    name = "!".join(part for part in (place.sheet, place.cell) if part)
    return [{"fullyQualifiedName": name, "kind": "cell" if place.cell else "sheet"}]


def _subject(subject: tuple[str, str] | None) -> list[dict[str, str]]:
    return [{"fullyQualifiedName": "/".join(subject), "kind": "object"}] if subject else []
