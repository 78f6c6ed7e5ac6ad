"""Numbers of the law of Bund and Bayern, as far as they were read: data for the settlement, without rules.

A grant under one of these packs is never green: its rules are judged by nobody here.
"""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Rulebook, catalogue, hookimpl

_ = catalogue("oekoreport_laender")


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebook that holds the packs."""
    from oekoreport.kit.law import packs_in

    title = _("Values for Bund and Bayern")
    return [Rulebook(name="laender", title=title, edition="2026-11", packs=packs_in("oekoreport_laender"))]
