"""The texts that the cells of an XLSX workbook share, as far as they need a look: what is struck through in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oekoreport.package import Package, elements_of
from oekoreport.places import Place
from oekoreport.sheets.tables.book import MAX_CELLS
from oekoreport.sheets.tables.errors import TextTooLong, TooManyTexts
from oekoreport.sheets.tables.styles import is_struck

ERROR_SIGN = b">#"
"""What texts begin with that may be those of a failed formula (#N/A), typed or pasted."""

SPACED_SIGN = re.compile(rb">\s*#")
STRIKE = b"strike"

MAX_TEXT = 1_000_000
"""So many bytes may stand between two tags; the 32,767 characters of a cell take a third of that at worst."""

LONG_TEXT = re.compile(rb"<[^<]{%d}" % MAX_TEXT)


@dataclass(frozen=True, slots=True)
class Strings:
    """What stands in the shared texts: whether any begins with #, and those that are struck through, if in part."""

    has_signs: bool = False
    struck: frozenset[str] = frozenset()


def strings_of(package: Package, workbook: str) -> Strings:
    """Return what a workbook's shared texts hold.

    Raises:
        SourceError: as ``Package.markup``, or ``DamagedArchive``, ``TextTooLong``, ``TooManyTexts``.
    """
    part = next((each.target for each in package.relations(workbook).values() if each.kind == "sharedStrings"), "")
    if part not in package:
        return Strings()
    xml = package.markup(part)
    texts = max(xml.count(b"<si"), xml.count(b":si") // 2)  # with a prefix, its end is counted too
    if texts > MAX_CELLS:
        raise TooManyTexts(package.place, texts, MAX_CELLS)
    check_lengths(xml, package.place)
    try:
        struck = struck_texts(xml)
    except SyntaxError as error:
        raise package.damaged(part) from error
    return Strings(SPACED_SIGN.search(xml) is not None, struck)


def check_lengths(xml: bytes, place: Place) -> None:
    """Refuse a part of a workbook with a text that no cell can hold, before anything copies it.

    Raises:
        TextTooLong: there is one.
    """
    if LONG_TEXT.search(xml):
        raise TextTooLong(place, MAX_TEXT)


def struck_texts(xml: bytes) -> frozenset[str]:
    """Return the texts with parts struck through, of those that are shared or that stand in a sheet's cells.

    Raises:
        SyntaxError: the XML is not well-formed.
    """
    return frozenset(_struck(xml)) if STRIKE in xml else frozenset()


def _struck(xml: bytes) -> Iterator[str]:
    for _event, item in elements_of(xml, "{*}si", "{*}is"):
        if any(is_struck(run) for run in item.iterfind("{*}r/{*}rPr")):
            yield "".join(str(text.text or "") for text in item.iterfind("{*}r/{*}t"))
        item.clear()
