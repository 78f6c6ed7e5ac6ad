"""What the commands of one call share: the reader's language, the plugins, and where output goes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, TYPE_CHECKING, TextIO

from oekoreport.characters import LINE_END, MARK, STEERING
from oekoreport.language import Locale, Message, system_language
from oekoreport.places import Place

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from oekoreport.build.watching import Limits
    from oekoreport.contract import Registry

LONGEST_VALUE = 1000
"""So many characters of a value are shown in a message: no path is longer that people type, cells may have 32,767."""

WIDTH_OF_A_PIPE = 100
"""The width of tables, in characters, if the output is not a terminal."""


@dataclass(frozen=True)
class ScreenLocale(Locale):
    """A language on a terminal: a file's name or text cannot steer it, end a line or turn what stands after it."""

    def show(self, value: object) -> str:
        """Return ``value`` as a reader expects it, with a mark for each sign that would act instead of being seen."""
        shown = STEERING.sub(MARK, super().show(value))
        return LINE_END.sub(MARK, shown) if isinstance(value, Place) else shown

    def fill(self, pattern: str, values: Mapping[str, object]) -> str:
        """Return ``pattern`` with its values; foreign texts among them stay in its line."""
        return super().fill(pattern, {name: _in_a_line(value) for name, value in values.items()})


def _in_a_line(value: object) -> object:
    """Return a plain text in one line, what else there is as it is: a file's second line would look like our words.

    Of one that fills the screen only the beginning is shown; documents and JSON's own fields have it whole.
    """
    if type(value) is str:
        shown = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"
        return LINE_END.sub(" ", shown)
    if type(value) is tuple or type(value) is list:
        return tuple(_in_a_line(each) for each in value)
    return value


@dataclass
class Session:
    """The state of one call. A test may bring its plugins; else the installed ones are loaded when first needed.

    Attributes:
        wider: how many times the usual limits the work may take.
        again: does the call once more, in a worker process; None where it is not to be done in one.
    """

    locale: Locale = field(default_factory=lambda: ScreenLocale(system_language()))
    without: set[str] = field(default_factory=set)
    debug: bool = False
    wider: float = 1.0
    plugins: Registry | None = None
    again: Callable[[], int] | None = None

    @property
    def limits(self) -> Limits:
        """What the work of this call may take."""
        from oekoreport.build.watching import Limits

        return Limits().times(self.wider)

    @property
    def registry(self) -> Registry:
        """The plugins, those left out by name excepted."""
        if self.plugins is None:
            from oekoreport.contract import Registry

            self.plugins = Registry.discover(self.without)
        return self.plugins

    @property
    def sound_registry(self) -> Registry:
        """The plugins, for work whose result would be wrong without one of them.

        Raises:
            BrokenPlugins: one is broken.
        """
        self.registry.demand_sound()
        return self.registry

    def console(self, width_of_a_pipe: int = WIDTH_OF_A_PIPE) -> Console:
        """Return the console for results."""
        return _console(sys.stdout, width_of_a_pipe)

    def say(self, what: object, style: str = "") -> None:
        """Print a text: on a terminal broken between words, in a pipe on one line, however long."""
        _print(self.console(), self.locale.show(what), style)

    def mention(self, what: Message) -> None:
        """Print what is no result: on stderr."""
        _print(self.aside(), self.locale.show(what), "cyan")

    def aside(self) -> Console:
        """Return the console for progress and errors, so that a pipe gets results alone."""
        return _console(sys.stderr, WIDTH_OF_A_PIPE)

    @contextmanager
    def progress(self) -> Iterator[Callable[[Message], None]]:
        """Yield a function that shows the step at hand: only on a terminal, on stderr, gone when the work is done."""
        console = self.aside()
        if not console.is_terminal:
            yield lambda _step: None
            return
        with console.status("") as status:
            yield lambda step: status.update(self.locale.show(step))


def _print(console: Console, text: str, style: str) -> None:
    if console.is_terminal:
        console.print(text, style=style)
    else:
        _write(console.file, text)


def _write(stream: IO[str], text: str) -> None:
    """Write a line as rich would, without the time that it takes to find out that nothing is to be laid out."""
    from rich.control import strip_control_codes

    stream.write(f"{strip_control_codes(text)}\n")


@lru_cache(maxsize=4)
def _console(stream: TextIO, width_of_a_pipe: int) -> Console:
    """Colours and the terminal's width on a terminal; plain text of a fixed width elsewhere."""
    from rich.console import Console

    width = None if stream.isatty() else width_of_a_pipe
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def bare_table() -> Table:
    """Return a table without columns yet: a line below the heads, no frame, as wide as there is room."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(
        box=SIMPLE_HEAD, show_edge=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim"
    )
