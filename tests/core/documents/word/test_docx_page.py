"""The page on Word documents is true: its code runs, and it names the filters that there are."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from oekoreport import NoOptions, TemplateFolder
from oekoreport.documents.views.placeholders import FILTERS
from oekoreport.report.templates import Templates
from oekoreport.testing.reports import sample_report

PAGE = (Path(__file__).parents[4] / "docs" / "word-documents.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the code of the page defines; ``content`` is the template that it fills."""
    code = re.findall(r"<!-- run -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    text = "{{ name }} spart {{ saving }}{% for row in rows %}, {{ row.title }}{% endfor %}"
    names: dict[str, Any] = {"content": template(text)}
    exec("\n".join(code), names)  # noqa: S102 - our own page
    return names


def template(text: str) -> bytes:
    file = docx.Document()
    file.add_paragraph(text)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def test_the_exporter_of_the_page_prints_its_papers(names: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(template("{{ call.number }} of {{ project.title }}"))
    report = replace(sample_report(), templates=Templates([TemplateFolder("yours", tmp_path)]))
    letters = list(names["Letters"]().render(report, NoOptions()))
    assert [letter.name for letter in letters] == [("briefe", "brief-1.docx"), ("briefe", "brief-2.docx")]
    text = docx.Document(BytesIO(letters[1].content)).paragraphs[0].text
    assert text == f"2 of {report.project.title}"


def test_the_engine_alone_fills_the_template_of_the_page(names: dict[str, Any]) -> None:
    made = docx.Document(BytesIO(names["document"].content))
    assert made.paragraphs[0].text == "Müller & Söhne spart 1.234,5, LED, Druckluft"
    assert made.core_properties.title == "A letter to Müller & Söhne"


def test_the_page_names_the_filters_that_there_are() -> None:
    sentence = re.findall(r"Filters: (.*?)\.", PAGE)[0]
    assert re.findall(r"`(\w+)`", sentence) == list(FILTERS)
