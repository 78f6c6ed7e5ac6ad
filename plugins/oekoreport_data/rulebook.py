"""The rulebook of completeness and plausibility: it holds for every project."""

from __future__ import annotations

from oekoreport import Rulebook, catalogue
from oekoreport_data import rules_completeness, rules_days, rules_measures, rules_receipts, rules_waivers

_ = catalogue("oekoreport_data")

RULEBOOK = Rulebook(
    name="core",
    title=_("Completeness and plausibility"),
    edition="1",
    rules=(
        rules_completeness.required_fields,
        rules_completeness.parts_of_the_project,
        rules_completeness.sites_of_participants,
        rules_completeness.known_terms,
        rules_measures.effect_of_quantified,
        rules_measures.numbers_of_unquantified,
        rules_measures.carbon_per_energy,
        rules_measures.saving_within_baseline,
        rules_receipts.entered_once,
        rules_receipts.net_and_tax,
        rules_receipts.parts_of_receipt,
        rules_receipts.paid_at_most,
        rules_days.service_in_order,
        rules_days.paid_by_reference_date,
        rules_days.workshops_in_time,
        rules_days.states_in_order,
        rules_waivers.waivers_in_use,
    ),
)
