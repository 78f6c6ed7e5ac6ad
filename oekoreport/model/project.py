"""The project: the root of everything that a round holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property

from oekoreport.language import catalogue
from oekoreport.model.award import Award, Decision
from oekoreport.model.codes import Code
from oekoreport.model.confirmation import Confirmation
from oekoreport.model.contract import Contract
from oekoreport.model.drawdown import Drawdown
from oekoreport.model.fields import Count, Day, Flag, Number, Text, Year
from oekoreport.model.grant import Grant
from oekoreport.model.income import Income
from oekoreport.model.ledger import LedgerControl
from oekoreport.model.measure import Measure
from oekoreport.model.narrative import Narrative, Publication
from oekoreport.model.notice import Notice, NoticeKind
from oekoreport.model.notification import Notification
from oekoreport.model.noun import Noun, field
from oekoreport.model.participant import Participant
from oekoreport.model.plan import FinancingPlan, by_day
from oekoreport.model.receipt import Receipt
from oekoreport.model.recipient import Recipient
from oekoreport.model.site import Site
from oekoreport.model.waiver import Waiver
from oekoreport.model.workshop import Workshop

_ = catalogue("oekoreport")


class Module(Code):
    """The kind of ÖKOPROFIT project (Modul)."""

    ENTRY = "entry", _("Entry module")
    MICRO = "micro", _("Micro module")
    CLUB = "club", _("Club module")
    ENERGY = "energy", _("Energy module")
    SPECIAL = "special", _("Special project")


class FactorScope(Code):
    """What emission factors count: the CO2 of combustion alone, or greenhouse gases with what comes before it."""

    DIRECT = "direct", _("CO2, direct emissions")
    UPSTREAM = "upstream", _("CO2 equivalents with upstream chain")


class Project(Noun):
    """A round that is funded (Vorhaben, Runde), with everything that belongs to it."""

    kind = "project"
    label = _("Project")

    title: Text = field(
        _("Title"),
        _("The round's name as the grant notice has it."),
        example="ÖKOPROFIT Kreis Muster 2024/2025",
        required=True,
    )
    module: Module | None = field(
        _("Module"), _("The funding guideline's module that the round belongs to."), example="entry", required=True
    )
    purpose: Text = field(
        _("Purpose of the grant"),
        _("The purpose in the notice's words."),
        example="Durchführung einer ÖKOPROFIT-Einsteigerrunde",
        required=True,
    )
    region: Text = field(
        _("Region"), _("The district or town that the round is held in."), example="Kreis Muster", required=True
    )
    starts_on: Day = field(_("Project start"), _("First day of the round itself."), example="2024-03-01", required=True)
    ends_on: Day = field(_("Project end"), _("Last day of the round itself."), example="2025-06-30", required=True)
    reference_date: Day = field(
        _("Reference date"),
        _("The day (Stichtag) by which deadlines and expiry dates are judged; documents carry it as their date."),
        example="2025-09-15",
        required=True,
    )
    consultant: Text = field(
        _("Consultancy"), _("Who was commissioned to run the round."), example="Beratung Muster GmbH", required=True
    )
    partners: Text = field(
        _("Partners"),
        _("Cooperation partners, separated by semicolons."),
        example="IHK Muster; Effizienz-Agentur Muster",
    )
    municipalities: Text = field(
        _("Municipalities"),
        _("Towns and municipalities that take part, separated by semicolons."),
        example="Musterstadt; Musterdorf",
    )
    planned_workshops: Count = field(
        _("Planned workshops"), _("How many joint workshops the round is to have."), example=8, required=True
    )
    planned_participants: Count = field(
        _("Planned participants"), _("How many companies and institutions were to take part."), example=12
    )
    target_energy: Number = field(
        _("Target: energy"), _("Energy to be saved per year, if a target was set."), example=500000, unit="kWh/a"
    )
    target_co2: Number = field(
        _("Target: CO2"), _("CO2 to be saved per year, if a target was set."), example=150, unit="t/a"
    )
    factor_edition: Text = field(
        _("Edition of the electricity factor"),
        _("Edition of the table that the emission factor of electricity is taken from."),
        example="UBA CLIMATE CHANGE 16/2026",
        required=True,
    )
    factor_year: Year = field(
        _("Year of the electricity factor"),
        _("The year whose electricity mix savings are computed with."),
        example=2024,
        required=True,
    )
    factor_scope: FactorScope | None = field(
        _("Scope of the emission factors"),
        _("Whether factors count direct CO2 or the upstream chain too."),
        example="direct",
        required=True,
    )
    sample: Flag = field(
        _("Sample data"), _("“Yes” marks every document as made from sample data."), example=False, default=False
    )

    recipient: Recipient | None = None
    grant: Grant | None = None
    award: Award | None = None
    notices: tuple[Notice, ...] = ()
    plans: tuple[FinancingPlan, ...] = ()
    contracts: tuple[Contract, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    incomes: tuple[Income, ...] = ()
    drawdowns: tuple[Drawdown, ...] = ()
    ledger_controls: tuple[LedgerControl, ...] = ()
    notifications: tuple[Notification, ...] = ()
    participants: tuple[Participant, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    publications: tuple[Publication, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @cached_property
    def plan(self) -> FinancingPlan | None:
        """The financing plan in force: that of the latest notice; None where the day of one is unknown."""
        return next(reversed(by_day(self.plans, self.notices)), None)

    @property
    def plan_before(self) -> FinancingPlan | None:
        """The version before the plan in force; None where there is none."""
        return next(iter(by_day(self.plans, self.notices)[-2:-1]), None)

    @property
    def grant_notice(self) -> Notice | None:
        """The notice that granted it all, which decides which law applies; of several the earliest."""
        granting = [notice for notice in self.notices if notice.notice_kind is NoticeKind.GRANT]
        return min(granting, key=lambda notice: notice.date or dt.date.max, default=None)

    @cached_property
    def receipt_keys(self) -> frozenset[str]:
        """The keys of all receipts, for those that refer to another."""
        return frozenset(receipt.key for receipt in self.receipts)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Noun, ...]]:
        """All that is nested in the project, by kind, in the order of the sheets."""
        kinds: dict[str, list[Noun]] = {}
        for noun in self.everything():
            kinds.setdefault(noun.kind, []).append(noun)
        return {kind: tuple(nouns) for kind, nouns in kinds.items()}

    def workshops_for(self, participant: Participant) -> list[Workshop]:
        """Return the workshops that count for a participant: those held while it took part."""
        return [workshop for workshop in self.workshops if workshop.was_held and participant.took_part(workshop.date)]

    def sites(self) -> Iterator[Site]:
        """Yield every site of every participant."""
        for participant in self.participants:
            yield from participant.sites

    def measures(self) -> Iterator[Measure]:
        """Yield the measures of every participant that count in the results of the round."""
        for participant in self.participants:
            yield from participant.measures()

    def decisions(self) -> Iterator[tuple[Participant, Site, Decision]]:
        """Yield every decision on an award, with its participant and site."""
        for participant in self.participants:
            for site in participant.sites:
                for decision in site.decisions:
                    yield participant, site, decision
