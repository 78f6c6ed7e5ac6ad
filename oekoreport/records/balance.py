"""The balance of a file: what each of its filled cells was taken for, so that none is passed over in silence.

Importers yield ``Cells`` beside records and findings, one for each stretch of cells: a sheet's heads, a column, a block
of notes, never one a cell. The counts of a file add up to the cells of it that hold something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from oekoreport.findings import Finding, Severity
from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")

LEFT_OUT_NUMBERS = "DATA-LEFT-OUT"
"""The code of the open question for a column of numbers that is left out; the one of reading that can be waived."""


class Role(StrEnum):
    """What a cell is to the program."""

    TITLE = "title"
    HEAD = "head"
    LABEL = "label"
    NOTE = "note"
    FIELD = "field"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> Message:
        """The role in words, of many cells."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.TITLE: _("Titles"),
    Role.HEAD: _("Heads"),
    Role.LABEL: _("Labels"),
    Role.NOTE: _("Texts"),
    Role.FIELD: _("Data"),
    Role.LEFT_OUT: _("Left out"),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """A stretch of filled cells of one role: where it begins, how many they are, and why they are left out.

    Where a file has no cells, its own units are counted: the paragraphs of a text.
    """

    place: Place
    role: Role
    count: int
    reason: Message | None = None


class Balance(tuple[Cells, ...]):
    """The cells of all files, in the order in which the files were read."""

    __slots__ = ()

    def by_file(self) -> dict[str, Counter[Role]]:
        """Return how many cells of each role a file has."""
        counts: dict[str, Counter[Role]] = {}
        for cells in self:
            counts.setdefault(cells.place.file, Counter())[cells.role] += cells.count
        return counts

    def left_out(self) -> list[Cells]:
        """Return the cells that are left out."""
        return [cells for cells in self if cells.role is Role.LEFT_OUT]


def numbers_left_out(
    place: Place, head: str, numbers: Sequence[Decimal], message: Message, way_out: Message
) -> Finding:
    """Return the open question for a column of numbers that is not read.

    Args:
        place: the column's head.
        head: its text.
        numbers: what stands in the column. A waiver names how many they are and their sum, and so holds until they
            change.
        message: what is left out, and why.
        way_out: what to write where, so that it is read.
    """
    total = Locale("de").number(sum(numbers, Decimal()).normalize()).replace("\u2212", "-")
    where = "!".join(part for part in (place.file, place.sheet, " ".join(head.split())) if part)
    subject = f"{where} ({len(numbers)}, Σ {total})"
    no = _(
        "If it is not needed, enter in the sheet “Waivers”: rule {code}, subject “{subject}”, kind “Internal note”.",
        code=LEFT_OUT_NUMBERS,
        subject=subject,
    )
    hint = Message("{way_out} {no}", way_out=way_out, no=no)
    return Finding(
        LEFT_OUT_NUMBERS, Severity.ERROR, message, place, ("column", subject), found=head, hint=hint, question=True
    )
