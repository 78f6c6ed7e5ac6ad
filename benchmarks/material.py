"""What all contenders work on: the same data, and the same Word templates in the marks of each.

A certificate is one page with eight measures, a report one table of 2,000 rows. Names hold what XML minds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

CERTIFICATES = 1000
MEASURES = 8
REPORTS = 10
ROWS = 2000


@dataclass(frozen=True, slots=True)
class Marks:
    """How a template engine writes a value, a row's value, and the rows before and behind those of a loop.

    ``first`` and ``last`` go into the repeated row itself, where an engine marks it there.
    """

    value: str
    item: str
    before: str | None = None
    behind: str | None = None
    first: str = ""
    last: str = ""


MARKS = {
    "jinja": Marks("{{ {0} }}", "{{ row.{0} }}", before="{%tr for row in rows %}", behind="{%tr endfor %}"),
    "docxtemplater": Marks("{{0}}", "{{0}}", first="{#rows}", last="{/rows}"),
    "carbone": Marks("{d.{0}}", "{d.rows[i].{0}}", behind="{d.rows[i+1].number}"),
}

FIELDS = ("number", "name", "site", "street", "town", "round", "place", "date", "valid_until", "jury", "programme")
COLUMNS = ("number", "title", "area", "saving")


def write(folder: Path) -> None:
    """Write templates and data into a folder: ``certificate-jinja.docx``, ``certificates.json`` and their like."""
    for name, marks in MARKS.items():
        (folder / f"certificate-{name}.docx").write_bytes(_certificate(marks))
        (folder / f"report-{name}.docx").write_bytes(_report(marks))
    certificates = [_certificate_data(number) for number in range(1, CERTIFICATES + 1)]
    (folder / "certificates.json").write_text(json.dumps(certificates, ensure_ascii=False), encoding="utf-8")
    reports = [{"title": f"Abschlussbericht {number} & Belege", "rows": list(_rows(ROWS))} for number in range(REPORTS)]
    (folder / "reports.json").write_text(json.dumps(reports, ensure_ascii=False), encoding="utf-8")


def _certificate_data(number: int) -> dict[str, Any]:
    return {
        "number": f"OEP-2021-{number:04}",
        "name": f"Müller & Söhne <Galvanik> Nr. {number} GmbH",
        "site": f"Werk {number}",
        "street": f"Industriestraße {number}",
        "town": "59494 Soest",
        "round": "ÖKOPROFIT Kreis Soest 2020/2021",
        "place": "Soest",
        "date": "30. Juni 2021",
        "valid_until": "30. Juni 2022",
        "jury": "Kreis Soest · IHK · Handwerkskammer",
        "programme": "Maßnahmen des Umweltprogramms: 8, davon umgesetzt: 6",
        "rows": list(_rows(MEASURES)),
    }


def _rows(count: int) -> Iterable[dict[str, str]]:
    for number in range(1, count + 1):
        yield {
            "number": str(number),
            "title": f"Druckluft: Leckagen < 5 % & Abwärme {number}",
            "area": "Energie",
            "saving": f"{number * 137 % 9000},50 €",
        }


def _certificate(marks: Marks) -> bytes:
    file = docx.Document()
    for text, size in (("{round}", 11), ("Urkunde", 40), ("Als ÖKOPROFIT-Betrieb wird ausgezeichnet", 13)):
        _line(file, text, marks, size)
    for text, size in (("{name}", 26), ("verliehen für den Standort {site}", 12), ("{street}, {town}", 12)):
        _line(file, text, marks, size)
    _line(file, "{programme}", marks, 11)
    _table(file, marks)
    for text in ("{place}, {date}", "Urkunde Nr. {number} · gültig bis {valid_until}", "Jury: {jury}"):
        _line(file, text, marks, 10)
    return _saved(file)


def _report(marks: Marks) -> bytes:
    file = docx.Document()
    _line(file, "{title}", marks, 20)
    _table(file, marks)
    return _saved(file)


def _line(file: Any, text: str, marks: Marks, size: int) -> None:
    for name in (*FIELDS, "title"):
        text = text.replace(f"{{{name}}}", marks.value.replace("{0}", name))
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = Pt(size)


def _table(file: Any, marks: Marks) -> None:
    table = file.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, ("Nr.", "Maßnahme", "Bereich", "Einsparung"), strict=True):
        cell.text = title
    if marks.before:
        table.add_row().cells[0].text = marks.before
    row = table.add_row()
    for cell, column in zip(row.cells, COLUMNS, strict=True):
        cell.text = marks.item.replace("{0}", column)
    row.cells[0].text = marks.first + row.cells[0].text
    row.cells[-1].text = row.cells[-1].text + marks.last
    if marks.behind:
        table.add_row().cells[0].text = marks.behind


def _saved(file: Any) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def records(folder: Path, kind: str) -> list[dict[str, Any]]:
    """Return the data of a kind of document: a list of records."""
    content: list[dict[str, Any]] = json.loads((folder / f"{kind}s.json").read_text(encoding="utf-8"))
    return content
