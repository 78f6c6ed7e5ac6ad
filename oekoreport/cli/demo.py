"""``oekoreport demo``: the reference round, written as an officer would have it, and built."""

from __future__ import annotations

from pathlib import Path

import click

from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Argument, Option, command
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


@command(
    _(
        "Write the reference round and build everything.\n\n"
        "Makes a project folder with sample data: the workbook, a filled form of each company, the narrative. Then"
        " builds all documents into its out folder."
    ),
    Argument(
        ["folder"],
        metavar=_("[DIR]"),
        required=False,
        default=Path("oekoreport-demo"),
        type=click.Path(path_type=Path),
        help=_("Where to write it; oekoreport-demo by default."),
    ),
    Option(["--force"], is_flag=True, help=_("Overwrite demo files that you have changed.")),
)
def demo(session: Session, folder: Path, force: bool) -> Exit:
    """Return how the build ended."""
    from oekoreport.build import pipeline
    from oekoreport.build.demo import write_demo
    from oekoreport.build.manifest import Order
    from oekoreport.cli.build import exit_of, print_build
    from oekoreport.cli.verdicts import print_counts, print_table

    registry = session.sound_registry
    with session.progress() as progress:
        progress(_("Writing the project folder"))
        write_demo(folder, registry, force=force)
        made = pipeline.build(folder, registry, Order(), progress)
    print_table(session, made.report)
    print_counts(session, made.report)
    session.say("")
    print_build(session, folder, made)
    return exit_of(made)
