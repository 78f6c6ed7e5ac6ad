"""Pictures: small files that are huge when drawn, files that are no pictures, and formats that run programs."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.attacks.attack import attack
from tests.attacks.dice import dice
from tests.attacks.ground import Ground

LOGO = "templates/award/logo.png"
CERTIFICATES = ("-e", "certificates")


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes | None = None) -> bytes:
    """Return a PNG of grey that claims this size; ``data`` is its compressed content, black if left out."""
    if data is None:
        packer, line = zlib.compressobj(1), b"\0" * (width // 8 + 2)
        data = b"".join([*(packer.compress(line) for _row in range(height)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


def saved(kind: str, **options: object) -> bytes:
    """Return a small picture in a format of Pillow's."""
    buffer = BytesIO()
    Image.new("RGB", (40, 40), "green").save(buffer, kind, **options)
    return buffer.getvalue()


def _shown_or_named(ground: Ground, content: bytes, name: str = LOGO) -> None:
    """Demand that a logo is taken or refused by its name, and that no other file is blamed."""
    ground.put(name, content)
    run = ground.run("build", "runde", *CERTIFICATES)
    ground.told = f"exit {run.code}: {run.said[:150]}"
    if run.code == 2:
        assert name.rpartition("/")[2] in run.said, run.said
    ground.demand_whole()


@attack("A logo of 100 kB has 30,000 × 30,000 points", always=True)
def bomb(ground: Ground) -> None:
    _shown_or_named(ground, png(30_000, 30_000))


@attack("A logo claims 2,000,000,000 × 2,000,000,000 points")
def claimed(ground: Ground) -> None:
    _shown_or_named(ground, png(2_000_000_000, 2_000_000_000, data=zlib.compress(b"\0" * 100)))


@attack("A logo has no point: 0 × 0")
def nothing(ground: Ground) -> None:
    _shown_or_named(ground, png(0, 0, data=zlib.compress(b"")))


@attack("The text of a logo unpacks to 500 MB")
def text_bomb(ground: Ground) -> None:
    packer = zlib.compressobj(9)
    text = b"".join([*(packer.compress(b"a" * 1_000_000) for _n in range(500)), packer.flush()])
    _shown_or_named(ground, png(10, 10, (b"zTXt", b"Comment\0\0" + text)))


@attack("The colour profile of a logo unpacks to 500 MB")
def profile_bomb(ground: Ground) -> None:
    packer = zlib.compressobj(9)
    profile = b"".join([*(packer.compress(b"a" * 1_000_000) for _n in range(500)), packer.flush()])
    _shown_or_named(ground, png(10, 10, (b"iCCP", b"x\0\0" + profile)))


@attack("The data of a logo unpack to 800 MB although it is 10 × 10")
def data_bomb(ground: Ground) -> None:
    packer = zlib.compressobj(1)
    data = b"".join([*(packer.compress(b"\0" * 1_000_000) for _n in range(800)), packer.flush()])
    _shown_or_named(ground, png(10, 10, data=data))


@attack("A logo is cut in the middle")
def cut(ground: Ground) -> None:
    content = saved("PNG")
    _shown_or_named(ground, content[: len(content) // 2])


@attack("A logo is of random bytes behind the right beginning")
def noise(ground: Ground) -> None:
    _shown_or_named(ground, b"\x89PNG\r\n\x1a\n" + dice(1).randbytes(50_000))


@attack("A logo is a PostScript file, which runs a program where it is drawn")
def postscript(ground: Ground) -> None:
    script = (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n("
        + str(ground.root).encode()
        + b"/ran) (w) file closefile\n"
    )
    _shown_or_named(ground, script)


@attack("A logo is a PDF, an SVG with a foreign picture, a TIFF, a BMP, a WebP, a GIF of 5,000 frames")
def other_formats(ground: Ground) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{ground.listener.url}/x.png"/></svg>'.encode()
    frames = [Image.new("P", (20, 20), number % 250) for number in range(5000)]
    animated = BytesIO()
    frames[0].save(animated, "GIF", save_all=True, append_images=frames[1:])
    for content in (b"%PDF-1.7\n%%EOF", svg, saved("TIFF"), saved("BMP"), saved("WEBP"), animated.getvalue()):
        _shown_or_named(ground, content)


DRAWING = "templates/award/logo.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{drawn}</svg>'


@attack("A drawing as a logo has 100,000 groups in each other")
def deep_drawing(ground: Ground) -> None:
    drawn = "<g>" * 100_000 + '<path d="M0 0h9v9z"/>' + "</g>" * 100_000
    _shown_or_named(ground, SVG.format(drawn=drawn).encode(), DRAWING)


@attack("A drawing as a logo uses itself ten times, nine times over")
def growing_drawing(ground: Ground) -> None:
    shape = "<path d='M0 0h9v9z'/>"
    used = (f"<use href='#l{depth}'/>" * 10 for depth in range(9))
    drawn = "".join(f"<g id='l{depth}'>{content}</g>" for depth, content in enumerate((shape, *used)))
    _shown_or_named(ground, SVG.format(drawn=drawn).encode(), DRAWING)


@attack("A drawing as a logo is blurred over a square of a million kilometres")
def blurred_drawing(ground: Ground) -> None:
    blur = (
        '<filter id="f" filterUnits="userSpaceOnUse" x="-1e9" y="-1e9" width="2e9" height="2e9">'
        '<feGaussianBlur stdDeviation="1e6"/></filter><rect width="1e9" height="1e9" filter="url(#f)"/>'
    )
    ground.put(DRAWING, SVG.format(drawn=blur))
    ground.build(2, "award/urkunde.typ", more=CERTIFICATES)  # the template that draws it


@attack("A JPEG has 65,500 × 65,500 points and 2,000 passes")
def progressive(ground: Ground) -> None:
    content = bytearray(saved("JPEG", progressive=True))
    place = content.find(b"\xff\xc2")
    struct.pack_into(">HH", content, place + 5, 65_500, 65_500)
    scan = content[content.find(b"\xff\xda") : -2]
    _shown_or_named(ground, bytes(content[:-2]) + bytes(scan) * 2000 + b"\xff\xd9")


@attack("The directory of a TIFF refers to itself")
def circle(ground: Ground) -> None:
    _shown_or_named(ground, b"II*\0\x08\0\0\0" + struct.pack("<HHHIIHHIIII", 2, 256, 3, 1, 9, 257, 3, 1, 9, 8, 8))


@attack("A logo is a folder", always=True)
def folder(ground: Ground) -> None:
    (ground.project / LOGO).mkdir(parents=True)
    ground.run("build", "runde", *CERTIFICATES)


@attack("A logo has 300 MB")
def heavy(ground: Ground) -> None:
    _shown_or_named(ground, saved("PNG") + b"\0" * 300_000_000)
