"""The texts that the cells of an XLSX workbook share, as far as they need a look: what is struck through in them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter, sub

from oekoreport.language import catalogue
from oekoreport.package import Package, PartTooLarge
from oekoreport.places import Place, column_letters
from oekoreport.sheets.tables.book import MAX_CELLS
from oekoreport.sheets.tables.errors import NotAWorkbook, TextTooLong, TooManyTexts
from oekoreport.sheets.tables.markup import demand_small_pieces, discard, elements_of
from oekoreport.sheets.tables.room import MAX_TEXT, too_much_text
from oekoreport.sheets.tables.scan import ROW_END, cell_at
from oekoreport.sheets.tables.styles import is_struck

_ = catalogue("oekoreport")

ERROR_SIGN = b">#"
"""What texts begin with that may be those of a failed formula (#N/A), typed or pasted."""

SPACED_SIGN = re.compile(rb">\s*#")
STRIKE = b"strike"

LONG_TEXT = re.compile(rb"<[^<]{%d}" % MAX_TEXT)

MOST_SHARED = 100_000_000
"""So many bytes the texts that cells share may have."""

SHARED_TEXTS = "xl/sharedStrings.xml"
"""The part that calamine reads, whether or not the workbook refers to it."""

TEXT_END = b"si>"
SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\b")
REFERENCE = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^>]*\bt="s"[^>]*>(?:(?!</?c\b).)*?<v[^>]*>\s*([0-9]{1,7})\s*<', re.DOTALL
)
OWN_TEXT = re.compile(rb"<[tv][^<>]*>([^<]{16,})")
"""A text in a cell itself; the shorter ones take less than the cells that hold them."""


@dataclass(frozen=True, slots=True)
class Strings:
    """What stands in the shared texts.

    Attributes:
        has_signs: whether any begins with #.
        struck: those that are struck through, if in part.
        lengths: how many bytes each has at most, in their order.
    """

    has_signs: bool = False
    struck: frozenset[str] = frozenset()
    lengths: Sequence[int] = ()

    @property
    def longest(self) -> int:
        """How many bytes the longest has."""
        return max(self.lengths, default=0)


def strings_of(package: Package, workbook: str) -> Strings:
    """Return what a workbook's shared texts hold.

    Raises:
        SourceError: as ``Package.markup``, or ``DamagedArchive``, ``TooManyTexts``, ``TooMuch``.
    """
    related = {each.target for each in package.relations(workbook).values() if each.kind == "sharedStrings"}
    found = {name.lower(): name for name in (SHARED_TEXTS, *related) if name in package}
    if not found:
        return Strings()
    if len(found) > 1:
        raise NotAWorkbook(package.place, _("its contents contradict each other."))
    (part,) = found.values()
    try:
        xml = package.markup(part, MOST_SHARED)
    except PartTooLarge as error:
        raise too_much_text(package.place, MOST_SHARED) from error
    lengths = _lengths(xml)
    if len(lengths) > MAX_CELLS:
        raise TooManyTexts(package.place, len(lengths), MAX_CELLS)
    try:
        struck = struck_texts(xml, package.place, TEXT_END)
    except SyntaxError as error:
        raise package.damaged(part) from error
    return Strings(SPACED_SIGN.search(xml) is not None, struck, lengths)


def _lengths(xml: bytes) -> Sequence[int]:
    """Return how many bytes each shared text has, its tags included."""
    starts = array("I", (match.start() for match in SHARED_TEXT.finditer(xml)))
    return array("I", map(sub, chain(starts[1:], [len(xml)]), starts))


def check_lengths(xml: bytes, strings: Strings, place: Place) -> None:
    """Refuse a sheet with a text that no cell can hold, in the cell or shared, before anything copies it.

    Raises:
        TextTooLong: there is one; its cell is named where one shows it.
    """
    if match := LONG_TEXT.search(xml):
        raise TextTooLong(_place_at(xml, match.start(), place), MAX_TEXT)
    if strings.longest > MAX_TEXT:
        for match in REFERENCE.finditer(xml):
            if _shared(match, strings) > MAX_TEXT:
                raise TextTooLong(_place_at(xml, match.start(), place), MAX_TEXT)


def text_bytes(xml: bytes, strings: Strings, enough: int, *, loose: bool) -> int:
    """Return how many bytes of text the cells of a sheet show; where it is ``enough``, what they show at most."""
    most = xml.count(b't="s"') * strings.longest + len(xml) * loose
    if most <= enough:
        return most
    return sum(length for length, _match in _texts(xml, strings, loose=loose))


def longest_text(xml: bytes, strings: Strings, place: Place, *, loose: bool) -> Place:
    """Return the place of the cell with the longest text of a sheet."""
    _length, match = max(_texts(xml, strings, loose=loose), key=itemgetter(0))
    return _place_at(xml, match.start(), place)


def _texts(xml: bytes, strings: Strings, *, loose: bool) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Yield the texts of a sheet with the bytes that each has."""
    if strings.lengths:
        yield from ((_shared(match, strings), match) for match in REFERENCE.finditer(xml))
    if loose:
        yield from ((len(match[1]), match) for match in OWN_TEXT.finditer(xml))


def _shared(reference: re.Match[bytes], strings: Strings) -> int:
    number = int(reference[1])
    return strings.lengths[number] if number < len(strings.lengths) else 0


def _place_at(xml: bytes, position: int, place: Place) -> Place:
    cell = cell_at(xml, position)
    return place._replace(row=cell[0], column=column_letters(cell[1])) if cell else place


def struck_texts(xml: bytes, place: Place, end: bytes = ROW_END) -> frozenset[str]:
    """Return the texts with parts struck through, of those that are shared or that stand in a sheet's cells.

    Raises:
        SyntaxError: the XML is not well-formed.
        TooMuch: as ``demand_small_pieces``.
    """
    if STRIKE not in xml:
        return frozenset()
    demand_small_pieces(xml, end, place)
    return frozenset(_struck(xml))


def _struck(xml: bytes) -> Iterator[str]:
    for _event, item in elements_of(xml, "{*}si", "{*}is", "{*}row"):
        if any(is_struck(run) for run in item.iterfind("{*}r/{*}rPr")):
            yield "".join(str(text.text or "") for text in item.iterfind("{*}r/{*}t"))
        discard(item)
