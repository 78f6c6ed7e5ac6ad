"""Narratives in Word: ``word_chapters(source)`` gives chapters in Markdown, with places and with what is left out.

The XML is read here, by lxml alone. Converters to HTML and from there to Markdown (mammoth and markdownify were tried)
know no places, leave out equations and charts without a word where, and let a text become what it looks like to
Markdown: “1. Mai” began a list, “# x” a heading, and a line of tildes took the rest of the text with it.
"""

from __future__ import annotations

from oekoreport import Finding, Source
from oekoreport_tables.chapters import Chapter


def word_chapters(source: Source) -> tuple[list[Chapter], list[Finding]]:
    """Return the chapters of a Word document, and what is wrong with the document as a whole.

    Raises:
        SourceError: ``NoWordDocument``, ``DocumentTooLarge`` or ``PasswordProtected``.
    """
    from oekoreport_tables.word.body import Body
    from oekoreport_tables.word.package import Package

    body = Body(Package(source))
    body.read()
    first = body.chapters[0]
    return body.chapters if first.text or first.findings else body.chapters[1:], body.findings
