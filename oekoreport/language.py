"""Messages that translate late, and numbers and dates as a locale writes them."""

from __future__ import annotations

import gettext
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol, Self, cast

from oekoreport.cldr import LONG_DAYS, MARKS, MONTHS

SOURCE_LANGUAGE = "en"
LANGUAGES = ("de", "en")
NO_BREAK_SPACE = "\u00a0"


class Message(str):
    """A text that remembers its pattern and values, so that each reader sees it in a language of their own.

    As a plain string it is the English sentence. ``domain`` is the package whose catalogue translates it.
    """

    __slots__ = ("domain", "msgid", "values")
    msgid: str
    values: Mapping[str, object]
    domain: str

    def __new__(cls, msgid: str, /, domain: str = "oekoreport", **values: object) -> Self:
        english = Locale(SOURCE_LANGUAGE)
        self = super().__new__(cls, english.fill(msgid, values) if values else msgid)
        self.msgid = msgid
        self.values = values
        self.domain = domain
        return self

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[object, ...]]:
        return _restore, (self.msgid, self.domain, dict(self.values))


def _restore(msgid: str, domain: str, values: dict[str, Any]) -> Message:
    return Message(msgid, domain, **values)


class MessageFactory(Protocol):
    """What a package names ``_``: makes messages of its own catalogue."""

    def __call__(self, msgid: str, /, **values: object) -> Message: ...


def catalogue(domain: str) -> MessageFactory:
    """Return the factory of messages that the package ``domain`` translates in its ``locale`` folder."""

    def make(msgid: str, /, **values: object) -> Message:
        return Message(msgid, domain, **values)

    return make


@cache
def texts(package: str) -> Mapping[str, Mapping[str, Message]]:
    """Return the messages of a package's ``texts.toml`` by table and key, in the order in which they stand there."""
    import tomllib
    from importlib.resources import files

    make = catalogue(package.partition(".")[0])
    tables = tomllib.loads(files(package).joinpath("texts.toml").read_text(encoding="utf-8"))
    return {table: {key: make(text) for key, text in entries.items()} for table, entries in tables.items()}


_ = catalogue("oekoreport")


class Localized(Protocol):
    """A value that knows how a locale writes it (an amount, a code)."""

    def localize(self, locale: Locale) -> str: ...


@dataclass(frozen=True, slots=True)
class Locale:
    """How a language writes texts, numbers, money and dates. Languages without a catalogue show English."""

    language: str

    def show(self, value: object) -> str:
        """Return ``value`` as a reader of this language expects it."""
        if type(value) is str:
            return value
        if hasattr(value, "localize"):  # a Localized; asking the protocol itself takes ten times as long
            return cast(Localized, value).localize(self)
        match value:
            case Message():
                return self.translate(value)
            case str():
                return value
            case bool():
                return self.translate(_("yes") if value else _("no"))
            case Decimal():
                return self.number(value)
            case int():
                return self.number(Decimal(value), 0)
            case date():
                return self.date(value)
            case tuple() | list():
                return ", ".join(self.show(item) for item in value)
        return str(value)

    def translate(self, message: Message) -> str:
        """Return the message in this language, its values filled in as this language writes them."""
        pattern = message.msgid
        if self.language != SOURCE_LANGUAGE and pattern:
            pattern = translations(message.domain, self.language).gettext(pattern)
        return self.fill(pattern, message.values) if message.values else pattern

    def fill(self, pattern: str, values: Mapping[str, object]) -> str:
        """Return ``pattern`` with each ``{name}`` replaced by its value as shown in this language."""
        return pattern.format_map({name: self.show(value) for name, value in values.items()})

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """Return a number with this language's marks; ``places`` rounds half up, None shows the digits that it has."""
        number = Decimal(value)
        if places is not None:
            number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        decimal, group = MARKS[self._spelling]
        text = f"{number:,f}"
        if number == 0 and text.startswith("-"):
            text = text[1:]
        text = text.replace("-", "\u2212")
        return text.replace(",", "\0").replace(".", decimal).replace("\0", group)

    def money(self, value: Decimal) -> str:
        """Return an amount in euro with cents."""
        return f"{self.number(value, 2)}{NO_BREAK_SPACE}€"

    def long_date(self, value: date) -> str:
        """Return a day with its month in words, as documents to be framed have it."""
        month = MONTHS[self._spelling][value.month - 1]
        return LONG_DAYS[self._spelling].format(day=value, month=month)

    def date(self, value: date) -> str:
        """Return a day in this language's short form with a four-digit year."""
        return (GERMAN_DAY if self.language == "de" else ISO_DAY).format(day=value)

    @property
    def _spelling(self) -> str:
        return self.language if self.language in LANGUAGES else SOURCE_LANGUAGE


GERMAN_DAY, ISO_DAY = "{day.day:02}.{day.month:02}.{day.year:04}", "{day.year:04}-{day.month:02}-{day.day:02}"


@cache
def translations(domain: str, language: str) -> gettext.NullTranslations:
    """Return the catalogue of a package: the compiled one, or its source where that is newer (a development tree).

    Babel reads the source; where it is not installed, the compiled one holds until the next ``make``.
    """
    spec = importlib.util.find_spec(domain)
    if spec is None or spec.origin is None:
        return gettext.NullTranslations()
    folder = Path(spec.origin).parent / "locale"
    compiled, source = folder / f"{language}.mo", folder / f"{language}.po"
    newer = source.exists() and (not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime)
    if newer and importlib.util.find_spec("babel"):
        return _from_source(source)
    if not compiled.exists():
        return gettext.NullTranslations()
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def _from_source(source: Path) -> gettext.NullTranslations:
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        entries = read_po(file)
    buffer = BytesIO()
    write_mo(buffer, entries)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def system_language() -> str:
    """Return the language of the user's system: German or, for any other, English."""
    import locale as system
    import os

    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if setting := os.environ.get(name):
            return "de" if setting.lower().startswith("de") else SOURCE_LANGUAGE
    setting = system.getlocale()[0] or ""
    return "de" if setting.lower().startswith(("de", "german")) else SOURCE_LANGUAGE
