"""Where in a Word document something stands, as an officer finds it: header, table, row, paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from oekoreport.documents.elements import W, above
from oekoreport.language import Locale, Message, catalogue, texts

_ = catalogue("oekoreport")

PARTS = texts("oekoreport.documents.proof")["parts"]
"""What officers call the parts of a file, by the beginnings of their names."""

CONTAINERS = frozenset(f"{W}{name}" for name in ("body", "hdr", "ftr", "footnote", "endnote", "tc", "txbxContent"))


class Spot(NamedTuple):
    """A paragraph of a part; table, row and cell count from 1 and are 0 outside of tables.

    ``paragraph`` counts in the innermost container: body, cell, text box; ``order`` counts all of the part from 0.
    """

    part: str = "word/document.xml"
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    box: bool = False
    order: int = -1

    @property
    def in_body(self) -> bool:
        """Whether it stands in the document's own text, where Word can hold a comment."""
        return self.part == "word/document.xml" and not self.box

    def localize(self, locale: Locale) -> str:
        """Return the place in words: ``Table 2, row 3, column 1``."""
        return ", ".join(locale.show(each) for each in self._words())

    def _words(self) -> Iterator[Message | str]:
        leaf = self.part.rpartition("/")[2]
        stem = "rels" if leaf.endswith(".rels") else leaf.partition(".")[0].rstrip("0123456789")
        if stem in PARTS:
            yield _("{part} ({file})", part=PARTS[stem], file=leaf)
        elif not self.paragraph:
            yield _("Document") if stem == "document" else _("part {part}", part=self.part)
        if self.box:
            yield _("text box")
        if self.table:
            yield _("table {number}", number=str(self.table))
            yield _("row {row}", row=str(self.row))
            yield _("column {column}", column=str(self.cell))
        if self.paragraph and (not self.table or self.paragraph > 1):
            yield _("paragraph {number}", number=str(self.paragraph))

    def path(self) -> str:
        """Return the place for programs: ``word/document.xml/tbl[2]/tr[3]/tc[1]/p[1]``."""
        table = f"/tbl[{self.table}]/tr[{self.row}]/tc[{self.cell}]" if self.table else ""
        box = "/txbxContent" if self.box else ""
        paragraph = f"/p[{self.paragraph}]" if self.paragraph else ""
        return f"{self.part}{box}{table}{paragraph}"


def spots(part: str, tree: Any) -> dict[Any, Spot]:
    """Return the spot of each paragraph of a part."""
    cells = dict(_cells(tree))
    counted: Counter[Any] = Counter()
    found = {}
    for index, paragraph in enumerate(tree.iter(f"{W}p")):
        holder = next((each for each in paragraph.iterancestors() if each.tag in CONTAINERS), None)
        counted[holder] += 1
        box = any(each.tag == f"{W}txbxContent" for each in paragraph.iterancestors())
        place: tuple[int, int, int] = cells.get(holder, (0, 0, 0))
        found[paragraph] = Spot(part, counted[holder], *place, box, index)
    return found


def _cells(tree: Any) -> Iterator[tuple[Any, tuple[int, int, int]]]:
    """Yield each cell with the numbers of its table, row and column; content controls may stand between them."""
    tables = {table: number for number, table in enumerate(tree.iter(f"{W}tbl"), 1)}
    rows: Counter[Any] = Counter()
    columns: Counter[Any] = Counter()
    numbers: dict[Any, int] = {}
    for row in tree.iter(f"{W}tr"):
        rows[table := above(row, "tbl")] += 1
        numbers[row] = rows[table]
    for cell in tree.iter(f"{W}tc"):
        columns[row := above(cell, "tr")] += 1
        yield cell, (tables.get(above(cell, "tbl"), 0), numbers.get(row, 0), columns[row])
