"""Values of docxtpl's own classes, told without importing docxtpl, which is heavy."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

CLASSES = frozenset({"InlineImage", "Listing", "RichText", "RichTextParagraph", "Subdoc"})
"""The classes whose values have markup of their own."""


def docxtpl_class(value: object) -> str:
    """Return the name of a value's class if docxtpl defines it; otherwise an empty text."""
    return _name_of(type(value))  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def _name_of(kind: Any) -> str:
    names = (base.__name__ for base in kind.__mro__ if base.__module__.partition(".")[0] == "docxtpl")
    return next((name for name in names if name in CLASSES), "")
