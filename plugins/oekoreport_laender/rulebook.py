"""A rulebook of packs alone: a grant under one of them is never green, for its rules are judged by nobody here."""

from __future__ import annotations

from oekoreport import Rulebook, catalogue
from oekoreport.kit.law import packs_in

_ = catalogue("oekoreport_laender")


RULEBOOK = Rulebook(
    name="laender",
    title=_("Values for Bund and Bayern"),
    edition="2026-11",
    packs=packs_in("oekoreport_laender"),
)
