"""The options of an exporter, as they are typed: checked by its own model, refused with what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from oekoreport.contract.guard import ForeignFault, foreign_code
from oekoreport.contract.hookspecs import Exporter
from oekoreport.errors import PluginError, UsageError
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")


class NoSuchOption(UsageError):
    """An exporter has no option of this name."""

    def __init__(self, exporter: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            _("The exporter {exporter} has no option “{name}”.", exporter=exporter, name=name),
            hint=_("Available: {known}.", known=known) if known else _("It has no options."),
        )


class MissingOption(UsageError):
    """An exporter cannot do without an option."""

    def __init__(self, exporter: str, name: str) -> None:
        super().__init__(
            _("The exporter {exporter} needs its option “{name}”.", exporter=exporter, name=name),
            hint=_("Give it as: -o {option}=VALUE", option=f"{exporter}.{name}"),
        )


class BadOption(UsageError):
    """A value that an option does not take."""

    def __init__(self, option: str, value: str, takes: Message | str) -> None:
        super().__init__(
            _("The option {option} does not take “{value}”.", option=option, value=value),
            hint=_("It takes: {takes}.", takes=takes),
        )


class OptionsFailed(PluginError):
    """A bug in an exporter: it raised an unexpected exception where its options are checked."""

    def __init__(self, exporter: str, fault: ForeignFault) -> None:
        super().__init__(
            _("The exporter {name} failed: {problem}", name=exporter, problem=fault.message),
            hint=_("Report this to its author, or exclude its plugin by name: --without NAME."),
        )


ASKED_FOR = "asked_for"
"""The option that tells an exporter that it was named, for one that makes less where everything is built."""


def options_of(exporter: Exporter[Any], values: Mapping[str, str], *, named: bool = False) -> BaseModel:
    """Return an exporter's options made of texts; ``named`` says that somebody asked for this one.

    Raises:
        NoSuchOption, MissingOption, BadOption: with what there is.
        OptionsFailed: the exporter broke while it looked at them.
    """
    fields = {field.alias or name: field for name, field in exporter.options.model_fields.items()}
    for name in values:
        if name not in fields:
            raise NoSuchOption(exporter.name, name, tuple(sorted(fields)))
    asked = {ASKED_FOR: "true"} if named and ASKED_FOR in fields else {}
    try:
        with foreign_code(may_raise=UsageError):
            return _validated(exporter, {**asked, **values}, fields)
    except ForeignFault as error:
        raise OptionsFailed(exporter.name, error) from error


def _validated(exporter: Exporter[Any], values: Mapping[str, str], fields: Mapping[str, FieldInfo]) -> BaseModel:
    try:
        return exporter.options.model_validate(values)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = str(fault["loc"][0]) if fault["loc"] else ""
        if fault["type"] == "missing":
            raise MissingOption(exporter.name, name) from error
        takes = _taken(fields[name]) if name in fields else None
        raise BadOption(f"{exporter.name}.{name}", values.get(name, ""), takes or fault["msg"]) from error


def _taken(field: FieldInfo) -> Message | str | None:
    """Return what a field takes, in words; None where its type alone does not say it."""
    annotation = field.annotation
    if get_origin(annotation) in (Union, UnionType):
        several = [each for each in get_args(annotation) if each is not type(None)]
        annotation = several[0] if len(several) == 1 else None
    if get_origin(annotation) is Literal:
        return ", ".join(str(choice) for choice in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(str(choice.value) for choice in annotation)
    if field.metadata:
        return None
    kinds: dict[Any, Message] = {
        bool: _("yes or no"),
        int: _("a whole number"),
        float: _("a number, as 1.5"),
        Decimal: _("a number, as 1.5"),
    }
    return kinds.get(annotation)
