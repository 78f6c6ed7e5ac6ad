"""The text of a Word document in Markdown: its chapters, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oekoreport import Finding, Place
from oekoreport.kit.forms import begins_with_instruction, is_instruction
from oekoreport.kit.package import Element, Package, local_name
from oekoreport.kit.prose import BLOCKS, PIECES, Extent
from oekoreport_tables.chapters import Chapter, section_named
from oekoreport_tables.word import remarks
from oekoreport_tables.word.inline import LEFT_OUT, Content, Reader, is_prompt
from oekoreport_tables.word.lists import Lists
from oekoreport_tables.word.markup import CELL_BREAK, literal, markdown, plain
from oekoreport_tables.word.notes import Notes
from oekoreport_tables.word.numbering import Numbering
from oekoreport_tables.word.pictures import Drawings
from oekoreport_tables.word.styles import Styles
from oekoreport_tables.word.tables import only_cell, paragraphs_in, rows_of, table_markdown
from oekoreport_tables.word.xml import child, chosen, inside, written

CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")

LAST_LEVEL = 6
"""Markdown's deepest heading."""


class Body:
    """Reads a document's text once, from its beginning to its end.

    Attributes:
        chapters: those read so far; the first is what stands before any heading.
        findings: what is wrong with the document as a whole, in whatever chapter it stands.
    """

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._file = package.place.file
        self._styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"), self._styles)
        self._roots = {kind: self._related(f"{kind}s") for kind in ("footnote", "endnote")}
        self._notes = Notes(self._roots)
        self._readers = {"": self._reader(main, self._notes)}
        for relation in package.relations(main).values():
            if relation.kind in {"footnotes", "endnotes"}:
                reader = self._reader(relation.target, Notes({}))  # a note has no notes
                self._readers[relation.kind.removesuffix("s")] = reader
        self._extent = Extent()
        self._heading = ""
        self._paragraph = 0
        self._opens = True
        self._lists = Lists()
        self.chapters = [Chapter(Place(self._file, paragraph=1))]
        self.findings: list[Finding] = []

    def read(self) -> None:
        """Read the document."""
        body = child(self._package.tree(self._main), "body")
        roots = [root for root in (body, *self._roots.values()) if root is not None]
        if any(next(inside(root, *CHANGES), None) is not None for root in roots):
            self.findings.append(remarks.TRACKED.at(self._package.place))
        self._blocks(body if body is not None else ())
        self._print_notes()

    def _related(self, kind: str) -> Element | None:
        """Return the root of the part that the text refers to as this (``styles``); None where there is none."""
        for relation in self._package.relations(self._main).values():
            if relation.kind == kind and not relation.external and relation.target in self._package:
                return self._package.tree(relation.target)
        return None

    def _reader(self, part: str, notes: Notes) -> Reader:
        relations = self._package.relations(part)
        return Reader(self._styles, relations, Drawings(self._package, relations), notes)

    @property
    def _place(self) -> Place:
        return Place(self._file, heading=self._heading, paragraph=self._paragraph)

    def _blocks(self, elements: Iterable[Element]) -> None:
        for each in elements:
            match local_name(each):
                case "p":
                    self._read_paragraph(each)
                case "tbl":
                    cell = only_cell(each)
                    if cell is None:
                        self._table(each)
                    else:
                        self._blocks(cell)
                case "sdt" if is_prompt(each):
                    self._paragraph += 1
                    self._note(remarks.PROMPT.at(self._place, text=written(each)))
                case "altChunk" | "subDoc":
                    self._note(remarks.EMBEDDED.at(self._place))
                case "oMathPara":
                    self._note(remarks.EQUATION.at(self._place))
                case "AlternateContent":
                    self._blocks(chosen(each))
                case name if name and name not in LEFT_OUT:  # whatever may stand around paragraphs
                    self._blocks(each)

    def _note(self, finding: Finding) -> None:
        self.chapters[-1].findings.append(finding)

    def _add(self, text: str) -> None:
        """Add a block to the chapter; Markdown wants an empty line between two."""
        self.chapters[-1].add(f"{text}\n", self._place)

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _read_paragraph(self, paragraph: Element) -> None:
        if self._styles.is_contents(paragraph):
            return
        content = self._content(paragraph, self._place._replace(paragraph=self._paragraph + 1))
        text = plain(content.pieces)
        level = self._styles.heading_level(paragraph)
        if level and text:
            self._print_heading(content, text, level)
            return
        item = None if _is_deleted(paragraph) else self._numbering.item(paragraph)  # an empty one counts in Word too
        if not content:
            return
        if is_instruction(text):
            self._print_rest(content)
            return
        self._paragraph += 1
        if begins_with_instruction(text):
            self._note(remarks.WRITTEN_ON.at(self._place, text=text))
        if section_named(text) and (self._styles.is_title(paragraph) or self._styles.stands_out(paragraph)):
            self.findings.append(remarks.NO_HEADING.at(self._place, title=text))
        elif self._styles.is_title(paragraph) and self._opens:
            self._opens = False
            self._print_rest(content)
            return
        self._pictures(content.before)
        if content.has_text:
            self._add(self._lists.written(markdown(content.pieces), item))
        self._pictures(content.after)
        self.chapters[-1].findings += content.findings

    def _content(self, paragraph: Element, place: Place, kind: str = "") -> Content:
        """Return what a paragraph holds; of a note, ``kind`` says which.

        Raises:
            SourceError: the document holds more than is printed.
        """
        self._extent.paragraph(written(paragraph), place)
        content = self._readers[kind].read(paragraph, place)
        self._extent.links(content.addresses, place)
        self._extent.add(PIECES, len(content.pieces), place)
        return content

    def _print_heading(self, content: Content, title: str, level: int) -> None:
        chapter = Chapter(Place(self._file, heading=title), level, title)
        if chapter.begins_after(self.chapters[-1]):
            self._print_notes()
            self.chapters.append(chapter)
        self._heading, self._paragraph = title, 0
        self._lists.end()
        if chapter is not self.chapters[-1]:
            self._add(f"{'#' * min(level, LAST_LEVEL)} {markdown(content.words, ' ')}")
        self._print_rest(content)

    def _pictures(self, pictures: Iterable[str]) -> None:
        for picture in pictures:
            self._lists.end()
            self._add(picture)

    def _print_rest(self, content: Content) -> None:
        """Add a paragraph's content other than words."""
        self._pictures(content.pictures)
        self.chapters[-1].findings += content.findings

    def _print_notes(self) -> None:
        """Print the notes of the chapter at its end."""
        while self._notes.waiting:
            mark, kind, note = self._notes.waiting.pop(0)
            self._lists.end()
            for paragraph in inside(note, "p"):
                content = self._content(paragraph, self._place, kind)
                if plain(content.pieces):
                    self._add(f"{mark} {markdown(content.words)}".strip())
                    mark = ""
                self._print_rest(content)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        self._paragraph += 1
        self._lists.end()
        rows = [self._row(cells) for cells in rows_of(table)]
        if any(any(row) for row in rows):
            width = max(map(len, rows))
            self._extent.add(BLOCKS, sum(width - len(row) for row in rows), self._place)
            self._add(table_markdown(rows))

    def _row(self, cells: Sequence[Element | None]) -> list[str]:
        self._extent.row(len(cells), self._place)
        return [self._cell(cell) for cell in cells]

    def _cell(self, cell: Element | None) -> str:
        """Return a cell as one line of Markdown."""
        lines: list[str] = []
        for paragraph in paragraphs_in(cell) if cell is not None else ():
            content = self._content(paragraph, self._place)
            self.chapters[-1].findings += content.findings
            text = plain(content.pieces)
            if self._styles.heading_level(paragraph) and section_named(text):
                self.findings.append(remarks.IN_TABLE.at(self._place, title=text))
            if is_instruction(text):
                lines += content.pictures
                continue
            lines += content.before
            if content.has_text:
                lines.append(self._mark(paragraph) + markdown(content.pieces, CELL_BREAK))
            lines += content.after
        return CELL_BREAK.join(lines)

    def _mark(self, paragraph: Element) -> str:
        item = self._numbering.item(paragraph)
        if item is None:
            return ""
        if item.label:
            return f"{literal(item.label)} "
        return "• " if item.number is None else f"{item.number}\\. "


def _is_deleted(paragraph: Element) -> bool:
    """Tell whether a tracked change took the paragraph itself away."""
    return child(paragraph, "pPr", "rPr", "del") is not None
