"""Whether finished papers may be final: none prints the mark for an unknown value, or a key that nobody typed.

The documents themselves are asked, as their readers would: whatever exporter wrote them, with whatever template. Of a
PDF its maker tells: Typst, or the filling of the Word document that it was made of. What stays in the house may say
what is unknown, and name rows by our numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from oekoreport.errors import UsageError
from oekoreport.figures import UNKNOWN
from oekoreport.folder import INTERNAL
from oekoreport.language import Message, catalogue
from oekoreport.package import Element, tree_of, unpacked
from oekoreport.records import NUMBER
from oekoreport.report import Document, Report
from oekoreport.steps import beat

_ = catalogue("oekoreport")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NUMBERS = re.compile(rf"{NUMBER}\d+")
"""What a made-up key looks like in a text; only those that the project has are looked for."""

SHOWN = 5
"""How many places of one document are named; the others are only counted."""

AROUND = 60
"""How many characters of a paragraph are shown; more than a line nobody reads in an error."""


class NotFit(UsageError):
    """Final documents are asked for, and some would print what no reader outside can use."""

    def __init__(self, folder: Path, what: Message, found: Mapping[str, list[Message]], hint: Message) -> None:
        places = tuple(
            _("{document}: {place}", document=path, place=place)
            for path, each in found.items()
            for place in each[:SHOWN]
        )
        super().__init__(
            _(
                "{folder} cannot be built as final: documents would print {what} ({count} times): {places}",
                folder=str(folder),
                what=what,
                count=sum(map(len, found.values())),
                places=places,
            ),
            hint=hint,
        )


class PrintsUnknown(NotFit):
    """They would print that a value is unknown."""

    def __init__(self, folder: Path, found: Mapping[str, list[Message]]) -> None:
        hint = _("Enter what is missing. Without --final, drafts are built that show where it belongs.")
        super().__init__(folder, _("“{text}”", text=UNKNOWN), found, hint)


class PrintsMadeUpKey(NotFit):
    """They would print the number of a row whose key nobody typed; no reader knows it."""

    def __init__(self, folder: Path, found: Mapping[str, list[Message]]) -> None:
        hint = _("Type a key of your own into the first column of that row, or take it out of your template.")
        super().__init__(folder, _("the number of a row that has no key of yours"), found, hint)


def demand_fit(folder: Path, documents: Mapping[str, Document], report: Report) -> None:
    """Refuse documents for others that print the mark for unknown, or a key that nobody typed.

    Raises:
        PrintsUnknown, PrintsMadeUpKey: with the places in them.
    """
    mark = report.locale.show(UNKNOWN)
    keys = report.origins.made_up_keys()
    outward = {path: document for path, document in documents.items() if not path.startswith(f"{INTERNAL}/")}
    unknown = _found(outward, lambda text: mark in text)
    if found := unknown | _pdfs(outward, unknown):
        raise PrintsUnknown(folder, found)
    if keys and (found := _found(outward, lambda text: not keys.isdisjoint(NUMBERS.findall(text)))):
        raise PrintsMadeUpKey(folder, found)


Holds = Callable[[str], bool]
"""Tells whether a text holds what must not be printed."""


def _found(documents: Mapping[str, Document], holds: Holds) -> dict[str, list[Message]]:
    """Return the places in Word documents and workbooks, by path."""
    readers = {".docx": _in_word, ".xlsx": _in_workbook}
    found: dict[str, list[Message]] = {}
    for path, document in sorted(documents.items()):
        reader = readers.get(PurePosixPath(path).suffix)
        if reader and (places := list(reader(unpacked(document.content), holds))):
            found[path] = places
        beat()
    return found


def _pdfs(documents: Mapping[str, Document], found: Collection[str]) -> dict[str, list[Message]]:
    """Return the PDFs that print the mark for unknown, where no Word document beside them tells the place.

    Keys need no such look: a template of ours prints none in a PDF that it does not print in Word.
    """
    return {
        path: [_("look into the PDF")]
        for path, document in sorted(documents.items())
        if document.prints_unknown and f"{PurePosixPath(path).with_suffix('.docx')}" not in found
    }


def _in_word(parts: Mapping[str, bytes], holds: Holds) -> Iterator[Message]:
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and holds(part.decode()):
            for paragraph in tree_of(part).iter(f"{W}p"):
                text = _text(paragraph)
                if holds(text):
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


def _in_workbook(parts: Mapping[str, bytes], holds: Holds) -> Iterator[Message]:
    strings = parts.get("xl/sharedStrings.xml")
    if strings is None or not holds(strings.decode()):
        return
    texts = ["".join(each.text or "" for each in item.iter(f"{S}t")) for item in tree_of(strings).iter(f"{S}si")]
    marked = {str(number) for number, text in enumerate(texts) if holds(text)}
    names = [each.get("name") for each in tree_of(parts["xl/workbook.xml"]).iter(f"{S}sheet")]
    for number, name in enumerate(names, 1):
        for cell in tree_of(parts[f"xl/worksheets/sheet{number}.xml"]).iter(f"{S}c"):
            if cell.get("t") == "s" and cell.findtext(f"{S}v") in marked:
                yield Message("{sheet}!{cell}", sheet=name, cell=cell.get("r"))
