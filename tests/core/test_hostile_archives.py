"""Archives and XML that were made to mislead: each is refused by name, none unpacks beyond what it claims."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from oekoreport import Place, SourceError
from oekoreport.package import Package

NAME = "word/document.xml"
LOCAL, DIRECTORY, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.comment = comment
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def read(content: bytes) -> bytes:
    return Package(content, Place("x.docx")).markup(NAME)


def told(content: bytes) -> str:
    with pytest.raises(SourceError) as error:
        read(content)
    assert str(error.value.place) == "x.docx"
    return str(error.value)


def changed(content: bytes, mark: bytes, offset: int, form: str, value: int) -> bytes:
    """Return an archive with one number of its first record of a kind changed."""
    at = content.index(mark) + offset
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form) :]


ONE = archive({NAME: b"<a/>"})


@pytest.mark.parametrize(
    "content",
    [
        changed(ONE, DIRECTORY, 20, "<I", 1_000_000),
        changed(ONE, DIRECTORY, 24, "<I", 4_000),
        changed(ONE, LOCAL, 18, "<I", 2),
        changed(ONE, LOCAL, 8, "<H", 0),
        changed(ONE, LOCAL, 14, "<I", 0)[:10],
        ONE.replace(NAME.encode(), NAME.encode().upper(), 1),
        b"MZ" + ONE,
        b"PK\x03\x04" + bytes(60) + ONE,
        ONE[:-22],
    ],
    ids=["beyond the file", "size", "local size", "local method", "torn", "local name", "before", "inside", "no end"],
)
def test_an_archive_that_contradicts_itself_is_damaged(content: bytes) -> None:
    assert told(content).startswith("The file is damaged: ")


def test_entries_that_lie_over_one_another_are_refused() -> None:
    content = archive({"a.bin": bytes(1000), NAME: b"<a/>"})
    second = content.index(DIRECTORY, content.index(DIRECTORY) + 4)
    over = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]
    assert told(over) == "The file is damaged: its part “word/document.xml” is damaged."


def test_an_archive_with_two_ends_is_refused() -> None:
    inner = archive({NAME: b"<b/>"})
    start = ONE.index(END)
    twofold = ONE[:start] + ONE[start : start + 20] + struct.pack("<H", len(inner)) + inner
    assert told(twofold) == "The file is damaged: the archive is damaged."


def test_very_many_empty_parts_are_refused_before_any_is_listed() -> None:
    content = archive({f"{number}": b"" for number in range(20_001)}, zipfile.ZIP_STORED)
    assert told(content) == "The file is damaged: it has more than 20,000 parts."


@pytest.mark.parametrize("name", ["../x.xml", "word/../../x.xml", "..\\x.xml", "word/a\0.xml"])
def test_a_part_whose_name_leads_elsewhere_is_refused(name: str) -> None:
    stand_in = "q" * len(name)
    content = archive({stand_in: b"", NAME: b"<a/>"}).replace(stand_in.encode(), name.encode())
    assert "has a name that is not allowed." in told(content)


def test_a_part_that_claims_little_and_unpacks_to_much_is_cut_off() -> None:
    content = archive({NAME: b"<a>" + bytes(5_000_000) + b"</a>"})
    assert (
        told(changed(content, DIRECTORY, 24, "<I", 7))
        == "The file is damaged: its part “word/document.xml” is damaged."
    )


def test_a_part_that_alone_claims_too_much_is_named_and_not_unpacked() -> None:
    content = changed(ONE, DIRECTORY, 24, "<I", 300_000_000)
    assert told(content) == "“word/document.xml” inside the file has more than 200 MB."


def test_a_part_that_is_packed_a_thousandfold_is_never_held_twice() -> None:
    content = archive({NAME: b"<a>" + b" " * 60_000_000 + b"</a>"})
    tracemalloc.start()
    try:
        assert len(read(content)) == 60_000_007
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_part_that_claims_much_is_not_unpacked() -> None:
    content = changed(ONE, DIRECTORY, 24, "<I", 2_000_000_000)
    assert told(content) == "The file unpacks to more than 500 MB."


DECLARED = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (DECLARED.encode(), "declares a document type"),
        (f"<?xml version='1.0'?><!-- a -->\n{DECLARED}".encode(), "declares a document type"),
        (b"\xef\xbb\xbf" + DECLARED.encode(), "declares a document type"),
        (f"<!--{' ' * 200_000}-->{DECLARED}".encode(), "declares a document type"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "declares a document type"),
        (DECLARED.encode("utf-16"), "is not written in UTF-8"),
        (DECLARED.encode("utf-16-le"), "is not written in UTF-8"),
        (DECLARED.encode("utf-32"), "is not written in UTF-8"),
        (b"<?xml version='1.0' encoding='UTF-7'?>" + DECLARED.encode("utf-7"), "is not written in UTF-8"),
        (f"<?xml version='1.0' encoding='cp037'?>{DECLARED}".encode("cp037"), "is not written in UTF-8"),
    ],
)
def test_xml_that_declares_a_type_or_hides_it_in_an_encoding_is_refused(xml: bytes, reason: str) -> None:
    assert reason in told(archive({NAME: xml}))


@pytest.mark.parametrize(
    "xml",
    [
        b"<!-- <!DOCTYPE a> --><a/>",
        b"<a><![CDATA[<!DOCTYPE a> <!ENTITY b>]]></a>",
        b"<?note <!DOCTYPE a> ?><a>&lt;!DOCTYPE a></a>",
        b"<?xml version='1.0' encoding='windows-1252'?><a>\xfc</a>",
    ],
)
def test_xml_that_only_speaks_of_a_type_is_read(xml: bytes) -> None:
    assert read(archive({NAME: xml})) == xml


def test_an_honest_archive_in_every_form_is_read() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert read(archive({NAME: b"<a/>", "word/Bild ü.png": b"x"}, method, b"a comment")) == b"<a/>"
