"""Why a table cannot be read at all: each reason is an error of its own, with the way out."""

from __future__ import annotations

from oekoreport.errors import SourceError
from oekoreport.language import Message, catalogue
from oekoreport.places import Place
from oekoreport.sheets.tables.book import MAX_SPECIAL

_ = catalogue("oekoreport")

NEW_WORKBOOK = _("Copy the cells that are needed into a new workbook.")
SAVE_ANEW = _("Open it in Excel or LibreOffice and save it again as an Excel workbook (.xlsx).")


class SheetTooLarge(SourceError):
    """A sheet claims more cells than any form has; reading it would eat the memory."""

    def __init__(self, place: Place, cells: int, limit: int) -> None:
        super().__init__(
            _("The sheet claims {cells} cells; at most {limit} are read.", cells=cells, limit=limit),
            place=place,
            hint=_("Delete the empty rows and columns around the data and save the file again."),
        )


class TooManyTexts(SourceError):
    """A workbook claims more shared texts than the cells that are read could show."""

    def __init__(self, place: Place, texts: int, limit: int) -> None:
        super().__init__(
            _("The workbook holds {texts} different texts; at most {limit} are read.", texts=texts, limit=limit),
            place=place,
            hint=NEW_WORKBOOK,
        )


class TextTooLong(SourceError):
    """A text of a workbook, or blanks in it, is longer than Excel lets a cell hold."""

    def __init__(self, place: Place, limit: int) -> None:
        super().__init__(
            _("A text in the workbook has more than {limit} bytes, more than a cell can hold.", limit=limit),
            place=place,
            hint=NEW_WORKBOOK,
        )


class TooMuch(SourceError):
    """A table holds more of something than any that people keep; ``reason`` says of what, and how much is read."""

    def __init__(self, place: Place, reason: Message) -> None:
        super().__init__(reason, place=place, hint=NEW_WORKBOOK)


def too_many_special(place: Place) -> TooMuch:
    """Return the error that more cells than are read need a look of their own."""
    what = _("The sheet has more than {limit} cells with failed formulas or special formats.", limit=MAX_SPECIAL)
    return TooMuch(place, what)


class NotAWorkbook(SourceError):
    """The bytes are not the workbook or table that the file's name promises; ``reason`` says what is wrong."""

    def __init__(self, place: Place, reason: Message | str) -> None:
        super().__init__(_("The file is not a readable table: {reason}", reason=reason), place=place, hint=SAVE_ANEW)


class LegacyBinary(SourceError):
    """A file of the old binary formats (.xls, .xlsb) that their reader failed on; ``reason`` is what it said."""

    def __init__(self, place: Place, reason: Message | str) -> None:
        super().__init__(
            _("The file in the old binary format cannot be read: {reason}", reason=reason), place=place, hint=SAVE_ANEW
        )
