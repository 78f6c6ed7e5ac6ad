"""The certificate of aid (De-minimis-Bescheinigung): what a company keeps for each aid of this round.

It states as law only what is confirmed or set by the notice; any other ceiling, retention or time limit is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from oekoreport import UNKNOWN, Aid, AidRegulation, NoOptions, Participant, Report, catalogue, texts
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.views import Fields, Number, View, Views
from oekoreport_deminimis.aids import own_aids

_ = catalogue("oekoreport_deminimis")

FOLDER = "deminimis"
TEMPLATE = "deminimis/bescheinigung.docx"
EDITIONS = {AidRegulation.REGULATION_2013: "2013", AidRegulation.REGULATION_2023: "2023"}


class AidCertificates(PaperExporter[NoOptions]):
    """A Word document for each aid that lies in this round; nothing where there is none."""

    name = "deminimis-certificates"
    title = _("Certificates of de minimis aid")
    options = NoOptions
    placeholder_titles = texts("oekoreport_deminimis")["placeholders"]

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        """Yield the certificates in the project's order."""
        report = report.outward()
        granted = _granted(report)
        if not granted:
            return
        views = Views(report)
        context = views.context()
        names = Counter(participant.called.casefold() for participant, _aid in granted)
        for number, (participant, aid) in enumerate(granted, 1):
            name = participant.called
            key = report.origins.typed_key(aid.identity) or number
            stem = name if names[name.casefold()] == 1 else f"{name} ({key})"
            title = _("Certificate of de minimis aid: {name}", name=name)
            values = {**context, "certificate": _certificate(report, views, participant, aid)}
            yield Paper((FOLDER, stem), title, values, word=TEMPLATE)


def _granted(report: Report) -> list[tuple[Participant, Aid]]:
    """Return each aid of which it is sure that it lies in this round, with who received it."""
    return [(participant, aid) for participant, aid in own_aids(report.project) if aid.own]


def _certificate(report: Report, views: Views, participant: Participant, aid: Aid) -> View:
    """Return what the template sees besides the project: ``aid`` and ``participant`` with their fields, and the law."""
    edition = EDITIONS.get(aid.regulation) if aid.regulation else None
    return Fields(
        "certificate",
        {
            "aid": views.of(aid),
            "participant": views.of(participant),
            "earlier": [views.of(other) for other in _earlier(participant, aid)],
            "title": _sure(report, f"deminimis_{edition}_title") or UNKNOWN,
            "journal": _sure(report, f"deminimis_{edition}_journal") or UNKNOWN,
            "fiscal": aid.regulation is AidRegulation.REGULATION_2013,
            "rolling": aid.regulation is AidRegulation.REGULATION_2023,
            "ceiling": _euros(report, f"deminimis_{edition}_ceiling"),
            "road_ceiling": _euros(report, f"deminimis_{edition}_road_ceiling") if aid.road_freight else None,
            "retention_years": _sure(report, "deminimis_retention_years"),
            "shown_within_weeks": _sure(report, "deminimis_shown_within_weeks"),
            "register_days": _sure(report, "deminimis_2023_register_days") if _in_register(report, aid) else None,
        },
    )


def _earlier(participant: Participant, aid: Aid) -> list[Aid]:
    """Return what else was granted up to the day of this aid, in order of its days; what has no day comes last."""
    others = [other for other in participant.aids if other is not aid and not _after(other, aid)]
    return sorted(others, key=lambda other: (other.granted_on is None, other.granted_on or date.min))


def _after(other: Aid, aid: Aid) -> bool:
    return other.granted_on is not None and aid.granted_on is not None and other.granted_on > aid.granted_on


def _in_register(report: Report, aid: Aid) -> bool:
    """Tell whether it is sure that this aid goes into the central register."""
    start = _sure(report, "deminimis_2023_register_from")
    if start is None or aid.granted_on is None:
        return False
    return aid.regulation is AidRegulation.REGULATION_2023 and bool(aid.granted_on >= start)


def _sure(report: Report, name: str) -> Any:
    """Return a legal parameter's value where it is confirmed or set by the notice, else None."""
    parameter = report.terms[name]
    return parameter.value if parameter.status.sure else None


def _euros(report: Report, name: str) -> Number | None:
    value = _sure(report, name)
    if not isinstance(value, Decimal):
        return None
    return Number(name, value, "EUR", None, report.locale.show(report.terms[name].title))
