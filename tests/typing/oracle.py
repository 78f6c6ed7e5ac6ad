"""The figures of a round, computed from its facts in the plainest way and by no code of the product."""

from __future__ import annotations

from decimal import Decimal

from tests.typing.facts import Facts, Measure, Part, Receipt, euro

KWH = {"kWh": Decimal(1), "MWh": Decimal(1000)}
TONNES_A_KWH = {
    "electricity": Decimal("0.000353"),  # UBA CLIMATE CHANGE 16/2026, direct, 2024
    "gas_net": Decimal("0.0002009"),  # EBeV 2030
    "gas_gross": Decimal("0.0002009") * Decimal("0.903"),
}
NET_A_GROSS = {"gas_gross": Decimal("0.903")}
TOLERANCE = Decimal("1.2")


def expected(facts: Facts) -> dict[str, Decimal]:
    """Return the figures of the settlement, the savings and the attendance by their names."""
    return {**_settlement(facts), **_savings(facts), **_attendance(facts)}


def _settlement(facts: Facts) -> dict[str, Decimal]:
    spent = {line.key: Decimal(0) for line in facts.lines}
    eligible = {line.key: Decimal(0) for line in facts.lines}
    for receipt in facts.receipts:
        for index, part in enumerate(receipt.parts):
            paid = _paid(receipt, index)
            spent[part.line] += paid
            eligible[part.line] += _eligible(receipt, index, part, paid) if part.line != "3" else 0
    fees = sum((fee.amount for fee in facts.fees), Decimal(0))
    covered = min(fees, spent.get(facts.covered_line, Decimal(0)))
    free = fees - covered
    planned_covered = min(facts.planned_fees, _planned(facts, facts.covered_line))
    more = max(free - (facts.planned_fees - planned_covered), Decimal(0))
    planned = sum((line.eligible for line in facts.lines), Decimal(0))
    recognized = sum((min(eligible[line.key], euro(line.eligible * TOLERANCE)) for line in facts.lines), Decimal(0))
    base = min(recognized - more, planned)
    whole = sum(spent.values(), Decimal(0))
    grant = max(min(euro(base * facts.rate / 100), facts.granted, whole - fees), Decimal(0))
    return {
        **{f"line.spent/{key}": amount for key, amount in spent.items()},
        **{f"line.eligible/{key}": amount for key, amount in eligible.items()},
        "expenditure.spent": whole,
        "settlement.cover_funds": fees,
        "settlement.direct_cover": covered,
        "settlement.recognized": recognized,
        "settlement.base": base,
        "settlement.grant_due": grant,
        "settlement.own_funds": whole - fees - grant,
        "fees.received": fees,
    }


def _planned(facts: Facts, key: str) -> Decimal:
    return sum((line.planned for line in facts.lines if line.key == key), Decimal(0))


def _paid(receipt: Receipt, index: int) -> Decimal:
    """Sum what was paid on a part: what names it, and its share of what names none."""
    paid = Decimal(0)
    for payment in receipt.payments:
        if payment.part == index or len(receipt.parts) == 1:
            paid += payment.amount
        elif payment.part is None:
            shares = [euro(payment.amount * part.gross / receipt.gross) for part in receipt.parts]
            shares[-1] = payment.amount - sum(shares[:-1], Decimal(0))
            paid += shares[index]
    return paid


def _eligible(receipt: Receipt, index: int, part: Part, paid: Decimal) -> Decimal:
    if part.eligible is not None:
        return min(part.eligible, paid)
    forgone = (each.forgone or Decimal(0) for each in receipt.payments if len(receipt.parts) == 1 or each.part == index)
    return paid - sum(forgone, Decimal(0))


def _savings(facts: Facts) -> dict[str, Decimal]:
    found = {
        "savings.money": sum((measure.saving for measure in facts.measures), Decimal(0)),
        "investment.total": sum((measure.investment for measure in facts.measures), Decimal(0)),
        "savings.energy": sum(map(_energy, facts.measures), Decimal(0)),
        "savings.co2": sum(map(_co2, facts.measures), Decimal(0)),
        "measures.programme": Decimal(len(facts.measures)),
        "measures.implemented": Decimal(sum(measure.implemented for measure in facts.measures)),
    }
    for resource in ("water", "waste"):
        found[f"savings.{resource}"] = sum(
            (effect.number for measure in facts.measures for effect in measure.effects if effect.resource == resource),
            Decimal(0),
        )
    for company in facts.companies:
        own = [measure for measure in facts.measures if measure.company == company.key]
        found[f"savings.money/{company.key}"] = sum((measure.saving for measure in own), Decimal(0))
        found[f"savings.energy/{company.key}"] = sum(map(_energy, own), Decimal(0))
        found[f"savings.co2/{company.key}"] = sum(map(_co2, own), Decimal(0))
    return found


def _energy(measure: Measure) -> Decimal:
    return sum(
        (
            effect.number * KWH[effect.unit] * NET_A_GROSS.get(effect.resource, Decimal(1))
            for effect in measure.effects
            if effect.unit in KWH
        ),
        Decimal(0),
    )


def _co2(measure: Measure) -> Decimal:
    return sum(
        (
            effect.number * KWH[effect.unit] * TONNES_A_KWH[effect.resource]
            for effect in measure.effects
            if effect.unit in KWH
        ),
        Decimal(0),
    )


def _attendance(facts: Facts) -> dict[str, Decimal]:
    return {"attendance.rate": Decimal(100) * sum(facts.came.values()) / len(facts.came)}
