"""The page on Word documents is true: its code runs, and it names the filters that there are."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from oekoreport.documents.views.placeholders import FILTERS

PAGE = (Path(__file__).parents[4] / "docs" / "word-documents.md").read_text(encoding="utf-8")


def test_the_code_of_the_page_runs() -> None:
    file = docx.Document()
    file.add_paragraph("{{ name }} spart {{ saving }}{% for row in rows %}, {{ row.title }}{% endfor %}")
    buffer = BytesIO()
    file.save(buffer)
    code = re.findall(r"<!-- run -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {"content": buffer.getvalue()}
    exec("\n".join(code), names)  # noqa: S102 - our own page
    made = docx.Document(BytesIO(names["document"].content))
    assert made.paragraphs[0].text == "Müller & Söhne spart 1.234,5, LED, Druckluft"
    assert made.core_properties.title == "A letter to Müller & Söhne"


def test_the_page_names_the_filters_that_there_are() -> None:
    sentence = re.findall(r"Filters: (.*?)\.", PAGE)[0]
    assert re.findall(r"`(\w+)`", sentence) == list(FILTERS)
