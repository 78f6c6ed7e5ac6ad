"""Pictures: small files that are huge when drawn, files that are no pictures, and formats that run programs."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.attacks.attack import attack
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


@attack("A logo is a folder", always=True)
def folder(ground: Ground) -> None:
    (ground.project / LOGO).mkdir(parents=True)
    ground.run("build", "runde", *CERTIFICATES)
