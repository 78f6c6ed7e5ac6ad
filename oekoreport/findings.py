"""What is wrong with the data, and how much it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")


class Severity(IntEnum):
    """How much a finding weighs: errors keep a document a draft, warnings want an explanation, notes inform."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> Message:
        """The severity in words."""
        return (_("Note"), _("Warning"), _("Error"))[self - 1]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (Feststellung), with its place and the way out.

    ``subject`` is kind and key of the object that it speaks of; ``waived_by`` the key of the waiver that covers it.
    A ``question`` of an importer is an open question: no mistake is proven, and documents stay drafts until it is
    answered. ``number`` is how many it tells of: more than one where it stands for those that are not listed.
    """

    code: str
    severity: Severity
    message: Message
    place: Place | None = None
    subject: tuple[str, str] | None = None
    expected: Message | str | None = None
    found: Message | str | None = None
    basis: Message | str | None = None
    hint: Message | None = None
    waived_by: str | None = None
    question: bool = False
    number: int = 1

    def localize(self, locale: Locale) -> str:
        """Return the finding as text: place, code and message on one line, the way out below."""
        where = f"{locale.show(self.place)}  " if self.place else ""
        lines = [f"{where}{self.code}  {locale.show(self.message)}"]
        if self.hint:
            lines.append(f"  {locale.show(self.hint)}")
        return "\n".join(lines)


LISTED = 100
"""So many findings of one cause are listed of a column: nobody corrects 500,000 cells by a list; each takes 2 kB."""

LISTED_OF_SHEET = 2000
"""So many are listed of a sheet, which may have 16,384 columns."""

Cause = tuple[str, str, Severity, bool, str | None, str, str]


def number_of(findings: Iterable[Finding]) -> int:
    """Return how many findings there are, those that are not listed too."""
    return sum(finding.number for finding in findings)


class Findings:
    """What was found: of one cause the first of each column, and how many others there are.

    A cause is a code and a wording in a sheet, and the waiver that covers it. What is not listed weighs as much as what
    is.
    """

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._listed: list[Finding] = []
        self._others: dict[Cause, tuple[int, Finding]] = {}
        self._times: dict[Cause | tuple[Cause, str], int] = {}
        self.extend(findings)

    def append(self, finding: Finding) -> None:
        """Add a finding."""
        place, times = finding.place or Place(""), self._times
        wording = finding.message.msgid
        cause = (finding.code, wording, finding.severity, finding.question, finding.waived_by, place.file, place.sheet)
        of_sheet, of_column = times.get(cause, 0), times.get((cause, place.column), 0)
        if of_sheet < LISTED_OF_SHEET and of_column < LISTED:
            times[cause], times[cause, place.column] = of_sheet + 1, of_column + 1
            self._listed.append(finding)
        else:
            number, first = self._others.get(cause, (0, finding))
            self._others[cause] = number + finding.number, first

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings."""
        for finding in findings:
            self.append(finding)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._listed
        yield from (_others(number, first) for number, first in self._others.values())

    def leave_out(self, file: str) -> None:
        """Forget what was found in a file."""
        self._listed = [each for each in self._listed if each.place is None or each.place.file != file]
        self._others = {cause: others for cause, others in self._others.items() if cause[-2] != file}


def _others(number: int, first: Finding) -> Finding:
    """Return what is told of the findings that are not listed."""
    return Finding(
        first.code,
        first.severity,
        _("From here on there are further findings of this kind: {number}.", number=number),
        first.place,
        hint=_("Correct those that are listed; the next check lists further ones."),
        waived_by=first.waived_by,
        question=first.question,
        number=number,
    )
