"""Examining a project: what was taken in becomes figures and verdicts, and the report that documents are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from oekoreport.build.intake import RECORDS_PER_SECOND, Intake, take_in
from oekoreport.build.manifest import versions
from oekoreport.contract import Registry
from oekoreport.figures import CHAPTERS, Figures
from oekoreport.findings import Severity
from oekoreport.folder import OWN_TEMPLATES
from oekoreport.language import Locale, catalogue
from oekoreport.law import Pack, terms_in_force
from oekoreport.model import standing
from oekoreport.report import Report, Templates
from oekoreport.rules import PRODUCT, Case, Outcome, Verdict, answered, judge
from oekoreport.steps import Kind, step

_ = catalogue("oekoreport")


def report_on(folder: Path, registry: Registry, as_of: date | None = None) -> Report:
    """Read and examine a project.

    Raises:
        NoProjectFolder, UnreadableProject, ProjectStopped: nothing is known of a project there.
    """
    intake = take_in(folder, registry)
    with step(Kind.PROJECT, str(folder), seconds=intake.records / RECORDS_PER_SECOND):
        return examine(intake, registry, as_of)


def examine(intake: Intake, registry: Registry, as_of: date | None = None) -> Report:
    """Compute the figures, judge the rules, and return what documents are made of.

    ``as_of`` goes before the project's own reference date, and what came by a later notice is left out; the clock is
    never asked.
    """
    project, origins = intake.assembly.project, intake.assembly.origins
    if as_of is not None:
        project, whole = standing(project, as_of)
        origins = origins.renamed(whole)
    rulebooks = registry.rulebooks
    templates = Templates(registry.templates, intake.folder / OWN_TEMPLATES)
    asked = [_own(pack, templates) for book in rulebooks if book.applies_to(project) for pack in book.packs]
    idle = [pack for book in rulebooks if not book.applies_to(project) for pack in book.packs]
    terms = terms_in_force(project, asked, idle)
    figures = Figures(project, terms, CHAPTERS)
    day = as_of or project.reference_date
    case = Case(project, figures, origins, day, intake.files)
    reading = _reading_verdict(intake, case)
    case = replace(case, verdicts=(reading,))
    verdicts = (reading, *judge(rulebooks, case, terms))
    inputs = intake.files.inputs  # rules may have looked at files that nothing else did
    return Report(
        project=project,
        figures=figures,
        verdicts=verdicts,
        origins=origins,
        terms=terms,
        locale=Locale("de"),
        date=day,
        templates=templates,
        versions=versions(registry),
        inputs=inputs.hashes,
        unread=inputs.unread,
        files=frozenset(intake.files),
        balance=intake.balance,
    )


def _own(pack: Pack, templates: Templates) -> Pack:
    """Return the project's own criteria in place of those that a plugin brings; law has no file of the project's own.

    Raises:
        ReferenceDataError: the project's file holds no criteria.
    """
    content = templates.find(f"{pack.name}.toml") if pack.level == "criteria" else None
    if content is None:
        return pack
    return pack.replaced_by(content.decode(errors="replace"), f"{OWN_TEMPLATES}/{pack.name}.toml")


def _reading_verdict(intake: Intake, case: Case) -> Verdict:
    """Return what became of reading: its findings, answered questions among them, and those that are open."""
    told = [answered(finding, case) if finding.question else finding for finding in intake.assembly.findings]
    findings = tuple(finding for finding in told if not finding.question or finding.waived_by)
    questions = tuple(finding for finding in told if finding.question and not finding.waived_by)
    weighty = [finding for finding in findings if finding.severity > Severity.NOTE]
    return Verdict(
        "DATA",
        _("All entries could be read"),
        "core",
        PRODUCT,
        max((finding.severity for finding in weighty), default=Severity.ERROR),
        Outcome.of(weighty, questions, evaluated=True),
        intake.records,
        findings,
        questions,
    )
