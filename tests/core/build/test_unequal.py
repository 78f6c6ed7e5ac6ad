"""Unequal projects one after the other in one process: nothing kept of one stands in the documents of another."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from oekoreport.build.demo import write_demo
from oekoreport.build.exporting import Failure, export
from oekoreport.build.jobs import jobs_of
from oekoreport.build.manifest import Order
from oekoreport.build.ownership import Ownership
from oekoreport.build.pipeline import exporters_of, make, silent
from oekoreport.contract import Registry
from oekoreport.language import Locale
from oekoreport.records import Origin, Record
from oekoreport.report import Document, Report
from oekoreport.steps import Excess, Kind, Step, be_watched
from oekoreport.testing.odd_rounds import ROUNDS
from oekoreport.testing.reports import report_of
from tests.typing.facts import round_of
from tests.typing.typed import typed

WHOLE = bool(os.environ.get("OEKOREPORT_TYPING_ROUNDS"))
"""Whether there is time for all projects in both orders, as in `make long`."""

ALONE = """
import sys
from tests.core.build.test_unequal import {function}
print({function}([sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The demo; a round with a logo and a picture; one whose own template cannot be filled; one with other formats."""
    root = tmp_path_factory.mktemp("unequal")
    write_demo(root / "demo", Registry.discover())
    for seed in (1, 2, 3) if WHOLE else (1, 2):
        typed(round_of(seed)).write(root / f"round-{seed}")
    picture = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    for name in ("templates/award/logo.png", "bild.png"):
        (root / "round-1" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "round-1" / name).write_bytes(picture.getvalue())
    (root / "round-2" / "templates" / "award").mkdir(parents=True)
    (root / "round-2" / "templates" / "award" / "urkunde.typ").write_text("#let x = \n#nothing-of-this-name")
    return sorted(root.iterdir())


def told(folders: Iterable[Path | str]) -> str:
    """Return what each project comes to when they are made one after the other: hashes and failures, as JSON."""
    registry = Registry.discover()
    made = {Path(folder).name: make(Path(folder), registry, Order()) for folder in folders}
    return _as_json({name: (each.documents, each.failures) for name, each in made.items()})


def _as_json(made: Mapping[str, tuple[Mapping[str, Document], Sequence[Failure]]]) -> str:
    return json.dumps(
        {
            name: {
                **{path: hashlib.sha256(document.content).hexdigest() for path, document in documents.items()},
                "failures": [f"{failure.exporter}: {failure.error}" for failure in failures],
            }
            for name, (documents, failures) in made.items()
        },
        sort_keys=True,
    )


def test_each_is_made_as_if_it_were_alone_whatever_was_made_before(projects: list[Path]) -> None:
    alone = _alone("told", map(str, projects))
    assert [bool(each["failures"]) for each in alone.values()] == [False, False, True, False][: len(projects)]
    for order in (projects, projects[::-1]) if WHOLE else (projects,):
        assert json.loads(told([*order, order[0]])) == alone


@dataclass(frozen=True, slots=True)
class Odd:
    """A round unlike the others: how many take part and what is odd, the Land, the language, what is stopped."""

    name: str
    land: str = "NW"
    language: str = "de"
    refused: Mapping[Step, Excess] = field(default_factory=dict)
    more: tuple[Record, ...] = ()

    @property
    def report(self) -> Report:
        """The report of the round, with documents in the language."""
        records = [
            replace(each, values={**each.values, "land": self.land}) if each.kind == "grant" else each
            for each in (*ROUNDS[self.name](), *self.more)
        ]
        return replace(report_of(records), locale=Locale(self.language))


def _illustrated() -> Record:
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(buffer, "PNG")
    text = f"![Hof](data:image/png;base64,{b64encode(buffer.getvalue()).decode()})\n\nEin Hof."
    return Record("narrative", "course", {"section": "course", "text": text}, Origin("sachbericht.md"))


STOPPED = {Step(Kind.TEMPLATE, "funding/verwendungsnachweis.docx"): Excess.SECONDS}
ODD = {
    "one in Saxony": Odd("one participant", "SN", "en"),
    "withheld": Odd("one not released"),
    "sixty": Odd("sixty participants"),
    "one left, in English": Odd("one left", language="en"),
    "Bavaria": Odd("thirteen participants", "BY"),
    "illustrated": Odd("thirteen participants", more=(_illustrated(),)),
    "stopped": Odd("one participant", refused=STOPPED),
    "unreadable": Odd("a saving unreadable", "SN"),
    "two plans": Odd("two plans", language="en"),
}


def told_of_odd(names: Iterable[str]) -> str:
    """Return what each odd round comes to when they are made one after the other, as ``told`` does."""
    registry = Registry.discover()
    made = {}
    for name in names:
        report = ODD[name].report
        be_watched(None, ODD[name].refused)
        try:
            made[name] = export(report, deque(jobs_of(report, exporters_of(Order(), registry))), Ownership(), silent)
        finally:
            be_watched(None, {})
    return _as_json(made)


def test_rounds_of_other_sizes_laender_and_languages_leave_nothing_to_each_other() -> None:
    names = list(ODD) if WHOLE else [*ODD][:2]
    alone = _alone("told_of_odd", names)
    assert [name for name in names if alone[name]["failures"]] == (["stopped"] if WHOLE else [])
    for order in (names, names[::-1]) if WHOLE else (names,):
        assert json.loads(told_of_odd([*order, order[0]])) == alone


def _alone(function: str, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what each comes to in a process of its own."""
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        command = [sys.executable, "-c", ALONE.format(function=function), name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
        found |= json.loads(done.stdout)
    return found


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
