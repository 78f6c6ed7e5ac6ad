"""Placeholders: a template language that reads names, loops and asks, and can do nothing else.

No calls, no arithmetic, no attribute of a Python object; only values print. What is not there is an error that names
the placeholder and the nearest one that exists.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from oekoreport.errors import TemplateError
from oekoreport.figures import UNKNOWN, Figure
from oekoreport.kit.picture import Picture
from oekoreport.kit.prose import Prose, Styles, cleaned, paragraphs
from oekoreport.kit.view import Bare, Number, Reference, View
from oekoreport.language import Locale, Message, catalogue
from oekoreport.model.values import Code
from oekoreport.places import Place
from oekoreport.units import Amount

_ = catalogue("oekoreport")

LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"})
FILTERS = ("length", "count", "first", "last", "upper", "lower")
VALUES = (str, int, Decimal, date, Code, Amount, Place, Figure, Number, Bare, Reference)
"""The types whose values a document can print; True and False print as yes and no."""


class NoSuchPlaceholder(TemplateError):
    """A template names something that does not exist."""

    def __init__(self, name: str, close: str | None) -> None:
        super().__init__(
            _("There is no placeholder “{name}”.", name=name),
            hint=_("Did you mean “{close}”?", close=close) if close else None,
        )
        self.name = name


class NotAValue(TemplateError):
    """A template wants to print something that is no value: a collection, a group of figures, an object."""

    def __init__(self, name: str, inside: Iterable[str]) -> None:
        choices = tuple(inside)[:12]
        super().__init__(
            _("“{name}” is no value that can be printed.", name=name),
            hint=_("Name one of its parts: {choices}.", choices=choices) if choices else None,
        )


class NotAllowed(TemplateError):
    """A template wants to do more than read: call, compute, join."""

    def __init__(self, what: Message) -> None:
        super().__init__(
            _("A template may only read, loop and ask: {what}.", what=what),
            hint=_("Use a figure or a field as it is."),
        )


class Missing(StrictUndefined):
    """What a name that does not exist resolves to; any use of it is an error, except to ask whether it is defined."""

    def fail(self) -> NoReturn:
        """Raise the error that names the placeholder."""
        name = str(self._undefined_name)
        holder = self._undefined_obj
        if isinstance(holder, View):
            close = difflib.get_close_matches(name, list(holder.names()), n=1)
            raise NoSuchPlaceholder(f"{holder.path}.{name}", f"{holder.path}.{close[0]}" if close else None)
        raise NoSuchPlaceholder(name, None)

    def _fail_with_undefined_error(self, *_args: object, **_kwargs: object) -> NoReturn:
        self.fail()

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __contains__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = _fail_with_undefined_error
    __hash__ = _fail_with_undefined_error


class Rendering:
    """One document in the making: its language, the template's styles, and the pictures of the part at hand."""

    def __init__(self, locale: Locale, styles: Styles) -> None:
        self.locale = locale
        self.styles = styles
        self.pictures: dict[str, Picture] = {}

    def printed(self, value: object) -> str:
        """Return a value as text of the document, or as the XML that stands for it.

        Raises:
            TemplateError: it is no value, or there is no such placeholder.
        """
        match value:
            case Missing():
                value.fail()
            case Prose():
                return Markup(paragraphs(value, self.styles, self.locale.show(UNKNOWN)))  # noqa: S704 - escaped there
            case Picture():
                return Markup(self._drawing(value))  # noqa: S704 - made of numbers and escaped text
            case None:
                return self.locale.show(UNKNOWN)
            case bool():
                return self.locale.show(value)
            case int():
                return str(value)
        if isinstance(value, VALUES):
            return _broken(self.locale.show(value))
        raise _no_value(value)

    def _drawing(self, picture: Picture) -> str:
        relation = f"rIdPicture{len(self.pictures) + 1}"
        self.pictures[relation] = picture
        return DRAWING.format(
            relation=relation,
            number=len(self.pictures),
            width=round(picture.width * EMU),
            height=round(picture.height * EMU),
            alt=escape(cleaned(picture.alt)),
        )


EMU = 36_000
"""Word's units in a millimetre."""

DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    '</wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


def nearest(name: str, known: Iterable[str]) -> Message | None:
    """Return the hint at the known name that is most like this one."""
    close = difflib.get_close_matches(name, [other for other in known if other != RENDERING], n=1)
    return _("Did you mean “{close}”?", close=close[0]) if close else None


def _no_value(value: object) -> NotAValue:
    if isinstance(value, View):
        return NotAValue(value.path, value.names())
    return NotAValue(type(value).__name__, ())


def _broken(text: str) -> str:
    """Return text with line breaks and tabs as Word writes them."""
    text = cleaned(text)
    if "\n" not in text and "\t" not in text and "\r" not in text:
        return text
    text = str(escape(text.replace("\r\n", "\n").replace("\r", "\n")))
    text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return Markup(text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'))  # noqa: S704 - escaped above


RENDERING = "_rendering"
"""The name under which a context carries its Rendering; templates cannot reach names with an underscore."""


@pass_context
def _finalize(context: Context, value: object) -> str:
    rendering: Rendering = context.parent[RENDERING]
    return rendering.printed(value)


class PlaceholderEnvironment(SandboxedEnvironment):
    """Jinja with everything taken away that is not reading."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))
    intercepted_unops = frozenset(("+", "-"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part of a view or of the loop; Python's attributes do not exist here."""
        if isinstance(obj, View):
            try:
                return obj.get(attribute)
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Missing):
            return obj
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a part by its name in brackets; there are no positions."""
        return self.getattr(obj, str(argument))

    def call(self, _context: Context, _obj: Any, /, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise NotAllowed(_("it calls something"))

    def call_binop(self, _context: Context, operator: str, _left: Any, _right: Any) -> NoReturn:
        """Refuse: what is printed is computed where it can be explained."""
        raise NotAllowed(_("it computes with “{operator}”", operator=operator))

    def call_unop(self, _context: Context, operator: str, _arg: Any) -> NoReturn:
        """Refuse."""
        raise NotAllowed(_("it computes with “{operator}”", operator=operator))


@cache
def environment() -> PlaceholderEnvironment:
    """Return the environment; it holds no state of any document."""
    env = PlaceholderEnvironment(autoescape=True, undefined=Missing, finalize=_finalize, keep_trailing_newline=True)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in FILTERS}
    return env


def refuse_joins(tree: nodes.Template) -> None:
    """Refuse ``a ~ b``, which would print values unformatted."""
    if next(tree.find_all(nodes.Concat), None) is not None:
        raise NotAllowed(_("it joins texts with “~”"))
