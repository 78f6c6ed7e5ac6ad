"""docxtpl's own test templates: what the compiled engine makes of them is what docxtpl makes, part by part.

Canonical XML is compared. The deviations are these, each because docxtpl loses data or cannot be strict:

- ``docProps/core.xml``: title, language and days come from outside; docxtpl leaves the template's, so that a document
  has another's title. The other properties are filled in as docxtpl fills them in.
- ``w14:paraId`` and ``w14:textId`` inside a loop are left out: docxtpl repeats ids that must not repeat.
- Placeholders in endnotes are filled in; docxtpl prints them as they are.
- A name that does not exist is an error; docxtpl prints nothing for it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText  # type: ignore[import-untyped]
from lxml import etree

from oekoreport.documents.filling import Template

FOLDER = Path(__file__).parents[3] / "shared" / "corpora" / "docxtpl-templates"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpus of docxtpl's templates is not here")

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
HOSTILE = "Müller & Söhne <GmbH> „Soest“ ]]>"

Values = Callable[[DocxTemplate], dict[str, Any]]


def picture(template: DocxTemplate, width: int | None = None) -> InlineImage:
    return InlineImage(template, BytesIO(PIXEL), width=None if width is None else Mm(width))


def subdocument(template: DocxTemplate) -> Any:
    inside = template.new_subdoc()
    inside.add_heading("Unterdokument", level=1)
    inside.add_paragraph(HOSTILE, style=None).add_run(" fett").bold = True
    table = inside.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "a"
    return inside


def rich() -> RichText:
    text = RichText("ein ")
    text.add("grüner", color="#00ff00", bold=True, size=28)
    text.add(f" Text: {HOSTILE}\nzweite Zeile\tTab\aneuer Absatz", italic=True, font="Courier", underline="double")
    text.add(RichText("\fneue Seite", subscript=True))
    return text


ITEMS = [{"desc": f"Position {number} {HOSTILE}", "qty": number * 2, "price": f"{number},00"} for number in range(1, 5)]

CONTEXTS: dict[str, Values] = {
    "cellbg": lambda _t: {
        "alerts": [
            {"date": "2021-03-10", "desc": RichText("Sehr <ernst>", color="FF0000", bold=True), "type": "A", "bg": bg}
            for bg in ("FF0000", "FFDD00", "8888FF")
        ]
    },
    "dynamic_table": lambda _t: {
        "col_labels": ["Obst", "Gemüse", HOSTILE, "Stein"],
        "tbl_contents": [{"label": f"Zeile {row}", "cols": ["a", "b", "c", HOSTILE]} for row in range(3)],
    },
    "escape": lambda _t: {
        "myvar": RichText('"weniger als" <, RichText'),
        "myescvar": "auch hier: < & >",
        "nlnp": RichText("mehrere\nZeilen\tund\aein Absatz\aund noch einer", color="#ff00ff"),
        "mylisting": Listing("die Liste\nmit\nZeilen\aund <>&"),
        "page_break": RichText("\f"),
        "new_listing": "ohne Listing\nZeile\tTab\aAbsatz\fSeite",
        "some_html": "<p>HTML & mehr</p>",
    },
    "footnotes": lambda _t: {"a_jinja_variable": HOSTILE},
    "header_footer": lambda t: {
        "title": HOSTILE,
        "company_name": "Die <Firma>",
        "date": "2016-03-17",
        "mysubdoc": subdocument(t),
    },
    "horizontal_merge": lambda _t: {},
    "inline_image": lambda t: {
        "myimage": picture(t, 20),
        "myimageratio": InlineImage(
            t, BytesIO(PIXEL), width=Mm(30), height=Mm(60), anchor="https://a.example/?x=1&y=2"
        ),
        "frameworks": [{"image": picture(t, 10), "desc": HOSTILE}, {"image": picture(t), "desc": "zweites"}],
    },
    "merge_paragraph": lambda _t: {"living_in_town": True},
    "nested_for": lambda _t: {
        "dishes": [
            {"name": "Pizza <>", "ingredients": ["Brot", "Tomate & Öl"]},
            {"name": "Gurke", "ingredients": []},
        ],
        "authors": [{"name": "Müller", "books": [{"title": "Ein Buch"}, {"title": HOSTILE}]}],
    },
    "order": lambda _t: {
        "customer_name": HOSTILE,
        "items": ITEMS,
        "in_europe": True,
        "is_paid": False,
        "company_name": "Die Welt & Söhne",
        "total_price": "10.000,00",
    },
    "richtext": lambda _t: {"example": rich()},
    "subdoc": lambda t: {"mysubdoc": subdocument(t)},
    "vertical_merge": lambda _t: {"items": ITEMS, "total_price": "1,00", "category": "Bücher <2>"},
    "word2016": lambda _t: {
        "test_space": "          ",
        "test_tabs": 5 * "\t",
        "test_space_r": RichText("          "),
        "test_tabs_r": RichText(5 * "\t"),
    },
}
BY_DOCXTPL = {"header_footer", "inline_image", "subdoc"}
"""Those whose values docxtpl alone can print: subdocuments and its own pictures."""


def content_of(name: str) -> bytes:
    return (FOLDER / f"{name}_tpl.docx").read_bytes()


def by_docxtpl(name: str) -> bytes:
    template = DocxTemplate(BytesIO(content_of(name)))
    template.render(CONTEXTS[name](template), autoescape=True)
    buffer = BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def by_us(name: str) -> bytes:
    template = Template(content_of(name), name)
    values = CONTEXTS[name](template.docxtpl())
    return template.render(values, title="T", language="en", created=date(2025, 9, 15)).content


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: canonical(name, archive.read(name)) for name in archive.namelist()}


def canonical(name: str, content: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return content
    tree = etree.fromstring(content)
    if name == "docProps/core.xml":
        for element in list(tree):
            if re.sub(r"\{.*\}", "", element.tag) in FROM_OUTSIDE:
                tree.remove(element)
        tree[:] = sorted(tree, key=lambda element: element.tag)
    buffer = BytesIO()
    tree.getroottree().write_c14n(buffer)
    return buffer.getvalue()


FROM_OUTSIDE = {"title", "language", "created", "modified", "lastModifiedBy", "revision", "lastPrinted"}


def test_every_template_of_the_corpus_is_tried() -> None:
    assert {path.name.removesuffix("_tpl.docx") for path in FOLDER.iterdir()} == set(CONTEXTS)


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_every_part_equals_docxtpls_own(name: str) -> None:
    ours, theirs = parts(by_us(name)), parts(by_docxtpl(name))
    assert set(ours) == set(theirs)
    for part, content in theirs.items():
        assert ours[part] == content, part


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_docxtpls_own_path_is_taken_for_its_own_values_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    prepare = DocxTemplate.pre_processing

    def prepared(template: Any) -> None:
        taken.append(template)
        prepare(template)

    monkeypatch.setattr(DocxTemplate, "pre_processing", prepared)
    by_us(name)
    assert bool(taken) == (name in BY_DOCXTPL)


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_the_same_values_make_the_same_bytes(name: str) -> None:
    assert by_us(name) == by_us(name)


def test_what_follows_a_hostile_text_is_there() -> None:
    document = docx.Document(BytesIO(by_us("order")))
    assert document.paragraphs[-1].text.strip().endswith("Die Welt & Söhne")
