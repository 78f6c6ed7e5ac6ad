"""A Word template, compiled once, and the documents that it makes."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

from jinja2 import TemplateSyntaxError

from oekoreport.documents.content import Styles
from oekoreport.documents.elements import W
from oekoreport.documents.filling.archive import Archive
from oekoreport.documents.filling.fallback import demand_own, put_together
from oekoreport.documents.proof import first_fault
from oekoreport.documents.word import (
    PROPERTIES,
    BrokenPart,
    CompiledPart,
    MarkFault,
    NeedsDocxtpl,
    Rendering,
    located,
    opened,
    properties,
    with_pictures,
)
from oekoreport.errors import TemplateError
from oekoreport.figures import UNKNOWN
from oekoreport.language import Locale, catalogue
from oekoreport.package import packed, tree_of
from oekoreport.report import Rendered

_ = catalogue("oekoreport")


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
        try:
            source = opened(content)
        except TemplateError as error:
            raise located(error, name, (), 0) from error
        self._entries = source.entries
        self._archive = Archive(source.entries)
        self._styles: Styles | None = None  # few templates print prose, which alone asks for them
        try:
            self._parts = {part.name: CompiledPart(part, number, name) for number, part in enumerate(source.parts)}
        except (TemplateSyntaxError, RecursionError) as error:
            raise _misunderstood(content, name, str(error)) from error

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
            values: by name: views of ``documents.views``, texts, numbers, days, pictures, prose, docxtpl's own
                values, and mappings and lists of them.
            title: the document's title among its properties, which screen readers announce.
            language: the language of texts and numbers, and the document's own.
            created: the day that the document's properties bear; they bear none without.
            docxtpl: what ``docxtpl()`` returned, where links of a RichText were made with it.

        Raises:
            TemplateError: with the placeholder or the paragraph at fault.
        """
        stamp = (title, language, created)
        if docxtpl is None:
            try:
                return self._filled(Rendering(Locale(language), self.styles), values, stamp)
            except NeedsDocxtpl as needs:
                docxtpl = needs.template
        return self._filled_by_docxtpl(Rendering(Locale(language), self.styles, docxtpl), values, stamp)

    def docxtpl(self) -> Any:
        """Return docxtpl's own template, to make its InlineImage, its subdocuments and the links of its RichText."""
        from docxtpl import DocxTemplate

        return DocxTemplate(BytesIO(self._content))

    def _filled(self, rendering: Rendering, values: Mapping[str, object], stamp: Stamp) -> Rendered:
        changed: dict[str, bytes] = {}
        for part in self._parts.values():
            changed[part.name] = part.content(rendering, values)
            if rendering.pictures:
                changed |= with_pictures(part.name, rendering.pictures, {**self._entries, **changed})
        named = changed.get(PROPERTIES, self._entries[PROPERTIES])
        changed[PROPERTIES] = _stamped(named, rendering, stamp)
        unknown = _prints_unknown(changed.values(), stamp)
        return Rendered(self._archive.document(changed), tuple(rendering.notes), unknown)

    def _filled_by_docxtpl(self, rendering: Rendering, values: Mapping[str, object], stamp: Stamp) -> Rendered:
        demand_own(rendering.docxtpl, self._content)
        entries = put_together(self._parts, rendering, values)
        named = entries[PROPERTIES] if PROPERTIES in self._parts else self._entries[PROPERTIES]
        entries[PROPERTIES] = _stamped(named, rendering, stamp)
        unknown = _prints_unknown((entries[name] for name in self._parts), stamp)
        return Rendered(packed(entries), tuple(rendering.notes), unknown)

    def styles(self) -> Styles:
        """Return the ids of the template's paragraph styles by their names in lower case."""
        if self._styles is None:
            self._styles = _styles(self._entries.get("word/styles.xml"))
        return self._styles


Stamp = tuple[str, str, date | None]
"""Title, language and day of a document."""


def _prints_unknown(parts: Iterable[bytes], stamp: Stamp) -> bool:
    mark = Locale(stamp[1]).show(UNKNOWN).encode()
    return any(mark in part for part in parts)


def _stamped(named: bytes, rendering: Rendering, stamp: Stamp) -> bytes:
    title, language, created = stamp
    return properties.stamped(named, rendering.legal(title), language, created)


@lru_cache(maxsize=32)
def compiled(content: bytes, name: str) -> Template:
    """Return the template, compiled once for all documents of this process."""
    return Template(content, name)


def _styles(content: bytes | None) -> dict[str, str]:
    found = {}
    for style in tree_of(content).iter(f"{W}style") if content else ():
        label = style.find(f"{W}name")
        if style.get(f"{W}type") == "paragraph" and label is not None:
            found[label.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
    return found


def _misunderstood(content: bytes, name: str, said: str) -> TemplateError:
    """Return what is wrong with a template that Jinja cannot read: its first fault, or what Jinja says."""
    fault = first_fault(content)
    if fault is None:
        return located(BrokenPart(_("The template cannot be understood: {reason}", reason=said)), name, (), 0)
    return located(MarkFault(fault.message, hint=fault.hint), name, (html.escape(fault.text),), 1)
