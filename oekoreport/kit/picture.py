"""Pictures that documents show, with the words for those who do not see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from oekoreport.errors import TemplateError
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from docx.image.image import Image

_ = catalogue("oekoreport")

FORMATS = {"image/png": "png", "image/jpeg": "jpg"}
"""What every document can show, with the ending of its files."""

NO_WORDS = _("Picture")
"""What is said of a picture of which nobody says what it shows."""


class NoPicture(TemplateError):
    """A file is to be shown that is no PNG or JPEG picture, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            _("This is no PNG or JPEG picture, whatever its name says."),
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
        image = _read(self.content)
        return self.width * image.px_height / image.px_width

    @property
    def media_type(self) -> str:
        """Its format: ``image/png`` or ``image/jpeg``."""
        return _read(self.content).content_type

    @property
    def ending(self) -> str:
        """The ending of a file of its format: ``png`` or ``jpg``."""
        return FORMATS[self.media_type]


def within(content: bytes, alt: str, width: float, height: float, wished: float | None = None) -> Picture:
    """Return a picture as wide as is wished, or as it is by itself; smaller where there is no room for that.

    Args:
        content: the file.
        alt: what the picture shows, in words.
        width: the most, in millimetres, as are all lengths.
        height: the most.
        wished: its width; that of the file where nothing is said.

    Raises:
        NoPicture: the file is none.
    """
    image = _read(content)
    shape = image.px_width / image.px_height
    return Picture(content, alt, min(wished or float(image.width.mm), width, height * shape))


@lru_cache(maxsize=8)
def _read(content: bytes) -> Image:
    from docx.image.image import Image

    try:
        image = Image.from_blob(content)
    except Exception as error:  # what stands in a broken file decides what is raised, a bare Exception at times
        raise NoPicture from error
    if image.content_type not in FORMATS or not (image.px_width and image.px_height):
        raise NoPicture
    return image
