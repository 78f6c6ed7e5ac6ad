"""Choices from a fixed list: read by what is stored or by what people call it, in any language."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, Self, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from oekoreport.language import LANGUAGES, Locale, Message, catalogue
from oekoreport.model.spelling import BadValue, read_text

_ = catalogue("oekoreport")

LOOKED_UP = Message("")
"""What stands for a label where a code is looked up by its value: ``State("left")``."""


class Code(StrEnum):
    """A choice from a fixed list. The value is what is stored, the label what people read and write."""

    label: Message

    def __new__(cls, value: str, label: Message = LOOKED_UP) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def localize(self, locale: Locale) -> str:
        """Return the label in the locale's language."""
        return locale.translate(self.label)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read members by value or label."""
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json-unless-none")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the choices in a JSON schema."""
        return {"type": "string", "enum": [member.value for member in cls]}

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Return the member that a value or a label in any language names."""
        if value is None or isinstance(value, cls):
            return value
        text = read_text(value)
        if text is None:
            return None
        if member := _spellings(cls).get(text.casefold()):
            return cast(Self, member)
        choices = Message("{choices}", choices=tuple(member.label for member in cls))
        raise BadValue(
            "DATA-CODE",
            _("“{text}” is not one of the choices.", text=text),
            _("Choose one of: {choices}.", choices=choices),
        )


@cache
def _spellings(code: type[Code]) -> dict[str, Code]:
    spellings: dict[str, Code] = {}
    for member in code:
        for text in (member.value, *(member.localize(Locale(language)) for language in LANGUAGES)):
            spellings[text.casefold()] = member
    return spellings
