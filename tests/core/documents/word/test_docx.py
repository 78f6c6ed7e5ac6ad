"""Word documents from templates: nothing lost, nothing run, the same bytes, and faults with their place."""

import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st

from oekoreport.documents.content.picture import Picture
from oekoreport.documents.content.prose import Prose
from oekoreport.documents.filling import Template
from oekoreport.documents.views.view import Collection, Fields, Number
from oekoreport.errors import TemplateError
from oekoreport.language import Locale
from oekoreport.units import euro

HOSTILE = "Müller & Söhne <GmbH> ]]> {{ x }} {% raw %}"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), header: str = "") -> bytes:
    """Return a Word file with these paragraphs, a table and a running head."""
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    if rows:
        table = file.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        file.sections[0].header.paragraphs[0].text = header
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def filled(content: bytes, **values: object) -> bytes:
    template = Template(content, "nrw/x.docx")
    return template.render(values, title="Titel & <b>", language="de", created=date(2025, 9, 15)).content


def read(content: bytes) -> "docx.document.Document":
    return docx.Document(BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(content).paragraphs]


def problem(content: bytes, language: str = "de", **values: object) -> str:
    with pytest.raises(TemplateError) as caught:
        filled(content, **values)
    return caught.value.localize(Locale(language))


def test_hostile_text_stays_whole_and_so_does_what_follows() -> None:
    assert texts(filled(template("Firma {{ name }}, Soest"), name=HOSTILE)) == [f"Firma {HOSTILE}, Soest"]


def test_characters_that_xml_cannot_hold_are_marked() -> None:
    assert texts(filled(template("{{ name }}"), name="a\x01b\ud800c\ufffed")) == ["a\ufffdb\ufffdc\ufffdd"]


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40))
def test_any_text_reads_as_it_was(text: str) -> None:
    assert texts(filled(template("<{{ name }}>"), name=text)) == [f"<{text}>"]


def test_lines_and_tabs_of_a_text_are_lines_and_tabs_in_word() -> None:
    assert texts(filled(template("{{ address }}"), address="Weg 1\n59494 <Soest>\tNRW")) == [
        "Weg 1\n59494 <Soest>\tNRW"
    ]


def test_values_are_printed_as_german_readers_expect() -> None:
    values = {
        "amount": Decimal("1234.5"),
        "money": euro(Decimal("1234.5")),
        "day": date(2025, 9, 5),
        "year": 2025,
        "yes": True,
        "nothing": None,
        "figure": Number("savings.co2", Decimal("636.04"), "t/a", 1, "CO2"),
    }
    content = template(*(f"{{{{ {name} }}}}" for name in values), "{{ figure.number }}")
    assert texts(filled(content, **values)) == [
        "1.234,5",
        "1.234,50\u00a0€",
        "05.09.2025",
        "2025",
        "ja",
        "[unbekannt]",
        "636,0\u00a0t/a",
        "636,0",
    ]


def test_rows_are_repeated_and_the_running_head_is_filled() -> None:
    rows = (("{%tr for p in people %}", ""), ("{{ loop.index }}", "{{ p.name }}"), ("{%tr endfor %}", ""))
    people = Collection("people", [Fields("person", {"name": HOSTILE}), Fields("person", {"name": "B"})], {})
    document = read(filled(template(rows=rows, header="Kopf {{ title }}"), people=people, title="Ö & <x>"))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["1", HOSTILE], ["2", "B"]]
    assert document.sections[0].header.paragraphs[0].text == "Kopf Ö & <x>"


def test_a_placeholder_that_word_split_into_runs_is_found() -> None:
    file = docx.Document()
    paragraph = file.add_paragraph()
    for piece in ("{", "{ na", "me }", "}", "!"):
        paragraph.add_run(piece).bold = piece == "me }"
    buffer = BytesIO()
    file.save(buffer)
    assert texts(filled(buffer.getvalue(), name="Anna")) == ["Anna!"]


def test_a_misspelt_placeholder_is_named_with_the_nearest_and_its_place() -> None:
    savings = Fields("savings", {"co2": Decimal(636), "water": Decimal(1)})
    assert problem(template("CO2: {{ savings.co3 }} Tonnen"), savings=savings) == (
        "nrw/x.docx: Einen Platzhalter „savings.co3“ gibt es nicht. Es steht in: CO2: {{ savings.co3 }} Tonnen\n"
        "Meinten Sie „savings.co2“?"
    )
    assert "Meinten Sie „savings“?" in problem(template("{{ saving.co2 }}"), savings=savings)
    assert "„partcipants“" in problem(template("{% for p in partcipants %}{% endfor %}"), participants=())
    assert "„savings.x“" in problem(template("{% if savings.x %}ja{% endif %}"), savings=savings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ savings }}", "„savings“ ist kein Wert"),
        ("{{ savings.items }}", "„savings.items“ gibt es nicht"),
        ("{{ savings.__class__ }}", "„savings.__class__“ gibt es nicht"),
        ("{{ ''.__class__.__mro__ }}", "„__class__“ gibt es nicht"),
        ("{{ name.upper() }}", "ruft etwas auf"),
        ("{{ range(9) }}", "„range“ gibt es nicht|ruft etwas auf"),
        ("{{ savings.co2 * 2 }}", "rechnet mit „*“"),
        ("{{ name ~ name }}", "verbindet Texte"),
        ("{{ name|safe }}", "Filter „safe“"),
        ("{{ self }}", "ist kein Wert"),
        ("{% for p in people %}", "{% endfor %} fehlt"),
        ("{{p name }}", "außerhalb eines Absatzes"),
    ],
)
def test_a_template_can_read_and_nothing_else(text: str, words: str) -> None:
    savings = Fields("savings", {"co2": Number("savings.co2", Decimal(1), "t/a", 1, "")})
    said = problem(template(text), savings=savings, name="Anna", people=())
    assert any(choice in said for choice in words.split("|")), said


@pytest.mark.parametrize(
    ("paragraphs", "told", "stands_in"),
    [
        (("vor", "{%p if a %}", "mitten", "nach"), "{%p if a %} hat kein Ende: {%p endif %} fehlt.", "{%p if a %}"),
        (("{% if a %}ja{% endif %}{% if b %}", "nach"), "{% endif %} fehlt", "{% if a %}ja{% endif %}{% if b %}"),
        (("vor", "{%p endif %}"), "{%p endif %} steht, wo keine Schleife", "{%p endif %}"),
        (("{% if a %}x{% endfor %}",), "{% endfor %} steht, wo {% endif %} stehen muss", "{% if a %}x{% endfor %}"),
        (("vor", "An {{ „name“ }} hier"), "Anführungszeichen („)", "An {{ „name“ }} hier"),
        (("{{ name$ }}",), "Zeichen $", "{{ name$ }}"),
        (("{% fro p in people %}{% endfor %}",), "„fro“ gibt es", "{% fro p in people %}{% endfor %}"),
        (("{% include x %}{% nonsense %}",), "„include“ gibt es", "{% include x %}{% nonsense %}"),
        (("{{ name first }}",), "„first“ steht, wo", "{{ name first }}"),
        (("Hier {{ name", "nach"), "endet nicht mit }}", "Hier {{ name"),
        (("{{ }}",), "ist leer", "{{ }}"),
        (("{% for p on people %}{% endfor %}",), "„in“ stehen, wo „on“ steht", "{% for p on people %}{% endfor %}"),
    ],
)
def test_marks_that_cannot_be_understood_are_told_in_the_readers_language_with_their_paragraph(
    paragraphs: tuple[str, ...], told: str, stands_in: str
) -> None:
    said = problem(template(*paragraphs)).splitlines()[0]
    assert told in said
    assert said.endswith(f"Es steht in: {stands_in}")
    assert not {"Jinja", "expected", "unexpected"} & set(said.split())


def test_a_loop_over_rows_that_does_not_end_is_named_with_its_row() -> None:
    rows = (("Kopf", "x"), ("{%tr for p in people %}", ""), ("{{ p.name }}", ""))
    said = problem(template("vor", "nach", rows=rows))
    assert "{%tr endfor %} fehlt. Es steht in: {%tr for p in people %}" in said


def test_a_file_that_is_no_word_document_is_named() -> None:
    assert problem(b"PK no archive").startswith("nrw/x.docx: Dies ist kein Word-Dokument (.docx).")


def test_markdown_becomes_paragraphs_in_the_templates_styles() -> None:
    text = Prose(
        "# Verlauf\n\nEs war **gut** & <b>neu</b>.\n\n1. eins\n2. zwei\n   - *drei*\n\nSchluss\\\nzeile [hier](https://a.example)"
    )
    document = read(filled(template("{{p text }}"), text=text))
    assert [(p.style.name, p.text) for p in document.paragraphs if p.style is not None] == [
        ("Heading 3", "Verlauf"),
        ("Body Text", "Es war gut & <b>neu</b>."),
        ("List Paragraph", "1.\teins"),
        ("List Paragraph", "2.\tzwei"),
        ("List Paragraph", "•\tdrei"),
        ("Body Text", "Schluss\nzeile hier (https://a.example)"),
    ]
    assert [run.text for run in document.paragraphs[1].runs if run.bold] == ["gut"]


def test_a_table_in_markdown_is_a_table() -> None:
    document = read(filled(template("{{p text }}"), text=Prose("| a | b |\n|---|---|\n| 1 | & |")))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["a", "b"], ["1", "&"]]


def test_the_head_of_a_table_in_markdown_is_one() -> None:
    document = read(filled(template("{{p text }}"), text=Prose("| *a* b | c |\n|---|---|\n| **1** d | e |")))
    head, row = document.tables[0].rows
    assert [len(each._tr.xpath("./w:trPr/w:tblHeader")) for each in (head, row)] == [1, 0]
    bold = [[run.bold for cell in each.cells for run in cell.paragraphs[0].runs] for each in (head, row)]
    assert bold == [[True, True, True], [True, None, None]]


def test_a_text_that_is_missing_leaves_its_mark() -> None:
    assert texts(filled(template("{{p text }}"), text=Prose(""))) == ["[unbekannt]"]


def test_a_cell_that_a_condition_emptied_still_opens_in_word() -> None:
    rows = (("{%p if no %}", "x"),)
    file = docx.Document(BytesIO(template(rows=rows)))
    file.tables[0].cell(0, 0).add_paragraph("weg")
    file.tables[0].cell(0, 0).add_paragraph("{%p endif %}")
    buffer = BytesIO()
    file.save(buffer)
    cell = read(filled(buffer.getvalue(), no=False)).tables[0].cell(0, 0)
    assert [paragraph.text for paragraph in cell.paragraphs] == [""]


def test_a_last_section_that_a_condition_emptied_goes_with_its_page() -> None:
    file = docx.Document(BytesIO(template("Haupttext")))
    wide = file.add_section()
    wide.orientation = WD_ORIENT.LANDSCAPE
    for text in ("{%p if annex %}", "Anlage", "{%p endif %}"):
        file.add_paragraph(text)
    buffer = BytesIO()
    file.save(buffer)
    assert len(read(filled(buffer.getvalue(), annex=True)).sections) == 2
    without = read(filled(buffer.getvalue(), annex=False)).sections
    assert [section.orientation for section in without] == [0]


def test_a_picture_carries_its_words() -> None:
    picture = Picture(PIXEL, 'Balken: "Energie" & <Wasser> 12 €', 40)
    content = filled(template("Bild {{ chart }}", "noch eins {{ chart }}"), chart=picture)
    shapes = read(content).inline_shapes
    assert [round(shape.width.mm) for shape in shapes] == [40, 40]
    descriptions = [shape._inline.docPr.get("descr") for shape in shapes]
    assert descriptions == [picture.alt] * 2
    with zipfile.ZipFile(BytesIO(content)) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(media) == 1


def test_properties_name_title_language_and_day() -> None:
    properties = read(filled(template("x"))).core_properties
    assert (properties.title, properties.language, properties.author) == ("Titel & <b>", "de-DE", "python-docx")
    assert properties.created is not None
    assert properties.created.date() == properties.modified.date() == date(2025, 9, 15)
    assert properties.last_modified_by == ""


BUILD = """
import hashlib, sys
from datetime import date
from oekoreport.documents.filling import Template
content = open(sys.argv[1], "rb").read()
made = Template(content).render({"names": ["b", "a"]}, title="T", language="de", created=date(2025, 9, 15))
print(hashlib.sha256(made.content).hexdigest())
"""


def test_two_processes_in_two_time_zones_make_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(template("{% for n in names %}{{ n }}{% endfor %}", header="{{ names|length }}"))
    made = {
        subprocess.run(
            [sys.executable, "-c", BUILD, str(file)],
            check=True,
            capture_output=True,
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Adak", "2"))
    }
    assert len(made) == 1


def markup(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def test_an_empty_list_of_rows_leaves_no_table_without_rows() -> None:
    content = template("vor", rows=(("{%tr for r in rows %}",), ("{{ r }}",), ("{%tr endfor %}",)))
    assert "<w:tbl>" not in markup(filled(content, rows=[]))
    assert [row.cells[0].text for row in read(filled(content, rows=["a", "b"])).tables[0].rows] == ["a", "b"]


def test_an_empty_list_of_cells_leaves_no_row_without_cells() -> None:
    content = template(rows=(("{%tc for c in cells %}", "{{ c }}", "{%tc endfor %}"), ("x", "y", "z")))
    assert [[cell.text for cell in row.cells] for row in read(filled(content, cells=[])).tables[0].rows] == [
        ["x", "y", "z"]
    ]


def test_a_cell_whose_table_is_gone_keeps_a_paragraph() -> None:
    file = docx.Document()
    inner = file.add_table(1, 1).cell(0, 0).add_table(3, 1)
    for row, text in zip(inner.rows, ("{%tr for r in rows %}", "{{ r }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = text
    buffer = BytesIO()
    file.save(buffer)
    content = filled(buffer.getvalue(), rows=[])
    assert read(content).tables[0].cell(0, 0).paragraphs
    assert markup(content).count("<w:tbl>") == 1


def test_a_deleted_tracked_tag_is_no_placeholder() -> None:
    content = template("{{ name }}")
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>{{ gone }}</w:delText></w:r></w:del></w:p>'
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", deleted.encode(), 1)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert texts(filled(buffer.getvalue(), name="Klinik")) == ["Klinik"]
