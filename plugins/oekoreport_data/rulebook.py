"""The rulebook of completeness and plausibility: it holds for every project."""

from oekoreport import Rulebook, catalogue, rules_in
from oekoreport.kit.law import packs_in
from oekoreport_data import (
    rules_completeness,
    rules_course,
    rules_days,
    rules_law,
    rules_measures,
    rules_receipts,
    rules_results,
    rules_vouchers,
    rules_waivers,
)

_ = catalogue("oekoreport_data")

RULEBOOK = Rulebook(
    name="core",
    title=_("Completeness and plausibility"),
    edition="1",
    rules=rules_in(
        rules_completeness,
        rules_law,
        rules_measures,
        rules_results,
        rules_receipts,
        rules_vouchers,
        rules_days,
        rules_course,
        rules_waivers,
    ),
    packs=packs_in("oekoreport_data"),
)
