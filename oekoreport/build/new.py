"""A new project folder. Nothing of the user's is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from oekoreport.build.offered import confirmations, offered
from oekoreport.contract import Registry
from oekoreport.documents.word.narrative_form import narrative_form
from oekoreport.errors import UsageError
from oekoreport.folder import EVIDENCE_FOLDER, INTAKE_FOLDER, NARRATIVE_FILE, PROJECT_FILE, listed
from oekoreport.language import catalogue
from oekoreport.model.grant import Land
from oekoreport.records import Origin, Record
from oekoreport.sheets.forms import project_workbook

_ = catalogue("oekoreport")


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
    if folder.exists() and (not folder.is_dir() or listed(folder)):
        raise FolderNotEmpty(folder)
    for name in (EVIDENCE_FOLDER, INTAKE_FOLDER):
        (folder / name).mkdir(parents=True)
    known = [Record("grant", "grant", {"land": land}, Origin("")), *confirmations(registry, land)] if land else []
    workbook = project_workbook(known, choices=offered(registry))
    write_files(folder, {PROJECT_FILE: workbook, NARRATIVE_FILE: narrative_form()})


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder; their folders are made."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
