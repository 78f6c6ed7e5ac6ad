"""Twelve faults planted in one template: each is told with its place, whatever else is wrong."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from oekoreport.documents.content.prose import Prose
from oekoreport.documents.proof import Fault, Kind, first_fault, proof
from oekoreport.documents.views.view import Bare, Collection, Fields, Number
from oekoreport.findings import Severity
from oekoreport.language import Locale
from oekoreport.model.narrative import Section

SITE = Fields("site", {"name": "Werk"})
VALUES = {
    "project": Fields("project", {"title": "Runde"}),
    "people": Collection("people", [Fields("person", {"name": "Anna", "sites": Collection("sites", [SITE], {})})], {}),
    "savings": Fields("savings", {"co2": 1, "water": 2}),
    "text": Prose("Ein Text"),
    "draft": True,
}


def planted() -> bytes:
    """Return a template with twelve faults, and much that is right."""
    file = docx.Document()
    for text in (
        "Zuwendung an {{ project.titel }} und {{ project.title }}",
        "{% for p in people %}{{ p.sites }}{{ p.nmae }}{% endfor %}",
        "Titel: {{ „project.title“ }}",
        "{{ savings.co2 * 2 }}",
        "{%p if draft %} ENTWURF",
        "{%p endif %}",
        "{{ project.title|uper }}",
        "{ { project.title } }",
        "{% if draft %}offen",
    ):
        file.add_paragraph(text)
    torn = file.add_paragraph("Stand {{ project")
    torn.add_run().add_tab()
    torn.add_run(".title }}")
    table = file.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows, (("{%tr for p in people %}", ""), ("{{ p.name }}", "x"), ("", "{%tr endif %}")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.sections[0].header.paragraphs[0].text = "Kopf {{ savings }}"
    return saved(file)


def saved(file: docx.document.Document) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def told(content: bytes, language: str = "en", **more: object) -> list[tuple[str, str, str]]:
    """Return place, kind and message of each fault."""
    locale = Locale(language)
    faults = proof(content, [{**VALUES, **more}])
    return [(locale.show(each.spot), each.kind.name, locale.show(each.message)) for each in faults]


def test_twelve_faults_are_told_at_once_each_with_its_place() -> None:
    assert told(planted()) == [
        ("paragraph 1", "UNKNOWN_FIELD", "There is no placeholder “project.titel”."),
        ("paragraph 2", "NO_VALUE", "“p.sites” is not a printable value."),
        ("paragraph 2", "UNKNOWN_FIELD", "There is no placeholder “p.nmae”."),
        (
            "paragraph 3",
            "AUTOCORRECT",
            "A placeholder contains quotation marks („), probably from Word’s autocorrect.",
        ),
        (
            "paragraph 4",
            "NOT_ALLOWED",
            "A template may only read values, loop and test conditions: it computes with “*”.",
        ),
        ("paragraph 5", "DROPPED", "This text beside the tag (same paragraph) is lost: “ENTWURF”"),
        ("paragraph 7", "UNKNOWN_FILTER", "There is no filter “uper”."),
        (
            "paragraph 8",
            "UNCLOSED_TAG",
            "There is a space between the two braces; the tag would be printed literally.",
        ),
        ("paragraph 9", "OPEN_BLOCK", "{% if draft %} has no end: {% endif %} is missing."),
        ("paragraph 10", "SPLIT_TAG", "The tag is split: inside it there is a tab."),
        ("table 1, row 3, column 2", "WRONG_END", "{%tr endif %} appears where {%tr endfor %} is expected."),
        ("Header (header1.xml), paragraph 1", "NO_VALUE", "“savings” is not a printable value."),
    ]


def test_a_fault_is_told_in_german_with_its_way_out() -> None:
    fault = proof(planted(), [VALUES])[0]
    assert fault.localize(Locale("de")) == (
        "Absatz 1: Einen Platzhalter „project.titel“ gibt es nicht.  {{ project.titel }}"
    )
    assert Locale("de").show(fault.hint) == "Meinten Sie „project.title“?"
    assert fault.text == "Zuwendung an {{ project.titel }} und {{ project.title }}"


def single(text: str, **more: object) -> list[Fault]:
    file = docx.Document()
    file.add_paragraph(text)
    return list(proof(saved(file), [{**VALUES, **more}]))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ projekt.title }}", "Did you mean “project”?"),
        ("{{ title }}", "Did you mean “project.title”?"),
        (
            "{{ people.name }}",
            "“people” is a list; each item has this part: {% for x in people %} {{ x.name }} {% endfor %}",
        ),
        (
            "{{ people.naem }}",
            "“people” is a list; each item has “name”: {% for x in people %} {{ x.name }} {% endfor %}",
        ),
        ("{{ people.xyzzy }}", "“people” is a list; each item has: name, sites."),
        ("{{ PROJECT.title }}", "Did you mean “project”?"),
        ("{{ project.TITEL }}", "Did you mean “project.title”?"),
        ("{{ savings.money }}", "“savings” has these parts: co2, water."),
        ("{{ savings.co2.x }}", "“savings.co2” is a single value without parts."),
        ("{{ project.__class__ }}", "A template can use fields and figures, not the program’s own objects."),
        ("{{ loop.index }}", "“loop” is only available between {% for … %} and {% endfor %}."),
        ("{% for p in people %}{{ loop.indx }}{% endfor %}", "Did you mean “loop.index”?"),
        ("{% for p in people %}{% endfor %}{{ p.name }}", "List the templates: oekoreport template fields"),
        ("{% for p in people %}{% for s in p.sites %}{{ s.nam }}{% endfor %}{% endfor %}", "Did you mean “s.name”?"),
        ("{% for p in people %}x{% else %}{{ p.name }}{% endfor %}", "List the templates: oekoreport template fields"),
    ],
)
def test_an_unknown_name_leads_to_what_exists(text: str, hint: str) -> None:
    (fault,) = single(text)
    assert fault.kind is Kind.UNKNOWN_FIELD
    assert fault.hint == hint


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{{ project.title() }}", Kind.NOT_ALLOWED),
        ("{{ project.title ~ 'x' }}", Kind.NOT_ALLOWED),
        ("{% if project.title > 3 %}{% endif %}", Kind.NOT_ALLOWED),
        ("{{ people }}", Kind.NO_VALUE),
        ("{% for x in project %}{% endfor %}", Kind.NO_LIST),
        ("{{ text }}", Kind.MISPLACED),
        ("{{p project.title }}", Kind.MISPLACED),
        ("{%tr for p in people %}{%tr endfor %}", Kind.MISPLACED),
        ("{{p }}", Kind.MISPLACED),
        ("{%p\u00a0if draft %}", Kind.AUTOCORRECT),
        ("{{ project–title }}", Kind.AUTOCORRECT),
        ("{{ project.ti\u00adtle }}", Kind.AUTOCORRECT),
        ("{{ \u201aproject.title\u2018 }}", Kind.AUTOCORRECT),
        ("{{ »project.title« }}", Kind.AUTOCORRECT),
        ("{{ “project.title” }}", Kind.LITERAL),
        ("{{ project.title } }", Kind.UNCLOSED_TAG),
        ("{{ project.title", Kind.UNCLOSED_TAG),
        ("{{ project title }}", Kind.BROKEN_TAG),
        ("{{ }}", Kind.BROKEN_TAG),
        ("{% for p on people %}{% endfor %}", Kind.BROKEN_TAG),
        ("{% tr for p in people %}", Kind.UNKNOWN_TAG),
        ("{% fro p in people %}{{ p.name }}{% endfor %}", Kind.UNKNOWN_TAG),
        ("{% include x %}", Kind.UNKNOWN_TAG),
        ("{% endif %}", Kind.WRONG_END),
        ("{% if draft %}{% endfor %}", Kind.WRONG_END),
        ("{% if draft %}{% else %}{% elif draft %}{% endif %}", Kind.WRONG_END),
        ("{% colspan 2 %}", Kind.MISPLACED),
        ("project.title }}", Kind.STRAY_BRACES),
        ("{% for letter in project.title %}{% endfor %}", Kind.LITERAL),
    ],
)
def test_each_kind_of_fault_is_told(text: str, kind: Kind) -> None:
    assert kind in {fault.kind for fault in single(text)}


@pytest.mark.parametrize(
    "text",
    [
        "{{ project.title|upper }} {{ people|length }} {{ 'a' if draft else 'b' }}",
        "{% for p in people if p.name %}{{ loop.index }} {{ p['name'] }}{% else %}keine{% endfor %}",
        "{% if unknown is defined %}{{ unknown.part }}{% endif %}",
        "{% set x = savings.co2 %}{{ x }} {% with y = project %}{{ y.title }}{% endwith %}",
        "{% raw %}{{ nothing }}{% endraw %} {# {{ nothing }} #} {_{ nothing }_}",
        "{{ missing_in_the_project }}",
        "{{p text }}",
    ],
)
def test_what_is_right_is_not_told(text: str) -> None:
    assert single(text, missing_in_the_project=None) == []


FEE = Number("fee", Decimal(2500), "EUR", 2, "Fee")
COMPARED = {"choice": Section.COURSE, "day": date(2021, 5, 6), "fee": FEE, "bare": Fields("x", {"number": Bare(FEE)})}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{% if draft == 'ja' %}{% endif %}", "Write {% if draft %}."),
        ("{% if draft == 'nein' %}{% endif %}", "Write {% if not draft %}."),
        ("{% if draft != 'ja' %}{% endif %}", "Write {% if not draft %}."),
        ("{% if day == '06.05.2021' %}{% endif %}", "Test whether it is known: {% if day %}"),
        (
            "{% if '2.500,00 €' == fee %}{% endif %}",
            "Compare it with a number, without quotation marks: fee == 2500",
        ),
        (
            "{% if bare.number != '2,5' %}{% endif %}",
            "Compare it with a number, without quotation marks: bare != 2.50",
        ),
        (
            "{% if people|length == 'zwei' %}{% endif %}",
            "Compare it with a number, without quotation marks: people|length == 2500",
        ),
        ("{% if project.title == 59494 %}{% endif %}", 'Write it in quotation marks: project.title == "59494"'),
        ("{{ 'a' if choice == 'Kurs' else 'b' }}", "Its codes are: {codes}."),
        (
            "{% if choice == '" + Section.COURSE.localize(Locale("de")) + "' %}{% endif %}",
            'Compare it with its code: choice == "course"',
        ),
    ],
)
def test_a_comparison_that_is_never_true_leads_to_one_that_can_be(text: str, hint: str) -> None:
    (fault,) = single(text, **COMPARED)
    assert (fault.kind, fault.severity) == (Kind.LITERAL, Severity.WARNING)
    assert fault.hint is not None
    codes = ", ".join(f'"{each.value}"' for each in Section)
    assert Locale("en").show(fault.hint) == hint.replace("{codes}", codes)


@pytest.mark.parametrize(
    "text",
    ["choice == 'course'", "choice != 'course'", "fee == 2500", "project.title == 'x'", "draft", "day == day"],
)
def test_a_comparison_that_can_be_true_is_not_told(text: str) -> None:
    assert single("{% if " + text + " %}{% endif %}", **COMPARED) == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "{% if project.title == „Soest“ %}{% endif %}",
            "A placeholder contains quotation marks („), probably from Word’s autocorrect.",
            'Write the text in straight quotation marks: "Soest" (Ctrl+Z undoes Word’s autocorrect).',
        ),
        (
            '{% if project.title = "x" %}{% endif %}',
            "A tag contains a single equals sign; a comparison needs two.",
            'Write it as: project.title == "x"',
        ),
        ("{{ project. }}", "A name is missing after a dot.", "A placeholder contains only a name: {{ project.title }}"),
        ("{%p endraw %}", "{%p endraw %} has no open {% raw %} to belong to.", "Delete it, or add its start tag."),
        (
            "{{r project.title }}",
            "{{r prints runs of formatted text, but “project.title” is a single value.",
            "Write {{ project.title }}.",
        ),
    ],
)
def test_a_mistake_is_told_in_words_that_lead_out(text: str, message: str, hint: str) -> None:
    (fault,) = single(text)
    assert (fault.message, fault.hint) == (message, hint)


def test_a_loop_that_ends_in_another_table_or_cell_is_told() -> None:
    file = docx.Document()
    cells = file.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{% for p in people %}", "{% endfor %}"
    file.add_paragraph("{% if draft %}")
    file.add_table(rows=1, cols=1).rows[0].cells[0].text = "{% endif %}"
    assert [(where, kind) for where, kind, _message in told(saved(file))] == [
        ("table 1, row 1, column 2", "ACROSS_CELLS"),
        ("table 2, row 1, column 1", "TORN_BLOCK"),
    ]


@pytest.mark.parametrize(
    ("between", "words"),
    [
        ("w:tab", "there is a tab"),
        ("w:br", "there is a line or page break"),
        ("w:softHyphen", "there is a soft or non-breaking hyphen"),
        ("w:noBreakHyphen", "there is a soft or non-breaking hyphen"),
        ("w:footnoteReference", "a footnote is anchored"),
        ("w:commentReference", "a comment begins or ends"),
        ("w:drawing", "a picture or text box is anchored"),
        ("w:fldChar", "there is a field"),
    ],
)
def test_what_tears_a_tag_apart_is_named(between: str, words: str) -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("{{ project")
    paragraph.add_run()._r.append(OxmlElement(between))
    paragraph.add_run(".title }}")
    assert ("paragraph 1", "SPLIT_TAG", f"The tag is split: inside it {words}.") in told(saved(file))


def deleted(text: str) -> Any:
    """Return a text that was deleted with changes tracked."""
    change, run, gone = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    change.set(qn("w:id"), "1")
    gone.text = text
    run.append(gone)
    change.append(run)
    return change


def test_text_that_was_deleted_with_changes_tracked_tears_a_tag() -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("{{ project.")
    paragraph._p.append(deleted("x"))
    paragraph.add_run("title }}")
    ((_place, kind, message),) = [each for each in told(saved(file)) if each[1] == "SPLIT_TAG"]
    assert (kind, message) == ("SPLIT_TAG", "The tag is split: inside it there is a tracked change.")


def test_a_tag_that_was_deleted_with_changes_tracked_is_none() -> None:
    file = docx.Document()
    file.add_paragraph("{{ project.title }}")._p.append(deleted("{{ gone }} und {% if"))
    assert told(saved(file)) == []


def test_a_block_around_a_table_with_minus_signs_is_told_at_its_own_tag() -> None:
    file = docx.Document()
    file.add_paragraph("vor{%- if project.title -%}")
    file.add_table(1, 1).cell(0, 0).text = "{% if project.title %}{{ project.title }}{% endif %}"
    file.add_paragraph("{%- endif -%} nach")
    message = "With this tag the document could not be opened: it removes the start or the end of an element."
    assert told(saved(file)) == [("paragraph 2", "TORN_BLOCK", message)]


def test_a_tag_in_two_paragraphs_or_cells_is_told_and_hides_nothing() -> None:
    file = docx.Document()
    for text in ("{{ project", ".title }}", "{{ nothing }}"):
        file.add_paragraph(text)
    assert [(where, kind) for where, kind, _message in told(saved(file))][-1] == ("paragraph 3", "UNKNOWN_FIELD")
    assert "inside it a paragraph ends" in told(saved(file))[0][2]


def test_a_tag_that_is_formatted_in_pieces_is_a_note() -> None:
    file = docx.Document()
    paragraph = file.add_paragraph()
    for piece in ("{{ pro", "ject", ".title }}"):
        paragraph.add_run(piece).bold = piece == "ject"
    (fault,) = proof(saved(file), [VALUES])
    assert (fault.kind, fault.severity) == (Kind.MIXED_FORMAT, Severity.NOTE)


def test_two_tags_for_rows_in_one_row_are_told() -> None:
    file = docx.Document()
    cells = file.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{%tr for p in people %}", "{%tr endfor %}"
    assert (
        "table 1, row 1, column 2",
        "DROPPED",
        "This text beside the tag (same row) is lost: “{%tr for p in people %}”",
    ) in told(saved(file))


def test_a_picture_without_words_is_a_warning_unless_it_is_decoration() -> None:
    from oekoreport.documents.proof.alternatives import DECORATIVE

    file = docx.Document()
    for decorative in (False, True):
        file.add_picture(BytesIO(PIXEL))
        properties = file.inline_shapes[-1]._inline.docPr
        if decorative:
            mark = properties.makeelement(DECORATIVE, {"val": "1"})
            properties.append(mark)
    (fault,) = proof(saved(file), [VALUES])
    assert (fault.kind, fault.severity, fault.spot.paragraph) == (Kind.ALT_TEXT, Severity.WARNING, 1)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def test_objects_of_docxtpl_are_a_note() -> None:
    from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-untyped]

    image = InlineImage(DocxTemplate(BytesIO(planted())), BytesIO(PIXEL))
    (fault,) = single("{{ image }}", image=image)
    assert fault.kind is Kind.OWN_OBJECT


def test_the_projects_values_go_first_and_the_reference_rounds_speak_where_they_are_silent() -> None:
    file = docx.Document()
    file.add_paragraph("{% for p in people %}{{ p.name }}{{ p.age }}{% endfor %}{{ project.title }}{{ project.old }}")
    empty = {"people": Collection("people", [], {}), "project": VALUES["project"]}
    more = {"people": VALUES["people"], "project": Fields("project", {"title": "x", "old": 1})}
    assert [fault.tag for fault in proof(saved(file), [empty], [more])] == ["{{ p.age }}", "{{ project.old }}"]
    assert [fault.tag for fault in proof(saved(file), [empty])] == ["{{ project.old }}"]


def test_without_values_only_the_tags_themselves_are_judged() -> None:
    file = docx.Document()
    for text in ("{{ anything.at_all }}", "{% for x in y %}{{ x.z }}{% endfor %}", "{{ a b }}"):
        file.add_paragraph(text)
    fault = first_fault(saved(file))
    assert fault is not None
    assert (fault.kind, fault.spot.paragraph) == (Kind.BROKEN_TAG, 3)


# --- where nothing is filled -----------------------------------------------------------------------------------------

CHART = (
    '<c:chartSpace xmlns:c="urn:c" xmlns:a="urn:a"><a:p><a:r><a:t>Titel {{ pro</a:t></a:r><a:r><a:t>ject.title }}'
    "</a:t></a:r></a:p></c:chartSpace>"
)
COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:comment w:author="{author}"><w:p><w:r><w:t>{{{{ project.title }}}}</w:t></w:r></w:p></w:comment></w:comments>'
)
APP = "<Properties><Company>{% if draft %}</Company></Properties>"


def with_entries(content: bytes, **entries: str) -> bytes:
    """Return a file with more entries, each named by its folder and its name: ``word__x`` is ``word/x.xml``."""
    buffer = BytesIO(content)
    with zipfile.ZipFile(buffer) as source:
        before = {name: source.read(name) for name in source.namelist()}
    more = {f"{name.replace('__', '/')}.xml": text.encode() for name, text in entries.items()}
    with zipfile.ZipFile(buffer := BytesIO(), "w") as archive:
        for name, entry in {**before, **more}.items():
            archive.writestr(name, entry)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("entry", "text", "place", "tag"),
    [
        ("word__charts__chart1", CHART, "Chart (chart1.xml)", "{{ project.title }}"),
        ("word__comments", COMMENTS.format(author="Jo"), "Comments (comments.xml)", "{{ project.title }}"),
        ("docProps__app", APP, "Properties of the file (app.xml)", "{% if draft %}"),
        ("customXml__item1", "<x y='{{ a }}'/>", "part customXml/item1.xml", "{{ a }}"),
    ],
)
def test_a_tag_where_nothing_is_filled_is_a_warning(entry: str, text: str, place: str, tag: str) -> None:
    (fault,) = proof(with_entries(saved(docx.Document()), **{entry: text}), [VALUES])
    assert (fault.kind, fault.severity, fault.tag) == (Kind.NOT_FILLED, Severity.WARNING, tag)
    assert Locale("en").show(fault.spot) == place


def test_a_tag_in_a_links_address_is_told_at_its_paragraph() -> None:
    file = docx.Document()
    file.add_paragraph("gut")
    target = "https://example.org/%7B%7B%20project.title%20%7D%7D"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), file.part.relate_to(target, kind, is_external=True))
    file.add_paragraph("Siehe ")._p.append(link)
    assert told(saved(file)) == [
        ("paragraph 2", "NOT_FILLED", "Link addresses are not filled in; the tag stays in this one.")
    ]


def test_what_no_document_prints_is_not_told() -> None:
    ours = COMMENTS.format(author="oekoreport")
    content = with_entries(saved(docx.Document()), word__comments=ours, word__glossary__document=CHART)
    assert told(content) == []


def test_title_and_language_of_the_file_are_not_judged_for_each_document_gets_its_own() -> None:
    file = docx.Document()
    file.core_properties.title, file.core_properties.language = "{{ nothing }}", "{% if"
    assert told(saved(file)) == []
    file.core_properties.subject = "{{ nothing }}"
    assert [kind for _place, kind, _message in told(saved(file))] == ["UNKNOWN_FIELD"]


def test_a_remark_may_go_across_paragraphs() -> None:
    from oekoreport.documents.filling import Template

    file = docx.Document()
    for text in ("vorher {# eine", "lange Bemerkung " * 20, "", "bis hier #} nachher", "{{ project.title }}"):
        file.add_paragraph(text)
    content = saved(file)
    assert told(content) == []
    made, *_others = Template(content).render(VALUES, title="", language="de", created=None)
    assert [each.text for each in docx.Document(BytesIO(made)).paragraphs] == ["vorher  nachher", "Runde"]
    table = docx.Document()
    cells = table.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{# eine", "Bemerkung #}"
    assert [kind for _place, kind, _message in told(saved(table))] == ["SPLIT_TAG"]
