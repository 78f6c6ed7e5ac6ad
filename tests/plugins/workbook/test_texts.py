"""Any text at all stands in the workbook as its readers read it, or a note says what became of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from oekoreport import Document, Locale, Message, NoOptions
from oekoreport.characters import MARK
from oekoreport.kit.sheets import MOST_ROWS
from oekoreport.sheets.writer.texts import JOINER, held, is_plain
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.exporter import CohortWorkbook
from oekoreport_workbook.listing import Column, TooManyRows, listing

if TYPE_CHECKING:
    from tests.plugins.workbook.conftest import Changes, Reading
else:
    Changes = Reading = Any

GERMAN = Locale("de")
ROUND = report_of(clean_round())

SIGNS = "\x00\x07\b\t\n\v\f\r\x1f\x7f\x85\ud800\udfff\ufffe\uffff\u2028\u200f\u202e\u2066"
WORDS = ("_x0007_", "_x005F_", "=1+1", "{=1}", "&amp;", "]]>", "<b>", "אבג", "😀", "{{ x }}", " ", "a" * 33_000)
PIECES = st.sampled_from([*SIGNS, *WORDS]) | st.text(st.characters(exclude_categories=()), min_size=1, max_size=20)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)


def named(name: str, title: str) -> Document:
    """Return the workbook of the clean round with a participant and a measure of these names, unread by any importer.

    What an importer reads has no such characters any more; the model itself forbids nothing.
    """
    first, *others = ROUND.project.participants
    (site, *sites) = first.sites
    measures = (site.measures[0].model_copy(update={"title": title}), *site.measures[1:])
    sites = [site.model_copy(update={"measures": measures}), *sites]
    people = (first.model_copy(update={"name": name, "sites": tuple(sites)}), *others)
    report = replace(ROUND, project=ROUND.project.model_copy(update={"participants": people}))
    _outward, document = CohortWorkbook().render(report, NoOptions())
    return document


def rows_by_openpyxl(content: bytes, sheet: str) -> list[list[object]]:
    """Return a sheet's values as openpyxl reads them."""
    return [list(row) for row in load_workbook(io.BytesIO(content), data_only=True)[sheet].iter_rows(values_only=True)]


def rows_by_calamine(content: bytes, sheet: str) -> list[list[object]]:
    """Return a sheet's values as calamine reads them."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


Reader = Callable[[bytes, str], list[list[object]]]
READERS: tuple[Reader, ...] = (rows_by_openpyxl, rows_by_calamine)
CELLS = (("Teilnehmer", 1), ("Maßnahmen", 3))
"""Where the name and the title stand: the sheet and the column; both are those of the first entry."""


def first_entry(rows: list[list[object]]) -> int:
    """Return the index of the row below the head."""
    return next(index for index, row in enumerate(rows) if row[0] == "Nr.") + 1


def readable(text: str) -> str:
    """Return a text with the ends of lines that every system has, and without what parts escapes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace(JOINER, "")


@cache
def plain_rows(read: Reader, sheet: str) -> list[list[object]]:
    """Return the sheet with harmless names."""
    return read(named("Name", "Titel").content, sheet)


@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])
@given(TEXTS, TEXTS)
@example("=1+1", "_x005F_x0007_x0007_")
@example("a\x07b\ud800c", "x" * 40_000)
@example("😀" * 16_384, "\r\n")
def test_any_text_is_read_back_or_noted(name: str, title: str) -> None:
    document = named(name, title)
    for read, ((sheet, column), text) in product(READERS, zip(CELLS, (name, title), strict=True)):
        if read is rows_by_openpyxl and "x005F" in text:  # it takes these signs away wherever they stand
            continue
        rows, others = read(document.content, sheet), plain_rows(read, sheet)
        at = first_entry(rows)
        shown = str(rows[at][column])
        if held(text)[1]:
            assert MARK in shown or shown.endswith("…")
        else:
            assert readable(shown) == readable(text)
        assert [(row[0], row[column]) for row in rows[at + 1 :]] == [(row[0], row[column]) for row in others[at + 1 :]]
    assert bool(document.notes) == bool(held(name)[1] or held(title)[1])


def test_what_becomes_of_a_text_is_said_once_a_sheet_with_its_cell() -> None:
    notes = [GERMAN.show(note) for note in named("A\x07B", "x" * 40_000).notes]
    assert (
        notes[0]
        == "Blatt „Teilnehmer“, Zelle B6: U+0007 kann in keiner Datei stehen und wurde zu „\ufffd“: „A\ufffdB“."
    )
    (cut,) = (note for note in notes if "gekürzt" in note)
    assert cut == (
        "Blatt „Maßnahmen“, Zelle D7: der Text wurde gekürzt, von seinen 40.000 Zeichen fasst eine Zelle 32.767: "
        "„xxxxxxxxxxxxxxxxxxxx…“."
    )
    assert sum(note.startswith("Blatt „Maßnahmen“") for note in notes) == 2


@given(TEXTS)
def test_a_text_that_is_plain_is_held_as_it_is(text: str) -> None:
    assert not is_plain(text) or held(text) == (text, ())


def test_a_title_with_characters_that_no_file_holds_stays_a_title_in_properties_and_foot(
    changed: Callable[[Changes], Reading],
) -> None:
    reading = changed({("project", "project"): {"title": "Runde\x07\ud800 2024", "purpose": "Zweck\x00"}})
    assert reading.formulas.properties.title.endswith("Runde\ufffd\ufffd 2024")
    assert reading.formulas["Übersicht"].oddFooter.left.text == "Runde\ufffd\ufffd 2024"


def test_a_list_longer_than_a_sheet_is_refused_before_it_is_written() -> None:
    class Many(list[str]):
        def __len__(self) -> int:
            return MOST_ROWS

    sheet = CohortBook(ROUND, ("x.xlsx",), Message("x")).sheet(Message("x"))
    with pytest.raises(TooManyRows) as caught:
        listing(sheet, [Column("Kopf", str)], Many(["x"]))
    assert caught.value.localize(GERMAN) == (
        "Blatt „x“: 1.048.576 Einträge passen nicht hinein; ein Blatt hat 1.048.576 Zeilen.\n"
        "Teilen Sie die Runde in mehrere Vorhaben, oder erzeugen Sie nur die anderen Dokumente: -e NAME."
    )
