"""Grants of Sachsen: the law of a second Land, made of the same provisions."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Rulebook, hookimpl


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebooks of this Land with the editions of its law."""
    from oekoreport_sachsen.rulebook import RULEBOOKS

    return RULEBOOKS
