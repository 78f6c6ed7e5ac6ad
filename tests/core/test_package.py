"""Office files: opened once, told alike whatever they hold, never unpacked beyond their bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from io import BytesIO
from typing import Any

import docx
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from oekoreport import Importer, Place, Source, SourceError
from oekoreport.documents.proof import proof
from oekoreport.package import DamagedArchive, Package, Relation, packed, unpacked
from oekoreport.sheets.tables import read_tables, table_outline
from oekoreport_tables.importer import TablesImporter
from oekoreport_tables.narrative import NarrativeImporter

ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b'<o:c xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table table:name="Belege"/></o:c>',
    "meta.xml": b'<o:m xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
}


def workbook() -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Belege")
        sheet.write_string(0, 0, "Belegnummer")
        sheet.write_number(1, 0, 1)
        book.set_custom_property("Herkunft", "x")
    return buffer.getvalue()


def narrative() -> bytes:
    buffer = BytesIO()
    document = docx.Document()
    document.add_heading("Verlauf", 1)
    document.add_paragraph("Es begann im Mai.")
    document.save(buffer)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    return packed({**unpacked(content), name: part})


def broken(content: bytes, name: str) -> bytes:
    """Return an archive with the first bytes of a packed part overwritten."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entry = archive.getinfo(name)
    start = entry.header_offset + 30 + len(name)
    return content[:start] + b"\xff\xff\xff\xff" + content[start + 4 :]


def read(name: str, content: bytes) -> SourceError:
    importer = NarrativeImporter() if name.endswith(".docx") else TablesImporter()
    with pytest.raises(SourceError) as error:
        list(importer.read(Source(name, content)))
    return error.value


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        (lambda content, _part: content[:300], "the archive is damaged."),
        (broken, "its part “{part}” is damaged."),
        (lambda content, part: with_part(content, part, b"<a>"), "its part “{part}” is damaged."),
        (lambda content, part: with_part(content, part, "<a/>".encode("utf-16")), "its part “{part}” is not written"),
    ],
    ids=["torn", "bytes", "xml", "utf-16"],
)
def test_a_damaged_text_and_a_damaged_table_are_told_alike(spoiled: Any, reason: str) -> None:
    for name, content, part, kind in (
        ("sachbericht.docx", narrative(), "word/styles.xml", "The file is not a readable Word document: "),
        ("belege.xlsx", workbook(), "xl/workbook.xml", "The file is not a readable table: "),
    ):
        error = read(name, spoiled(content, part))
        assert str(error.message).startswith(kind + reason.format(part=part)), name
        assert error.place == Place(name)


def test_a_document_type_is_told_alike_in_texts_and_tables() -> None:
    entities = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    table = read("belege.xlsx", with_part(workbook(), "xl/workbook.xml", entities))
    text = read("sachbericht.docx", with_part(narrative(), "word/styles.xml", entities))
    assert str(table.message).replace("xl/workbook.xml", "word/styles.xml") == str(text.message)
    assert str(table.hint) == str(text.hint) == "Open it in the program that wrote it and save it again."


def test_a_damaged_part_of_an_open_document_is_told_by_its_name() -> None:
    content = packed({**ODS, "content.xml": b"<a>"})
    assert "its part “content.xml” is damaged." in str(read("belege.ods", content).message)


def test_damaged_properties_keep_no_table_from_being_read() -> None:
    source = Source("belege.ods", packed({**ODS, "meta.xml": b"<a>"}))
    assert table_outline(source) == (["Belege"], {})
    assert [sheet.name for sheet in read_tables(source).sheets] == ["Belege"]


def test_a_protected_template_is_told_from_one_that_is_no_document() -> None:
    (fault,) = proof(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert str(fault.message) == "The file is protected by a password."
    assert str(fault.hint) == "Open it, remove the password and save it again."
    (fault,) = proof(b"PK\x03\x04 and nothing")
    assert str(fault.message) == "This is not a Word document (.docx)."


def test_a_part_that_a_program_cannot_read_is_damaged() -> None:
    with pytest.raises(DamagedArchive) as error:
        Package(packed({"a.xml": b"<a>"}), Place("a.docx")).tree("a.xml")
    assert str(error.value) == "The file is damaged: its part “a.xml” is damaged."
    assert error.value.place == Place("a.docx")


def test_relations_lead_to_parts_and_to_addresses() -> None:
    package = Package(narrative(), Place("a.docx"))
    assert package.main("?") == "word/document.xml"
    assert Relation("styles", "word/styles.xml", external=False) in package.relations("word/document.xml").values()
    assert package.relations("word/styles.xml") == {}


class Unpacking:
    """Counts how often archives are opened and parts of them unpacked, by the bytes of the part."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = 0
        self.parts: Counter[bytes] = Counter()
        archive, inflate, count = zipfile.ZipFile, zlib.decompressobj, self

        class Opened(archive):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **options: Any) -> None:
                count.opened += 1
                super().__init__(*args, **options)

        class Inflater:
            def __init__(self, bits: int) -> None:
                self._own = inflate(bits)

            def decompress(self, packed: bytes, *limit: int) -> bytes:
                count.parts[packed] += 1
                return self._own.decompress(packed, *limit)

            def __getattr__(self, name: str) -> Any:
                return getattr(self._own, name)

        monkeypatch.setattr(zipfile, "ZipFile", Opened)
        monkeypatch.setattr(zlib, "decompressobj", Inflater)


@pytest.mark.parametrize(
    ("name", "content"),
    [("belege.xlsx", workbook()), ("belege.ods", packed(ODS)), ("was war.docx", narrative())],
    ids=["xlsx", "ods", "docx"],
)
def test_a_file_is_opened_once_and_a_part_unpacked_once_for_claim_and_reading(
    name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    importers: tuple[Importer, ...] = (TablesImporter(), NarrativeImporter())
    unpacking = Unpacking(monkeypatch)
    source = Source(name, content)
    winner = max(importers, key=lambda importer: importer.claims(source))
    list(winner.read(source))
    assert unpacking.opened == 1
    assert unpacking.parts
    assert max(unpacking.parts.values()) == 1


def test_a_template_is_opened_once_for_its_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    content = narrative()
    unpacking = Unpacking(monkeypatch)
    assert proof(content) == ()
    assert unpacking.opened == 1
    assert max(unpacking.parts.values()) == 1
