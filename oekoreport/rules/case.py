"""A case: a rule's input (project, figures, terms) and its possible answers on one object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from oekoreport.figures import FieldRef, Figure, Figures, SeenFigures
from oekoreport.language import Message, catalogue
from oekoreport.law import Pack, Parameter, Presence, Terms
from oekoreport.model import KINDS, Noun, Project
from oekoreport.model.notice import Term
from oekoreport.records import Files, Origins
from oekoreport.rules.verdict import Verdict

_ = catalogue("oekoreport")


class Undecided(Exception):
    """Raised by a rule, or by what it asks, where something is missing to decide on an object."""

    def __init__(self, message: Message, missing: FieldRef | None = None, *, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.missing = missing
        self.hint = hint


class UnknownLaw(Undecided):
    """The law in force is unknown, and the notice does not set it: the authority may settle what is open then."""

    def __init__(self, parameter: Parameter) -> None:
        title = parameter.title
        super().__init__(
            _("The law in force is unknown here ({title}), and the notice does not set it.", title=title),
            hint=Message("{way_out}", way_out=parameter.settling),
        )


class NotApplicable(Exception):
    """Raised by a rule, or by what it asks, where the rule does not concern an object."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with an object: ``field`` is the cell to point at, ``at`` another object than its own."""

    message: Message
    field: str = ""
    at: Noun | None = None
    expected: Message | str | None = None
    found: Message | str | None = None
    hint: Message | None = None


class TermsInRule:
    """The terms as a rule sees them: values used are recorded, an unknown value makes the rule undecided.

    ``defaults`` are the criteria that the rule's own rulebook sets without confirmation.
    """

    def __init__(self, terms: Terms, defaults: Mapping[str, Parameter] | None = None) -> None:
        self._terms = terms
        self._defaults = defaults or {}
        self._criterion = ""
        self.used: dict[str, Parameter] = {}
        self._dated: dict[tuple[str, dt.date], Any] = {}

    @property
    def known(self) -> frozenset[str]:
        """The names of all parameters that any pack has, in force or not."""
        return frozenset(self._terms.titles)

    def set_by(self, term: Term) -> Parameter:
        """Return what a term of a notice sets by itself; unknown where its value is not of the parameter's type."""
        return self._terms.set_by(term)

    def takes(self, name: str) -> Message:
        """Describe the values that a parameter accepts."""
        return self._terms[name].taken

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The editions that the project falls under."""
        return self._terms.packs

    def __getitem__(self, name: str) -> Any:
        """Return the value in force.

        Raises:
            NotApplicable: this law has no such rule.
            UnknownLaw: no pack has the value, and the notice does not set it.
        """
        return self._value(self._terms[name])

    @contextmanager
    def criterion(self, name: str) -> Iterator[Any]:
        """Return the value in force of a criterion: what is found or left open in the block rests on it alone.

        Where only the rulebook sets it, no project and no notice, that is a warning and keeps no document a draft.

        Raises:
            NotApplicable, UnknownLaw: as looking it up does.
        """
        self._criterion = name
        yield self[name]
        self._criterion = ""  # not where something is raised in the block: the judge asks what that rests on

    def begin(self) -> None:
        """Forget what the last object's answer rested on."""
        self._criterion = ""

    @property
    def only_default(self) -> bool:
        """Whether what is answered now rests on a criterion that only the rulebook sets."""
        return self._criterion in self._defaults and self._terms[self._criterion] == self._defaults[self._criterion]

    def states(self, name: str) -> bool:
        """Tell whether law or notice have a value, without using it."""
        return self._terms[name].presence is Presence.VALUE

    def as_of(self, day: dt.date) -> TermsInRule:
        """Return the terms without what notices set after a day; what is used of them is recorded here."""
        then = TermsInRule(self._terms.as_of(day))
        then.used = self.used
        return then

    def on(self, name: str, day: dt.date) -> Any:
        """Return the value as it holds on a day; raises what looking it up raises."""
        if (name, day) not in self._dated:
            self._dated[name, day] = self._value(self._terms[name].on(day))
        return self._dated[name, day]

    def during(self, name: str, first: dt.date, last: dt.date) -> set[Any]:
        """Return the values that hold on the days of a span; raises what looking them up raises."""
        return {self._value(each) for each in self._terms[name].during(first, last)}

    def _value(self, parameter: Parameter) -> Any:
        if parameter.name not in self.used or self.used[parameter.name].sure:
            self.used[parameter.name] = parameter
        if parameter.presence is Presence.NONE:
            raise NotApplicable
        if parameter.presence is Presence.UNKNOWN:
            raise UnknownLaw(parameter)
        return parameter.value


class FiguresInRule(SeenFigures):
    """The figures as a rule sees them: those that it looks at are recorded."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures)
        self.used: dict[str, None] = {}

    def __getitem__(self, name: str) -> Figure:
        self.used[name] = None
        return super().__getitem__(name)


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may look at: the project, its figures, where things were read, and the reference date.

    ``files`` are those of the project's folder. ``verdicts`` are that on reading and, for a rule that is judged last,
    those of all other rules.
    """

    project: Project
    figures: Figures
    origins: Origins
    date: dt.date | None
    files: Files = field(default_factory=Files)
    verdicts: tuple[Verdict, ...] = ()

    def today(self) -> dt.date:
        """Return the reference date.

        Raises:
            Undecided: the project has none, and none was given.
        """
        if self.date is None:
            raise Undecided(_("There is no reference date."), FieldRef("project", self.project.key, "reference_date"))
        return self.date

    def figure(self, name: str) -> Any:
        """Return the value of a figure.

        Raises:
            Undecided: it is unknown; the message says what is missing.
        """
        figure = self.figures[name]
        if figure.value is None:
            raise _lacking(figure)
        return figure.value


def _lacking(figure: Figure) -> Undecided:
    """Return why a figure is unknown, and the way out of it where that is known."""
    message = _unknown(figure.title, figure.subject)
    field = next((part for part in figure.missing if isinstance(part, FieldRef)), None)
    for part in figure.missing:
        if isinstance(part, Parameter):
            told = _(
                "{message} The law in force does not settle “{title}”, and neither does the notice.",
                message=message,
                title=part.title,
            )
            return Undecided(told, field, hint=Message("{way_out}", way_out=part.settling))
        if isinstance(part, Message):
            if part.msgid.endswith((".", "{way_out}")):  # a sentence
                return Undecided(_("{message} {reason}", message=message, reason=part), field)
            return Undecided(_("{message} Missing: {reason}.", message=message, reason=part), field)
    return Undecided(message, field)


def need(noun: Noun, name: str) -> Any:
    """Return a field of an object.

    Raises:
        Undecided: the field is unknown.
    """
    value = getattr(noun, name)
    if value is None:
        attribute = noun.described().get(name)
        title = attribute.title if attribute else name
        raise Undecided(_unknown(title, noun.identity), FieldRef(noun.kind, noun.key, name))
    return value


def _unknown(title: Message | str, subject: tuple[str, str] | None) -> Message:
    if subject is None:
        return _("“{title}” is unknown.", title=title)
    return _("{object}: “{title}” is unknown.", object=describe(subject), title=title)


def describe(subject: tuple[str, str]) -> Message:
    """Return kind and key of an object in words."""
    kind, key = subject
    if kind not in KINDS:
        return Message("{key}", key=key)
    label = KINDS[kind].label
    return label if key == kind else _("{label} {key}", label=label, key=key)  # one of its kind has no key of its own
