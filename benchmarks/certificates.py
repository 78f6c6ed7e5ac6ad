"""The benchmark's records as the product's own certificate prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from oekoreport import shipped_templates
from oekoreport.documents.pdf.press import Manuscript
from oekoreport_award.wording import Certificate, Honour, Signatory

TEMPLATE = shipped_templates("award") / "urkunde.typ"


def manuscript(records: Iterable[Mapping[str, Any]]) -> Manuscript:
    """Return what the press prints of these records."""
    certificates = [asdict(_certificate(record)) for record in records]
    return Manuscript({"certificates": certificates}, "Urkunden", "de", date(2021, 6, 30))


def _certificate(record: Mapping[str, Any]) -> Certificate:
    named = ("number", "name", "site", "street", "town", "round", "place", "date", "valid_until", "jury", "programme")
    return Certificate(
        **{name: record[name] for name in named},
        title=f"Urkunde {record['number']}",
        name_size="normal",
        recertified=False,
        duplicate=False,
        signatories=(Signatory("Landrätin", None, ""), Signatory("Projektleitung", None, "")),
        honours=tuple(Honour(row["saving"], row["area"]) for row in record["rows"][:3]),
        marks=(),
        mark_line="",
        logo=None,
        logo_alt="",
    )
