"""What stands between braces: parsed as Jinja parses it, and judged name by name against what there is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from oekoreport.kit.placeholders import FILTERS, VALUES, environment
from oekoreport.kit.proof.faults import Kind
from oekoreport.kit.proof.reasons import Reason, told_by_jinja
from oekoreport.kit.proof.shapes import ANYTHING, LOOPING, NUMBER, TEXT, TRUTH, Shape, Sort
from oekoreport.kit.view import Number
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

SHOWN = 12
"""How many names a way out lists."""

Scope = Mapping[str, Shape]
Tell = Callable[[Reason], None]


class Unreadable(Exception):
    """A tag that Jinja cannot parse; ``reason`` says why in words of ours."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.message)
        self.reason = reason


@lru_cache(maxsize=4096)
def parsed(source: str, inside: str) -> Any:
    """Return the first node of a template.

    Raises:
        Unreadable: it cannot be parsed.
    """
    try:
        return environment().parse(source).body[0]
    except TemplateSyntaxError as error:
        raise Unreadable(told_by_jinja(error.message or "", inside)) from error
    except (IndexError, RecursionError, ValueError, OverflowError) as error:
        raise Unreadable(told_by_jinja("", inside)) from error


def printed(inside: str) -> nodes.Expr:
    """Return the expression that ``{{ inside }}`` prints.

    Raises:
        Unreadable: it is none.
    """
    if not inside.strip():
        raise Unreadable(told_by_jinja("Expected an expression", inside))
    node = parsed("{{ " + inside + " }}", inside)
    (expression,) = node.nodes
    return expression  # type: ignore[no-any-return] # jinja's nodes are untyped inside


def asked(inside: str) -> nodes.Expr:
    """Return the condition of ``{% if inside %}``.

    Raises:
        Unreadable: it is none.
    """
    return parsed("{% if " + inside + " %}{% endif %}", inside).test  # type: ignore[no-any-return]


@dataclass
class Reader:
    """Reads expressions within a scope and tells what is wrong. ``granted`` are paths that a condition asks about."""

    scope: Scope
    tell: Tell
    granted: frozenset[str] = frozenset()
    top: Scope = field(default_factory=dict)

    def shape(self, node: nodes.Node) -> Shape:
        """Return what an expression can stand for; anything where something in it is wrong."""
        match node:
            case nodes.Name():
                return self._name(node)
            case nodes.Getattr():
                return self._part(node, node.node, node.attr)
            case nodes.Getitem(arg=nodes.Const()):
                return self._item(node, node.node, node.arg.value)
            case nodes.Getitem():
                self._each(node)
                return ANYTHING
            case nodes.Call():
                self._refuse(_("it calls something"), _("Write the name without brackets."))
                return ANYTHING
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test():
                return self._test(node)
            case nodes.Concat():
                self._refuse(_("it joins texts with “~”"), _("Write two placeholders, one behind the other."))
                return ANYTHING
            case nodes.And() | nodes.Or():
                return self.shape(node.left) | self.shape(node.right)
            case nodes.CondExpr():
                self.shape(node.test)
                chosen = self.shape(node.expr1)
                return chosen | (TEXT if node.expr2 is None else self.shape(node.expr2))
            case nodes.Compare():
                self._compare(node)
                return TRUTH
            case nodes.Not():
                self._each(node)
                return TRUTH
            case nodes.UnaryExpr(node=nodes.Const()):
                return NUMBER
            case nodes.BinExpr() | nodes.UnaryExpr():
                self._refuse(_("it computes with “{operator}”", operator=OPERATORS.get(type(node).__name__, "?")))
                return ANYTHING
        return self._literal(node)

    def _each(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            self.shape(child)

    def _literal(self, node: nodes.Node) -> Shape:
        """Return the shape of a text, a number, or a list of them."""
        if isinstance(node, nodes.List | nodes.Tuple):
            shapes = [self.shape(item) for item in node.items]
            return Shape((tuple(example for shape in shapes for example in shape.examples),))
        if isinstance(node, nodes.Dict):
            return Shape(({str(getattr(pair.key, "value", "")): None for pair in node.items},))
        if isinstance(node, nodes.Const):
            return Shape((node.value,))
        return TEXT

    def _refuse(self, what: Message, hint: Message | None = None) -> None:
        self.tell(
            Reason(
                Kind.NOT_ALLOWED,
                _("A template may only read, loop and ask: {what}.", what=what),
                hint or _("Use a figure or a field as it is."),
            )
        )

    # --- names -------------------------------------------------------------------------------------------------------

    def _name(self, node: nodes.Name) -> Shape:
        found = self.scope.get(node.name)
        if found is None and node.name not in self.granted:
            self.tell(Reason(Kind.UNKNOWN_FIELD, *self._no_such_name(node.name)))
        return found or ANYTHING

    def _no_such_name(self, name: str) -> tuple[Message, Message]:
        told = _("There is no placeholder “{name}”.", name=name)
        if name == "loop":
            return told, _("“loop” exists only between {% for … %} and {% endfor %}.")
        deeper = [f"{holder}.{name}" for holder, shape in self.scope.items() if _holds(shape, name)]
        near = _near(name, self.scope)
        if near:
            return told, _("Did you mean “{close}”?", close=near)
        if deeper:
            return told, _("Did you mean {choices}?", choices=tuple(f"“{each}”" for each in deeper[:4]))
        return told, _("See which there are: oekoreport template fields")

    def _part(self, node: nodes.Node, holder: nodes.Node, name: str) -> Shape:
        shape = self.shape(holder)
        found = shape.part(name)
        path = f"{text_of(holder)}.{name}"
        if found is None and path not in self.granted:
            self.tell(Reason(Kind.UNKNOWN_FIELD, *self._no_such_part(shape, text_of(holder), name)))
        return found or ANYTHING

    def _item(self, node: nodes.Node, holder: nodes.Node, key: object) -> Shape:
        """Return the shape of a part in brackets, or of an item of a plain list by its position."""
        if isinstance(key, int) and isinstance(self.shape(holder).example, list | tuple):
            return self.shape(holder).items()
        return self._part(node, holder, str(key))

    def _no_such_part(self, shape: Shape, holder: str, name: str) -> tuple[Message, Message | None]:
        told = _("There is no placeholder “{name}”.", name=f"{holder}.{name}")
        if name.startswith("_"):
            return told, _("A template sees fields and figures, nothing of the program.")
        if shape.sort is Sort.LIST and _holds(shape.items(), name):
            loop = f"{{% for x in {holder} %}} {{{{ x.{name} }}}} {{% endfor %}}"
            return told, _("“{name}” is a list; each of its items has it: {loop}", name=holder, loop=loop)
        names = shape.names()
        if near := _near(name, names):
            return told, _("Did you mean “{close}”?", close=f"{holder}.{near}")
        if names:
            return told, _("“{name}” has: {choices}.", name=holder, choices=_listed(names))
        return told, _("“{name}” is a value and has no parts.", name=holder)

    # --- filters, tests, comparisons ---------------------------------------------------------------------------------

    def _filter(self, node: nodes.Filter) -> Shape:
        inner = self.shape(node.node) if node.node is not None else ANYTHING
        known = FILTERS
        if node.name not in known:
            near = _near(node.name, known)
            hint = (
                _("Did you mean “{close}”?", close=near)
                if near
                else _("There are: {known}.", known=tuple(sorted(known)))
            )
            self.tell(
                Reason(Kind.UNKNOWN_FILTER, _("There is no filter “{name}”.", name=node.name), hint, mark=node.name)
            )
            return ANYTHING
        return self._filtered(node, inner)

    def _filtered(self, node: nodes.Filter, inner: Shape) -> Shape:
        countable = inner.anything or inner.sort is Sort.LIST or isinstance(inner.example, str)
        match node.name:
            case "length" | "count":
                if not countable:
                    self.tell(Reason(Kind.NO_LIST, *no_list(text_of(node.node), inner)))
                return NUMBER
            case "first" | "last":
                if not countable:
                    self.tell(Reason(Kind.NO_LIST, *no_list(text_of(node.node), inner)))
                return inner.items() if inner.examples else ANYTHING
            case "join":
                if not countable:
                    self.tell(Reason(Kind.NO_LIST, *no_list(text_of(node.node), inner)))
                elif not inner.items().anything and inner.items().sort is not Sort.VALUE:
                    self.tell(Reason(Kind.NO_VALUE, *no_value(text_of(node.node), inner)))
                return TEXT
            case "e" | "escape":
                return inner
        if not (inner.anything or inner.sort is Sort.VALUE):
            self.tell(Reason(Kind.NO_VALUE, *no_value(text_of(node.node), inner)))
        return TEXT

    def _test(self, node: nodes.Test) -> Shape:
        known = environment().tests
        if node.name not in known:
            told = _("There is no question “is {name}”.", name=node.name)
            near = _near(node.name, known)
            self.tell(Reason(Kind.UNKNOWN_FILTER, told, _("Did you mean “{close}”?", close=near) if near else None))
        elif node.name in ("defined", "undefined"):
            paths = frozenset(_paths(node.node))
            Reader(self.scope, self.tell, self.granted | paths, self.top).shape(node.node)
        else:
            self.shape(node.node)
        for argument in node.args or ():
            self.shape(argument)
        return TRUTH

    def _compare(self, node: nodes.Compare) -> None:
        left = self.shape(node.expr)
        for operand in node.ops:
            right = self.shape(operand.expr)
            if operand.op in ("lt", "gt", "lteq", "gteq") and not _comparable(left, right):
                what = _("it asks which of a text and a number is greater")
                self._refuse(what, _("Compare numbers with numbers and texts with texts."))
            elif operand.op in ("in", "notin") and not (right.anything or _searchable(right)):
                self.tell(Reason(Kind.NO_LIST, *no_list(text_of(operand.expr), right)))
            left = right


OPERATORS = {
    "Add": "+",
    "Sub": "-",
    "Mul": "*",
    "Div": "/",
    "FloorDiv": "//",
    "Mod": "%",
    "Pow": "**",
    "Neg": "-",
    "Pos": "+",
}


def _comparable(left: Shape, right: Shape) -> bool:
    """Tell whether two shapes can be put in an order: numbers with numbers, days with days, texts with texts."""
    if left.anything or right.anything:
        return True
    return _order(left.example) == _order(right.example)


def _order(value: object) -> str:
    from datetime import date
    from decimal import Decimal

    if isinstance(value, Number | Decimal | int | float):
        return "number"
    return "text" if isinstance(value, str) else "day" if isinstance(value, date) else type(value).__name__


def _searchable(shape: Shape) -> bool:
    return shape.sort is Sort.LIST or isinstance(shape.example, str | Mapping)


def _holds(shape: Shape, name: str) -> bool:
    return not shape.anything and name in shape.names()


def _near(name: str, known: Any) -> str | None:
    found = difflib.get_close_matches(name, list(known), n=1)
    return found[0] if found else None


def _listed(names: list[str]) -> tuple[str, ...]:
    return (*names[:SHOWN], "…") if len(names) > SHOWN else tuple(names)


def no_list(name: str, shape: Shape) -> tuple[Message, Message | None]:
    """Return what to say of something that is looped over or counted and is no list."""
    lists = [each for each in shape.names() if (part := shape.part(each)) and part.sort is Sort.LIST]
    hint = _("Lists in it: {choices}.", choices=tuple(f"{name}.{each}" for each in lists[:SHOWN])) if lists else None
    return _("“{name}” is no list.", name=name), hint


def no_value(name: str, shape: Shape) -> tuple[Message, Message | None]:
    """Return what to say of something that is to be printed and is no value."""
    told = _("“{name}” is no value that can be printed.", name=name)
    if shape.sort is Sort.LIST:
        items = [each for each in shape.items().names() if _prints(shape.items().part(each))] or [""]
        loop = f"{{% for x in {name} %}} {{{{ x.{items[0]} }}}} {{% endfor %}}".replace("x. ", "x ")
        return told, _("It is a list: {loop}", loop=loop)
    parts = [f"{name}.{each}" for each in shape.names()]
    return told, _("Name one of its parts: {choices}.", choices=_listed(parts)) if parts else None


def _prints(shape: Shape | None) -> bool:
    return shape is not None and not shape.anything and isinstance(shape.example, VALUES)


def text_of(node: nodes.Node | None) -> str:
    """Return an expression as it is written, as far as it is a path of names."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            return f"{text_of(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const()):
            return f"{text_of(node.node)}.{node.arg.value}"
        case nodes.Filter():
            return f"{text_of(node.node)}|{node.name}"
        case nodes.Const():
            return repr(node.value)
    return "…"


def _paths(node: nodes.Node) -> Iterator[str]:
    """Yield a path of names and all its beginnings."""
    path = text_of(node)
    yield from (path[: found.start()] for found in re.finditer(r"\.", path))
    yield path


def paths_asked_about(node: nodes.Node) -> frozenset[str]:
    """Return the paths that a condition asks whether they exist (``x is defined``)."""
    tests = [node, *node.find_all(nodes.Test)] if isinstance(node, nodes.Test) else list(node.find_all(nodes.Test))
    asked_about = [each.node for each in tests if isinstance(each, nodes.Test) and each.name == "defined"]
    return frozenset(path for each in asked_about for path in _paths(each))


__all__ = ["LOOPING", "Reader", "Unreadable", "asked", "no_list", "no_value", "parsed", "printed", "text_of"]
