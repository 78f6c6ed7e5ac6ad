"""Numbers that were read and enter no figure: what was typed for nothing, or is only printed and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from oekoreport.figures import FieldRef
from oekoreport.model import Attribute, Noun, attributes
from oekoreport.places import Place
from oekoreport.report.report import Report
from oekoreport.units import Amount


@dataclass(frozen=True, slots=True)
class Unused:
    """A number that no figure rests on: the object, the field, and where it was read (None: in no source)."""

    noun: Noun
    attribute: Attribute
    place: Place | None

    @property
    def number(self) -> Decimal | Amount:
        """The number itself."""
        value = getattr(self.noun, self.attribute.name)
        return value if isinstance(value, Amount) else Decimal(value)


def unused(report: Report) -> Iterator[Unused]:
    """Yield every number of the project that is the basis of no figure, in the project's order."""
    used = {part for figure in report.figures.values() for part in figure.basis if isinstance(part, FieldRef)}
    for noun in report.project.everything():
        for attribute in attributes(type(noun)):
            if _is_number(getattr(noun, attribute.name)) and (*noun.identity, attribute.name) not in used:
                yield Unused(noun, attribute, report.origins.place(noun.identity, attribute.name))


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal | int | Amount) and not isinstance(value, bool)
