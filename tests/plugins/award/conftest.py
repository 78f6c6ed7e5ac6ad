"""A small round: three participants, four decisions, and what their certificates need."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from oekoreport import Finding, Locale, Origin, Outcome, Record, Report, Severity, TemplateFolder, Verdict
from oekoreport import catalogue, shipped_templates
from oekoreport.assembly import assemble
from oekoreport.figures import Figures
from oekoreport.results import RESULTS
from oekoreport.savings import SAVINGS
from oekoreport.templates import Templates
from oekoreport.terms import Terms

_ = catalogue("oekoreport")

AWARD = {
    "date": "2025-06-15",
    "place": "Musterstadt",
    "jury": "Kreis Muster; IHK Muster, Nord",
    "signatories": "Landrätin; Geschäftsführung der wfg",
}

ROUND: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
    ("project", "project", "", {"title": "ÖKOPROFIT Kreis Muster 2024/2025", "factor_scope": "direct"}),
    ("recipient", "recipient", "project", {"name": "Kreis Muster"}),
    ("award", "award", "project", AWARD),
    ("participant", "klinik", "", {"name": "Klinik Muster gGmbH", "released": True}),
    ("site", "klinik-haus", "klinik", {"name": "Haupthaus", "street": "Weg 2", "postcode": "01234", "town": "Dorf"}),
    ("decision", "d1", "klinik-haus", {"decision": "awarded", "certificate_number": "OEP-1", "valid_until": "2026-06-30"}),
    ("measure", "m1", "klinik-haus", {"title": "LED", "state": "implemented", "saving": "4300", "quantified": True}),
    ("measure", "m2", "klinik-haus", {"title": "Pumpen", "state": "planned", "saving": "700.50", "quantified": True}),
    ("effect", "e1", "m1", {"resource": "water", "amount": ("12", "m³")}),
    ("participant", "hotel", "", {"name": "Hotel Muster GmbH", "certificate_name": "Hotel am Wall"}),
    ("site", "hotel-haus", "hotel", {"name": "Hotel", "town": "Musterstadt"}),
    ("decision", "d2", "hotel-haus", {"decision": "recertified", "certificate_number": "OEP-2", "duplicate": True}),
    ("site", "hotel-see", "hotel", {"name": "Seehotel", "town": "Seedorf"}),
    ("decision", "d3", "hotel-see", {"decision": "awarded", "certificate_number": "OEP-3", "withdrawn_on": "2025-09-01"}),
    ("participant", "bad", "", {"name": "Bad Muster"}),
    ("site", "bad-haus", "bad", {"name": "Freibad", "town": "Dorf"}),
    ("decision", "d4", "bad-haus", {"decision": "refused", "decided_on": "2025-05-20"}),
)

Changes = Mapping[str, Mapping[str, object]]


def _verdict() -> Verdict:
    finding = Finding("T-1", Severity.ERROR, _("No"))
    return Verdict("T-1", _("No"), "test", "test", Severity.ERROR, Outcome.FAILED, 1, (finding,))


@pytest.fixture
def round_of() -> Callable[..., Report]:
    """Return the round with some records' values changed, by key; ``draft`` adds an error."""

    def make(
        changes: Changes | None = None, *, draft: bool = False, own: Path | None = None, day: date | None = date(2025, 9, 15)
    ) -> Report:
        records = [
            Record(kind, key, {**values, **(changes or {}).get(key, {})}, Origin("test"), parent)
            for kind, key, parent, values in ROUND
        ]
        assembly = assemble(records)
        terms = Terms({})
        return Report(
            project=assembly.project,
            figures=Figures(assembly.project, terms, [RESULTS, SAVINGS]),
            verdicts=(_verdict(),) if draft else (),
            origins=assembly.origins,
            terms=terms,
            locale=Locale("de"),
            date=day,
            templates=Templates([TemplateFolder("award", shipped_templates("award"))], own),
        )

    return make
