"""``oekoreport forms``: an intake form for each participant without one."""

from __future__ import annotations

from pathlib import Path

from oekoreport.cli.arguments import project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import command
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


@command(
    _(
        "Write an intake form for each participant without one.\n\nThe forms are written to DIR/erhebung and "
        "filled in with known data. Existing forms are never overwritten."
    ),
    project_folder(),
)
def forms(session: Session, folder: Path) -> Exit:
    """Return CLEAN."""
    from oekoreport.build.forms import write_forms
    from oekoreport.build.intake import take_in

    written = write_forms(take_in(folder, session.sound_registry))
    for path in written.made:
        session.say(_("written: {path}", path=str(path)))
    for name, file in written.left:
        session.say(_("left unchanged: {file} ({name})", file=file, name=name), "dim")
    if not written.made and not written.left:
        session.say(_("The project has no participants yet: enter them in the workbook first."))
    return Exit.CLEAN
