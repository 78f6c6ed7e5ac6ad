"""Hints for a wrong name: the name probably meant, or the parts that exist."""

from __future__ import annotations

import difflib
from typing import Any

from oekoreport.documents.proof.shapes import Shape, Sort
from oekoreport.documents.views import VALUES
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

SHOWN = 12
"""How many names a way out lists."""


def meant(name: str, known: Any) -> str | None:
    """Return the name probably meant; the comparison ignores case."""
    folded = {str(each).casefold(): str(each) for each in known}
    found = difflib.get_close_matches(name.casefold(), list(folded), n=1)
    return folded[found[0]] if found else None


def listed(names: list[str]) -> tuple[str, ...]:
    """Return the first names of a list, and a sign that there are more."""
    return (*names[:SHOWN], "…") if len(names) > SHOWN else tuple(names)


def no_list(name: str, shape: Shape) -> tuple[Message, Message | None]:
    """Return the message and hint for looping over or counting something other than a list."""
    lists = [each for each in shape.names() if (part := shape.part(each)) and part.sort is Sort.LIST]
    hint = _("Lists in it: {choices}.", choices=tuple(f"{name}.{each}" for each in lists[:SHOWN])) if lists else None
    return _("“{name}” is not a list.", name=name), hint


def no_value(name: str, shape: Shape) -> tuple[Message, Message | None]:
    """Return the message and hint for printing something other than a value."""
    told = _("“{name}” is not a printable value.", name=name)
    if shape.sort is Sort.LIST:
        items = [each for each in shape.items().names() if _prints(shape.items().part(each))]
        telling = next((each for each in ("name", "title") if each in items), items[0] if items else "")
        return told, _("It is a list: {loop}", loop=loop_over(name, telling))
    parts = [f"{name}.{each}" for each in shape.names()]
    return told, _("Name one of its parts: {choices}.", choices=listed(parts)) if parts else None


def loop_over(name: str, part: str) -> str:
    """Return the source of a loop over a list that prints a part of each item."""
    return f"{{% for x in {name} %}} {{{{ {f'x.{part}' if part else 'x'} }}}} {{% endfor %}}"


def _prints(shape: Shape | None) -> bool:
    return shape is not None and not shape.anything and isinstance(shape.example, VALUES)
