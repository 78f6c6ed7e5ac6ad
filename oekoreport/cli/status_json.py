"""The state of a round as JSON, for other programs; its keys are described in ``docs/machine-output.md``."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from oekoreport.build.status import Deadline, OpenFee, ProjectStatus
from oekoreport.cli.verdicts_json import parameter_json
from oekoreport.figures import Figure
from oekoreport.language import Locale
from oekoreport.report import Unsure

FORMAT = 1


def status_json(status: ProjectStatus, locale: Locale) -> str:
    """Return the document: texts in the reader's language, amounts as decimals in strings, days as in ISO 8601."""
    document = {
        "format": FORMAT,
        "project": status.project.title,
        "reference_date": _day(status.date),
        "deadlines": [_deadline(each, locale) for each in status.deadlines],
        "grant": [_figure(figure, locale) for figure in status.grant],
        "round": [_figure(figure, locale) for figure in status.counts],
        "open_fees": [_fee(each) for each in status.fees],
        "intake": [{"participant": who.key, "name": who.name, "lacks": lack.value} for who, lack in status.intake],
        "workshops_not_held": [
            {"key": each.key, "date": _day(each.date), "topic": each.topic, "state": each.state and each.state.value}
            for each in status.workshops
        ],
        "receipts_without_payment": [
            {"key": each.key, "payee": each.payee, "purpose": each.purpose} for each in status.unpaid
        ],
        "missing": [locale.show(message) for message in status.missing],
        "unconfirmed": [_unsure(each, locale) for each in status.unsure],
        "blocking": status.blocking,
    }
    return json.dumps(document, indent=1)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _deadline(each: Deadline, locale: Locale) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "title": locale.show(each.title),
        "date": _day(each.day),
        "days_left": each.days,
        "settled": each.settled,
        "note": None if each.note is None else locale.show(each.note),
    }


def _figure(figure: Figure, locale: Locale) -> dict[str, Any]:
    return {
        "figure": figure.name,
        "title": locale.show(figure.title),
        "value": _amount(figure),
        "unit": figure.unit,
    }


def _fee(each: OpenFee) -> dict[str, Any]:
    return {
        "participant": each.participant.key,
        "name": each.participant.name,
        "owed": _amount(each.owed),
        "received": _amount(each.received),
        "open": _amount(each.open),
        "due": _day(each.participant.fee_due),
        "days_left": each.days,
    }


def _unsure(each: Unsure, locale: Locale) -> dict[str, Any]:
    parameter = each.parameter
    return {
        **parameter_json(parameter, locale),
        "passage": parameter.passage,
        "edition": locale.show(parameter.pack),
        "rules": each.rules,
        "open": each.open,
        "figures": [_leaning(figure, locale) for figure in each.figures],
        "takes": locale.show(parameter.taken),
        "settled_by": locale.show(parameter.settling),
        "outcomes": locale.show(parameter.outcomes) or None,
    }


def _leaning(figure: Figure, locale: Locale) -> dict[str, Any]:
    """Return an amount or a day: both stand as text."""
    return {**_figure(figure, locale), "value": _day(figure.day) or _amount(figure)}


def _amount(figure: Figure) -> str | None:
    return None if figure.rounded is None else str(figure.rounded)
