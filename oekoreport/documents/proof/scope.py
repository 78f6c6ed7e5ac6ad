"""Blocks of a template and the names that exist in them: the document's, and those that loops and conditions bring."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from oekoreport.documents.proof.shapes import ANYTHING, Shape
from oekoreport.documents.proof.tags import Tag

ENDS = {"for": "endfor", "if": "endif", "set": "endset", "with": "endwith"}
"""The blocks of a template, each with the tag that ends it."""


class Everything(Mapping[str, Shape]):
    """A scope in which every name may stand for anything: what a template is checked against without a project."""

    def __getitem__(self, name: str) -> Shape:
        return ANYTHING

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that exist at a place, and the paths whose existence a condition around asks about."""

    names: Mapping[str, Shape]
    granted: frozenset[str] = frozenset()

    def with_names(self, more: Mapping[str, Shape]) -> Scope:
        """Return the scope with more names in it."""
        names = dict(self.names) if not isinstance(self.names, Everything) else self.names
        return self if isinstance(names, Everything) else replace(self, names={**names, **more})


@dataclass(slots=True)
class Block:
    """A loop or condition that is open: the tag that began it, the scope around it, what its last branch began with."""

    tag: Tag
    word: str
    around: Scope
    alone: bool = False
    """Whether its “else” stood already."""


def end_of(tag: Tag) -> str:
    """Return the tag that ends a block, written as it has to be there: ``{%tr endfor %}``."""
    word = difflib.get_close_matches(tag.word, list(ENDS), n=1)
    return f"{{%{tag.prefix} {ENDS[word[0]] if word else 'end'} %}}"
