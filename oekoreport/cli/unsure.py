"""Legal values that are not confirmed, on the screen: what hangs on each, and how it is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from oekoreport.cli.session import Session
    from oekoreport.law import Parameter
    from oekoreport.report import Unsure

_ = catalogue("oekoreport")

NOT_CONFIRMED = _("Legal values that are not confirmed")


def print_unsure(session: Session, found: Sequence[Unsure]) -> None:
    """Print each value with its source, what hangs on it, and how to settle it; nothing where all are sure."""
    if not found:
        return
    session.say("")
    session.say(_headed(session, found), "bold")
    for each in found:
        session.say(_value(each.parameter))
        _print_lines(session, list(_lines(each)))


def name_unsure(session: Session, found: Sequence[Unsure]) -> None:
    """Name each value in a line, with the codes of the rules that lean on it; nothing where all are sure."""
    if not found:
        return
    session.say("")
    session.say(_headed(session, found), "bold yellow")
    for each in found:
        value = _value(each.parameter)
        session.say(_("{value}  {rules}", value=value, rules=each.rules) if each.rules else value)
    session.say(_("Sources, what hangs on them and how to settle them: oekoreport status"), "dim")


def _headed(session: Session, found: Sequence[Unsure]) -> str:
    return f"{session.locale.show(NOT_CONFIRMED)} ({len(found)})"


def _value(parameter: Parameter) -> Message:
    """Return title, value and how sure it is; what nobody knows has no value."""
    if parameter.value is None:
        return _("{title}: {standing}", title=parameter.title, standing=parameter.standing)
    return _("{title}: {value}, {standing}", title=parameter.title, value=parameter.held, standing=parameter.standing)


def _lines(each: Unsure) -> Iterator[tuple[Message, object]]:
    """Yield what is told of a value, each under its label."""
    parameter = each.parameter
    where = tuple(part for part in (parameter.pack, parameter.passage) if part)
    source = _("{where}: {source}", where=where, source=parameter.source) if where else parameter.source
    yield _("Source"), source
    figures = tuple(dict.fromkeys(figure.title for figure in each.figures))
    yield _("Based on it"), (*figures, *each.rules)
    if each.open:
        yield _("Open"), each.open
    if parameter.outcomes:
        yield _("Depending on it"), parameter.outcomes
    yield _("To settle"), parameter.settling


def _print_lines(session: Session, lines: Sequence[tuple[Message, object]]) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    show = session.locale.show
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, told in lines:
        table.add_row(show(label), Text(show(told)))
    session.console().print(Padding(table, (0, 0, 0, 2)))
