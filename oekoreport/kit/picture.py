"""Pictures that documents show, with the words for those who do not see them."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from oekoreport.errors import TemplateError
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

PNG = b"\x89PNG\r\n\x1a\n"


class NoPicture(TemplateError):
    """A file is to be shown that is no PNG picture, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            _("This is no PNG picture, whatever its name says."), hint=_("Save the picture as PNG under the same name.")
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture; ``alt`` says in words what it shows, ``width`` is in millimetres."""

    content: bytes
    alt: str
    width: float

    @property
    def height(self) -> float:
        """The height in millimetres that keeps the picture's shape."""
        if self.content[:8] != PNG:
            raise NoPicture
        columns, rows = struct.unpack(">II", self.content[16:24])
        return float(self.width * rows / columns)
