"""Pictures of a document, with their alternative texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from oekoreport.errors import TemplateError
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from PIL.Image import Image

_ = catalogue("oekoreport")

FORMATS = {"image/png": "png", "image/jpeg": "jpg"}
"""What every document can show, with the ending of its files."""

ORIENTATION = 0x0112
"""The tag by which a camera says how it was held; Word does not look at it, Typst does."""

INCH = 25.4
SCREEN = 96.0
"""Dots to the inch where a picture says nothing, as Word takes it."""

NO_WORDS = _("Picture")
"""The alternative text of a picture that has none of its own."""


class NoPicture(TemplateError):
    """The file is not a PNG or JPEG picture, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a PNG or JPEG picture, whatever its name says."),
            hint=_("Open it in a picture program and save it as PNG or JPEG."),
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture; ``alt`` says in words what it shows, ``width`` is in millimetres."""

    content: bytes
    alt: str
    width: float

    @property
    def height(self) -> float:
        """The height in millimetres that keeps the picture's shape."""
        look = _read(self.content)
        return self.width * look.rows / look.columns

    @property
    def media_type(self) -> str:
        """Its format: ``image/png`` or ``image/jpeg``."""
        return _read(self.content).media_type

    @property
    def ending(self) -> str:
        """The ending of a file of its format: ``png`` or ``jpg``."""
        return FORMATS[self.media_type]

    @property
    def file(self) -> str:
        """The name of its file, the same for the same content."""
        return f"{hashlib.sha256(self.content).hexdigest()[:16]}.{self.ending}"


def within(content: bytes, alt: str, width: float, height: float, wished: float | None = None) -> Picture:
    """Return a picture with the wished width, or its own; reduced if it exceeds the room.

    Args:
        content: the file.
        alt: what the picture shows, in words.
        width: the most, in millimetres, as are all lengths.
        height: the most.
        wished: its width; that of the file where nothing is said.

    Raises:
        NoPicture: the file is none.
    """
    look = _read(content)
    own = look.columns / look.dots * INCH
    return Picture(content, alt, min(wished or own, width, height * look.columns / look.rows))


@contextmanager
def opened(content: bytes, formats: tuple[str, ...] = ("PNG", "JPEG"), *, whole: bool = True) -> Iterator[Image]:
    """Open a picture, fully decoded if the whole is wanted; errors within the block count as damage to the picture.

    Raises:
        NoPicture: the file is neither PNG nor JPEG, or is damaged.
    """
    from PIL import Image

    try:
        if whole:
            with Image.open(BytesIO(content), formats=formats) as image:
                image.verify()  # to the last byte, after which it has to be opened again
        with Image.open(BytesIO(content), formats=formats) as image:
            if whole:
                image.load()
            yield image
    except (Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture from error


@lru_cache(maxsize=8)
def upright(content: bytes) -> bytes:
    """Return a picture rotated as its EXIF data say; the file unchanged if they say nothing.

    Raises:
        NoPicture: the file is not a picture, or is damaged.
    """
    from PIL import ImageOps

    with opened(content) as image:
        if image.getexif().get(ORIENTATION, 1) == 1:
            return content
        buffer = BytesIO()
        ImageOps.exif_transpose(image).save(buffer, "PNG" if image.format == "PNG" else "JPEG", quality=90)
        return buffer.getvalue()


class _Look(NamedTuple):
    """What a file says of its picture: its size in pixels, how many of them make an inch, and its format."""

    columns: int
    rows: int
    dots: float
    media_type: str


@lru_cache(maxsize=8)
def _read(content: bytes) -> _Look:
    with opened(content, whole=False) as image:
        dots = float(image.info.get("dpi", (SCREEN,))[0])
        media_type = "image/png" if image.format == "PNG" else "image/jpeg"  # those of telephones are MPO
        return _Look(*image.size, dots if dots >= 1 else SCREEN, media_type)
