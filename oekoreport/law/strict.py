"""Reading TOML strictly: a table holds the keys that it may hold, each of its sort, and an error names the place."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from oekoreport.errors import ReferenceDataError
from oekoreport.language import catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")

Wanted: TypeAlias = type | Collection[str]
"""What a key takes: values of a type, or one of some words."""

LONGEST_FILE = 1_000_000
"""The most characters of a file; the longest of ours has twenty thousand."""

DEEPEST = 1_000
"""So many points a line may have: each can be a table in a table."""

LARGEST_EXPONENT = 30
"""Numbers have no more digits before or behind their point: 1e999999 would have a million when it is printed."""

LONGEST_NUMBER = 100
"""Whole numbers have no more bits, for the same reason."""

IN_WORDS = {
    str: _("a text"),
    Decimal: _("a number"),
    date: _("a day"),
    bool: _("true or false"),
    list: _("a list"),
    dict: _("a table"),
}


class BadPack(ReferenceDataError):
    """A file of the law that cannot be read; the message begins with the file and the table."""


class NotToml(BadPack):
    """A file that is not TOML."""

    def __init__(self, file: str, error: ValueError) -> None:
        super().__init__(_("{file} is not TOML: {error}", file=file, error=str(error)))


class TooMuchToml(BadPack):
    """A file that is longer or nested deeper than any that people write; reading it could take minutes."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _("{file} has more than {limit} characters, or is nested too deeply.", file=file, limit=LONGEST_FILE)
        )


class UnknownWord(BadPack):
    """An unknown key, name or choice; the message offers the nearest known one, or all."""

    def __init__(self, table: TomlTable, word: object, known: Iterable[str]) -> None:
        choices = sorted(map(str, known))
        near = tuple(difflib.get_close_matches(str(word), choices, n=1) or choices)
        super().__init__(
            _("{place}: “{word}” is not known here; there is {near}.", place=table.place, word=str(word), near=near)
        )


class MissingKey(BadPack):
    """A table that lacks a key."""

    def __init__(self, table: TomlTable, key: str) -> None:
        super().__init__(_("{place}: “{key}” is missing.", place=table.place, key=key))


class WrongSort(BadPack):
    """A value of another sort than the key takes: a text where a number belongs."""

    def __init__(self, table: TomlTable, key: str, wanted: type) -> None:
        found = repr(table.values[key])
        super().__init__(
            _(
                "{place}: “{key}” must be {wanted}, not {found}.",
                place=table.place,
                key=key,
                wanted=IN_WORDS[wanted],
                found=found,
            )
        )


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table of a TOML file under its dotted name, as in ``parameters.report_months``."""

    file: str
    name: str
    values: Mapping[str, Any]

    @property
    def place(self) -> Place:
        """The file and the table's head."""
        return Place(self.file, heading=f"[{self.name}]" if self.name else "")

    def read(self, keys: Mapping[str, Wanted], required: Iterable[str] = ()) -> dict[str, Any]:
        """Return the values of the keys that are there; whole numbers are decimals.

        Raises:
            UnknownWord, MissingKey, WrongSort: there is another key, one lacks, or a value is of another sort.
        """
        for key in self.values:
            if key not in keys:
                raise UnknownWord(self, key, keys)
        for key in required:
            if key not in self.values:
                raise MissingKey(self, key)
        return {key: self.value(key, wanted) for key, wanted in keys.items() if key in self.values}

    def value(self, key: str, wanted: Wanted) -> Any:
        """Return one value, of the type or among the words that are wanted."""
        value = self.values[key]
        if not isinstance(wanted, type):
            if value not in wanted:
                raise UnknownWord(self, value, wanted)
            return value
        if type(value) is int and wanted is Decimal:
            return Decimal(value)
        if type(value) is not wanted:
            raise WrongSort(self, key, wanted)
        return value

    def table(self, key: str) -> TomlTable:
        """Return the table under a key, an empty one where there is none."""
        values = self.value(key, dict) if key in self.values else {}
        return TomlTable(self.file, self._below(key), values)

    def tables(self) -> Iterator[tuple[str, TomlTable]]:
        """Yield the tables below this one by their keys."""
        yield from ((key, self.table(key)) for key in self.values)

    def repeated(self, key: str) -> Iterator[TomlTable]:
        """Yield the tables of an array of tables."""
        for values in self.value(key, list) if key in self.values else ():
            yield TomlTable(self.file, self._below(key), values)

    def _below(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key


def read_toml(text: str, file: str) -> TomlTable:
    """Return a file as a table; floats are exact decimals.

    Raises:
        NotToml, TooMuchToml: it is not TOML, or too much of it.
    """
    if len(text) > LONGEST_FILE or max(line.count(".") for line in f"{text}\n".splitlines()) > DEEPEST:
        raise TooMuchToml(file)
    try:
        read = tomllib.loads(text, parse_float=_number)
        _demand_short_numbers(read)
    except RecursionError as error:
        raise TooMuchToml(file) from error
    except ValueError as error:
        raise NotToml(file, error) from error
    return TomlTable(file, "", read)


def _demand_short_numbers(table: Mapping[str, object]) -> None:
    """Refuse whole numbers that nobody can write out, wherever they stand.

    Raises:
        ValueError: there is one.
    """
    waiting: list[object] = [table]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
            message = "a number is too large"
            raise ValueError(message)


def _number(text: str) -> Decimal:
    """Return a number exactly.

    Raises:
        ValueError: it is none that a rule can hold: infinite, or 1e999999, whose digits nobody can write out.
    """
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        message = "a number is too large"
        raise ValueError(message)
    return number
