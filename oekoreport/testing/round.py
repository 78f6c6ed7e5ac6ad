"""The clean round: small, complete, and green under every built-in rule. Case files change it where they must.

Two participants, two expenditure lines, two receipts, all of it spent as planned: 1,500 EUR, of which 80 % are granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from oekoreport.model import KINDS, attributes
from oekoreport.places import column_letters
from oekoreport.records import Origin, Record

FILE = "runde.xlsx"
PARTICIPANTS = ("klinik", "werk")


def clean_round() -> list[Record]:
    """Return the records of the clean round; each field has a cell of ``runde.xlsx``, a sheet for each kind."""
    rows = count(2)
    return [
        Record(kind, key, values, Origin(FILE, kind, next(rows), _columns(kind)), parent)
        for kind, key, parent, values in (*_project(), *_accounts(), *_participants(), *_workshops(), *_words())
    ]


def _columns(kind: str) -> Mapping[str, str]:
    return {attribute.name: column_letters(index + 1) for index, attribute in enumerate(attributes(KINDS[kind]))}


Row = tuple[str, str, str, Mapping[str, object]]


def _project() -> Iterator[Row]:
    """Yield project, recipient, grant, notice and plan."""
    yield (
        "project",
        "project",
        "",
        {
            "title": "ÖKOPROFIT Kreis Muster 2024/2025",
            "module": "entry",
            "purpose": "Durchführung einer ÖKOPROFIT-Einsteigerrunde",
            "region": "Kreis Muster",
            "starts_on": "01.03.2024",
            "ends_on": "30.06.2025",
            "reference_date": "15.09.2025",
            "consultant": "Beratung Muster GmbH",
            "planned_workshops": 4,
            "planned_participants": 2,
            "factor_edition": "UBA CLIMATE CHANGE 16/2026",
            "factor_year": 2024,
            "factor_scope": "direct",
            "sample": True,
        },
    )
    yield (
        "recipient",
        "recipient",
        "",
        {
            "name": "Kreis Muster",
            "street": "Musterweg 1",
            "postcode": "12345",
            "town": "Musterstadt",
            "legal_kind": "municipal",
            "contact_role": "Stabsstelle Klimaschutz",
        },
    )
    yield (
        "grant",
        "grant",
        "",
        {
            "authority": "Ministerium Muster",
            "land": "NW",
            "guideline": "Richtlinie ÖKOPROFIT",
            "financing_type": "share",
            "rate": "80 %",
            "cap": "1200,00",
            "reduction_method": "rate",
            "period_start": "12.02.2024",
            "period_end": "31.07.2025",
            "period_test": "both",
            "report_due": "31.10.2025",
            "report_due_kind": "period",
            "receipts_list": True,
        },
    )
    yield (
        "notice",
        "ZB1",
        "",
        {
            "notice_kind": "grant",
            "date": "12.02.2024",
            "reference": "VII-0-00.00 (Muster)",
            "final_on": "15.02.2024",
            "amount": "1200,00",
            "conditions": "ANBest-G",
            "subject": "Bewilligung",
        },
    )
    yield "term", "ZB1/1", "ZB1", {"parameter": "minimum_participants_entry", "value": "2", "passage": "II Nr. 1"}
    yield "term", "ZB1/2", "ZB1", {"parameter": "line_tolerance", "value": "20 %", "passage": "II Nr. 2"}
    yield "term", "ZB1/3", "ZB1", {"parameter": "minimum_grant", "value": "1000", "passage": "II Nr. 3"}
    yield "term", "ZB1/4", "ZB1", {"parameter": "minimum_workshops_entry", "value": "4", "passage": "II Nr. 4"}
    yield "term", "ZB1/5", "ZB1", {"parameter": "report_months", "value": "3", "passage": "II Nr. 5"}
    yield "plan", "plan", "", {"notice": "ZB1"}
    yield "income_line", "beitraege", "plan", {"title": "Beiträge der Betriebe", "source": "third", "planned": "200,00"}
    yield "income_line", "land", "plan", {"title": "Zuwendung des Landes", "source": "grant", "planned": "1200,00"}
    yield "income_line", "eigen", "plan", {"title": "Eigenmittel", "source": "own", "planned": "100,00"}
    for key, title, planned in (("honorar", "Honorar", "1000,00"), ("druck", "Druck", "500,00")):
        yield "expenditure_line", key, "plan", {"title": title, "planned": planned, "planned_eligible": planned}


def _accounts() -> Iterator[Row]:
    """Yield contract, receipts, income, drawdown and the totals of the books."""
    yield (
        "contract",
        "V1",
        "",
        {
            "subject": "Beratung",
            "line": "honorar",
            "contractor": "Beratung Muster GmbH",
            "procedure": "negotiated",
            "offers": 3,
            "record": True,
            "awarded_on": "24.02.2024",
            "amount": "840,34",
        },
    )
    yield from _receipt(
        "R1",
        ("honorar", "consultancy", "V1"),
        ("840,34", "19 %", "159,66", "1000,00"),
        ("01.03.2024", "30.06.2024", "14.07.2024"),
    )
    yield from _receipt(
        "R2",
        ("druck", "print", ""),
        ("467,29", "7 %", "32,71", "500,00"),
        ("01.06.2025", "10.06.2025", "20.06.2025"),
    )
    for key in PARTICIPANTS:
        yield (
            "income",
            f"E-{key}",
            "",
            {
                "source": "third",
                "income_line": "beitraege",
                "participant": key,
                "payer": key,
                "date": "15.04.2024",
                "amount": "100,00",
            },
        )
    yield "drawdown", "M1", "", {"requested_on": "15.09.2024", "paid_on": "30.09.2024", "amount": "500,00"}
    yield "need", "M1/1", "M1", {"line": "honorar", "amount": "500,00"}
    for year, side, total in (
        (2024, "expenditure", "1000,00"),
        (2025, "expenditure", "500,00"),
        (2024, "income", "700,00"),
    ):
        yield "ledger_control", f"{side}-{year}", "", {"account": "56.01", "side": side, "year": year, "total": total}


def _receipt(key: str, what: tuple[str, ...], amounts: tuple[str, ...], days: tuple[str, ...]) -> Iterator[Row]:
    """Yield a receipt of one part (``R1/1``), paid at once (``R1-1``)."""
    line, kind, contract = what
    net, rate, vat, gross = amounts
    service_from, service_to, paid_on = days
    yield (
        "receipt",
        key,
        "",
        {
            "receipt_kind": "invoice",
            "addressee": "Kreis Muster",
            "payee": "Beratung Muster GmbH",
            "purpose": f"Leistung {key}",
            "number": f"2024-{key}",
            "issued_on": service_to,
            "service_from": service_from,
            "service_to": service_to,
            "vat_case": "standard",
            "vat_rate": rate,
            "net": net,
            "vat": vat,
            "gross": gross,
            **({"contract": contract} if contract else {}),
        },
    )
    yield "allocation", f"{key}/1", key, {"line": line, "expenditure_type": kind, "net": net, "amount": gross}
    yield "payment", f"{key}-1", key, {"date": paid_on, "amount": gross}


def _participants() -> Iterator[Row]:
    """Yield the ceremony, and participants with all that leads to the award."""
    ceremony = {"date": "15.06.2025", "place": "Musterstadt", "jury": "Kreis Muster", "signatories": "Landrätin"}
    yield "award", "award", "", ceremony
    for number, key in enumerate(PARTICIPANTS, 1):
        yield (
            "participant",
            key,
            "",
            {
                "name": f"{key.capitalize()} Muster",
                "municipality": "Musterstadt",
                "staff": 100,
                "agreed_on": "20.01.2024",
                "fee": "100,00",
                "policy": True,
                "team": True,
                "legal_check": True,
                "released": True,
            },
        )
        for step, day in (("started", "05.03.2024"), ("examined", "20.05.2025"), ("awarded", "15.06.2025")):
            yield "participant_state", f"{key}-{step}", key, {"state": step, "date": day}
        yield from _site(f"{key}-1", key, f"OEP-{number}")


def _site(key: str, participant: str, certificate: str) -> Iterator[Row]:
    """Yield a site with visit, inventory, three measures implemented, one planned, and the decision."""
    yield "site", key, participant, {"name": "Hauptstandort", "town": "Musterstadt"}
    yield "site_visit", f"{key}-v", key, {"date": "12.06.2024", "format": "on_site"}
    yield "baseline", f"{key}-b", key, {"year": 2023, "staff": 100}
    yield "consumption", f"{key}-b-strom", f"{key}-b", {"resource": "electricity", "amount": "100.000 kWh"}
    for number, state in enumerate(("implemented", "implemented", "implemented", "planned"), 1):
        measure = f"{key}-m{number}"
        yield (
            "measure",
            measure,
            key,
            {
                "title": f"Beleuchtung {number}",
                "area": "energy",
                "state": state,
                "implemented_on": "30.11.2024",
                "investment": "1000,00",
                "saving": "250,00",
                "quantified": True,
            },
        )
        effect = {"resource": "electricity", "amount": "1.000 kWh", "recurrence": "annual"}
        yield "effect", f"{measure}-e", measure, effect
    decision = {
        "decision": "awarded",
        "decided_on": "25.05.2025",
        "certificate_number": certificate,
        "valid_until": "30.06.2026",
    }
    yield "decision", f"{key}-d", key, decision


def _workshops() -> Iterator[Row]:
    """Yield four workshops that were held, with everybody present."""
    for number, day in enumerate(("05.03.2024", "10.06.2024", "09.09.2024", "10.02.2025"), 1):
        key = f"W{number}"
        yield (
            "workshop",
            key,
            "",
            {"number": number, "date": day, "topic": "Energie", "state": "held", "format": "on_site"},
        )
        for participant in PARTICIPANTS:
            yield "attendance", f"{key}-{participant}", key, {"participant": participant, "present": True}


def _words() -> Iterator[Row]:
    """Yield the narrative, and a publication that names the grant."""
    for section in ("course", "results"):
        yield "narrative", section, "", {"section": section, "text": "Die Runde verlief wie geplant."}
    publication = {"date": "16.06.2025", "medium": "Pressemitteilung", "title": "Auszeichnung", "funding_notice": True}
    yield "publication", "P1", "", publication
