"""The error tree: what stops the work. What is wrong with the data is a finding, not an error.

OekoreportError            could not run: exit code 2
├── UsageError             the call itself (a folder that is none, an unknown exporter)
├── SourceError            an input that cannot be read
├── PluginError            a plugin that is broken or missing
├── TemplateError          a template that cannot be rendered
├── PublishingError        the output folder cannot be written
└── ReferenceDataError     reference data that lacks what is asked of it
"""

from __future__ import annotations

from typing import Self, TypeVar

from oekoreport.language import Locale, Message
from oekoreport.places import Place

Kind = TypeVar("Kind", bound="OekoreportError")


class OekoreportError(Exception):
    """An error that stops the work: a message, its place, and a hint on what to do."""

    def __init__(self, message: Message, *, place: Place | None = None, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def at(self, place: Place) -> Self:
        """Return this error with the place where it happened."""
        return self._told_as(self.message, place, self.hint)

    def because(self, message: Message) -> Self:
        """Return this error with a message that says more."""
        return self._told_as(message, self.place, self.hint)

    def advising(self, hint: Message | None) -> Self:
        """Return this error with a way out."""
        return self._told_as(self.message, self.place, hint)

    def _told_as(self, message: Message, place: Place | None, hint: Message | None) -> Self:
        other = _restore(type(self), message, place, hint)
        other.__dict__ = {**self.__dict__, **other.__dict__}
        return other

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.message, self.place, self.hint)

    def localize(self, locale: Locale) -> str:
        """Return the error as lines of text: place and message, then the way out."""
        where = f"{locale.show(self.place)}: " if self.place else ""
        lines = [f"{where}{locale.show(self.message)}"]
        if self.hint:
            lines.append(locale.show(self.hint))
        return "\n".join(lines)


def _restore(kind: type[Kind], message: Message, place: Place | None, hint: Message | None) -> Kind:
    error = kind.__new__(kind)
    OekoreportError.__init__(error, message, place=place, hint=hint)
    return error


def words_of(error: BaseException) -> Message | str:
    """Return an error's message: translatable for an OekoreportError, ``str(error)`` for any other."""
    return error.message if isinstance(error, OekoreportError) else str(error)


class UsageError(OekoreportError):
    """The command was called with arguments that cannot work."""


class SourceError(OekoreportError):
    """An input cannot be read."""


class PluginError(OekoreportError):
    """A plugin is broken, missing, or breaks the contract."""


class TemplateError(OekoreportError):
    """A template cannot be rendered."""


class PublishingError(OekoreportError):
    """The output folder cannot be written; what was there before is untouched."""


class ReferenceDataError(OekoreportError):
    """Reference data lacks what is asked of it."""
