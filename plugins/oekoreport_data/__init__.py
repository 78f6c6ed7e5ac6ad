"""Rules on the data itself, in every Land: is it complete, does it add up, is it plausible."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Rulebook, hookimpl


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebook on completeness and plausibility; it holds for every project."""
    from oekoreport_data.rulebook import RULEBOOK

    return [RULEBOOK]
