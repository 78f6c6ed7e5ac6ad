"""What a project leans on that is not sure: each legal parameter once, with what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from oekoreport.figures import Figure, Figures
from oekoreport.law import Parameter, Presence, Status
from oekoreport.rules import Verdict

PRINTED = (
    "settlement.grant_due",
    "settlement.own_funds",
    "settlement.remaining_claim",
    "settlement.repayment_due",
    "settlement.interest_due",
    "deadline.report_due",
    "deadline.retention_until",
)
"""The amounts and days that a project ends in; what leans on its way to them leans here too."""

OF_A_DRAWDOWN = ("drawdown.use_by", "drawdown.interest")
"""What else is told of each drawdown."""

WEIGHT = (Status.ASSUMED, Status.CONTRADICTED, Status.UNCONFIRMED, Status.OTHER_LAND, Status.SECONDARY)
"""What weighs more comes first; what nobody knows comes before all."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A legal parameter that is not sure, and what hangs on it.

    Attributes:
        parameter: the parameter, unknown, assumed or not confirmed.
        rules: the codes of the rules whose verdicts are based on it.
        open: those of them with a finding or a question that nobody has settled.
        figures: the amounts and days at the end of the project that lean on it.
    """

    parameter: Parameter
    rules: tuple[str, ...]
    open: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def decides(self) -> bool:
        """Whether an amount, a day or an open verdict hangs on it."""
        return bool(self.figures or self.open)


def unsure(verdicts: Iterable[Verdict], figures: Figures) -> tuple[Unsure, ...]:
    """Return each parameter that is not sure and that a verdict or a printed figure leans on, the heaviest first."""
    verdicts = tuple(verdicts)
    leaning = {name: figures.leaning(name) for name in _printed(figures)}
    found: dict[str, Parameter] = {}
    for parameters in leaning.values():
        found = {**parameters, **found}  # as the first figure has it: the grant due
    found = {parameter.name: parameter for verdict in verdicts for parameter in verdict.leaned_on} | found
    return tuple(sorted((_hanging(each, verdicts, leaning, figures) for each in found.values()), key=_rank))


def _hanging(
    parameter: Parameter,
    verdicts: Iterable[Verdict],
    leaning: Mapping[str, Mapping[str, Parameter]],
    figures: Figures,
) -> Unsure:
    leaners = [each for each in verdicts if any(one.name == parameter.name for one in each.leaned_on)]
    return Unsure(
        parameter,
        tuple(verdict.code for verdict in leaners),
        tuple(verdict.code for verdict in leaners if verdict.open_findings or verdict.undecided),
        tuple(figures[name] for name, parameters in leaning.items() if parameter.name in parameters),
    )


def _printed(figures: Figures) -> Iterator[str]:
    """Yield the names of the figures that a project ends in, those of each drawdown among them."""
    yield from (name for name in PRINTED if name in figures)
    of_drawdowns = (f"{name}/{call.key}" for name in OF_A_DRAWDOWN for call in figures.project.drawdowns)
    yield from (name for name in of_drawdowns if name in figures)


def _rank(each: Unsure) -> tuple[int, bool, bool]:
    """Return how early one comes: the less sure, then what decides something, then what the notice settles."""
    parameter = each.parameter
    unknown = parameter.presence is Presence.UNKNOWN
    return -1 if unknown else WEIGHT.index(parameter.status), not each.decides, bool(parameter.settled_by)
