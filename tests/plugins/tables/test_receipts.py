from __future__ import annotations

from oekoreport import Finding, Record, Source
from oekoreport.records.record import UNREADABLE
from oekoreport_tables.importer import TablesImporter

HEADS = "Beleg;Zahlungsempfänger;Brutto (EUR);Ausgabenansatz;Teilbetrag brutto;Bezahlter Teil;Gezahlt am;Gezahlt"


def read(*rows: str) -> tuple[dict[tuple[str, str], Record], list[Finding]]:
    items = list(TablesImporter().read(Source("belege.csv", "\n".join((HEADS, *rows)).encode())))
    records = [item for item in items if isinstance(item, Record)]
    assert len({(record.kind, record.key) for record in records}) == len(records)
    return {(record.kind, record.key): record for record in records}, [
        item for item in items if isinstance(item, Finding)
    ]


def test_rows_of_one_number_are_one_receipt_with_parts_and_payments() -> None:
    records, findings = read(
        "B09;Beratung;300,00;1;100,00;;02.03.2020;100,00",
        "B09;;;2;200,00;;;",
        "B09;;;;;;05.04.2020;150,00",
        "B09;;;;;B09/2;06.04.2020;50,00",
        "B10;Druckerei;20,00;3;20,00;;;",
    )
    assert findings == []
    assert sorted(records) == [
        ("allocation", "B09/1"),
        ("allocation", "B09/2"),
        ("allocation", "B10/1"),
        ("payment", "B09/1"),
        ("payment", "B09/2"),
        ("payment", "B09/3"),
        ("receipt", "B09"),
        ("receipt", "B10"),
    ]
    assert records["receipt", "B09"].values == {"payee": "Beratung", "gross": "300,00"}
    assert records["allocation", "B09/2"].values == {"line": "2", "amount": "200,00"}
    assert records["allocation", "B09/2"].parent == "B09"
    assert "allocation" not in records["payment", "B09/1"].values  # the second part has no payment in its row
    assert "allocation" not in records["payment", "B09/2"].values
    assert records["payment", "B09/3"].values["allocation"] == "B09/2"
    assert str(records["allocation", "B09/2"].origin.place("amount")) == "belege.csv: E3"


def test_repeats_may_say_the_same_in_other_words_or_add_something() -> None:
    records, findings = read(
        "B09;;300,00;1;100,00;;;",
        "B09;Beratung;300 €;2;200,00;;;",
    )
    assert findings == []
    receipt = records["receipt", "B09"]
    assert receipt.values == {"payee": "Beratung", "gross": "300,00"}
    assert str(receipt.origin.place("gross")) == "belege.csv: C2"
    assert str(receipt.origin.place("payee")) == "belege.csv: B3"


def test_rows_that_contradict_each_other_are_a_finding_and_the_field_unknown() -> None:
    records, findings = read(
        "B09;Beratung;300,00;1;100,00;;;",
        "B09;Beratung;310,00;2;200,00;;;",
    )
    assert records["receipt", "B09"].values == {"payee": "Beratung", "gross": UNREADABLE}
    (finding,) = findings
    assert (finding.code, str(finding.place), finding.subject) == (
        "DATA-CONTRADICTION",
        "belege.csv: C3",
        ("receipt", "B09"),
    )
    assert (
        str(finding.message) == "310,00 here contradicts 300,00 at belege.csv: C2; both rows belong to receipt “B09”."
    )


def test_a_part_without_its_receipt_is_a_finding() -> None:
    records, findings = read("B09;Beratung;300,00;1;100,00;;;", ";;;2;200,00;;;")
    assert sorted(records) == [("allocation", "B09/1"), ("receipt", "B09")]
    assert [(finding.code, str(finding.place)) for finding in findings] == [("DATA-KEY", "belege.csv: row 3")]


ONE = "B09;Beratung;1368,50;1;1000,00;;02.03.2020;{}"
TWO = "B09;;;5;368,50;{};{};{}"


def paid(*rows: str) -> tuple[list[tuple[object, object]], list[Finding]]:
    """Return amount and part of each payment that rows say."""
    records, findings = read(*rows)
    payments = [record.values for (kind, _key), record in sorted(records.items()) if kind == "payment"]
    return [(values["amount"], values.get("allocation")) for values in payments], findings


def test_where_each_part_has_a_payment_in_its_row_it_pays_that_part() -> None:
    rows = ONE.format("1000,00"), TWO.format("", "02.03.2020", "200,00"), "B09;;;;;;01.04.2020;168,50"
    payments = [("1000,00", "B09/1"), ("200,00", "B09/2"), ("168,50", None)]
    assert paid(*rows) == (payments, [])


def test_one_payment_in_the_first_row_pays_the_receipt() -> None:
    assert paid(ONE.format("1368,50"), TWO.format("", "", "")) == ([("1368,50", None)], [])
    assert paid(ONE.format("900,00"), TWO.format("", "", ""), "B09;;;;;;01.04.2020;468,50") == (
        [("900,00", None), ("468,50", None)],
        [],
    )


def test_payments_that_exceed_the_part_in_their_row_are_instalments_of_the_receipt() -> None:
    instalments = ONE.format("1200,00"), TWO.format("", "02.03.2020", "168,50")
    assert paid(*instalments) == ([("1200,00", None), ("168,50", None)], [])
    too_much = ONE.format("1200,00"), TWO.format("", "02.03.2020", "368,50")
    assert paid(*too_much) == ([("1200,00", "B09/1"), ("368,50", "B09/2")], [])


def test_a_remark_below_the_receipts_is_asked_about_once() -> None:
    records, (finding,) = read("B10;Druckerei;20,00;3;20,00;;;", ";Alles geprüft;;;;;;")
    assert set(records) == {("receipt", "B10"), ("allocation", "B10/1")}
    assert (finding.code, str(finding.place), finding.question) == ("DATA-KEY", "belege.csv: row 3", True)


def test_a_payment_of_the_first_part_to_the_cent_is_asked_about() -> None:
    payments, (finding,) = paid(ONE.format("1.000,00"), TWO.format("", "", ""))
    assert payments == [("1.000,00", None)]
    assert finding.question
    assert (finding.code, str(finding.place), finding.subject) == ("DATA-PAYS", "belege.csv: H2", ("payment", "B09/1"))
    assert str(finding.message) == (
        "The payment of 1.000,00 on receipt B09 may be for the part in its row (B09/1) or for the whole receipt, in "
        "proportion."
    )
    assert str(finding.hint) == (
        "If it pays the part, enter “B09/1” under “Pays part”; if it pays the receipt, move it to a row of its own "
        "below, with the receipt’s key."
    )


def test_both_answers_to_the_question_are_taken() -> None:
    named = "B09;Beratung;1368,50;1;1000,00;B09/1;02.03.2020;1000,00"
    assert paid(named, TWO.format("", "", "")) == ([("1000,00", "B09/1")], [])
    own_row = "B09;Beratung;1368,50;1;1000,00;;;", TWO.format("", "", ""), "B09;;;;;;02.03.2020;1000,00"
    assert paid(*own_row) == ([("1000,00", None)], [])


def test_payments_in_some_rows_pay_their_parts_if_they_are_equal_to_them_and_are_asked_about_if_not() -> None:
    third = "B09;;;3;100,00;;02.03.2020;{}"
    unpaid = "B09;Beratung;1468,50;1;1000,00;;;", TWO.format("", "02.03.2020", "368,50")
    assert paid(*unpaid, third.format("100,00")) == ([("368,50", "B09/2"), ("100,00", "B09/3")], [])
    payments, findings = paid(*unpaid, third.format("90,00"))
    assert payments == [("368,50", None), ("90,00", None)]
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("DATA-PAYS", "belege.csv: H3"),
        ("DATA-PAYS", "belege.csv: H4"),
    ]


def test_the_only_part_of_a_receipt_is_what_its_row_pays() -> None:
    assert paid("B09;Beratung;300,00;1;300,00;;02.03.2020;300,00") == ([("300,00", "B09/1")], [])
