"""Why a table cannot be read at all: each reason is an error of its own, with the way out."""

from __future__ import annotations

from oekoreport.errors import SourceError
from oekoreport.language import Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")

SAVE_ANEW = _("Open it in Excel or LibreOffice and save it again as an Excel workbook (.xlsx).")


class SheetTooLarge(SourceError):
    """A sheet claims more cells than any form has; reading it would eat the memory."""

    def __init__(self, place: Place, cells: int, limit: int) -> None:
        super().__init__(
            _("The sheet claims {cells} cells; at most {limit} are read.", cells=cells, limit=limit),
            place=place,
            hint=_("Delete the empty rows and columns around the data and save the file again."),
        )


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
