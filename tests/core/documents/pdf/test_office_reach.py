"""LibreOffice reaches nothing: it follows no link over the network or to another file, and what it used is gone."""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import docx
import pytest
from docx.opc.part import Part
from docx.oxml import parse_xml

from oekoreport.documents.pdf import office, office_profile
from oekoreport.language import Locale
from oekoreport.system import SystemRefusal
from tests.attacks.listening import Listener

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
BODY = f'<w:p xmlns:w="{WORD}" xmlns:r="{RELATION}" xmlns:o="urn:schemas-microsoft-com:office:office">{{}}</w:p>'

PICTURE = (
    f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="1800000" cy="1200000"/>'
    f'<wp:docPr id="7" name="P"/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="P"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:link="{relation}"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="1800000" cy="1200000"/>'
    '</a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} "{link}" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
OBJECT = (
    '<w:r><w:object><o:OLEObject Type="Link" ProgID="Word.Document.12" DrawAspect="Content" UpdateMode="Always" '
    'r:id="{relation}"/></w:object></w:r>'
)


def _saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def linking(kind: str, xml: str, link: str) -> bytes:
    """Return a Word document with an external relation, and XML that uses it."""
    document = docx.Document()
    part = cast(Part, document.part)
    relation = part.relate_to(link, f"{RELATION}/{kind}", is_external=True)
    paragraph = document.add_paragraph("Text")
    paragraph._p.addnext(parse_xml(BODY.format(xml.format(relation=relation, link=link))))
    return _saved(document)


def by_template(link: str) -> bytes:
    """Return a Word document that says to be made from a template elsewhere."""
    document = docx.Document()
    document.add_paragraph("Text")
    settings = cast(Any, document.part)._settings_part
    relation = settings.relate_to(link, f"{RELATION}/attachedTemplate", is_external=True)
    names = f'xmlns:w="{WORD}" xmlns:r="{RELATION}"'
    settings.element.insert(0, parse_xml(f'<w:attachedTemplate {names} r:id="{relation}"/>'))
    return _saved(document)


@pytest.mark.office
@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("defence", ["the profile", "the system"])
def test_no_link_is_followed(defence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: Listener) -> None:
    import pymupdf
    from PIL import Image

    address = listener.url
    secret = tmp_path / "secret.png"
    Image.new("RGB", (333, 222), "red").save(secret)
    monkeypatch.setenv("http_proxy", address)
    if defence == "the profile":  # which has to do alone where the system cannot
        monkeypatch.setattr(office, "without_network", lambda: ())
    documents = {
        "picture of the network": linking("image", PICTURE, f"{address}/picture.png"),
        "picture of the drive": linking("image", PICTURE, secret.as_uri()),
        "field of the network": linking("image", FIELD.replace("{code}", "INCLUDEPICTURE"), f"{address}/field.png"),
        "field of the drive": linking("image", FIELD.replace("{code}", "INCLUDEPICTURE"), secret.as_uri()),
        "text of the network": linking("image", FIELD.replace("{code}", "INCLUDETEXT"), f"{address}/text.docx"),
        "object of the network": linking("oleObject", OBJECT, f"{address}/object.docx"),
        "object of the drive": linking("oleObject", OBJECT, secret.as_uri()),
        "template of the network": by_template(f"{address}/template.dotx"),
    }
    made = office.to_pdf(documents)
    assert made.failed == {}
    for name, content in made.made.items():
        with cast(Any, pymupdf).open(stream=content) as document:
            assert [page.get_images() for page in document] == [[]], name
            assert "Text" in document[0].get_text()
    assert listener.calls == []


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let LibreOffice be a script of the test's own; return its file."""
    if sys.platform == "win32":
        pytest.skip("the stand-in for LibreOffice is a shell script")
    office._program.cache_clear()
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield script
    office._program.cache_clear()


def test_it_knows_no_proxy_and_its_home_is_gone_afterwards(
    stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/home/x/.config")
    stand_in.write_text(
        f"#!/bin/sh\nenv > {tmp_path}/seen\nls -d $HOME/*/user/registrymodifications.xcu >> {tmp_path}/seen\n"
    )
    office.to_pdf({"x": b"x"}, start=1, each=1)
    seen = (tmp_path / "seen").read_text()
    assert "proxy.example" not in seen
    assert "XDG" not in seen
    assert f"HOME={temporary}" in seen
    assert "registrymodifications.xcu" in seen.splitlines()[-1]
    assert list(temporary.iterdir()) == []


def test_one_that_takes_too_much_memory_is_ended_and_named(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_MEMORY", 1 << 20)
    stand_in.write_text("#!/bin/sh\nsleep 60\n")
    failed = office.to_pdf({"x": b"x"}).failed
    assert {name: Locale("en").show(reason) for name, reason in failed.items()} == {
        "x": "LibreOffice made no PDF of x: it took more than 1 MB of memory"
    }


@pytest.mark.usefixtures("stand_in")
def test_a_folder_that_cannot_be_written_is_not_blamed_on_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "file"))
    with pytest.raises(SystemRefusal):
        office.to_pdf({"x": b"x"})


def test_without_a_way_to_give_up_the_network_it_runs_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    office_profile.without_network.cache_clear()
    assert office_profile.without_network() == ()
    office_profile.without_network.cache_clear()
