"""The worked examples of the settlement come out as they are written down."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Fact, FieldRef
from oekoreport.law import terms_in_force
from oekoreport.records.assembly import assemble
from oekoreport.records.record import Origin, Record

HERE = Origin("example.toml")
EXAMPLES: list[dict[str, Any]] = [
    example
    for name in ("settlement_examples.toml", "use_examples.toml")
    for example in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["example"]
]
TERMS = {
    "line_tolerance": "20",
    "drawdown_window_months": "2",
    "reduction_threshold": "none",
    "interest_threshold": "none",
    "fixed_amount_limited": "none",
    "donations_replace_own_funds": "none",
    "gap_reduction_shared": "none",
    "recall_minimum": "none",
    "forgone_discount_deducted": "ja",
}
GRANT = {"financing_type": "share", "rate": "80 %", "cap": "800", "land": "NW"}
INCOME = {
    "fees": {"source": "third", "planned": "300"},
    "own": {"source": "own", "planned": "400"},
    "land": {"source": "grant", "planned": "800"},
}
LINES = {
    "work": {"planned": "1.000", "planned_eligible": "1.000"},
    "rest": {"planned": "500", "planned_eligible": "0"},
}


def entry(kind: str, key: str, parent: str, values: dict[str, Any]) -> Record:
    return Record(kind, key, values, HERE, parent)


def records(example: dict[str, Any]) -> list[Record]:
    """Return the round of an example."""
    return [*_frame(example), *_spent(example), *_receipts(example), *_received(example), *_drawn(example)]


def _frame(example: dict[str, Any]) -> list[Record]:
    terms = TERMS | example.get("terms", {})
    lines, income = LINES | by_key(example.get("lines", [])), INCOME | by_key(example.get("income", []))
    return [
        entry("grant", "grant", "", GRANT | example.get("grant", {})),
        entry(
            "notice",
            "N",
            "",
            {
                "notice_kind": "grant",
                "date": example.get("notice", "01.01.2024"),
                "amount": example.get("granted", "800"),
            },
        ),
        *(entry("term", name, "N", {"parameter": name, "value": value}) for name, value in terms.items()),
        entry("plan", "P", "", {"notice": "N"}),
        *(entry("expenditure_line", key, "P", values) for key, values in lines.items()),
        *(entry("income_line", key, "P", values) for key, values in income.items()),
    ]


def by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["key"]: {name: value for name, value in row.items() if name != "key"} for row in rows}


def _spent(example: dict[str, Any]) -> list[Record]:
    found = []
    for number, spent in enumerate(example.get("spent", []), 1):
        service = spent.get("service", [None, None])
        payment = {"allocation": f"B{number}/1", "amount": spent["amount"], "date": spent.get("paid", "01.03.2024")}
        payment |= {name: spent[name] for name in ("discount_forgone",) if name in spent}
        part = {"line": spent["line"], "amount": spent["amount"]} | {n: spent[n] for n in ("net",) if n in spent}
        found += [
            entry("receipt", f"B{number}", "", {"service_from": service[0], "service_to": service[1]}),
            entry("allocation", f"B{number}/1", f"B{number}", part),
            entry("payment", f"B{number}/1", f"B{number}", payment),
        ]
    return found


def _receipts(example: dict[str, Any]) -> list[Record]:
    """Return the receipts of an example: ``R1`` with its parts ``R1/1`` … and its payments ``R1/1`` …."""
    found = []
    for number, receipt in enumerate(example.get("receipts", []), 1):
        key, own = f"R{number}", {name: value for name, value in receipt.items() if name not in ("parts", "payments")}
        found.append(entry("receipt", key, "", own))
        found += [entry("allocation", f"{key}/{n}", key, part) for n, part in enumerate(receipt["parts"], 1)]
        found += [entry("payment", f"{key}/{n}", key, payment) for n, payment in enumerate(receipt["payments"], 1)]
    return found


def _received(example: dict[str, Any]) -> list[Record]:
    base = {"source": "third", "income_line": "fees", "date": "01.02.2024"}
    return [entry("income", f"E{n}", "", base | income) for n, income in enumerate(example.get("received", []), 1)]


def _drawn(example: dict[str, Any]) -> list[Record]:
    return [
        entry("drawdown", str(number), "", {"amount": drawn["amount"], "paid_on": drawn["paid"]})
        for number, drawn in enumerate(example.get("drawn", []), 1)
    ]


def figures_of(example: dict[str, Any]) -> Figures:
    assembly = assemble(records(example))
    assert assembly.findings == ()
    return Figures(assembly.project, terms_in_force(assembly.project, []), CHAPTERS)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["title"] for example in EXAMPLES])
def test_example(example: dict[str, Any]) -> None:
    figures = figures_of(example)
    for name, expected in example["expect"].items():
        figure = figures[name]
        if expected == "unknown":
            assert not figure.known, name
            assert figure.missing, name
        else:
            assert str(figure.day or figure.rounded) == expected, name


def test_each_example_says_its_arithmetic_and_its_source() -> None:
    assert len(EXAMPLES) >= 20
    assert all(example["words"].strip() and example["source"].strip() for example in EXAMPLES)
    assert len({example["title"] for example in EXAMPLES}) == len(EXAMPLES)


def test_the_basis_of_interest_names_days_rates_and_principal() -> None:
    example = next(example for example in EXAMPLES if example["title"] == "Interest on a repayment over two half-years")
    basis = figures_of(example)["settlement.repayment_interest"].basis
    text = "60 days from {} to the day before {} at {} % a year (base rate {} %, 3 points)"
    assert [str(part.title).split(": ", 1) for part in basis if isinstance(part, Fact)] == [
        ["80.00\u00a0€", text.format("2024-05-01", "2024-07-01", "6.62", "3.62")],
        ["80.00\u00a0€", text.format("2024-07-01", "2024-09-01", "6.37", "3.37")],
    ]
    assert FieldRef("drawdown", "1", "paid_on") in basis
