"""The vocabulary of plugin authors: every name that ``oekoreport`` hands out, and the file that defines it."""

from oekoreport.contract import API, Exporter, Importer, NoOptions, hookimpl
from oekoreport.errors import OekoreportError, SourceError, TemplateError
from oekoreport.figures import UNKNOWN, WITHHELD, Fact, FieldRef, Figure, FigureRef, Figures
from oekoreport.findings import Finding, Severity, number_of
from oekoreport.folder import INTERNAL
from oekoreport.language import Locale, Message, catalogue, texts
from oekoreport.law import Matter, Pack, Parameter, Presence, PublishedCase, Sort, Status, Terms
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
from oekoreport.records import (
    LEFT_OUT_NUMBERS,
    UNREADABLE,
    Cells,
    Claim,
    Origin,
    Origins,
    Record,
    Role,
    Source,
    numbers_left_out,
    stand_in,
)
from oekoreport.report import Document, Report, TemplateFolder, Unsure, shipped_templates
from oekoreport.rules.case import Case, Issue, NotApplicable, TermsInRule, Undecided, describe, need
from oekoreport.rules.rule import PRODUCT, Rule, Rulebook, rule, rules_in, with_cases
from oekoreport.rules.verdict import Outcome, Verdict
from oekoreport.units import BASE_UNITS, Amount, Quantity, euro, quantity
