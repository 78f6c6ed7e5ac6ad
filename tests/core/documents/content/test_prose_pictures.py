"""Pictures that stand in a text as data: in Word and PDF with their words, never wider than their place."""

from __future__ import annotations

import zipfile
from base64 import b64encode
from io import BytesIO
from textwrap import wrap
from typing import Any, cast

import docx
import pytest

from oekoreport.documents.content.picture import NoPicture, Picture, within
from oekoreport.documents.content.prose import Prose
from oekoreport.documents.filling import Template
from oekoreport.documents.pdf.press import Manuscript, Press
from oekoreport.documents.views.plain import Names, plain
from oekoreport.language import Locale


def drawn(width: int, height: int, form: str = "png") -> bytes:
    """Return a picture of so many pixels."""
    import pymupdf

    library = cast(Any, pymupdf)  # it has no types
    pixels = library.Pixmap(library.csRGB, (0, 0, width, height), 0)
    pixels.clear_with(120)
    return bytes(pixels.tobytes("jpeg" if form == "jpeg" else "png"))


def shown(content: bytes, form: str = "png", words: str = "Ein Bild") -> str:
    return f"![{words}](data:image/{form};base64,{b64encode(content).decode()})"


def in_word(text: str) -> bytes:
    file, buffer = docx.Document(), BytesIO()
    file.add_paragraph("{{p text }}")
    file.save(buffer)
    return Template(buffer.getvalue()).render({"text": Prose(text)}, title="t", language="de", created=None).content


def shapes(content: bytes) -> list[tuple[int, int, str]]:
    found = docx.Document(BytesIO(content)).inline_shapes
    return [(round(each.width.mm), round(each.height.mm), each._inline.docPr.get("descr")) for each in found]


TYPST = b'#import "prose.typ": prose\n#prose(data.text)'


def in_pdf(text: str) -> bytes:
    given = plain({"text": Prose(text)}, Names(TYPST), Locale("de"))
    with Press(TYPST, "x.typ", given.files) as press:
        return press.print(Manuscript(given.data, "t", "de", None)).content


def text_of(pdf: bytes) -> str:
    import pymupdf

    with cast(Any, pymupdf).open(stream=pdf) as document:
        return "\n".join(page.get_text() for page in document)


def pictures_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return how wide and high the pictures of a PDF are, in millimetres."""
    import pymupdf

    with cast(Any, pymupdf).open(stream=pdf) as document:
        boxes = [each["bbox"] for page in document for each in page.get_image_info()]
    return [(round((right - left) / 72 * 25.4), round((low - top) / 72 * 25.4)) for left, top, right, low in boxes]


@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_a_picture_stands_in_word_and_pdf_as_large_as_it_is_or_as_there_is_room(form: str) -> None:
    small, wide, high = drawn(96, 48, form), drawn(1920, 960, form), drawn(480, 1920, form)
    text = "\n\n".join(shown(each, form) for each in (small, wide, high))
    sizes = [(25, 13), (160, 80), (28, 110)]
    assert shapes(in_word(text)) == [(*size, "Ein Bild") for size in sizes]
    assert pictures_of(in_pdf(text)) == sizes


def test_a_width_that_is_said_counts_as_far_as_there_is_room() -> None:
    photo = shown(drawn(1920, 960)).removesuffix(")")
    text = "\n\n".join(f'{photo} "{width}")' for width in ("40 mm", "42.1 mm", "500 mm", "breit"))
    widths = [40, 42, 160, 160]
    assert [width for width, _height, _words in shapes(in_word(text))] == widths
    assert [width for width, _height in pictures_of(in_pdf(text))] == widths


def test_beside_others_in_a_table_or_in_a_list_it_is_no_wider_than_its_place() -> None:
    photo = shown(drawn(1920, 960))
    text = f"| a | b |\n|---|---|\n| {photo} | {photo} |\n\n- {photo}\n\n{photo}\n"
    widths = [74, 74, 153, 160]
    assert [width for width, _height, _words in shapes(in_word(text))] == widths
    assert [width for width, _height in pictures_of(in_pdf(text))] == widths


def test_the_same_picture_is_held_once_and_formats_stand_side_by_side() -> None:
    text = f"{shown(drawn(9, 9))} {shown(drawn(9, 9))} {shown(drawn(9, 9, 'jpeg'), 'jpeg')}"
    with zipfile.ZipFile(BytesIO(in_word(text))) as archive:
        media = sorted(name.rpartition(".")[2] for name in archive.namelist() if name.startswith("word/media/"))
        types = archive.read("[Content_Types].xml")
    assert media == ["jpg", "png"]
    assert (types.count(b'Extension="jpg"'), types.count(b'Extension="png"')) == (1, 1)


def test_words_keep_their_signs_and_where_there_are_none_something_is_said() -> None:
    text = shown(drawn(9, 9), words="Auftakt am *5.* März: „A & B“") + "\n\n" + shown(drawn(9, 9), words="")
    assert [words for _width, _height, words in shapes(in_word(text))] == ["Auftakt am 5. März: „A & B“", "Bild"]
    given = plain({"text": Prose(text)}, Names(TYPST), Locale("de"))
    runs = [block["runs"][0]["alt"] for block in cast(Any, given.data["text"])]
    assert runs == ["Auftakt am 5. März: „A & B“", "Bild"]


def test_many_columns_leave_room_for_a_picture() -> None:
    cells = "| x " * 39
    text = f"{cells}| y |\n{'|---' * 40}|\n{cells}| {shown(drawn(1920, 960))} |\n"
    assert [width for width, _height, _words in shapes(in_word(text))] == [3]


def test_a_picture_is_upright_and_may_be_written_over_many_lines() -> None:
    from PIL import Image

    held, buffer = Image.Exif(), BytesIO()
    held[0x0112] = 6
    Image.new("RGB", (384, 192)).save(buffer, "JPEG", exif=held, dpi=(96, 96))
    lines = "\n".join(wrap(b64encode(buffer.getvalue()).decode(), 76))
    text = f"![Ein Bild](data:image/jpeg;base64,{lines} '20,2 mm')"
    assert pictures_of(in_pdf(text)) == [(20, 40)]
    assert shapes(in_word(text)) == [(20, 40, "Ein Bild")]


def test_a_tab_keeps_words_apart() -> None:
    text = "Workshop 1\t13"
    (paragraph,) = docx.Document(BytesIO(in_word(text))).paragraphs
    assert paragraph.text == text
    assert len(paragraph._p.xpath(".//w:tab")) == 1
    assert "Workshop 1 13" in " ".join(text_of(in_pdf(text)).split())


def test_a_table_of_many_columns_is_set_smaller() -> None:
    import pymupdf

    row = "| 12.345,67 " * 13
    text = f"{'| M ' * 13}|\n{'|---' * 13}|\n{row}|\n"
    first = docx.Document(BytesIO(in_word(text))).tables[0].cell(1, 0).paragraphs[0].runs[0]
    assert first.font.size is not None
    assert first.font.size.pt < 8
    with cast(Any, pymupdf).open(stream=in_pdf(text)) as document:
        words = [word for word in document[0].get_text("words") if word[4] == "12.345,67"]
        assert len(words) == 13
        assert max(word[2] for word in words) < document[0].rect.width


@pytest.mark.parametrize("link", ["foto.jpg", "data:image/png;base64,abcde", "data:image/gif;base64,R0lGODlh"])
def test_of_what_is_no_picture_here_the_words_are_printed(link: str) -> None:
    text = f"Davor ![Foto]({link}) danach"
    assert docx.Document(BytesIO(in_word(text))).paragraphs[0].text == "Davor Foto danach"
    assert pictures_of(in_pdf(text)) == []


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(20), drawn(9, 9, "jpeg")[:30]])
def test_a_file_that_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture) as caught:
        _ = Picture(content, "", 10).height
    assert caught.value.localize(Locale("en")).startswith("This is not a PNG or JPEG picture, whatever its name says.")
    with pytest.raises(NoPicture):
        within(content, "", 10, 10)
