"""LibreOffice: the Word certificates turned into PDF, many in one process; the first few only, it takes that long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from material import records
from timing import answer

from oekoreport.documents.filling import Template
from oekoreport.documents.pdf import office

DOCUMENTS = 40


def work(folder: Path, kind: str) -> Iterator[bytes]:
    template = Template((folder / f"{kind}-jinja.docx").read_bytes())
    documents = {
        str(number): template.render(record, title="T", language="de", created=date(2021, 6, 30)).content
        for number, record in enumerate(records(folder, kind)[:DOCUMENTS])
    }
    yield from office.to_pdf(documents).made.values()


answer(work, "pdf")
