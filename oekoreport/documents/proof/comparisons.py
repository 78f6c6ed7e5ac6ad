"""Comparisons that can never be true: with a choice's label, “ja” for a yes, a number or a day in quotes or without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from oekoreport.documents.proof.faults import Kind
from oekoreport.documents.proof.reasons import Reason, text_of
from oekoreport.documents.proof.shapes import Shape
from oekoreport.documents.views import Bare, Number
from oekoreport.language import Message, catalogue
from oekoreport.model.codes import Code
from oekoreport.model.money import read_money
from oekoreport.model.spelling import FALSE, BadValue

_ = catalogue("oekoreport")

SIGNS = {"eq": "==", "ne": "!="}


def never_true(left: nodes.Node, one: Shape, operand: nodes.Operand, other: Shape) -> Iterator[Reason]:
    """Yield the fault of a comparison that can never be true, such as a text with a number."""
    if operand.op not in SIGNS:
        return
    right = operand.expr
    for node, shape, constant in ((left, one, right), (right, other, left)):
        if isinstance(constant, nodes.Const) and not isinstance(node, nodes.Const):
            judge = _never if isinstance(constant.value, str) else _never_a_number
            reason = judge(text_of(node), shape, operand.op, constant.value)
            if reason is not None:
                yield reason


def _never(name: str, shape: Shape, sign: str, text: str) -> Reason | None:
    kinds = {_kind(each) for each in shape.examples}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None or (issubclass(kind, Code) and text in list(kind)):
        return None
    what, hint = _way_out(kind, name, sign, text)
    told = _("“{name}” is {what} and never equals the text “{text}”.", name=name, what=what, text=text)
    return Reason(Kind.LITERAL, told, hint)


def _never_a_number(name: str, shape: Shape, sign: str, number: object) -> Reason | None:
    """Return the fault of comparing a text, such as a postcode, with a number."""
    texts = [type(each) is str for each in shape.examples]
    if isinstance(number, bool) or not isinstance(number, int | float) or not texts or not all(texts):
        return None
    told = _("“{name}” is a text and never equals the number {number}.", name=name, number=str(number))
    example = f'{name} {SIGNS[sign]} "{number}"'
    return Reason(Kind.LITERAL, told, _("Write it in quotation marks: {example}", example=example))


def _kind(value: object) -> type[Any] | None:
    """Return the type of a value that no text equals, except for a choice its codes; None where one may."""
    if isinstance(value, bool):
        return bool
    if isinstance(value, Number | Decimal | int | float):
        return Number
    if isinstance(value, Code):
        return type(value)
    return next((each for each in (Bare, date) if isinstance(value, each)), None)


def _way_out(kind: type[Any], name: str, sign: str, text: str) -> tuple[Message, Message]:
    if kind is bool:
        negated = "not " if (text.strip().casefold() in FALSE) is (sign == "eq") else ""
        return _("a yes or no"), _("Write {example}.", example=f"{{% if {negated}{name} %}}")
    if kind is date:
        return _("a day"), _("Test whether it is known: {example}", example=f"{{% if {name} %}}")
    if issubclass(kind, Code):
        return _("a choice"), _code_meant(kind, name, sign, text)
    path = name.removesuffix(".number") if kind is Bare else name
    example = f"{path} {SIGNS[sign]} {_number(text)}"
    return _("a number"), _("Compare it with a number, without quotation marks: {example}", example=example)


def _code_meant(kind: type[Code], name: str, sign: str, text: str) -> Message:
    """Return the way to the code whose label was written, else to all."""
    try:
        meant = kind.read(text)
    except BadValue:
        meant = None
    if meant is not None:
        return _("Compare it with its code: {example}", example=f'{name} {SIGNS[sign]} "{meant.value}"')
    return _("Its codes are: {choices}.", choices=tuple(f'"{each.value}"' for each in kind))


def _number(text: str) -> str:
    """Return a text's number as a template writes it; an example if the text is not a number."""
    try:
        number = read_money(text)
    except BadValue:
        number = None
    if number is None:
        return "2500"
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:f}"
