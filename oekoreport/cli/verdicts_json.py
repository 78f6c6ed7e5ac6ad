"""Verdicts as JSON, for other programs; its keys are described in ``docs/machine-output.md``.

What stands there stays; later versions may add keys. Texts are in the reader's language, codes and keys in none. All is
ASCII (escapes), so that no code page harms it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from oekoreport.cli.verdicts import counts, judged
from oekoreport.findings import Finding
from oekoreport.language import Locale
from oekoreport.law import Parameter, PublishedCase
from oekoreport.places import Place
from oekoreport.records import Cells, Role
from oekoreport.report import Report
from oekoreport.rules import Verdict

FORMAT = 1


def verdicts_json(report: Report, locale: Locale) -> str:
    """Return the document with every verdict and finding."""
    document = {
        "format": FORMAT,
        "project": report.project.title,
        "reference_date": report.date.isoformat() if report.date else None,
        "draft": report.draft,
        "counts": counts(report),
        "verdicts": [_verdict(verdict, locale) for verdict in report.verdicts],
        "findings": [_finding(finding, locale, undecided=undecided) for finding, undecided in judged(report)],
        "balance": [_balance(file, counts) for file, counts in report.balance.by_file().items()],
        "left_out": [_left_out(cells, locale) for cells in report.balance.left_out()],
    }
    return json.dumps(document, indent=1)


def _balance(file: str, counts: Counter[Role]) -> dict[str, Any]:
    """Return how many filled cells a file has, and how many of each role."""
    return {"file": file, "cells": counts.total(), **{role.value: counts[role] for role in Role}}


def _left_out(cells: Cells, locale: Locale) -> dict[str, Any]:
    reason = None if cells.reason is None else locale.show(cells.reason)
    return {"place": _place(cells.place, locale), "cells": cells.count, "reason": reason}


def _verdict(verdict: Verdict, locale: Locale) -> dict[str, Any]:
    return {
        "code": verdict.code,
        "title": locale.show(verdict.title),
        "rulebook": verdict.rulebook,
        "basis": locale.show(verdict.basis),
        "severity": verdict.severity.name.lower(),
        "outcome": verdict.outcome.value,
        "evaluated": verdict.evaluated,
        "blocks": verdict.blocks,
        "leaned_on": [parameter_json(parameter, locale) for parameter in verdict.leaned_on],
        "cases": [_case(case) for case in verdict.cases],
    }


def _case(case: PublishedCase) -> dict[str, Any]:
    """Return a published case; its texts are German in every language."""
    return {
        "body": case.body,
        "report": case.report,
        "year": case.year,
        "land": case.land or None,
        "happened": case.happened,
        "amount": None if case.amount is None else str(case.amount.value),
        "source": case.source,
        "status": case.status.value,
    }


def parameter_json(parameter: Parameter, locale: Locale) -> dict[str, Any]:
    """Return a legal parameter: its value as text, status and source."""
    return {
        "name": parameter.name,
        "title": locale.show(parameter.title),
        "value": None if parameter.value is None else str(parameter.value),
        "unit": parameter.unit,
        "status": parameter.certainty,
        "source": locale.show(parameter.source),
    }


def _finding(finding: Finding, locale: Locale, *, undecided: bool) -> dict[str, Any]:
    texts = {
        name: None if value is None else locale.show(value)
        for name in ("expected", "found", "basis", "hint")
        for value in (getattr(finding, name),)
    }
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": locale.show(finding.message),
        "undecided": undecided,
        "place": _place(finding.place, locale) if finding.place else None,
        "subject": dict(zip(("kind", "key"), finding.subject, strict=True)) if finding.subject else None,
        **texts,
        "waived_by": finding.waived_by,
        "number": finding.number,
    }


def _place(place: Place, locale: Locale) -> dict[str, Any]:
    return {"text": locale.show(place)} | {name: value or None for name, value in place._asdict().items()}
