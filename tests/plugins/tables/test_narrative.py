from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from oekoreport import Claim, Finding, Place, Record, ReportKind, Source
from oekoreport_tables.narrative import NarrativeImporter


def read(text: str, name: str = "sachbericht.md") -> tuple[list[Record], list[Finding]]:
    items = list(NarrativeImporter().read(Source(name, text.encode())))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def test_each_section_is_a_record_with_its_lines() -> None:
    records, findings = read("# Verlauf\n\nDie Runde begann.\n\n## Start\n\nIm März.\n\n# Outlook\nEs geht weiter.\n")
    assert findings == []
    assert [(record.key, record.values) for record in records] == [
        ("course", {"section": "course", "text": "Die Runde begann.\n\n## Start\n\nIm März."}),
        ("outlook", {"section": "outlook", "text": "Es geht weiter."}),
    ]
    assert str(records[0].origin.place()) == "sachbericht.md: line 1"
    assert str(records[0].origin.place("text")) == "sachbericht.md: line 3"
    assert str(records[1].origin.place("text")) == "sachbericht.md: line 10"


def test_sections_may_stand_below_a_title() -> None:
    records, findings = read("# Sachbericht\n\n## Verlauf\nText\n\n### Mehr\nMehr Text\n\n## Ausblick\nEnde\n")
    assert findings == []
    assert [record.key for record in records] == ["course", "outlook"]
    assert records[0].values["text"] == "Text\n\n### Mehr\nMehr Text"


def test_a_heading_that_is_no_section_is_a_finding() -> None:
    records, findings = read("# Verlauf\nText\n# Verschiedenes\nNoch etwas\n")
    assert [record.values["text"] for record in records] == ["Text"]
    (finding,) = findings
    assert (finding.code, str(finding.place)) == ("DATA-HEADING", "sachbericht.md: line 3")
    assert str(finding.message) == "“Verschiedenes” is not a section of the narrative; its text is not read."


def test_text_before_the_first_heading_is_a_finding() -> None:
    _records, findings = read("Vorab\n\n# Verlauf\nText\n")
    assert [(finding.code, str(finding.place)) for finding in findings] == [("DATA-HEADING", "sachbericht.md: line 1")]


def test_a_heading_inside_of_code_is_text() -> None:
    records, findings = read("# Verlauf\n```\n# kein Abschnitt\n```\nText\n")
    assert findings == []
    assert records[0].values["text"] == "```\n# kein Abschnitt\n```\nText"


def test_an_empty_section_is_no_record_and_no_finding() -> None:
    assert read("# Verlauf\n\n# Ausblick\n") == ([], [])


def test_comments_are_no_text_and_lines_keep_their_numbers() -> None:
    records, findings = read("# Verlauf\n<!-- Hinweis\nzum Ausfüllen -->\n\nText\n\n# Ausblick\n<!-- nichts -->\n")
    assert findings == []
    assert [record.values["text"] for record in records] == ["Text"]
    assert str(records[0].origin.place("text")) == "sachbericht.md: line 5"


def test_what_is_claimed() -> None:
    importer = NarrativeImporter()
    assert importer.claims(Source("sachbericht.md", b"")) is Claim.LIKELY
    assert importer.claims(Source("text.md", "# Öffentlichkeitsarbeit\n".encode())) is Claim.POSSIBLE
    assert importer.claims(Source("README.md", b"# Readme\n")) is Claim.NONE
    assert importer.claims(Source("bericht.docx", b"")) is Claim.NONE


def test_an_interim_report_bears_its_year() -> None:
    for name in ("zwischenbericht-2020.md", "berichte/Zwischennachweis 2020.md", "interim_2020.md"):
        assert NarrativeImporter().claims(Source(name, b"")) is Claim.LIKELY
        (record,), findings = read("# Verlauf\nText\n", name)
        assert findings == []
        assert record.key == "interim-2020/course"
        assert record.values == {"section": "course", "text": "Text", "report": "interim", "year": 2020}


def test_an_interim_report_without_a_year_is_a_finding() -> None:
    (record,), (finding,) = read("# Verlauf\nText\n", "zwischenbericht.md")
    assert record.values == {"section": "course", "text": "Text", "report": "interim"}
    assert (finding.code, str(finding.place)) == ("DATA-REPORT-YEAR", "zwischenbericht.md")
    assert str(finding.hint) == "Include the year in its name: zwischenbericht-2024.md."


def test_both_reports_stand_side_by_side() -> None:
    from oekoreport.records.assembly import assemble

    records = [*read("# Verlauf\nA\n")[0], *read("# Verlauf\nB\n", "zwischenbericht-2020.md")[0]]
    narratives = assemble(records).project.narratives
    assert [(each.key, each.report, each.year) for each in narratives] == [
        ("course", ReportKind.FINAL, None),
        ("interim-2020/course", ReportKind.INTERIM, 2020),
    ]


def test_comments_and_headings_that_never_end_are_read_in_one_go() -> None:
    records, _findings = read(f"# Verlauf ##  \nText\n{'<!--' * 24_000}\n# x{' ' * 99_000}y\n")
    assert [record.key for record in records] == ["course"]
    assert records[0].values["text"].startswith("Text\n<!--<!--")  # type: ignore[attr-defined]


def dot(form: str = "PNG") -> str:
    """Return a picture of one dot as it stands in an address."""
    buffer = BytesIO()
    Image.new("RGB", (1, 1), "red").save(buffer, form)
    return b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("![Hof](bild.png)", "The picture bild.png is not part of the text"),
        ("![Hof][b]\n\n[b]: bild.png", "The picture bild.png is not part of the text"),
        (f"![Hof](data:image/gif;base64,{dot('GIF')})", "The picture data:image/gif"),
        (f"![Hof](data:image/png;base64,{dot('GIF')})", "The picture “Hof” is damaged"),
        (f"![Hof](data:image/png;base64,{dot()[:-20]})", "The picture “Hof” is damaged"),
        ("![Hof](data:image/svg+xml;base64,PHN2Zz4=)", "printed as it was typed: ![Hof](data:image/svg"),
        (f"![Hof](data:image/png;base64,{dot()}", "printed as it was typed: ![Hof](data:image/png"),
        (f"![Hof] (data:image/png;base64,{dot()})", "printed as it was typed: ![Hof] (data:image/png"),
        ("![Hof][b]", "printed as it was typed: ![Hof][b]"),
        ('<img src="bild.png">', "printed as it was typed: <img src="),
        ("[" * 1001 + "![Hof](bild.png)", "printed as it was typed: ![Hof](bild.png)"),
        ("> - ![Hof](bild.png)", "The picture bild.png is not part of the text"),
        ("| a | b |\n|---|---|\n| x | y |\n\n![Hof](bild.png)", "The picture bild.png is not part of the text"),
    ],
)
def test_each_picture_that_is_not_printed_is_told_by_its_line(written: str, told: str) -> None:
    _records, (finding,) = read(f"# Verlauf\n\nVorher.\n\n{written}\n\nNachher.\n")
    assert finding.code == "DATA-PICTURE"
    assert told in str(finding.message)
    line = 5 + (written.partition("![Hof]")[0].count("\n"))
    assert finding.place == Place("sachbericht.md", line=line)


@pytest.mark.parametrize("kind", ["png", "PNG", "jpg", "jpeg"])
def test_a_picture_that_lies_in_the_text_is_taken_however_its_kind_is_written(kind: str) -> None:
    _records, findings = read(f"# Verlauf\n\n![Hof](data:image/{kind};base64,{dot()})\n")
    assert findings == []
