"""The terms in force: the notice's own over the guideline's over the general conditions, each with source and status.

A parameter has a value (confirmed or not), is ``none`` (this law has no such rule), or is unknown. Nothing is guessed.
Of several notices the one of the latest day holds, of one day the one that comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from oekoreport.characters import folded
from oekoreport.language import LANGUAGES, Locale, Message, catalogue
from oekoreport.law.citations import Citation, Ground
from oekoreport.law.facts import Parameter, Presence, Sort, Status
from oekoreport.law.instruments import Instrument, instrument_of, instruments_in
from oekoreport.law.packs import LEVELS, Pack
from oekoreport.model import Project
from oekoreport.model.notice import Notice, NoticeKind, Term
from oekoreport.model.spelling import BadValue, read_day, read_number, read_percent

_ = catalogue("oekoreport")


class Terms:
    """The parameters in force for a project, and the packs that they come from.

    ``known`` has every parameter that any pack knows, in force or not, and ``titles`` what each is called; ``notices``
    set parameters themselves.
    """

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        packs: Iterable[Pack] = (),
        known: Mapping[str, Parameter] | None = None,
        notices: Iterable[Notice] = (),
    ) -> None:
        self.packs = tuple(packs)
        self.titles = {name: parameter.title for name, parameter in (known or {}).items()}
        self._general = parameters
        self._known = known or {}
        self._notices = tuple(notices)
        self._parameters = {**parameters, **_set_by_notices(self._notices, self._known)}

    def as_of(self, day: date) -> Terms:
        """Return the terms of a day: without what later notices set."""
        notices = [notice for notice in self._notices if notice.date is None or notice.date <= day]
        if len(notices) == len(self._notices):
            return self
        return Terms(self._general, self.packs, self._known, notices)

    def supposing(self, name: str, value: Decimal | str | bool | None) -> Terms:  # noqa: FBT001 - a parameter's value
        """Return the terms as they would be if a notice set a parameter so; None is “no such rule”."""
        presence = Presence.NONE if value is None else Presence.VALUE
        supposed = Terms(self._general, self.packs, self._known, self._notices)
        supposed._parameters[name] = _as_set(self[name], presence, value)
        return supposed

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._parameters.values())

    def cited(self, ground: Ground, project: Project) -> Message | str:
        """Return in words what a rule rests on, a citation as the passage of the edition in force."""
        return ground.among(self.packs, project) if isinstance(ground, Citation) else ground

    def repealed(self, ground: Ground, project: Project) -> bool:
        """Tell whether the edition in force has repealed what a rule rests on."""
        passage = ground.passage(self.packs, project) if isinstance(ground, Citation) else None
        return passage is not None and passage.repealed

    def set_by(self, term: Term) -> Parameter:
        """Return what a term sets by itself, whatever other notices say; unknown where its value cannot be read."""
        return _set_by_notice(term, _named(self._known).get(folded(term.parameter or "")))

    def __getitem__(self, name: str) -> Parameter:
        """Return a parameter; one that no pack in force and no notice names is unknown, as other packs declare it."""
        return self._parameters.get(name) or replace(
            self._known.get(name, Parameter(name, name)),
            presence=Presence.UNKNOWN,
            value=None,
            source=_("not mentioned by any rulebook in force"),
            passage="",
            status=Status.UNCONFIRMED,
            pack="",
            steps=(),
        )


def terms_in_force(project: Project, packs: Iterable[Pack], idle: Iterable[Pack] = ()) -> Terms:
    """Choose the packs that the project falls under: by Land, kind of recipient and instrument, and by edition.

    Of general conditions those hold that the notice attaches, else those for the recipient's kind. The edition is the
    one that the notice names with its date, else the one that was in force on the notice's day. ``idle`` are packs of
    rulebooks that do not apply: they are never in force, but their parameters are known by name.
    """
    packs = tuple(packs)
    of_land = [pack for pack in packs if _of_land(pack, project)]
    attached = instrument_of(project, instruments_in(of_land))
    chosen = list(_in_force([pack for pack in of_land if _concerns(pack, project, attached)], project))
    chosen.sort(key=lambda pack: (LEVELS.index(pack.level), pack.name))
    parameters: dict[str, Parameter] = {}
    for pack in chosen:
        parameters |= pack.parameters
    known = {name: parameter for pack in (*idle, *packs) for name, parameter in pack.parameters.items()}
    return Terms(parameters, chosen, known, project.notices)


def day_of_grant(project: Project) -> date | None:
    """Return the day of the grant notice: it decides which editions apply."""
    return project.grant_notice.date if project.grant_notice else None


EVERY_DAY = ("statute", "criteria")
"""The levels of packs that hold for every notice, whatever its day."""

EDITION = re.compile(r"(?<!vor dem )\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
"""The date that tells an edition, in a pack's title as in a notice: “RdErl. 6.6.2022”; “vor dem” names the next one."""


def _in_force(packs: Iterable[Pack], project: Project) -> Iterator[Pack]:
    """Yield the packs of the editions that apply: where the notice names one of a level, that one alone."""
    packs = list(packs)
    day = day_of_grant(project)
    for level in LEVELS:
        of_level = [pack for pack in packs if pack.level == level]
        named = [pack for pack in of_level if _editions_named(project, level) & _editions_in(pack.title)]
        dated = [pack for pack in named or of_level if level in EVERY_DAY or (day and pack.in_force(day))]
        yield from dated or named


def _editions_named(project: Project, level: str) -> set[tuple[int, int, int]]:
    """Return the dates of editions that the notice names: of its general conditions, or of the guideline."""
    if level == "guideline":
        texts = [project.grant.guideline_edition] if project.grant else []
    else:
        texts = [notice.conditions for notice in project.notices if notice.notice_kind is NoticeKind.GRANT]
    return {edition for text in texts for edition in _editions_in(text or "")} if level not in EVERY_DAY else set()


def _editions_in(text: str) -> set[tuple[int, int, int]]:
    """Return the dates in a text, as year, month and day."""
    return {(int(year), int(month), int(day)) for day, month, year in EDITION.findall(text)}


def _of_land(pack: Pack, project: Project) -> bool:
    """Tell whether a pack is of the Land that makes the grant, or of no Land."""
    return not pack.land or (project.grant is not None and pack.land == project.grant.land)


def _concerns(pack: Pack, project: Project, attached: Instrument | None) -> bool:
    """Tell whether a pack of the Land is the project's, whatever its edition: by recipient, guideline or instrument."""
    if pack.level in EVERY_DAY:
        return not pack.legal_kind or pack.legal_kind == getattr(project.recipient, "legal_kind", None)
    if pack.level == "guideline":
        return pack.instrument == getattr(project.grant, "guideline", None)
    return attached is not None and pack.instrument == attached.name


def _set_by_notices(notices: Iterable[Notice], known: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Return what notices set; a parameter is unknown where an undated notice sets it in another way."""
    found: dict[str, Parameter] = {}
    named = _named(known)
    for notice in sorted(notices, key=lambda notice: notice.date or date.max):
        for term in notice.terms:
            new = _set_by_notice(term, named.get(folded(term.parameter or "")))
            name, old = new.name, found.get(new.name)
            if notice.date is None and old is not None and (new.presence, new.value) != (old.presence, old.value):
                new = replace(new, presence=Presence.UNKNOWN, value=None)
            found[name] = new
    return found


def _named(known: Mapping[str, Parameter]) -> Mapping[str, Parameter]:
    """Return parameters by what a notice's sheet may call them: name or title, in either language and any case."""
    called = {
        folded(Locale(language).show(parameter.title)): parameter
        for parameter in known.values()
        for language in LANGUAGES
    }
    return {**called, **{folded(name): parameter for name, parameter in known.items()}}


def _set_by_notice(term: Term, general: Parameter | None) -> Parameter:
    name = general.name if general else term.parameter or ""
    presence, value = _value_of_term(term.value, general.unit if general else "")
    if general is not None and presence is Presence.VALUE:
        if general.sort is Sort.TEXT:
            value = general.chosen(term.value or "") if general.choices else term.value
        if not general.takes(value):
            presence, value = Presence.UNKNOWN, None
    return _as_set(general or Parameter(name, name), presence, value, term.passage or "")


def _as_set(parameter: Parameter, presence: Presence, value: Any, passage: str = "") -> Parameter:
    """Return a parameter as it is where a notice sets it so."""
    return replace(
        parameter,
        presence=presence,
        value=value,
        source=_("grant notice"),
        passage=passage,
        status=Status.NOTICE,
        pack=_("grant notice"),
        steps=(),
    )


def _bare(text: str | None, unit: str) -> str:
    """Return a term's text without the parameter's own unit behind it: “3 Monate”; per cent is told by its sign."""
    written = (text or "").strip()
    if unit in ("", "%") or not written.casefold().endswith(unit.casefold()):
        return written
    return written[: -len(unit)].strip()


def _value_of_term(text: str | None, unit: str) -> tuple[Presence, Decimal | str | bool | date | None]:
    """Return what a term's text says; of per cent “0,2” may be a share as well, and stays a text that nothing takes."""
    text = _bare(text, unit)
    match text.casefold():
        case "":
            return Presence.UNKNOWN, None
        case "none" | "keine" | "entfällt":
            return Presence.NONE, None
        case "ja" | "yes":
            return Presence.VALUE, True
        case "nein" | "no":
            return Presence.VALUE, False
    for read in (read_percent if unit == "%" or text.endswith("%") else read_number, read_day):
        with suppress(BadValue):
            return Presence.VALUE, read(text)
    return Presence.VALUE, text
