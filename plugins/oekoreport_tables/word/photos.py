"""Pictures as Word shows them: cut, turned and upright, in a format and a size that every document can take."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from oekoreport.kit.pictures import ORIENTATION, opened

if TYPE_CHECKING:
    from PIL.Image import Image

QUARTER = 90
"""Degrees; a picture that is turned by parts of this cannot be printed as Word shows it."""

WHOLE = 100_000
"""Word cuts pictures in parts of this."""

LARGEST = 2_400
"""Pixels of the longer side: 380 to the inch over the width of a page. More cannot be seen, and cannot be mailed."""

QUALITY = 90

PRINTED = ("PNG", "JPEG", "MPO")
PHOTOS = ("JPEG", "MPO", "WEBP")
READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
"""Formats: those that are printed as they are (MPO are JPEG of telephones), those that are written as JPEG, and those
that are read at all; a picture is never given to the other programs that some formats ask for."""


class Shown(NamedTuple):
    """How Word shows a picture: what is cut away at each side as a part of the whole, degrees clockwise, mirrored."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    turned: int = 0
    mirrored: bool = False
    upside_down: bool = False

    @property
    def lies_across(self) -> bool:
        """Whether width and height have changed places."""
        return self.turned % (2 * QUARTER) == QUARTER


def as_shown(content: bytes, shown: Shown) -> bytes:
    """Return a picture as Word shows it, as PNG or JPEG; the file unchanged if Word shows it so.

    Raises:
        NoPicture: the file is not a picture, is damaged, or has a format that cannot be printed (EMF, WMF).
    """
    with opened(content, READ) as image:
        if image.format in PRINTED and image.mode != "CMYK" and shown == Shown() and _is_upright_and_small(image):
            return content
        return _written(_made(image, shown), photo=image.format in PHOTOS)


def _is_upright_and_small(image: Image) -> bool:
    return image.getexif().get(ORIENTATION, 1) == 1 and max(image.size) <= LARGEST


def _made(image: Image, shown: Shown) -> Image:
    """Return a picture cropped, then mirrored, then rotated."""
    from PIL.Image import Transpose

    width, height = image.size
    edges = (shown.left * width, shown.top * height, (1 - shown.right) * width, (1 - shown.bottom) * height)
    left, top, right, bottom = map(round, edges)
    made = image.convert("RGBA" if image.has_transparency_data else "RGB").crop((left, top, right, bottom))
    if shown.mirrored:
        made = made.transpose(Transpose.FLIP_LEFT_RIGHT)
    if shown.upside_down:
        made = made.transpose(Transpose.FLIP_TOP_BOTTOM)
    turns = {QUARTER: Transpose.ROTATE_270, 2 * QUARTER: Transpose.ROTATE_180, 3 * QUARTER: Transpose.ROTATE_90}
    if shown.turned in turns:
        made = made.transpose(turns[shown.turned])
    made.thumbnail((LARGEST, LARGEST))
    return made


def _written(image: Image, *, photo: bool) -> bytes:
    buffer = BytesIO()
    if photo and image.mode == "RGB":
        image.save(buffer, "JPEG", quality=QUALITY)
    else:
        image.save(buffer, "PNG")
    return buffer.getvalue()
