"""Word templates of somebody who means no good: loops, growth, code, and parts that lie elsewhere."""

from __future__ import annotations

from tests.attacks.attack import attack
from tests.attacks.ground import Ground
from tests.attacks.office import (
    BODY,
    Endless,
    linked_picture,
    parts,
    with_body,
    with_parts,
    with_relation,
    word,
)

TEMPLATE = "templates/award/urkunde.docx"
BY_OFFICE = ("-e", "certificates", "-o", "certificates.pdf=office")
PEOPLE = "{% for p in participants %}"
NAMESPACE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def _refused(ground: Ground, content: bytes, *says: str) -> None:
    """Demand that a build and the check of templates refuse a template, and that what was built before stays."""
    ground.build_before()
    ground.put(TEMPLATE, content)
    ground.ends(1, "urkunde.docx", *says, by=("template", "check", "runde"))
    ground.build(2, "urkunde.docx", *says)
    assert len(list(ground.out.glob("urkunden/KS-*.docx"))) == 13, "what was built before is gone"


@attack("A template nests eight loops over the participants")
def nested_loops(ground: Ground) -> None:
    _refused(ground, word(PEOPLE * 8 + "x" + "{% endfor %}" * 8))


@attack("A template doubles a text forty times")
def doubling(ground: Ground) -> None:
    sets = "".join(f"{{% set a{n + 1} = a{n} ~ a{n} %}}" for n in range(40))
    _refused(ground, word("{% set a0 = 'xxxxxxxxxx' %}" + sets + "{{ a40 }}"))


@attack("A template doubles a text in a loop")
def doubling_in_a_loop(ground: Ground) -> None:
    _refused(
        ground, word("{% set n = namespace(t='x') %}" + PEOPLE * 2 + "{% set n.t = n.t ~ n.t %}" + "{% endfor %}" * 2)
    )


@attack("A macro calls itself")
def recursive_macro(ground: Ground) -> None:
    _refused(ground, word("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"))


@attack("A loop goes over range(10**9)")
def range_loop(ground: Ground) -> None:
    _refused(ground, word("{% for i in range(1000000000) %}x{% endfor %}"))


@attack("A template multiplies a text by a thousand million")
def multiplied(ground: Ground) -> None:
    _refused(ground, word("{{ 'x' * 1000000000 }}"))


@attack("A filter centres a text in a thousand million blanks")
def centred(ground: Ground) -> None:
    _refused(ground, word("{{ 'x'|center(1000000000) }}"))


@attack("A template formats a number to a thousand million digits")
def formatted(ground: Ground) -> None:
    _refused(ground, word("{{ '%01000000000d'|format(1) }}"))


@attack("A template reaches for the classes of Python")
def classes(ground: Ground) -> None:
    _refused(ground, word("{{ ''.__class__.__mro__[1].__subclasses__() }}"))


@attack("A template asks Jinja for its globals by a filter")
def attr_filter(ground: Ground) -> None:
    _refused(ground, word("{{ participants|attr('__class__') }}"))


@attack("A template includes a file outside")
def include(ground: Ground) -> None:
    _refused(ground, word("{% include '" + str(ground.outside / "secret.txt") + "' %}"))


@attack("A template nests 500 conditions")
def deep_conditions(ground: Ground) -> None:
    _refused(ground, word("{% if draft %}" * 500 + "x" + "{% endif %}" * 500))


@attack("A placeholder has 5,000 points")
def deep_attributes(ground: Ground) -> None:
    _refused(ground, word("{{ project" + ".a" * 5000 + " }}"))


@attack("A placeholder opens 10,000 parentheses")
def deep_parentheses(ground: Ground) -> None:
    _refused(ground, word("{{ " + "(" * 10_000 + "project.title" + ")" * 10_000 + " }}"))


@attack("A template has 100,000 opening braces and no end")
def braces(ground: Ground) -> None:
    _refused(ground, word("{{" * 100_000))


@attack("A template has 5,000 unknown placeholders")
def many_faults(ground: Ground) -> None:
    _refused(ground, word(*(f"{{{{ unbekannt_{number} }}}}" for number in range(5000))))


@attack("A template has 20,000 paragraphs with a placeholder each")
def many_placeholders(ground: Ground) -> None:
    paragraph = "<w:p><w:r><w:t>{{ project.title }}</w:t></w:r></w:p>"
    ground.put(TEMPLATE, with_body(paragraph * 20_000))
    ground.run("build", "runde", "-e", "certificates", "-o", "certificates.pdf=never")


@attack("A template of 300 kB grows to gigabytes when it is opened")
def growing_body(ground: Ground) -> None:
    body = parts(word("Text"))[BODY]
    before, _tag, after = body.partition(b"<w:body>")
    many = Endless(b"<w:p/>", 15_000_000, before + b"<w:body>", after)
    _refused(ground, with_parts(word("Text"), {BODY: many}))


@attack("A template holds 300 MB in a part that it does not print")
def heavy_part(ground: Ground) -> None:
    ground.put(TEMPLATE, with_parts(word("Text"), {"word/media/film.mp4": Endless(b"\0", 300_000_000)}))
    ground.run("build", "runde", "-e", "certificates", "-o", "certificates.pdf=never")


@attack("A template unpacks to 800 MB")
def template_of_800_mb(ground: Ground) -> None:
    _refused(ground, with_parts(word("Text"), {BODY: Endless(b" ", 800_000_000)}))


@attack("A template is no archive")
def no_archive(ground: Ground) -> None:
    _refused(ground, b"Das ist kein Word-Dokument." * 100)


@attack("A template is empty")
def empty(ground: Ground) -> None:
    _refused(ground, b"")


@attack("A template is cut in the middle")
def cut(ground: Ground) -> None:
    content = word(*["Text"] * 100)
    _refused(ground, content[: len(content) // 2])


@attack("A template has a linked picture by HTTP, and LibreOffice is to make its PDF", always=True)
def picture_by_http(ground: Ground) -> None:
    ground.put(TEMPLATE, linked_picture(f"{ground.listener.url}/bild.png", word("{{ participant.name }}")))
    ground.ends(1, "urkunde.docx", by=("template", "check", "runde"))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template has a linked picture of a file outside")
def picture_of_a_file(ground: Ground) -> None:
    ground.put(TEMPLATE, linked_picture(f"file://{ground.outside}/secret.txt", word("{{ participant.name }}")))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A field of a template takes in a picture from an address")
def picture_by_field(ground: Ground) -> None:
    field = (
        f'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;{ground.listener.url}/bild.png&quot; \\d ">'
        "<w:r><w:t>Bild</w:t></w:r></w:fldSimple></w:p>"
    )
    ground.put(TEMPLATE, with_body(field))
    ground.run("build", "runde", *BY_OFFICE)
    _nothing_elsewhere(ground, b"INCLUDEPICTURE")


@attack("A field of a template takes in the text of a file outside")
def text_by_field(ground: Ground) -> None:
    field = (
        f'<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;{ground.outside}/secret.txt&quot; ">'
        "<w:r><w:t>Text</w:t></w:r></w:fldSimple></w:p>"
    )
    ground.put(TEMPLATE, with_body(field))
    ground.run("build", "runde", *BY_OFFICE)
    _nothing_elsewhere(ground, b"INCLUDETEXT")


@attack("A field of a template starts a program by DDE")
def program_by_field(ground: Ground) -> None:
    field = '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot; "/></w:p>'
    ground.put(TEMPLATE, with_body(field))
    ground.run("build", "runde", *BY_OFFICE)
    _nothing_elsewhere(ground, b"DDEAUTO")


@attack("A template takes in another document by altChunk from an address")
def chunk(ground: Ground) -> None:
    content = with_body(f'<w:altChunk {NAMESPACE} r:id="rIdX"/>')
    ground.put(TEMPLATE, with_relation(content, "aFChunk", f"{ground.listener.url}/x.docx"))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template takes in a sub-document from a file outside")
def subdocument(ground: Ground) -> None:
    content = with_body(f'<w:subDoc {NAMESPACE} r:id="rIdX"/>')
    ground.put(TEMPLATE, with_relation(content, "subDocument", f"file://{ground.outside}/verwendungsnachweis.docx"))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template links an OLE object from an address")
def linked_object(ground: Ground) -> None:
    field = (
        f'<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" {NAMESPACE} '
        'Type="Link" ProgID="Excel.Sheet.12" ShapeID="a" DrawAspect="Content" r:id="rIdX" UpdateMode="Always"/>'
        "</w:object></w:r></w:p>"
    )
    ground.put(TEMPLATE, with_relation(with_body(field), "oleObject", f"{ground.listener.url}/x.xlsx"))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template is attached to a template at an address: it is taken off, with a note")
def attached(ground: Ground) -> None:
    settings = "word/_rels/settings.xml.rels"
    content = with_relation(
        word("{{ project.title }}"), "attachedTemplate", f"{ground.listener.url}/x.dotm", part=settings
    )
    ground.put(TEMPLATE, content)
    ground.run("build", "runde", *BY_OFFICE)
    _nothing_elsewhere(ground, ground.listener.url.encode())


@attack("A picture of VML in the head of a template lies at an address")
def picture_of_vml(ground: Ground) -> None:
    field = (
        f'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" {NAMESPACE}>'
        '<v:imagedata r:id="rIdX" r:href="rIdX"/></v:shape></w:pict></w:r></w:p>'
    )
    ground.put(TEMPLATE, with_relation(with_body(field), "image", f"{ground.listener.url}/bild.png"))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template holds the address of its picture in a second relation of the page’s head")
def picture_in_the_head(ground: Ground) -> None:
    from io import BytesIO

    import docx

    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "Kopf"
    buffer = BytesIO()
    file.save(buffer)
    content = with_relation(
        buffer.getvalue(), "image", f"{ground.listener.url}/k.png", part="word/_rels/header1.xml.rels"
    )
    ground.put(TEMPLATE, content)
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template merges its letters with a data source outside")
def mail_merge(ground: Ground) -> None:
    content = with_relation(
        word("{{ project.title }}"),
        "mailMergeSource",
        f"file://{ground.outside}/secret.txt",
        part="word/_rels/settings.xml.rels",
    )
    ground.put(TEMPLATE, content)
    ground.run("build", "runde", *BY_OFFICE)
    _nothing_elsewhere(ground, b"/outside/")


@attack("A template has a hyperlink: it stays, and nobody follows it")
def hyperlink(ground: Ground) -> None:
    link = f'<w:p><w:hyperlink {NAMESPACE} r:id="rIdX"><w:r><w:t>Link</w:t></w:r></w:hyperlink></w:p>'
    ground.put(
        TEMPLATE, with_relation(with_body(link, word("{{ project.title }}")), "hyperlink", f"{ground.listener.url}/a")
    )
    ground.build(0, more=BY_OFFICE)


@attack("A template brings a macro project")
def macros(ground: Ground) -> None:
    ground.put(TEMPLATE, with_parts(word("{{ project.title }}"), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}))
    ground.run("build", "runde", *BY_OFFICE)


@attack("A name in a template has 100,000 letters")
def long_name(ground: Ground) -> None:
    _refused(ground, word("{{ " + "a" * 100_000 + " }}"))


@attack("A comparison in a template has 3,000 parts")
def long_comparison(ground: Ground) -> None:
    _refused(ground, word("{% if " + " and ".join(["draft"] * 3000) + " %}x{% endif %}{{ nichts }}"))


@attack("A paragraph of a template is split into 100,000 runs around a mark")
def split_runs(ground: Ground) -> None:
    runs = "".join(f"<w:r><w:t>{sign}</w:t></w:r>" for sign in "{{" + "x" * 100_000 + "}}")
    _refused(ground, with_body(f"<w:p>{runs}</w:p>"))


def _nothing_elsewhere(ground: Ground, text: bytes) -> None:
    """Demand that no document carries a text that leads elsewhere."""
    for path in ground.out.rglob("*.docx"):
        carrying = [name for name, content in parts(path.read_bytes()).items() if text in content]
        assert not carrying, f"{path.name} carries {text!r} in {carrying}"
