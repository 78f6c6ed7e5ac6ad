"""What an exporter is given, and what it gives back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from oekoreport.figures import Figures, released
from oekoreport.findings import Finding
from oekoreport.language import Locale, Message
from oekoreport.law import Terms
from oekoreport.model import Project
from oekoreport.records import Balance, Origins
from oekoreport.report.reservations import reservations
from oekoreport.report.templates import Templates
from oekoreport.report.unsure import Unsure, unsure
from oekoreport.rules import Verdict


class Rendered(NamedTuple):
    """A document's bytes and notes; ``Document(name, *rendered)`` carries both.

    ``notes`` name what could not be printed as it was: a character that XML cannot hold, one that no font has.
    ``prints_unknown`` says that the mark for unknown stands in it.
    """

    content: bytes
    notes: tuple[Message, ...] = ()
    prints_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its name as parts (folders, then the file) and its bytes.

    Names may hold anything, a company's name included: the core makes them safe. ``notes`` say what could not be
    printed as it was. ``prints_unknown`` says of a PDF that the mark for unknown stands in it: its text cannot be
    read cheaply. ``reproducible`` is False where the same input does not give the same bytes (LibreOffice).
    ``signable`` marks a PDF that somebody signs: ``oekoreport sign`` signs those. ``exporter`` is set by the core.
    """

    name: tuple[str, ...]
    content: bytes
    notes: tuple[Message, ...] = ()
    prints_unknown: bool = False
    reproducible: bool = True
    signable: bool = False
    exporter: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that documents are made of. Exporters print it and compute nothing.

    Attributes:
        project: the project, frozen.
        figures: every number that may be printed, by name.
        verdicts: one for each rule; the first, code ``DATA``, is on what could not be read.
        origins: where each field was read.
        terms: the legal parameters in force, with the packs that they come from.
        locale: the language of the documents.
        date: the reference date; None where the project has none.
        templates: finds templates by name, the project's own first.
        versions: name and version of core, plugins and rulebooks.
        inputs: SHA-256 of each file that was read whole, by name.
        unread: one hash for the files that nobody reads, of their names and beginnings.
        files: the names of all files in the project's folder, read or not.
        balance: what the cells of each file were taken for.
        digest: SHA-256 of what the manifest says was examined: known before any document is made, so that one may print
            it. Empty where nothing is built.
    """

    project: Project
    figures: Figures
    verdicts: tuple[Verdict, ...]
    origins: Origins
    terms: Terms
    locale: Locale
    date: dt.date | None
    templates: Templates
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""
    files: frozenset[str] = frozenset()
    balance: Balance = field(default_factory=Balance)
    digest: str = ""

    def as_of(self, day: dt.date) -> Report:
        """Return what a paper of that day is made of: project, figures and terms as the notices of the day had them."""
        figures, whole = self.figures.standing(day)
        if figures is self.figures:
            return self
        origins = self.origins.renamed(whole)
        return replace(self, project=figures.project, figures=figures, terms=figures.terms, origins=origins)

    @property
    def draft(self) -> bool:
        """Whether documents are marked ENTWURF: errors or open questions stand."""
        return any(verdict.blocks for verdict in self.verdicts)

    @property
    def sample(self) -> bool:
        """Whether every document is marked as made from sample data."""
        return bool(self.project.sample)

    def outward(self) -> Report:
        """Return the report for a paper that leaves the house: figures that participants did not release are withheld.

        Every exporter takes it whose document is not internal; what it holds back cannot be printed by mistake.
        """
        return replace(self, figures=self.figures.once(released))

    def reservations(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return, for a paper that prints these figures, what is unknown or assumed behind them, a sentence each."""
        return tuple(self.locale.show(sentence) for sentence in reservations(self.figures, names))

    def findings(self) -> list[Finding]:
        """Return all findings and open questions, in the order of the verdicts."""
        return [finding for verdict in self.verdicts for finding in (*verdict.findings, *verdict.undecided)]

    def unsure(self) -> tuple[Unsure, ...]:
        """Return the legal parameters that are leaned on and not sure, with what hangs on each, heaviest first."""
        return unsure(self.verdicts, self.figures)
