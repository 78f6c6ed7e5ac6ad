"""Numbers of the law of Bund and Bayern, as far as they were read: data for the settlement, without rules."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Rulebook, hookimpl


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebook that holds the packs."""
    from oekoreport_laender.rulebook import RULEBOOK

    return [RULEBOOK]
