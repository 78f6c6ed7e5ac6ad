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
    """Print what is at stake first, each value in full; of the rest together what has one source and one way out.

    Nothing is printed where all are sure.
    """
    if not found:
        return
    session.say("")
    session.say(_headed(session, found), "bold")
    at_stake = [[each] for each in found if each.decides]
    together = _together(session, [each for each in found if not each.decides])
    for group in (*at_stake, *together):
        for each in group:
            session.say(_value(each.parameter) if len(group) == 1 else _with_rules(each))
        _print_lines(session, list(_lines(group[0]) if len(group) == 1 else _shared_lines(group[0])))
    if any(len(group) > 1 for group in together):
        session.say(_("What was read of each, in full: oekoreport status --format json"), "dim")


def _together(session: Session, found: Sequence[Unsure]) -> list[list[Unsure]]:
    """Return values in groups that have one source and one way out, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Unsure]] = {}
    for each in found:
        where, way_out = _where(each.parameter), each.parameter.settling
        groups.setdefault((session.locale.show(where), session.locale.show(way_out)), []).append(each)
    return list(groups.values())


def name_unsure(session: Session, found: Sequence[Unsure]) -> None:
    """Name each value in a line, with the codes of the rules that lean on it; nothing where all are sure."""
    if not found:
        return
    session.say("")
    session.say(_headed(session, found), "bold yellow")
    for each in found:
        session.say(_with_rules(each))
    session.say(_("Sources, what hangs on them and how to settle them: oekoreport status"), "dim")


def _headed(session: Session, found: Sequence[Unsure]) -> str:
    return f"{session.locale.show(NOT_CONFIRMED)} ({len(found)})"


def _value(parameter: Parameter) -> Message:
    """Return title, value and how sure it is; what nobody knows has no value."""
    if parameter.value is None:
        return _("{title}: {standing}", title=parameter.title, standing=parameter.standing)
    return _("{title}: {value}, {standing}", title=parameter.title, value=parameter.held, standing=parameter.standing)


def _with_rules(each: Unsure) -> Message:
    value = _value(each.parameter)
    return _("{value}  {rules}", value=value, rules=each.rules) if each.rules else value


def _where(parameter: Parameter) -> object:
    """Return edition and passage; the source itself of what stands in none."""
    return parameter.where or parameter.source


def _shared_lines(each: Unsure) -> Iterator[tuple[Message, object]]:
    """Yield what is told once of values that have it in common."""
    yield _("Source"), _where(each.parameter)
    yield _("To settle each"), each.parameter.settling


def _lines(each: Unsure) -> Iterator[tuple[Message, object]]:
    """Yield what is told of a value, each under its label."""
    parameter = each.parameter
    where, source = parameter.where, parameter.source
    yield _("Source"), _("{where}: {source}", where=where, source=source) if where else source
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
