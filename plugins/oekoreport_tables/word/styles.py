"""Styles of a Word document: which paragraphs are headings, and what is bold, italic or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oekoreport.kit.package import Element, local_name
from oekoreport_tables.word.xml import attribute, child, inside, is_on, number

HEADING = re.compile(r"(?:heading|überschrift) ([1-9])")
TITLES = frozenset({"title", "titel", "subtitle", "untertitel"})
CONTENTS = re.compile(r"(?:toc|verzeichnis) (?:heading|[1-9])|(?:table of contents|inhaltsverzeichnis).*")
"""Styles of a table of contents, which repeats what the headings say."""

NO_HEADING = 9
"""Word's outline level of plain text; it counts levels from 0."""


class Styles:
    """The styles of a document by their ids; Word keeps English names for its own, whatever language it speaks."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {
            attribute(each, "styleId"): each for each in (inside(root, "style") if root is not None else ())
        }

    def chain(self, element: Element, properties: str, kind: str) -> Iterator[Element]:
        """Yield the style that an element names and those that it is based on."""
        style_id, seen = attribute(child(element, properties, kind)), set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = attribute(child(self._styles[style_id], "basedOn"))

    def names(self, paragraph: Element) -> list[str]:
        """Return the names of a paragraph's style and of those that it is based on, in lower case."""
        return [attribute(child(style, "name")).casefold() for style in self.chain(paragraph, "pPr", "pStyle")]

    def heading_level(self, paragraph: Element) -> int:
        """Return a heading's level, counted from 1; 0 for any other paragraph."""
        own = number(child(paragraph, "pPr", "outlineLvl"))
        if own is not None:
            return _level(own)
        for style in self.chain(paragraph, "pPr", "pStyle"):
            if match := HEADING.fullmatch(attribute(child(style, "name")).casefold()):
                return int(match[1])
            outline = number(child(style, "pPr", "outlineLvl"))
            if outline is not None:
                return _level(outline)
        return 0

    def is_title(self, paragraph: Element) -> bool:
        """Tell whether a paragraph is the title of the whole document."""
        return any(name in TITLES for name in self.names(paragraph))

    def is_contents(self, paragraph: Element) -> bool:
        """Tell whether a paragraph belongs to a table of contents."""
        return any(CONTENTS.fullmatch(name) for name in self.names(paragraph))

    def of_run(self, run: Element, name: str) -> Element | None:
        """Return a property of a run (``vertAlign``), its own or that of its style; None where it has none."""
        holders = (run, *self.chain(run, "rPr", "rStyle"))
        return next((found for each in holders if (found := child(each, "rPr", name)) is not None), None)

    def is_set(self, run: Element, name: str) -> bool:
        """Tell whether a run has a property that can be switched (``b``)."""
        return is_on(self.of_run(run, name))

    def shift(self, run: Element) -> int:
        """Return 1 for raised text, -1 for lowered text and 0 for other; LibreOffice moves it by half points."""
        align = attribute(self.of_run(run, "vertAlign"))
        moved = attribute(self.of_run(run, "position"))
        if align == "superscript" or (moved.isdecimal() and moved.strip("0")):
            return 1
        return -1 if align == "subscript" or moved.startswith("-") else 0

    def stands_out(self, paragraph: Element) -> bool:
        """Tell whether a whole paragraph is bold or underlined, as a heading that was made by hand."""
        runs = [run for run in inside(paragraph, "r") if any(local_name(each) == "t" for each in run)]
        styled = (child(style, "rPr", "b") for style in self.chain(paragraph, "pPr", "pStyle"))
        if is_on(next((each for each in styled if each is not None), None)):
            return True
        return bool(runs) and all(self.is_set(run, "b") or self.is_set(run, "u") for run in runs)


def _level(outline: int) -> int:
    return 0 if outline >= NO_HEADING else outline + 1
