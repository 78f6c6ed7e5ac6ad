"""PDF from Typst: standards, fixed bytes, and faults that are named with their line."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from oekoreport.documents.pdf.press import Manuscript, Press
from oekoreport.errors import TemplateError
from oekoreport.language import Locale
from oekoreport.report import Rendered

TEMPLATE = b"""
= #data.heading

#for line in data.lines [ - #line ]
"""

HEADING = "Müller & Söhne <GmbH>"
LINES = ('"=1+1"', "../etc", "#panic()", "*nicht fett*")
DATA: dict[str, object] = {"heading": HEADING, "lines": LINES}


def printed(template: bytes = TEMPLATE, data: dict[str, object] | None = None, **files: bytes) -> bytes:
    with Press(template, "award/x.typ", {name.replace("_", "."): content for name, content in files.items()}) as press:
        return press.print(Manuscript(data or DATA, "Titel: ä & <b>", "de", date(2025, 9, 15))).content


def fault_of(template: bytes, data: dict[str, object] | None = None) -> str:
    with pytest.raises(TemplateError) as caught:
        printed(template, data)
    return caught.value.localize(Locale("en"))


def text_of(content: bytes) -> str:
    import pymupdf

    with cast(Any, pymupdf).open(stream=content) as document:  # the library has no types
        return "\n".join(page.get_text() for page in document)


def test_values_are_printed_as_they_are_never_read_as_typst() -> None:
    text = text_of(printed())
    assert all(value in text for value in (HEADING, *LINES))


def test_it_is_pdf_a_and_pdf_ua_with_title_language_and_date_from_outside(tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "x.pdf"
    path.write_bytes(printed())
    with pikepdf.open(path) as document:
        meta = document.open_metadata()
        assert meta["pdfaid:part"] == "2"
        assert meta["pdfaid:conformance"] == "A"
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Titel: ä & <b>"
        assert document.Root.Lang == "de"
        assert str(document.docinfo["/CreationDate"]) == "D:20250915000000Z"


def test_checkers_of_accessibility_find_no_error(tmp_path: Path) -> None:
    pdfua, outloud = pytest.importorskip("pdfua"), pytest.importorskip("outloud")
    path = tmp_path / "x.pdf"
    path.write_bytes(printed())
    assert not pdfua.validate(str(path)).findings
    assert outloud.check(str(path)).errors == 0


SCRIPT = """
import hashlib, sys
from datetime import date
from oekoreport.documents.pdf.press import Manuscript, Press
with Press(sys.stdin.buffer.read(), "x.typ") as press:
    press.print(Manuscript({"heading": "other", "lines": []}, "other", "de", None))
    data = {"heading": "A & B", "lines": ["C"]}
    content = press.print(Manuscript(data, "T", "de", date(2025, 9, 15))).content
print(hashlib.sha256(content).hexdigest())
"""


def test_bytes_are_the_same_in_another_process_and_time_zone_and_after_other_documents() -> None:
    def elsewhere(zone: str) -> str:
        root = Path(__file__).parents[4]
        environment = {"TZ": zone, "PYTHONPATH": str(root), "PYTHONHASHSEED": "random", "HOME": str(Path.home())}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], input=TEMPLATE, capture_output=True, check=True, env=environment
        )
        return run.stdout.decode().strip()

    with Press(TEMPLATE, "x.typ") as press:
        data = {"heading": "A & B", "lines": ["C"]}
        content = press.print(Manuscript(data, "T", "de", date(2025, 9, 15))).content
    assert {elsewhere("Asia/Tokyo"), elsewhere("America/New_York")} == {hashlib.sha256(content).hexdigest()}


def test_without_a_date_the_properties_do_not_bear_the_clocks() -> None:
    with Press(TEMPLATE, "x.typ") as press:
        content = press.print(Manuscript(DATA, "T", "de", None)).content
    assert b"D:19800101000000Z" in content


def test_a_fault_is_named_with_the_line_of_the_template() -> None:
    assert fault_of(b"= x\n\n#foo()") == (
        "award/x.typ: line 3: The template cannot be turned into a PDF: unknown variable: foo"
    )


def test_a_value_that_is_not_there_is_named() -> None:
    assert "award/x.typ: line 2:" in fault_of(b"= x\n#data.headline")
    assert "headline" in fault_of(b"= x\n#data.headline")


def test_what_is_not_accessible_is_refused_with_typsts_advice() -> None:
    message = fault_of(b"= x\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\"))")
    assert "missing alt text" in message
    assert "Typst advises: " in message


def test_a_font_that_the_product_does_not_have_is_a_fault_not_another_font() -> None:
    assert fault_of(b'= x\n#set text(font: "Comic Sans MS")\ny').startswith(
        "award/x.typ: line 2: The template cannot be turned into a PDF: unknown font family: comic sans ms"
    )


def test_a_character_that_no_font_has_is_printed_as_a_visible_mark() -> None:
    text = text_of(printed(TEMPLATE, {"heading": "Dim Sum 点心 😀 GmbH", "lines": ["danach"]}))
    assert "Dim Sum □□ □ GmbH" in text
    assert "danach" in text


def notes_of(data: dict[str, object], template: bytes = TEMPLATE) -> tuple[bytes, list[str]]:
    with Press(template, "x.typ") as press:
        content, notes, _unknown = press.print(Manuscript(data, "T", "de", None))
    return content, [Locale("en").show(note) for note in notes]


def test_what_was_replaced_is_noted_by_its_name() -> None:
    content, notes = notes_of({"heading": "点 a\x07b \ue000", "lines": ["\ud800 danach"]})
    assert "□ a□b □" in text_of(content)
    assert "□ danach" in text_of(content)
    assert sorted(notes) == [
        "The character “U+0007” was printed as “□”: no font has it.",
        "The character “U+D800” was printed as “□”: no font has it.",
        "The character “U+E000” was printed as “□”: no font has it.",
        "The character “点” was printed as “□”: no font has it.",
    ]


@pytest.mark.parametrize(
    "template", [b"= A #data.a", b'#set text(font: "DejaVu Sans Mono"); *#data.a*', b"#box[a #data.a]"]
)
def test_typst_tells_whether_the_mark_for_unknown_is_printed(template: bytes) -> None:
    with Press(template, "x.typ") as press:
        texts = ("[unbekannt]", "bis zum [unbekannt]", "unbekannt", "")
        printed = [press.print(Manuscript({"a": text}, "T", "de", None)) for text in texts]
    assert [each.prints_unknown for each in printed] == [True, True, False, False]
    assert "bis zum [unbekannt]" in text_of(printed[1].content)


def test_many_characters_that_no_font_has_take_one_more_run_not_one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[object] = []
    compiled = Press._compiled

    def counted(press: Press, values: Mapping[str, object], day: date) -> Rendered:
        runs.append(day)
        return compiled(press, values, day)

    monkeypatch.setattr(Press, "_compiled", counted)
    content, notes = notes_of({"heading": "x", "lines": [" ".join(map(chr, range(0x4E00, 0x4E00 + 200)))]})
    assert len(notes) == text_of(content).count("□") == 200
    assert len(runs) == 2


def test_many_manuscripts_come_in_their_order() -> None:
    manuscripts = [Manuscript({"heading": str(n), "lines": []}, "T", "de", None) for n in range(40)]
    with Press(TEMPLATE, "x.typ") as press:
        printed = [text_of(rendered.content).strip() for rendered in press.print_all(manuscripts)]
    assert printed == [str(n) for n in range(40)]


def test_a_fault_of_a_file_that_the_template_includes_is_named_there() -> None:
    files = {"parts.typ": b"\n\n#foo()"}
    with Press(b'= x\n#include "parts.typ"', "x.typ", files) as press, pytest.raises(TemplateError) as caught:
        press.print(Manuscript({}, "T", "de", None))
    assert caught.value.localize(Locale("en")).startswith("parts.typ: line 3: ")


def test_a_character_that_no_font_has_is_named_where_the_template_itself_holds_it() -> None:
    assert fault_of("= x\n点".encode()) == (
        "award/x.typ: line 2: The character “点” cannot be printed: no font has it.\nReplace the character in "
        "its source, or build without PDF."
    )


def test_packages_from_the_network_are_refused_before_anything_is_loaded() -> None:
    assert "award/x.typ: line 2: The template asks for a Typst package" in fault_of(
        b'= x\n#import "@preview/cetz:0.3.0"'
    )


def test_files_that_were_not_given_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("geheim")
    monkeypatch.chdir(tmp_path)
    assert "file not found" in fault_of(b'= x\n#read("secret.txt")')
    assert "geheim" in text_of(printed(b'= x\n#read("secret.txt")', secret_txt=b"geheim"))


def test_a_file_that_changed_is_read_anew() -> None:
    template = b'= x\n#read("note.txt")'
    assert "eins" in text_of(printed(template, note_txt=b"eins"))
    assert "zwei" in text_of(printed(template, note_txt=b"zwei"))
