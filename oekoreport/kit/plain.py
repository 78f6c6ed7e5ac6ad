"""Views as plain values, for templates that cannot ask for them (Typst): texts as every document prints them.

A number is a mapping: ``text`` with its unit, ``number`` without, ``known``, and ``zero``; a collection has ``items``
beside its figures; a reference is the key that it holds. Unknown stays none, yes and no stay what they are, so that a
template can ask; ``words`` has what is printed for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from oekoreport.figures import UNKNOWN
from oekoreport.kit.prose import Prose
from oekoreport.kit.prose_blocks import blocks
from oekoreport.kit.view import Collection, Number, Reference, View
from oekoreport.language import Locale

NAME = re.compile(r"[^\W\d]\w*")


def names_in(template: bytes) -> frozenset[str]:
    """Return every word of a template that can name a part of a view."""
    return frozenset(NAME.findall(template.decode(errors="replace")))


def plain(context: Mapping[str, object], names: frozenset[str], locale: Locale) -> dict[str, object]:
    """Return what a template may name, as far as its words name it: no figure is computed that none of them is called.

    Args:
        context: values by name, as Word templates see them.
        names: the words of the template (``names_in``).
        locale: the language of the documents.
    """
    reader = _Reader(names, locale)
    words = {"unknown": locale.show(UNKNOWN), "yes": locale.show(value=True), "no": locale.show(value=False)}
    return {**reader.parts(context.keys(), context.__getitem__), "words": words}


class _Reader:
    def __init__(self, names: frozenset[str], locale: Locale) -> None:
        self._names = names
        self._locale = locale

    def parts(self, names: Iterable[str], get: Callable[[str], object]) -> dict[str, object]:
        """Return the parts that the template names."""
        return {name: self._value(get(name)) for name in names if name in self._names}

    def _value(self, value: object) -> object:
        match value:
            case None | bool():
                return value
            case Prose():
                return blocks(value)
            case Number():
                return {**self.parts(value.parts, value.parts.__getitem__), **self._number(value)}
            case Reference():
                return self._locale.show(value)
            case Collection():
                return {**self.parts(value.names(), value.get), "items": [self._value(item) for item in value]}
            case View():
                return self.parts(value.names(), value.get)
            case list() | tuple():
                return [self._value(item) for item in value]
            case int():
                return str(value)
        return self._locale.show(value)

    def _number(self, number: Number) -> dict[str, object]:
        show = self._locale.show
        known = number.value is not None
        return {"text": show(number), "number": show(number.get("number")), "known": known, "zero": number == 0}
