"""Grants of Nordrhein-Westfalen: what its law asks for."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Rulebook, hookimpl


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebooks of this Land with the editions of its law."""
    from oekoreport_nrw.rulebook import RULEBOOKS

    return RULEBOOKS
