"""Certificates of aid: for which aid, what they say, that nothing is lost, the same bytes, valid for Word."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from oekoreport import NoOptions, Origin, Record, Report
from oekoreport.contract.registry import Registry
from oekoreport.testing import ExporterContract
from oekoreport.testing.documents import text_of
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round
from oekoreport_deminimis.certificates import AidCertificates

EXPORTER = next(each for each in Registry.discover().exporters if each.name == "deminimis-certificates")
HOSTILE = 'Müller & Söhne <GmbH> "=1+1" / .. {{ project.title }}'


def aid(key: str, participant: str = "werk", **values: object) -> Record:
    usual = {
        "regulation": "2023/2831",
        "granted_on": "12.02.2024",
        "amount": "1500,00",
        "authority": "Kreis Muster",
        "instrument": "Zuschuss zur Beratung",
        "reference": "61-2024-07",
        "own": True,
    }
    return Record("aid", key, {**usual, **values}, Origin("beihilfen.xlsx"), participant)


EARLIER = aid("B0", regulation="1407/2013", granted_on="15.03.2022", amount="7.250,50", authority="NRW.BANK", own=False)


def report(*aids: Record, name: str = "Werk Muster", **project: object) -> Report:
    values: dict[str, dict[str, object]] = {
        "project": {"sample": False, **project},
        "werk": {"name": name, "sector": "C 25 Metallwaren", "undertaking": True},
    }
    base = [
        Record(each.kind, each.key, {**each.values, **values.get(each.key, {})}, each.origin, each.parent)
        for each in clean_round()
    ]
    return report_of([*base, *aids])


def documents(made: Report) -> dict[str, bytes]:
    rendered = list(AidCertificates().render(made, NoOptions()))
    assert len({document.name for document in rendered}) == len(rendered)
    return {"/".join(document.name): document.content for document in rendered}


def text(made: Report) -> str:
    """Return what the only certificate says, as one line."""
    (document,) = AidCertificates().render(made, NoOptions())
    return " ".join(text_of(document).split())


class TestAidCertificates(ExporterContract):
    exporter = EXPORTER
    records = (aid("B1", "infineon"), aid("B2", "kbs", granted_on=None), aid("B3", "kievit"), aid("B4", "quality"))


def test_without_aid_of_this_round_there_is_no_certificate() -> None:
    assert documents(report()) == {}
    assert documents(report(EARLIER)) == {}


def test_each_aid_of_this_round_has_a_certificate_of_its_own() -> None:
    assert list(documents(report(EARLIER, aid("B1"), aid("K1", "klinik")))) == [
        "deminimis/Klinik Muster.docx",
        "deminimis/Werk Muster.docx",
    ]
    assert list(documents(report(aid("B1"), aid("B2", granted_on="14.05.2025")))) == [
        "deminimis/Werk Muster (B1).docx",
        "deminimis/Werk Muster (B2).docx",
    ]


def test_a_certificate_names_aid_regulation_and_earlier_aid() -> None:
    said = text(report(EARLIER, aid("B1", applied_on="20.01.2024")))
    for words in (
        "De-minimis-Beihilfe",
        "Werk Muster",
        "C 25 Metallwaren",
        "Kreis Muster",
        "61-2024-07",
        "ÖKOPROFIT Kreis Muster 2024/2025",
        "Zuschuss zur Beratung",
        "Antrag vom 20.01.2024",
        "Tag der Gewährung 12.02.2024",
        "Bruttosubventionsäquivalent 1.500,00 €",
        "Verordnung (EU) 2023/2831 der Kommission vom 13. Dezember 2023",
        "ABl. L, 2023/2831, 15.12.2023",
        "in drei Jahren zusammen 300.000,00 €",
        "15.03.2022 NRW.BANK",
        "7.250,50 €",
        "10 Jahre aufzubewahren",
        "innerhalb einer Woche vorzulegen",
    ):
        assert words in said
    for words in ("Steuerjahr", "200.000", "eAIR", "[unbekannt]", "ENTWURF", "MUSTER", "None"):
        assert words not in said


def test_aid_of_the_earlier_regulation_names_its_ceiling_and_its_fiscal_years() -> None:
    said = text(report(aid("B1", regulation="1407/2013")))
    assert "Verordnung (EU) Nr. 1407/2013 der Kommission vom 18. Dezember 2013" in said
    assert "ABl. L 352 vom 24.12.2013, S. 1" in said
    assert "im laufenden Steuerjahr sowie in den zwei vorangegangenen Steuerjahren zusammen 200.000,00 €" in said
    assert "Straßengüterverkehr" not in said
    assert "300.000" not in said
    assert "nicht erfasst" in said
    road = text(report(aid("B1", regulation="1407/2013", road_freight=True)))
    assert "Für den gewerblichen Straßengüterverkehr beträgt der Höchstbetrag 100.000,00 €." in road


def test_the_register_is_named_for_grants_from_2026_only() -> None:
    assert "innerhalb von 20 Arbeitstagen nach dem Tag der Gewährung" in text(report(aid("B1", granted_on="2.1.2026")))
    assert "Arbeitstagen" not in text(report(aid("B1", granted_on="31.12.2025")))
    assert "Arbeitstagen" not in text(report(aid("B1", granted_on="2.1.2026", regulation="1407/2013")))


def test_aid_granted_later_is_not_earlier_aid() -> None:
    said = documents(report(EARLIER, aid("B1"), aid("B2", granted_on="14.05.2025", amount="2.345,00")))
    first, second = (plain(content) for content in said.values())
    assert "2.345,00" not in first
    assert "7.250,50" in first
    assert "1.500,00" in second
    assert "7.250,50" in second


def test_what_is_unknown_is_marked_and_no_law_is_stated_of_it() -> None:
    said = text(report(aid("B1", regulation=None, amount=None, granted_on=None, instrument=None, reference=None)))
    assert "Bruttosubventionsäquivalent [unbekannt]" in said
    assert "Tag der Gewährung [unbekannt]" in said
    assert "im Sinne der [unbekannt]" in said
    assert "ENTWURF" in said
    for words in ("200.000", "300.000", "Aktenzeichen", "None"):
        assert words not in said


def test_what_is_not_confirmed_is_not_stated_as_law() -> None:
    made = report(aid("B1"))
    without = report_without_law(made)
    said = text(without)
    for words in ("300.000", "aufzubewahren", "Arbeitstagen"):
        assert words not in said
    assert "1.500,00 €" in said


def report_without_law(made: Report) -> Report:
    from dataclasses import replace

    from oekoreport import Terms

    return replace(made, terms=Terms({}))


def test_draft_and_sample_are_marked() -> None:
    said = text(report(aid("B1", amount=None), sample=True))
    assert "ENTWURF – keine gültige Bescheinigung" in said
    assert "MUSTER – Dieses Dokument wurde aus Beispieldaten erstellt." in said


@pytest.mark.parametrize("name", [HOSTILE, "A" * 200])
def test_a_name_stays_whole(name: str) -> None:
    assert name in text(report(aid("B1"), name=name))


@pytest.mark.parametrize("aids", [(EARLIER, aid("B1")), (aid("B1", amount=None, regulation=None),)])
def test_word_finds_no_error(aids: tuple[Record, ...], tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    for content in documents(report(*aids, name=HOSTILE)).values():
        path = tmp_path / "bescheinigung.docx"
        path.write_bytes(content)
        assert not audit.OpenXmlValidator().validate(str(path)).errors


def plain(content: bytes) -> str:
    from oekoreport import Document

    assert zipfile.is_zipfile(BytesIO(content))
    return text_of(Document(("x",), content))
