"""The balance of cells on the screen: by file, how many cells there are and what each was taken for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from oekoreport.cli.session import bare_table
from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from oekoreport.cli.session import Session
    from oekoreport.records import Balance

_ = catalogue("oekoreport")


def print_balance(session: Session, balance: Balance) -> None:
    """Print a row for each file whose cells were counted, if there is any."""
    if not balance:
        return
    from oekoreport.records import Role

    show, table = session.locale.show, bare_table()
    table.add_column(show(_("File")), ratio=1, overflow="fold")
    for title in (*(role.label for role in Role), _("Total")):
        table.add_column(show(title), justify="right", no_wrap=True)
    for file, counts in balance.by_file().items():
        numbers = [*(counts[role] for role in Role), counts.total()]
        table.add_row(file, *(show(number or "–") for number in numbers))
    session.say("")
    session.say(_("What cells were taken for"), "bold")
    session.console().print(table)


def sum_of_cells(balance: Balance) -> Message:
    """Return the balance of all files in a line."""
    from oekoreport.records import Role

    counts: Counter[Role] = Counter()
    for of_file in balance.by_file().values():
        counts += of_file
    return _(
        "Cells: {cells} · data: {data} · left out: {left} · files: {files}",
        files=len(balance.by_file()),
        cells=counts.total(),
        data=counts[Role.FIELD],
        left=counts[Role.LEFT_OUT],
    )
