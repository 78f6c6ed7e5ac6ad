"""``oekoreport new``: an empty project folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oekoreport.cli.arguments import LandType, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Option, command
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from oekoreport.model.grant import Land

_ = catalogue("oekoreport")


@command(
    _(
        "Create a project folder.\n\nIt holds projekt.xlsx with a sheet for everything that a round has, "
        "sachbericht.docx for the narrative, belege/ for invoices and erhebung/ for the companies' forms. With "
        "--land the workbook has what the report confirms there. A folder that is not empty is left unchanged."
    ),
    project_folder(),
    Option(
        ["--land"],
        type=LandType(),
        metavar=_("LAND"),
        help=_("The Land whose law applies, by its short code: NW, SN, BY."),
    ),
    watched=False,  # it reads nobody's files
)
def new(session: Session, folder: Path, land: Land | None) -> Exit:
    """Return CLEAN."""
    from oekoreport.build.new import new_project
    from oekoreport.folder import EVIDENCE_FOLDER, INTAKE_FOLDER, NARRATIVE_FILE, PROJECT_FILE

    new_project(folder, session.sound_registry, land)
    session.say(_("The project folder {folder} is ready. What comes next:", folder=str(folder)), "bold")
    steps = (
        _("1. Fill in {file}; its first sheet explains how.", file=str(folder / PROJECT_FILE)),
        _("2. Once participants are entered: oekoreport forms {folder} writes a form for each.", folder=str(folder)),
        _(
            "3. Put the forms that come back into {forms}, invoices into {receipts}.",
            forms=INTAKE_FOLDER,
            receipts=EVIDENCE_FOLDER,
        ),
        _("4. Write the narrative below the headings of {file}.", file=NARRATIVE_FILE),
        _("5. List what is missing: oekoreport check {folder}", folder=str(folder)),
        _("6. Build the documents: oekoreport build {folder}", folder=str(folder)),
    )
    for step in steps:
        session.say(step)
    return Exit.CLEAN
