"""What a template takes from outside of itself is refused with its place; nothing of it reaches a document."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from oekoreport.documents.filling import Template
from oekoreport.documents.proof import Fault, Kind, proof
from oekoreport.errors import TemplateError
from oekoreport.package import packed, unpacked

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONS = "word/_rels/document.xml.rels"
BODY = "word/document.xml"


def template(*paragraphs: str) -> bytes:
    file = docx.Document()
    for text in paragraphs or ("{{ name }}",):
        file.add_paragraph(text)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def related(kind: str, target: str, part: str = RELATIONS) -> bytes:
    """Return a template with a relation to something outside."""
    parts = unpacked(template())
    relation = f'<Relationship Id="rIdX" Type="{TYPES}{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    nothing = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts[part] = parts.get(part, nothing).replace(b"</Relationships>", relation.encode())
    return packed(parts)


def with_body(xml: str) -> bytes:
    """Return a template whose text begins with some XML."""
    parts = unpacked(template())
    parts[BODY] = parts[BODY].replace(b"<w:body>", f"<w:body>{xml}".encode(), 1)
    return packed(parts)


def field(code: str, *, pieces: int = 1) -> str:
    """Return a paragraph with a field, its code cut into pieces."""
    size = -(-len(code) // pieces)
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{code[at : at + size]}</w:instrText></w:r>'
        for at in range(0, len(code), size)
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def faults(content: bytes) -> list[Fault]:
    return [fault for fault in proof(content) if fault.kind in (Kind.FOREIGN, Kind.ATTACHED)]


def refused(content: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        Template(content, "brief.docx").render({"name": "x"}, title="", language="de", created=None)
    assert str(caught.value.place) == "brief.docx"
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("image", "http://127.0.0.1/x.png", "A picture is linked, not inserted: http://127.0.0.1/x.png"),
        ("image", "file:///etc/passwd", "A picture is linked, not inserted: file:///etc/passwd"),
        ("image", r"\\server\share\x.png", r"A picture is linked, not inserted: \\server\share\x.png"),
        ("oleObject", "file:///c:/x.xlsx", "An object of another program is embedded or linked."),
        ("package", "x.xlsx", "An object of another program is embedded or linked."),
        ("control", "x.bin", "An object of another program is embedded or linked."),
        ("aFChunk", "x.html", "Another document is included."),
        ("subDocument", "kapitel.docx", "Another document is included."),
        ("vbaProject", "vbaProject.bin", "The file contains macros."),
        ("mailMergeSource", "daten.mdb", "The file is connected to a data source for mail merge."),
        ("frame", "x.html", "The file shows other files in frames."),
        ("transform", "x.xslt", "The file refers to something outside of it: x.xslt"),
        (
            "hyperlink",
            "file:///h:/liste.xlsx",
            "A link leads to a file or a program, not to a web page: file:///h:/liste.xlsx",
        ),
        ("hyperlink", r"\\server\x", r"A link leads to a file or a program, not to a web page: \\server\x"),
        ("hyperlink", "javascript:x", "A link leads to a file or a program, not to a web page: javascript:x"),
    ],
)
@pytest.mark.parametrize("part", [RELATIONS, "word/_rels/settings.xml.rels", "word/glossary/_rels/document.xml.rels"])
def test_a_relation_that_leads_outside_is_refused(kind: str, target: str, told: str, part: str) -> None:
    content = related(kind, target, part)
    (fault,) = faults(content)
    assert (fault.kind, str(fault.message)) == (Kind.FOREIGN, told)
    assert fault.hint
    assert refused(content) == told


@pytest.mark.parametrize("target", ["https://example.org/x", "HTTP://example.org", "mailto:a@example.org", "tel:+49"])
def test_a_link_to_the_web_or_to_an_address_stays(target: str) -> None:
    content = related("hyperlink", target)
    assert faults(content) == []
    made = Template(content).render({"name": "x"}, title="", language="de", created=None).content
    assert f'Target="{target}"'.encode() in unpacked(made)[RELATIONS]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('INCLUDEPICTURE "http://127.0.0.1/x.png" \\d', "A picture is linked, not inserted: http://127.0.0.1/x.png"),
        ('includetext "c:/x.docx"', "Another document is included."),
        ("DDEAUTO c:/cmd.exe x", "An object of another program is embedded or linked."),
        ("LINK Excel.Sheet.12 x.xlsx", "An object of another program is embedded or linked."),
        ('DATABASE \\d "x.mdb"', "The file is connected to a data source for mail merge."),
        (
            'HYPERLINK \\o "Hinweis" "file:///c:/x"',
            "A link leads to a file or a program, not to a web page: file:///c:/x",
        ),
        ("HYPERLINK \\\\server\\x", "A link leads to a file or a program, not to a web page: \\\\server\\x"),
    ],
)
@pytest.mark.parametrize("pieces", [1, 3])
def test_a_field_that_fetches_is_refused_however_word_cut_it(code: str, told: str, pieces: int) -> None:
    content = with_body(field(code, pieces=pieces))
    (fault,) = faults(content)
    assert str(fault.message) == told
    assert fault.spot.paragraph == 1
    simple = with_body(f'<w:p><w:fldSimple w:instr="{code.replace(chr(34), "&quot;")}"/></w:p>')
    assert [fault.kind for fault in faults(simple)] == [Kind.FOREIGN]


@pytest.mark.parametrize(
    "code", ["PAGE", 'HYPERLINK "https://example.org"', 'HYPERLINK \\l "Anker"', "MACROBUTTON x y"]
)
def test_a_field_that_fetches_nothing_stays(code: str) -> None:
    assert faults(with_body(field(code))) == []


def test_a_value_cannot_make_a_field_fetch() -> None:
    content = with_body(field("{{ name }}"))
    assert faults(content) == []
    with pytest.raises(TemplateError, match=r"A picture is linked, not inserted: http://127\.0\.0\.1/x"):
        Template(content).render({"name": "INCLUDEPICTURE http://127.0.0.1/x"}, title="", language="de", created=None)


def test_the_template_that_a_template_was_made_with_is_taken_off() -> None:
    parts = unpacked(related("attachedTemplate", "file:///c:/normal.dotm", "word/_rels/settings.xml.rels"))
    reference = f'<w:attachedTemplate xmlns:r="{TYPES[:-1]}" r:id="rIdX"/></w:settings>'
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(b"</w:settings>", reference.encode())
    content = packed(parts)
    (fault,) = faults(content)
    assert fault.kind is Kind.ATTACHED
    made = Template(content).render({"name": "x"}, title="", language="de", created=None).content
    assert all(b"attachedTemplate" not in part and b"normal.dotm" not in part for part in unpacked(made).values())


def test_a_bomb_is_refused_before_word_files_are_opened() -> None:
    buffer = BytesIO(template())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.bin", bytes(101_000_000))
    assert "The file unpacks to more than 100 MB." in refused(buffer.getvalue())
    many = unpacked(template())
    many[BODY] = many[BODY].replace(b"<w:body>", b"<w:body>" + b"<w:r/>" * 600_000)
    assert "is far larger than a template needs" in refused(packed(many))


@pytest.mark.parametrize(
    "text", ["{{" * 50_000, "{{r " * 50_000, "{# {{r #}" * 20_000, "a-%}" * 50_000, "{% colspan" + " " * 99]
)
def test_tags_that_cannot_be_told_apart_are_refused(text: str) -> None:
    assert "has many tags that do not end" in refused(template(text))
