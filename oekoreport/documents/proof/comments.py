"""A copy of a template with its faults as Word's comments, so that an officer mends it where they read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from oekoreport.documents.elements import W
from oekoreport.documents.proof.faults import Fault
from oekoreport.documents.word import saved_parts
from oekoreport.language import Locale, catalogue
from oekoreport.package import EPOCH, packed

_ = catalogue("oekoreport")

AUTHOR = "oekoreport"
INITIALS = "öko"
WRITTEN = datetime(*EPOCH, tzinfo=UTC)
"""The time that comments bear, as the archive's parts do: the copy of a file is the same at any time."""


def with_comments(content: bytes, faults: Iterable[Fault], locale: Locale) -> bytes:
    """Return a Word document with a comment at the paragraph of each fault.

    Word holds comments in the body alone: a fault in a header, a footer, a note or a text box is told at the body's
    first paragraph, with its place.
    """
    from docx import Document

    document = Document(BytesIO(content))
    paragraphs = list(document.element.body.iter(f"{W}p"))
    for fault in faults:
        at = fault.spot.order if fault.spot.in_body and 0 <= fault.spot.order < len(paragraphs) else 0
        comment = document.add_comment(_runs(document, paragraphs[at]), _words(fault, locale), AUTHOR, INITIALS)
        comment._comment_elm.set(f"{W}date", f"{WRITTEN:%Y-%m-%dT%H:%M:%SZ}")  # noqa: SLF001 - python-docx stamps now
    _drop_undefined_styles(document)
    return packed(saved_parts(document))


def _runs(document: Any, paragraph: Any) -> Any:
    """Return the runs that are direct children of a paragraph; a paragraph without runs gets an empty one."""
    from docx.text.run import Run

    found = paragraph.findall(f"{W}r") or [paragraph.add_r()]
    return [Run(each, document) for each in (found[0], found[-1])]


def _words(fault: Fault, locale: Locale) -> str:
    """Return a comment's text: severity, place (if it is elsewhere), fault and remedy."""
    show = locale.show
    place = "" if fault.spot.in_body else f"{show(fault.spot)}: "
    tag = f"\n{fault.tag}" if fault.tag else ""
    hint = f"\n{show(fault.hint)}" if fault.hint else ""
    return f"{show(fault.severity.label)}: {place}{show(fault.message)}{tag}{hint}\n{fault.kind.code}"


def _drop_undefined_styles(document: Any) -> None:
    """Take from comments and their marks the styles that Word brings and this document does not have."""
    defined = {style.style_id for style in document.styles}
    comments = document.part._comments_part.element  # noqa: SLF001 - python-docx shows the comments, not their part
    for tree in (comments, document.element.body):
        for name in ("pStyle", "rStyle"):
            for style in [*tree.iter(f"{W}{name}")]:
                if style.get(f"{W}val", "").startswith("Comment") and style.get(f"{W}val") not in defined:
                    style.getparent().remove(style)
