"""The expressions between braces, parsed by Jinja's parser, each name checked against the known ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from oekoreport.documents.proof.comparisons import never_true
from oekoreport.documents.proof.faults import Kind
from oekoreport.documents.proof.hints import listed, loop_over, meant, no_list, no_value
from oekoreport.documents.proof.reasons import Reason, text_of, told_by_jinja
from oekoreport.documents.proof.shapes import ANYTHING, NUMBER, TEXT, TRUTH, Shape, Sort
from oekoreport.documents.views import FILTERS, Number, TooMuchAsked, environment
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

Names = Mapping[str, Shape]
Tell = Callable[[Reason], None]


class BrokenTag(Exception):
    """A tag that Jinja cannot parse; ``reason`` says why in words of ours."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.message)
        self.reason = reason


@lru_cache(maxsize=4096)
def first_node(source: str, inside: str) -> Any:
    """Return the first node of a template.

    Raises:
        BrokenTag: it cannot be parsed.
    """
    try:
        return environment().parse(source).body[0]
    except TemplateSyntaxError as error:
        raise BrokenTag(told_by_jinja(error.message or "", inside)) from error
    except TooMuchAsked as error:
        raise BrokenTag(Reason(Kind.TOO_MUCH, error.message, error.hint)) from error
    except (IndexError, RecursionError, ValueError, OverflowError) as error:
        raise BrokenTag(told_by_jinja("", inside)) from error


def printed(inside: str) -> nodes.Expr:
    """Return the expression that ``{{ inside }}`` prints.

    Raises:
        BrokenTag: it is none.
    """
    if not inside.strip():
        raise BrokenTag(told_by_jinja("Expected an expression", inside))
    node = first_node("{{ " + inside + " }}", inside)
    (expression,) = node.nodes
    return expression  # type: ignore[no-any-return] # jinja's nodes are untyped inside


def asked(inside: str) -> nodes.Expr:
    """Return the condition of ``{% if inside %}``.

    Raises:
        BrokenTag: it is none.
    """
    return first_node("{% if " + inside + " %}{% endif %}", inside).test  # type: ignore[no-any-return]


@dataclass
class Reader:
    """Reads expressions within a scope and tells what is wrong. ``granted`` are paths that a condition asks about."""

    scope: Names
    tell: Tell
    granted: frozenset[str] = frozenset()

    def shape(self, node: nodes.Node) -> Shape:
        """Return the shape of an expression's value; an unrestricted one if the expression is faulty."""
        shape: Shape = getattr(self, JUDGED.get(type(node), "_literal"))(node)
        return shape

    def _getattr(self, node: nodes.Getattr) -> Shape:
        return self._part(node.node, node.attr)

    def _getitem(self, node: nodes.Getitem) -> Shape:
        """Return the shape of a part in brackets, or of an item of a plain list by its position."""
        if not isinstance(node.arg, nodes.Const):
            self._each(node)
            return ANYTHING
        key = node.arg.value
        if isinstance(key, int) and isinstance((holder := self.shape(node.node)).example, list | tuple):
            return holder.items()
        return self._part(node.node, str(key))

    def _call(self, _node: nodes.Node) -> Shape:
        self._refuse(_("it calls a function"), _("Write the name without brackets."))
        return ANYTHING

    def _concat(self, _node: nodes.Node) -> Shape:
        self._refuse(_("it concatenates texts with “~”"), _("Write two placeholders, one after the other."))
        return ANYTHING

    def _either(self, node: nodes.BinExpr) -> Shape:
        return self.shape(node.left) | self.shape(node.right)

    def _choice(self, node: nodes.CondExpr) -> Shape:
        self.shape(node.test)
        return self.shape(node.expr1) | (TEXT if node.expr2 is None else self.shape(node.expr2))

    def _truth(self, node: nodes.Node) -> Shape:
        self._each(node)
        return TRUTH

    def _computed(self, node: nodes.BinExpr | nodes.UnaryExpr) -> Shape:
        if not (isinstance(node, nodes.UnaryExpr) and isinstance(node.node, nodes.Const)):
            self._refuse(_("it computes with “{operator}”", operator=node.operator))
        return NUMBER

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
                _("A template may only read values, loop and test conditions: {what}.", what=what),
                hint or _("Use a figure or a field unchanged."),
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
            return told, _("“loop” is only available between {% for … %} and {% endfor %}.")
        known = ((holder, shape) for holder, shape in self.scope.items() if not shape.anything)
        deeper = [f"{holder}.{name}" for holder, shape in known if name in shape.names()]
        near = meant(name, self.scope)
        if near:
            return told, _("Did you mean “{close}”?", close=near)
        if deeper:
            return told, _("Did you mean {choices}?", choices=tuple(f"“{each}”" for each in deeper[:4]))
        return told, _("List the templates: oekoreport template fields")

    def _part(self, holder: nodes.Node, name: str) -> Shape:
        shape = self.shape(holder)
        found = shape.part(name)
        path = f"{text_of(holder)}.{name}"
        if found is None and path not in self.granted:
            self.tell(Reason(Kind.UNKNOWN_FIELD, *self._no_such_part(shape, text_of(holder), name)))
        return found or ANYTHING

    def _no_such_part(self, shape: Shape, holder: str, name: str) -> tuple[Message, Message | None]:
        told = _("There is no placeholder “{name}”.", name=f"{holder}.{name}")
        if name.startswith("_"):
            return told, _("A template can use fields and figures, not the program’s own objects.")
        items = shape.items().names() if shape.sort is Sort.LIST else []
        if name in items:
            return told, _(
                "“{name}” is a list; each item has this part: {loop}", name=holder, loop=loop_over(holder, name)
            )
        names = shape.names()
        if near := meant(name, names):
            return told, _("Did you mean “{close}”?", close=f"{holder}.{near}")
        if near := meant(name, items):
            loop = loop_over(holder, near)
            return told, _("“{name}” is a list; each item has “{close}”: {loop}", name=holder, close=near, loop=loop)
        if items:
            return told, _("“{name}” is a list; each item has: {choices}.", name=holder, choices=listed(items))
        if names:
            return told, _("“{name}” has these parts: {choices}.", name=holder, choices=listed(names))
        return told, _("“{name}” is a single value without parts.", name=holder)

    # --- filters, tests, comparisons ---------------------------------------------------------------------------------

    def _filter(self, node: nodes.Filter) -> Shape:
        inner = self.shape(node.node) if node.node is not None else ANYTHING
        known = FILTERS
        if node.name not in known:
            near = meant(node.name, known)
            hint = (
                _("Did you mean “{close}”?", close=near)
                if near
                else _("Available: {known}.", known=tuple(sorted(known)))
            )
            self.tell(
                Reason(Kind.UNKNOWN_FILTER, _("There is no filter “{name}”.", name=node.name), hint, mark=node.name)
            )
            return ANYTHING
        return self._filtered(node, inner)

    def _filtered(self, node: nodes.Filter, inner: Shape) -> Shape:
        name, of_lists = node.name, node.name in ("length", "count", "first", "last", "join")
        values = inner.items() if name == "join" else inner
        if name in ("e", "escape"):
            return inner
        if of_lists and not (inner.anything or inner.sort is Sort.LIST or isinstance(inner.example, str)):
            self.tell(Reason(Kind.NO_LIST, *no_list(text_of(node.node), inner)))
        elif (name == "join" or not of_lists) and not (values.anything or values.sort is Sort.VALUE):
            self.tell(Reason(Kind.NO_VALUE, *no_value(text_of(node.node), inner)))
        if name in ("first", "last"):
            return inner.items()
        return NUMBER if name in ("length", "count") else TEXT

    def _test(self, node: nodes.Test) -> Shape:
        known = environment().tests
        if node.name not in known:
            told = _("There is no test “is {name}”.", name=node.name)
            near = meant(node.name, known)
            self.tell(Reason(Kind.UNKNOWN_FILTER, told, _("Did you mean “{close}”?", close=near) if near else None))
        elif node.name in ("defined", "undefined"):
            paths = frozenset(_paths(node.node))
            Reader(self.scope, self.tell, self.granted | paths).shape(node.node)
        else:
            self.shape(node.node)
        for argument in node.args or ():
            self.shape(argument)
        return TRUTH

    def _compare(self, node: nodes.Compare) -> Shape:
        left, asked_of = self.shape(node.expr), node.expr
        for operand in node.ops:
            right = self.shape(operand.expr)
            for reason in never_true(asked_of, left, operand, right):
                self.tell(reason)
            if operand.op in ("lt", "gt", "lteq", "gteq") and not _comparable(left, right):
                what = _("it compares a text with a number by size")
                self._refuse(what, _("Compare numbers with numbers and texts with texts."))
            elif operand.op in ("in", "notin") and not (
                right.anything or right.sort is Sort.LIST or isinstance(right.example, str | Mapping)
            ):
                self.tell(Reason(Kind.NO_LIST, *no_list(text_of(operand.expr), right)))
            left, asked_of = right, operand.expr
        return TRUTH


COMPUTING = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)

JUDGED: Mapping[type[nodes.Node], str] = {
    nodes.Name: "_name",
    nodes.Getattr: "_getattr",
    nodes.Getitem: "_getitem",
    nodes.Call: "_call",
    nodes.Filter: "_filter",
    nodes.Test: "_test",
    nodes.Concat: "_concat",
    nodes.And: "_either",
    nodes.Or: "_either",
    nodes.CondExpr: "_choice",
    nodes.Compare: "_compare",
    nodes.Not: "_truth",
    **dict.fromkeys(COMPUTING, "_computed"),
}
"""The method that judges each kind of expression; all others are texts, numbers, and lists of them."""


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


def _paths(node: nodes.Node) -> Iterator[str]:
    """Yield a path of names and all its beginnings."""
    path = text_of(node)
    yield from (path[: found.start()] for found in re.finditer(r"\.", path))
    yield path


def paths_asked_about(node: nodes.Node) -> frozenset[str]:
    """Return the paths that a condition asks whether they exist (``x is defined``)."""
    tests = [*([node] if isinstance(node, nodes.Test) else []), *node.find_all(nodes.Test)]
    asked_about = [each.node for each in tests if each.name == "defined"]
    return frozenset(path for each in asked_about for path in _paths(each))
