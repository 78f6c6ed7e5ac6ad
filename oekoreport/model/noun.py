"""What every noun of the model has: a kind, a key, and fields that describe themselves.

The description is the one source for forms, template fields, JSON schema and field reference.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")


def field(  # noqa: PLR0913 - what a field says of itself, by keyword
    title: Message,
    description: Message,
    *,
    example: object,
    required: bool = False,
    unit: str = "",
    refers: str = "",
    default: object = None,
    happened: bool = False,
    in_round: bool = False,
) -> Any:
    """Declare a field of a noun.

    Args:
        title: what forms and documents call it.
        description: what belongs in it, in a sentence.
        example: a value as it is stored.
        required: whether a complete project has it; judged by a rule, never by the type.
        unit: the unit of its values, for numbers ("EUR", "%", "FTE").
        refers: the kind whose key it holds.
        default: the value where no source says anything; None is unknown.
        happened: whether a day or year here claims that something has happened, so that it cannot lie ahead.
        in_round: whether what happened is the round's own work, so that it cannot lie before the round.
    """
    extra: dict[str, Any] = {
        "required_in_report": required,
        "unit": unit,
        "refers": refers,
        "happened": happened or in_round,
        "in_round": in_round,
    }
    return Field(default=default, title=title, description=description, examples=[example], json_schema_extra=extra)


class Noun(BaseModel):
    """A thing of the project, identified by its key. Frozen; every field may be unknown (None).

    A field is in one of three ways. It has a value. Or no source says anything of it: it is None, and ``stated`` is
    false. Or a source does say something that cannot be used (an error cell, a text that is no number, two sources that
    contradict each other, a key that does not exist): it is None, ``stated`` is true, and a finding tells why. What was
    not said may be left out of a figure or passed over by a rule; what was said and cannot be used makes the figure
    unknown and the rule undecided.

    The key of a ``scoped`` kind need be unique below its parent alone: two financing plans number their lines alike.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    kind: ClassVar[str]
    label: ClassVar[Message]
    parent: ClassVar[str] = "project"
    told_apart_by: ClassVar[tuple[str, ...]] = ()
    """Names of what two objects of one parent cannot share: where all of it is equal, one thing was entered twice."""
    scoped: ClassVar[bool] = False

    key: str

    @classmethod
    def written(cls, key: str, values: Mapping[str, object]) -> Self:
        """Return the noun whose values are as people write them.

        Raises:
            ValueError: a value cannot be read, or two do not go together.
        """
        read = readers(cls)
        return cls.model_validate({"key": key, **{name: read[name](value) for name, value in values.items()}})

    @classmethod
    def described(cls) -> Mapping[str, Attribute]:
        """Return the described fields by name."""
        return _by_name(cls)

    @property
    def identity(self) -> tuple[str, str]:
        """Kind and key: under this the object's origin is kept."""
        return self.kind, self.key

    @property
    def called(self) -> str:
        """What messages call it: its name, title or subject, else its key."""
        return next((text for name in ("name", "title", "subject") if (text := getattr(self, name, None))), self.key)

    def everything(self) -> Iterator[Noun]:
        """Yield it and all that is nested in it, parents before children."""
        yield self
        for children in self.children():
            for child in children:
                yield from child.everything()

    def children(self) -> Iterator[tuple[Noun, ...]]:
        """Yield what is nested in it, a tuple for each kind."""
        for name, many in nested(type(self)).values():
            inside = getattr(self, name)
            yield inside if many else () if inside is None else (inside,)

    @property
    def took_place(self) -> bool:
        """Whether it has happened, so that its days claim so: a workshop that is planned has not."""
        return True

    def stated(self, name: str) -> bool:
        """Tell whether a source says something of a field, usable or not."""
        return name in self.__pydantic_fields_set__  # model_fields_set is one call more, a million times


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field as forms, documents and references see it. ``type`` is the type without None; ``code`` tells choices.

    ``read`` returns the value of what people write into a cell, or raises BadValue.
    """

    name: str
    title: Message
    description: Message
    type: Any
    example: object
    required: bool
    unit: str
    refers: str
    happened: bool
    in_round: bool
    read: Callable[[object], object]


@cache
def attributes(noun: type[Noun]) -> tuple[Attribute, ...]:
    """Return the described fields of a noun in order, its key and its nested nouns left out."""
    return tuple(_attribute(name, info) for name, info in noun.model_fields.items() if _is_described(info))


@cache
def _by_name(noun: type[Noun]) -> Mapping[str, Attribute]:
    return {attribute.name: attribute for attribute in attributes(noun)}


@cache
def readers(noun: type[Noun]) -> Mapping[str, Callable[[object], object]]:
    """Return for each described field of a noun, by name, what reads the value that people wrote."""
    return {attribute.name: attribute.read for attribute in attributes(noun)}


@cache
def nested(noun: type[Noun]) -> dict[str, tuple[str, bool]]:
    """Return the nouns nested in a noun: kind → (name of the field, whether it holds many)."""
    return {child.kind: (name, many) for name, child, many in children(noun)}


def _is_described(info: FieldInfo) -> bool:
    return isinstance(info.json_schema_extra, dict) and "required_in_report" in info.json_schema_extra


def _attribute(name: str, info: FieldInfo) -> Attribute:
    extra = typing.cast(dict[str, Any], info.json_schema_extra)
    return Attribute(
        name=name,
        title=typing.cast(Message, info.title),
        description=typing.cast(Message, info.description),
        type=next(part for part in typing.get_args(info.annotation) if part is not types.NoneType),
        example=(info.examples or [None])[0],
        required=bool(extra["required_in_report"]),
        unit=str(extra["unit"]),
        refers=str(extra["refers"]),
        happened=bool(extra["happened"]),
        in_round=bool(extra["in_round"]),
        read=next(each.read for each in (*info.metadata, *typing.get_args(info.annotation)) if hasattr(each, "read")),
    )


def children(noun: type[Noun]) -> Iterator[tuple[str, type[Noun], bool]]:
    """Yield the nouns nested in a noun: the name of the field, their class, and whether the field holds many."""
    for name, info in noun.model_fields.items():
        for part in typing.get_args(info.annotation):
            if isinstance(part, type) and issubclass(part, Noun):
                yield name, part, typing.get_origin(info.annotation) is tuple
