"""Views as plain values, for templates that cannot ask for them (Typst): texts as every document prints them.

A number is a mapping: ``text`` with its unit, ``number`` without, ``known``, ``withheld``, and ``zero``; a collection
has ``items`` beside its figures; a reference is the key that it holds. Unknown stays none, yes and no stay what they
are, so that a template can ask; ``words`` has what is printed for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from oekoreport.documents.content import Chart, Prose, blocks
from oekoreport.documents.views.view import Collection, Number, Reference, View
from oekoreport.figures import UNKNOWN
from oekoreport.language import Locale

WORD = re.compile(r"[^\W\d]\w*")
CHAIN = re.compile(r"\bdata\.(\w+)(?:\.(\w+))?")
COMMENT = re.compile(r"//[^\n]*")
WHOLE = re.compile(r"\bdata\b(?!\.\w)|\bdata\.at\b")
"""Where a template takes hold of all values at once; then any of its words may name one of them."""


class Names:
    """The words by which a template may name values and their parts: rather too many than too few."""

    def __init__(self, template: bytes) -> None:
        text = template.decode(errors="replace")
        self.words = frozenset(WORD.findall(text))
        chains = CHAIN.findall(text)
        self._whole = bool(WHOLE.search(COMMENT.sub("", text)))
        self._values = {value for value, _part in chains}
        self._held = {value for value, part in chains if not part}
        self._parts = set(chains)

    def value(self, name: str) -> bool:
        """Tell whether the template may name this value."""
        return name in (self.words if self._whole else self._values)

    def part(self, value: str, name: str) -> bool:
        """Tell whether it may name this part of a value: any where it takes hold of the value itself."""
        return name in self.words and (self._whole or value in self._held or (value, name) in self._parts)


class Plain(NamedTuple):
    """The input of a template: its values, and the files of pictures in texts, by name."""

    data: Mapping[str, object]
    files: Mapping[str, bytes]


def plain(context: Mapping[str, object], names: Names, locale: Locale) -> Plain:
    """Return the values that a template uses; figures that it does not name are not computed.

    Args:
        context: values by name, as Word templates see them.
        names: the names in the template.
        locale: the language of the documents.
    """
    words = {"unknown": locale.show(UNKNOWN), "yes": locale.show(value=True), "no": locale.show(value=False)}
    files: dict[str, bytes] = {}
    deeper = _Reader(names.words.__contains__, locale, files)
    values = {
        name: _Reader(partial(names.part, name), locale, files, deeper).value(value)
        for name, value in context.items()
        if names.value(name)
    }
    return Plain({**values, "words": words}, files)


class _Reader:
    """Reads a value; ``files`` takes in its pictures, ``deeper`` reads the parts of its parts."""

    def __init__(
        self, wanted: Callable[[str], bool], locale: Locale, files: dict[str, bytes], deeper: _Reader | None = None
    ) -> None:
        self._wanted = wanted
        self._locale = locale
        self._files = files
        self._deeper = deeper or self

    def value(self, value: object) -> object:
        if value is None or type(value) in (str, bool):
            return value
        match value:
            case Prose():
                return blocks(value, self._locale, self._files)
            case Chart():
                return value.plain()
            case Number():
                return {**self._parts(value.parts, value.parts.__getitem__), **self._number(value)}
            case Reference():
                return self._locale.show(value)
            case Collection():
                items = [self._deeper.value(item) for item in value] if self._wanted("items") else []
                return {**self._parts(value.names(), value.get), "items": items}
            case View():
                return self._parts(value.names(), value.get)
            case list() | tuple():
                return [self._deeper.value(item) for item in value]
            case int():
                return str(value)
        return self._locale.show(value)

    def _parts(self, names: Iterable[str], get: Callable[[str], object]) -> dict[str, object]:
        return {name: self._deeper.value(get(name)) for name in names if self._wanted(name)}

    def _number(self, number: Number) -> dict[str, object]:
        show = self._locale.show
        known = number.value is not None
        texts = {"text": show(number), "number": show(number.get("number"))}
        return {**texts, "known": known, "withheld": number.withheld, "zero": number == 0}
