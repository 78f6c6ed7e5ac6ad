"""The terms in force: the notice's own over the guideline's over the general conditions, each with source and status.

A parameter has a value (confirmed or not), is ``none`` (this law has no such rule), or is unknown. Nothing is guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from oekoreport.errors import ReferenceDataError
from oekoreport.language import Message, catalogue
from oekoreport.model import Project
from oekoreport.model.notice import NoticeKind, Term
from oekoreport.model.spelling import BadValue, read_day, read_number

_ = catalogue("oekoreport")


class Status(StrEnum):
    """How sure a legal fact is."""

    CONFIRMED = "confirmed"
    OTHER_LAND = "confirmed (other Land)"
    SECONDARY = "secondary"
    CONTRADICTED = "contradicted"
    UNCONFIRMED = "unconfirmed"
    NOTICE = "set by the notice"

    @property
    def label(self) -> Message:
        """The status in words."""
        return STATUS_LABELS[self]

    @property
    def sure(self) -> bool:
        """Whether a verdict may lean on it without saying so."""
        return self in (Status.CONFIRMED, Status.NOTICE)


STATUS_LABELS = {
    Status.CONFIRMED: _("confirmed"),
    Status.OTHER_LAND: _("confirmed for another Land"),
    Status.SECONDARY: _("from a secondary source"),
    Status.CONTRADICTED: _("contradicted"),
    Status.UNCONFIRMED: _("unconfirmed"),
    Status.NOTICE: _("set by the notice"),
}


class Presence(StrEnum):
    """Whether the law in force has a parameter."""

    VALUE = "value"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal parameter: its value with unit, source, passage and status, and the pack or notice that it is from.

    ``steps`` are the values of a parameter that changes by date within an edition (interest), each with the day from
    which it holds; the parameter's own value is the one before the first. ``choices`` are the values of a parameter
    that has no other.
    """

    name: str
    title: Message | str
    presence: Presence
    value: Decimal | str | bool | date | None
    unit: str
    source: str
    passage: str
    status: Status
    pack: str
    steps: tuple[tuple[date, Parameter], ...] = ()
    choices: tuple[str, ...] = ()

    def takes(self, value: object) -> bool:
        """Tell whether a value is of the parameter's sort: a number where it has a unit, one of its choices."""
        if self.choices:
            return value in self.choices
        return isinstance(value, Decimal) if self.unit or isinstance(self.value, Decimal) else True

    def on(self, day: date) -> Parameter:
        """Return the parameter as it holds on a day."""
        return next((step for start, step in reversed(self.steps) if start <= day), self)


LEVELS = ("statute", "criteria", "conditions", "guideline")
"""What a pack may be; a later level goes before an earlier one."""

EVERYWHERE = ("statute", "criteria")
"""The levels that hold in every Land and for every notice."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Dated parameters.

    ``level`` is ``statute`` (law that holds for everybody), ``criteria`` (of a programme, in every Land),
    ``conditions`` or ``guideline``.
    """

    name: str
    title: str
    level: str
    land: str
    instrument: str
    legal_kind: str
    valid_from: date | None
    valid_to: date | None
    status: Status
    source: str
    parameters: Mapping[str, Parameter]

    def in_force(self, day: date) -> bool:
        """Tell whether a notice of that day falls under this edition."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @classmethod
    def from_toml(cls, text: str, name: str) -> Self:
        """Read a pack from TOML; floats are read as exact decimals.

        Raises:
            ReferenceDataError: where the text does not hold a pack.
        """
        try:
            data = tomllib.loads(text, parse_float=Decimal)
            return cls._from_data(data, name)
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise ReferenceDataError(_("{name} is no rule pack: {error}", name=name, error=str(error))) from error

    @classmethod
    def _from_data(cls, data: Mapping[str, Any], name: str) -> Self:
        head = data["pack"]
        status = Status(head["status"])
        if head["level"] not in LEVELS:
            message = f"level is one of {', '.join(LEVELS)}"
            raise ValueError(message)
        inherited = {"source": head["source"], "status": head["status"]}
        parameters = {
            key: _parameter(key, inherited | entry, head["title"]) for key, entry in data.get("parameters", {}).items()
        }
        return cls(
            name=name,
            title=head["title"],
            level=head["level"],
            land=head.get("land", ""),
            instrument=head["instrument"],
            legal_kind=head.get("legal_kind", ""),
            valid_from=head.get("valid_from"),
            valid_to=head.get("valid_to"),
            status=status,
            source=head["source"],
            parameters=parameters,
        )


def _parameter(name: str, entry: Mapping[str, Any], pack: str) -> Parameter:
    """Return a parameter of a pack; its ``dated`` entries inherit what they do not say."""
    plain = {key: value for key, value in entry.items() if key != "dated"}
    dated = sorted(entry.get("dated", ()), key=lambda step: step["from"])
    return Parameter(
        name=name,
        title=entry["title"],
        presence=Presence(entry.get("presence", "value")),
        value=_typed(entry.get("value")),
        unit=entry.get("unit", ""),
        source=entry["source"],
        passage=entry.get("passage", ""),
        status=Status(entry["status"]),
        pack=pack,
        choices=tuple(entry.get("choices", ())),
        steps=tuple((step["from"], _parameter(name, plain | step, pack)) for step in dated),
    )


def _typed(value: object) -> Decimal | str | bool | date | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if value is None or isinstance(value, Decimal | str | bool | date):
        return value
    message = f"a parameter cannot hold {value!r}"
    raise ValueError(message)


class Terms:
    """The parameters in force for a project, and the packs that they come from.

    ``titles`` has every name that any pack knows, in force or not, with what it is called.
    """

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        packs: Iterable[Pack] = (),
        titles: Mapping[str, Message | str] | None = None,
    ) -> None:
        self._parameters = parameters
        self.packs = tuple(packs)
        self.titles = titles or {}

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._parameters.values())

    def __getitem__(self, name: str) -> Parameter:
        """Return a parameter; one that no pack and no notice names is unknown."""
        return self._parameters.get(name) or Parameter(
            name,
            self.titles.get(name, name),
            Presence.UNKNOWN,
            None,
            "",
            _("named by no rulebook in force"),
            "",
            Status.UNCONFIRMED,
            "",
        )


def terms_in_force(project: Project, packs: Iterable[Pack], idle: Iterable[Pack] = ()) -> Terms:
    """Choose the packs that the project falls under: by Land, instrument and kind of recipient, and by edition.

    The edition is the one that the notice names with its date, else the one that was in force on the notice's day.
    ``idle`` are packs of rulebooks that do not apply: they are never in force, but their parameters are known by name.
    """
    packs = tuple(packs)
    chosen = list(_in_force([pack for pack in packs if _concerns(pack, project)], project))
    chosen.sort(key=lambda pack: (LEVELS.index(pack.level), pack.name))
    parameters: dict[str, Parameter] = {}
    for pack in chosen:
        parameters |= pack.parameters
    general = {name: parameter for pack in (*idle, *packs) for name, parameter in pack.parameters.items()}
    for term in _notice_terms(project):
        parameters[term.parameter or ""] = _set_by_notice(term, general.get(term.parameter or ""))
    return Terms(parameters, chosen, {name: parameter.title for name, parameter in general.items()})


def day_of_grant(project: Project) -> date | None:
    """Return the day of the grant notice: it decides which editions apply."""
    return next((notice.date for notice in project.notices if notice.notice_kind is NoticeKind.GRANT), None)


EDITION = re.compile(r"\b\d{2}\.\d{2}\.\d{4}\b")
"""The date that tells an edition, in a pack's title as in a notice: “RdErl. 06.06.2022”."""


def _in_force(packs: Iterable[Pack], project: Project) -> Iterator[Pack]:
    """Yield the packs of the editions that apply: where the notice names one of a level, that one alone."""
    packs = list(packs)
    day = day_of_grant(project)
    for level in LEVELS:
        of_level = [pack for pack in packs if pack.level == level]
        named = [pack for pack in of_level if _editions_named(project, level) & set(EDITION.findall(pack.title))]
        dated = [pack for pack in named or of_level if level in EVERYWHERE or (day and pack.in_force(day))]
        yield from dated or named


def _editions_named(project: Project, level: str) -> set[str]:
    """Return the dates of editions that the notice names: of its general conditions, or of the guideline."""
    if level == "guideline":
        texts = [project.grant.guideline_edition] if project.grant else []
    else:
        texts = [notice.conditions for notice in project.notices if notice.notice_kind is NoticeKind.GRANT]
    return {edition for text in texts for edition in EDITION.findall(text or "")} if level not in EVERYWHERE else set()


def _concerns(pack: Pack, project: Project) -> bool:
    """Tell whether a pack is of the project's Land, instrument and kind of recipient, whatever its edition."""
    grant, recipient = project.grant, project.recipient
    if pack.level in EVERYWHERE:
        return True
    if grant is None or recipient is None or pack.land != grant.land:
        return False
    if pack.level == "guideline":
        return pack.instrument == grant.guideline
    return pack.legal_kind == recipient.legal_kind


def _notice_terms(project: Project) -> Iterator[Term]:
    for notice in project.notices:
        yield from notice.terms


def _set_by_notice(term: Term, general: Parameter | None) -> Parameter:
    presence, value = _value_of_term(term.value)
    if general is not None and presence is Presence.VALUE and not general.takes(value):
        presence, value = Presence.UNKNOWN, None
    name = term.parameter or ""
    return Parameter(
        name=name,
        title=general.title if general else name,
        presence=presence,
        value=value,
        unit=general.unit if general else "",
        choices=general.choices if general else (),
        source=_("grant notice"),
        passage=term.passage or "",
        status=Status.NOTICE,
        pack=_("grant notice"),
    )


def _value_of_term(text: str | None) -> tuple[Presence, Decimal | str | bool | date | None]:
    match (text or "").strip().casefold():
        case "":
            return Presence.UNKNOWN, None
        case "none" | "keine" | "entfällt":
            return Presence.NONE, None
        case "ja" | "yes":
            return Presence.VALUE, True
        case "nein" | "no":
            return Presence.VALUE, False
    for read, written in ((read_number, (text or "").removesuffix("%")), (read_day, text)):
        with suppress(BadValue):
            return Presence.VALUE, read(written)
    return Presence.VALUE, text
