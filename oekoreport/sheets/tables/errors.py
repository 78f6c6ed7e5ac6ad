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
            hint=_("Delete the empty rows and columns beside the data and save the file again."),
        )


class UnpacksTooLarge(SourceError):
    """A small file that unpacks to far more than a workbook holds."""

    def __init__(self, place: Place, limit: int) -> None:
        super().__init__(
            _("The file unpacks to more than {megabytes} MB.", megabytes=limit // 1_000_000),
            place=place,
            hint=_("Copy the data into a new workbook."),
        )


class PasswordProtected(SourceError):
    """A workbook that opens with a password only."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The file is protected by a password."),
            place=place,
            hint=_("Open it, remove the password and save it again."),
        )


class NotAWorkbook(SourceError):
    """The bytes are not the workbook or table that the file's name promises; ``reason`` says what is wrong."""

    def __init__(self, place: Place, reason: Message | str) -> None:
        super().__init__(_("The file is no readable table: {reason}", reason=reason), place=place, hint=SAVE_ANEW)


class UnsafeMarkup(SourceError):
    """XML that declares entities: no spreadsheet program writes that, and reading it can eat the memory."""

    def __init__(self, place: Place, member: str) -> None:
        super().__init__(
            _("“{member}” inside the file declares a document type; this is not read.", member=member),
            place=place,
            hint=SAVE_ANEW,
        )


class LegacyBinary(SourceError):
    """A file of the old binary formats (.xls, .xlsb) that their reader failed on; ``reason`` is what it said."""

    def __init__(self, place: Place, reason: Message | str) -> None:
        super().__init__(
            _("The file in the old binary format cannot be read: {reason}", reason=reason), place=place, hint=SAVE_ANEW
        )
