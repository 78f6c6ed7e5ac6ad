"""What the file says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from oekoreport import Report
from oekoreport.testing.reports import sample_report

if TYPE_CHECKING:
    from tests.plugins.workbook.conftest import Reading
else:
    Reading = Any


def test_the_file_bears_title_language_and_the_reference_date(reference: Reading) -> None:
    properties = reference.formulas.properties
    assert properties.title == "Auswertung der Runde (intern): ÖKOPROFIT Kreis Soest 2020/2021"
    assert properties.creator == "Kreis Soest"
    assert properties.created == datetime(2021, 10, 29)  # noqa: DTZ001 - the file's stamps have no zone
    languages = {prop.name: prop.value for prop in reference.formulas.custom_doc_props.props}
    assert languages == {"Language": "de"}


def test_without_a_reference_date_the_stamp_is_fixed_and_the_sheets_say_so(
    rendered: Callable[[Report], Reading],
) -> None:
    reading = rendered(replace(sample_report(), date=None))
    assert reading.formulas.properties.created == datetime(1980, 1, 1)  # noqa: DTZ001 - the file's stamps have no zone
    assert "kein Stichtag" in str(reading.rows("Teilnehmer")[1][0])
