"""What templates see of a report: declared fields and figures, by names that an officer can read, and nothing else.

``{{ recipient.name }}``, ``{{ savings.co2 }}``, ``{% for p in participants %}{{ p.name }} {{ p.savings.co2 }}{% endfor %}``.
A view answers to names only; it is no dict and shows no Python object. A field that refers to another object prints that
object's key and leads on to its fields. A collection also carries the figures of its name (``participants.certified``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from oekoreport.figures import UNKNOWN, Figure, Figures
from oekoreport.kit.prose import Prose
from oekoreport.language import Locale
from oekoreport.model import Attribute, Noun, Project, attributes, nested
from oekoreport.model.measure import Area
from oekoreport.model.narrative import Section
from oekoreport.report import Report
from oekoreport.units import Amount, quantity

FIGURE_PREFIXES = {
    "expenditure_line": "line",
    "income_line": "income_line",
    "receipt": "receipt",
    "allocation": "allocation",
    "workshop": "workshop",
    "area": "area",
}
"""The first part of figures' names that an object of this kind leaves out: ``line.spent/1`` is ``l.spent``."""


class View:
    """A thing with named parts. ``path`` is how messages call it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def get(self, name: str) -> object:
        """Return the part with this name.

        Raises:
            KeyError: there is none.
        """
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """Return the names of all parts, in the order of the model."""
        return ()


class Fields(View):
    """A view of the given values by name, for rows that an exporter puts together."""

    def __init__(self, path: str, values: Mapping[str, object]) -> None:
        super().__init__(path)
        self._values = dict(values)

    def get(self, name: str) -> object:
        """Return the value with this name."""
        return self._values[name]

    def names(self) -> Iterable[str]:
        """Return the names in the order given."""
        return tuple(self._values)


class Number(View):
    """A number with its unit. Its parts: ``number`` (without the unit), ``unit``, ``known``, ``title``.

    It compares with numbers; what is unknown is neither less nor more nor equal.
    """

    def __init__(  # noqa: PLR0913 - what a number is
        self,
        path: str,
        value: Decimal | None,
        unit: str,
        places: int | None,
        title: str,
        parts: Mapping[str, View] | None = None,
    ) -> None:
        super().__init__(path)
        self.value = value
        self.unit = unit
        self.places = places
        self.title = title
        self.parts = parts or {}

    def localize(self, locale: Locale) -> str:
        """Return number and unit, or the mark for unknown."""
        if self.value is None:
            return locale.show(UNKNOWN)
        return quantity(locale, self.value, self.unit, None if self._is_money else self.places)

    @property
    def _is_money(self) -> bool:
        return self.unit in ("EUR", "EUR/a") and self.places in (None, 2)

    def get(self, name: str) -> object:
        """Return a part of the number, or a figure whose name goes on from this one's."""
        match name:
            case "number":
                return Bare(self)
            case "unit":
                return self.unit.replace("EUR", "€")
            case "known":
                return self.value is not None
            case "title":
                return self.title
        return self.parts[name]

    def names(self) -> Iterable[str]:
        """Return the names of its parts."""
        return ("number", "unit", "known", "title", *self.parts)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return self.value is not None and self.value == _number(other)

    def __lt__(self, other: object) -> bool:
        limit = _number(other)
        return self.value is not None and limit is not None and self.value < limit

    def __gt__(self, other: object) -> bool:
        limit = _number(other)
        return self.value is not None and limit is not None and self.value > limit

    def __le__(self, other: object) -> bool:
        return self < other or self == other

    def __ge__(self, other: object) -> bool:
        return self > other or self == other

    __hash__ = None  # type: ignore[assignment] # equal by value to plain numbers; never a key


def _number(other: object) -> Decimal | None:
    if isinstance(other, Number):
        return other.value
    return Decimal(str(other)) if isinstance(other, Decimal | int | float) else None


class Bare:
    """A number as a table's column prints it, the unit standing in its head."""

    def __init__(self, number: Number) -> None:
        self._number = number

    def localize(self, locale: Locale) -> str:
        """Return the number without its unit; money with cents."""
        number = self._number
        if number.value is None:
            return locale.show(UNKNOWN)
        return locale.number(number.value, 2 if number._is_money else number.places)  # noqa: SLF001 - two halves of one thing


class Group(View):
    """Figures that share the beginning of their names: ``savings`` of ``savings.co2``, ``savings.water``."""

    def __init__(self, path: str, parts: Mapping[str, View]) -> None:
        super().__init__(path)
        self.parts = parts

    def get(self, name: str) -> object:
        """Return the figure or group with this name."""
        return self.parts[name]

    def names(self) -> Iterable[str]:
        """Return the names of its figures and groups."""
        return tuple(self.parts)


class Collection(Group):
    """Objects to loop over, with the figures of the collection's name."""

    def __init__(self, path: str, items: Iterable[View], parts: Mapping[str, View]) -> None:
        super().__init__(path, parts)
        self._items = tuple(items)

    def __iter__(self) -> Iterator[View]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


class Reference(View):
    """A field that holds another object's key: prints the key, leads on to the object."""

    def __init__(self, key: str, target: View) -> None:
        super().__init__(target.path)
        self._key = key
        self._target = target

    def localize(self, locale: Locale) -> str:  # noqa: ARG002 - a key is written as it is
        """Return the key."""
        return self._key

    def get(self, name: str) -> object:
        """Return a part of the object that is referred to."""
        return self._target.get(name)

    def names(self) -> Iterable[str]:
        """Return the names of that object's parts."""
        return self._target.names()

    def __eq__(self, other: object) -> bool:
        return self._key == (other._key if isinstance(other, Reference) else other)

    def __hash__(self) -> int:
        return hash(self._key)


class NounView(View):
    """An object of the model: its fields, its nested objects, and the figures of it."""

    def __init__(self, views: Views, noun: Noun, path: str = "") -> None:
        super().__init__(path or noun.kind)
        self._views = views
        self._noun = noun
        self._fields = {attribute.name: attribute for attribute in attributes(type(noun))}

    def get(self, name: str) -> object:
        """Return a field, a collection, a nested object or a figure."""
        if name == "key":
            return self._noun.key
        if name in self._fields:
            return self._views.field(self._noun, self._fields[name])
        figures = self._views.figures_of(self._noun)
        for field_name, many in nested(type(self._noun)).values():
            if field_name == name:
                return self._nested(name, many, figures.get(name))
        return figures[name]

    def names(self) -> Iterable[str]:
        """Return the names of fields, nested objects and figures."""
        children = (name for name, _many in nested(type(self._noun)).values())
        return dict.fromkeys(("key", *self._fields, *children, *self._views.figures_of(self._noun)))

    def _nested(self, name: str, many: bool, figures: View | None) -> View | None:  # noqa: FBT001 - the model's word
        inside = getattr(self._noun, name)
        if many:
            parts = figures.parts if isinstance(figures, Group) else {}
            return Collection(f"{self.path}.{name}", map(self._views.of, inside), parts)
        return self._views.of(inside) if inside is not None else None


class ProjectView(NounView):
    """The project: its own fields, and what belongs to it as far as it has a name in the model."""


class Views:
    """The views of one report. They read figures when a template asks for them."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._project = report.project
        self._tree, self._of_object = _figure_index(report.figures)
        self._by_kind: dict[str, dict[str, Noun]] = defaultdict(dict)
        for noun in _all_nouns(report.project):
            self._by_kind[noun.kind][noun.key] = noun

    def of(self, noun: Noun) -> View:
        """Return the view of an object of the project."""
        return NounView(self, noun)

    def context(self) -> dict[str, object]:
        """Return everything that a template may name, by its name."""
        project = self._project
        tree = self._grown("", self._tree)
        context: dict[str, object] = dict(tree)
        context["project"] = ProjectView(self, project)
        for name, many in nested(type(project)).values():
            inside = getattr(project, name)
            if many:
                context[name] = self._collection(name, inside, tree)
            else:
                context[name] = self.of(inside) if inside is not None else Absent(name)
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
        """Return a field as templates see it: numbers with their unit, keys as references, the rest as it is."""
        value = getattr(noun, attribute.name)
        if attribute.refers and value is not None:
            target = self._by_kind[attribute.refers].get(value)
            return Reference(value, self.of(target)) if target is not None else value
        if isinstance(value, Amount):
            return Number(attribute.name, value.value, value.unit, None, self._show(attribute.title))
        if attribute.type is Decimal or isinstance(value, Decimal):
            unit = "" if attribute.unit == "FTE" else attribute.unit
            return Number(attribute.name, value, unit, None, self._show(attribute.title))
        return value

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
            return Absent("plan")
        lines = {name: self._collection(name, getattr(plan, name), tree) for name in ("income", "expenditure")}
        view = self.of(plan)
        return Fields("plan", {**{name: view.get(name) for name in view.names()}, **lines})

    def _narratives(self) -> Collection:
        """Return the narratives; each section by its name is the text of all narratives of that section."""
        texts: dict[str, list[str]] = {section.value: [] for section in Section}
        for narrative in self._project.narratives:
            if narrative.section is not None and narrative.text is not None:
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


class Absent(View):
    """An object that the project does not have: each of its fields is unknown."""

    def get(self, name: str) -> object:  # noqa: ARG002 - whatever is asked of it
        """Return unknown."""
        return None

    def __bool__(self) -> bool:
        return False


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

    value = property(lambda self: self.figure.value)  # type: ignore[assignment]
    unit = property(lambda self: self.figure.unit)  # type: ignore[assignment]
    places = property(lambda self: self.figure.places)  # type: ignore[assignment]
    title = property(lambda self: self._report.locale.show(self.figure.title))  # type: ignore[assignment]

    def localize(self, locale: Locale) -> str:
        """Return the figure as every document prints it."""
        return self.figure.localize(locale)


class _Node:
    """A place in the tree of figures' names."""

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


def _all_nouns(noun: Noun) -> Iterator[Noun]:
    yield noun
    for name, many in nested(type(noun)).values():
        inside = getattr(noun, name)
        for child in inside if many else (inside,):
            if child is not None:
                yield from _all_nouns(child)


def context(report: Report) -> dict[str, object]:
    """Return everything that a template may name."""
    return Views(report).context()


def view(report: Report, noun: Noun) -> View:
    """Return the view of one object of the report's project."""
    return Views(report).of(noun)
