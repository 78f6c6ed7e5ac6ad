"""Narratives in Word, as officers and their programs write them."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from oekoreport import Claim, Finding, Locale, Place, Record, Source, SourceError
from oekoreport.documents.word.narrative_form import HINTS, is_instruction, narrative_form
from oekoreport.package import PartTooLarge, TooMuchMarkup, UnpacksTooLarge
from oekoreport_tables.narrative import NarrativeImporter

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Any, name: str = "sachbericht.docx") -> tuple[list[Record], list[Finding]]:
    content = document if isinstance(document, bytes) else saved(document)
    items = list(NarrativeImporter().read(Source(name, content)))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def text_of(document: Any) -> str:
    """The text of the only section, of a document without fault."""
    (record,), findings = read(document)
    assert findings == []
    return str(record.values["text"])


def begun() -> Any:
    document = Document()
    document.add_heading("Verlauf", 1)
    return document


def put(paragraph: Any, xml: str) -> None:
    """Add XML at the end of a paragraph."""
    start, _blank, rest = xml.partition(" " if " " in xml.partition(">")[0] else ">")
    paragraph._p.append(parse_xml(f"{start} {NAMES}{' ' if _blank == ' ' else '>'}{rest}"))


def picture(width: int = 4, height: int = 3) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x30\x90\x50" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The document with these parts in place of its own, or added."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return buffer.getvalue()


def told(findings: list[Finding]) -> list[str]:
    return [finding.localize(Locale("en")).split("\n")[0] for finding in findings]


# --- sections --------------------------------------------------------------------------------------------------------


def test_each_heading_of_a_section_begins_its_record() -> None:
    document = begun()
    document.add_paragraph("Die Runde begann.")
    document.add_paragraph("")
    document.add_heading("Start", 2)
    document.add_paragraph("Im März.")
    document.add_heading("Ausblick:", 1)
    document.add_paragraph("Es geht weiter.")
    records, findings = read(document)
    assert findings == []
    assert [(record.key, record.values) for record in records] == [
        ("course", {"section": "course", "text": "Die Runde begann.\n\n## Start\n\nIm März."}),
        ("outlook", {"section": "outlook", "text": "Es geht weiter."}),
    ]
    assert str(records[0].origin.place()) == "sachbericht.docx: Verlauf"
    assert str(records[0].origin.place("text")) == "sachbericht.docx: Verlauf, paragraph 1"
    assert records[0].origin.place("text").localize(Locale("de")) == "sachbericht.docx: Verlauf, Absatz 1"


def test_sections_may_stand_below_a_heading_or_a_title() -> None:
    for level in (0, 1):
        document = Document()
        document.add_heading("Sachbericht der Runde", level)
        document.add_heading("Verlauf", 2)
        document.add_paragraph("Text")
        document.add_heading("Mehr", 3)
        assert text_of(document) == "Text\n\n### Mehr"


def test_headings_are_told_by_the_style_whatever_it_is_called() -> None:
    document = Document()
    own = document.styles.add_style("Amtliche Überschrift", 1)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("Verlauf", own)
    document.add_paragraph("Text")
    by_level = document.add_paragraph("Ausblick")
    by_level._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {NAMES} w:val="0"/>'))
    document.add_paragraph("Ende")
    records, findings = read(document)
    assert findings == []
    assert [(record.key, record.values["text"]) for record in records] == [("course", "Text"), ("outlook", "Ende")]


def test_what_belongs_to_no_section_is_a_finding_with_its_place() -> None:
    document = Document()
    document.add_paragraph("Vorab")
    document.add_heading("Verlauf", 1)
    document.add_paragraph("Text")
    document.add_heading("Verschiedenes", 1)
    document.add_paragraph("Noch etwas")
    records, findings = read(document)
    assert [record.values["text"] for record in records] == ["Text"]
    assert [(finding.code, str(finding.place), str(finding.message)) for finding in findings] == [
        (
            "DATA-HEADING",
            "sachbericht.docx: paragraph 1",
            "The text before the first heading belongs to no section and is not read.",
        ),
        (
            "DATA-HEADING",
            "sachbericht.docx: Verschiedenes",
            "“Verschiedenes” is not a section of the narrative; its text is not read.",
        ),
    ]
    assert "in the style “Heading 1”" in str(findings[0].hint)


def test_a_bold_line_is_no_heading_but_its_author_is_told() -> None:
    document = Document()
    document.add_paragraph().add_run("Verlauf").bold = True
    document.add_paragraph("Text, in dem der Verlauf vorkommt")
    document.add_paragraph().add_run("Wichtig").bold = True
    records, findings = read(document)
    assert records == []
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("DATA-HEADING", "sachbericht.docx: paragraph 1"),
        ("DATA-HEADING", "sachbericht.docx: paragraph 1"),
    ]
    assert (
        str(findings[0].message)
        == "“Verlauf” looks like a heading but is not formatted as one; it does not start a section."
    )
    assert "Überschrift 1" in Locale("de").show(findings[0].hint)


def test_a_box_around_sections_is_no_table() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].style, cell.paragraphs[0].text = "Heading 1", "Verlauf"
    cell.add_paragraph("Text")
    assert text_of(document) == "Text"


def test_a_heading_inside_of_a_table_is_told() -> None:
    document = begun()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].paragraphs[0].style, cells[0].paragraphs[0].text = "Heading 1", "Ausblick"
    cells[1].text = "Text"
    (record,), (finding,) = read(document)
    assert record.values["text"] == "| Ausblick | Text |\n| --- | --- |"
    assert str(finding.message) == "“Ausblick” is in a table, where it does not start a section."


def test_an_interim_report_bears_its_year() -> None:
    document = begun()
    document.add_paragraph("Text")
    (record,), findings = read(document, "zwischenbericht-2020.docx")
    assert findings == []
    assert record.key == "interim-2020/course"
    _records, (finding,) = read(document, "zwischenbericht.docx")
    assert str(finding.hint) == "Include the year in its name: zwischenbericht-2024.docx."


def test_what_is_claimed() -> None:
    importer = NarrativeImporter()
    other = Document()
    other.add_heading("Einladung", 1)
    assert importer.claims(Source("Sachbericht 2024.docx", b"")) is Claim.LIKELY
    assert importer.claims(Source("sachbericht.odt", b"")) is Claim.LIKELY
    assert importer.claims(Source("text.docx", saved(begun()))) is Claim.POSSIBLE
    assert importer.claims(Source("einladung.docx", saved(other))) is Claim.NONE
    assert importer.claims(Source("einladung.doc", b"\xd0\xcf\x11\xe0")) is Claim.NONE


# --- text ------------------------------------------------------------------------------------------------------------


def test_looks_breaks_and_raised_figures_stay() -> None:
    document = begun()
    paragraph = document.add_paragraph("Am ")
    paragraph.add_run("5. März ").bold = True
    paragraph.add_run("fuhren").italic = True
    paragraph.add_run("\n12 m")
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run(" weniger CO")
    paragraph.add_run("2").font.subscript = True
    put(paragraph, '<w:r><w:t xml:space="preserve">, 10</w:t></w:r>')
    put(paragraph, '<w:r><w:rPr><w:position w:val="8"/></w:rPr><w:t>5</w:t></w:r>')  # as LibreOffice writes it
    assert text_of(document) == "Am **5. März** _fuhren_\\\n12 m³ weniger CO₂, 10⁵"


def test_lists_keep_their_depth_and_their_numbers() -> None:
    document = begun()
    for text, style in (
        ("eins", "List Number"),
        ("zwei", "List Number"),
        ("darunter", "List Bullet 2"),
        ("drei", "List Number"),
    ):
        document.add_paragraph(text, style)
    document.add_paragraph("Dazwischen.")
    document.add_paragraph("vier", "List Number")
    document.add_paragraph("Punkt", "List Bullet")
    assert text_of(document) == ("1. eins\n\n2. zwei\n\n   - darunter\n\n3. drei\n\nDazwischen.\n\n4. vier\n\n- Punkt")


def test_two_lists_in_a_row_count_by_themselves() -> None:
    document = begun()
    numbering = document.part.numbering_part.element
    for number in (90, 91):
        numbering.append(
            parse_xml(
                f'<w:num {NAMES} w:numId="{number}"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0">'
                '<w:startOverride w:val="1"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
                "</w:lvlOverride></w:num>"
            )
        )
        for text in ("a", "b"):
            properties = document.add_paragraph(text)._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))
    assert text_of(document) == "1. a\n\n2. b\n\n1) a\n\n2) b"


def test_tables_keep_every_text_where_cells_are_merged() -> None:
    document = begun()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Maßnahmen"
    table.cell(0, 2).text = "a|b"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "LED\nDruckluft"
    table.cell(2, 2).add_paragraph("Punkt", "List Bullet")
    assert text_of(document) == (
        "| Maßnahmen |  | a\\|b |\n| --- | --- | --- |\n| LED&#10;Druckluft |  |  |\n|  |  | • Punkt |"
    )


def test_links_survive() -> None:
    document = begun()
    paragraph = document.add_paragraph("Siehe ")
    target = document.part.relate_to("https://example.org/a", "http://x/hyperlink", is_external=True)
    put(paragraph, f'<w:hyperlink r:id="{target}"><w:r><w:t>dort</w:t></w:r></w:hyperlink>')
    put(paragraph, '<w:r><w:t xml:space="preserve"> und </w:t></w:r>')
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText> HYPERLINK "https://example.org/b" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>da</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        put(paragraph, f"<w:r>{inner}</w:r>")
    assert text_of(document) == "Siehe [dort](<https://example.org/a>) und [da](<https://example.org/b>)"


def test_footnotes_stand_at_the_end_of_their_section() -> None:
    document = begun()
    paragraph = document.add_paragraph("Viele Betriebe")
    put(paragraph, '<w:r><w:footnoteReference w:id="7"/></w:r>')
    document.add_paragraph("Mehr.")
    document.add_heading("Ausblick", 1)
    document.add_paragraph("Ende")
    document.part.relate_to("footnotes.xml", "http://x/footnotes", is_external=True)
    content = saved(document)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").replace(b' TargetMode="External"', b"")
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>Stand *März*</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    parts = {"word/_rels/document.xml.rels": relations, "word/footnotes.xml": notes.encode()}
    records, findings = read(with_parts(content, parts))
    assert findings == []
    assert records[0].values["text"] == "Viele Betriebe¹\n\nMehr.\n\n¹ Stand \\*März\\*"


def test_a_table_of_contents_headers_and_comments_are_no_text() -> None:
    document = Document()
    document.styles.add_style("toc 1", 1)
    document.sections[0].header.paragraphs[0].text = "Kreis Soest"
    document.add_paragraph("Verlauf\t1", "toc 1")
    document.add_heading("Verlauf", 1)
    paragraph = document.add_paragraph("Text")
    document.add_comment(paragraph.runs, "Stimmt das?", "A. B.")
    assert text_of(document) == "Text"


def test_tracked_changes_are_read_as_they_would_be_accepted_and_told() -> None:
    document = begun()
    paragraph = document.add_paragraph("Zwölf ")
    put(paragraph, '<w:del w:id="1" w:author="x"><w:r><w:delText>alte </w:delText></w:r></w:del>')
    put(paragraph, '<w:ins w:id="2" w:author="x"><w:r><w:t>neue</w:t></w:r></w:ins>')
    put(paragraph, '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>weg</w:t></w:r></w:moveFrom>')
    (record,), (finding,) = read(document)
    assert record.values["text"] == "Zwölf neue"
    assert (finding.code, str(finding.place)) == ("DATA-TRACKED-CHANGES", "sachbericht.docx")


def test_fields_and_content_controls_are_text_once_they_are_filled_in() -> None:
    document = begun()
    control = "<w:sdt><w:sdtPr>{mark}</w:sdtPr><w:sdtContent><w:r>{style}<w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
    prompt = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    put(document.add_paragraph(), control.format(mark="", style="", text="Ausgefüllt"))
    put(document.add_paragraph(), control.format(mark="<w:showingPlcHdr/>", style=prompt, text="Bitte klicken"))
    (record,), (finding,) = read(document)
    assert record.values["text"] == "Ausgefüllt"
    assert str(finding.place) == "sachbericht.docx: Verlauf, paragraph 2"
    assert str(finding.message) == "A field was not filled in; its prompt is not read: “Bitte klicken”"


def test_boxes_and_lists_of_old_forms_show_what_was_chosen() -> None:
    document = begun()
    paragraph = document.add_paragraph()
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    put(paragraph, box.format('<w:default w:val="0"/><w:checked/>'))
    put(paragraph, box.format('<w:default w:val="0"/>'))
    entries = '<w:result w:val="1"/><w:listEntry w:val="nein"/><w:listEntry w:val="ja"/>'
    put(paragraph, box.replace("checkBox", "ddList").format(entries))
    assert text_of(document) == "☒☐ja"


BOX = "<w:txbxContent><w:p><w:r><w:t>Im Kasten</w:t></w:r></w:p></w:txbxContent>"
TODAY_AND_BEFORE = (
    f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>"
)
DRAWING = (
    "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='x'/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/{kind}'/></a:graphic></wp:inline></w:drawing></w:r>"
)


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "An equation is not read."),
        ("<w:r><w:object/></w:r>", "An embedded object (a sheet, a file) is not read."),
        (DRAWING.format(kind="chart"), "A chart is not read."),
        (DRAWING.format(kind="diagram"), "SmartArt is not read."),
        (DRAWING.format(kind="ink"), "A drawn shape is not read."),
        (f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>", "A text box is not read: “Im Kasten”"),
        (
            f"<w:r>{TODAY_AND_BEFORE}</w:r>",
            "A text box is not read: “Im Kasten”",
        ),
        ("<w:r><w:sym w:font='Webdings' w:char='F0FF'/></w:r>", "A symbol of the font “Webdings” is not read."),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Geheim</w:t></w:r>", "Hidden text is not read: “Geheim”"),
    ],
)
def test_what_is_not_read_is_told_with_its_place(xml: str, message: str) -> None:
    document = begun()
    paragraph = document.add_paragraph("Text")
    put(paragraph, xml)
    (record,), findings = read(document)
    assert record.values["text"] == "Text"
    assert told(findings) == [f"sachbericht.docx: Verlauf, paragraph 1  DATA-NOT-READ  {message}"]


def test_a_text_box_before_all_headings_is_not_lost_either() -> None:
    document = Document()
    put(document.add_paragraph(), f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>")
    _records, (finding,) = read(document)
    assert str(finding.message) == "The text before the first heading belongs to no section and is not read."


def test_struck_text_is_printed_and_told() -> None:
    document = begun()
    document.add_paragraph().add_run("doch nicht").font.strike = True
    (record,), (finding,) = read(document)
    assert record.values["text"] == "doch nicht"
    assert finding.code == "DATA-STRUCK"


def test_a_letter_among_the_receipts_is_no_narrative() -> None:
    importer, content = NarrativeImporter(), saved(begun())
    assert importer.claims(Source("belege/brief.docx", content)) is Claim.NONE
    assert importer.claims(Source("belege/sachbericht.docx", content)) is Claim.LIKELY
    assert importer.claims(Source("belege/notiz.md", b"# Ausblick\n\nText")) is Claim.NONE


@pytest.mark.parametrize(
    "title",
    [
        "1. Ausblick",
        "IV. Ausblick:",
        "2.1 Ausblick.",
        "b) AUSBLICK",
        "Aus\u00adblick",
        "Durchfu\u0308hrung des Vorhabens",
        "3 Ergebnisse",
    ],
)
def test_headings_are_known_however_they_are_numbered_or_typed(title: str) -> None:
    document = Document()
    document.add_heading(title, 1)
    document.add_paragraph("Text")
    (record,), findings = read(document)
    assert (record.values["text"], findings) == ("Text", [])


def test_a_section_that_begins_twice_is_printed_whole_and_told() -> None:
    document = begun()
    for title, text in (("Ausblick", "Erstens"), ("Ausblick", "Zweitens")):
        document.add_heading(title, 1)
        document.add_paragraph(text)
    records, (finding,) = read(document)
    assert records[-1].values["text"] == "Erstens\n\nZweitens"
    assert str(finding.message).startswith("“Ausblick” starts the section “Outlook” a second time;")


def test_items_that_markdown_cannot_count_keep_their_numbers() -> None:
    document = begun()
    numbering = document.part.numbering_part.element
    levels = (("decimal", "%1."), ("lowerLetter", "%2)"), ("upperRoman", "%1.%3"))
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {NAMES} w:abstractNumId="77">{inner}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NAMES} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, text in ((0, "eins"), (1, "a"), (1, "b"), (2, "tief"), (0, "zwei")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'))
    assert text_of(document).split("\n\n") == ["1. eins", "a) a", "b) b", "1.I tief", "2. zwei"]


# --- pictures --------------------------------------------------------------------------------------------------------


def with_picture(alt: str = "") -> Any:
    document = begun()
    document.add_paragraph("Vorher")
    document.add_picture(BytesIO(picture()))
    document.paragraphs[-1]._p.xpath(".//wp:docPr")[0].set("descr", alt)
    document.paragraphs[-1].add_run("Dahinter")
    return document


def without_data(text: str) -> str:
    return re.sub(r"\(data:image/png;base64,[^)]*\)", "()", text)


def test_a_picture_stands_where_it_stood_with_its_words() -> None:
    assert (
        without_data(text_of(with_picture("Die Betriebe [2024]"))) == "Vorher\n\n![Die Betriebe \\[2024\\]]()Dahinter"
    )


def test_a_sign_stays_in_its_sentence_and_a_photo_in_its_item() -> None:
    document = begun()
    for style, before, after in (("Normal", "Der Knopf ", " schaltet."), ("List Bullet", "Ansicht ", "")):
        paragraph = document.add_paragraph(before, style)
        paragraph.add_run().add_picture(BytesIO(picture()))
        paragraph.add_run(after)
        paragraph._p.xpath(".//wp:docPr")[0].set("descr", "Bild")
    document.add_paragraph("Ende", "List Bullet")
    assert without_data(text_of(document)) == "Der Knopf ![Bild]() schaltet.\n\n- Ansicht ![Bild]()\n\n- Ende"


def test_a_picture_beside_the_text_does_not_stand_in_its_lines() -> None:
    document = with_picture("Foto")
    inline = document.element.xpath(".//wp:inline")[0]
    inline.tag = inline.tag.replace("inline", "anchor")
    assert without_data(text_of(document)) == "Vorher\n\n![Foto]()\n\nDahinter"


def test_pictures_in_headings_and_prompts_are_printed_below_them() -> None:
    document = Document(BytesIO(narrative_form()))
    for paragraph in document.paragraphs[2:4]:
        paragraph.add_run().add_picture(BytesIO(picture()))
        paragraph._p.xpath(".//wp:docPr")[0].set("descr", style_of(paragraph))
    (record,), findings = read(document)
    assert findings == []
    assert without_data(str(record.values["text"])) == "![Heading 1]()\n\n![Ausfüllhinweis]()"


def test_a_picture_is_as_wide_as_word_shows_it() -> None:
    document = begun()
    document.add_picture(BytesIO(picture()), width=Mm(42))
    document.inline_shapes[0]._inline.docPr.set("descr", "Halle")
    assert text_of(document).endswith(' "42.0 mm")')


def test_a_picture_of_old_word_has_its_width_too() -> None:
    document = with_picture("Foto")
    drawing = document.element.xpath(".//w:drawing")[0]
    relation = document.element.xpath(".//a:blip")[0].get(qn("r:embed"))
    inner = f'<v:shape style="width:72pt;height:54pt" alt="Foto"><v:imagedata r:id="{relation}"/></v:shape>'
    old = f"<w:pict {NAMES}>{inner}</w:pict>"
    drawing.getparent().replace(drawing, parse_xml(old))
    assert "![Foto](data:image/png;base64," in text_of(document)
    assert ' "25.4 mm")' in text_of(document)


def test_a_picture_without_words_is_told() -> None:
    (record,), (finding,) = read(with_picture())
    assert "![Bild](data:image/png;base64," in str(record.values["text"])
    assert (finding.code, str(finding.place)) == ("DATA-ALT-TEXT", "sachbericht.docx: Verlauf, paragraph 2")
    assert "„Alternativtext bearbeiten“" in Locale("de").show(finding.hint)


def test_a_picture_of_another_format_is_told() -> None:
    content = with_parts(saved(with_picture("Logo")), {"word/media/image1.png": b"\x01\0\0\0 EMF"})
    (record,), (finding,) = read(content)
    assert record.values["text"] == "Vorher\n\nDahinter"
    assert told([finding]) == [
        "sachbericht.docx: Verlauf, paragraph 2  DATA-PICTURE  The picture (PNG) cannot be printed."
    ]


def changed_picture(content: bytes, *, crop: str = "", place: str = "", shape: str = "rect") -> Any:
    """Return a document with a picture that Word shows cut (``l="20000"``), turned (``rot="5400000"``), in a shape."""
    document = begun()
    document.add_picture(BytesIO(content), width=Mm(60))
    document.inline_shapes[0]._inline.docPr.set("descr", "Foto")
    fill, properties = (document.element.xpath(f".//*[local-name()='{name}']")[0] for name in ("blipFill", "spPr"))
    if crop:
        fill.insert(1, parse_xml(f"<a:srcRect {NAMES} {crop}/>"))
    for name in re.findall(r'(\w+)="(\w+)"', place):
        properties.xpath("./*[local-name()='xfrm']")[0].set(*name)
    properties.xpath("./*[local-name()='prstGeom']")[0].set("prst", shape)
    return document


def shown_picture(text: str) -> tuple[Image.Image, str]:
    """Return the picture in a text, and the width that the text says."""
    found = re.search(r'base64,([^ )]+)(?: "([^"]*)")?', text)
    assert found is not None
    return Image.open(BytesIO(b64decode(found[1]))), found[2] or ""


QUARTERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}


def quarters(form: str = "PNG", **options: Any) -> bytes:
    """Return a picture of 40 × 20: red and green above, blue and white below."""
    image = Image.new("RGB", (40, 20))
    for name, corner in zip(QUARTERS, ((0, 0), (20, 0), (0, 10), (20, 10)), strict=True):
        image.paste(QUARTERS[name], (*corner, corner[0] + 20, corner[1] + 10))
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def corners(image: Image.Image) -> str:
    """Return the colours at the corners, the upper ones first; a photo has them by about."""
    colours = image.convert("RGB")
    right, low = image.width - 2, image.height - 2
    return " ".join(colour_near(colours.crop((x, y, x + 1, y + 1))) for y in (1, low) for x in (1, right))


def colour_near(pixel: Image.Image) -> str:
    red, green, blue = (value > 127 for value in pixel.tobytes())
    return {v: k for k, v in QUARTERS.items()}[255 * red, 255 * green, 255 * blue]


@pytest.mark.parametrize(
    ("changes", "size", "seen", "width"),
    [
        ({}, (40, 20), "red green blue white", "60.0 mm"),
        ({"crop": 'l="50000"'}, (20, 20), "green green white white", "60.0 mm"),
        ({"crop": 'b="50000" r="50000"'}, (20, 10), "red red red red", "60.0 mm"),
        ({"place": 'rot="5400000"'}, (20, 40), "blue red white green", "30.0 mm"),
        ({"place": 'rot="10800000"'}, (40, 20), "white blue green red", "60.0 mm"),
        ({"place": 'rot="16200000"'}, (20, 40), "green white red blue", "30.0 mm"),
        ({"place": 'flipH="1"'}, (40, 20), "green red white blue", "60.0 mm"),
        ({"place": 'flipV="1"'}, (40, 20), "blue white red green", "60.0 mm"),
    ],
)
def test_a_picture_is_printed_as_word_shows_it(
    changes: dict[str, str], size: tuple[int, int], seen: str, width: str
) -> None:
    image, said = shown_picture(text_of(changed_picture(quarters(), **changes)))
    assert (image.size, corners(image), said) == (size, seen, width)


@pytest.mark.parametrize("changes", [{"place": 'rot="600000"'}, {"shape": "ellipse"}, {"crop": 'l="-5000"'}])
def test_a_picture_that_cannot_be_printed_as_word_shows_it_is_told(changes: dict[str, str]) -> None:
    (record,), (finding,) = read(changed_picture(quarters(), **changes))
    assert str(finding.message).startswith("The picture is rotated or cropped to a shape in Word;")
    assert shown_picture(str(record.values["text"]))[0].size == (40, 20)


def test_what_a_camera_says_of_itself_does_not_turn_a_picture_that_word_shows_otherwise() -> None:
    held = Image.Exif()
    held[0x0112] = 6
    image, _width = shown_picture(text_of(changed_picture(quarters("JPEG", exif=held))))
    assert (image.format, image.getexif().get(0x0112), corners(image)) == ("JPEG", None, "red green blue white")


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_formats_are_printed_too(form: str) -> None:
    content = with_parts(saved(with_picture("Logo")), {"word/media/image1.png": quarters(form)})
    (record,), findings = read(content)
    image, _width = shown_picture(str(record.values["text"]))
    assert (findings, image.size, corners(image)) == ([], (40, 20), "red green blue white")
    assert image.format == ("JPEG" if form == "WEBP" else "PNG")


def test_a_picture_for_a_poster_is_made_smaller_and_one_for_a_page_is_left_alone() -> None:
    large, small = BytesIO(), BytesIO()
    Image.new("RGB", (6000, 3000)).save(large, "JPEG")
    Image.new("RGB", (2000, 1000)).save(small, "JPEG")
    assert shown_picture(text_of(changed_picture(large.getvalue())))[0].size == (2400, 1200)
    assert b64encode(small.getvalue()).decode() in text_of(changed_picture(small.getvalue()))


def test_a_damaged_picture_is_told() -> None:
    content = with_parts(saved(with_picture("Logo")), {"word/media/image1.png": quarters()[:-20]})
    _records, (finding,) = read(content)
    assert finding.code == "DATA-PICTURE"


def test_a_picture_in_a_table_stays_in_its_cell() -> None:
    document = begun()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text = "Foto"
    cells[1].paragraphs[0].add_run().add_picture(BytesIO(picture()))
    cells[1].paragraphs[0]._p.xpath(".//wp:docPr")[0].set("descr", "Halle")
    head, _rule = text_of(document).split("\n")
    assert head.startswith("| Foto | ![Halle](data:image/png;base64,")


def test_a_picture_beside_markdown_is_told_at_its_line() -> None:
    whole = b64encode(picture()).decode()
    pictures = f"![Ok](data:image/png;base64,{whole})\n\n![Torn](data:image/png;base64,iVBORw0KGgo=)"
    text = f"# Verlauf\n\nText\nmit ![Foto](foto.jpg) darin\n\n{pictures}\n"
    items = list(NarrativeImporter().read(Source("sachbericht.md", text.encode())))
    beside, torn = (item for item in items if isinstance(item, Finding))
    assert (beside.code, beside.place) == ("DATA-PICTURE", Place("sachbericht.md", line=4))
    assert str(beside.message).startswith("The picture foto.jpg is not part of the text;")
    assert (torn.code, torn.place) == ("DATA-PICTURE", Place("sachbericht.md", line=8))
    assert str(torn.message).startswith("The picture “Torn” is damaged;")


# --- files that cannot be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is not a readable Word document: it is empty."),
        (b"<html></html>", "The file is not a readable Word document: it was not written by Word."),
        (saved(begun())[:2000], "The file is not a readable Word document: the archive is damaged."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "The file is not a readable Word document: it has the format of Word before 2007.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The file is protected by a password.",
        ),
        (
            with_parts(saved(begun()), {"word/document.xml": b"<w:document"}),
            "The file is not a readable Word document: its part “word/document.xml” is damaged.",
        ),
        (
            with_parts(saved(begun()), {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "“word/document.xml” inside the file declares a document type, which is not supported.",
        ),
    ],
    ids=["empty", "html", "torn", "doc", "password", "xml", "entities"],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(SourceError) as error:
        read(content)
    assert str(error.value.message) == message
    assert error.value.place == Place("sachbericht.docx")
    assert error.value.hint


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oekoreport.package.LARGEST_TREE", 2_000_000)
    content = with_parts(saved(begun()), {"word/document.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    with pytest.raises(PartTooLarge) as error:
        read(content)
    assert str(error.value.message) == "“word/document.xml” inside the file has more than 2 MB."
    assert error.value.hint


def test_a_body_of_millions_of_empty_paragraphs_is_refused() -> None:
    content = with_parts(saved(begun()), {"word/document.xml": b"<a>" + b"<p/>" * 2_000_000 + b"</a>"})
    with pytest.raises(TooMuchMarkup) as error:
        read(content)
    assert str(error.value.message) == "“word/document.xml” inside the file has more than 2,000,000 elements."
    assert error.value.place == Place("sachbericht.docx")


def test_a_bomb_of_pictures_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oekoreport.package.UNPACKED_LIMIT", 300_000)
    content = with_parts(saved(with_picture("x")), {"word/media/image1.png": picture() + b"\0" * 300_000})
    with pytest.raises(UnpacksTooLarge):
        read(content)


# --- the form --------------------------------------------------------------------------------------------------------


def style_of(paragraph: Any) -> str:
    return str(paragraph.style.name)


def test_an_empty_form_has_every_section_and_no_text() -> None:
    assert read(narrative_form()) == ([], [])
    assert narrative_form() == narrative_form()


def test_word_opens_the_form_without_repair(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    path = tmp_path / "sachbericht.docx"
    path.write_bytes(narrative_form())
    result = audit.OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors]


def test_a_form_is_read_without_what_stands_in_it_in_grey() -> None:
    document = Document(BytesIO(narrative_form()))
    hints = [paragraph for paragraph in document.paragraphs if style_of(paragraph) == "Ausfüllhinweis"]
    assert len(hints) == len(HINTS)
    hints[1].insert_paragraph_before("Davor")
    hints[2].add_run(" Das schrieb ich dahinter.")
    records, (finding,) = read(document)
    assert told([finding])[0].startswith(
        "sachbericht.docx: Ergebnisse und Wirkungen, paragraph 1  DATA-INSTRUCTION  Your text is in the same paragraph"
    )
    assert [record.key for record in records] == ["course", "results"]
    assert records[0].values["text"] == "Davor"
    assert str(records[1].values["text"]).endswith("? Das schrieb ich dahinter.")


def test_forms_that_were_handed_out_stay_known() -> None:
    """A sentence that is changed would be printed from the forms that have it: move the former to FORMER_HINTS."""
    handed_out = (
        (
            "Schreiben Sie unter die Überschriften und lassen Sie diese unverändert."
            " Die grauen Sätze können stehen bleiben: Sie werden nicht gedruckt."
        ),
        "Was fand wann statt: Auftakt, Workshops, Vor-Ort-Termine, Auszeichnung? Wer nahm teil, wer schied aus?",
        (
            "Was wurde erreicht: Maßnahmen, Einsparungen, Investitionen, Stimmen der Betriebe?"
            " Wie steht das zu den Zielen?"
        ),
        "Was weicht von Planung und Bescheid ab, bei Zeit, Teilnehmern und Ausgaben, und warum?",
        "Was ist wann und wo erschienen, und wie wurde auf die Förderung hingewiesen?",
        "Wie geht es weiter: neue Runden, Netzwerke, offene Maßnahmen?",
    )
    assert [text for text in handed_out if not is_instruction(text)] == []


def test_word_sees_the_sections_of_a_form_as_headings() -> None:
    document = Document(BytesIO(narrative_form()))
    headings = [paragraph.text for paragraph in document.paragraphs if style_of(paragraph) == "Heading 1"]
    assert headings[0] == "Durchführung des Vorhabens"
    assert len(headings) == 5
    assert document.core_properties.author == ""


# --- beside other files ----------------------------------------------------------------------------------------------


def test_a_lock_file_of_word_is_left_aside_and_two_narratives_are_told(tmp_path: Path) -> None:
    from oekoreport.build.intake import take_in
    from oekoreport.contract.registry import Registry

    document = begun()
    document.add_paragraph("So stand es in Word. " * 20)
    (tmp_path / "sachbericht.docx").write_bytes(saved(document))
    (tmp_path / "~$chbericht.docx").write_bytes(b"lock")
    (tmp_path / "sachbericht.md").write_text("# Verlauf\nSo stand es in Markdown.\n", encoding="utf-8")
    intake = take_in(tmp_path, Registry.discover())
    (finding,) = intake.assembly.findings
    assert (finding.code, str(finding.place)) == ("DATA-CONTRADICTION", "sachbericht.md: line 2")
    assert str(finding.message) == (
        "So stand es in Markdown. here contradicts “So stand es in Word. So stand es in Word. So stand es in Word."
        " So stand es in Wo…” at sachbericht.docx: Verlauf, paragraph 1."
    )
    assert str(finding.hint) == "Keep one of the two texts; until then neither is printed."


BEFORE_ANY_HEADING = "Der Text vor der ersten Überschrift gehört zu keinem Abschnitt und wird nicht gelesen."


def test_the_title_of_the_document_is_left_and_a_subtitle_is_told() -> None:
    document = Document()
    document.add_paragraph("Sachbericht zur Runde", style="Title")
    document.add_paragraph("Der Zuwendungszweck wurde erreicht.", style="Subtitle")
    document.add_heading("Durchführung", 1)
    document.add_paragraph("Text.")
    (record,), (finding,) = read(document)
    assert record.values["text"] == "Text."
    assert Locale("de").show(finding.message) == BEFORE_ANY_HEADING


def test_a_text_box_at_the_title_is_told() -> None:
    document = Document()
    title = document.add_paragraph("Sachbericht", style="Title")
    put(
        title,
        '<w:r ><w:pict><v:shape id="t1"><v:textbox><w:txbxContent><w:p><w:r><w:t>Wichtiger Hinweis</w:t></w:r></w:p>'
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    )
    document.add_heading("Durchführung", 1)
    document.add_paragraph("Text.")
    _records, (finding,) = read(document)
    assert Locale("de").show(finding.message) == BEFORE_ANY_HEADING
