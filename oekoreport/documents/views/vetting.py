"""Vetting a template's source before it is compiled: what does more than reading is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from oekoreport.documents.views.bounds import DEEPEST, TooMuchAsked, size_of
from oekoreport.documents.views.placeholders import NotAllowed
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from oekoreport.documents.views.placeholders import PlaceholderEnvironment

_ = catalogue("oekoreport")

OPERATORS = frozenset(("+", "-", "*", "/", "//", "%", "**"))

REFUSED = {
    nodes.Concat: _("it concatenates texts with “~”"),
    nodes.Call: _("it calls a function"),
    nodes.CallBlock: _("it calls a function"),
    nodes.Macro: _("it defines a macro"),
    nodes.Include: _("it includes another file"),
    nodes.Import: _("it includes another file"),
    nodes.FromImport: _("it includes another file"),
    nodes.Extends: _("it includes another file"),
    nodes.ScopedEvalContextModifier: _("it switches off escaping"),
    nodes.FilterBlock: _("it changes something other than a plain value"),
}
"""What Jinja could do besides reading."""

WATCHED = (*REFUSED, nodes.BinExpr, nodes.UnaryExpr, nodes.CondExpr, nodes.For, nodes.Assign, nodes.With)


def vetted(env: PlaceholderEnvironment, source: str) -> nodes.Template:
    """Return what Jinja understands of a source; ``a if b`` without an else prints nothing where b does not hold.

    Raises:
        jinja2.TemplateSyntaxError: Jinja does not understand it.
        NotAllowed: it does more than reading.
        TooMuchAsked: it is longer or deeper than any template.
    """
    try:
        return _vetted(env.parse(source))
    except RecursionError as error:
        raise TooMuchAsked(_("more than {limit} loops, conditions or brackets are nested", limit=DEEPEST)) from error
    except (ValueError, OverflowError) as error:  # a number of thousands of digits
        raise TooMuchAsked(_("a number is too large")) from error


def _vetted(tree: nodes.Template) -> nodes.Template:
    for node in list(tree.find_all(WATCHED)):
        match node:
            case nodes.For():
                node.iter = _counted(node)
            case nodes.Assign() | nodes.With():
                _demand_no_lists(node)
            case nodes.CondExpr():
                node.expr2 = node.expr2 or nodes.Const("")
            case nodes.UnaryExpr(node=nodes.Const()):  # a number below zero
                continue
            case nodes.BinExpr() | nodes.UnaryExpr():
                if node.operator in OPERATORS:
                    raise NotAllowed(_("it computes with “{operator}”", operator=node.operator), node.lineno)
            case _:
                raise NotAllowed(REFUSED[type(node)], node.lineno)
    return tree


def _counted(loop: nodes.For) -> nodes.Filter:
    """Return what a loop goes over, counted when it begins: it costs nothing for each turn."""
    size = nodes.Const(size_of(loop.body))
    return nodes.Filter(loop.iter, "_looped", [size], [], None, None, lineno=loop.lineno)


def _demand_no_lists(binding: nodes.Node) -> None:
    """Refuse lists made of what was named before: a list of itself twice, made thirty times, is compared for a day."""
    for made in binding.find_all((nodes.List, nodes.Tuple, nodes.Dict)):
        if getattr(made, "ctx", "load") == "load" and made.find(nodes.Name) is not None:
            raise NotAllowed(_("it assembles a list"), made.lineno)
