"""Reservations: what is unknown or only assumed behind figures, as a paper that prints them says it.

A paper with a number that leans on law that nobody read says so beside the number; values that are known and not
confirmed are told by the verdicts and the audit memo.
"""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport.figures import Figures
from oekoreport.figures.reduction import THRESHOLD
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence, Status, Terms

_ = catalogue("oekoreport")


def reservations(figures: Figures, names: Iterable[str]) -> tuple[Message, ...]:
    """Return a sentence for each legal parameter behind figures that is unknown or assumed, each once.

    A figure that is itself unknown has none: its mark stands in the paper.
    """
    found: dict[str, Parameter] = {}
    for name in names:
        if figures[name].known:
            found |= figures.leaning(name)
    return tuple(_sentence(parameter, figures.terms) for parameter in found.values() if _is_open(parameter))


def _is_open(parameter: Parameter) -> bool:
    return parameter.presence is Presence.UNKNOWN or parameter.status is Status.ASSUMED


def _sentence(parameter: Parameter, terms: Terms) -> Message:
    if parameter.status is Status.ASSUMED:
        return _("Assumed, as the notice does not settle it: {title}.", title=parameter.title)
    where = _where(parameter, terms)
    if parameter.name == THRESHOLD and where:
        return _(
            "Whether a minor change ({where}) leaves the grant unaffected is not known; the computation goes without "
            "such an amount.",
            where=where,
        )
    named = Message("{title} ({where})", title=parameter.title, where=where) if where else parameter.title
    return _("Not known: {title}. The amounts are subject to what the authority settles.", title=named)


def _where(parameter: Parameter, terms: Terms) -> str:
    """Return passage and law of a parameter: ``Nr. 2.2 ANBest-G``, or what is known of both."""
    instrument = next((pack.instrument for pack in terms.packs if pack.title == parameter.pack), "")
    if parameter.passage and not parameter.passage.startswith("Nr."):
        return parameter.passage  # names its law itself: ``VV Nr. 8.8``
    return f"{parameter.passage} {instrument}".strip()
