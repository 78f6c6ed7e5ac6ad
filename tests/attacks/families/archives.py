"""What somebody sends who says that it is an Excel or Word file: archives that lie, grow or contain too much."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from tests.attacks.attack import attack
from tests.attacks.dice import dice
from tests.attacks.ground import Ground
from tests.attacks.office import (
    MAIN,
    PACKAGE,
    RELATIONS,
    SHEET,
    Endless,
    claiming,
    flagged,
    parts,
    with_parts,
    with_sheet,
    word,
    workbook,
    zipped,
)

SENT = "erhebung/gesandt.xlsx"
SHARED = b'<sst xmlns="%s">' % MAIN.encode()
ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row>'


@attack("A sheet claims a cell in its last column and row")
def far_cell(ground: Ground) -> None:
    ground.put(SENT, with_sheet(ROW + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    ground.check(1, SENT, "cells")


@attack("A sheet has 16,384 columns of heads and a million numbers below them")
def wide_sheet(ground: Ground) -> None:
    rows = b"".join(
        b'<row r="%d">%s</row>'
        % (row, b"".join(b'<c r="%s%d"><v>1</v></c>' % (_column(at), row) for at in range(16_384)))
        for row in range(1, 60)
    )
    ground.put(SENT, with_sheet(rows))
    ground.check(1, SENT)


@attack("A workbook has 2,000 sheets")
def many_sheets(ground: Ground) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for number in range(2000):
        book.create_sheet(f"Blatt {number}").append(["Titel", number])
    buffer = BytesIO()
    book.save(buffer)
    ground.put(SENT, buffer.getvalue())
    ground.check(1, SENT)


@attack("An archive has 200,000 entries")
def many_entries(ground: Ground) -> None:
    entries = parts(workbook(("Titel",)))
    ground.put(SENT, zipped([*entries.items(), *((f"x/{number}", b"") for number in range(200_000))]))
    ground.run("check", "runde")


@attack("Entries of an archive overlap: all share the bytes of one")
def overlapping(ground: Ground) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts(workbook(("Titel",))).items():
            file.writestr(name, content)
        file.writestr("xl/worksheets/big.xml", b" " * 50_000_000)
        kernel = file.getinfo("xl/worksheets/big.xml")
        for number in range(200):
            copy = zipfile.ZipInfo(f"xl/worksheets/sheet{number + 2}.xml")
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(copy, field, getattr(kernel, field))
            file.filelist.append(copy)
            file.NameToInfo[copy.filename] = copy
    ground.put(SENT, buffer.getvalue())
    ground.run("check", "runde")


@attack("An archive names its parts ../../outside/… and /…")
def climbing(ground: Ground) -> None:
    entries = parts(workbook(("Titel",)))
    names = ("../../outside/secret.txt", "/outside/secret.txt", "..\\..\\outside\\secret.txt")
    ground.put(SENT, zipped([*entries.items(), *((name, b"overwritten") for name in names)]))
    ground.run("check", "runde")


@attack("A relation of a workbook leads out of its archive")
def relation_out(ground: Ground) -> None:
    book = parts(workbook(("Titel",)))
    relations = book["xl/_rels/workbook.xml.rels"].replace(b"/xl/worksheets/sheet1.xml", b"../../../outside/secret.txt")
    ground.put(SENT, with_parts(workbook(("Titel",)), {"xl/_rels/workbook.xml.rels": relations}))
    ground.check(1, SENT)


@attack("An archive has a part twice", always=True)
def part_twice(ground: Ground) -> None:
    import warnings

    entries = parts(workbook(("Titel",)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ground.put(SENT, zipped([*entries.items(), (SHEET, entries[SHEET])]))
    ground.check(1, SENT, "twice")


@attack("An archive claims another size than a part has")
def lying_size(ground: Ground) -> None:
    ground.put(SENT, claiming(workbook(("Titel",)), SHEET, 10))
    ground.check(1, SENT, "damaged")


@attack("An archive claims that a part has 4 GB")
def lying_size_of_4_gb(ground: Ground) -> None:
    ground.put(SENT, claiming(workbook(("Titel",)), SHEET, 0xFFFFFFFE))
    ground.check(1, SENT)


@attack("The parts of an archive say that they are encrypted")
def encrypted(ground: Ground) -> None:
    ground.put(SENT, flagged(workbook(("Titel",)), 1))
    ground.check(1, SENT, "password")


@attack("An archive is cut in the middle")
def cut(ground: Ground) -> None:
    content = workbook(("Titel",))
    ground.put(SENT, content[: len(content) // 2])
    ground.check(1, SENT, "damaged")


@attack("Each of 60 bytes of an archive is another")
def flipped(ground: Ground) -> None:
    content = workbook(("Titel", "Betrag"), ("a", 1))
    for number in range(60):
        changed = bytearray(content)
        changed[number * len(content) // 60] ^= 0xFF
        ground.put(f"erhebung/gesandt-{number}.xlsx", bytes(changed))
    ground.check(1)


@attack("Parts are compressed by LZMA and BZIP2")
def other_methods(ground: Ground) -> None:
    for number, method in enumerate((zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)):
        book: dict[str, bytes | Endless] = {**parts(workbook(("Titel",))), SHEET: Endless(b" ", 100_000_000)}
        ground.put(f"erhebung/gesandt-{number}.xlsx", zipped(book.items(), method))
    ground.check(1)


@attack("A narrative in Word has a part of 480 MB that is not its text")
def narrative_with_a_part(ground: Ground) -> None:
    (ground.project / "sachbericht.md").unlink()
    ground.put("sachbericht.docx", with_parts(word("Text"), {"word/media/film.mp4": Endless(b"\0", 480_000_000)}))
    ground.run("check", "runde")


@attack("An OpenDocument table repeats a cell two thousand million times")
def repeated_cells(ground: Ground) -> None:
    ground.put("erhebung/gesandt.ods", _open_document(repeat=2_000_000_000))
    ground.check(1, "gesandt.ods")


@attack("An OpenDocument table repeats 1,000 cells in 5,000 rows")
def repeated_rows(ground: Ground) -> None:
    ground.put("erhebung/gesandt.ods", _open_document(repeat=1000, rows=5000))
    ground.check(1, "gesandt.ods")


@attack("Old binary files are of random bytes behind the right beginning")
def binary_noise(ground: Ground) -> None:
    noise = dice(1)
    for number in range(5):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise.randbytes(20_000)
        ground.put(f"erhebung/gesandt-{number}.xls", ole)
    ground.check(1)


def _column(index: int) -> bytes:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1).encode()


def _open_document(repeat: int, rows: int = 1) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{repeat}" office:value-type="float" office:value="1"/>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped([("mimetype", kind), ("content.xml", content.encode())])


@attack("A million cells of a sheet show one text of a megabyte that they share", always=True)
def shared_by_a_million(ground: Ground) -> None:
    ground.put(SENT, _sharing(Endless(b"x", 999_000, SHARED + b"<si><t>", b"</t></si></sst>")))
    ground.check(1, "gesandt.xlsx: Maßnahmen!A1", "200 MB of text")


@attack("The shared texts of a workbook have 490 MB")
def endless_shared_texts(ground: Ground) -> None:
    ground.put(SENT, _sharing(Endless(b"<si><t>abcdefgh</t></si>", 20_000_000, SHARED, b"</sst>")))
    ground.check(1, SENT, "100 MB of text")


@attack("A sheet has 490 MB of empty rows")
def endless_rows(ground: Ground) -> None:
    head = b'<worksheet xmlns="%s"><sheetData>' % MAIN.encode() + ROW
    rows = Endless(b"<row/>\n" + b" " * 500, 960_000, head, b"</sheetData></worksheet>")
    ground.put(SENT, with_parts(workbook(("Titel",)), {SHEET: rows}))
    ground.check(1, "gesandt.xlsx: Maßnahmen", "200 MB")


@attack("A sheet has 4,900,000 filled cells, another as many that are formatted and empty")
def five_million_cells(ground: Ground) -> None:
    ground.put(SENT, with_sheet(_rows(b'<c r="%s%d"><v>1</v></c>', 4_900, 1_000)))
    ground.put("erhebung/leer.xlsx", with_sheet(_rows(b'<c r="%s%d" s="1"/>', 4_900, 1_000)))
    ground.check(1, SENT, "3,000,000 filled cells")


@attack("Two million formulas of a sheet failed")
def failed_formulas(ground: Ground) -> None:
    ground.put(SENT, with_sheet(_rows(b'<c r="%s%d" t="e"><v>#N/A</v></c>', 2_000, 1_000)))
    ground.check(1, SENT, "failed formulas")


@attack("A sheet has five million merged cells")
def merged_cells(ground: Ground) -> None:
    head = b'<worksheet xmlns="%s"><sheetData>%s</sheetData><mergeCells>' % (MAIN.encode(), ROW)
    cells = Endless(b'<mergeCell ref="A2:B2"/>', 5_000_000, head, b"</mergeCells></worksheet>")
    ground.put(SENT, with_parts(workbook(("Titel",)), {SHEET: cells}))
    ground.check(1, SENT, "100,000 merged cells")


@attack("A workbook has a million styles; a number format of another has a megabyte of per cent signs")
def styles_without_end(ground: Ground) -> None:
    sheet = b'<styleSheet xmlns="%s"><numFmts><numFmt numFmtId="200" formatCode="0%s"/></numFmts><cellXfs>'
    for name, per_cents, styles in (("viele", 1, 900_000), ("lang", 1_000_000, 1)):
        head = sheet % (MAIN.encode(), b"%" * per_cents)
        made = Endless(b'<xf numFmtId="200"/>', styles, head, b"</cellXfs></styleSheet>")
        ground.put(f"erhebung/{name}.xlsx", with_parts(workbook(("Titel",), (1,)), {"xl/styles.xml": made}))
    ground.check(1, "cell styles", "erhebung/lang.xlsx")


@attack("An OpenDocument table has 490 MB of rows, another 15 million paragraphs in a cell")
def endless_open_document(ground: Ground) -> None:
    cell = b"<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>\n"
    ground.put("erhebung/zeilen.ods", _open_content(Endless(cell, 5_000_000)))
    one = (b"<table:table-row><table:table-cell>", b"</table:table-cell></table:table-row>")
    ground.put("erhebung/absaetze.ods", _open_content(Endless(b"<text:p/>", 15_000_000, *one)))
    ground.check(1, "zeilen.ods", "200 MB", "absaetze.ods", "2,000,000 elements")


@attack("The sector table of an old binary file goes in a circle")
def circle_of_sectors(ground: Ground) -> None:
    sectors = struct.pack("<9I", 1, 0, 0, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    table = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    ground.put("erhebung/gesandt.xls", head + sectors + table + bytes(2048))
    ground.check(1, "gesandt.xls")


@attack("Cells of a workbook ask for what lies elsewhere: WEBSERVICE, DDE, links to files and addresses", always=True)
def asking_cells(ground: Ground) -> None:
    address, elsewhere = ground.listener.url.encode(), f"file://{ground.outside}/secret.txt".encode()
    formulas = (
        b'WEBSERVICE("%s/x")' % address,
        b'HYPERLINK("%s/x","hier")' % address,
        b'IMAGE("%s/x.png")' % address,
        b"cmd|' /C calc'!A0",
        b"'[%s]Blatt'!A1" % elsewhere,
        b'FILTERXML(WEBSERVICE("%s/x"),"//a")' % address,
    )
    cells = b"".join(
        b'<row r="%d"><c r="A%d"><f>%s</f></c><c r="B%d" t="str"><f>%s</f><v>Wert</v></c></row>'
        % (row, row, each, row, each)
        for row, each in enumerate((each.replace(b'"', b"&quot;") for each in formulas), 2)
    )
    relations = b'<Relationships xmlns="%s">%s</Relationships>' % (
        PACKAGE.encode(),
        b"".join(
            b'<Relationship Id="r%d" Type="%s/%s" Target="%s" TargetMode="External"/>'
            % (number, RELATIONS.encode(), kind, target)
            for number, (kind, target) in enumerate(
                ((b"hyperlink", address), (b"externalLinkPath", elsewhere), (b"externalLinkPath", address))
            )
        ),
    )
    links = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations,
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations,
    }
    ground.put(SENT, with_parts(with_sheet(ROW + cells), links))
    ground.check(1, SENT)
    ground.build(1)


def _rows(cell: bytes, rows: int, columns: int) -> bytes:
    """Return rows of cells that are alike; the cell's column and row are filled in."""
    names = [_column(index) for index in range(columns)]
    return b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(cell % (name, row) for name in names)) for row in range(1, rows + 1)
    )


def _sharing(texts: Endless) -> bytes:
    """Return a workbook of which a million cells show the first of its shared texts."""
    cells = _rows(b'<c r="%s%d" t="s"><v>0</v></c>', 100_000, 10)
    return with_parts(with_sheet(cells), {"xl/sharedStrings.xml": texts})


def _open_content(rows: Endless) -> bytes:
    spaces = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    head = b"<office:document-content%s><office:body><office:spreadsheet><table:table table:name='A'>" % spaces
    foot = b"</table:table></office:spreadsheet></office:body></office:document-content>"
    content = Endless(rows.piece, rows.times, head + rows.before, rows.after + foot)
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped([("mimetype", kind), ("content.xml", content)])
