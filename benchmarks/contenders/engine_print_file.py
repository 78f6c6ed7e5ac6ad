"""The same certificates as one file for the printer."""

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
        yield press.print(manuscript(records(folder, kind))).content


Locale("de").show(Severity.ERROR.label)  # reads the catalogue, which is no .mo in a checkout, before the clock runs
answer(work, "pdf")
