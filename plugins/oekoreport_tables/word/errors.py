"""Why a narrative in Word cannot be read at all."""

from __future__ import annotations

from oekoreport import Message, Place, SourceError, catalogue

_ = catalogue("oekoreport_tables")

SAVE_ANEW = _("Open it in Word or LibreOffice and save it again as a Word document (.docx).")


class NoWordDocument(SourceError):
    """The bytes are no Word document; ``reason`` says what is wrong."""

    def __init__(self, place: Place, reason: Message | str) -> None:
        super().__init__(
            _("The file is not a readable Word document: {reason}", reason=reason), place=place, hint=SAVE_ANEW
        )
