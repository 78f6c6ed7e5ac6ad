"""Whether finished papers may be final: none prints the mark for an unknown value.

The documents themselves are asked, as their readers would: whatever exporter wrote them, with whatever template. What
stays in the house may say what is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from oekoreport.errors import UsageError
from oekoreport.figures import UNKNOWN
from oekoreport.folder import INTERNAL
from oekoreport.language import Locale, Message, catalogue
from oekoreport.package import Element, tree_of, unpacked
from oekoreport.report import Document

_ = catalogue("oekoreport")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHOWN = 5
"""How many places of one document are named; the others are only counted."""

AROUND = 60
"""How many characters of a paragraph are shown; more than a line nobody reads in an error."""


class PrintsUnknown(UsageError):
    """Final documents are asked for, and some would print that a value is unknown."""

    def __init__(self, folder: Path, found: Mapping[str, list[Message]]) -> None:
        places = tuple(
            _("{document}: {place}", document=path, place=place)
            for path, each in found.items()
            for place in each[:SHOWN]
        )
        super().__init__(
            _(
                "{folder} cannot be built as final: documents would print “{mark}” ({count} times): {places}",
                folder=str(folder),
                mark=UNKNOWN,
                count=sum(map(len, found.values())),
                places=places,
            ),
            hint=_("Enter what is missing. Without --final, drafts are built that show where it belongs."),
        )


def demand_known(folder: Path, documents: Mapping[str, Document], locale: Locale) -> None:
    """Refuse documents for others that print the mark for unknown.

    Raises:
        PrintsUnknown: with the places in them.
    """
    mark = locale.show(UNKNOWN)
    outward = {path: document for path, document in documents.items() if not path.startswith(f"{INTERNAL}/")}
    found = {path: places for path, document in sorted(outward.items()) if (places := unknown_in(document, mark))}
    if found:
        raise PrintsUnknown(folder, found)


def unknown_in(document: Document, mark: str) -> list[Message]:
    """Return where a Word document or a workbook prints the mark; a PDF is made of the same values as its Word file."""
    if document.name[-1].endswith(".docx"):
        parts = unpacked(document.content)
        names = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
        return [place for name in names if mark.encode() in parts[name] for place in _in_word(parts[name], mark)]
    if document.name[-1].endswith(".xlsx"):
        return list(_in_workbook(unpacked(document.content), mark))
    return []


def _in_word(part: bytes, mark: str) -> Iterator[Message]:
    for paragraph in tree_of(part).iter(f"{W}p"):
        text = _text(paragraph)
        if mark in text:
            cell = next(paragraph.iterancestors(f"{W}tc"), None)
            yield _("“{text}”", text=text[:AROUND]) if cell is None else _in_table(cell)


def _in_table(cell: Element) -> Message:
    """Return the head of a cell's column and the beginning of its row."""
    row = cell.getparent()
    index = sum(_width(each) for each in cell.itersiblings(f"{W}tc", preceding=True))
    first = _text(next(row.iterchildren(f"{W}tc")))
    heads = next(row.getparent().iterchildren(f"{W}tr"))
    position = 0
    for head in heads.iterchildren(f"{W}tc"):
        position += _width(head)
        if position > index:
            return _("row “{row}”, column “{column}”", row=first[:AROUND], column=_text(head)[:AROUND])
    return _("row “{row}”", row=first[:AROUND])


def _width(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val"))


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t")).replace("\u00ad", "")


def _in_workbook(parts: Mapping[str, bytes], mark: str) -> Iterator[Message]:
    strings = parts.get("xl/sharedStrings.xml")
    if strings is None or mark.encode() not in strings:
        return
    texts = ["".join(each.text or "" for each in item.iter(f"{S}t")) for item in tree_of(strings).iter(f"{S}si")]
    marked = {str(number) for number, text in enumerate(texts) if mark in text}
    names = [each.get("name") for each in tree_of(parts["xl/workbook.xml"]).iter(f"{S}sheet")]
    for number, name in enumerate(names, 1):
        for cell in tree_of(parts[f"xl/worksheets/sheet{number}.xml"]).iter(f"{S}c"):
            if cell.get("t") == "s" and cell.findtext(f"{S}v") in marked:
                yield Message("{sheet}!{cell}", sheet=name, cell=cell.get("r"))
