"""This engine: the template compiled once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docxtpl  # noqa: F401 - imports are not timed, for nobody
from material import records
from timing import answer

from oekoreport.documents.filling import Template
from oekoreport.findings import Severity
from oekoreport.language import Locale


def work(folder: Path, kind: str) -> Iterator[bytes]:
    template = Template((folder / f"{kind}-jinja.docx").read_bytes())
    for record in records(folder, kind):
        yield template.render(record, title="T", language="de", created=date(2021, 6, 30)).content


Locale("de").show(Severity.ERROR.label)  # reads the catalogue, which is no .mo in a checkout, before the clock runs
answer(work)
