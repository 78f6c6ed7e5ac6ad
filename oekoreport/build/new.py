"""A new project folder. Nothing of the user's is overwritten."""

from __future__ import annotations

from pathlib import Path

from oekoreport.build.offered import confirmations, offered
from oekoreport.build.publishing import put, recover
from oekoreport.contract import Registry
from oekoreport.documents.word.narrative_form import narrative_form
from oekoreport.enclosure import Enclosure, Kind
from oekoreport.errors import UsageError
from oekoreport.folder import EVIDENCE_FOLDER, INTAKE_FOLDER, NARRATIVE_FILE, PROJECT_FILE, listed
from oekoreport.language import catalogue
from oekoreport.model.grant import Land
from oekoreport.records import Origin, Record
from oekoreport.sheets.forms import project_workbook

_ = catalogue("oekoreport")

OWN_FOLDERS = (EVIDENCE_FOLDER, INTAKE_FOLDER)


class FolderNotEmpty(UsageError):
    """A folder is to be filled that holds something already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is not empty; nothing was written.", folder=str(folder)),
            hint=_("Name a new folder."),
        )


def new_project(folder: Path, registry: Registry, land: Land | None = None) -> None:
    """Write an empty project: the workbook, the narrative's headings in Word, and folders for receipts and forms.

    Where the Land is known, the workbook has what the report confirms there.

    Raises:
        FolderNotEmpty: there is something in it.
    """
    recover(folder)
    if folder.exists() and (not folder.is_dir() or not _is_empty(folder)):
        raise FolderNotEmpty(folder)
    for name in OWN_FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    known = [Record("grant", "grant", {"land": land}, Origin("")), *confirmations(registry, land)] if land else []
    workbook = project_workbook(known, choices=offered(registry))
    put(folder, {NARRATIVE_FILE: narrative_form(), PROJECT_FILE: workbook})


def _is_empty(folder: Path) -> bool:
    """Tell whether nothing of anybody's is in a folder; a run that was killed has made our own folders at most."""
    return all(
        kind is Kind.FOLDER and name in OWN_FOLDERS and not listed(folder / name)
        for name, kind in Enclosure(folder).entries()
    )
