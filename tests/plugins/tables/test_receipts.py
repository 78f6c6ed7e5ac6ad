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
    assert records["payment", "B09/1"].values["allocation"] == "B09/1"
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
