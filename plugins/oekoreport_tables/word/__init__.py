"""Narratives in Word: ``word_chapters(source)`` gives chapters in Markdown, with places and with what is left out.

The XML is read here, by lxml alone; ``docs/decisions.md`` says what converters lose.
"""

from __future__ import annotations

from oekoreport import Finding, Place, Source, catalogue
from oekoreport.kit.package import DamagedArchive, Package, is_binary, is_package
from oekoreport_tables.chapters import Chapter
from oekoreport_tables.word.errors import NoWordDocument

_ = catalogue("oekoreport_tables")


def word_chapters(source: Source) -> tuple[list[Chapter], list[Finding]]:
    """Return the chapters of a Word document, and what is wrong with the document as a whole.

    Raises:
        SourceError: ``NoWordDocument``, or, as any office file may be, ``PasswordProtected``, ``UnpacksTooLarge`` or
            ``UnsafeMarkup``.
    """
    from oekoreport_tables.word.body import Body

    try:
        package = _opened(source)
        body = Body(package, _main(package))
        body.read()
    except DamagedArchive as error:
        raise NoWordDocument(error.place or Place(source.name), error.reason) from error
    first = body.chapters[0]
    return body.chapters if first.text or first.findings else body.chapters[1:], body.findings


def _opened(source: Source) -> Package:
    place = Place(source.name)
    if is_binary(source.content):
        raise NoWordDocument(place, _("it has the format of Word before 2007."))
    if not is_package(source.content):
        raise NoWordDocument(place, _("it was not written by Word.") if source.content else _("it is empty."))
    return source.package


def _main(package: Package) -> str:
    """Return the name of the part that holds the text."""
    main = package.main("word/document.xml")
    if main not in package:
        raise NoWordDocument(package.place, _("it was not written by Word."))
    return main
