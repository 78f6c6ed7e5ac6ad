"""Pictures that documents show, with the words for those who do not see them."""

from __future__ import annotations

import struct
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"


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
            message = "a picture must be PNG"
            raise ValueError(message)
        columns, rows = struct.unpack(">II", self.content[16:24])
        return float(self.width * rows / columns)
