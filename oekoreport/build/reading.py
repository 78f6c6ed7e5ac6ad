"""Reading: each file goes to the importer that is surest of it; whatever goes wrong is a finding on that file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from oekoreport.contract import ForeignFault, Importer, Registry, foreign_code
from oekoreport.errors import OekoreportError, SourceError
from oekoreport.findings import Finding, Findings, Severity
from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records import Cells, Claim, FileTooLarge, Record, Role, Source
from oekoreport.steps import ImporterStopped, Kind, grow, step

_ = catalogue("oekoreport")

FILE_REFUSED = "DATA-FILE"
CLAIMED_TWICE = "DATA-CLAIMED-TWICE"
IMPORTER_STOPPED = "DATA-IMPORTER"

MEMORY_PER_BYTE = 60
"""So many times its size a file may take in memory: packed tables are read at forty times."""

BYTES_PER_SECOND = 200_000
"""For so much of a file a second of computing is honest: 100,000 receipts have 7 MB, and take a third of that."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What importers made of files: records, findings, the balance, and the files that none of them claims."""

    records: list[Record] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    balance: list[Cells] = field(default_factory=list)
    unclaimed: list[Source] = field(default_factory=list)

    def take(self, item: object) -> None:
        """Keep what an importer yields beside records.

        Raises:
            TypeError: it is nothing that an importer may yield.
        """
        if isinstance(item, Cells):
            self.balance.append(item)
        elif isinstance(item, Finding):
            self.findings.append(item)
        else:
            message = f"{type(item).__name__} is no Record, Finding or Cells"
            raise TypeError(message)

    def leave_out(self, finding: Finding) -> None:
        """Forget what a file held, its findings too, but for this one on it."""
        assert finding.place is not None  # noqa: S101 - the caller names the file
        file = finding.place.file
        self.records[:] = [record for record in self.records if record.origin.file != file]
        self.findings.leave_out(file)
        self.balance[:] = [
            replace(cells, role=Role.LEFT_OUT, reason=finding.message) if cells.place.file == file else cells
            for cells in self.balance
        ]
        self.findings.append(finding)


def read(sources: Iterable[Source], registry: Registry) -> Reading:
    """Return what the installed importers read of files, in the files' order."""
    reading, asked = Reading(), _Asked(registry)
    for source in sources:
        try:
            with step(Kind.READING, source.name, seconds=_seconds(source)):
                if importer := _importer_for(source, asked, reading):
                    grow(source.weight * MEMORY_PER_BYTE)
                    _read(importer, source, reading)
        except SourceError as error:  # it cannot be opened, or was stopped before
            reading.findings.append(_finding(error, source))
        source.release()
    return reading


def _seconds(source: Source) -> float:
    """Return how many seconds beyond the usual a file may take."""
    return source.weight / BYTES_PER_SECOND


class _Asked:
    """The importers that are asked whether a file is theirs; one of a plugin that never answers is asked no more.

    A built-in one answers for any file that can be read: where it does not, the file is at fault.
    """

    def __init__(self, registry: Registry) -> None:
        self.importers = [*registry.importers]
        self._own = registry.own_importers

    def claims(self, source: Source, findings: Findings) -> Iterator[tuple[Claim, Importer]]:
        """Yield how sure each importer is of a file."""
        for importer in tuple(self.importers):
            ours = importer.name in self._own
            watched = nullcontext() if ours else step(Kind.IMPORTER, importer.name, seconds=_seconds(source))
            try:
                with watched:
                    claim = _claim(importer, source, findings, ours=ours)
            except ImporterStopped as error:
                self.importers.remove(importer)
                findings.append(Finding(IMPORTER_STOPPED, Severity.ERROR, error.message, hint=error.hint))
            else:
                yield claim, importer


def _importer_for(source: Source, asked: _Asked, reading: Reading) -> Importer | None:
    claims = list(asked.claims(source, reading.findings))
    best = max((claim for claim, _importer in claims), default=Claim.NONE)
    if best is Claim.NONE:
        reading.unclaimed.append(source)
        return None
    winners = [importer for claim, importer in claims if claim is best]
    if len(winners) == 1:
        return winners[0]
    names = tuple(importer.name for importer in winners)
    message = _("Several importers claim this file: {names}. It was not read.", names=names)
    hint = _("Exclude one of their plugins: --without NAME.")
    reading.findings.append(Finding(CLAIMED_TWICE, Severity.ERROR, message, Place(source.name), hint=hint))
    return None


def _claim(importer: Importer, source: Source, findings: Findings, *, ours: bool) -> Claim:
    """Ask an importer; one that raises has no claim, and the file a finding."""
    try:
        with foreign_code(may_raise=SourceError, ours=ours):
            return Claim(importer.claims(source))
    except FileTooLarge:
        return Claim.NONE  # whoever has to read a file whole to know it does not know one that is too large
    except OekoreportError as error:
        findings.append(_refused(importer, source, error))
        return Claim.NONE


def _read(importer: Importer, source: Source, reading: Reading) -> None:
    """Read one file. An exception of the importer becomes a finding on this file; other files are still read."""
    try:
        with foreign_code(may_raise=SourceError):
            for item in importer.read(source):
                if isinstance(item, Record):
                    reading.records.append(item)
                else:
                    reading.take(item)
    except OekoreportError as error:
        reading.findings.append(_refused(importer, source, error))


def _refused(importer: Importer, source: Source, error: OekoreportError) -> Finding:
    """Return why a file was not read: what the importer says of it, or that the importer itself failed."""
    if isinstance(error, ForeignFault):
        error = error.because(_("The importer {name} failed: {problem}", name=importer.name, problem=error.message))
    return _finding(error, source)


def _finding(error: OekoreportError, source: Source) -> Finding:
    return Finding(FILE_REFUSED, Severity.ERROR, error.message, error.place or Place(source.name), hint=error.hint)
