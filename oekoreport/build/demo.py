"""The reference round: its records, and the project folder that the demo writes of them."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from oekoreport.build.new import FolderNotEmpty
from oekoreport.build.offered import offered
from oekoreport.build.publishing import place_documents, put, recover
from oekoreport.contract import Registry
from oekoreport.enclosure import Enclosure
from oekoreport.errors import UsageError
from oekoreport.folder import PROJECT_FILE, listed
from oekoreport.language import catalogue
from oekoreport.model import KINDS
from oekoreport.places import column_letters
from oekoreport.records import Origin, Record
from oekoreport.report import shipped_templates
from oekoreport.sheets.forms import intake_forms, project_workbook

_ = catalogue("oekoreport")

DEMO_NARRATIVES = ("sachbericht.md", "zwischenbericht-2020.md")


DEMO_MARK = ".oekoreport-demo.json"
"""Lists what the demo wrote, with hashes, so that it can tell its own files from the user's."""


class DemoChanged(UsageError):
    """The demo's files were changed since it wrote them."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        super().__init__(
            _("You have changed files of the demo in {folder}: {names}", folder=str(folder), names=tuple(names)),
            hint=_("Name another folder, or have them overwritten with --force."),
        )


def write_demo(folder: Path, registry: Registry, *, force: bool = False) -> None:
    """Write the reference round as an officer would have it; ``force`` overwrites what the user changed in it.

    Raises:
        FolderNotEmpty: there is something in it that no demo wrote.
        DemoChanged: the user changed its files, and ``force`` is not given.
    """
    recover(folder)
    top, before = Enclosure(folder), _demo_files(folder)
    if before is None and folder.exists() and (not folder.is_dir() or listed(folder)):
        raise FolderNotEmpty(folder)
    changed = [name for name, sha256 in (before or {}).items() if top.sha256(name) not in (None, sha256)]
    if changed and not force:
        raise DemoChanged(folder, changed)
    files = _demo_content(registry)
    mark = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files[DEMO_MARK] = json.dumps(mark, indent=1).encode()
    put(folder, files, replacing=[name for name in files if force or name == DEMO_MARK or name in (before or ())])


def _demo_content(registry: Registry) -> dict[str, bytes]:
    """Return the demo's files by name: the workbook, a form for each company with its measures, the narrative."""
    records = demo_records()
    forms = place_documents(intake_forms(records))
    return {
        PROJECT_FILE: project_workbook(records, without=("measure", "baseline"), choices=offered(registry)),
        **{name: demo_narrative(name).encode() for name in DEMO_NARRATIVES},
        **{name: document.content for name, document in forms.items()},
    }


def _demo_files(folder: Path) -> dict[str, str] | None:
    """Return the hashes of what a demo wrote here; None where none did."""
    try:
        mark = json.loads(Enclosure(folder).read(DEMO_MARK))
    except (OSError, ValueError, RecursionError):
        return None
    return {str(name): str(sha256) for name, sha256 in mark.items()} if isinstance(mark, dict) else None


KEY_COLUMNS = 2
"""Key and the parent's key stand before the fields."""


def demo_records() -> list[Record]:
    """Return the records of the reference round, parents before children, without its narrative.

    Each kind is a file ``<kind>.csv``: UTF-8, semicolons, a row of field names, values as people write them. An empty
    cell says nothing of its field.
    """
    folder = shipped_templates("demo")
    paths = (folder / f"{kind}.csv" for kind in KINDS)
    return [record for path in paths if path.exists() for record in _read(path)]


def demo_narrative(name: str = "sachbericht.md") -> str:
    """Return a narrative report of the reference round (Sachbericht) as Markdown: the final one if left out."""
    return (shipped_templates("demo") / name).read_text(encoding="utf-8")


def _read(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        (_key, _parent, *names), *rows = csv.reader(file, delimiter=";")
    columns, kind = {name: column_letters(index) for index, name in enumerate(names, KEY_COLUMNS)}, path.stem
    return [
        Record(kind, key, dict(zip(names, values, strict=True)), Origin(path.name, row=number, columns=columns), parent)
        for number, (key, parent, *values) in enumerate(rows, 2)
    ]
