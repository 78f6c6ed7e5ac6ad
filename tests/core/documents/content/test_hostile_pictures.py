"""Pictures that claim more than they hold: named as what they are, before anything of them is decoded."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from oekoreport.documents.content.picture import MOST_PIXELS, NoPicture, PictureTooLarge, upright, within
from oekoreport.language import Locale


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(b"\0" * 110)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def lying_jpeg() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (10, 10)).save(buffer, "JPEG")
    whole = buffer.getvalue()
    size = whole.index(b"\xff\xc0") + 5
    return whole[:size] + struct.pack(">HH", 65_000, 65_000) + whole[size + 4 :]


BOMB = zlib.compress(b"\0" * 50_000_000, 9)


@pytest.mark.parametrize(
    "content",
    [png(30_000, 30_000), png(10_000, MOST_PIXELS // 10_000 + 1), png(2**31 - 1, 2**31 - 1), lying_jpeg()],
    ids=["900 million pixels", "a row too many", "the most that PNG can say", "a JPEG that lies"],
)
def test_one_of_too_many_pixels_is_named_and_not_decoded(content: bytes) -> None:
    for read in (upright, lambda content: within(content, "", 100, 100)):
        with pytest.raises(PictureTooLarge) as caught:
            read(content)
    assert caught.value.localize(Locale("de")) == (
        "Das Bild hat mehr als 50 Millionen Bildpunkte; ein so großes Bild wird nicht geöffnet.\n"
        "Speichern Sie es in einem Bildprogramm kleiner; für die Breite einer Seite genügen 2.000 Bildpunkte."
    )


@pytest.mark.parametrize(
    "content",
    [
        png(10, 10, chunk(b"zTXt", b"a\0\0" + BOMB)),
        png(10, 10, chunk(b"iCCP", b"a\0\0" + BOMB)),
        png(10, 10)[:-20],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 100,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"II*\0" + b"\0" * 100,
    ],
    ids=["text bomb", "profile bomb", "truncated", "SVG", "GIF", "WebP", "TIFF"],
)
def test_what_is_damaged_or_of_another_kind_is_none(content: bytes) -> None:
    with pytest.raises(NoPicture):
        upright(content)


def test_one_of_the_limits_size_is_opened() -> None:
    buffer = BytesIO()
    Image.new("1", (10_000, MOST_PIXELS // 10_000)).save(buffer, "PNG")
    assert upright(buffer.getvalue()) == buffer.getvalue()
