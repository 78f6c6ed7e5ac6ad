"""Grant law for rulebooks: packs of law, the provisions that every Land shares, and what they speak of."""

from oekoreport.figures.cover import planned_to_cover
from oekoreport.figures.drawdowns import add_months, use_window, window_of
from oekoreport.law import Citation, declared_in, packs_in, read_pack
from oekoreport.rules.provisions import LandLaw
from oekoreport.rules.provisions.plan import position_cap
from oekoreport.rules.provisions.subjects import grant_of, lines, may_be_eligible, parts, receipts, the_grant

__all__ = [
    "Citation",
    "LandLaw",
    "add_months",
    "declared_in",
    "grant_of",
    "lines",
    "may_be_eligible",
    "packs_in",
    "parts",
    "planned_to_cover",
    "position_cap",
    "read_pack",
    "receipts",
    "the_grant",
    "use_window",
    "window_of",
]
