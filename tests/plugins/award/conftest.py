"""A small round: four decisions (awarded, re-certified, withdrawn, refused) on the sites of three participants."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from oekoreport import (
    Finding,
    Locale,
    Origin,
    Outcome,
    Record,
    Report,
    Severity,
    TemplateFolder,
    Verdict,
    catalogue,
    shipped_templates,
)
from oekoreport.figures.engine import Figures
from oekoreport.figures.results import RESULTS
from oekoreport.figures.savings import SAVINGS
from oekoreport.law import Terms
from oekoreport.records.assembly import assemble
from oekoreport.report.templates import Templates

_ = catalogue("oekoreport")

AWARD = {
    "date": "2025-06-15",
    "place": "Musterstadt",
    "jury": "Kreis Muster; IHK Muster, Nord",
    "signatories": "Landrätin; Geschäftsführung der wfg",
}

FIRST = {"decision": "awarded", "certificate_number": "OEP-1", "decided_on": "20.5.2025", "valid_until": "30.6.2026"}

ROUND: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
    ("project", "project", "", {"title": "ÖKOPROFIT Kreis Muster 2024/2025", "factor_scope": "direct"}),
    ("recipient", "recipient", "project", {"name": "Kreis Muster"}),
    ("award", "award", "project", AWARD),
    ("participant", "klinik", "", {"name": "Klinik Muster gGmbH", "released": True}),
    ("site", "klinik-haus", "klinik", {"name": "Haupthaus", "street": "Weg 2", "postcode": "01234", "town": "Dorf"}),
    (
        "decision",
        "d1",
        "klinik-haus",
        FIRST,
    ),
    ("measure", "m1", "klinik-haus", {"title": "LED", "state": "implemented", "saving": "4300", "quantified": True}),
    ("measure", "m2", "klinik-haus", {"title": "Pumpen", "state": "planned", "saving": "700,50", "quantified": True}),
    ("effect", "e1", "m1", {"resource": "electricity", "amount": "12.500 kWh", "recurrence": "annual"}),
    ("participant", "hotel", "", {"name": "Hotel Muster GmbH", "certificate_name": "Hotel am Wall"}),
    ("site", "hotel-haus", "hotel", {"name": "Hotel", "town": "Musterstadt"}),
    ("decision", "d2", "hotel-haus", {"decision": "recertified", "certificate_number": "OEP-2", "duplicate": True}),
    ("site", "hotel-see", "hotel", {"name": "Seehotel", "town": "Seedorf"}),
    ("decision", "d3", "hotel-see", {"decision": "awarded", "certificate_number": "OEP-3", "withdrawn_on": "1.9.2025"}),
    ("participant", "bad", "", {"name": "Bad Muster"}),
    ("site", "bad-haus", "bad", {"name": "Freibad", "town": "Dorf"}),
    ("decision", "d4", "bad-haus", {"decision": "refused", "decided_on": "2025-05-20"}),
)

Changes = Mapping[str, Mapping[str, object]]
DAY = date(2025, 9, 15)


def _verdict() -> Verdict:
    finding = Finding("T-1", Severity.ERROR, _("No"))
    return Verdict("T-1", _("No"), "test", "test", Severity.ERROR, Outcome.FAILED, 1, (finding,))


def make_round(
    changes: Changes | None = None,
    *,
    moved: Mapping[str, str] | None = None,
    copies: int = 0,
    decisions: bool = True,
    draft: bool = False,
    own: Path | None = None,
) -> Report:
    """Return the round with some records' values changed and parents moved, by key.

    Args:
        changes: values by key of the record.
        moved: another parent by key of the record.
        copies: how many more decisions of the first site there are.
        decisions: whether there are any.
        draft: whether an error stands.
        own: the project's own templates.
    """
    records = [
        Record(kind, key, {**values, **(changes or {}).get(key, {})}, Origin("test"), (moved or {}).get(key, parent))
        for kind, key, parent, values in (*ROUND, *(("decision", f"c{n}", "klinik-haus", FIRST) for n in range(copies)))
        if decisions or kind != "decision"
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
        date=DAY,
        templates=Templates([TemplateFolder("award", shipped_templates("award"))], own),
    )


@pytest.fixture(scope="session")
def round_of() -> Callable[..., Report]:
    return make_round
