"""Narratives in Word: ``word_chapters(source)`` gives chapters in Markdown, with places and with what is left out.

The XML is read here, by lxml alone; ``docs/decisions.md`` says what converters lose.
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
