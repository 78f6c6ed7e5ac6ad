"""What is wrong with a Word template, and where: its name, and the text of the paragraph."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from oekoreport.errors import SourceError, TemplateError
from oekoreport.language import Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")


class NoWordTemplate(TemplateError):
    """A template is no Word document, or one that is not opened; ``reason`` says why."""

    def __init__(self, reason: SourceError) -> None:
        super().__init__(reason.message, hint=reason.hint)


class BrokenPart(TemplateError):
    """A placeholder or loop cannot be understood, or would leave a document that Word cannot open."""

    def __init__(self, reason: Message) -> None:
        super().__init__(
            reason,
            hint=_(
                "Check the loops and conditions there: each needs an end tag in the same table or series of paragraphs."
            ),
        )


class WrongSink(TemplateError):
    """A value is printed by a mark that cannot hold it: paragraphs inside a line, a text outside of any line."""

    def __init__(self, what: Message, mark: str) -> None:
        super().__init__(what, hint=_("Write it as: {example}", example=mark))


class ForeignTemplate(TemplateError):
    """A picture or subdocument of docxtpl was made with another template than the one that prints it."""

    def __init__(self) -> None:
        super().__init__(
            _("A picture or subdocument was created with a different template."),
            hint=_("Create it with the object that {call} returns.", call="Template.docxtpl()"),
        )


class LinkWithoutTemplate(TemplateError):
    """A RichText has a link, whose address only the template of docxtpl knows that it was made with."""

    def __init__(self) -> None:
        super().__init__(
            _("A text contains a link, but the template that holds its address was not passed."),
            hint=_(
                "Create the link with the object that {call} returns, and render with that object.",
                call="Template.docxtpl()",
            ),
        )


class UsedTemplate(TemplateError):
    """A link or subdocument belongs to a template of docxtpl that made a document already; that took it along."""

    def __init__(self) -> None:
        super().__init__(
            _("A link or subdocument was created for a different document."),
            hint=_("Create it for each document anew, with the object that {call} returns.", call="Template.docxtpl()"),
        )


class ForeignReference(TemplateError):
    """A template, or a document made of it, takes something from outside of the file."""


class MarkFault(TemplateError):
    """A mark of a template cannot be understood."""


def located(error: TemplateError, name: str, lines: Sequence[str], line: int) -> TemplateError:
    """Return an error with its place: the template's name, and the text of its line, counted from 1; 0 for none."""
    text = html.unescape(re.sub(r"<[^>]*>", "", lines[line - 1])).strip() if 0 < line <= len(lines) else ""
    if name:
        error = error.at(Place(name))
    if text:
        error = error.because(_("{problem} Found in: {text}", problem=error.message, text=text[:200]))
    return error
