"""oekoreport: reads what a district holds about a funded round, checks it rule by rule, writes what it owes.

This is the vocabulary of plugin authors; ``oekoreport.kit`` has what plugins are built with.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "contract": ("API", "Exporter", "Importer", "NoOptions", "hookimpl"),
    "errors": ("OekoreportError", "SourceError", "TemplateError"),
    "figures": ("Fact", "FieldRef", "Figure", "FigureRef", "Figures", "UNKNOWN"),
    "findings": ("Finding", "Severity"),
    "language": ("Locale", "Message", "catalogue", "texts"),
    "law": ("Pack", "Parameter", "Presence", "Status", "Terms"),
    "model": ("Attribute", "KINDS", "Noun", "Project", "attributes"),
    "model.aid": ("Aid", "AidRegulation"),
    "model.award": ("Award", "Decision", "DecisionKind"),
    "model.baseline": ("Baseline", "Consumption"),
    "model.codes": ("Code",),
    "model.confirmation": ("Confirmation",),
    "model.contract": ("Contract", "Procedure"),
    "model.drawdown": ("Drawdown", "Need"),
    "model.grant": ("DeadlineKind", "FinancingType", "Grant", "Land", "PeriodTest", "ReductionMethod"),
    "model.income": ("Income",),
    "model.ledger": ("LedgerControl", "LedgerSide"),
    "model.measure": ("Area", "Effect", "Measure", "MeasureState", "Recurrence", "Resource"),
    "model.narrative": ("Narrative", "Publication", "ReportKind", "Section"),
    "model.notice": ("Notice", "NoticeKind", "Term"),
    "model.notification": ("Notification",),
    "model.participant": ("Participant", "ParticipantState", "State"),
    "model.plan": ("ExpenditureLine", "FinancingPlan", "FundingSource", "IncomeLine"),
    "model.project": ("FactorScope", "Module"),
    "model.receipt": ("Allocation", "ExpenditureType", "Payment", "Receipt", "ReceiptKind", "VatCase"),
    "model.recipient": ("LegalKind", "Recipient"),
    "model.site": ("Site",),
    "model.visit": ("SiteVisit",),
    "model.waiver": ("Waiver", "WaiverKind"),
    "model.workshop": ("Attendance", "Format", "Workshop", "WorkshopState"),
    "places": ("Place", "column_letters"),
    "records": ("Claim", "Origin", "Origins", "Record", "Source", "UNREADABLE"),
    "report": ("Document", "Report", "TemplateFolder", "shipped_templates"),
    "rules.case": ("Case", "Issue", "NotApplicable", "TermsInRule", "Undecided", "describe", "need"),
    "rules.rule": ("PRODUCT", "Rule", "Rulebook", "rule", "rules_in"),
    "rules.verdict": ("Outcome", "Verdict"),
    "units": ("BASE_UNITS", "Amount", "euro", "quantity"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - computed from the table above, pinned by a test

if TYPE_CHECKING:
    from oekoreport.contract import API, Exporter, Importer, NoOptions, hookimpl
    from oekoreport.errors import OekoreportError, SourceError, TemplateError
    from oekoreport.figures import UNKNOWN, Fact, FieldRef, Figure, FigureRef, Figures
    from oekoreport.findings import Finding, Severity
    from oekoreport.language import Locale, Message, catalogue, texts
    from oekoreport.law import Pack, Parameter, Presence, Status, Terms
    from oekoreport.model import KINDS, Attribute, Noun, Project, attributes
    from oekoreport.model.aid import Aid, AidRegulation
    from oekoreport.model.award import Award, Decision, DecisionKind
    from oekoreport.model.baseline import Baseline, Consumption
    from oekoreport.model.codes import Code
    from oekoreport.model.confirmation import Confirmation
    from oekoreport.model.contract import Contract, Procedure
    from oekoreport.model.drawdown import Drawdown, Need
    from oekoreport.model.grant import DeadlineKind, FinancingType, Grant, Land, PeriodTest, ReductionMethod
    from oekoreport.model.income import Income
    from oekoreport.model.ledger import LedgerControl, LedgerSide
    from oekoreport.model.measure import Area, Effect, Measure, MeasureState, Recurrence, Resource
    from oekoreport.model.narrative import Narrative, Publication, ReportKind, Section
    from oekoreport.model.notice import Notice, NoticeKind, Term
    from oekoreport.model.notification import Notification
    from oekoreport.model.participant import Participant, ParticipantState, State
    from oekoreport.model.plan import ExpenditureLine, FinancingPlan, FundingSource, IncomeLine
    from oekoreport.model.project import FactorScope, Module
    from oekoreport.model.receipt import Allocation, ExpenditureType, Payment, Receipt, ReceiptKind, VatCase
    from oekoreport.model.recipient import LegalKind, Recipient
    from oekoreport.model.site import Site
    from oekoreport.model.visit import SiteVisit
    from oekoreport.model.waiver import Waiver, WaiverKind
    from oekoreport.model.workshop import Attendance, Format, Workshop, WorkshopState
    from oekoreport.places import Place, column_letters
    from oekoreport.records import UNREADABLE, Claim, Origin, Origins, Record, Source
    from oekoreport.report import Document, Report, TemplateFolder, shipped_templates
    from oekoreport.rules.case import Case, Issue, NotApplicable, TermsInRule, Undecided, describe, need
    from oekoreport.rules.rule import PRODUCT, Rule, Rulebook, rule, rules_in
    from oekoreport.rules.verdict import Outcome, Verdict
    from oekoreport.units import BASE_UNITS, Amount, euro, quantity


def __getattr__(name: str) -> Any:
    """Import a name of the vocabulary when it is first used, so that ``oekoreport --help`` stays fast."""
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
