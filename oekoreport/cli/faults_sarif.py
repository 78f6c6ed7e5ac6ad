"""Faults of templates as SARIF 2.1.0: a rule for each kind of fault, a result for each fault.

A Word document has no lines; the place in it is a logical location (``word/document.xml/tbl[2]/tr[3]/tc[1]/p[1]``), in
words the location's message.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from oekoreport.build.template_proofs import Proofed
from oekoreport.cli.sarif import LEVELS, driver, language_of, log
from oekoreport.cli.template_faults import counts
from oekoreport.documents.proof import Fault, Kind
from oekoreport.findings import Severity
from oekoreport.language import Locale

KINDS = {kind: number for number, kind in enumerate(Kind)}


def faults_sarif(proofed: Sequence[Proofed], locale: Locale) -> str:
    """Return the log with its one run."""
    return log(
        {
            "tool": {"driver": driver([_rule(kind, locale) for kind in Kind], locale)},
            "language": language_of(locale),
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {"executionSuccessful": True, "exitCode": int(any(each.weighing(Severity.ERROR) for each in proofed))}
            ],
            "artifacts": [_artifact(each) for each in proofed],
            "results": [
                _result(fault, number, each, locale) for number, each in enumerate(proofed) for fault in each.faults
            ],
            "properties": {"counts": counts(proofed)},
        }
    )


def _rule(kind: Kind, locale: Locale) -> dict[str, Any]:
    return {
        "id": kind.code,
        "shortDescription": {"text": locale.show(kind.title)},
        "help": {"text": locale.show(kind.help)},
        "defaultConfiguration": {"level": LEVELS[kind.severity]},
    }


def _artifact(proofed: Proofed) -> dict[str, Any]:
    return {
        "location": {"uri": quote(os.fsencode(proofed.file))},
        "hashes": {"sha-256": sha256(proofed.content).hexdigest()},
        "properties": {"template": proofed.name, "own": proofed.own, "exporter": proofed.exporter},
    }


def _result(fault: Fault, number: int, proofed: Proofed, locale: Locale) -> dict[str, Any]:
    hint = locale.show(fault.hint) if fault.hint else ""
    return {
        "ruleId": fault.kind.code,
        "ruleIndex": KINDS[fault.kind],
        "level": LEVELS[fault.severity],
        "message": {"text": f"{locale.show(fault.message)} {hint}".strip()},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": quote(os.fsencode(proofed.file)), "index": number}},
                "logicalLocations": [{"fullyQualifiedName": fault.spot.path(), "kind": "element"}],
                "message": {"text": locale.show(fault.spot)},
            }
        ],
        "properties": {
            "text": fault.text,
            **({"tag": fault.tag} if fault.tag else {}),
            **({"hint": hint} if hint else {}),
        },
    }
