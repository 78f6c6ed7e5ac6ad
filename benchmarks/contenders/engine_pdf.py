"""This product's certificates as PDF/A and PDF/UA, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typst  # noqa: F401 - imports are not timed, for nobody
from certificates import TEMPLATE, manuscript
from material import records
from timing import answer

from oekoreport.documents.pdf.press import Press
from oekoreport.findings import Severity
from oekoreport.language import Locale


def work(folder: Path, kind: str) -> Iterator[bytes]:
    with Press(TEMPLATE.read_bytes(), TEMPLATE.name) as press:
        for rendered in press.print_all(manuscript([record]) for record in records(folder, kind)):
            yield rendered.content


Locale("de").show(Severity.ERROR.label)  # reads the catalogue, which is no .mo in a checkout, before the clock runs
answer(work, "pdf")
