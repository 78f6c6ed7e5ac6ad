"""Workbooks that nobody of this project wrote: each is read truly or refused by name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from oekoreport import Source, SourceError
from oekoreport.package import PasswordProtected, UnsafeMarkup
from oekoreport.sheets.tables import Book, NotAWorkbook, SheetTooLarge, read_tables

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FOLDER = CORPORA / "spreadsheets"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpus of spreadsheets is not here")

FILES = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []
ORACLE = CORPORA / "spreadsheets.tsv"


def read(path: Path) -> Book:
    return read_tables(Source(path.name, path.read_bytes()))


def attempt(path: Path) -> Book | SourceError:
    try:
        return read(path)
    except SourceError as error:
        return error


def oracle() -> dict[str, dict[str, str]]:
    if not ORACLE.exists():
        return {}
    with ORACLE.open(encoding="utf-8", newline="") as file:
        return {Path(row["path"]).name: row for row in csv.DictReader(file, delimiter="\t")}


REFUSED_THOUGH_READABLE = {
    # calamine takes one of two parts of one name, and does not say which
    "poi__duplicate-filename.xlsx",
    # parts are damaged: what calamine read of them was not what was written
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx",
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_is_read_as_the_oracle_says_or_refused_by_name(path: Path) -> None:
    expected = oracle().get(path.name, {}).get("calamine", "")
    outcome = attempt(path)
    if isinstance(outcome, SourceError):
        assert outcome.place is not None
        assert outcome.place.file == path.name
        assert outcome.hint is not None
        assert not expected.startswith("ok") or path.name in REFUSED_THOUGH_READABLE
    elif expected.startswith("ok"):
        cells = sum(cell is not None for sheet in outcome.sheets for row in sheet.rows for cell in row)
        assert f"ok {len(outcome.sheets)} sheets {cells} cells" == expected


@pytest.mark.parametrize("path", [path for path in FILES if "assw" in path.name or "protected" in path.name], ids=str)
def test_passwords_are_named(path: Path) -> None:
    with pytest.raises(PasswordProtected):
        read(path)


@pytest.mark.parametrize("name", ["poi__54764.xlsx", "poi__54764-2.xlsx"])
def test_entity_bombs_are_named(name: str) -> None:
    with pytest.raises(UnsafeMarkup):
        read(FOLDER / name)


def test_a_sheet_that_claims_billions_of_cells_is_too_large() -> None:
    with pytest.raises(SheetTooLarge):
        read(FOLDER / "calamine__issue_594_dos.ods")


def test_an_empty_file_is_named() -> None:
    with pytest.raises(NotAWorkbook, match="it is empty"):
        read(FOLDER / "python-calamine__empty_file.xlsx")
