"""The reference round typed in other ways gives the figures that it has, to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from oekoreport.build.examination import report_on
from oekoreport.contract import Registry
from tests.typing.demo import WAYS_OF_THE_DEMO, demo
from tests.typing.way import WAYS
from tests.typing.ways import cells, money, savings, sheets

MODULES = (cells, money, savings, sheets)

FIGURES = {
    "settlement.grant_due": "19040.67",
    "settlement.own_funds": "9137.87",
    "settlement.recognized": "23800.84",
    "savings.money": "242162",
    "savings.energy": "2600000",
    "savings.co2": "636.0",
    "savings.waste": "20.0",
    "savings.water": "5490",
    "attendance.rate": "100.0",
    "participants.certified": "13",
}


@pytest.mark.parametrize("ways", [(), *WAYS_OF_THE_DEMO.values()], ids=["in one plain workbook", *WAYS_OF_THE_DEMO])
def test_the_demo_typed_otherwise(ways: tuple[str, ...], tmp_path: Path) -> None:
    folder, facts = demo(tmp_path / "shipped")
    for name in ways:
        WAYS[name].apply(folder, facts)
    folder.write(tmp_path / "typed")
    report = report_on(tmp_path / "typed", Registry.discover())
    assert {name: str(report.figures[name].rounded) for name in FIGURES} == FIGURES
    assert [verdict.code for verdict in report.verdicts if verdict.blocks] == []
