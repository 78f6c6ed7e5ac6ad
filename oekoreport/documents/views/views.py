"""What templates see of a report: declared fields and figures, by names that an officer can read, and nothing else.

``{{ recipient.name }}``, ``{{ savings.co2 }}``, ``{% for p in participants %}{{ p.name }} {{ p.savings.co2 }}
{% endfor %}``. A view answers to names only; it is no dict and shows no Python object. A field that refers to another
object prints that object's key and leads on to its fields. A collection also carries the figures of its name
(``participants.certified``). Where a field and a figure share a name, the figure counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from oekoreport.documents.content import Prose
from oekoreport.documents.views.view import Absent, Collection, Fields, Group, Number, Reference, View, Withheld
from oekoreport.figures import FieldRef, Figure, Figures
from oekoreport.language import Locale
from oekoreport.model import KINDS, Attribute, Noun, attributes, nested
from oekoreport.model.measure import Area
from oekoreport.model.narrative import Narrative, ReportKind, Section
from oekoreport.model.plan import FinancingPlan
from oekoreport.model.site import Site
from oekoreport.report import Report
from oekoreport.units import Amount

FIGURE_PREFIXES = {
    "expenditure_line": "line",
    "income_line": "income_line",
    "receipt": "receipt",
    "allocation": "allocation",
    "workshop": "workshop",
    "area": "area",
}
"""The first part of figures' names that an object of this kind leaves out: ``line.spent/1`` is ``l.spent``."""


@cache
def _fields_of(noun: type[Noun]) -> Mapping[str, Attribute]:
    """Return the fields of a kind by name, once for all of its objects: a large round has 80,000 of them."""
    return {attribute.name: attribute for attribute in attributes(noun)}


class NounView(View):
    """An object of the model: its fields, its nested objects, and the figures of it."""

    def __init__(self, views: Views, noun: Noun, path: str = "") -> None:
        super().__init__(path or noun.kind)
        self._views = views
        self._noun = noun
        self._fields = _fields_of(type(noun))

    @property
    def noun(self) -> type[Noun]:
        """The kind of object, as the model describes it."""
        return type(self._noun)

    def get(self, name: str) -> object:
        """Return a field, a collection, a nested object or a figure."""
        if name == "key":
            return self._views.typed_key(self._noun.identity)
        figures = self._views.figures_of(self._noun)
        if name in self._fields and not isinstance(figures.get(name), Number):  # the figure says how the field counts
            return self._views.field(self._noun, self._fields[name])
        for field_name, many in nested(type(self._noun)).values():
            if field_name == name:
                return self._nested(name, many, figures.get(name))
        return figures[name]

    def names(self) -> Iterable[str]:
        """Return the names of fields, nested objects and figures."""
        children = (name for name, _many in nested(type(self._noun)).values())
        return dict.fromkeys(("key", *self._fields, *children, *self._views.figures_of(self._noun)))

    def _nested(self, name: str, many: bool, figures: View | None) -> View | None:  # noqa: FBT001 - the model's word
        inside = self._views.inside(self._noun, name)
        if many:
            parts = figures.parts if isinstance(figures, Group) else {}
            return Collection(f"{self.path}.{name}", map(self._views.of, inside), parts)
        return self._views.of(inside) if inside is not None else None


class Views:
    """The views of one report. They read figures when a template asks for them."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._project = report.project
        self._tree, self._of_object = report.figures.once(_figure_index)
        self._counted = {site.key: who.measures_at(site) for who in self._project.participants for site in who.sites}
        self._by_kind: dict[str, dict[str, Noun]] = defaultdict(dict)
        for noun in report.project.everything():
            self._by_kind[noun.kind][noun.key] = noun

    def of(self, noun: Noun) -> View:
        """Return the view of an object of the project."""
        return NounView(self, noun)

    def inside(self, noun: Noun, name: str) -> Any:
        """Return what is nested in an object; of a site's measures those that count."""
        return self._counted.get(noun.key, ()) if isinstance(noun, Site) and name == "measures" else getattr(noun, name)

    def figure(self, name: str) -> Number:
        """Return the view of a figure by its full name."""
        return LazyFigure(name, self._report, name, {})

    def typed_key(self, identity: tuple[str, str]) -> str:
        """Return an object's key as its source has it; a document has no use for a number of ours."""
        return self._report.origins.typed_key(identity)

    def context(self) -> dict[str, object]:
        """Return everything that a template may name, by its name."""
        project = self._project
        tree = self._grown("", self._tree)
        context: dict[str, object] = dict(tree)
        context["project"] = self.of(project)
        for kind, (name, many) in nested(type(project)).items():
            inside = getattr(project, name)
            if many:
                context[name] = self._collection(name, inside, tree)
            else:
                context[name] = self.of(inside) if inside is not None else Absent(name, KINDS[kind])
        context["plan"] = self._plan(tree)
        context["sites"] = self._collection("sites", project.sites(), tree)
        context["measures"] = self._collection("measures", project.measures(), tree)
        context["narratives"] = self._narratives()
        context["areas"] = Collection("areas", map(self._area, self._areas()), {})
        context["draft"] = self._report.draft
        context["sample"] = self._report.sample
        context["date"] = self._report.date
        return context

    def field(self, noun: Noun, attribute: Attribute) -> object:
        """Return a field as templates see it: numbers with their unit, keys as references, Markdown as what it says."""
        value = getattr(noun, attribute.name)
        if attribute.refers and value is not None:
            target = self._by_kind[attribute.refers].get(value)
            if target is None:
                return value
            return Reference(value, self.of(target), self.typed_key(target.identity))
        if isinstance(noun, Narrative) and attribute.name == "text" and value is not None:
            return Prose(value)
        if isinstance(value, Amount | Decimal) and self._hides(noun, attribute.name):
            return Withheld(attribute.name, attribute.unit, self._show(attribute.title))
        if isinstance(value, Amount):
            return Number(attribute.name, value.value, value.unit, None, self._show(attribute.title))
        if attribute.type is Decimal or isinstance(value, Decimal):
            unit = "" if attribute.unit == "FTE" else attribute.unit
            return Number(attribute.name, value, unit, None, self._show(attribute.title))
        return value

    def _hides(self, noun: Noun, name: str) -> bool:
        return self._report.figures.hides(FieldRef(*noun.identity, name))

    def figures_of(self, noun: Noun) -> dict[str, View]:
        """Return the figures of an object as a tree of their dotted names."""
        return self._grown(noun.kind, self._of_object.get(noun.identity, {}))

    def _show(self, value: object) -> str:
        return self._report.locale.show(value)

    def _collection(self, name: str, nouns: Iterable[Noun], tree: Mapping[str, View]) -> Collection:
        figures = tree.get(name)
        return Collection(name, map(self.of, nouns), figures.parts if isinstance(figures, Group) else {})

    def _plan(self, tree: Mapping[str, View]) -> View:
        plan = self._project.plan
        if plan is None:
            return Absent("plan", FinancingPlan)
        lines = {name: self._collection(name, getattr(plan, name), tree) for name in ("income", "expenditure")}
        view = self.of(plan)
        return Fields("plan", {**{name: view.get(name) for name in view.names()}, **lines})

    def _narratives(self) -> Collection:
        """Return the narratives; each section by its name is the text of the final report's narratives of it."""
        texts: dict[str, list[str]] = {section.value: [] for section in Section}
        for narrative in self._project.narratives:
            final = narrative.report is not ReportKind.INTERIM  # an interim report speaks of its own year alone
            if final and narrative.section is not None and narrative.text is not None:
                texts[narrative.section.value].append(narrative.text)
        sections = {name: Prose("\n\n".join(parts)) for name, parts in texts.items()}
        return NarrativesView(map(self.of, self._project.narratives), sections)

    def _areas(self) -> list[Area]:
        return [area for area in Area if ("area", area.value) in self._of_object]

    def _area(self, area: Area) -> View:
        figures = self._grown("area", self._of_object["area", area.value])
        return Fields("area", {"key": area.value, "title": area.label, **figures})

    def _grown(self, path: str, names: _Names) -> dict[str, View]:
        """Turn dotted names into views; a name may be a figure and the beginning of others at once."""
        return {name: self._node(f"{path}.{name}".lstrip("."), inside) for name, inside in names.items()}

    def _node(self, path: str, node: _Node) -> View:
        parts = self._grown(path, node.inside)
        if node.figure is None:
            return Group(path, parts)
        return LazyFigure(path, self._report, node.figure, parts)


class NarrativesView(Collection):
    """The narratives, and by section the text in Markdown: ``{{p narratives.course }}``."""

    def __init__(self, items: Iterable[View], sections: Mapping[str, Prose]) -> None:
        super().__init__("narratives", items, {})
        self._sections = sections

    def get(self, name: str) -> object:
        """Return the text of a section."""
        return self._sections[name]

    def names(self) -> Iterable[str]:
        """Return the sections."""
        return tuple(self._sections)


class LazyFigure(Number):
    """A figure, computed when a template asks for it."""

    def __init__(self, path: str, report: Report, name: str, parts: Mapping[str, View]) -> None:
        self.path = path
        self._report = report
        self._name = name
        self.parts = parts

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self._report.figures[self._name]

    value = property(lambda self: self.figure.value)
    unit = property(lambda self: self.figure.unit)
    places = property(lambda self: self.figure.places)
    withheld = property(lambda self: self.figure.withheld)
    title = property(lambda self: self._report.locale.show(self.figure.title))

    def localize(self, locale: Locale) -> str:
        """Return the figure as every document prints it."""
        return self.figure.localize(locale)


class _Node:
    """A place in the tree of figures' names."""

    __slots__ = ("figure", "inside")

    def __init__(self) -> None:
        self.figure: str | None = None
        self.inside: _Names = {}


_Names = dict[str, _Node]


def _figure_index(figures: Figures) -> tuple[_Names, dict[tuple[str, str], _Names]]:
    """Return the tree of the project's figures, and that of each object by kind and key."""
    tree: _Names = {}
    of_object: dict[tuple[str, str], _Names] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for full in figures:
        name, slash, key = full.partition("/")
        if not slash:
            _grow(tree, name.split("."), full)
            continue
        if name not in kinds:
            subject = figures[full].subject
            kinds[name] = subject[0] if subject else name.partition(".")[0]
        kind = kinds[name]
        steps = name.split(".")
        if steps[0] == FIGURE_PREFIXES.get(kind):
            steps = steps[1:]
        _grow(of_object[kind, key], steps, full)
    return tree, of_object


def _grow(tree: _Names, steps: list[str], full: str) -> None:
    node = tree.setdefault(steps[0], _Node())
    for step in steps[1:]:
        node = node.inside.setdefault(step, _Node())
    node.figure = full


def context(report: Report) -> dict[str, object]:
    """Return everything that a template may name."""
    return Views(report).context()


def fields() -> Iterator[tuple[str, Attribute]]:
    """Yield every field of the model with its place: ``("participant.name", …)``. Figures are in ``report.figures``."""
    for kind, noun in KINDS.items():
        for attribute in attributes(noun):
            yield f"{kind}.{attribute.name}", attribute
