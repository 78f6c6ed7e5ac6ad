"""General grant law for the rulebook of a Land: provisions that every Land shares, and what they speak of."""

from oekoreport.rules.provisions import Passage, of_conditions, of_every_grant
from oekoreport.rules.provisions.plan import position_cap
from oekoreport.rules.provisions.subjects import grant_of, lines, may_be_eligible, name_of, parts, receipts, the_grant

__all__ = [
    "Passage",
    "grant_of",
    "lines",
    "may_be_eligible",
    "name_of",
    "of_conditions",
    "of_every_grant",
    "parts",
    "position_cap",
    "receipts",
    "the_grant",
]
