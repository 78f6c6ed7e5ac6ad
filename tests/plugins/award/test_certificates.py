"""Certificates: for whom, what they say, that nothing is lost, one page each, the same bytes, accessible."""

import hashlib
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest

from oekoreport import Document, Place, Report
from oekoreport.kit.pictures import NoPicture
from oekoreport_award.certificates import CertificateOptions, Certificates

HOSTILE = 'Müller & Söhne <GmbH> "=1+1" / ..'
LONG = "Gemeinnützige Gesellschaft für Beschäftigungsförderung, Bildung & Umwelt mbH KG"
WORST = {
    "project": {
        "title": "ÖKOPROFIT Kreis Muster und kreisfreie Stadt Beispielhausen a. W. 2024/2025",
        "sample": True,
    },
    "klinik": {"name": f"{LONG}."},
    "klinik-haus": {"name": "Werk II – Zentrallager und Instandhaltung Westfalen-Mitte, Gebäude 14 bis 17a"},
    "award": {
        "signatories": "Landrätin; Geschäftsführung der wfg; Bürgermeister; Vorsitz der Jury; Leitung Klimaschutz",
        "jury": "Kreis Muster; IHK Muster; Handwerkskammer; Effizienz-Agentur; Unternehmensverband; Handwerkerschaft",
    },
    "d1": {"decision": "recertified", "duplicate": True},
}

RoundOf = Callable[..., Report]


def made(report: Report, **options: object) -> dict[str, Document]:
    rendered = list(Certificates().render(report, CertificateOptions.model_validate(options)))
    names = ["/".join(document.name) for document in rendered]
    assert len(set(names)) == len(names)
    return dict(zip(names, rendered, strict=True))


def documents(report: Report, **options: object) -> dict[str, bytes]:
    return {name: document.content for name, document in made(report, **options).items()}


def opened(content: bytes) -> Any:
    """Return a PDF as pymupdf shows it; the library has no types."""
    import pymupdf

    return cast(Any, pymupdf).open(stream=content)


def pdf_text(content: bytes) -> str:
    with opened(content) as document:
        return " ".join("\n".join(page.get_text() for page in document).split())


def word_text(content: bytes) -> str:
    """Return the text of a Word document, paragraph by paragraph, as its XML has it."""
    from lxml import etree

    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    return " ".join(" ".join("".join(map(str, paragraph.itertext())) for paragraph in paragraphs).split())


def texts(report: Report, number: str) -> tuple[str, str]:
    """Return what the certificate with this number says, in Word and as PDF."""
    found = documents(report)
    word = next(content for name, content in found.items() if f"/{number} " in name and name.endswith(".docx"))
    pdf = next(content for name, content in found.items() if f"/{number} " in name and name.endswith(".pdf"))
    return word_text(word), pdf_text(pdf)


def test_only_awards_that_stand_get_a_certificate_as_word_and_pdf(round_of: RoundOf) -> None:
    assert sorted(documents(round_of())) == [
        "urkunden/OEP-1 Klinik Muster gGmbH.docx",
        "urkunden/OEP-1 Klinik Muster gGmbH.pdf",
        "urkunden/OEP-2 Hotel am Wall.docx",
        "urkunden/OEP-2 Hotel am Wall.pdf",
        "urkunden/alle-urkunden.pdf",
        "urkunden/urkundenregister.docx",
        "urkunden/urkundenregister.pdf",
    ]


def test_an_award_that_is_withdrawn_has_no_certificate_any_more(round_of: RoundOf) -> None:
    names = documents(round_of({"d1": {"withdrawn_on": "1.9.2025"}}))
    assert len(names) == 4
    assert not any("OEP-1" in name for name in names)


def test_options_choose_the_kinds_of_documents(round_of: RoundOf) -> None:
    assert {name.rpartition(".")[2] for name in documents(round_of(), pdf=False)} == {"docx"}
    assert {name.rpartition(".")[2] for name in documents(round_of(), docx=False)} == {"pdf"}


def test_it_says_to_whom_for_which_site_by_whom_and_until_when(round_of: RoundOf) -> None:
    for text in texts(round_of(), "OEP-1"):
        for words in (
            "Urkunde",
            "Als ÖKOPROFIT-Betrieb wird ausgezeichnet",
            "Klinik Muster gGmbH",
            "verliehen für den Standort",
            "Haupthaus",
            "Weg 2, 01234 Dorf",
            "„ÖKOPROFIT Kreis Muster 2024/2025“",
            "Musterstadt, 15. Juni 2025",
            "Urkunde Nr. OEP-1 · gültig bis 30. Juni 2026",
            "Jury: Kreis Muster · IHK Muster, Nord",
            "Landrätin",
            "Geschäftsführung der wfg",
        ):
            assert words in text
        assert "Zweitschrift" not in text.title()
        assert "ENTWURF" not in text
        assert "MUSTER" not in text.replace("ÖKOPROFIT KREIS MUSTER", "")


def test_a_recertification_and_a_duplicate_say_so_and_the_certificates_own_name_is_used(round_of: RoundOf) -> None:
    for text in texts(round_of(), "OEP-2"):
        assert "Die Auszeichnung als ÖKOPROFIT-Betrieb wird erneuert für" in text
        assert "(Rezertifizierung)" in text
        assert "Hotel am Wall" in text
        assert "Hotel Muster GmbH" not in text
        assert "ZWEITSCHRIFT" in text.upper()


def test_figures_appear_where_released_and_known_and_nowhere_else(round_of: RoundOf) -> None:
    known = {"project": {"factor_edition": "UBA CLIMATE CHANGE 16/2026", "factor_year": 2024}}
    for text in texts(round_of(), "OEP-1"):
        assert "Maßnahmen im Umweltprogramm: 2, davon umgesetzt: 1" in text
        assert "5.001 €/a Kostenersparnis des Programms" in text  # 4.300,00 + 700,50, rounded half up where it is shown
        assert "12.500 kWh/a Energieeinsparung des Programms" in text
        assert "CO₂" not in text  # the factor's edition is not known, so neither is this
        assert "[unbekannt]" not in text
    for released in (False, None):
        for text in texts(round_of({"klinik": {"released": released}, **known}), "OEP-1"):
            assert "Umweltprogramm:" not in text
            assert "des Programms" not in text


def test_figures_of_several_sites_say_that_they_are_of_all_of_them(round_of: RoundOf) -> None:
    report = round_of({"hotel": {"released": True}})
    assert not any("Umweltprogramm aller" in text for text in texts(report, "OEP-2"))  # it has no measures at all
    report = round_of({"klinik-haus": {}, "hotel": {"released": True}}, moved={"m1": "hotel-haus"})
    for text in texts(report, "OEP-2"):
        assert "Maßnahmen im Umweltprogramm aller Standorte: 1, davon umgesetzt: 1" in text


def test_what_must_be_known_and_is_not_is_marked_and_what_may_be_left_out_is(round_of: RoundOf) -> None:
    report = round_of(
        {
            "award": {"date": None, "place": None, "jury": None, "signatories": None},
            "d1": {"certificate_number": None, "valid_until": None},
            "klinik-haus": {"town": None, "name": None, "street": None},
        }
    )
    for text in texts(report, "d1"):
        assert "[unbekannt], [unbekannt]" in text  # place and date
        assert "01234 [unbekannt]" in text
        assert "Urkunde Nr. [unbekannt]" in text
        assert text.count("[unbekannt]") == 6  # and the site's name, and who signs
        assert "gültig bis" not in text
        assert "Jury:" not in text
        assert "None" not in text


def test_a_draft_and_a_sample_say_so_in_words(round_of: RoundOf) -> None:
    report = round_of({"project": {"sample": True}}, draft=True)
    for name, content in documents(report).items():
        text = pdf_text(content) if name.endswith(".pdf") else word_text(content)
        assert "ENTWURF · MUSTER" in text, name
    for text in texts(report, "OEP-1"):
        assert "ENTWURF · MUSTER – keine gültige Urkunde" in text


@pytest.mark.parametrize("name", [HOSTILE, LONG, "{{ 7 * 7 }} {% raw %} #panic() *x* $y$ @z \\ `", "A" * 80])
def test_a_name_is_printed_whole_whatever_it_holds(round_of: RoundOf, name: str) -> None:
    word, pdf = texts(round_of({"klinik": {"name": name}}), "OEP-1")
    assert name in word
    assert re.sub(r"\s", "", name) in re.sub(r"[\s\u200b]", "", pdf)


def test_a_name_on_two_lines_is_parted_in_its_middle_and_read_out_as_two_words(round_of: RoundOf) -> None:
    found = documents(round_of({"klinik": {"name": "Müller & Söhne Galvanik Nr. 12 GmbH"}}), docx=False)
    content = next(content for name, content in found.items() if "OEP-1 " in name)
    with opened(content) as document:
        blocks = document[0].get_text("dict")["blocks"]
    lines = ["".join(span["text"] for span in line["spans"]) for block in blocks for line in block.get("lines", ())]
    upper = lines.index("Müller & Söhne ")  # with its space: a screen reader joins the lines as they are
    assert lines[upper + 1] == "Galvanik Nr. 12 GmbH"


@pytest.mark.parametrize("name", ["Ö", HOSTILE, LONG, "W" * 80, "Wirtschafts" * 8])
def test_every_pdf_is_one_page_within_its_margins(round_of: RoundOf, name: str) -> None:
    changes = {**WORST, "klinik": {"name": name}}
    for path, content in documents(round_of(changes, draft=True), docx=False).items():
        if "register" in path or "alle" in path:
            continue
        with opened(content) as document:
            assert len(document) == 1
            page = document[0]
            words = [word for word in page.get_text("words") if word[4] not in ("ENTWURF", "MUSTER")]
            assert min(word[0] for word in words) > 50
            assert max(word[2] for word in words) < page.rect.width - 50
            assert max(word[3] for word in words) < page.rect.height - 40


@pytest.mark.parametrize("length", [15, 30, 45, 60, 75, 90, 100, 130])
@pytest.mark.parametrize("letters", ["Wirtschaft ", "MW M", "Straße "])
@pytest.mark.parametrize("above", ["nothing", "marks", "logo"])
def test_what_is_not_measured_fits_on_the_page_too(
    round_of: RoundOf, tmp_path: Path, length: int, letters: str, above: str
) -> None:
    if above == "logo":
        (tmp_path / "award").mkdir()
        (tmp_path / "award" / "logo.png").write_bytes(png(30, 60))
    filled = (letters * length)[:length].strip()
    figures = {"factor_edition": "UBA CLIMATE CHANGE 16/2026", "factor_year": 2024}
    changes = {
        "klinik": {"name": filled[:100]},
        "klinik-haus": {"name": filled, "street": filled[:60]},
        "project": {"title": filled[:50], **figures},
        "award": {"signatories": f"{filled[:40]}; Landrätin; Jury", "jury": filled},
        "d1": {"duplicate": above == "marks"},
    }
    found = documents(round_of(changes, draft=above == "marks", own=tmp_path), docx=False, print_file=False)
    content = next(content for name, content in found.items() if "OEP-1 " in name)
    with opened(content) as document:
        assert len(document) == 1
        assert re.sub(r"\s", "", filled[:100]) in re.sub(r"[\s\u200b]", "", pdf_text(content))
        assert max(word[3] for word in document[0].get_text("words")) < document[0].rect.height - 40


@pytest.mark.office
def test_every_word_certificate_is_one_page(round_of: RoundOf, tmp_path: Path) -> None:
    import shutil

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    found = documents(round_of(WORST, draft=True), pdf=False)
    for number, content in enumerate(found.values()):
        (tmp_path / f"{number}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for path in tmp_path.glob("*.pdf"):
        with opened(path.read_bytes()) as document:
            assert len(document) == 1


@pytest.mark.parametrize("changes", [{}, {"klinik": {"name": LONG}}, WORST])
def test_the_print_file_is_the_single_certificates_page_for_page(
    round_of: RoundOf, changes: dict[str, dict[str, object]]
) -> None:
    found = documents(round_of(changes, draft=changes is WORST), docx=False)
    singles = [content for name, content in found.items() if "/OEP-" in name]
    with opened(found["urkunden/alle-urkunden.pdf"]) as together:
        assert len(together) == len(singles) == 2
        for page, single in zip(together, singles, strict=True):
            with opened(single) as document:
                assert page.get_pixmap().samples == document[0].get_pixmap().samples


def test_the_print_file_has_a_title_and_a_bookmark_for_each_certificate(round_of: RoundOf) -> None:
    found = documents(round_of(), docx=False)
    with opened(found["urkunden/alle-urkunden.pdf"]) as together:
        assert together.metadata["title"] == "Urkunden: ÖKOPROFIT Kreis Muster 2024/2025"
        assert [tuple(entry[:3]) for entry in together.get_toc()] == [
            (1, "Urkunde OEP-1: Klinik Muster gGmbH", 1),
            (1, "Urkunde OEP-2: Hotel am Wall", 2),
        ]


def test_there_is_no_print_file_of_one_certificate_or_where_none_is_wanted(round_of: RoundOf) -> None:
    several, one = round_of(), round_of({"d1": {"withdrawn_on": "1.9.2025"}})
    for found in (documents(one), documents(several, print_file=False), documents(several, pdf=False)):
        assert "urkunden/alle-urkunden.pdf" not in found


SCRIPT = """
import hashlib, importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("fixtures", sys.argv[1])
fixtures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fixtures)
from oekoreport_award.certificates import CertificateOptions, Certificates
documents = Certificates().render(fixtures.make_round(), CertificateOptions())
print(hashlib.sha256(b"".join(document.content for document in documents)).hexdigest())
"""


def test_bytes_are_the_same_in_another_process_and_time_zone(round_of: RoundOf) -> None:
    root = Path(__file__).parents[3]

    def elsewhere(zone: str) -> str:
        environment = {
            "TZ": zone,
            "PYTHONPATH": f"{root}:{root / 'plugins'}",
            "PYTHONHASHSEED": "random",
            "HOME": str(Path.home()),
        }
        command = [sys.executable, "-c", SCRIPT, str(Path(__file__).with_name("conftest.py"))]
        run = subprocess.run(command, capture_output=True, check=True, env=environment)
        return run.stdout.decode().strip()

    here = hashlib.sha256(b"".join(documents(round_of()).values())).hexdigest()
    assert {elsewhere("Asia/Tokyo"), elsewhere("America/New_York")} == {here}


@pytest.mark.parametrize("changes", [{}, WORST, {"klinik": {"name": HOSTILE}}])
def test_checkers_find_no_error(round_of: RoundOf, tmp_path: Path, changes: dict[str, dict[str, object]]) -> None:
    pdfua, outloud, audit = map(pytest.importorskip, ("pdfua", "outloud", "openxml_audit"))
    for number, (name, content) in enumerate(documents(round_of(changes, draft=bool(changes))).items()):
        path = tmp_path / f"{number}{Path(name).suffix}"
        path.write_bytes(content)
        if path.suffix == ".docx":
            assert not audit.OpenXmlValidator().validate(str(path)).errors
        else:
            assert not pdfua.validate(str(path)).findings
            assert outloud.check(str(path)).errors == 0


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\x1f\x4a\x37" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_logo_and_signatures_of_ones_own_appear_with_words_for_those_who_do_not_see_them(
    round_of: RoundOf, tmp_path: Path
) -> None:
    (tmp_path / "award").mkdir()
    (tmp_path / "award" / "logo.png").write_bytes(png(30, 60))
    (tmp_path / "award" / "unterschrift-2.png").write_bytes(png(60, 20))
    found = documents(round_of(own=tmp_path))
    with opened(found["urkunden/OEP-1 Klinik Muster gGmbH.pdf"]) as document:
        assert len(document[0].get_images()) == 2
    with zipfile.ZipFile(BytesIO(found["urkunden/OEP-1 Klinik Muster gGmbH.docx"])) as archive:
        assert 'descr="Logo"' in archive.read("word/document.xml").decode()
        assert any(name.startswith("word/media/") for name in archive.namelist())
    without = documents(round_of())["urkunden/OEP-1 Klinik Muster gGmbH.pdf"]
    with opened(without) as document:
        assert not document[0].get_images()


def test_a_projects_own_template_goes_first(round_of: RoundOf, tmp_path: Path) -> None:
    (tmp_path / "award").mkdir()
    (tmp_path / "award" / "urkunde.typ").write_text("#for u in data.certificates [= Eigene Urkunde für #u.name]")
    found = documents(round_of(own=tmp_path), docx=False)
    assert pdf_text(found["urkunden/OEP-2 Hotel am Wall.pdf"]) == "Eigene Urkunde für Hotel am Wall"


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", png(30, 60)[:-20]], ids=["another kind", "empty", "cut off"])
@pytest.mark.parametrize("name", ["logo.png", "unterschrift-1.png"])
def test_a_picture_that_cannot_be_opened_is_named_with_its_file(
    round_of: RoundOf, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / "award").mkdir()
    (tmp_path / "award" / name).write_bytes(content)
    with pytest.raises(NoPicture) as caught:
        documents(round_of({}, own=tmp_path))
    assert caught.value.place == Place(f"award/{name}")
