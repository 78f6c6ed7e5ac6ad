"""Packs: the editions of a law as TOML files, read strictly, and what one edition takes over from another.

A plugin has them in its folder ``packs``. A pack holds its head, ``[parameters]``, ``[passages]``, and in
``[confirmations]`` what the signatory of a report confirms::

    [pack]
    title = "ANBest-P Sachsen (VwV-SäHO, Fassung 18.05.2025)"
    level = "conditions"
    land = "SN"
    instrument = "ANBest-P"
    legal_kind = "private"
    valid_from = 2025-05-18
    read = "whole"
    status = "confirmed"
    source = "VwV-SäHO, Abschrift vom 18.5.2025"

    [parameters]
    report_months = { value = 6, passage = "Nr. 6.1" }
    drawdown_after_final = { presence = "unknown" }

    [passages]
    deadline = { number = "6.1" }
    procurement = { number = "3", repealed = true }

    [confirmations]
    expenditure = { text = "Die Ausgaben waren notwendig." }

An entry without ``status`` or ``source`` has that of the head. ``read`` says how much of the edition's own text was
read. An edition with ``extends = "nrw/anbest-g-2020"`` takes every parameter and passage that it does not name itself
from that pack, with the source given there; what is confirmed there stays so only if this text was read as a whole. An
edition whose text nobody read extends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from oekoreport.language import catalogue
from oekoreport.law.declared import FILE as DECLARED_FILE
from oekoreport.law.declared import Declared, declared_in
from oekoreport.law.facts import Parameter, Passage, Presence, Sort, Status, Wording
from oekoreport.law.grades import Grades
from oekoreport.law.strict import BadPack, TomlTable, UnknownWord, Wanted, read_toml
from oekoreport.model.grant import Land
from oekoreport.model.recipient import LegalKind

_ = catalogue("oekoreport")

LEVELS = ("statute", "criteria", "conditions", "guideline")
"""What a pack may be; a later level goes before an earlier one."""

READ = ("whole", "parts", "nothing")
"""How much of an edition's own text was read."""

HEAD: Mapping[str, Wanted] = {
    "title": str,
    "level": LEVELS,
    "land": tuple(Land),
    "instrument": str,
    "legal_kind": tuple(LegalKind),
    "annexes": list,
    "valid_from": date,
    "valid_to": date,
    "extends": str,
    "read": READ,
    "status": tuple(Status),
    "source": str,
}
ALWAYS = ("title", "level", "instrument", "read", "status", "source")
BY_LEVEL = {"conditions": ("land", "legal_kind"), "guideline": ("land",)}
"""What else the head of such a pack has to say: without it the pack would never be in force."""

ENTRY: Mapping[str, Wanted] = {
    "title": str,
    "presence": (Presence.NONE, Presence.UNKNOWN),
    "passage": str,
    "status": tuple(Status),
    "source": str,
}
LASTING = ("title", "passage", "status", "source")
"""What a parameter's ``dated`` values have from it unless they say otherwise."""

PASSAGE: Mapping[str, Wanted] = {"number": str, "repealed": bool, "status": tuple(Status), "source": str}
CONFIRMATION: Mapping[str, Wanted] = {"text": str, "status": tuple(Status), "source": str}


class ExtendsUnread(BadPack):
    """An edition extends another though nobody read its own text: nothing is known that could be the same."""

    def __init__(self, head: TomlTable) -> None:
        super().__init__(
            _(
                "{place}: an edition must not extend another as long as its own text has not been read.",
                place=head.place,
            ),
            hint=_("Remove “extends”, or state with “read” how much of the text was read."),
        )


class ExtendsItself(BadPack):
    """Packs extend each other in a circle."""

    def __init__(self, head: TomlTable, names: tuple[str, ...]) -> None:
        super().__init__(
            _("{place}: these packs extend each other in a circle: {names}.", place=head.place, names=names)
        )


class ValueOrPresence(BadPack):
    """A parameter has both a value and a presence, or neither."""

    def __init__(self, entry: TomlTable) -> None:
        super().__init__(
            _("{place}: a parameter has either a “value” or a “presence” (none, unknown).", place=entry.place)
        )


@dataclass(frozen=True, slots=True)
class Pack:
    """An edition: its parameters, its passages, and what a report confirms under it.

    ``level`` is ``statute`` (law beside all editions), ``criteria`` (of a programme), ``conditions`` or ``guideline``.
    ``legal_kind`` is whom it is for; conditions hold for whoever has them attached. ``annexes`` are how notices cite
    them beside their name: “Anlage 1 zu Nr. 5.1 VVG”.
    """

    name: str
    title: str
    level: str
    instrument: str
    status: Status
    source: str
    parameters: Mapping[str, Parameter]
    passages: Mapping[str, Passage] = field(default_factory=dict)
    confirmations: Mapping[str, Wording] = field(default_factory=dict)
    land: str = ""
    legal_kind: str = ""
    annexes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    read: str = "nothing"
    extends: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether a notice of that day falls under this edition."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def extending(self, other: Pack) -> Pack:
        """Return this edition with what it does not say itself as the other one has it."""
        read = self.read == "whole"
        parameters = {name: each.inherited(self.title, read=read) for name, each in other.parameters.items()}
        passages = {topic: each.inherited(read=read) for topic, each in other.passages.items()}
        confirmations = {name: each.inherited(read=read) for name, each in other.confirmations.items()}
        return replace(
            self,
            parameters={**parameters, **self.parameters},
            passages={**passages, **self.passages},
            confirmations={**confirmations, **self.confirmations},
        )

    def replaced_by(self, text: str, file: str) -> Pack:
        """Return the pack that a project's own file makes of this one; what it does not name stays as it is here.

        Raises:
            BadPack: the file is no pack.
        """
        own = read_pack(text, self.name, Declared(self.parameters, {}), file)
        return replace(own, parameters={**self.parameters, **own.parameters})


@cache
def packs_in(package: str) -> tuple[Pack, ...]:
    """Read the packs of a plugin, the TOML files of its folder ``packs``, in the order of their names.

    Raises:
        BadPack: one of them cannot be read.
    """
    declared, issuer = declared_in(package), package.removeprefix("oekoreport_")
    tables = {
        f"{issuer}/{entry.name.removesuffix('.toml')}": read_toml(
            entry.read_text(encoding="utf-8"), f"{package}/packs/{entry.name}"
        )
        for entry in sorted((files(package) / "packs").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml") and entry.name != DECLARED_FILE
    }
    return tuple(_edition((name,), tables, declared) for name in tables)


def read_pack(text: str, name: str, declared: Declared, file: str = "") -> Pack:
    """Read one pack that stands alone.

    Raises:
        BadPack: the text is no pack.
    """
    return _edition((name,), {name: read_toml(text, file or name)}, declared)


def _edition(names: tuple[str, ...], tables: Mapping[str, TomlTable], declared: Declared) -> Pack:
    """Return the last of some packs that each extend the next, with all that it takes over."""
    table = tables[names[-1]]
    pack, head = _pack(names[-1], table, declared), table.table("pack")
    if not pack.extends:
        return pack
    if pack.read == "nothing":
        raise ExtendsUnread(head)
    if pack.extends not in tables:
        raise UnknownWord(head, pack.extends, tables)
    if pack.extends in names:
        raise ExtendsItself(head, names)
    return pack.extending(_edition((*names, pack.extends), tables, declared))


def _pack(name: str, table: TomlTable, declared: Declared) -> Pack:
    """Return a pack with what it says itself."""
    table.read(dict.fromkeys(("pack", "parameters", "passages", "confirmations"), dict), required=("pack",))
    head = table.table("pack")
    said = head.read(HEAD, required=(*ALWAYS, *BY_LEVEL.get(str(head.values.get("level")), ())))
    parameters, passages = table.table("parameters"), table.table("passages")
    parameters.read(dict.fromkeys(declared.parameters, dict))
    passages.read(dict.fromkeys(declared.topics, dict))
    edition = {"pack": said["title"], "status": said["status"], "source": said["source"]}
    return Pack(
        name,
        parameters={key: _parameter(entry, edition, declared.parameters[key]) for key, entry in parameters.tables()},
        passages={topic: _passage(entry, edition, topic, declared.topics[topic]) for topic, entry in passages.tables()},
        confirmations={key: _wording(entry, edition, key) for key, entry in table.table("confirmations").tables()},
        **{**said, "status": Status(said["status"]), "annexes": tuple(map(str, said.get("annexes", ())))},
    )


def _parameter(entry: TomlTable, edition: Mapping[str, str], declared: Parameter) -> Parameter:
    """Return a declared parameter with what an edition says of it; its steps inherit all but the value."""
    value: Wanted = declared.choices or (list if declared.sort is Sort.GRADES else declared.sort.type)
    said = entry.read({**ENTRY, "value": value, "dated": list})
    lasting = {**edition, **{key: said[key] for key in LASTING if key in said}}
    steps: list[tuple[date, Parameter]] = []
    for step in entry.repeated("dated"):
        changed = step.read({**ENTRY, "value": value, "from": date}, required=("from",))
        steps.append((changed["from"], _filled(step, {**lasting, **changed}, declared)))
    return replace(_filled(entry, {**lasting, **said}, declared), steps=tuple(sorted(steps, key=lambda step: step[0])))


def _filled(entry: TomlTable, said: Mapping[str, Any], declared: Parameter) -> Parameter:
    if ("value" in entry.values) == ("presence" in entry.values):
        raise ValueOrPresence(entry)
    graded = declared.sort is Sort.GRADES and "value" in said
    return replace(
        declared,
        title=said.get("title", declared.title),
        presence=Presence(said.get("presence", Presence.VALUE)),
        value=Grades.from_tables(entry.repeated("value"), entry) if graded else said.get("value"),
        source=said["source"],
        passage=said.get("passage", ""),
        status=Status(said["status"]),
        pack=said["pack"],
        steps=(),
    )


def _passage(entry: TomlTable, edition: Mapping[str, str], topic: str, title: str) -> Passage:
    said = {**edition, **entry.read(PASSAGE, required=("number",))}
    return Passage(topic, title, said["number"], said["source"], Status(said["status"]), said.get("repealed", False))


def _wording(entry: TomlTable, edition: Mapping[str, str], name: str) -> Wording:
    said = {**edition, **entry.read(CONFIRMATION, required=("text",))}
    return Wording(name, said["text"], said["source"], Status(said["status"]))
