"""Placeholders: a template language that reads names, loops and asks, and can do nothing else.

No calls, no arithmetic, no attribute of a Python object; only values print. What is not there is an error that names
the placeholder and the nearest one that exists.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, NoReturn

from jinja2 import StrictUndefined, pass_context
from jinja2.filters import FILTERS as JINJA
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment

from oekoreport.documents.views.bounds import MOST_TURNS, Bounds, Budget
from oekoreport.documents.views.view import Bare, Number, Reference, View
from oekoreport.errors import TemplateError
from oekoreport.figures import UNKNOWN, Figure
from oekoreport.language import Locale, Message, catalogue
from oekoreport.model.codes import Code
from oekoreport.places import Place
from oekoreport.units import Amount

_ = catalogue("oekoreport")

LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"})
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
    """A template prints something other than a value: a collection, a group of figures, an object."""

    def __init__(self, name: str, inside: Iterable[str]) -> None:
        choices = tuple(inside)[:12]
        super().__init__(
            _("“{name}” is not a printable value.", name=name),
            hint=_("Name one of its parts: {choices}.", choices=choices) if choices else None,
        )


class NotAllowed(TemplateError):
    """A template wants to do more than read: call, compute, join. ``line`` is where; 0 where that is not known."""

    def __init__(self, what: Message, line: int = 0) -> None:
        self.line = line
        super().__init__(
            _("A template may only read values, loop and test conditions: {what}.", what=what),
            hint=_("Use a figure or a field unchanged."),
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


class Printer:
    """What values become in a document of one language; a kind of document has its own, with its own markup."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.budget = Budget()

    def shown(self, value: object) -> str:
        """Return a value as plain text.

        Raises:
            TemplateError: it is no value, or there is no such placeholder.
        """
        if type(value) is str:  # a choice or a message is a text too, and says something else when shown
            return value
        match value:
            case Missing():
                value.fail()
            case None:
                return self.locale.show(UNKNOWN)
            case bool():
                return self.locale.show(value)
            case int():
                return str(value)
            case float():
                return self.locale.number(Decimal(repr(value)))
        if isinstance(value, VALUES):
            return self.locale.show(value)
        raise _no_value(value)

    def printed(self, value: object) -> str:
        """Return what a value becomes in the middle of a text."""
        return self.shown(value)

    def run(self, value: object) -> str:
        """Return what a value becomes between the runs of a paragraph."""
        return self.printed(value)

    def block(self, value: object) -> str:
        """Return what a value becomes between paragraphs."""
        return self.printed(value)


def nearest(name: str, known: Iterable[str]) -> Message | None:
    """Return the hint at the known name that is most like this one."""
    close = difflib.get_close_matches(name, [other for other in known if other != PRINTER], n=1)
    return _("Did you mean “{close}”?", close=close[0]) if close else None


def _no_value(value: object) -> NotAValue:
    if isinstance(value, View):
        return NotAValue(value.path, value.names())
    return NotAValue(type(value).__name__, ())


PRINTER = "_printer"
"""The name under which a context carries its Printer; it is no value, so a template that names it is refused."""


@pass_context
def _finalize(context: Context, value: object) -> str:
    printer = context.parent[PRINTER]  # a Printer; this is called for each value
    text = printer.printed(value)
    printer.budget.write(len(text))
    return text  # type: ignore[no-any-return]


def _printer(context: Context) -> Printer:
    printer: Printer = context.parent[PRINTER]
    return printer


@pass_context
def _run(context: Context, value: object) -> str:
    return _printer(context).run(value)


@pass_context
def _block(context: Context, value: object) -> str:
    return _printer(context).block(value)


def _of_text(change: Callable[[str], str]) -> Callable[[Context, object], str]:
    """Return a filter that changes the text of a value, as the document would print it."""

    @pass_context
    def changed(context: Context, value: object) -> str:
        return change(_printer(context).shown(value))

    return changed


@pass_context
def _join(context: Context, values: Iterable[object], between: str = "") -> str:
    printer, texts = _printer(context), []
    for value in values:
        texts.append(printer.shown(value))
        printer.budget.write(len(texts[-1]) + len(between))
    return between.join(texts)


def _times(turns: object, columns: object) -> int:
    """Return how many columns a cell spans that every turn of a loop makes wider."""
    if not isinstance(turns, int) or not isinstance(columns, int):
        raise NotAllowed(_("it computes with “{operator}”", operator="*"))
    return turns * columns


@pass_context
def _looped(context: Context, values: Any, size: int) -> Any:
    """Return what a loop goes over; its turns are taken from the budget before the first."""
    if isinstance(values, Missing):
        values.fail()
    if not hasattr(values, "__len__"):
        values = list(islice(values, MOST_TURNS + 1))
    _printer(context).budget.loop(len(values), size)
    return values


def _same(value: object) -> object:
    """Return a value unchanged: everything printed is escaped anyway."""
    return value


FILTERS: Mapping[str, Callable[..., object]] = {
    "length": len,
    "count": len,
    "first": JINJA["first"],
    "last": JINJA["last"],
    "upper": _of_text(str.upper),
    "lower": _of_text(str.lower),
    "title": _of_text(str.title),
    "capitalize": _of_text(str.capitalize),
    "trim": _of_text(str.strip),
    "join": _join,
    "e": _same,
    "escape": _same,
}
"""The filters of a template, by name."""


class PlaceholderEnvironment(SandboxedEnvironment):
    """Jinja with everything taken away that is not reading."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a part of a view or of the loop; Python's attributes do not exist here."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, View):
            try:
                return obj.get(attribute)
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Missing):
            return obj
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a part by its name in brackets, or an item of a plain list by its position."""
        if isinstance(argument, int) and isinstance(obj, list | tuple) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.getattr(obj, str(argument))

    def call(self, _context: Context, _obj: Any, /, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise NotAllowed(_("it calls a function"))


def _of_existing(name: str, test: Any) -> Any:
    """Return a test that a name has to exist for; only whether it is defined can be asked of any."""
    if name in ("defined", "undefined"):
        return test

    def tested(value: object, *arguments: object) -> object:
        if isinstance(value, Missing):
            value.fail()
        return test(value, *arguments)

    return tested


@cache
def environment() -> PlaceholderEnvironment:
    """Return the environment; it holds no state of any document."""
    env = PlaceholderEnvironment(
        autoescape=True, undefined=Missing, finalize=_finalize, keep_trailing_newline=True, extensions=(Bounds,)
    )
    env.globals.clear()
    env.tests = {name: _of_existing(name, env.tests[name]) for name in env.tests if name not in ("filter", "test")}
    env.filters = {**FILTERS, "_run": _run, "_block": _block, "_times": _times, "_looped": _looped}
    return env
