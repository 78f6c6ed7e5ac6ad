"""What importers yield: flat records, each with the place of every field."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

from oekoreport.findings import Finding, Severity
from oekoreport.language import Message
from oekoreport.places import Place


class NoValue(Enum):
    """What stands in a record instead of a value."""

    UNREADABLE = "unreadable"


UNREADABLE = NoValue.UNREADABLE
"""The raw value of a cell that was filled in and cannot be read; its importer has yielded the finding."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a record: a row of a sheet, a line of a file, or a paragraph below a heading.

    ``columns`` maps field names to column letters and is shared by all rows of a sheet; ``others`` holds the origins of
    fields that came from elsewhere.
    """

    file: str
    sheet: str = ""
    row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    others: Mapping[str, Origin] = field(default_factory=dict)
    heading: str = ""
    paragraph: int = 0

    def place(self, name: str = "") -> Place:
        """Return the place of a field, or of the whole record where the field has none of its own."""
        if other := self.others.get(name):
            return other.place(name)
        column = self.columns.get(name, "")
        return Place(self.file, self.sheet, column, self.row, self.line, self.heading, self.paragraph)


@dataclass(frozen=True, slots=True)
class Record:
    """One object as a source has it: kind, key, its parent's key, and raw values by field name.

    A raw value is what was read: text as typed, or Decimal, date, bool, Amount. Of a field that is absent or None this
    source says nothing; one that is UNREADABLE (an error cell) is stated and has no value. ``Noun`` says what follows
    from the difference.

    Text is read as people write it (``1.234,56 €``, ``3.4.2020``, ``ja``); in a ``plain`` record as a program does, as
    ``project.schema.json`` has it (``1234.56``, ``2020-04-03``, ``true``).

    A source that gives no key leaves the record with a ``stand_in`` for one, which the assembly replaces by a short
    number. Keys, parents and values that refer to it are made of the same stand-in.
    """

    kind: str
    key: str
    values: Mapping[str, object]
    origin: Origin
    parent: str = ""
    plain: bool = False


STAND_IN = re.compile("\0[^\0]*\0")
"""What a stand-in looks like inside a key; no file that is read holds such a character."""


def stand_in(unique: str) -> str:
    """Return what stands for the key of a record whose source gives none; ``unique`` is the text of its place."""
    return f"\0{unique}\0"


def is_stand_in(key: str) -> bool:
    """Tell whether a key, not merely a part of it, is a stand-in."""
    return key[:1] == "\0" and STAND_IN.fullmatch(key) is not None


def error_in(  # noqa: PLR0913 - a finding is these parts
    record: Record, name: str, code: str, message: Message, hint: Message | None = None, found: str | None = None
) -> Finding:
    """Return what is wrong with a field of a record, at its place; with the name ``""`` it is the whole record."""
    subject = (record.kind, record.key)
    return Finding(code, Severity.ERROR, message, record.origin.place(name), subject, hint=hint, found=found)


class Origins:
    """The origins of all objects of a project, by kind and key; ``made_up`` are those whose key nobody typed."""

    def __init__(
        self, origins: Mapping[tuple[str, str], Origin], made_up: Collection[tuple[str, str]] = frozenset()
    ) -> None:
        self._origins = origins
        self._made_up = made_up

    def __len__(self) -> int:
        return len(self._origins)

    def __contains__(self, identity: tuple[str, str]) -> bool:
        return identity in self._origins

    def place(self, identity: tuple[str, str], field_name: str = "") -> Place | None:
        """Return where an object, or a field of it, was read; None for what no source holds."""
        origin = self._origins.get(identity)
        return origin.place(field_name) if origin else None

    def typed_key(self, identity: tuple[str, str]) -> str:
        """Return an object's key as its source has it; empty where it is a number of ours, which no authority knows."""
        return "" if identity in self._made_up else identity[1]

    def made_up_keys(self) -> frozenset[str]:
        """Return the keys that are numbers of ours."""
        return frozenset(key for _kind, key in self._made_up)

    def renamed(self, keys: Mapping[tuple[str, str], str]) -> Origins:
        """Return the origins of the same objects where some go by other keys; ``keys`` has the ones they have here."""
        renamed = {there: self._origins[there[0], key] for there, key in keys.items()}
        return Origins({**self._origins, **renamed}, self._made_up)

    def items(self) -> list[tuple[tuple[str, str], Origin]]:
        """Return identities and origins in the order in which they were read."""
        return list(self._origins.items())
