"""docxtpl's marks and values in the compiled engine: each works as in docxtpl, and nothing is lost or run."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from oekoreport.documents.content.picture import Picture
from oekoreport.documents.content.prose import Prose
from oekoreport.documents.filling import Template
from oekoreport.errors import TemplateError
from oekoreport.language import Locale
from oekoreport.report import Rendered

HOSTILE = "Müller & Söhne <GmbH> ]]> „x“"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
Document = docx.document.Document


def saved(file: Document) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Return a Word file with these paragraphs and a table."""
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    if rows:
        table = file.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(file)


def made(content: bytes, **values: object) -> Rendered:
    return Template(content, "x.docx").render(values, title="T", language="de", created=date(2025, 9, 15))


def read(content: bytes, **values: object) -> Document:
    return docx.Document(BytesIO(made(content, **values).content))


def body(content: bytes, **values: object) -> str:
    with zipfile.ZipFile(BytesIO(made(content, **values).content)) as archive:
        return archive.read("word/document.xml").decode()


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def grid(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def problem(content: bytes, **values: object) -> str:
    with pytest.raises(TemplateError) as caught:
        made(content, **values)
    return caught.value.localize(Locale("de"))


def entry(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


# --- marks -----------------------------------------------------------------------------------------------------------


def test_columns_are_repeated_and_the_grid_follows() -> None:
    rows = (
        ("{%tc for name in names %}", "{{ name }}", "{%tc endfor %}"),
        ("{%tc for name in names %}", "{{ loop.index }}", "{%tc endfor %}"),
    )
    document = read(template(rows=rows), names=["a", HOSTILE, "c", "d", "e"])
    assert grid(document) == [["a", HOSTILE, "c", "d", "e"], ["1", "2", "3", "4", "5"]]
    assert len(document.tables[0].columns) == 5


def test_cells_are_merged_and_coloured() -> None:
    rows = (
        ("{% colspan names|length %}Kopf", "x"),
        ("{%tr for name in names %}", ""),
        ("{% vm %}alle", "{% cellbg colour %}{{ name }}"),
        ("{%tr endfor %}", ""),
    )
    xml = body(template(rows=rows), names=["a", "b"], colour='FF"0<')
    assert '<w:gridSpan w:val="2"/>' in xml
    assert re.findall(r'<w:vMerge w:val="(\w+)"/>', xml) == ["restart", "continue"]
    assert xml.count('w:fill="FF&quot;0&lt;"') == 2


def test_a_cell_is_stretched_over_its_loop() -> None:
    rows = (("{%tc for name in names %}", "{% hm %}Kopf", "{%tc endfor %}"),)
    assert '<w:gridSpan w:val="3"/>' in body(template(rows=rows), names=[1, 2, 3])


def test_paragraphs_runs_and_comments_follow_conditions() -> None:
    hidden = ("{%p if no %}", "weg", "{%p endif %}", "{#p ein Hinweis #}")
    content = template("a", *hidden, "b{%r if no %}weg{%r endif %}c")
    assert lines(read(content, no=False)) == ["a", "bc"]


def test_tags_with_a_hyphen_join_paragraphs() -> None:
    content = template("in", "{%- if town -%}", " Soest", "{%- endif %} und")
    assert lines(read(content, town=True)) == ["in Soest und"]


def test_braces_are_printed_and_those_of_a_value_stay() -> None:
    content = template("{_{ name }_} {_% if %_} {{ name }}")
    assert lines(read(content, name="{_{ x }_}")) == ["{{ name }} {% if %} {_{ x }_}"]


def test_lists_of_plain_values_are_read_by_position_and_name() -> None:
    values = {"row": [{"a": 1.5}, {"a": 2}], "names": ["x", HOSTILE]}
    content = template("{{ row[0].a }} {{ row[1]['a'] }} {{ names|join('; ') }} {{ names[-1]|upper|e }}")
    assert lines(read(content, **values)) == [f"1,5 2 x; {HOSTILE} {HOSTILE.upper()}"]


def test_a_choice_without_an_else_prints_nothing() -> None:
    assert lines(read(template("a{{ 'x' if no }}b{{ 'y' if not no }}"), no=False)) == ["aby"]


def test_footnotes_and_endnotes_are_filled_in() -> None:
    with_notes = add_part(template("Text"), "endnotes", "{{ name }} <und> mehr")
    result = made(with_notes, name=HOSTILE).content
    assert "Müller &amp; Söhne &lt;GmbH&gt;" in entry(result, "word/endnotes.xml")


def add_part(content: bytes, kind: str, text: str) -> bytes:
    """Return a Word file with a part of notes that holds a paragraph."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    file = docx.Document(BytesIO(content))
    one = kind[:-1]
    inside = f'<w:{one} w:id="1"><w:p><w:r><w:t/></w:r></w:p></w:{one}>'
    note = parse_xml(f"<w:{kind} {nsdecls('w')}>{inside}</w:{kind}>")
    next(note.iter(qn("w:t"))).text = text
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    part = Part(PackURI(f"/word/{kind}.xml"), media, etree.tostring(note), file.part.package)
    file.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
    return saved(file)


def test_a_property_of_the_template_is_filled_in_too() -> None:
    file = docx.Document()
    file.core_properties.subject = "Runde {{ name }}"
    file.core_properties.author = "Kreis"
    properties = read(saved(file), name=HOSTILE).core_properties
    assert (properties.subject, properties.author, properties.title) == (f"Runde {HOSTILE}", "Kreis", "T")


def test_ids_that_a_loop_would_repeat_are_left_out_there() -> None:
    file = docx.Document()
    for number, text in enumerate(("vor", "{%p for n in names %}", "{{ n }}", "{%p endfor %}", "nach")):
        file.add_paragraph(text)._p.set(PARA_ID, f"0000000{number}")
    xml = body(saved(file), names=["a", "b"])
    assert re.findall(r'paraId="(\w+)"', xml) == ["00000000", "00000004"]


PARA_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


def test_an_ampersand_in_a_tag_is_the_one_that_was_typed() -> None:
    content = template('{% if name == "A & B" %}ja{% endif %} {{ "C & <D>" }}{% set x = "E & F" %} {{ x }}')
    assert lines(read(content, name="A & B")) == ["ja C & <D> E & F"]


def test_a_break_where_no_line_can_break_is_marked_and_reported() -> None:
    file = docx.Document()
    file.add_paragraph("{{ s }}")
    file.paragraphs[0]._p.set(PARA_ID, "{{ s }}")
    result = made(saved(file), s="a\x0cb")
    assert docx.Document(BytesIO(result.content)).paragraphs[0].text == "a"
    assert [Locale("en").show(note)[:20] for note in result.notes] == ["The character U+000C"]


@pytest.mark.parametrize("question", ["callable", "none", "string", "mapping", "not none"])
def test_nothing_is_asked_of_a_name_that_does_not_exist(question: str) -> None:
    assert "„nope“ gibt es nicht" in problem(template(f"{{% if nope is {question} %}}x{{% endif %}}"))


def test_a_tag_too_deep_to_be_read_is_told_as_a_fault() -> None:
    assert problem(template("{{ " + "(" * 3000 + "a" + ")" * 3000 + " }}")).startswith("x.docx: ")


# --- values ----------------------------------------------------------------------------------------------------------


def test_docxtpls_texts_keep_their_formats() -> None:
    rich = RichText("fett", bold=True)
    rich.add(f" {HOSTILE}\nZeile", color="FF0000")
    paragraph = RichTextParagraph(RichText("eigener Absatz", italic=True), parastyle="Heading1")
    content = template("vor {{r rich }} nach", "{{p whole }}", "{{ listing }}")
    document = read(content, rich=rich, whole=paragraph, listing=Listing(f"eins\nzwei\adrei {HOSTILE}"))
    assert lines(document) == [
        f"vor fett {HOSTILE}\nZeile nach",
        "eigener Absatz",
        "eins\nzwei",
        f"drei {HOSTILE}",
    ]
    assert [run.text for run in document.paragraphs[0].runs if run.bold] == ["fett"]


def test_pictures_of_docxtpl_and_ours_stand_side_by_side() -> None:
    engine = Template(template("{{ theirs }} {{ ours }} {{ text }}", "{{ theirs }}"))
    picture = InlineImage(engine.docxtpl(), BytesIO(PIXEL), width=Mm(20))
    values = {"theirs": picture, "ours": Picture(PIXEL, "ein Bild", 30), "text": HOSTILE}
    first, second = (
        engine.render(values, title="T & T", language="de", created=date(2025, 9, 15)).content for _ in range(2)
    )
    document = docx.Document(BytesIO(first))
    assert [round(shape.width.mm) for shape in document.inline_shapes] == [20, 30, 20]
    ids = [shape._inline.docPr.id for shape in document.inline_shapes]
    assert len(set(ids)) == 3
    assert document.paragraphs[0].text.endswith(HOSTILE)
    assert document.core_properties.title == "T & T"
    assert first == second


def test_a_subdocument_is_taken_in_with_its_styles() -> None:
    engine = Template(template("vor", "{{p inside }}", "{{ name }} nach"))
    inside = engine.docxtpl().new_subdoc()
    inside.add_heading("Unterdokument", level=1)
    inside.add_paragraph(HOSTILE)
    result = engine.render({"inside": inside, "name": HOSTILE}, title="T", language="de", created=None)
    assert lines(docx.Document(BytesIO(result.content))) == ["vor", "Unterdokument", HOSTILE, f"{HOSTILE} nach"]


def test_a_link_of_docxtpl_leads_where_it_led() -> None:
    engine = Template(template("siehe {{r link }}"))
    maker = engine.docxtpl()
    link = RichText("hier", url_id=maker.build_url_id("https://a.example/?x=1&y=2"))
    result = engine.render({"link": link}, title="T", language="de", created=None, docxtpl=maker)
    assert "https://a.example/?x=1&amp;y=2" in entry(result.content, "word/_rels/document.xml.rels")
    assert "Ein Text enthält einen Verweis" in problem(template("{{r link }}"), link=link)
    with pytest.raises(TemplateError, match="created for a different document"):
        engine.render({"link": link}, title="T", language="de", created=None, docxtpl=maker)


def test_what_was_made_with_another_template_is_refused() -> None:
    picture = InlineImage(DocxTemplate(BytesIO(template("anders"))), BytesIO(PIXEL))
    assert "mit einer anderen Vorlage" in problem(template("{{ picture }}"), picture=picture)


@pytest.mark.parametrize(
    ("mark", "value", "told"),
    [
        ("{{ x }}", Prose("a\n\nb"), "{{p … }}"),
        ("{{ x }}", RichText("a"), "{{r … }}"),
        ("{{ x }}", RichTextParagraph("a"), "{{p … }}"),
        ("{{r x }}", "a", "{{ … }}"),
        ("{{p x }}", 3, "{{ … }}"),
        ("{{r x }}", Prose("a"), "{{p … }}|kein Wert"),
    ],
)
def test_a_value_in_a_place_that_cannot_hold_it_is_named_with_the_mark_that_can(
    mark: str, value: object, told: str
) -> None:
    said = problem(template(f"hier {mark}"), x=value)
    assert any(choice in said for choice in told.split("|")), said


@pytest.mark.parametrize(
    "mark",
    [
        "{{ x.__class__ }}",
        "{{ x['__class__'] }}",
        "{{ x|attr('__class__') }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ _printer.locale }}",
        "{{ _printer }}",
        "{{ self._TemplateReference__context }}",
        "{{ loop.__init__ }}",
        "{% for k in x.__dict__ %}{% endfor %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro f() %}{% endmacro %}",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        "{% filter upper %}{{ x }}{% endfilter %}",
        "{{ cycler }}",
        "{{ x.format('a') }}",
        "{{ '%s' % x }}",
    ],
)
def test_pythons_own_is_out_of_reach(mark: str) -> None:
    assert problem(template(mark), x="Anna", loop="b").startswith("x.docx: ")


# --- any text --------------------------------------------------------------------------------------------------------

ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=60),
    st.text(st.sampled_from("\x00\x07\x0b\x0c\x1b\ud800\ufffe\uffff\t\n\r&<>'\"{}%#_אב\u202e🌿é"), max_size=30),
    st.integers(1, 40_000).map(lambda length: "ä&" * (length // 2)),
)
CONTENT = template("<{{ text }}>", "Ende {{ after }}", rows=(("{{ text }}", "{{ after }}"),))
ENGINE = Template(CONTENT)


@settings(max_examples=80)
@given(ANY_TEXT)
@example("a\x07b\x0cc")
@example("\x00" * 3)
@example("]]>&#0;&amp;")
def test_any_text_is_there_or_reported_and_so_is_what_follows(text: str) -> None:
    result = ENGINE.render({"text": text, "after": HOSTILE}, title="T", language="de", created=None)
    document = docx.Document(BytesIO(result.content))
    told = "\n".join(lines(document)).rpartition("\nEnde ")
    assert told[2] == HOSTILE
    assert flat(told[0]) == flat(f"<{printable(text)}>")
    assert bool(result.notes) == (printable(text) != text)
    assert document.tables[0].cell(0, 1).text == HOSTILE


def printable(text: str) -> str:
    """Return a text as Word can hold it: what XML forbids is marked; \\a and \\f are docxtpl's paragraph and page."""
    return re.sub("[^\t\n\r\v\a\f\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def flat(text: str) -> str:
    """Return a text without the difference between lines, paragraphs and pages."""
    return re.sub("[\r\n\v\a\f]+", "\n", text.replace("\r\n", "\n"))


def test_a_character_that_word_cannot_hold_is_reported_with_its_surroundings() -> None:
    (note,) = made(template("{{ name }}", "{{ name }}"), name="Müller\x00 & Söhne").notes
    assert Locale("de").show(note) == "Das Zeichen U+0000 wurde als „\ufffd“ gedruckt: „Müller\ufffd & Söhne“."


def test_prose_alt_texts_and_titles_report_such_characters_too() -> None:
    values = {"text": Prose("a\x0bb"), "picture": Picture(PIXEL, "c\x0bd", 3)}
    engine = Template(template("{{p text }}", "{{ picture }}"))
    notes = engine.render(values, title="e\x0bf", language="de", created=None).notes
    assert [Locale("en").show(note).rpartition("“")[2] for note in notes] == ["a\ufffdb”.", "c\ufffdd”.", "e\ufffdf”."]


def values_of(number: int) -> Mapping[str, object]:
    return {"text": f"{number} {HOSTILE}", "after": "x"}


def test_a_template_keeps_nothing_of_the_document_before() -> None:
    alone = Template(CONTENT).render(values_of(2), title="2", language="de", created=None)
    ENGINE.render({"text": "a\nb\x00", "after": Picture(PIXEL, "x", 3)}, title="1", language="de", created=None)
    assert ENGINE.render(values_of(2), title="2", language="de", created=None) == alone


def test_what_stands_in_raw_is_printed_as_it_stands() -> None:
    content = template("So: {% raw %}{{ a & b }} {% x %}{% endraw %}{{ end }}")
    assert lines(read(content, end=".")) == ["So: {{ a & b }} {% x %}."]
