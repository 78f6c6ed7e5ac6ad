"""Office files that no office program writes: with other parts, other sizes, other names than they should have."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import docx
import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
BODY = "word/document.xml"
BODY_RELATIONS = "word/_rels/document.xml.rels"
CHUNK = 1 << 20
CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"


class Endless(NamedTuple):
    """Bytes that are one piece many times over; they are never held as a whole."""

    piece: bytes
    times: int
    before: bytes = b""
    after: bytes = b""

    def pieces(self) -> Iterator[bytes]:
        """Yield them in pieces of about a megabyte."""
        many = max(1, CHUNK // len(self.piece))
        yield self.before
        for _number in range(self.times // many):
            yield self.piece * many
        yield self.piece * (self.times % many) + self.after


def zipped(entries: Iterable[tuple[str, bytes | Endless]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of entries, in their order."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as file:
        for name, content in entries:
            with file.open(_entry(name, method), "w") as part:
                for piece in content.pieces() if isinstance(content, Endless) else (content,):
                    part.write(piece)
    return buffer.getvalue()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    """Return the entry of a part, of the earliest day that an archive can name."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    return entry


def parts(package: bytes) -> dict[str, bytes]:
    """Return the parts of an office file."""
    with zipfile.ZipFile(BytesIO(package)) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_parts(package: bytes, changed: Mapping[str, bytes | Endless]) -> bytes:
    """Return an office file with parts replaced or added."""
    return zipped({**parts(package), **changed}.items())


def workbook(*rows: tuple[str | float, ...], title: str = "Maßnahmen") -> bytes:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    """Open a workbook, and save it after ``with``."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def head_of(page: Any, title: str) -> tuple[int, int]:
    """Return row and column of the head that begins with a title."""
    cells = (cell for row in page.iter_rows(max_row=8) for cell in row)
    return next((cell.row, cell.column) for cell in cells if str(cell.value).startswith(title))


def with_sheet(data: bytes, *, before: bytes = b"", blanks: int = 0) -> bytes:
    """Return a workbook whose sheet has this data; ``before`` stands before its first element."""
    head = b'<?xml version="1.0" encoding="UTF-8"?>%s<worksheet xmlns="%s"><sheetData>' % (before, MAIN.encode())
    return with_parts(workbook(("Titel",)), {SHEET: Endless(b" ", blanks, head + data, b"</sheetData></worksheet>")})


def word(*paragraphs: str) -> bytes:
    """Return a Word file of these paragraphs."""
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def with_body(xml: str, package: bytes | None = None) -> bytes:
    """Return a Word file with this markup at the beginning of its body."""
    package = package or word("Text")
    body = parts(package)[BODY].decode()
    return with_parts(package, {BODY: body.replace("<w:body>", f"<w:body>{xml}", 1).encode()})


def with_relation(package: bytes, kind: str, target: str, *, part: str = BODY_RELATIONS, key: str = "rIdX") -> bytes:
    """Return a Word file that refers to something outside of it."""
    relation = f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
    empty = f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}"></Relationships>'
    old = parts(package).get(part, empty.encode()).decode()
    return with_parts(package, {part: old.replace("</Relationships>", f"{relation}</Relationships>").encode()})


def linked_picture(target: str, package: bytes | None = None) -> bytes:
    """Return a Word file with a picture that lies elsewhere."""
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="900000" cy="900000"/><wp:docPr id="77" name="Bild" descr="Bild"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        '<pic:cNvPr id="78" name="Bild"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{RELATIONS}" r:link="rIdX"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return with_relation(with_body(drawing, package), "image", target)


def claiming(package: bytes, part: str, size: int) -> bytes:
    """Return an archive whose directory and header claim another size of a part than it has."""
    content, name = bytearray(package), part.encode()
    for sign, at_size, at_name in ((LOCAL, 22, 30), (CENTRAL, 24, 46)):
        place = content.find(sign)
        while place >= 0 and content[place + at_name : place + at_name + len(name)] != name:
            place = content.find(sign, place + 4)
        struct.pack_into("<I", content, place + at_size, size)
    return bytes(content)


def flagged(package: bytes, flag: int) -> bytes:
    """Return an archive whose parts all bear a flag: 1 says that they are encrypted."""
    content = bytearray(package)
    for sign, at in ((LOCAL, 6), (CENTRAL, 8)):
        place = content.find(sign)
        while place >= 0:
            content[place + at] |= flag
            place = content.find(sign, place + 4)
    return bytes(content)
