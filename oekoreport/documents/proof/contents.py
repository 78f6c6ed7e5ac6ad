"""What a template may name, written out as an officer writes it, with title, unit and an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from oekoreport.documents.content import Chart, Picture, Prose, without_pictures
from oekoreport.documents.proof.shapes import Shape, Sort, shapes_of
from oekoreport.documents.views import LazyFigure, NounView, Number, Reference, View
from oekoreport.figures import Figure
from oekoreport.language import Locale, Message, catalogue, texts
from oekoreport.model import KINDS, Attribute, attributes
from oekoreport.model.narrative import Section
from oekoreport.units import Amount, unit_text

_ = catalogue("oekoreport")

DEPTH = 6
"""How deep lists and objects are followed; references would lead around in circles."""

OF_A_NUMBER = ("number", "unit", "known", "withheld", "title")
"""The parts of every number; listed once, not for each number."""

GENERAL = texts("oekoreport.documents.proof")["general"]
"""The meanings of the general names that every template may use besides fields and figures."""

KEY = _("Key")
"""What the key of an object is called."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something that a template may name.

    Attributes:
        path: its name (``p.savings.co2``); in a list its item has a name of its own.
        written: how it is written to be printed, or the beginning of the loop for a list.
        title: what it is; empty where nobody says it.
        unit: the unit of a number.
        example: its value in the project or the reference round, as a document prints it.
        sort: what can be done with it.
        inside: the lists that it stands in, each as the loop that goes over it.
        kind: the kind of object that it is, leads on to, or is a list of; empty where it is none of the model.
    """

    path: str
    written: str
    title: str
    unit: str
    example: str | None
    sort: Sort
    inside: tuple[str, ...] = ()
    kind: str = ""


def placeholders(context: Mapping[str, object], locale: Locale, titles: Mapping[str, Message]) -> list[Placeholder]:
    """Return everything that a template filled with these values may name.

    ``titles`` says what the names mean that an exporter adds: ``Exporter.placeholder_titles``.
    """
    lister = _Lister(locale, titles)
    return [
        each for name, shape in shapes_of([context]).items() for each in lister.listed(name, shape, (), None, {name})
    ]


class _Lister:
    def __init__(self, locale: Locale, titles: Mapping[str, Message]) -> None:
        self._locale = locale
        self._texts = Locale("de")
        self._titles = {**GENERAL, **titles}

    def listed(
        self, path: str, shape: Shape, inside: tuple[str, ...], holder: object, used: set[str]
    ) -> Iterator[Placeholder]:
        """Yield a name and what can be named in it."""
        example = shape.example
        sort = shape.sort if example is not None else Sort.VALUE
        title, unit = self._described(path.rpartition(".")[2], holder, example)
        if sort is Sort.LIST:
            item = _item_name(path, used)
            loop = f"{{% for {item} in {path} %}}"
            items = shape.items()
            title = title or _label(items, self._locale)
            yield Placeholder(path, loop, title, "", None, sort, inside, _kind(items))
            yield from self._parts(path, shape, inside, used)
            for each in self._of_items(item, items, (*inside, loop), {*used, item}):
                yield each if each.path != item else replace(each, title=each.title or title)
            return
        if sort is not Sort.OBJECT:
            written = f"{{{{p {path} }}}}" if sort is Sort.PROSE else f"{{{{ {path} }}}}"
            yield Placeholder(path, written, title, unit, self._shown(example), sort, inside, _kind(shape))
        if not isinstance(example, Reference):
            yield from self._parts(path, shape, inside, used)

    def _of_items(self, item: str, items: Shape, inside: tuple[str, ...], used: set[str]) -> Iterator[Placeholder]:
        if items.sort in (Sort.OBJECT, Sort.LIST) and not items.anything:
            yield from self._parts(item, items, inside, used)
        elif not items.anything:
            yield from self.listed(item, items, inside, None, used)

    def _parts(self, path: str, shape: Shape, inside: tuple[str, ...], used: set[str]) -> Iterator[Placeholder]:
        holder = shape.example
        if path.count(".") + len(inside) >= DEPTH or not isinstance(holder, View | Mapping):
            return
        for name in shape.names():
            part = shape.part(name)
            if part is not None and not (isinstance(holder, Number) and name in OF_A_NUMBER):
                yield from self.listed(f"{path}.{name}", part, inside, holder, used)

    def _described(self, name: str, holder: object, example: object) -> tuple[str, str]:
        """Return title and unit; what the exporter says that a name means goes first."""
        title, unit = self._by_itself(name, holder, example)
        said = self._titles.get(f"{holder.path}.{name}" if isinstance(holder, View) else name)
        return (self._locale.show(said) if said else title), unit

    def _by_itself(self, name: str, holder: object, example: object) -> tuple[str, str]:
        """Return title and unit: a number says them itself, a field has them from the model."""
        attribute = _attribute(name, holder)
        if isinstance(example, LazyFigure):
            example = example.figure
        if isinstance(example, Figure):
            return self._locale.show(example.title), unit_text(self._locale, example.unit)
        if isinstance(example, Number):
            title = self._locale.show(attribute.title) if attribute else example.title
            return title, unit_text(self._locale, example.unit)
        if attribute is not None:
            return self._locale.show(attribute.title), unit_text(self._locale, attribute.unit)
        if isinstance(example, Prose):
            return self._locale.show(Section(name)) if name in set(Section) else "", ""
        if name == "key":
            return self._locale.show(KEY), ""
        if isinstance(example, View) and example.path in KINDS:
            return self._locale.show(KINDS[example.path].label), ""
        return "", ""

    def _shown(self, example: object) -> str | None:
        """Return a value as a German document prints it, on one line; None where none is known."""
        match example:
            case None:
                return None
            case Picture() | Chart():
                return f"[{self._locale.show(_('picture'))}: {example.alt}]"
            case Prose():
                return " ".join(without_pictures(example.text).split())
            case int() if not isinstance(example, bool):
                return str(example)
            case str() | Decimal() | Amount():
                return " ".join(self._texts.show(example).split())
        return " ".join(self._texts.show(example).split())


def _attribute(name: str, holder: object) -> Attribute | None:
    """Return the field of the model that a name of an object is."""
    kind = holder.path.rpartition(".")[2] if isinstance(holder, View) else ""
    noun = holder.noun if isinstance(holder, NounView) else KINDS.get(kind)
    fields = attributes(noun) if noun is not None else ()
    return next((each for each in fields if each.name == name), None)


def _kind(shape: Shape) -> str:
    """Return the kind of the model's object that a shape shows; empty for any other value."""
    path = shape.example.path if isinstance(shape.example, NounView | Reference) else ""
    return path if path in KINDS else ""


def _label(shape: Shape, locale: Locale) -> str:
    kind = _kind(shape)
    return locale.show(KINDS[kind].label) if kind else ""


def _item_name(path: str, used: set[str]) -> str:
    """Return a short name for the items of a list: its first letter, or more of it where that is taken."""
    leaf = path.rpartition(".")[2]
    singular = leaf.removesuffix("s") if not leaf.endswith("ss") else leaf
    names = (leaf[0], leaf[:2], singular, f"one_{singular}", f"a_{singular}")
    return next(
        (name for name in names if name not in used and name not in ("in", "is", "if", "or", "p_")), f"x_{leaf}"
    )


def like(placeholder: Placeholder, text: str) -> bool:
    """Tell whether a placeholder has a text in its name or its title."""
    wanted = text.casefold()
    return wanted in placeholder.path.casefold() or wanted in placeholder.title.casefold()
