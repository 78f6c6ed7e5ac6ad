"""``oekoreport status``: what is due when, what is open, and what is missing for the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from oekoreport.cli.arguments import AS_OF, output_format, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import command
from oekoreport.cli.unsure import NOT_CONFIRMED, print_unsure
from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from oekoreport.build.status import Deadline, OpenFee, ProjectStatus

_ = catalogue("oekoreport")

SOON = 30
"""Deadlines less than this many days away are highlighted."""

Row = Sequence[object]


@command(
    _(
        "Show deadlines, what is open and what is missing.\n\nOpen means fees, forms, workshops, payments, and "
        "the part of the grant not yet drawn down. Days are counted from the project's reference date or "
        "--as-of, never from today's date. Writes nothing."
    ),
    project_folder(),
    output_format("text", "json"),
    AS_OF,
)
def status(session: Session, folder: Path, form: str, as_of: date | None) -> Exit:
    """Return CLEAN always: an open item is not an error; ``check`` judges."""
    from oekoreport.build.examination import report_on
    from oekoreport.build.status import status_of

    found = status_of(report_on(folder, session.sound_registry, as_of))
    if form == "json":
        from oekoreport.cli.status_json import status_json

        click.echo(status_json(found, session.locale))
    else:
        print_status(session, found, folder)
    return Exit.CLEAN


def print_status(session: Session, found: ProjectStatus, folder: Path) -> None:
    """Print title and day, a table for each question that has an answer, and one line that lists the others."""
    session.say(found.project.called, "bold")
    session.say(_("As of {day}", day=_known(found.date)), "dim")
    answers = [(title, list(rows)) for title, rows in _questions(found)]
    for title, rows in answers:
        if rows:
            _print(session, title, rows)
    print_unsure(session, found.unsure)
    if nothing := tuple(title for title, rows in (*answers, (NOT_CONFIRMED, found.unsure)) if not rows):
        session.say("")
        session.say(_("None: {questions}", questions=nothing), "dim")
    if found.blocking:
        session.say("")
        session.say(_("Documents are drafts. Still open: {codes}", codes=found.blocking), "bold yellow")
        session.say(_("List what is wrong and where: oekoreport check {folder}", folder=str(folder)))


def _questions(found: ProjectStatus) -> Iterator[tuple[Message, Iterable[Row]]]:
    """Yield each question with the rows that answer it."""
    yield _("Deadlines"), map(_deadline, found.deadlines)
    yield _("Grant"), ((figure.title, Cell(figure, number=True)) for figure in found.grant)
    yield _("Round"), ((figure.title, Cell(figure, number=True)) for figure in found.counts)
    yield _("Open fees"), map(_fee, found.fees)
    yield _("Missing from participants"), ((who.called, LACKS[lack]) for who, lack in found.intake)
    yield (
        _("Workshops not held"),
        ((_known(each.date), _known(each.topic), _known(each.state)) for each in found.workshops),
    )
    yield _("Receipts without payment"), ((each.key, _known(each.payee), _known(each.purpose)) for each in found.unpaid)
    yield _("Missing for the report"), ((message,) for message in found.missing)


LACKS: dict[str, Message] = {"form": _("no intake form"), "answer": _("intake form not filled in yet")}


class Cell(NamedTuple):
    """A cell that is set off by its colour, or holds a number, which stands on the right."""

    value: object
    style: str = ""
    number: bool = False


def _urgent(value: object, days: int | None) -> Cell:
    """Return a cell that is set off by how little time is left."""
    if days is None or days > SOON:
        return Cell(value)
    return Cell(value, "bold red" if days < 0 else "yellow")


def _known(value: object) -> object:
    from oekoreport.figures import UNKNOWN

    return UNKNOWN if value is None else value


def _deadline(each: Deadline) -> Row:
    left = _urgent(_remaining(each.days), None if each.settled else each.days)
    what = _("{title}, {note}", title=each.title, note=each.note) if each.note else each.title
    return _known(each.day), left, what


def _remaining(days: int | None) -> Message | str:
    match days:
        case None:
            return ""
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case -1:
            return _("yesterday")
    return _("in {days} days", days=days) if days > 0 else _("{days} days ago", days=-days)


def _fee(each: OpenFee) -> Row:
    due = each.participant.fee_due
    when: object = "" if due is None else _("due on {day}", day=due)
    return each.participant.called, Cell(each.open, number=True), _urgent(when, each.days)


def _print(session: Session, title: Message, rows: Sequence[Row]) -> None:
    from rich.table import Table
    from rich.text import Text

    session.say("")
    session.say(title, "bold")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    for cell in cells[0]:
        table.add_column(overflow="fold", justify="right" if cell.number else "left")
    for row in cells:
        table.add_row(*(Text(session.locale.show(cell.value), cell.style) for cell in row))
    session.console().print(table)
