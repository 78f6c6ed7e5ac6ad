"""What shows that long work goes on: only on a terminal, on stderr, and gone when the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oekoreport.cli.session import Session
from oekoreport.language import Message


@contextmanager
def steps(session: Session) -> Iterator[Callable[[Message], None]]:
    """Yield a function that shows the step at hand."""
    console = session.aside()
    if not console.is_terminal:
        yield lambda _step: None
        return
    with console.status("") as status:
        yield lambda step: status.update(session.locale.show(step))
