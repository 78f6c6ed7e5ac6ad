"""How a figure came to be: a tree from the number down to the cells, files and facts that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from oekoreport.figures import Basis, Fact, FieldRef, Figure, FigureRef
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence, Status
from oekoreport.model import KINDS, Noun, attributes, nested
from oekoreport.places import Place
from oekoreport.report.report import Report
from oekoreport.units import Quantity

_ = catalogue("oekoreport")


class Root(StrEnum):
    """What a node of the tree is."""

    FIGURE = "figure"
    FIELD = "field"
    FACT = "fact"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a derivation.

    ``name`` is a figure's name, or the key of the object that a field belongs to. ``value`` is what it holds, None
    where that is unknown. ``note`` says how a figure is computed, and where a fact is from. A figure or a fact that the
    tree has shown before is ``repeated``; it has no branches of its own.
    """

    root: Root
    title: Message | str
    name: str = ""
    value: object = None
    place: Place | None = None
    note: Message | str | None = None
    branches: tuple[Node, ...] = ()
    repeated: bool = False


def explain(report: Report, name: str) -> Node:
    """Return the derivation of a figure.

    Raises:
        NoSuchFigure: there is none of that name; the error names close ones.
    """
    explanation = _Explanation(report)
    node = explanation.figure(name)
    return replace(node, branches=(*explanation.missing(name), *node.branches))


class _Explanation:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._nouns = {noun.identity: noun for noun in _nouns(report.project)}
        self._shown: set[str] = set()
        self._told: set[Fact | Parameter] = set()

    def figure(self, name: str) -> Node:
        """Return a figure with everything below it, unless the tree has that already."""
        figure = self._report.figures[name]
        title = self._title(figure)
        if name in self._shown:
            return Node(Root.FIGURE, title, name, _known(figure), note=figure.how, repeated=True)
        self._shown.add(name)
        branches = tuple(self._base(basis) for basis in figure.basis)
        return Node(Root.FIGURE, title, name, _known(figure), note=figure.how, branches=branches)

    def missing(self, name: str) -> Iterator[Node]:
        """Yield what a figure lacks, wherever below it: fields with their places, and what else is lacking."""
        for lack in self._report.figures[name].missing:
            if isinstance(lack, FieldRef):
                yield replace(self._field(lack), root=Root.MISSING)
            elif isinstance(lack, Parameter):
                yield Node(Root.MISSING, _("the legal value “{title}”", title=lack.title))
            else:
                yield Node(Root.MISSING, lack)

    def _title(self, figure: Figure) -> Message | str:
        """Return the title with the name of what the figure is of, so that no two in a list read alike."""
        noun = self._nouns.get(figure.subject) if figure.subject else None
        label = getattr(noun, "name", None) or getattr(noun, "title", None)
        return Message("{title}: {label}", title=figure.title, label=label) if label else figure.title

    def _base(self, basis: Basis) -> Node:
        match basis:
            case FigureRef(name):
                return self.figure(name)
            case FieldRef():
                return self._field(basis)
            case Fact(title, value, unit, source, status):
                note = _("{source}; {status}", source=source, status=_in_words(status))
                return self._fact(basis, Node(Root.FACT, title, value=Quantity(value, unit), note=note))
            case Parameter():
                return self._fact(basis, Node(Root.FACT, basis.title, value=_held(basis), note=_grounds(basis)))

    def _fact(self, basis: Fact | Parameter, node: Node) -> Node:
        """Return the node of a fact, marked where the tree has shown it before."""
        repeated = basis in self._told
        self._told.add(basis)
        return replace(node, repeated=repeated)

    def _field(self, reference: FieldRef) -> Node:
        kind, key, name = reference
        place = self._report.origins.place((kind, key), name)
        noun = self._nouns.get((kind, key))
        value = getattr(noun, name, None)
        title, unit = _field_titles().get((kind, name), (name, ""))
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            value = Quantity(Decimal(value), unit)
        described = Message("{label}: {title}", label=KINDS[kind].label, title=title)
        return Node(Root.FIELD, described, key, value, place)


def _known(figure: Figure) -> Figure | None:
    return figure if figure.known else None


def _held(parameter: Parameter) -> object:
    return None if parameter.presence is Presence.UNKNOWN else parameter.held


def _grounds(parameter: Parameter) -> Message:
    """Return where a parameter is from and how sure it is, and how one is settled that is not."""
    grounds = _("{source}; {status}", source=parameter.source, status=parameter.standing)
    if parameter.sure:
        return grounds
    if parameter.outcomes:
        grounds = Message("{grounds}; {outcomes}", grounds=grounds, outcomes=parameter.outcomes)
    return Message("{grounds}. {way_out}", grounds=grounds, way_out=parameter.settling)


def _in_words(status: str) -> Message | str:
    return Status(status).label if status in {each.value for each in Status} else status


@cache
def _field_titles() -> dict[tuple[str, str], tuple[Message, str]]:
    return {
        (kind, attribute.name): (attribute.title, attribute.unit)
        for kind, noun in KINDS.items()
        for attribute in attributes(noun)
    }


def _nouns(noun: Noun) -> Iterator[Noun]:
    yield noun
    for name, many in nested(type(noun)).values():
        inside = getattr(noun, name)
        for child in inside if many else [inside] if inside is not None else []:
            yield from _nouns(child)
