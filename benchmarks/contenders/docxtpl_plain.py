"""docxtpl as its documentation shows it: a template object for each document, text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate
from material import records
from timing import answer


def work(folder: Path, kind: str) -> Iterator[bytes]:
    for record in records(folder, kind):
        template = DocxTemplate(folder / f"{kind}-jinja.docx")
        template.render(record, autoescape=True)
        buffer = BytesIO()
        template.save(buffer)
        yield buffer.getvalue()


answer(work)
