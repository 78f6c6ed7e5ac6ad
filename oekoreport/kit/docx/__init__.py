"""Word documents from templates: an officer's file with placeholders in, a document out; same input, same bytes.

The template's marks are docxtpl's: ``{{ name }}``, ``{% for … %}``, and ``{%tr … %}``, ``{%p … %}``, ``{%tc … %}``,
``{%r … %}`` for loops over rows, paragraphs, cells and runs; ``{{p … }}`` prints whole paragraphs. docxtpl puts them in
order inside Word's XML; rendering is our own: each part is compiled once, what no placeholder changes is copied.
"""

from __future__ import annotations

import hashlib
import re
import traceback
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

import jinja2

from oekoreport.errors import TemplateError
from oekoreport.kit.placeholders import RENDERING, NoSuchPlaceholder, Rendering, environment, nearest, refuse_joins
from oekoreport.kit.rendered import Rendered
from oekoreport.kit.template_faults import fault_of
from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")

TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that entries of an archive bear: the earliest that ZIP can hold."""


class NoWordTemplate(TemplateError):
    """A template is no Word document."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("This is no Word document (.docx)."),
            place=Place(name) if name else None,
            hint=_("Save the template in Word as a Word document (*.docx)."),
        )


class BrokenPart(TemplateError):
    """A placeholder or loop cannot be understood, or would leave a document that Word cannot open."""

    def __init__(self, reason: Message) -> None:
        super().__init__(
            reason,
            hint=_("Look at loops and conditions there: each needs its end, in the same table or list of paragraphs."),
        )


@dataclass(frozen=True)
class TextPart:
    """A part of the template that has placeholders, compiled; ``lines`` are its paragraphs, to say where a fault is."""

    name: str
    template: jinja2.Template
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """A template, read once: entries in their order, the parts to render, and its styles by name."""

    entries: Mapping[str, bytes]
    parts: Mapping[str, TextPart]
    styles: Mapping[str, str]


def render(  # noqa: PLR0913 - what makes a document
    template: bytes,
    context: Mapping[str, object],
    *,
    title: str,
    language: str,
    created: date | None,
    name: str = "",
) -> Rendered:
    """Return the document that a template and its values make.

    Args:
        template: the Word file with placeholders.
        context: values by name: views (``oekoreport.kit.views``), texts, numbers, days, pictures, prose, lists of them.
        title: the document's title among its properties, which screen readers announce.
        language: the language of texts and numbers, and the document's own.
        created: the day that the document's properties bear; they bear none without.
        name: the template's name, for messages.

    Raises:
        TemplateError: with the placeholder or the paragraph at fault.
    """
    compiled = _compiled(template, name)
    rendering = Rendering(Locale(language), compiled.styles)
    values = {**context, RENDERING: rendering}
    changed: dict[str, bytes] = {}
    for part in compiled.parts.values():
        rendering.pictures = {}
        changed[part.name] = _well_formed(_filled(part, values, name), part, name)
        if rendering.pictures:
            changed |= _with_pictures(part.name, rendering, {**compiled.entries, **changed})
    if (properties := compiled.entries.get(PROPERTIES)) is not None:
        changed[PROPERTIES] = _with_properties(properties, title, language, created)
    return Rendered(_archive({**compiled.entries, **changed}))


# --- compiling -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _compiled(template: bytes, name: str) -> Compiled:
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            entries = {item.filename: archive.read(item) for item in archive.infolist() if not item.is_dir()}
    except zipfile.BadZipFile as error:
        raise NoWordTemplate(name) from error
    if "word/document.xml" not in entries:
        raise NoWordTemplate(name)
    parts = {
        part: _compiled_part(part, content, name) for part, content in entries.items() if TEXT_PARTS.fullmatch(part)
    }
    return Compiled(entries, parts, _styles(entries.get("word/styles.xml", b"")))


EDITING_MARKS = re.compile(
    r' w14:(?:paraId|textId)="[^"]*"| w:rsid\w*="[^"]*"|<w:proofErr [^>]*/>|<w:lastRenderedPageBreak/>'
)
"""What Word notes while someone edits: it splits placeholders, and a loop would repeat ids that must not repeat."""


def _compiled_part(part: str, content: bytes, name: str) -> TextPart:
    from docxtpl import DocxTemplate

    written = EDITING_MARKS.sub("", content.decode("utf-8-sig"))
    source = DocxTemplate(BytesIO()).patch_xml(written)
    source = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)
    lines = tuple(source.split("\n"))
    env = environment()
    try:
        refuse_joins(env.parse(source))
        return TextPart(part, env.from_string(source), lines)
    except jinja2.TemplateSyntaxError as error:
        fault = fault_of(written, error.message or "")
        if fault.paragraph:
            raise _located(fault, name, (fault.paragraph,), 1) from error
        raise _located(fault, name, lines, error.lineno) from error
    except TemplateError as error:
        raise _located(error, name, lines, 0) from error


def _styles(content: bytes) -> dict[str, str]:
    """Return the ids of a template's paragraph styles by their names in lower case."""
    from lxml import etree

    if not content:
        return {}
    found = {}
    for style in etree.fromstring(content, _parser()).iter(f"{W}style"):
        label = style.find(f"{W}name")
        if style.get(f"{W}type") == "paragraph" and label is not None:
            found[label.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
    return found


# --- rendering -------------------------------------------------------------------------------------------------------


def _filled(part: TextPart, values: Mapping[str, object], name: str) -> str:
    try:
        return part.template.render(values).replace("\n<w:p", "<w:p")
    except TemplateError as error:
        if isinstance(error, NoSuchPlaceholder) and error.hint is None:
            error.hint = nearest(error.name, values)
        raise _located(error, name, part.lines, _line(error)) from None
    except Exception as error:
        fault = BrokenPart(_("The template cannot be filled: {reason}", reason=f"{type(error).__name__}: {error}"))
        raise _located(fault, name, part.lines, _line(error)) from error


def _line(error: Exception) -> int:
    """Return the line of the template that an error was raised in; 0 where it was in none."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == "<template>"), 0)


def _located(error: TemplateError, name: str, lines: tuple[str, ...], line: int) -> TemplateError:
    """Add to an error where it stands: the template's name, and the paragraph's text."""
    text = re.sub(r"<[^>]*>", "", lines[line - 1]).strip() if 0 < line <= len(lines) else ""
    if name:
        error.place = Place(name)
    if text:
        error.message = _("{problem} It stands in: {text}", problem=error.message, text=text[:200])
        error.args = (error.message,)
    return error


# --- checking --------------------------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
STRUCTURE = frozenset(f"{W}{tag}" for tag in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "footnote", "endnote"))


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _well_formed(text: str, part: TextPart, name: str) -> bytes:
    """Return a part's bytes, with what Word insists on: text inside runs, a paragraph in each cell, unique ids."""
    from lxml import etree

    try:
        tree = etree.fromstring(text.encode(), _parser())
    except etree.XMLSyntaxError as error:
        fault = BrokenPart(_("What the template makes is no Word document any more: {reason}", reason=str(error)))
        raise _located(fault, name, part.lines, 0) from error
    for element in tree.iter():
        if element.tag in STRUCTURE and (stray := _stray_text(element)):
            fault = BrokenPart(_("This text stands outside of any paragraph: “{text}”.", text=stray[:80]))
            raise _located(fault, name, part.lines, 0)
    for cell in tree.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    for number, properties in enumerate(tree.iter(DRAWING_PROPERTIES), 1):
        properties.set("id", str(number))
    _fill_grids(tree)
    _drop_empty_last_section(tree)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def _stray_text(element: Any) -> str:
    texts = (element.text, *(child.tail for child in element))
    return " ".join(text.strip() for text in texts if text and text.strip())


def _fill_grids(tree: Any) -> None:
    """Give tables without a grid as many columns as their longest row has cells, as wide as those ask to be.

    Such are the tables of a narrative, and those whose columns a condition of the template chooses.
    """
    from lxml import etree

    for grid in tree.iter(f"{W}tblGrid"):
        if len(grid) == 0:
            rows = [row.findall(f"{W}tc") for row in grid.getparent().findall(f"{W}tr")]
            for cell in max(rows, key=len, default=[None]):
                column = etree.SubElement(grid, f"{W}gridCol")
                width = None if cell is None else cell.find(f"{W}tcPr/{W}tcW[@{W}type='dxa']")
                if width is not None:
                    column.set(f"{W}w", width.get(f"{W}w"))


def _drop_empty_last_section(tree: Any) -> None:
    """Where a condition left nothing after the last section break, drop that section: an annex goes with its page."""
    body = tree.find(f"{W}body")
    last = body[-2] if body is not None and len(body) > 1 else None
    if last is None or last.tag != f"{W}p" or body[-1].tag != f"{W}sectPr":
        return
    properties = last.find(f"{W}pPr/{W}sectPr")
    if properties is not None:
        body.replace(body[-1], properties)
        body.remove(last)


# --- pictures and properties -----------------------------------------------------------------------------------------

PROPERTIES = "docProps/core.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
NO_RELATIONS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{RELATIONS}"/>'.encode()


def _with_pictures(part: str, rendering: Rendering, entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the entries that a part's pictures need: the files, the part's relations, the type of PNG."""
    folder, _slash, leaf = part.rpartition("/")
    relations_name = f"{folder}/_rels/{leaf}.rels"
    changed: dict[str, bytes] = {}
    links = []
    for relation, picture in rendering.pictures.items():
        file = f"media/{hashlib.sha256(picture.content).hexdigest()[:16]}.png"
        changed[f"{folder}/{file}"] = picture.content
        links.append(f'<Relationship Id="{relation}" Type="{IMAGE}" Target="{file}"/>')
    relations = entries.get(relations_name, NO_RELATIONS)
    changed[relations_name] = _with_children(relations, "Relationships", "".join(links))
    if not re.search(rb'Extension="png"', entries[TYPES], re.IGNORECASE):
        changed[TYPES] = _with_children(entries[TYPES], "Types", '<Default Extension="png" ContentType="image/png"/>')
    return changed


def _with_children(content: bytes, root: str, children: str) -> bytes:
    """Return XML with children added: at the front for types (defaults come first), which no relation minds."""
    text = content.decode("utf-8-sig")
    if re.search(rf"<{root}[^>]*/>", text):
        return re.sub(rf"<{root}([^>]*)/>", rf"<{root}\1>{children}</{root}>", text, count=1).encode()
    return re.sub(rf"(<{root}[^>]*>)", lambda found: found[1] + children, text, count=1).encode()


def _with_properties(content: bytes, title: str, language: str, created: date | None) -> bytes:
    """Return the properties: title, language and day from outside, nothing of who edited the template when."""
    from lxml import etree

    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dublin = "http://purl.org/dc/elements/1.1/"
    terms = "http://purl.org/dc/terms/"
    schema = "http://www.w3.org/2001/XMLSchema-instance"
    tree = etree.fromstring(content, _parser())
    for name in (f"{{{dublin}}}title", f"{{{dublin}}}language", f"{{{core}}}lastModifiedBy", f"{{{core}}}revision"):
        for element in tree.findall(name):
            tree.remove(element)
    for name in (f"{{{terms}}}created", f"{{{terms}}}modified", f"{{{core}}}lastPrinted"):
        for element in tree.findall(name):
            tree.remove(element)
        if created is not None and name.startswith(f"{{{terms}}}"):
            element = etree.SubElement(tree, name)
            element.set(f"{{{schema}}}type", "dcterms:W3CDTF")
            element.text = f"{created.isoformat()}T00:00:00Z"
    etree.SubElement(tree, f"{{{dublin}}}title").text = title
    etree.SubElement(tree, f"{{{dublin}}}language").text = f"{language}-DE" if language == "de" else language
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def _archive(entries: Mapping[str, bytes]) -> bytes:
    """Return the entries as a ZIP archive, in their order, without any time."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _in_order(entries):
            item = zipfile.ZipInfo(name, EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 0  # the same on every system
            archive.writestr(item, content)
    return buffer.getvalue()


def _in_order(entries: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the list of types first, as readers expect, then the rest in the template's order."""
    yield TYPES, entries[TYPES]
    yield from ((name, content) for name, content in entries.items() if name != TYPES)
