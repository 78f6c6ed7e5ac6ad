"""What this process is doing, told to whoever watches it.

A parent sees the seconds and the memory of a worker, not its work. So whatever reads a file, fills a template or calls
an exporter says so first. A step that went over a limit is refused when the work is done once more: entering it raises
an error of the kind that this step's own faults have, so that it is handled where they are. In a process that nobody
watches, steps do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import NamedTuple

from oekoreport.errors import OekoreportError, PluginError, SourceError, TemplateError
from oekoreport.language import Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")


class Kind(StrEnum):
    """What is being done."""

    READING = "reading"
    IMPORTER = "importer"
    PROJECT = "project"
    RULEBOOK = "rulebook"
    RULE = "rule"
    TEMPLATE = "template"
    EXPORTER = "exporter"
    PLUGIN = "plugin"


class Step(NamedTuple):
    """A piece of work that is watched by itself; ``name`` is that of the file, the importer, the project and so on."""

    kind: Kind
    name: str


class Excess(Enum):
    """Which limit a step went over."""

    SECONDS = _("it took more computing time than it is allowed")
    SILENCE = _("it did nothing any more")
    MEMORY = _("it took more memory than it is allowed")
    END = _("the process ended unexpectedly")

    @property
    def message(self) -> Message:
        """The excess in words."""
        return self.value


MORE = _("If it is right as it is, allow more: --limits 4")


class ReadingStopped(SourceError):
    """A file that could not be read within the limits."""

    def __init__(self, step: Step, excess: Excess) -> None:
        message = _("The file was not read: {reason}.", reason=excess.message)
        super().__init__(message, place=Place(step.name), hint=MORE)


class ImporterStopped(SourceError):
    """An importer that could not tell within the limits whether a file is its own."""

    def __init__(self, step: Step, excess: Excess) -> None:
        message = _(
            "The importer {name} was stopped and is asked no more: {reason}. Files that it alone can read are missing.",
            name=step.name,
            reason=excess.message,
        )
        super().__init__(message, hint=MORE)


class ProjectStopped(SourceError):
    """A project whose entries could not be brought together and judged within the limits."""

    def __init__(self, step: Step, excess: Excess) -> None:
        message = _("The project in {folder} was not examined: {reason}.", folder=step.name, reason=excess.message)
        super().__init__(message, hint=MORE)


class RulebookStopped(PluginError):
    """A rulebook that could not tell within the limits whether a project falls under it."""

    def __init__(self, step: Step, excess: Excess) -> None:
        super().__init__(
            _("The rulebook {name} was stopped: {reason}.", name=step.name, reason=excess.message), hint=MORE
        )


class RuleStopped(OekoreportError):
    """A rule that could not be evaluated within the limits."""

    def __init__(self, _step: Step, excess: Excess) -> None:
        super().__init__(_("The rule was not evaluated: {reason}.", reason=excess.message), hint=MORE)


class TemplateStopped(TemplateError):
    """A template that could not be filled within the limits."""

    def __init__(self, step: Step, excess: Excess) -> None:
        message = _("The template could not be filled: {reason}.", reason=excess.message)
        super().__init__(message, place=Place(step.name), hint=MORE)


class ExporterStopped(OekoreportError):
    """An exporter that did not make its documents within the limits."""

    def __init__(self, step: Step, excess: Excess) -> None:
        super().__init__(
            _("The exporter {name} was stopped: {reason}.", name=step.name, reason=excess.message), hint=MORE
        )


class PluginStopped(PluginError):
    """A plugin that could not be loaded within the limits."""

    def __init__(self, _step: Step, excess: Excess) -> None:
        super().__init__(_("was not loaded: {reason}", reason=excess.message))


STOPPED: Mapping[Kind, Callable[[Step, Excess], OekoreportError]] = {
    Kind.READING: ReadingStopped,
    Kind.IMPORTER: ImporterStopped,
    Kind.PROJECT: ProjectStopped,
    Kind.RULEBOOK: RulebookStopped,
    Kind.RULE: RuleStopped,
    Kind.TEMPLATE: TemplateStopped,
    Kind.EXPORTER: ExporterStopped,
    Kind.PLUGIN: PluginStopped,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a watcher is told: the step that is being done now, and what it may take beyond the usual.

    Attributes:
        step: None between steps.
        seconds: how many seconds of computing it may take beyond the usual.
        memory: how many bytes the process may hold from now on beyond the usual, in all.
    """

    step: Step | None
    seconds: float = 0
    memory: int = 0


@dataclass(slots=True)
class _Watch:
    """Who watches this process, if anybody does."""

    tell: Callable[[Told], None] | None = None
    refused: Mapping[Step, Excess] = field(default_factory=dict)
    told: Told = field(default_factory=lambda: Told(None))

    def say(self, told: Told) -> None:
        self.told = told
        if self.tell is not None:
            self.tell(told)


_watch = _Watch()


def be_watched(tell: Callable[[Told], None] | None, refused: Mapping[Step, Excess]) -> None:
    """Begin to tell the steps of this process, from none on; those refused raise."""
    _watch.tell, _watch.refused, _watch.told = tell, refused, Told(None)


@contextmanager
def step(kind: Kind, name: str, *, seconds: float = 0) -> Iterator[None]:
    """Do a step of the work within ``with``.

    Args:
        kind: what is being done.
        name: the name of the file, the importer, the project, the template, the exporter or the plugin.
        seconds: how many seconds of computing it may take beyond the usual, where there is honest reason for them; a
            step within it may take as many.

    Raises:
        OekoreportError: it went over a limit before; which one is raised for each kind stands in ``STOPPED``.
    """
    now, outer = Step(kind, name), _watch.told
    if now in _watch.refused:
        raise STOPPED[kind](now, _watch.refused[now])
    _watch.say(Told(now, max(seconds, outer.seconds), outer.memory))
    try:
        yield
    finally:
        _watch.say(Told(outer.step, outer.seconds, _watch.told.memory))


def beat() -> None:
    """Say that a piece of the present step is done: its seconds count anew."""
    _watch.say(_watch.told)


def grow(memory: int) -> None:
    """Say that there is honest reason to hold so many bytes more, for the rest of the work."""
    told = _watch.told
    _watch.say(Told(told.step, told.seconds, told.memory + memory))
