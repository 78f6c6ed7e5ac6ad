"""Packs of law as JSON, for other programs: each edition whole, with what it takes over from another one."""

from __future__ import annotations

from typing import Any

from oekoreport.cli.verdicts_json import parameter_json
from oekoreport.language import Locale
from oekoreport.law import Pack, Parameter


def pack_json(pack: Pack, locale: Locale) -> dict[str, Any]:
    """Return a pack: its head, its parameters and its passages, each with source and status."""
    return {
        "name": pack.name,
        "title": pack.title,
        "level": pack.level,
        "land": pack.land or None,
        "valid_from": pack.valid_from.isoformat() if pack.valid_from else None,
        "valid_to": pack.valid_to.isoformat() if pack.valid_to else None,
        "read": pack.read,
        "extends": pack.extends or None,
        "status": pack.status.value,
        "source": pack.source,
        "parameters": [_parameter(each, locale) for each in pack.parameters.values()],
        "passages": [
            {"topic": each.topic, "number": each.number, "status": each.status.value, "source": each.source}
            for each in pack.passages.values()
        ],
    }


def _parameter(parameter: Parameter, locale: Locale) -> dict[str, Any]:
    dated = [{"from": day.isoformat()} | parameter_json(step, locale) for day, step in parameter.steps]
    more = {"presence": parameter.presence.value, "passage": parameter.passage or None, "dated": dated}
    return parameter_json(parameter, locale) | more
