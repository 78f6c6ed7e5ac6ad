"""Word documents from templates: an officer's file with placeholders in, a document out; same input, same bytes.

The template's marks are docxtpl's: ``{{ name }}``, ``{% for … %}``, and ``{%tr … %}``, ``{%p … %}``, ``{%tc … %}``,
``{%r … %}`` for loops over rows, paragraphs, cells and runs; ``{{p … }}`` prints whole paragraphs, ``{{r … }}`` text
with formats of its own. docxtpl opens a template and puts the marks in order, Jinja compiles it, both once; a document
is then the filled parts, appended to an archive of those that no placeholder changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from oekoreport.documents.rendered import Rendered
from oekoreport.documents.word.faults import BrokenPart, ForeignTemplate, NoWordTemplate, WrongSink
from oekoreport.documents.word.template import Template, compiled

__all__ = ["BrokenPart", "ForeignTemplate", "NoWordTemplate", "Template", "WrongSink", "render"]


def render(  # noqa: PLR0913 - what makes a document
    template: bytes,
    context: Mapping[str, object],
    *,
    title: str,
    language: str,
    created: date | None,
    name: str = "",
) -> Rendered:
    """Return the document that a template and its values make; the template is compiled once in a process.

    Args:
        template: the Word file with placeholders.
        context: values by name, as ``Template.render`` takes them.
        title: the document's title among its properties, which screen readers announce.
        language: the language of texts and numbers, and the document's own.
        created: the day that the document's properties bear; they bear none without.
        name: the template's name, for messages.

    Raises:
        TemplateError: with the placeholder or the paragraph at fault.
    """
    return compiled(template, name).render(context, title=title, language=language, created=created)
