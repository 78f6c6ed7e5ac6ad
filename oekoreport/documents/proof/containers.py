"""Whether a block ends in what it began in: the same table, row, cell, paragraph; else it takes half of something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oekoreport.documents.elements import W
from oekoreport.documents.proof.faults import Kind
from oekoreport.documents.proof.reasons import Reason
from oekoreport.documents.proof.tags import Tag
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

FENCES = frozenset(f"{W}{name}" for name in ("tc", "tbl", "footnote", "endnote", "txbxContent"))


def apart(begun: Tag, tag: Tag) -> Iterator[Reason]:
    """Yield the fault of a block that ends in a different table, cell or paragraph than it began in."""
    if "-" in (begun.text[2], begun.text[-3], tag.text[2], tag.text[-3]) or begun.trouble or tag.trouble:
        return  # docxtpl moves those; what becomes of them is seen in the whole
    way, other = _ways_apart(begun, tag)
    if way != other:
        told = _(
            "{tag} is not in the same table, cell or paragraph as its start tag {begun}.",
            tag=tag.text,
            begun=begun.text,
        )
        right = f"{{%{begun.prefix} {tag.inside} %}}"
        hint = (
            _("Write {right}, and keep both in the same table or series of paragraphs.", right=right)
            if begun.prefix != tag.prefix
            else _("Move one of the two so that both are in the same table or series of paragraphs.")
        )
        yield Reason(Kind.TORN_BLOCK, told, hint)
    elif FENCES.intersection(way):
        told = _("{tag} and its start tag {begun} are in different cells.", tag=tag.text, begun=begun.text)
        yield Reason(Kind.ACROSS_CELLS, told, _("Repeat rows with {%tr …%}, columns with {%tc …%}."))


def torn(begun: Tag, tag: Tag) -> bool:
    """Tell whether an end tag is elsewhere than its start tag."""
    way, other = _ways_apart(begun, tag)
    return way != other


def _ways_apart(one: Tag, other: Tag) -> tuple[list[str], list[str]]:
    """Return the names of the elements around each of two tags, from where they part."""
    way, another = _way_to(one), _way_to(other)
    while way and another and way[0] is another[0]:
        way, another = way[1:], another[1:]
    return [each.tag for each in way], [each.tag for each in another]


def _way_to(tag: Tag) -> list[Any]:
    """Return the ancestors of the element that a tag replaces, outermost first; for a tag in a text, its own too."""
    held = tag.holder if tag.prefix else None
    element = tag.elements[0] if held is None else held
    above_it = [*reversed(list(element.iterancestors()))]
    return above_it if held is not None else [*above_it, element]
