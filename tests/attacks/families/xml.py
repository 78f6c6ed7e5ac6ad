"""Markup that office files and e-invoices are made of: entities, foreign files, depths and widths without end."""

from __future__ import annotations

from tests.attacks.attack import attack
from tests.attacks.ground import SECRET, Ground
from tests.attacks.office import (
    BODY,
    MAIN,
    SHEET,
    Endless,
    parts,
    with_body,
    with_parts,
    with_sheet,
    word,
    workbook,
    zipped,
)

SENT = "erhebung/gesandt.xlsx"
LAUGHS = b"<!DOCTYPE a [%s]>" % b"".join(
    b'<!ENTITY l%d "%s">' % (depth, b"&l%d;" % (depth - 1) * 10 if depth else b"ha") for depth in range(10)
)
ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row>'


def _file_entity(ground: Ground) -> bytes:
    return b'<!DOCTYPE a [<!ENTITY x SYSTEM "file://%s/secret.txt">]>' % str(ground.outside).encode()


@attack("A sheet declares entities that grow to a thousand million laughs", always=True)
def laughs(ground: Ground) -> None:
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    ground.put(SENT, with_sheet(row, before=LAUGHS))
    ground.check(1, SENT, "document type")


@attack("A sheet declares a file outside as an entity, and prints it")
def file_in_sheet(ground: Ground) -> None:
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    ground.put(SENT, with_sheet(row, before=_file_entity(ground)))
    ground.check(1, SENT, "document type")


@attack("A sheet declares an address as an entity")
def address_in_sheet(ground: Ground) -> None:
    entity = b'<!DOCTYPE a [<!ENTITY %% x SYSTEM "%s/x.dtd"> %%x;]>' % ground.listener.url.encode()
    ground.put(SENT, with_sheet(ROW, before=entity))
    ground.check(1, SENT, "document type")


@attack("A sheet in UTF-16 declares a file outside as an entity")
def file_in_utf16(ground: Ground) -> None:
    xml = _file_entity(ground).decode() + f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    sheet = ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")
    ground.put(SENT, with_parts(workbook(("Titel",)), {SHEET: sheet}))
    ground.check(1, SENT)


@attack("A sheet in UTF-7 hides its document type")
def hidden_in_utf7(ground: Ground) -> None:
    xml = _file_entity(ground).decode() + f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    sheet = b'<?xml version="1.0" encoding="UTF-7"?>' + xml.encode("utf-7")
    ground.put(SENT, with_parts(workbook(("Titel",)), {SHEET: sheet}))
    ground.check(1, SENT)


@attack("A narrative in Word declares a file outside as an entity")
def file_in_narrative(ground: Ground) -> None:
    (ground.project / "sachbericht.md").unlink()
    body = parts(word("Text"))[BODY].replace(b"?>", b"?>" + _file_entity(ground), 1).replace(b"Text", b"&x;")
    ground.put("sachbericht.docx", with_parts(word("Text"), {BODY: body}))
    ground.check(1, "sachbericht.docx", "document type")


@attack("A narrative in Word laughs a thousand million times")
def laughing_narrative(ground: Ground) -> None:
    (ground.project / "sachbericht.md").unlink()
    body = parts(word("Text"))[BODY].replace(b"?>", b"?>" + LAUGHS, 1).replace(b"Text", b"&l9;")
    ground.put("sachbericht.docx", with_parts(word("Text"), {BODY: body}))
    ground.check(1, "sachbericht.docx", "document type")


@attack("A Word template declares a file outside as an entity")
def file_in_template(ground: Ground) -> None:
    ground.build_before()
    body = parts(word("Text"))[BODY].replace(b"?>", b"?>" + _file_entity(ground), 1).replace(b"Text", b"&x;")
    ground.put("templates/award/urkunde.docx", with_parts(word("Text"), {BODY: body}))
    ground.build(2, "urkunde.docx")


@attack("A Word template laughs a thousand million times")
def laughing_template(ground: Ground) -> None:
    body = parts(word("Text"))[BODY].replace(b"?>", b"?>" + LAUGHS, 1).replace(b"Text", b"&l9;")
    ground.put("templates/award/urkunde.docx", with_parts(word("Text"), {BODY: body}))
    ground.build(2, "urkunde.docx")


@attack("The list of parts of a Word template declares entities")
def laughing_list_of_parts(ground: Ground) -> None:
    kinds = parts(word("Text"))["[Content_Types].xml"].replace(b"?>", b"?>" + LAUGHS, 1)
    ground.put("templates/award/urkunde.docx", with_parts(word("Text"), {"[Content_Types].xml": kinds}))
    ground.build(2, "urkunde.docx")


@attack("The properties of a workbook declare a file outside as an entity")
def file_in_properties(ground: Ground) -> None:
    core = parts(workbook(("Titel",)))["docProps/core.xml"]
    ground.put(SENT, with_parts(workbook(("Titel",)), {"docProps/core.xml": _file_entity(ground) + core}))
    ground.run("check", "runde")


@attack("An OpenDocument table declares a file outside as an entity")
def file_in_open_document(ground: Ground) -> None:
    content = _file_entity(ground) + b"<office:document-content xmlns:office='x'>&x;</office:document-content>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    ground.put("erhebung/gesandt.ods", zipped([("mimetype", kind), ("content.xml", content)]))
    ground.check(1, "gesandt.ods")


@attack("A sheet nests a million elements")
def deep_sheet(ground: Ground) -> None:
    ground.put(SENT, with_sheet(ROW + b"<x>" * 1_000_000 + b"</x>" * 1_000_000))
    ground.run("check", "runde")


@attack("A narrative in Word nests 200,000 elements")
def deep_narrative(ground: Ground) -> None:
    (ground.project / "sachbericht.md").unlink()
    ground.put("sachbericht.docx", with_body("<w:sdt><w:sdtContent>" * 100_000 + "</w:sdtContent></w:sdt>" * 100_000))
    ground.check(1, "sachbericht.docx")


@attack("A narrative in Word nests 400 tables")
def nested_tables(ground: Ground) -> None:
    (ground.project / "sachbericht.md").unlink()
    before, after = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    text = "<w:p><w:r><w:t>tief</w:t></w:r></w:p>"
    ground.put("sachbericht.docx", with_body(before * 400 + text + after * 400))
    ground.run("check", "runde")


@attack("A Word template nests 100,000 elements")
def deep_template(ground: Ground) -> None:
    ground.put(
        "templates/award/urkunde.docx", with_body("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000)
    )
    ground.build(2, "urkunde.docx")


@attack("An element of a sheet has a million attributes")
def many_attributes(ground: Ground) -> None:
    attributes = b"".join(b' a%d="1"' % number for number in range(1_000_000))
    ground.put(SENT, with_sheet(b"<row%s><c r='A1'><v>1</v></c></row>" % attributes))
    ground.run("check", "runde")


@attack("An attribute of a sheet has 100 MB")
def long_attribute(ground: Ground) -> None:
    head = b'<worksheet xmlns="%s"><sheetData><row x="' % MAIN.encode()
    sheet = Endless(b"A", 100_000_000, head, b'"><c><v>1</v></c></row></sheetData></worksheet>')
    ground.put(SENT, with_parts(workbook(("Titel",)), {SHEET: sheet}))
    ground.run("check", "runde")


@attack("A sheet takes in a file outside by XInclude")
def included(ground: Ground) -> None:
    part = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://%s/secret.txt" parse="text"/>'
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>' % (part % ground.outside).encode()
    ground.put(SENT, with_sheet(row))
    ground.run("check", "runde")


@attack("A sheet has a style sheet that lies elsewhere")
def styled_from_elsewhere(ground: Ground) -> None:
    before = b'<?xml-stylesheet type="text/xsl" href="%s/x.xsl"?>' % ground.listener.url.encode()
    ground.put(SENT, with_sheet(ROW, before=before))
    ground.run("check", "runde")


@attack("A sheet is no UTF-8 although it says so")
def no_utf8(ground: Ground) -> None:
    ground.put(SENT, with_sheet(ROW.replace(b"Titel", b"Ma\xdfnahme\xff")))
    ground.check(1, SENT)


@attack("A sheet ends in the middle of an element")
def torn_sheet(ground: Ground) -> None:
    sheet = b'<worksheet xmlns="%s"><sheetData>%s<row r="2"><c r="A2"><v>1' % (MAIN.encode(), ROW)
    ground.put(SENT, with_parts(workbook(("Titel",)), {SHEET: sheet}))
    ground.check(1, SENT)


@attack("A sheet names rows and columns that there are not: A0, ZZZZ99, r=-5")
def impossible_addresses(ground: Ground) -> None:
    cells = b'<row r="0"><c r="A0"><v>1</v></c></row><row r="-5"><c r="ZZZZ99"><v>2</v></c><c r=""><v>3</v></c></row>'
    ground.put(SENT, with_sheet(ROW + cells))
    ground.run("check", "runde")


@attack("An e-invoice in XML declares a file outside as an entity")
def file_in_invoice(ground: Ground) -> None:
    ground.put("belege/rechnung.xml", _file_entity(ground) + b"<Invoice>&x;</Invoice>")
    run = ground.run("check", "runde")
    assert SECRET not in run.said


@attack("Digits of a number in a sheet go on for a megabyte")
def endless_number(ground: Ground) -> None:
    ground.put(SENT, with_sheet(ROW + b'<row r="2"><c r="A2"><v>%s</v></c></row>' % (b"9" * 1_000_000)))
    ground.run("check", "runde")


@attack("A number in a sheet is 1E+999999999")
def huge_exponent(ground: Ground) -> None:
    ground.put(SENT, with_sheet(ROW + b'<row r="2"><c r="A2"><v>1E+999999999</v></c></row>'))
    ground.run("check", "runde")
