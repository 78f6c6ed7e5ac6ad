"""The proof of a whole template: its parts one by one, and what their tags name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from oekoreport.documents.elements import above
from oekoreport.documents.proof.alternatives import pictures_without_words
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.patched import patched_faults
from oekoreport.documents.proof.scope import Everything
from oekoreport.documents.proof.shapes import Shape, shapes_of
from oekoreport.documents.proof.spots import Spot
from oekoreport.documents.proof.tags import WrittenPart
from oekoreport.documents.proof.unfilled import ENTRY, unfilled
from oekoreport.documents.proof.walk import Walk
from oekoreport.documents.word import (
    BODY,
    PROPERTIES,
    Foreign,
    NoWordTemplate,
    WordFile,
    attached_template,
    foreign,
    opened,
    stripped,
    word_file,
)
from oekoreport.errors import SourceError
from oekoreport.findings import Severity
from oekoreport.language import Message, catalogue
from oekoreport.package import tree_of

_ = catalogue("oekoreport")

Context = Mapping[str, object]

TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
NO_DOCUMENT = _("This is not a Word document (.docx).")
SAVE_AS_DOCX = _("Save the template in Word as a Word document (*.docx).")


class NoTemplate(Exception):
    """The file is not a Word document, or one of its parts is not XML."""

    def __init__(self, part: str, reason: Message, hint: Message | None) -> None:
        super().__init__(reason)
        self.fault = Fault(Kind.UNREADABLE, Spot(part), reason, hint)


def proof(content: bytes, contexts: Iterable[Context] = (), beside: Iterable[Context] = ()) -> tuple[Fault, ...]:
    """Return every fault of a template, in the order of its parts.

    Args:
        content: the Word file.
        contexts: the values that documents of a project are filled with.
        beside: values of the reference round, which speak where those of the project show nothing. Without both, names
            are not judged.
    """
    contexts, beside = tuple(contexts), tuple(beside)
    names: Mapping[str, Shape] = shapes_of(contexts, beside) if contexts or beside else Everything()
    try:
        parts = parts_of(content)
        if outside := _foreign(content):
            return outside
        marked = _marked(content, parts)
    except NoTemplate as error:
        return (error.fault,)
    except NoWordTemplate as error:
        return (Fault(Kind.UNREADABLE, Spot(BODY), error.message, error.hint),)
    told = [fault for part in parts for fault in _part_faults(part, names, marked.get(part.name, ""))]
    return (*told, *_unfilled(content), *_attached(content))


def _marked(content: bytes, parts: Iterable[WrittenPart]) -> dict[str, str]:
    """Return the parts as docxtpl puts their tags in order, by name; a file without a tag is not opened for that."""
    return {part.name: part.marked for part in opened(content).parts} if any(part.tags for part in parts) else {}


def first_fault(content: bytes) -> Fault | None:
    """Return the first error of a template for which no values are at hand; None where it has none."""
    return next((fault for fault in proof(content) if fault.severity is Severity.ERROR), None)


@lru_cache(maxsize=32)
def parts_of(content: bytes) -> tuple[WrittenPart, ...]:
    """Return the parts of a template that hold text, the body first.

    Raises:
        NoTemplate: it is no Word document.
    """
    file = _opened(content)
    names = sorted(filter(TEXT_PARTS.fullmatch, file.parts), key=lambda name: (name != BODY, name))
    if BODY not in names:
        raise NoTemplate(BODY, NO_DOCUMENT, SAVE_AS_DOCX)
    return tuple(_part(file, name) for name in names)


@lru_cache(maxsize=32)
def _unfilled(content: bytes) -> tuple[Fault, ...]:
    """Return the tags in parts that nothing fills, whatever the values are."""
    parts = {part.name: part for part in parts_of(content)}
    found: list[Fault] = []
    file = _opened(content)
    for name in sorted(file.parts):
        if ENTRY.fullmatch(name) and not TEXT_PARTS.fullmatch(name):
            found += unfilled(name, file.parts[name], parts)
    return tuple(found)


@lru_cache(maxsize=32)
def _foreign(content: bytes) -> tuple[Fault, ...]:
    """Return what a template takes from outside of itself, each at its paragraph."""
    parts = {part.name: part for part in parts_of(content)}
    trees = {name: part.tree for name, part in parts.items()}
    try:
        found = tuple(foreign(_opened(content), trees))
    except SyntaxError as error:
        raise _damaged(BODY, error) from error
    return tuple(_fault_of(each, parts.get(each.part)) for each in found)


def _fault_of(found: Foreign, part: WrittenPart | None) -> Fault:
    paragraph = found.element if found.element is None else above(found.element, "p")
    if part is None or paragraph is None:
        return Fault(Kind.FOREIGN, Spot(found.part), found.message, found.hint)
    return Fault(Kind.FOREIGN, part.spots[paragraph], found.message, found.hint, "", part.line_of(paragraph))


def _attached(content: bytes) -> Iterator[Fault]:
    if attached_template(_opened(content)):
        told = _("The file names the template that it was made with; documents do not name it.")
        yield Fault(Kind.ATTACHED, Spot("word/settings.xml"), told)


def _opened(content: bytes) -> WordFile:
    try:
        return word_file(content)
    except SourceError as error:
        raise NoTemplate(BODY, error.message, error.hint) from error


def _part(file: WordFile, name: str) -> WrittenPart:
    try:
        content = file.parts[name]
        if name == PROPERTIES:
            content = stripped(content.decode("utf-8-sig")).encode()
        return WrittenPart(name, content.decode("utf-8-sig"), tree_of(content))
    except (SyntaxError, UnicodeDecodeError) as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> NoTemplate:
    told = _("The part {part} of the document is damaged: {reason}", part=name, reason=str(error))
    return NoTemplate(name, told, _("Open the file in Word and save it again."))


def _part_faults(part: WrittenPart, names: Mapping[str, Shape], marked: str) -> Iterator[Fault]:
    """Yield the faults of a part; where no single tag is wrong, the whole is looked at as docxtpl marked it."""
    faults = [*Walk(part, names).run(), *pictures_without_words(part)]
    yield from sorted(faults, key=lambda fault: fault.spot.order)
    if not any(fault.severity is Severity.ERROR for fault in faults):
        yield from _whole(part, marked) if marked else ()


@lru_cache(maxsize=256)
def _whole(part: WrittenPart, marked: str) -> tuple[Fault, ...]:
    return tuple(patched_faults(part, marked))
