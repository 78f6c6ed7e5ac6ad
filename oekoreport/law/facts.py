"""Facts of the law: parameters and passages, each with its source and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from oekoreport.characters import folded
from oekoreport.language import Message, catalogue
from oekoreport.law.grades import Grades
from oekoreport.model.codes import Code
from oekoreport.units import Quantity

_ = catalogue("oekoreport")


class Status(Code):
    """How sure a legal fact is."""

    CONFIRMED = "confirmed", _("confirmed")
    OTHER_LAND = "confirmed (other Land)", _("confirmed for another Land")
    SECONDARY = "secondary", _("from a secondary source")
    CONTRADICTED = "contradicted", _("contradicted")
    UNCONFIRMED = "unconfirmed", _("unconfirmed")
    NOTICE = "set by the notice", _("set by the notice")
    ASSUMED = "assumed", _("assumed by this program")

    @property
    def sure(self) -> bool:
        """Whether a verdict may use it without a remark."""
        return self in (Status.CONFIRMED, Status.NOTICE)

    def unless_read(self, *, read: bool) -> Status:
        """Return the status in another edition: what was confirmed stays so only where that text was read too."""
        return self if read or not self.sure else Status.UNCONFIRMED


class Presence(StrEnum):
    """Whether the law in force has a parameter."""

    VALUE = "value"
    NONE = "none"
    UNKNOWN = "unknown"


class Sort(Code):
    """What a parameter is: its values are Decimal, str, date, bool or Grades."""

    NUMBER = "number", _("a number")
    TEXT = "text", _("a text")
    DAY = "day", _("a day")
    FLAG = "yes or no", _("a yes or a no")
    GRADES = "grades", _("amounts graded by the grant, which only a pack states")

    @property
    def type(self) -> type[Decimal | str | date | bool | Grades]:
        """The type of its values."""
        return TYPES[self]


class Matter(Code):
    """What a parameter is about: a letter to the authority groups its questions so, in this order."""

    PLAN = "plan", _("Expenditure and financing plan")
    PAYOUT = "payout", _("Payout and use of the grant")
    REPAYMENT = "repayment", _("Interest and repayment")
    PROOF = "proof", _("Proof of use and deadlines")
    OTHER = "other", _("Other matters")


TYPES: dict[Sort, type[Decimal | str | date | bool | Grades]] = {
    Sort.NUMBER: Decimal,
    Sort.TEXT: str,
    Sort.DAY: date,
    Sort.FLAG: bool,
    Sort.GRADES: Grades,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal parameter: its value with unit, source, passage and status, and the pack or notice that it is from.

    ``steps`` are the values of a parameter that changes by date within an edition (interest), each with the day from
    which it holds; the parameter's own value is the one before the first. ``choices`` are the values of a parameter
    that has no other, ``words`` what each of them means. ``settled_by`` says what to enter where one that is not sure
    can be settled; without it, a term of the notice settles it. ``question`` asks the authority for it in a sentence,
    ``matter`` says what that is about.
    ``outcomes`` says what comes out in each way in which one that is open can be settled.
    """

    name: str
    title: Message | str
    presence: Presence = Presence.UNKNOWN
    value: Decimal | str | bool | date | Grades | None = None
    unit: str = ""
    source: str = ""
    passage: str = ""
    status: Status = Status.UNCONFIRMED
    pack: str = ""
    steps: tuple[tuple[date, Parameter], ...] = ()
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sort: Sort = Sort.TEXT
    settled_by: Message | str = ""
    question: Message | str = ""
    matter: Matter = Matter.OTHER
    outcomes: Message | str = ""

    @property
    def sure(self) -> bool:
        """Whether what leans on it may go without a remark: its value is known, and confirmed or set by the notice."""
        return self.presence is not Presence.UNKNOWN and self.status.sure

    @property
    def standing(self) -> Message:
        """How sure it is, in words; what nobody knows is unknown, however well the rest of its law was read."""
        return _("unknown") if self.presence is Presence.UNKNOWN else self.status.label

    @property
    def held(self) -> object:
        """Its value as it is shown: with its unit, or in words where there is none."""
        if self.presence is not Presence.VALUE:
            return _("no such rule") if self.presence is Presence.NONE else _("unknown")
        if isinstance(self.value, Grades):
            return self.value.words
        if self.choices:
            return self.named(str(self.value))
        return Quantity(self.value, self.unit) if isinstance(self.value, Decimal) else self.value

    @property
    def where(self) -> tuple[Message | str, ...]:
        """The edition and the passage that it is from, those of them that there are."""
        return tuple(part for part in (self.pack, self.passage) if part)

    @property
    def certainty(self) -> str:
        """How sure it is, as other programs read it: the code of its status, or ``unknown``."""
        return "unknown" if self.presence is Presence.UNKNOWN else self.status.value

    def takes(self, value: object) -> bool:
        """Tell whether a value is of the parameter's sort, and one of its choices where it has any."""
        if self.choices:
            return value in self.choices
        return self.sort is Sort.TEXT or isinstance(value, self.sort.type)

    def chosen(self, text: str) -> str:
        """Return the choice that a text names, as it stands or in words; the text itself where it names none."""
        meant = {folded(told): choice for choice in self.choices for told in (choice, self.named(choice))}
        return meant.get(folded(text), text)

    def named(self, choice: str) -> str:
        """Return a choice in words."""
        return dict(zip(self.choices, self.words, strict=False)).get(choice, choice)

    @property
    def taken(self) -> Message:
        """What the parameter takes, in words."""
        if self.choices:
            return Message("{choices}", choices=" / ".join(map(self.named, self.choices)))
        return _("a number ({unit})", unit=self.unit) if self.unit else self.sort.label

    @property
    def settling(self) -> Message | str:
        """What to enter, and where, so that it is sure; who tells so shows its title beside."""
        if self.settled_by:
            return self.settled_by
        if self.choices:
            return _("Enter it in the sheet “Terms” under this title: {taken}.", taken=self.taken)
        if self.sort is Sort.FLAG:
            return _("Enter it in the sheet “Terms” under this title: yes or no.")
        if self.sort is Sort.GRADES:
            return _("Enter “none” in the sheet “Terms” under this title; graded amounts come with the law of a Land.")
        return _("Enter it in the sheet “Terms” under this title: {taken}, or “none”.", taken=self.taken)

    def on(self, day: date) -> Parameter:
        """Return the parameter as it holds on a day."""
        return next((step for start, step in reversed(self.steps) if start <= day), self)

    def during(self, first: date, last: date) -> tuple[Parameter, ...]:
        """Return the parameter as it holds on the days of a span, each value once."""
        return (self.on(first), *(step for start, step in self.steps if first < start <= last))

    def inherited(self, pack: str, *, read: bool) -> Parameter:
        """Return the parameter as an edition has it that extends this one; ``read`` is whether its text was read."""
        steps = tuple((day, step.inherited(pack, read=read)) for day, step in self.steps)
        return replace(self, status=self.status.unless_read(read=read), pack=pack, steps=steps)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where an edition settles a topic: the number of the passage, with its source and status.

    What an edition has ``repealed`` binds nobody: rules on such a topic judge nothing under it.
    """

    topic: str
    title: str
    number: str
    source: str
    status: Status
    repealed: bool = False

    def of(self, law: str) -> Message:
        """Return the passage as a basis: ``ANBest-G NRW Nr. 7.1``, marked where it is repealed or nobody read it."""
        if self.repealed:
            return _("{law} Nr. {number} (repealed)", law=law, number=self.number)
        if self.status.sure:
            return Message("{law} Nr. {number}", law=law, number=self.number)
        return _("{law} Nr. {number} (number not confirmed)", law=law, number=self.number)

    def inherited(self, *, read: bool) -> Passage:
        """Return the passage as an edition has it that extends this one; ``read`` is whether its text was read."""
        return replace(self, status=self.status.unless_read(read=read))


@dataclass(frozen=True, slots=True)
class Wording:
    """What the signatory of a report confirms, in an edition's or a form's own words, with source and status."""

    name: str
    text: str
    source: str
    status: Status

    def inherited(self, *, read: bool) -> Wording:
        """Return the wording as an edition has it that extends this one; ``read`` is whether its text was read."""
        return replace(self, status=self.status.unless_read(read=read))
