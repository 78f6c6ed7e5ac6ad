"""How data get into a project: the workbook's first sheet as a page, and the heads of each sheet, in German."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport.language import Message
from oekoreport.sheets.forms.guide import DATA, PURPOSE, TYPING, Lines
from oekoreport.sheets.forms.layout import HOW_SHEET, LAYOUTS, Layout, columns, resource_columns
from oekoreport.sheets.forms.sheets import example, title_of

from .markdown import GERMAN, table

PREFACE = """Diese Seite ist für die Sachbearbeitung. Sie sagt dasselbe wie das erste Blatt von `projekt.xlsx` und nennt
dazu die Überschriften, die ein Blatt haben kann. Pflichtangaben tragen einen Stern.
"""


def data() -> str:
    """Return the page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield f"# {GERMAN.show(HOW_SHEET)}\n"
    yield PREFACE
    yield f"{GERMAN.show(PURPOSE[False])}\n"
    yield from _section(Message("Ausfüllen"), TYPING)
    for title, lines in DATA:
        yield from _section(title, lines)
    yield "## Blätter und ihre Überschriften\n"
    for layout in LAYOUTS:
        yield from _sheet(layout)


def _section(title: Message, lines: Lines) -> Iterator[str]:
    yield f"## {GERMAN.show(title)}\n"
    yield from (f"- **{GERMAN.show(name)}:** {GERMAN.show(text)}" for name, text in lines)
    yield ""


def _sheet(layout: Layout) -> Iterator[str]:
    yield f"### {GERMAN.show(layout.title)}\n"
    yield f"{GERMAN.show(layout.hint)}\n"
    heads = ((title_of(head, layout, GERMAN), example(head, GERMAN)) for head in columns(layout))
    yield from table(("Überschrift", "Beispiel"), heads)
    if resources := resource_columns(layout):
        titles = "“, „".join(title_of(head, layout, GERMAN) for head in resources)
        yield f"\nDazu je Ressource: „{titles}“."
    yield ""
