"""Is nothing entered twice: receipts, and whatever else is told apart by a few of its fields?"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from oekoreport import (
    KINDS,
    PRODUCT,
    Case,
    Issue,
    Message,
    Noun,
    Project,
    Receipt,
    ReceiptKind,
    Severity,
    TermsInRule,
    attributes,
    catalogue,
    describe,
    rule,
)
from oekoreport.kit.likeness import canonical, look_alike, party

_ = catalogue("oekoreport_data")

DIGIT = re.compile(r"\d")


@rule("CORE-RECEIPT-TWICE", _("No receipt is entered twice"), basis=PRODUCT)
def entered_once(project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No two receipts have the same payee, invoice number and gross amount, however number and payee are typed.

    Why: an invoice that arrives by post and by mail is easily entered twice, and its grant would be paid back.
    Fails: 4711-20 of Muster GmbH over 119.00 EUR, and “4711 / 20” of MUSTER over 119.00 EUR.
    Passes: two receipts with number 2024-17 of different payees; receipts without a number are not compared.
    """
    first: dict[Hashable, Receipt] = {}
    for receipt in project.receipts:
        known = first.setdefault(_told_by(receipt), receipt)
        if known is not receipt:
            yield Issue(
                _(
                    "Receipt {receipt} has the same payee, number and amount as receipt {other}: “{number}”.",
                    receipt=receipt.key,
                    other=known.key,
                    number=receipt.number,
                ),
                "number",
                at=receipt,
                hint=_("Delete one of the two, or correct the number."),
            )


def _told_by(receipt: Receipt) -> Hashable:
    number = _number(receipt)
    return (party(receipt.payee or ""), canonical(number), receipt.gross) if number else receipt.key


def _number(receipt: Receipt) -> str | None:
    """Return a receipt's number where it is one: “ohne” tells no receipt from another."""
    number = receipt.number
    return number if number and DIGIT.search(number) else None


@rule("CORE-RECEIPT-ALIKE", _("No two receipts look like one"), basis=PRODUCT, severity=Severity.WARNING)
def alike(project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No two receipts differ only in what is easily mistyped: number, payee, or amount.

    Asked about are those with the same amount and numbers that look the same, whoever was paid; those with the same
    payee, day and amount; and invoices of one payee with one number and one rate, but different amounts.

    Why: whoever types an invoice a second time seldom types it the same way; its grant would be paid back.
    Fails: 2024-O17 and 2024-017, both over 119.00 EUR; two invoices of one payee and day over 119.00 EUR.
    Passes: two invoices of one payee and amount on different days; an invoice with two rates in two receipts.
    """
    first: tuple[dict[Hashable, Receipt], ...] = ({}, {}, {})
    for receipt in project.receipts:
        if receipt.receipt_kind is ReceiptKind.TAX:
            continue
        for likeness, sign in enumerate(_signs(receipt)):
            other = first[likeness].setdefault(sign, receipt) if sign is not None else receipt
            if other is not receipt and _told_by(other) != _told_by(receipt):
                yield Issue(
                    _likeness(likeness, other, receipt),
                    "number",
                    at=receipt,
                    hint=_("Compare both with the originals; delete one, or note that there are two of them."),
                )
                break


def _signs(receipt: Receipt) -> tuple[Hashable, Hashable, Hashable]:
    """Return by what a receipt may be taken for another; None where a part of it is unknown."""
    number, payee, gross = _number(receipt), party(receipt.payee or ""), receipt.gross
    looks = look_alike(number) if number else None
    return (
        (looks, gross) if looks and gross is not None else None,
        (payee, receipt.issued_on, gross) if payee and receipt.issued_on and gross is not None else None,
        (payee, looks, receipt.vat_rate) if payee and looks and receipt.is_invoice else None,
    )


def _likeness(index: int, one: Receipt, other: Receipt) -> Message:
    """Return in words what two receipts share, in the order of their signs."""
    pair = {"one": one.key, "other": other.key}
    return (
        _("Receipts {one} and {other} have the same amount, and numbers that look the same.", **pair),
        _("Receipts {one} and {other} have the same payee, date and amount.", **pair),
        _("Receipts {one} and {other} have the same payee and number, but different amounts.", **pair),
    )[index]


PARENTS = sorted({noun.parent for noun in KINDS.values() if noun.told_apart_by})
"""The kinds that hold entries which are told apart by some of their fields."""


@rule(
    "CORE-TWICE",
    _("Nothing is entered twice"),
    basis=PRODUCT,
    each=lambda case: (parent for kind in PARENTS for parent in case.project.by_kind.get(kind, ())),
)
def told_apart(parent: Noun, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No two entries of one parent share what tells such entries apart; names are compared however they are typed.

    Fees are told apart by payer, day and amount, drawdowns by payout and amount, contracts by contractor, day and
    amount, totals of the books by budget code, side and year, an inventory by its year, a visit by its day.

    Why: what is entered twice counts twice, in the settlement as in the results.
    Fails: a fee of 2,500 of one company entered twice for one day; two inventories of one site for 2023.
    Passes: two fees of one company on different days; inventories of 2022 and 2023.
    """
    for children in parent.children():
        first: dict[Hashable, Noun] = {}
        for child in children if children and children[0].told_apart_by else ():
            sign = tuple(_compared(getattr(child, each)) for each in child.told_apart_by)
            known = first.setdefault(sign, child) if all(part is not None for part in sign) else child
            if known is not child:
                yield _same(child, known)


def _compared(value: object) -> Hashable:
    return party(value) if type(value) is str else value


def _same(child: Noun, known: Noun) -> Issue:
    shared = [each for each in attributes(type(child)) if each.name in child.told_apart_by]
    return Issue(
        _(
            "{object} is entered already as {other}: the same {fields}.",
            object=describe(child.identity),
            other=describe(known.identity),
            fields=tuple(each.title for each in shared),
        ),
        shared[-1].name,
        at=child,
        hint=_("Delete one of the two; if there were really two, enter them as one, or correct what differs."),
    )
