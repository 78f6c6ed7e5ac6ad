"""The rulebook on the data itself: completeness and plausibility, for every project."""

from __future__ import annotations

from oekoreport import Rulebook, catalogue, rules_in, with_cases
from oekoreport.kit.law import packs_in
from oekoreport_data import (
    rules_completeness,
    rules_contracts,
    rules_costs,
    rules_counted,
    rules_course,
    rules_days,
    rules_fees,
    rules_files,
    rules_incomes,
    rules_law,
    rules_measures,
    rules_notices,
    rules_receipts,
    rules_refunds,
    rules_results,
    rules_tax,
    rules_twice,
    rules_vouchers,
    rules_waivers,
)

_ = catalogue("oekoreport_data")

RULEBOOK = Rulebook(
    name="core",
    title=_("Completeness and plausibility"),
    edition="1",
    rules=with_cases(
        "oekoreport_data",
        rules_in(
            rules_completeness,
            rules_law,
            rules_notices,
            rules_measures,
            rules_counted,
            rules_results,
            rules_twice,
            rules_receipts,
            rules_refunds,
            rules_incomes,
            rules_vouchers,
            rules_tax,
            rules_files,
            rules_costs,
            rules_contracts,
            rules_fees,
            rules_days,
            rules_course,
            rules_waivers,
        ),
    ),
    packs=packs_in("oekoreport_data"),
)
