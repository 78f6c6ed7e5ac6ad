"""A small round as records, its report, and the workbook that is made of it as a reader opens it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from oekoreport import (
    Amount,
    Finding,
    Locale,
    Message,
    NoOptions,
    Origin,
    Outcome,
    Parameter,
    Place,
    Presence,
    Record,
    Report,
    Severity,
    Status,
    Verdict,
)
from oekoreport.assembly import assemble
from oekoreport.figures import Figures
from oekoreport.results import RESULTS
from oekoreport.savings import SAVINGS
from oekoreport.settlement import SETTLEMENT
from oekoreport.templates import Templates
from oekoreport.terms import terms_in_force
from oekoreport_workbook import oekoreport_exporters

DAY = date(2021, 9, 15)


@dataclass
class Round:
    """Records by kind and key; a test changes what it is about, then asks for the report."""

    records: dict[tuple[str, str], tuple[dict[str, object], str]] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    language: str = "de"
    day: date | None = DAY

    def add(self, kind: str, key: str, parent: str = "", **values: object) -> None:
        """Add a record, or set fields of one that is there."""
        known, known_parent = self.records.get((kind, key), ({}, parent))
        self.records[kind, key] = {**known, **values}, parent or known_parent

    def report(self) -> Report:
        """Assemble the project, compute its figures, and return the report."""
        assembly = assemble(self._records())
        project = assembly.project
        terms = terms_in_force(project, ())
        return Report(
            project=project,
            figures=Figures(project, terms, (RESULTS, SAVINGS, SETTLEMENT)),
            verdicts=self.verdicts,
            origins=assembly.origins,
            terms=terms,
            locale=Locale(self.language),
            date=self.day,
            templates=Templates(()),
            versions={"oekoreport": "0.1.0", "xlsxwriter": "3.3.1"},
            inputs={"projekt.xlsx": "ab" * 32, "erhebung/klinik.xlsx": "cd" * 32},
        )

    def render(self) -> bytes:
        """Return the bytes of the workbook."""
        (exporter,) = oekoreport_exporters()
        (document,) = exporter.render(self.report(), NoOptions())
        assert document.name == ("kohorte.xlsx",)
        return document.content

    def _records(self) -> Iterator[Record]:
        rows: dict[str, int] = {}
        for (kind, key), (values, parent) in self.records.items():
            rows[kind] = rows.get(kind, 4) + 1
            columns = {name: chr(66 + index) for index, name in enumerate(values)}
            yield Record(kind, key, values, Origin("projekt.xlsx", kind, rows[kind], columns), parent)


PEOPLE: Mapping[str, tuple[str, str, str, int]] = {
    "klinik": ("LWL-Klinik (Muster)", "Warstein", "Q 86 Gesundheitswesen", 412),
    "werk": ("Muster Bipolar GmbH & Co. KG", "Warstein", "C 26 Elektronik", 320),
    "hotel": ("Hotel (Muster) Lippstadt", "Lippstadt", "I 55 Beherbergung", 38),
    "bauhof": ("Tagungs- und Kongreßzentrum Bad Sassendorf (Muster) GmbH", "Bad Sassendorf", "O 84", 25),
}
MEASURES: tuple[tuple[str, str, str, str, str, str | None, str | None, tuple[tuple[str, str, str], ...]], ...] = (
    ("M1", "klinik", "LED-Beleuchtung in den Stationen", "energy", "implemented", "48000", "21400.50", (("electricity", "98000", "kWh"),)),
    ("M2", "klinik", "Hydraulischer Abgleich der Heizung", "energy", "implemented", "12500", "9800", (("gas_gross", "180", "MWh"),)),
    ("M3", "klinik", "Speiseabfälle verringern", "waste", "planned", "0", "3200", (("waste", "4.5", "t"),)),
    ("M4", "werk", "Abwärme der Druckluft nutzen", "energy", "implemented", "64000", "18250", (("gas_net", "310000", "kWh"),)),
    ("M5", "werk", "Kreislaufwasser in der Galvanik", "water", "implemented", "22000", "7100", (("water", "2150", "m³"),)),
    ("M6", "hotel", "Durchflussbegrenzer in den Bädern", "water", "implemented", "900", "2460", (("water", "640", "m³"), ("district_heat", "14500", "kWh"))),
    ("M7", "hotel", "Jobrad und Fahrgemeinschaften", "mobility", "planned", None, None, ()),
    ("M8", "bauhof", "Zwei Elektrofahrzeuge statt Diesel", "mobility", "implemented", "38000", "4100", (("diesel", "21000", "kWh"), ("electricity", "-6200", "kWh"))),
    ("M9", "bauhof", "Umweltleitlinien aushängen", "communication", "idea", None, None, ()),
)
LINES = (
    ("1", "Beratung: Workshops, Prüfung", "18500", "18500", None),
    ("2", "Einzelberatung (durch Beiträge gedeckt)", "30000", "0", None),
    ("3", "Öffentlichkeitsarbeit, Broschüre", "5000", "5000", None),
    ("4", "Veranstaltungen", "2500", "1500", "1500"),
)
RECEIPTS = (
    ("B01", "Beratung, 1. Teilrechnung", "Beratung (Muster) GmbH", (("1", "10000.00", "11900.00"), ("2", "25000.00", "29750.00"))),
    ("B02", "Raum für den Auftakt", "Veranstaltungshaus (Muster)", (("4", "1529.16", "1819.70"),)),
    ("B03", "Broschüre, Druck", "Druckerei (Muster) & Söhne", (("3", "5291.44", "5661.84"),)),
    ("B04", "Beratung, Schlussrechnung", "Beratung (Muster) GmbH", (("1", "3982.35", "4739.00"), ("2", "1284.87", "1529.00"))),
)


def a_round() -> Round:
    """Return a clean round: four participants, eight workshops, nine measures, four receipts."""
    made = Round()
    _frame(made)
    for number, (key, (name, town, sector, staff)) in enumerate(PEOPLE.items()):
        _participant(made, number, key, name, town, sector, staff)
    for key, owner, title, area, state, investment, saving, effects in MEASURES:
        money = {name: Decimal(value) for name, value in (("investment", investment), ("saving", saving)) if value is not None}
        made.add("measure", key, f"{owner}/1", title=title, area=area, state=state, quantified=saving is not None, **money)
        for index, (resource, amount, unit) in enumerate(effects, 1):
            made.add("effect", f"{key}/{index}", key, resource=resource, amount=Amount(Decimal(amount), unit))
    _workshops(made)
    _accounts(made)
    return made


def _frame(made: Round) -> None:
    made.add(
        "project",
        "project",
        title="ÖKOPROFIT Kreis Muster 2020/2021",
        purpose="Durchführung einer ÖKOPROFIT-Einsteigerrunde",
        consultant="Beratung (Muster) GmbH",
        starts_on=date(2020, 3, 5),
        ends_on=date(2021, 6, 15),
        planned_workshops=8,
        factor_edition="UBA CLIMATE CHANGE 16/2026",
        factor_year=2020,
        factor_scope="direct",
        sample=True,
    )
    made.add("recipient", "recipient", name="Kreis Muster")
    made.add(
        "grant",
        "grant",
        authority="Ministerium (Muster)",
        financing_type="share",
        rate=Decimal(80),
        cap=Decimal(20000),
        reduction_method="rate",
        period_start=date(2020, 2, 17),
        period_end=date(2021, 7, 31),
    )
    made.add("notice", "N1", notice_kind="grant", date=date(2020, 2, 17), amount=Decimal(20000))


def _participant(made: Round, number: int, key: str, name: str, town: str, sector: str, staff: int) -> None:
    made.add(
        "participant",
        key,
        name=name,
        municipality=town,
        sector=sector,
        staff=Decimal(staff),
        agreed_on=date(2020, 1, 10 + number),
        fee=Decimal("2500.00"),
    )
    made.add("participant_state", f"{key}/s1", key, state="started", date=date(2020, 3, 5))
    made.add("participant_state", f"{key}/s2", key, state="awarded", date=date(2021, 6, 15))
    made.add("site", f"{key}/1", key, name="Hauptstandort", town=town)
    made.add("site_visit", f"{key}/v1", f"{key}/1", date=date(2020, 5, 12 + number), format="on_site")
    made.add(
        "decision",
        f"{key}/d1",
        f"{key}/1",
        decision="awarded",
        decided_on=date(2021, 5, 20),
        certificate_number=f"OEP-2021-0{number + 1}",
        valid_until=date(2022, 6, 30),
    )
    made.add("baseline", f"{key}/b1", f"{key}/1", year=2019, staff=Decimal(staff), area=Decimal(1000 + 750 * number))
    for resource, amount, unit in (("electricity", 180 + 40 * number, "MWh"), ("gas_gross", 420, "MWh"), ("water", 3100, "m³")):
        quantity = Amount(Decimal(amount), unit)
        made.add("consumption", f"{key}/{resource}", f"{key}/b1", resource=resource, amount=quantity, cost=Decimal("9100.40"))
    made.add(
        "income",
        f"{key}/fee",
        source="third",
        income_line="E1",
        participant=key,
        date=date(2020, 4, 15),
        amount=Decimal("2500.00") if number else Decimal("2000.00"),
    )


def _workshops(made: Round) -> None:
    topics = ("Auftakt", "Energie", "Wasser", "Abfall", "Recht", "Mobilität", "Einkauf", "Abschluss")
    for number, topic in enumerate(topics, 1):
        state = "cancelled" if number == 7 else "held"
        made.add(
            "workshop",
            f"w{number}",
            number=number,
            date=date(2020, 2 + number, 5),
            topic=topic,
            state=state,
            format="on_site" if number == 1 else "online",
        )
        for index, key in enumerate(PEOPLE):
            if state == "held" and not (key == "bauhof" and number == 1):
                made.add("attendance", f"w{number}/{key}", f"w{number}", participant=key, present=(number + index) % 5 != 0)


def _accounts(made: Round) -> None:
    made.add("plan", "P1", notice="N1")
    for key, title, planned, eligible, cap in LINES:
        capped = {"cap": Decimal(cap)} if cap else {}
        made.add("expenditure_line", key, "P1", title=title, planned=Decimal(planned), planned_eligible=Decimal(eligible), **capped)
    for key, title, source, planned in (
        ("E1", "Beiträge der Betriebe", "third", "30000"),
        ("E2", "Zuwendung des Landes", "grant", "20000"),
        ("E3", "Eigenanteil", "own", "6000"),
    ):
        made.add("income_line", key, "P1", title=title, source=source, planned=Decimal(planned))
    for number, (key, purpose, payee, parts) in enumerate(RECEIPTS, 1):
        _receipt(made, number, key, purpose, payee, parts)
    made.add("drawdown", "1", paid_on=date(2020, 9, 30), amount=Decimal("9000.00"))


def _receipt(made: Round, number: int, key: str, purpose: str, payee: str, parts: tuple[tuple[str, str, str], ...]) -> None:
    made.add(
        "receipt",
        key,
        receipt_kind="invoice",
        payee=payee,
        purpose=purpose,
        number=f"2020-{number:04}",
        issued_on=date(2020, 6, number),
        service_from=date(2020, 3, 1),
        service_to=date(2020, 5, 31),
        net=sum((Decimal(net) for _line, net, _gross in parts), Decimal(0)),
        gross=sum((Decimal(gross) for _line, _net, gross in parts), Decimal(0)),
        file=f"belege/{key}.pdf",
    )
    for index, (line, net, gross) in enumerate(parts, 1):
        made.add("allocation", f"{key}/{index}", key, line=line, net=Decimal(net), amount=Decimal(gross))
        made.add(
            "payment", f"{key}/z{index}", key, allocation=f"{key}/{index}", date=date(2020, 7, number), amount=Decimal(gross)
        )


def some_verdicts() -> tuple[Verdict, ...]:
    """Return a verdict of each outcome, with a finding, a waived one, an open question, and an unsure fact."""
    failed = Finding(
        "T-2",
        Severity.ERROR,
        Message("Line 3 is exceeded."),
        place=Place("projekt.xlsx", "Plan", "F", 12),
        subject=("expenditure_line", "3"),
        expected="5.000,00 €",
        found="5.661,84 €",
        hint=Message("Explain it."),
    )
    waived = Finding("T-2", Severity.WARNING, Message("Line 4 is under plan."), waived_by="W1")
    opened = Finding("T-3", Severity.ERROR, Message("No date."), place=Place("projekt.xlsx", "Plan"))
    unsure = Parameter("tolerance", "Tolerance", Presence.VALUE, Decimal(20), "%", "law", "1.2", Status.UNCONFIRMED, "pack")

    def verdict(code: str, title: str, outcome: Outcome, **rest: object) -> Verdict:
        parts: dict[str, object] = {"evaluated": 4, "findings": (), "undecided": (), "leaned_on": (), **rest}
        return Verdict(code, Message(title), "test", "basis 1.2", Severity.ERROR, outcome, **parts)  # type: ignore[arg-type]

    return (
        verdict("T-1", "Sums agree", Outcome.PASSED),
        verdict("T-2", "Lines are kept", Outcome.FAILED, findings=(failed, waived), leaned_on=(unsure,)),
        verdict("T-3", "Paid in time", Outcome.UNDECIDED, undecided=(opened,)),
        verdict("T-4", "For private recipients", Outcome.NOT_APPLICABLE, evaluated=0),
    )


@pytest.fixture
def round_() -> Round:
    """A clean round, to be changed by the test."""
    return a_round()


@pytest.fixture
def judged(round_: Round) -> Round:
    """A round with a verdict of each outcome: a draft."""
    round_.verdicts = some_verdicts()
    return round_


@pytest.fixture
def opened() -> Callable[..., Workbook]:
    """Opens bytes as a reader does: the values that stand in the cells, or the formulas behind them."""

    def opens(content: bytes, *, formulas: bool = False) -> Workbook:
        return load_workbook(io.BytesIO(content), data_only=not formulas)

    return opens
