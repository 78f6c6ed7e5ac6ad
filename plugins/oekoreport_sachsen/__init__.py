"""Grants of Sachsen: the law of a second Land, made of the same provisions.

The plan binds in its total alone, money is to be used within six months, and small changes and small interest do not
count: all that are parameters of the packs. What is judged is what every Land judges.
"""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Land, Rulebook, hookimpl


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebooks of this Land with the editions of its law (VwV-SäHO)."""
    from oekoreport.kit.law import LandLaw

    law = LandLaw(package="oekoreport_sachsen", land=Land.SN, prefix="SN", called="Sachsen", edition="2025-05")
    return law.rulebooks()
