"""``oekoreport explain --unused``: numbers that were read and enter no figure, by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from oekoreport.cli.session import bare_table
from oekoreport.language import Locale, Message, catalogue
from oekoreport.units import Amount, quantity

if TYPE_CHECKING:
    from rich.table import Table

    from oekoreport.cli.session import Session
    from oekoreport.report import Unused

_ = catalogue("oekoreport")

NAMED = 3
"""How many places of a field are named before the rest is only counted."""


def print_unused(session: Session, numbers: Iterable[Unused], *, each: bool) -> None:
    """Print a row for each field with such numbers, or with ``each`` a row for each number."""
    fields: dict[str, list[Unused]] = defaultdict(list)
    for one in numbers:
        title = Message("{label}: {title}", label=one.noun.label, title=one.attribute.title)
        fields[session.locale.show(title)].append(one)
    if not fields:
        session.say(_("Every number that was read enters a figure."))
        return
    session.say(_("No figure rests on these numbers; they are printed or checked at most."))
    session.console().print(_table(session.locale, fields, each=each))
    if not each:
        session.say(_("Numbers of one field are counted here; --all lists them."))


def _table(locale: Locale, fields: Mapping[str, list[Unused]], *, each: bool) -> Table:
    table = bare_table()
    table.add_column(locale.show(_("Field")), ratio=1, overflow="fold")
    table.add_column(locale.show(_("Number")) if each else "", justify="right", no_wrap=True)
    table.add_column(locale.show(_("Place")), ratio=1, overflow="fold")
    for title, group in fields.items():
        if each:
            for one in group:
                table.add_row(f"{title} ({one.noun.key})", _number(locale, one), locale.show(one.place or "–"))
        else:
            table.add_row(title, f"× {len(group)}", _places(locale, group))
    return table


def _number(locale: Locale, one: Unused) -> str:
    number = one.number
    return locale.show(number) if isinstance(number, Amount) else quantity(locale, number, one.attribute.unit)


def _places(locale: Locale, group: Sequence[Unused]) -> str:
    """Return the first places of a field's numbers, a line each, and how many there are besides."""
    lines = [locale.show(one.place or "–") for one in group[:NAMED]]
    if len(group) > NAMED:
        lines.append(locale.show(_("and {count} more", count=len(group) - NAMED)))
    return "\n".join(lines)
