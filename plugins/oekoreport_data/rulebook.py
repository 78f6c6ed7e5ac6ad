"""The rulebook of completeness and plausibility: it holds for every project."""

from __future__ import annotations

from oekoreport import Rulebook, catalogue
from oekoreport.kit.law import packs_in
from oekoreport_data import (
    rules_completeness,
    rules_days,
    rules_law,
    rules_measures,
    rules_receipts,
    rules_results,
    rules_vouchers,
    rules_waivers,
    rules_workshops,
)

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
        rules_law.conditions_are_known,
        rules_law.guideline_is_known,
        rules_measures.effect_of_quantified,
        rules_measures.numbers_of_unquantified,
        rules_measures.carbon_per_energy,
        rules_measures.saving_within_baseline,
        rules_results.yearly_saving_of_yearly_effects,
        rules_results.waste_in_one_unit,
        rules_results.payback_of_enough_measures,
        rules_receipts.entered_once,
        rules_receipts.net_and_tax,
        rules_receipts.parts_of_receipt,
        rules_receipts.paid_at_most,
        rules_vouchers.number_and_addressee,
        rules_vouchers.made_out_to_recipient,
        rules_vouchers.rate_of_the_day,
        rules_vouchers.tax_of_the_rate,
        rules_vouchers.refers_to_a_receipt,
        rules_days.service_in_order,
        rules_days.paid_by_reference_date,
        rules_workshops.workshops_in_time,
        rules_workshops.replaced_by_one_that_was_held,
        rules_days.states_in_order,
        rules_waivers.waivers_in_use,
    ),
    packs=packs_in("oekoreport_data"),
)
