"""A Word template, compiled once, and the documents that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

from oekoreport.kit.docx import properties
from oekoreport.kit.docx.archive import Archive, packed
from oekoreport.kit.docx.faults import ForeignTemplate
from oekoreport.kit.docx.part import Part
from oekoreport.kit.docx.pictures import with_pictures
from oekoreport.kit.docx.printing import NeedsDocxtpl, Rendering
from oekoreport.kit.docx.properties import PROPERTIES
from oekoreport.kit.docx.source import entries_of, opened
from oekoreport.kit.prose import cleaned
from oekoreport.kit.rendered import Rendered
from oekoreport.language import Locale


class Template:
    """A Word template: opened, put in order by docxtpl and compiled by Jinja when it is made.

    Rendering fills the parts that have placeholders and appends them to an archive of the others. Pictures,
    subdocuments and links that docxtpl itself makes need its own path; it is taken where the values ask for it.

    Args:
        content: the Word file.
        name: its name, for messages.

    Raises:
        TemplateError: it is no Word document, or a mark in it cannot be understood.
    """

    def __init__(self, content: bytes, name: str = "") -> None:
        self._content = content
        source = opened(content, name)
        self._entries = source.entries
        self._archive = Archive(source.entries)
        self._parts = {part.name: Part(part, number, name) for number, part in enumerate(source.parts)}

    def render(
        self,
        values: Mapping[str, object],
        *,
        title: str,
        language: str,
        created: date | None,
        docxtpl: Any = None,
    ) -> Rendered:
        """Return the document that the template makes of these values.

        Args:
            values: by name: views (``oekoreport.kit.views``), texts, numbers, days, pictures, prose, docxtpl's own
                values, and mappings and lists of them.
            title: the document's title among its properties, which screen readers announce.
            language: the language of texts and numbers, and the document's own.
            created: the day that the document's properties bear; they bear none without.
            docxtpl: what ``docxtpl()`` returned, where links of a RichText were made with it.

        Raises:
            TemplateError: with the placeholder or the paragraph at fault.
        """
        rendering = Rendering(Locale(language), self._styles, docxtpl)
        stamp = (cleaned(title), language, created)
        if docxtpl is None:
            try:
                return Rendered(self._filled(rendering, values, stamp), tuple(rendering.notes))
            except NeedsDocxtpl as needs:
                docxtpl = needs.template
                rendering = Rendering(Locale(language), self._styles, docxtpl)
        return Rendered(self._filled_by_docxtpl(rendering, values, stamp), tuple(rendering.notes))

    def docxtpl(self) -> Any:
        """Return docxtpl's own template, to make its InlineImage, its subdocuments and the links of its RichText."""
        from docxtpl import DocxTemplate

        return DocxTemplate(BytesIO(self._content))

    def _filled(self, rendering: Rendering, values: Mapping[str, object], stamp: Stamp) -> bytes:
        changed: dict[str, bytes] = {}
        for part in self._parts.values():
            changed[part.name] = part.content(rendering, values)
            if rendering.pictures:
                changed |= with_pictures(part.name, rendering.pictures, {**self._entries, **changed})
        changed[PROPERTIES] = properties.stamped(changed.get(PROPERTIES, self._entries[PROPERTIES]), *stamp)
        return self._archive.document(changed)

    def _filled_by_docxtpl(self, rendering: Rendering, values: Mapping[str, object], stamp: Stamp) -> bytes:
        """Let docxtpl put the document together; what it renders is rendered here, with the same safety."""
        maker = rendering.docxtpl
        self._demand_own(maker)
        pictures = {}

        def rendered(source: str, part: Any, *_others: object) -> str:
            maker.current_rendering_part = part
            name = part.partname.lstrip("/")
            if name not in self._parts:  # footnotes without a mark
                return source
            text = self._parts[name].for_docxtpl(rendering, values)
            pictures[name] = rendering.pictures
            return text

        maker.patch_xml = lambda source: source
        maker.render_xml_part = rendered
        maker.render_properties = lambda *_others: None
        maker.render({})
        buffer = BytesIO()
        maker.save(buffer)
        entries = entries_of(buffer.getvalue())
        for name, drawn in pictures.items():
            entries |= with_pictures(name, drawn, entries) if drawn else {}
        named = self._parts.get(PROPERTIES)
        filled = named.content(rendering, values) if named else self._entries[PROPERTIES]
        entries[PROPERTIES] = properties.stamped(filled, *stamp)
        return packed(entries)

    def _demand_own(self, maker: Any) -> None:
        """Refuse a template of docxtpl's that is another file.

        Raises:
            ForeignTemplate: it is.
        """
        file = maker.template_file
        content = file.getvalue() if isinstance(file, BytesIO) else None
        if content != self._content:
            raise ForeignTemplate

    @cached_property
    def _styles(self) -> dict[str, str]:
        return _styles(self._entries.get("word/styles.xml", b""))


Stamp = tuple[str, str, date | None]
"""Title, language and day of a document."""


@lru_cache(maxsize=32)
def compiled(content: bytes, name: str) -> Template:
    """Return the template, compiled once for all documents of this process."""
    return Template(content, name)


def _styles(content: bytes) -> dict[str, str]:
    """Return the ids of a template's paragraph styles by their names in lower case."""
    from lxml import etree

    from oekoreport.kit.docx.mending import W

    if not content:
        return {}
    found = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for style in etree.fromstring(content, parser).iter(f"{W}style"):
        label = style.find(f"{W}name")
        if style.get(f"{W}type") == "paragraph" and label is not None:
            found[label.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
    return found
