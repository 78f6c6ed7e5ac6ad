"""Pictures of a document, with their alternative texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from warnings import catch_warnings, simplefilter

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


MOST_PIXELS = 50_000_000
"""A page printed at 600 dots to the inch has 35 million; opened, so many take 200 MB."""


class NoPicture(TemplateError):
    """The file is not a PNG or JPEG picture, whatever its name says."""

    reason = _("This is not a PNG or JPEG picture, whatever its name says.")
    way_out = _("Open it in a picture program and save it as PNG or JPEG.")

    def __init__(self) -> None:
        super().__init__(self.reason, hint=self.way_out)


class PictureTooLarge(NoPicture):
    """The picture is one, but of more pixels than are opened."""

    reason = _(
        "The picture has more than {limit} million pixels; such a picture is not opened.", limit=MOST_PIXELS // 10**6
    )
    way_out = _("Save it smaller in a picture program; 2,000 pixels are enough for the width of a page.")


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
        PictureTooLarge: it has more pixels than are opened; nothing of it was decoded.
        NoPicture: the file is neither PNG nor JPEG, or is damaged.
    """
    from PIL import Image

    try:
        if whole:
            with _sized(content, formats) as image:
                image.verify()  # to the last byte, after which it has to be opened again
        with _sized(content, formats) as image:
            if whole:
                image.load()
            yield image
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture from error


def _sized(content: bytes, formats: tuple[str, ...]) -> Image:
    """Return a picture of which the head alone was read, if its size is one that is opened."""
    from PIL import Image

    with catch_warnings():
        simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(BytesIO(content), formats=formats)
        except Image.DecompressionBombWarning as warning:
            raise PictureTooLarge from warning
    if image.width * image.height > MOST_PIXELS:
        raise PictureTooLarge
    return image


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
