"""Faults of templates as JSON, for other programs; its keys are described in ``docs/machine-output.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from oekoreport.build.template_proofs import Proofed
from oekoreport.cli.template_faults import counts
from oekoreport.documents.proof import Fault, Spot
from oekoreport.language import Locale

FORMAT = 1


def faults_json(proofed: Sequence[Proofed], locale: Locale) -> str:
    """Return the document with every template and its faults."""
    return json.dumps({"format": FORMAT, "templates": [_template(each, locale) for each in proofed]}, indent=1)


def _template(proofed: Proofed, locale: Locale) -> dict[str, Any]:
    return {
        "template": proofed.name,
        "file": proofed.file,
        "own": proofed.own,
        "exporter": proofed.exporter,
        "title": locale.show(proofed.title),
        "project": proofed.project,
        "counts": counts([proofed]),
        "faults": [_fault(fault, locale) for fault in proofed.faults],
    }


def _fault(fault: Fault, locale: Locale) -> dict[str, Any]:
    return {
        "code": fault.kind.code,
        "severity": fault.severity.name.lower(),
        "message": locale.show(fault.message),
        "hint": locale.show(fault.hint) if fault.hint else None,
        "tag": fault.tag or None,
        "text": fault.text,
        "place": _place(fault.spot, locale),
    }


def _place(spot: Spot, locale: Locale) -> dict[str, Any]:
    """Return a place: numbers count from 1, what does not apply is null."""
    return {
        "text": locale.show(spot),
        "part": spot.part,
        "paragraph": spot.paragraph or None,
        "table": spot.table or None,
        "row": spot.row or None,
        "column": spot.cell or None,
        "text_box": spot.box,
    }
